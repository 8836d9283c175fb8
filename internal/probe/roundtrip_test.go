package probe_test

import (
	"crypto/tls"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// withLogin asks for a login as app with a password.
func withLogin(r probe.Request, password string) probe.Request {
	r.Verify = settings.VerifyAuth
	r.Credentials.Username, r.Credentials.Password = "app", secret.New(password)
	return r
}

// If this fails, a check of settings that are right costs more round trips than
// the protocol demands, the opening of the connection included and QUIT not
// awaited.
func TestRoundTrips(t *testing.T) {
	for _, test := range []struct {
		name      string
		mode      settings.TLSMode
		version   uint16
		mechanism settings.Mechanism
		want      int // round trips
	}{
		{"implicit TLS 1.3, PLAIN", settings.Implicit, tls.VersionTLS13, settings.Plain, 5},
		{"implicit TLS 1.2, PLAIN", settings.Implicit, tls.VersionTLS12, settings.Plain, 5},
		{"STARTTLS with TLS 1.3, PLAIN", settings.StartTLS, tls.VersionTLS13, settings.Plain, 7},
		{"STARTTLS with TLS 1.2, PLAIN", settings.StartTLS, tls.VersionTLS12, settings.Plain, 8},
		{"implicit TLS 1.3, LOGIN", settings.Implicit, tls.VersionTLS13, settings.Login, 7},
		{"implicit TLS 1.3, CRAM-MD5", settings.Implicit, tls.VersionTLS13, settings.CRAMMD5, 6},
		{"implicit TLS 1.3, SCRAM-SHA-256-PLUS", settings.Implicit, tls.VersionTLS13, settings.ScramSHA256Plus, 7},
		{"implicit TLS 1.3, NTLM", settings.Implicit, tls.VersionTLS13, settings.NTLM, 6},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				server := l.serve(2525, smtptest.Config{
					Mode: test.mode, MinVersion: test.version, MaxVersion: test.version,
					Mechanisms: []settings.Mechanism{test.mechanism}, Users: map[string]string{"app": "pencil"},
				})
				report, took, err := l.check(withLogin(request(test.mode, 2525), "pencil"))
				if want := time.Duration(test.want) * rtt; err != nil || took != want {
					t.Errorf("%v after %v, want success after %v", err, took, want)
				}
				if report.Mechanism != test.mechanism {
					t.Errorf("logged in with %q", report.Mechanism)
				}
				time.Sleep(rtt) // QUIT is on its way
				synctest.Wait()
				got := server.Record()
				if len(got.Logins) != 1 || !got.Logins[0].OK || got.AuthCommands != 1 {
					t.Errorf("%d AUTH, logins %+v", got.AuthCommands, got.Logins)
				}
				if last := got.Commands[len(got.Commands)-1]; last != "QUIT" {
					t.Errorf("the last command is %q, want QUIT", last)
				}
			})
		})
	}
}
