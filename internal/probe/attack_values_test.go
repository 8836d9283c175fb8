package probe_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// input is an argument that ends up on the wire.
type input struct {
	declare func(*settings.Settings, string)
	request func(*probe.Request, string)
	// refused are the codes of which one refuses a forged value at plan, and
	// stopped the one that stops it at the wire all the same.
	refused []finding.Code
	stopped finding.Code
	// harmless are characters that forge nothing in this argument on the wire.
	harmless string
}

// line is a request that goes as far as MAIL and RCPT.
func line(m settings.Mechanism) probe.Request {
	r := attacked(settings.StartTLS, m)
	r.Verify, r.From, r.RcptTo = settings.VerifyEnvelope, victim, []string{"you@example.test"}
	return r
}

var inputs = map[string]input{
	"ehlo_name": {
		declare: func(s *settings.Settings, v string) { s.EHLOName = settings.Of(v) },
		request: func(r *probe.Request, v string) { r.EHLOName = v },
		refused: []finding.Code{"ehlo-name-invalid"}, stopped: "command-control-character", harmless: "<>",
	},
	"from": {
		declare: func(s *settings.Settings, v string) { s.From = settings.Of(v) },
		request: func(r *probe.Request, v string) { r.From = v },
		refused: []finding.Code{"from-invalid"}, stopped: "command-control-character",
	},
	"rcpt_to": {
		declare: func(s *settings.Settings, v string) { s.RcptTo = settings.Of([]string{"you@example.test", v}) },
		request: func(r *probe.Request, v string) { r.RcptTo = append(r.RcptTo, v) },
		refused: []finding.Code{"rcpt-to-invalid"}, stopped: "command-control-character",
	},
	"username": {
		declare: func(s *settings.Settings, v string) { s.Username = settings.Of(v) },
		request: func(r *probe.Request, v string) { r.Credentials.Username = v },
		refused: []finding.Code{"credential-control-character", "credential-line-end"}, stopped: "credential-unsendable", harmless: "<>",
	},
	"password": {
		declare: func(s *settings.Settings, v string) { s.Password = settings.Of(secret.New(v)) },
		request: func(r *probe.Request, v string) { r.Credentials.Password = secret.New(v) },
		refused: []finding.Code{"credential-control-character", "credential-line-end"}, stopped: "credential-unsendable", harmless: "<>",
	},
}

// forgeries are what would end a command, a field or a word, in the middle of a
// value and at its end.
var forgeries = map[string]string{
	"a command":         "a@example.test\r\nMAIL FROM:<forged@example.test>",
	"a command, LF":     "a@example.test\nMAIL FROM:<forged@example.test>",
	"a command, CR":     "a@example.test\rMAIL FROM:<forged@example.test>",
	"a line end":        "a@example.test\r\n",
	"NUL":               "a@example.test\x00forged",
	"an angle":          "a@example.test> FORGED=1 <",
	"an angle and more": "a@example.test>\r\nRCPT TO:<forged@example.test",
}

// If a case fails, a value forges a command: it has to be refused at plan, and
// once more where bytes are written, should a rule ever miss it.
func TestAttackValues(t *testing.T) {
	for name, in := range inputs {
		for what, value := range forgeries {
			if in.harmless != "" && strings.Contains(value, ">") && !strings.ContainsAny(value, "\r\n") {
				continue
			}
			t.Run(name+"/"+what, func(t *testing.T) {
				s := settings.Settings{
					Host: settings.Of(host), TLSMode: settings.Of(settings.StartTLS), Port: settings.Of(int64(587)),
					Username: settings.Of(victim), Password: settings.Of(secret.New(attackedWord)),
					From: settings.Of(victim), RcptTo: settings.Of([]string{"you@example.test"}),
					Verify: settings.Of(settings.VerifyEnvelope), VerifyByDefault: true,
					IgnoreRules: settings.Of([]string{"host-placeholder"}),
				}
				for _, f := range rules.Check(s) {
					t.Errorf("a sound declaration: %s", f.Code)
				}
				in.declare(&s, value)
				if !slices.ContainsFunc(rules.Check(s), func(f finding.Finding) bool {
					return slices.Contains(in.refused, f.Code) && f.Severity == finding.SeverityError && !f.Ignorable
				}) {
					t.Errorf("the rules pass %q", value)
				}
				for _, m := range []settings.Mechanism{settings.Plain, settings.Login, settings.ScramSHA256, settings.CRAMMD5, settings.NTLM} {
					synctest.Test(t, func(t *testing.T) {
						r := line(m)
						in.request(&r, value)
						o, record := serveAttack(t, offers(settings.StartTLS, m), r, true)
						if got := codeOf(o.err); got != in.stopped {
							t.Errorf("%s: code %q, want %q: %v", m, got, in.stopped, o.err)
						}
						forged(t, record)
					})
				}
			})
		}
	}
}

// forged fails the test for a command or a parameter that the client was to be
// made to send.
func forged(t *testing.T, record smtptest.Record) {
	t.Helper()
	for _, command := range record.Commands {
		if strings.Contains(strings.ToLower(command), "forged") {
			t.Errorf("forged: %q", command)
		}
	}
	if record.Data > 0 {
		t.Error("a message was sent")
	}
}

// If a case fails, a host, a name or a token ends a field of OAUTHBEARER or
// XOAUTH2.
func TestAttackValuesOfTokens(t *testing.T) {
	for what, value := range map[string]string{
		"^A": "a\x01auth=Bearer forged", "line end": "a\r\nforged", "NUL": "a\x00forged", "LF": "a\nforged",
	} {
		s := settings.Settings{Host: settings.Of(host), Username: settings.Of(victim), AccessToken: settings.Of(secret.New(value)), VerifyByDefault: true}
		u := settings.Settings{Host: settings.Of(host), Username: settings.Of(value), AccessToken: settings.Of(secret.New(attackedToken)), VerifyByDefault: true}
		h := settings.Settings{Host: settings.Of(value)}
		for _, declared := range []settings.Settings{s, u, h} {
			if !slices.ContainsFunc(rules.Check(declared), func(f finding.Finding) bool {
				return (strings.HasPrefix(string(f.Code), "credential-") || f.Code == "host-control-character") && !f.Ignorable
			}) {
				t.Errorf("%s: the rules pass %v", what, declared)
			}
		}
		for _, m := range []settings.Mechanism{settings.XOAuth2, settings.OAuthBearer} {
			for place, change := range map[string]func(*probe.Request){
				"token":    func(r *probe.Request) { r.Credentials.AccessToken = secret.New(value) },
				"username": func(r *probe.Request) { r.Credentials.Username = value },
			} {
				t.Run(place+"/"+what+"/"+string(m), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						r := attacked(settings.StartTLS, m)
						change(&r)
						o, record := serveAttack(t, offers(settings.StartTLS, m), r, false)
						o.judge(t, "credential-unsendable")
						forged(t, record)
					})
				})
			}
		}
		t.Run("host/"+what, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.Names[strings.ToLower(value)] = []string{address}
				server := l.serve(587, offers(settings.StartTLS, settings.OAuthBearer))
				r := attacked(settings.StartTLS, settings.OAuthBearer)
				r.Host = settings.Host{Name: value}
				_, _, err := l.check(r)
				server.Close()
				if record := server.Record(); codeOf(err) != "credential-unsendable" || record.AuthCommands > 0 {
					t.Errorf("%d AUTH, %v", record.AuthCommands, err)
				}
			})
		})
	}
}
