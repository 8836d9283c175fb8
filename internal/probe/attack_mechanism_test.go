package probe_test

import (
	"encoding/base64"
	"encoding/binary"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

func coded(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// answering is a sound server up to AUTH, which then answers each line of the
// login with the next of the given replies.
func answering(m settings.Mechanism, replies ...string) *smtptest.Script {
	return encrypted(m).Send("250-mail.example.test", "250 AUTH "+string(m)).Answer(func(string) string {
		reply := "500 the script is over"
		if len(replies) > 0 {
			reply, replies = replies[0], replies[1:]
		}
		return reply
	})
}

// If a case fails, what the server says of a token is lost or believed beyond
// its length, or the client does not give the answer that the refusal waits for.
func TestAttackTokenRefused(t *testing.T) {
	answers := map[settings.Mechanism]string{settings.XOAuth2: "", settings.OAuthBearer: "AQ=="}
	for name, test := range map[string]struct{ said, shows string }{
		"JSON":           {`{"status":"401","schemes":"bearer","scope":"https://mail.example.test/"}`, "scope https://mail.example.test/"},
		"control":        {`{"status":"\u001b[31m\u202e","scope":"\u0000"}`, `status \x1b[31m\u{202e}`},
		"no JSON":        {"{", ""},
		"5 KiB":          {`{"status":"` + strings.Repeat("x", 5000) + `"}`, ""},
		"deep":           {strings.Repeat(`{"status":`, 800), ""},
		"the token":      {`{"status":"` + attackedToken + `"}`, "status [redacted]"},
		"the token, URL": {`{"status":"401","scope":"https://example.test/?t=` + strings.ReplaceAll(attackedToken, "/", "%2F") + `"}`, "status 401"},
	} {
		for m, answer := range answers {
			t.Run(name+"/"+string(m), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					l := newLab(t)
					script := encrypted(m).Send("250-mail.example.test", "250 AUTH "+string(m)).
						Expect("AUTH ").Send("334 " + coded(test.said)).Expect(answer).Send("535 5.7.8 expired")
					server := l.play(587, script)
					o := l.attack(attacked(settings.StartTLS, m))
					server.Close()
					o.trusted, o.wire, o.auths = true, server.Received(), server.Auths()
					o.judge(t, "oauth2-token-rejected")
					if lines := server.Lines(); len(lines) < 5 || lines[4] != answer { // after EHLO, STARTTLS, EHLO and AUTH
						t.Errorf("the server heard %q", lines)
					}
					if detail := finding.Of(o.err).Detail(); !strings.Contains(detail, test.shows) || !strings.Contains(detail, "535 5.7.8 expired") {
						t.Errorf("%q is missing in:\n%s", test.shows, detail)
					}
				})
			})
		}
	}
}

// scramServer is a sound server up to AUTH, whose first message is made of the
// client's nonce; what follows are its replies.
func scramServer(m settings.Mechanism, first func(nonce string) string, replies ...string) *smtptest.Script {
	return encrypted(m).Send("250-mail.example.test", "250 AUTH "+string(m)).Answer(func(line string) string {
		if said, begins := strings.CutPrefix(line, "AUTH "+string(m)+" "); begins {
			raw, _ := base64.StdEncoding.DecodeString(said)
			_, nonce, _ := strings.Cut(string(raw), ",r=")
			return "334 " + coded(first(nonce))
		}
		reply := "500 the script is over"
		if len(replies) > 0 {
			reply, replies = replies[0], replies[1:]
		}
		return reply
	})
}

