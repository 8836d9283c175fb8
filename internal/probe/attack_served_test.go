package probe_test

import (
	"crypto/tls"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// offers is a well-behaved server that knows the credentials and serves a
// mechanism; the attacks here change something about it.
func offers(mode settings.TLSMode, mechanisms ...settings.Mechanism) smtptest.Config {
	return smtptest.Config{
		Mode: mode, Mechanisms: mechanisms, Certificate: certificate,
		Users: map[string]string{victim: attackedWord}, Tokens: map[string]string{victim: attackedToken},
	}
}

// serveAttack runs a check against a server and returns what it recorded.
func serveAttack(t *testing.T, cfg smtptest.Config, r probe.Request, trusted bool) (aftermath, smtptest.Record) {
	t.Helper()
	l := newLab(t)
	server := l.serve(int(r.Port), cfg)
	o := l.attack(r)
	server.Close()
	record := server.Record()
	o.trusted, o.inClear, o.auths = trusted, record.CredentialInClear, record.AuthCommands
	return o, record
}

// If a case fails, a credential goes to a server whose certificate does not prove
// it to be the declared one.
func TestAttackCertificates(t *testing.T) {
	stranger := must(smtptest.NewAuthority())
	intermediate := must(authority.Intermediate())
	begin := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) // of every bubble
	names := []string{host}
	issue := func(a *smtptest.Authority, leaf smtptest.Leaf) func(*smtptest.Config) {
		cert := must(a.Issue(leaf))
		return func(cfg *smtptest.Config) { cfg.Certificate = cert }
	}
	for name, test := range map[string]struct {
		change func(*smtptest.Config)
		want   finding.Code
	}{
		"expired":                {issue(authority, smtptest.Leaf{Names: names, NotAfter: begin.Add(-time.Hour)}), "certificate-expired"},
		"from the future":        {issue(authority, smtptest.Leaf{Names: names, NotBefore: begin.Add(time.Hour)}), "certificate-not-yet-valid"},
		"another name":           {issue(authority, smtptest.Leaf{Names: []string{"mail.example.com"}}), "certificate-name-mismatch"},
		"a wild card too high":   {issue(authority, smtptest.Leaf{Names: []string{"*.test"}}), "certificate-name-mismatch"},
		"a wild card in a label": {issue(authority, smtptest.Leaf{Names: []string{"m*.example.test"}}), "certificate-name-mismatch"},
		"self-signed":            {issue(authority, smtptest.Leaf{Names: names, SelfSigned: true}), "certificate-self-signed"},
		"a stranger's":           {issue(stranger, smtptest.Leaf{Names: names}), "certificate-unknown-authority"},
		"no intermediate":        {issue(intermediate, smtptest.Leaf{Names: names, OmitChain: true}), "certificate-unknown-authority"}, // names nowhere to fetch it
		"a common name alone":    {issue(authority, smtptest.Leaf{CommonName: host, NoSAN: true}), "certificate-no-san"},
		"for clients":            {issue(authority, smtptest.Leaf{Names: names, NotForServers: true}), "certificate-not-for-servers"},
		"names that hide":        {issue(authority, smtptest.Leaf{CommonName: "\u202e\x1b[31m\x00" + attackedWord[:3], Names: []string{"mail.example.com"}}), "certificate-name-mismatch"},
		"TLS 1.0":                {func(cfg *smtptest.Config) { cfg.MaxVersion = tls.VersionTLS10 }, "tls-version-too-low"},
		"TLS 1.1":                {func(cfg *smtptest.Config) { cfg.MaxVersion = tls.VersionTLS11 }, "tls-version-too-low"},
		"client certificate":     {func(cfg *smtptest.Config) { cfg.ClientCAs = stranger.Pool() }, "client-certificate-required"},
	} {
		for _, mode := range []settings.TLSMode{settings.Implicit, settings.StartTLS} {
			for _, m := range settings.Mechanisms() {
				t.Run(fmt.Sprintf("%s/%s/%s", name, mode, m), func(t *testing.T) {
					want := test.want
					if m == settings.External && want == "client-certificate-required" {
						want = "client-certificate-rejected" // one is sent, which the server does not know
					}
					synctest.Test(t, func(t *testing.T) {
						cfg := offers(mode, m)
						test.change(&cfg)
						o, record := serveAttack(t, cfg, attacked(mode, m), false)
						o.judge(t, want)
						if len(record.Logins) > 0 {
							t.Errorf("logins %v", record.Logins)
						}
					})
				})
			}
		}
	}
}

