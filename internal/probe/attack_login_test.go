package probe_test

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// loggingIn is a sound server up to the client's AUTH.
func loggingIn(m settings.Mechanism) *smtptest.Script {
	return encrypted(m).Send("250-mail.example.test", "250 AUTH "+string(m)).Expect("AUTH " + string(m))
}

// kinds gives each mechanism what is wanted with its kind of credentials.
func kinds(password, token, none finding.Code) map[settings.Mechanism]finding.Code {
	codes := map[settings.Mechanism]finding.Code{}
	for _, m := range settings.Mechanisms() {
		codes[m] = map[settings.Auth]finding.Code{
			settings.AuthPassword: password, settings.AuthOAuth2: token, settings.AuthNone: none,
		}[settings.CredentialOf(m)]
	}
	return codes
}

// but changes what is wanted with some mechanisms.
func but(codes map[settings.Mechanism]finding.Code, changed finding.Code, with ...settings.Mechanism) map[settings.Mechanism]finding.Code {
	if codes == nil {
		codes = map[settings.Mechanism]finding.Code{}
	}
	for _, m := range with {
		codes[m] = changed
	}
	return codes
}

var everySCRAM = []settings.Mechanism{
	settings.ScramSHA1, settings.ScramSHA256, settings.ScramSHA512,
	settings.ScramSHA1Plus, settings.ScramSHA256Plus, settings.ScramSHA512Plus,
}

// asksOn is what is wanted where a server asks for more than there is to say.
var asksOn = but(but(
	kinds("auth-challenge-unexpected", "auth-too-many-rounds", "auth-challenge-unexpected"),
	"scram-malformed", everySCRAM...), "ntlm-challenge-malformed", settings.NTLM)

var refusedAttack = kinds("auth-rejected", "oauth2-token-rejected", "auth-external-refused")

// If a case fails, a server that the client has begun to trust gets more than
// memory for a reply, time until the budget is over, and one login.
func TestAttackLogin(t *testing.T) {
	answered := func(add func(*smtptest.Script) *smtptest.Script) func(settings.Mechanism) *smtptest.Script {
		return func(m settings.Mechanism) *smtptest.Script { return add(loggingIn(m)) }
	}
	each := func(reply string) func(settings.Mechanism) *smtptest.Script {
		return answered(func(s *smtptest.Script) *smtptest.Script {
			return s.Send(reply).Answer(func(string) string { return reply })
		})
	}
	attacks := []attack{
		{name: "a byte a second", want: "reply-unfinished", serve: answered(func(s *smtptest.Script) *smtptest.Script {
			return s.Drip(strings.Repeat("3", forever), time.Second)
		})},
		{name: "silence", want: "reply-timeout", serve: answered((*smtptest.Script).Silent)},
		{name: "questions without end", serve: each("334 eA=="), unlike: asksOn},
		{name: "empty questions without end", serve: each("334 "), unlike: but(
			maps.Clone(asksOn), "auth-challenge-malformed", settings.CRAMMD5)},
		{name: "no base64", want: "auth-challenge-not-base64", serve: each("334 %%%")},
		{name: "control characters for base64", want: "auth-challenge-not-base64", serve: each("334 \x1b[31m\u202e\x00")},
		{name: "two answers", unlike: refusedAttack, serve: answered(func(s *smtptest.Script) *smtptest.Script {
			return s.Send("535 5.7.8 no", "235 2.7.0 yes").Silent()
		})},
		{name: "an answer behind a question", want: "protocol-desync", unlike: but(but(nil,
			"scram-malformed", everySCRAM...), "auth-challenge-unexpected", settings.Plain, settings.External), serve: answered(func(s *smtptest.Script) *smtptest.Script {
			return s.Send("334 eA==", "235 2.7.0 yes").Silent()
		})},
		{name: "421", want: "auth-temporary-refused", serve: answered(func(s *smtptest.Script) *smtptest.Script { return s.Send("421 4.3.2 bye") })},
		{name: "the end without a word", want: "auth-closed", serve: answered((*smtptest.Script).Close)},
		{name: "a reset", want: "auth-closed", serve: answered((*smtptest.Script).Reset)},
		{name: "half a reply", want: "auth-closed", serve: answered(func(s *smtptest.Script) *smtptest.Script { return s.Send("535-hal") })},
		{name: "half a line", want: "reply-cut", serve: answered(func(s *smtptest.Script) *smtptest.Script { return s.SendRaw("535 hal") })},
		{name: "250 for 235", want: "auth-reply-unexpected", serve: each("250 ok")},
		{name: "220 for 235", want: "auth-reply-unexpected", serve: each("220 ok")},
		{name: "354 for 235", want: "auth-reply-unexpected", serve: each("354 ok")},
	}
	for _, f := range floods {
		a := attack{name: f.name, want: f.want, serve: answered(f.add)}
		if a.want == "" {
			a.unlike = kinds("auth-refused", "auth-refused", "auth-external-refused")
		}
		attacks = append(attacks, a)
	}
	survive(t, attacks, settings.Mechanisms())
}