// If a case fails, a server makes the client work for hours, or passes for one
// that knows the password.
func TestAttackSCRAM(t *testing.T) {
	iterations := func(count string) func(string) string {
		return func(nonce string) string { return "r=" + nonce + "x,s=c2FsdA==,i=" + count }
	}
	var attacks []attack
	for _, test := range []struct {
		name    string
		first   func(nonce string) string
		replies []string
		want    finding.Code
	}{
		{"two thousand million iterations", iterations("2000000000"), nil, "scram-iterations-too-many"},
		{"more iterations than fit a number", iterations("99999999999999999999999"), nil, "scram-iterations-too-many"},
		{"a million and one", iterations("1000001"), nil, "scram-iterations-too-many"},
		{"no iterations", iterations("0"), nil, "scram-malformed"},
		{"iterations below zero", iterations("-1"), nil, "scram-malformed"},
		{"235 without a signature", iterations("4096"), []string{"235 welcome"}, "scram-signature-missing"},
		{"an empty signature", iterations("4096"), []string{"334 " + coded("v="), "235 welcome"}, "scram-malformed"},
		{"a wrong signature", iterations("4096"), []string{"334 " + coded("v=AAAA"), "235 welcome"}, "scram-signature-invalid"},
		{"another message for the signature", iterations("4096"), []string{"334 " + coded("r=x"), "334 " + coded("v="), "235 welcome"}, "scram-malformed"},
		{"our nonce alone", func(nonce string) string { return "r=" + nonce + ",s=c2FsdA==,i=4096" }, nil, "scram-nonce-wrong"},
		{"another nonce", func(string) string { return "r=x,s=c2FsdA==,i=4096" }, nil, "scram-nonce-wrong"},
		{"a nonce with ours in its middle", func(nonce string) string { return "r=x" + nonce + ",s=c2FsdA==,i=4096" }, nil, "scram-nonce-wrong"},
		{"no salt", func(nonce string) string { return "r=" + nonce + "x,s=,i=4096" }, nil, "scram-malformed"},
		{"a demand for an extension", func(nonce string) string { return "m=x,r=" + nonce + "x,s=c2FsdA==,i=4096" }, nil, "scram-malformed"},
		{"the password as the reason", func(string) string { return "e=" + attackedWord }, []string{"535 no"}, "auth-rejected"},
	} {
		attacks = append(attacks, attack{name: test.name, want: test.want,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return scramServer(m, test.first, append([]string{}, test.replies...)...)
			}})
	}
	survive(t, attacks, everySCRAM)
}

// If this fails, the client refuses the most iterations that it promises to do, which
// take no virtual time.
func TestAttackMillionIterations(t *testing.T) {
	survive(t, []attack{{name: "a million iterations", want: "auth-rejected", serve: func(m settings.Mechanism) *smtptest.Script {
		return scramServer(m, func(nonce string) string { return "r=" + nonce + "x,s=c2FsdA==,i=1000000" }, "535 5.7.8 no")
	}}}, []settings.Mechanism{settings.ScramSHA1, settings.ScramSHA512Plus})
}

// If this fails, the -PLUS that somebody takes out of the list is not missed: the
// server is to learn that this client could have used it (RFC 5802 section 6).
func TestAttackPlusTakenOut(t *testing.T) {
	for offered, flag := range map[string]string{
		"SCRAM-SHA-256":                    "y,,",
		"SCRAM-SHA-256 SCRAM-SHA-256-PLUS": "n,,",
	} {
		t.Run(offered, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				script := encrypted("PLAIN").Send("250-mail.example.test", "250 AUTH "+offered).
					Expect("AUTH SCRAM-SHA-256 ").Send("334 " + coded("e=server-does-support-channel-binding")).Expect("").Send("535 5.7.8 no")
				server := l.play(587, script)
				o := l.attack(attacked(settings.StartTLS, settings.ScramSHA256))
				server.Close()
				o.trusted, o.wire, o.auths = true, server.Received(), server.Auths()
				o.judge(t, "scram-downgrade")
				for _, line := range server.Lines() {
					said, begins := strings.CutPrefix(line, "AUTH SCRAM-SHA-256 ")
					if raw, err := base64.StdEncoding.DecodeString(said); begins && (err != nil || !strings.HasPrefix(string(raw), flag)) {
						t.Errorf("the client said %q", raw)
					}
				}
			})
		})
	}
}

