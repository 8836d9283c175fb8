package probe_test

import (
	"crypto/tls"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If a case fails, the second connection, which only looks at what the server
// speaks, can be used for what the first can't: to fill memory, to hold the check
// up, to get a credential, or to show something hidden.
func TestAttackSecondConnection(t *testing.T) {
	one := []settings.Mechanism{settings.Plain, settings.XOAuth2}
	var attacks []attack
	for name, then := range map[string]func(*smtptest.Script) *smtptest.Script{
		"a flood":         func(s *smtptest.Script) *smtptest.Script { return s.Flood("220-more", plenty) },
		"an endless line": func(s *smtptest.Script) *smtptest.Script { return s.SendRaw(endless) },
		"a drip":          func(s *smtptest.Script) *smtptest.Script { return s.Drip(strings.Repeat("2", forever), time.Second) },
		"silence":         (*smtptest.Script).Silent,
		"a reset":         (*smtptest.Script).Reset,
		"hidden characters": func(s *smtptest.Script) *smtptest.Script {
			return s.Send("220 \x1b[2J\u202e\x00").Expect("EHLO ").Send("250-\u202e", "250 AUTH PLAIN XOAUTH2")
		},
		"an offer to log in": func(s *smtptest.Script) *smtptest.Script {
			return s.Send("220 mail.example.test").Expect("EHLO ").Send("250-mail.example.test", "250 AUTH PLAIN XOAUTH2").Answer(func(string) string { return "235 welcome" })
		},
	} {
		attacks = append(attacks,
			attack{name: "TLS, then " + name, want: "server-speaks-implicit-tls", untrusted: true,
				serve: func(settings.Mechanism) *smtptest.Script {
					return then(hostile().Silent().NextConnection().StartTLS(certificate))
				}},
		)
	}
	survive(t, attacks, one)
	quiet := func() *smtptest.Script { return hostile().Silent().NextConnection() }
	survive(t, []attack{
		{name: "a flood in place of TLS", want: "greeting-timeout", untrusted: true,
			serve: func(settings.Mechanism) *smtptest.Script { return quiet().Flood("220-more", plenty) }},
		{name: "a drip in place of TLS", want: "greeting-timeout", untrusted: true,
			serve: func(settings.Mechanism) *smtptest.Script {
				return quiet().Drip(strings.Repeat("2", forever), time.Second)
			}},
		{name: "the secret in place of TLS", want: "greeting-timeout", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script { return quiet().Send("220 " + secretOf(m)) }},
		{name: "clear text, then a flood", mode: settings.Implicit, want: "clear-text-in-handshake", untrusted: true,
			serve: func(settings.Mechanism) *smtptest.Script {
				return hostile().Send("220 hi").NextConnection().Flood("220-more", plenty)
			}},
		{name: "clear text, then a drip", mode: settings.Implicit, want: "clear-text-in-handshake", untrusted: true,
			serve: func(settings.Mechanism) *smtptest.Script {
				return hostile().Send("220 hi").NextConnection().Drip(strings.Repeat("2", forever), time.Second)
			}},
		{name: "clear text with an offer to log in", mode: settings.Implicit, want: "server-speaks-clear-text", untrusted: true,
			serve: func(settings.Mechanism) *smtptest.Script {
				return hostile().Send("220 hi").NextConnection().Send("220 hi").Expect("EHLO ").
					Send("250-hi", "250 AUTH PLAIN XOAUTH2").Answer(func(string) string { return "235 welcome" })
			}},
	}, one)
}

// If a case fails, attempts that were asked for make the check last longer than
// its budget, or a server that never takes a connection does.
func TestAttackBudget(t *testing.T) {
	patient := func(r *probe.Request) { r.Attempts = 10 }
	survive(t, []attack{
		{name: "a drip at every attempt", want: "reply-unfinished", change: patient, untrusted: true,
			serve: func(settings.Mechanism) *smtptest.Script {
				return welcomed().Expect("EHLO ").Drip(strings.Repeat("2", forever), time.Second)
			}},
		{name: "421 at every attempt", want: "greeting-temporary", change: patient, untrusted: true,
			serve: always(hostile().Send("421 4.3.2 later"))},
		{name: "the end at every attempt", want: "connection-closed", change: patient, untrusted: true,
			serve: func(settings.Mechanism) *smtptest.Script { return welcomed().Expect("EHLO ").Close() }},
		{name: "a flood at every attempt", want: "reply-too-many-lines", change: patient, untrusted: true,
			serve: always(hostile().Flood("220-more", plenty))},
	}, settings.Mechanisms())
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.BlackHole(address)
		r := attacked(settings.StartTLS, settings.Plain)
		r.Attempts = 10
		l.attack(r).judge(t, "connect-timeout")
	})
}

// If a case fails, a chain of certificates is a way to fill the memory or the
// diagnostic.
func TestAttackManyCertificates(t *testing.T) {
	stranger := must(smtptest.NewAuthority())
	for name, test := range map[string]struct {
		copies int
		want   finding.Code
	}{
		"a hundred":  {100, "certificate-unknown-authority"},
		"a thousand": {1000, "tls-handshake-failed"}, // more than crypto/tls reads
	} {
		t.Run(name, func(t *testing.T) {
			var chain tls.Certificate
			var names []string
			for range 50 {
				names = append(names, strings.Repeat("long-label-", 5)+"x.example.test")
			}
			chain = must(stranger.Issue(smtptest.Leaf{Names: append(names, host)}))
			other := must(stranger.Issue(smtptest.Leaf{Names: []string{"other.example.test"}}))
			for range test.copies {
				chain.Certificate = append(chain.Certificate, other.Certificate[0])
			}
			synctest.Test(t, func(t *testing.T) {
				cfg := offers(settings.Implicit, settings.Plain)
				cfg.Certificate = chain
				o, _ := serveAttack(t, cfg, attacked(settings.Implicit, settings.Plain), false)
				o.judge(t, test.want)
			})
		})
	}
}