// If a case fails, a server that accepts whatever comes passes, although it proved
// nothing to a mechanism in which it has to, or never got the credentials.
func TestAttackAcceptedAtOnce(t *testing.T) {
	early := but(nil, "auth-accepted-early", settings.Login, settings.CRAMMD5, settings.NTLM)
	survive(t, []attack{
		{name: "235", unlike: but(maps.Clone(early), "scram-signature-missing", everySCRAM...),
			serve: func(m settings.Mechanism) *smtptest.Script { return loggingIn(m).Send("235 welcome").Expect("QUIT") }},
		{name: "235 and more", want: "protocol-desync", unlike: but(maps.Clone(early), "scram-signature-missing", everySCRAM...),
			serve: func(m settings.Mechanism) *smtptest.Script {
				return loggingIn(m).Send("235 welcome", "250 ok").Silent()
			}},
	}, settings.Mechanisms())
}

// echoes is a server that takes what the client says, asking twice for LOGIN, and then
// sends it back after a code: as it came, or decoded.
func echoes(code string, decoded bool) func(settings.Mechanism) *smtptest.Script {
	return func(m settings.Mechanism) *smtptest.Script {
		heard := ""
		prompts := map[settings.Mechanism]int{settings.Login: 2, settings.CRAMMD5: 1}[m]
		return encrypted(m).Send("250-mail.example.test", "250 AUTH "+string(m)).Answer(func(line string) string {
			heard += strings.TrimPrefix(line, "AUTH "+string(m)+" ")
			if prompts > 0 {
				prompts--
				heard = ""
				return "334 UGFzc3dvcmQ6"
			}
			if raw, err := base64.StdEncoding.DecodeString(heard); err == nil && decoded {
				return code + " " + string(raw)
			}
			return code + " " + heard
		})
	}
}

func secretOf(m settings.Mechanism) string {
	return map[settings.Auth]string{
		settings.AuthPassword: attackedWord, settings.AuthOAuth2: attackedToken, settings.AuthNone: attackedSecrets[2],
	}[settings.CredentialOf(m)]
}

// knows is a server that knows the secret from elsewhere, and shows it wherever
// it can put a word.
func knows(form func(string) string) func(settings.Mechanism) *smtptest.Script {
	return func(m settings.Mechanism) *smtptest.Script {
		said := form(secretOf(m))
		return hostile().Send("220 mail.example.test "+said).Expect("EHLO ").
			Send("250-"+said, "250-"+said, "250-STARTTLS", "250 AUTH "+string(m)).Expect("STARTTLS").
			Send("220 "+said).StartTLS(certificate).Expect("EHLO ").
			Send("250-mail.example.test "+said, "250-X "+said, "250 AUTH "+string(m)+" "+said).
			Expect("AUTH ").Send("535-5.7.8 "+said, "535 5.7.8 "+said)
	}
}

