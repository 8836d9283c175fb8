package probe_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

var update = flag.Bool("update", false, "write the diagnostics to testdata")

// goldens are whole diagnostics as a person reads them, in testdata.
var goldens = []struct {
	file    string
	prepare func(l *lab, r *probe.Request)
}{
	{"wrong-mode.txt", func(l *lab, r *probe.Request) {
		l.serve(587, smtptest.Config{Mode: settings.StartTLS})
		r.Port, r.Mode = 587, settings.Implicit
	}},
	{"wrong-password.txt", func(l *lab, r *probe.Request) {
		l.Names[host] = []string{"2001:db8::1", address}
		l.serve(587, smtptest.Config{
			Mode: settings.StartTLS, Mechanisms: []settings.Mechanism{settings.Plain, settings.Login},
			Refusal: "535 5.7.8 no pencil for you, app", // as far as the server may repeat what it was sent
		})
		*r = withLogin(*r, "pencil")
		r.Port, r.Mode, r.Attempts = 587, settings.StartTLS, 3
	}},
	{"filtered.txt", func(l *lab, r *probe.Request) {
		l.BlackHole(at(587))
		l.serve(2525, smtptest.Config{Mode: settings.StartTLS})
		r.Port, r.Mode = 587, settings.StartTLS
	}},
	{"certificate.txt", func(l *lab, _ *probe.Request) {
		l.serve(465, smtptest.Config{Mode: settings.Implicit, Certificate: leaf(smtptest.Leaf{Names: []string{"smtp.example.test"}, CommonName: "box", NotAfter: midnight.Add(-3 * day)})})
	}},
}

// If this fails, what a person reads has changed. That may be meant: then the
// file in testdata is to say so: go test -run Golden -update.
func TestGolden(t *testing.T) {
	for _, test := range goldens {
		t.Run(test.file, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				r := request(settings.Implicit, 465)
				test.prepare(l, &r)
				_, _, err := l.check(r)
				f := finding.Of(err)
				got := f.Summary + "\n\n" + f.Detail() + "\n"
				file := filepath.Join("testdata", test.file)
				if *update {
					if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
						t.Fatal(err)
					}
				}
				want, err := os.ReadFile(file)
				if err != nil {
					t.Fatal(err)
				}
				if got != string(want) {
					t.Errorf("got:\n%s\nwant:\n%s", got, want)
				}
			})
		})
	}
}

// If this fails, a failed check does not say how far it came, where it was
// connected, what took how long, or what became of an address. Every kind of
// failure is among those looked at.
func TestEvidenceIsComplete(t *testing.T) {
	for _, test := range replies {
		synctest.Test(t, func(t *testing.T) {
			l := newLab(t)
			l.play(2525, test.script)
			r := request(settings.NoTLS, 2525)
			if test.change != nil {
				test.change(&r)
			}
			l.Names[r.Host.Name] = []string{"2001:db8::1", address}
			_, _, err := l.check(r)
			if test.want == "oauth2-token-expired" {
				return // nothing was contacted
			}
			detail := finding.Of(err).Detail()
			for _, want := range []string{
				"phase reached: ", ", connected to 192.0.2.1:2525\n",
				"  time      connect 40ms, greeting ",
				"[2001:db8::1]:2525 refused\n", "192.0.2.1:2525 connected\n",
			} {
				if !strings.Contains(detail, want) {
					t.Errorf("%s: %q is not in\n%s", test.want, want, detail)
				}
			}
			if strings.Contains(detail, "pencil") {
				t.Errorf("the password shows in\n%s", detail)
			}
		})
	}
}