// If a case fails, a check that was to go on to the envelope stops at the 235, or
// calls a login wrong that was right.
func TestAttackAfterLogin(t *testing.T) {
	const from = "sender@example.test"
	for reply, want := range map[string]finding.Code{
		"530 5.7.0 log in first":        "login-required",
		"421 4.3.0 the relay is down":   "session-ended",
		"550 5.7.60 not as this sender": "sender-not-allowed",
		"451 4.3.0 later":               "sender-temporary",
		"334 eA==":                      "reply-unexpected",
		"550 \x1b[31m\u202e" + "no\x00": "sender-refused",
	} {
		for _, m := range settings.Mechanisms() {
			t.Run(reply[:3]+" "+string(want)+"/"+string(m), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					cfg := offers(settings.StartTLS, m)
					if m == settings.External {
						cfg.ClientCAs = authority.Pool()
					}
					cfg.RejectFrom = map[string]string{from: reply}
					r := attacked(settings.StartTLS, m)
					if o, record := serveAttack(t, cfg, r, true); o.err != nil || !record.Logins[0].OK {
						t.Errorf("the login alone: %v, %v", o.err, record.Logins)
					}
					r.Verify, r.From, r.RcptTo = settings.VerifyEnvelope, from, []string{"you@example.test"}
					o, record := serveAttack(t, cfg, r, true)
					o.judge(t, want)
					if len(record.Logins) != 1 || !record.Logins[0].OK || len(record.Mails)+record.Data > 0 {
						t.Errorf("logins %v, mails %q, %d messages", record.Logins, record.Mails, record.Data)
					}
				})
			})
		}
	}
}

// If a case fails, the list from before TLS counts, whether it was longer or safer.
func TestListUnderTLSCounts(t *testing.T) {
	for before, under := range map[string]string{
		"AUTH CRAM-MD5 NTLM SCRAM-SHA-256": "AUTH PLAIN LOGIN",
		"AUTH":                             "AUTH PLAIN",
		"SIZE":                             "AUTH LOGIN PLAIN",
	} {
		t.Run(before, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				script := welcomed().Expect("EHLO ").Send("250-mail.example.test", "250-STARTTLS", "250 "+before).
					Expect("STARTTLS").Send("220 go").StartTLS(certificate).
					Expect("EHLO ").Send("250-mail.example.test", "250 "+under).
					Expect("AUTH PLAIN ").Send("235 2.7.0 yes").Expect("QUIT")
				server := l.play(587, script)
				r := attacked(settings.StartTLS, settings.Plain)
				r.Mechanism = ""
				o := l.attack(r)
				synctest.Wait()
				server.Close()
				o.trusted, o.wire, o.auths = true, server.Received(), server.Auths()
				o.judge(t, "")
				if o.report.Mechanism != settings.Plain || server.Err() != nil || server.Auths() != 1 {
					t.Errorf("mechanism %q, %d AUTH, %v", o.report.Mechanism, server.Auths(), server.Err())
				}
			})
		})
	}
}

// If a case fails, the client is too strict for real servers: a greeting may come in
// two parts, seconds apart; a proxy whose relay is down may say 421 right after its
// 235.
func TestPatientWithRealServers(t *testing.T) {
	for name, script := range map[string]*smtptest.Script{
		"greeting in two parts": hostile().Send("220-mail.example.test").Wait(6*time.Second).Send("220 ready").
			Expect("EHLO ").Send("250-mail.example.test", "250-AUTH", "250 STARTTLS").
			Expect("STARTTLS").Send("220 go").StartTLS(certificate).
			Expect("EHLO ").Send("250-mail.example.test", "250 AUTH PLAIN").Expect("AUTH PLAIN ").Send("235 yes"),
		"421 behind 235": encrypted(settings.Plain).Send("250-mail.example.test", "250 AUTH PLAIN").
			Expect("AUTH PLAIN ").Send("235 2.7.0 yes", "421 4.3.0 the relay is down"),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				server := l.play(587, script)
				o := l.attack(attacked(settings.StartTLS, settings.Plain))
				server.Close()
				o.trusted, o.wire, o.auths = true, server.Received(), server.Auths()
				o.judge(t, "")
				if server.Connections() != 1 {
					t.Errorf("%d connections: a client that talks before the greeting may be locked out", server.Connections())
				}
			})
		})
	}
}

// If this fails, a diagnostic hides which addresses were tried, or shows one in a
// form that no server listens on.
func TestAttackAddresses(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.Names[host] = []string{"::ffff:192.0.2.7", "192.0.2.7", "2001:db8::7", "192.0.2.8", "127.0.0.1", "169.254.169.254"}
		l.BlackHole("192.0.2.8")
		o := l.attack(attacked(settings.StartTLS, settings.Plain))
		o.judge(t, "connect-refused")
		detail := finding.Of(o.err).Detail()
		for _, line := range []string{
			"192.0.2.7:587 refused", "[2001:db8::7]:587 refused", "192.0.2.8:587 no answer",
			"127.0.0.1:587 refused", "169.254.169.254:587 refused",
		} {
			if strings.Count(detail, line) != 1 {
				t.Errorf("%q is not once in:\n%s", line, detail)
			}
		}
		if strings.Contains(detail, "::ffff:") {
			t.Errorf("a mapped address in:\n%s", detail)
		}
		dialled := 0
		for _, to := range l.Dials() {
			if to == netip.MustParseAddrPort("192.0.2.7:587") {
				dialled++
			}
		}
		if dialled != 1 {
			t.Errorf("192.0.2.7:587 was dialled %d times", dialled)
		}
	})
}