// If a case fails, a server makes the check print what it heard.
func TestAttackEcho(t *testing.T) {
	inside := func(s string) string {
		return base64.StdEncoding.EncodeToString([]byte("\x00" + victim + "\x00" + s + "\x01\x01"))
	}
	withEXTERNAL := kinds("auth-rejected", "oauth2-token-rejected", "auth-external-refused")
	survive(t, []attack{
		{name: "what was sent", serve: echoes("535 5.7.8", false), unlike: withEXTERNAL},
		{name: "what was sent, decoded", serve: echoes("535 5.7.8", true), unlike: withEXTERNAL},
		{name: "what was sent, as a challenge", serve: echoes("334", false), unlike: asksOn},
		{name: "what was sent, as a challenge without base64", serve: echoes("334 ?", false), want: "auth-challenge-not-base64"},
		{name: "in plain", serve: knows(func(s string) string { return s }), unlike: withEXTERNAL},
		{name: "in base64", serve: knows(inside), unlike: withEXTERNAL},
		{name: "in base64 for URLs", serve: knows(func(s string) string { return base64.URLEncoding.EncodeToString([]byte(s)) }), unlike: withEXTERNAL},
		{name: "in a URL", serve: knows(url.QueryEscape), unlike: withEXTERNAL},
		{name: "in hexadecimal", serve: knows(func(s string) string { return fmt.Sprintf("%x", s) }), unlike: withEXTERNAL},
		{name: "in a line without end", want: "reply-line-too-long", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return hostile().SendRaw(strings.Repeat(secretOf(m), 1000))
			}},
		{name: "in place of TLS", want: "clear-text-in-handshake", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return agreed(m).Send("220 go").Wait(5 * latency).SendRaw("220 " + strings.Repeat(secretOf(m)+" ", 100))
			}},
		{name: "behind the 220 of STARTTLS", want: "starttls-injection", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return agreed(m).SendRaw("220 go\r\n250 " + strings.Repeat(secretOf(m)+" ", 100))
			}},
	}, settings.Mechanisms())
}

// If a case fails, a refusal leads to another login: with the same mechanism,
// with another one, or on another connection.
func TestAttackLoginsAreNotRepeated(t *testing.T) {
	patient := func(r *probe.Request) { r.Attempts = 5 }
	chooses := func(r *probe.Request) { r.Attempts, r.Mechanism = 5, "" }
	for reply, want := range map[string]map[settings.Mechanism]finding.Code{
		"535 5.7.8 no":                    refusedAttack,
		"454 4.7.0 later":                 kinds("auth-temporary", "auth-temporary", "auth-temporary"),
		"421 4.7.0 too many logins":       kinds("auth-throttled", "auth-throttled", "auth-throttled"),
		"504 5.5.4 unknown":               kinds("auth-mechanism-unsupported", "auth-mechanism-unsupported", "auth-mechanism-unsupported"),
		"534 5.7.9 too weak":              kinds("auth-mechanism-too-weak", "auth-mechanism-too-weak", "auth-mechanism-too-weak"),
		"503 5.5.1 already authenticated": kinds("auth-twice", "auth-twice", "auth-twice"),
		"530 5.7.0 log in":                kinds("auth-refused", "auth-refused", "auth-external-refused"),
		"535 5.7.8 try another mechanism": refusedAttack,
	} {
		survive(t, []attack{{name: reply, unlike: want, change: patient,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return loggingIn(m).Send(reply).Answer(func(string) string { return reply })
			}}}, settings.Mechanisms())
	}
	survive(t, []attack{
		{name: "closed", want: "auth-closed", change: patient,
			serve: func(m settings.Mechanism) *smtptest.Script { return loggingIn(m).Close() }},
		{name: "silent", want: "reply-timeout", change: patient,
			serve: func(m settings.Mechanism) *smtptest.Script { return loggingIn(m).Silent() }},
		{name: "every mechanism offered", unlike: refusedAttack, change: chooses,
			serve: func(settings.Mechanism) *smtptest.Script {
				all := "PLAIN LOGIN CRAM-MD5 NTLM XOAUTH2 OAUTHBEARER EXTERNAL SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-256-PLUS"
				return encrypted("PLAIN").Send("250-mail.example.test", "250 AUTH "+all).Expect("AUTH ").
					Send("535 5.7.8 no").Answer(func(string) string { return "535 5.7.8 no" })
			}},
	}, settings.Mechanisms())
}
