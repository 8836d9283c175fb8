package probe_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// elsewhereCase is a port that can't be reached, and what the others answer.
type elsewhereCase struct {
	name   string
	port   int
	ports  map[int]func(*lab, int)
	budget time.Duration
	want   finding.Code
	took   time.Duration
	seen   string
	fix    string
	next   map[settings.TLSMode]finding.Code // the error of the port that the fix names
}

func elsewheres() []elsewhereCase {
	hole := func(l *lab, port int) { l.BlackHole(at(port)) }
	closed := func(*lab, int) {}
	starttls := wellBehaved(smtptest.Config{Mode: settings.StartTLS, Mechanisms: []settings.Mechanism{settings.Plain}, Users: map[string]string{"app": "pencil"}})
	inClear := wellBehaved(smtptest.Config{Mode: settings.NoTLS, Mechanisms: []settings.Mechanism{settings.Plain}, Users: map[string]string{"app": "pencil"}, AuthBeforeTLS: true})
	implicit := wellBehaved(smtptest.Config{Mode: settings.Implicit, Mechanisms: []settings.Mechanism{settings.Plain}, Users: map[string]string{"app": "pencil"}})
	demanding := wellBehaved(smtptest.Config{Mode: settings.Implicit, MaxVersion: 0x303, ClientCAs: authority.Pool()})
	return []elsewhereCase{
		{"filtered, 2525 open", 587, map[int]func(*lab, int){587: hole, 465: hole, 2525: starttls, 2500: hole}, budget,
			"connect-timeout", 10 * s, "other ports of this host: 2525 answers with STARTTLS", "port     = 2525\ntls_mode = \"starttls\" # a mail server answers here", nil},
		{"filtered, budget short", 587, map[int]func(*lab, int){587: hole, 465: hole, 2525: starttls, 2500: hole}, 5 * s,
			"connect-timeout", 5 * s, "other ports of this host: 2525 answers with STARTTLS", "port     = 2525\ntls_mode = \"starttls\" # a mail server answers here", nil},
		{"filtered, budget too short to look", 587, map[int]func(*lab, int){587: hole, 2525: starttls}, 2 * s,
			"connect-timeout", 2 * s, "192.0.2.1:587 no answer", "Allow outgoing connections to port 587 in the firewall of this network or cloud account.", nil},
		{"all filtered, budget short", 587, map[int]func(*lab, int){587: hole, 465: hole, 2525: hole, 2500: hole}, 5 * s,
			"connect-timeout", 5 * s, "192.0.2.1:587 no answer\n            phase reached: connect", "Allow outgoing connections to port 587 in the firewall of this network or cloud account.", nil},
		{"refused, 465 for those with a certificate", 587, map[int]func(*lab, int){465: demanding}, budget,
			"connect-refused", 4 * rtt, "other ports of this host: 465 answers with TLS from the first byte", "port     = 465\ntls_mode = \"implicit\" # a mail server answers here", map[settings.TLSMode]finding.Code{settings.Implicit: "client-certificate-required"}},
		{"all filtered", 465, map[int]func(*lab, int){465: hole, 587: hole, 2525: hole, 2500: hole}, budget,
			"connect-timeout", 10 * s, "no other submission port can be used either: 587, 2525, 2500", "Allow outgoing connections to port 465 in the firewall of this network or cloud account.", nil},
		{"refused, 465 and 587 open", 2525, map[int]func(*lab, int){2525: closed, 465: implicit, 587: starttls}, budget,
			"connect-refused", 4 * rtt, "other ports of this host: 465 answers with TLS from the first byte, 587 answers with STARTTLS", "port     = 465\ntls_mode = \"implicit\" # a mail server answers here", nil},
		{"refused, 2500 without TLS", 465, map[int]func(*lab, int){2500: inClear}, budget,
			"connect-refused", 4 * rtt, "other ports of this host: 2500 answers with clear text alone", "Check host and port against what your mail service documents for sending.", nil},
		{"refused, busy elsewhere", 25, map[int]func(*lab, int){587: wellBehaved(smtptest.Config{Mode: settings.StartTLS, Greeting: "421 4.3.2 busy"})}, budget,
			"connect-refused", 3 * rtt, "no other submission port can be used either: 465, 587, 2525, 2500", "Check host and port against what your mail service documents for sending.", nil},
		{"refused, something else elsewhere", 25, map[int]func(*lab, int){587: other(smtptest.SSH), 465: other(smtptest.HTTP), 2525: other(smtptest.Mute)}, budget,
			"connect-refused", 5*s + rtt, "no other submission port can be used either: 465, 587, 2525, 2500", "Check host and port against what your mail service documents for sending.", nil},
	}
}

// If this fails, the finding of a port that is closed or filtered doesn't name the one that
// works, or names one that doesn't; or credentials go there. Packets that vanish show after
// ten seconds; the look begins after three.
func TestElsewhere(t *testing.T) {
	for _, test := range elsewheres() {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				for port, serve := range test.ports {
					serve(l, port)
				}
				r := withLogin(request(settings.StartTLS, test.port), "pencil")
				r.Timeout = test.budget
				_, took, err := l.check(r)
				f := finding.Of(err)
				if f.Code != test.want || took != test.took {
					t.Errorf("%q after %v, want %q after %v", f.Code, took, test.want, test.took)
				}
				if !strings.Contains(f.Detail(), test.seen+"\n") || f.Fixes[0].String() != test.fix {
					t.Errorf("%q, %q are not in\n%s", test.seen, test.fix, f.Detail())
				}
				for _, server := range l.served {
					if server.Record().AuthCommands > 0 {
						t.Error("a login was made elsewhere")
					}
				}
				if n := l.dialled(test.port); n != 1 {
					t.Errorf("%d connections to the port", n)
				}
			})
		})
	}
}