// If a case fails, a length or an offset of the server's leads outside of its
// message.
func TestAttackNTLM(t *testing.T) {
	message := func(change func([]byte)) string {
		m := make([]byte, 56)
		copy(m, "NTLMSSP\x00\x02")
		binary.LittleEndian.PutUint32(m[20:], 0x00800201)
		binary.LittleEndian.PutUint16(m[40:], 4)
		binary.LittleEndian.PutUint16(m[42:], 4)
		binary.LittleEndian.PutUint32(m[44:], 48)
		change(m)
		return string(m)
	}
	var attacks []attack
	for name, test := range map[string]struct {
		said string
		want finding.Code
	}{
		"a sound one":             {message(func([]byte) {}), "auth-rejected"},
		"an offset outside":       {message(func(m []byte) { binary.LittleEndian.PutUint32(m[44:], 0xffffff00) }), "ntlm-challenge-malformed"},
		"an offset that wraps":    {message(func(m []byte) { binary.LittleEndian.PutUint32(m[44:], 0xffffffff) }), "ntlm-challenge-malformed"},
		"a length outside":        {message(func(m []byte) { binary.LittleEndian.PutUint16(m[40:], 0xffff) }), "ntlm-challenge-malformed"},
		"another message":         {message(func(m []byte) { m[8] = 3 }), "ntlm-challenge-malformed"},
		"its own first message":   {message(func(m []byte) { m[8] = 1 }), "ntlm-challenge-malformed"},
		"the signature alone":     {"NTLMSSP\x00", "ntlm-challenge-malformed"},
		"cut in the flags":        {message(func([]byte) {})[:22], "ntlm-challenge-malformed"},
		"a demand for a key":      {message(func(m []byte) { m[23] |= 0x40 }), "ntlm-unsupported"},
		"16 KiB of nothing":       {"NTLMSSP\x00\x02" + strings.Repeat("\x00", 12000), "ntlm-challenge-malformed"},
		"pairs that do not end":   {message(func(m []byte) { m[48], m[50] = 1, 0xff }), "ntlm-challenge-malformed"},
		"names with escape codes": {message(func(m []byte) { copy(m[48:], "\x1b\x00[\x00") }), "ntlm-challenge-malformed"},
	} {
		attacks = append(attacks, attack{name: name, want: test.want,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return answering(m, "334 "+coded(test.said), "535 5.7.8 no")
			}})
	}
	survive(t, attacks, []settings.Mechanism{settings.NTLM})
}

// If a case fails, a server with prompts in its own words, not in base64, fails the
// login. Only the code of a 334 counts before the client has something to parse.
func TestPromptsInWords(t *testing.T) {
	survive(t, []attack{{name: "User Name", want: "auth-rejected", serve: func(m settings.Mechanism) *smtptest.Script {
		return answering(m, "334 User Name\x00", "334 Password\x00", "535 5.7.8 no")
	}}, {name: "in base64 with NUL", want: "auth-rejected", serve: func(m settings.Mechanism) *smtptest.Script {
		return answering(m, "334 "+coded("User Name\x00"), "334 "+coded("Password\x00"), "535 5.7.8 no")
	}}, {name: "accepted", want: "", serve: func(m settings.Mechanism) *smtptest.Script {
		return answering(m, "334 User Name\x00", "334 Password\x00", "235 2.7.0 yes", "221 bye")
	}}}, []settings.Mechanism{settings.Login})
	survive(t, []attack{{name: "NTLM supported", want: "auth-rejected", serve: func(m settings.Mechanism) *smtptest.Script {
		sound := "NTLMSSP\x00\x02\x00\x00\x00" + strings.Repeat("\x00", 8) + "\x01\x02\x00\x00" + strings.Repeat("\x00", 32)
		return answering(m, "334 NTLM supported", "334 "+coded(sound), "535 5.7.8 no")
	}}}, []settings.Mechanism{settings.NTLM})
}