// If this fails, one address that refuses or loses packets keeps a host with two
// from being checked, or the report does not tell.
func TestDualStack(t *testing.T) {
	for _, test := range []struct {
		name    string
		prepare func(*lab)
		took    time.Duration
		tried   string
	}{
		{"first refuses", func(*lab) {}, 5 * rtt, "[2001:db8::1]:465 refused (20ms), 192.0.2.1:465 connected (20ms)"},
		{"first loses packets", func(l *lab) { l.BlackHole("2001:db8::1") }, 250*ms + 4*rtt,
			"[2001:db8::1]:465 not needed (270ms), 192.0.2.1:465 connected (20ms)"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.Names[host] = []string{"2001:db8::1", address}
				test.prepare(l)
				l.serve(465, smtptest.Config{Mode: settings.Implicit})
				report, took, err := l.check(request(settings.Implicit, 465))
				if err != nil || took != test.took {
					t.Errorf("%v after %v, want success after %v", err, took, test.took)
				}
				var tried []string
				for _, a := range report.Tried {
					tried = append(tried, a.String())
				}
				if got := strings.Join(tried, ", "); got != test.tried || report.Address.String() != at(465) {
					t.Errorf("tried %s; connected to %s", got, report.Address)
				}
			})
		})
	}
}

// If this fails, a report misses a phase, or the transcript shows a credential,
// the server's echo of one included.
func TestReport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.serve(587, smtptest.Config{
			Mode: settings.StartTLS, Mechanisms: []settings.Mechanism{settings.Plain},
			Users: map[string]string{"app": "pencil case"}, Greeting: "220 pencil case is what you say, cGVuY2lsIGNhc2U= is how",
		})
		r := withLogin(request(settings.StartTLS, 587), "pencil case")
		r.Trust.ClientKeyPEM = secret.String{}
		report, _, err := l.check(r)
		if err != nil {
			t.Fatal(err)
		}
		var phases []string
		for _, p := range report.Phases {
			phases = append(phases, p.Name+" "+p.Took.String())
		}
		if got, want := strings.Join(phases, ", "),
			"resolve 0s, connect 20ms, greeting 20ms, EHLO 20ms, STARTTLS 20ms, TLS 20ms, EHLO under TLS 20ms, AUTH 20ms"; got != want {
			t.Errorf("phases %s, want %s", got, want)
		}
		want := `S: 220 [redacted] is what you say, [redacted] is how
C: EHLO client.example.test
S: 250-mail.example.test greets you
S: 250-PIPELINING
S: 250-8BITMIME
S: 250-ENHANCEDSTATUSCODES
S: 250 STARTTLS
C: STARTTLS
S: 220 2.0.0 Ready to start TLS
(TLS handshake)
C: EHLO client.example.test
S: 250-mail.example.test greets you
S: 250-PIPELINING
S: 250-8BITMIME
S: 250-ENHANCEDSTATUSCODES
S: 250 AUTH PLAIN
C: AUTH PLAIN [redacted]
S: 235 2.7.0 Authentication successful
C: QUIT`
		if got := strings.Join(report.Transcript, "\n"); got != want {
			t.Errorf("transcript:\n%s\nwant:\n%s", got, want)
		}
		if report.Greeting != "[redacted] is what you say, [redacted] is how" || report.Mechanism != settings.Plain {
			t.Errorf("%q, %q", report.Greeting, report.Mechanism)
		}
	})
}

// If this fails, silence after a TLS handshake is reported as if there had been none,
// or the other way round.
func TestSilenceIsToldByMode(t *testing.T) {
	for mode, want := range map[settings.TLSMode]string{
		settings.Implicit: "The TLS handshake succeeded, but no greeting followed",
		settings.StartTLS: "No greeting came in clear text",
	} {
		t.Run(string(mode), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.serve(2525, smtptest.Config{Mode: mode, GreetingDelay: 2 * budget})
				_, _, err := l.check(request(mode, 2525))
				f := finding.Of(err)
				if f.Code != "greeting-timeout" || len(f.Cause) != 2 || !strings.HasPrefix(f.Cause[0], want) {
					t.Errorf("%s: %q", f.Code, f.Cause)
				}
			})
		})
	}
}
