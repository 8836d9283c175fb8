package probe_test

import (
	"crypto/tls"
	"fmt"
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

// turns are the round trips that a mechanism's exchange takes, with an initial
// response where it has one (RFC 4954 section 4).
var turns = map[settings.Mechanism]int{
	settings.Plain: 1, settings.XOAuth2: 1, settings.OAuthBearer: 1,
	settings.CRAMMD5: 2, settings.NTLM: 2,
	settings.Login: 3, settings.ScramSHA1: 3, settings.ScramSHA256: 3, settings.ScramSHA256Plus: 3,
}

// leastRoundTrips is what the protocols ask for: TCP's opening, then TLS (a second
// round trip in TLS 1.2) and the greeting, which TLS 1.2 brings along with its last
// flight; with STARTTLS also the first EHLO and the command. Then EHLO and AUTH.
func leastRoundTrips(mode settings.TLSMode, version uint16, mechanism settings.Mechanism) int {
	const tcp, greeting, ehlo, command = 1, 1, 1, 1
	least := tcp + greeting + 1 + ehlo + turns[mechanism]
	if mode == settings.StartTLS {
		least += ehlo + command
		if version == tls.VersionTLS12 {
			least++
		}
	}
	return least
}

// If this fails, a check of settings that are right costs more round trips than
// the protocols demand, the opening of the connection included and QUIT not
// awaited. The benchmark reads what is logged.
func TestRoundTrips(t *testing.T) {
	for _, mode := range []settings.TLSMode{settings.Implicit, settings.StartTLS} {
		for _, version := range []uint16{tls.VersionTLS13, tls.VersionTLS12} {
			for _, mechanism := range settings.Mechanisms() {
				if turns[mechanism] == 0 {
					continue
				}
				name := fmt.Sprintf("%s, %s, %s", mode, tls.VersionName(version), mechanism)
				t.Run(name, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) { countRoundTrips(t, name, mode, version, mechanism) })
				})
			}
		}
	}
}

func countRoundTrips(t *testing.T, name string, mode settings.TLSMode, version uint16, mechanism settings.Mechanism) {
	l := newLab(t)
	server := l.serve(2525, smtptest.Config{
		Mode: mode, MinVersion: version, MaxVersion: version, Mechanisms: []settings.Mechanism{mechanism},
		Users: map[string]string{"app": "pencil"}, Tokens: map[string]string{"app": "pencil"},
	})
	r := withLogin(request(mode, 2525), "pencil")
	if settings.CredentialOf(mechanism) == settings.AuthOAuth2 {
		r.Credentials.Password, r.Credentials.AccessToken = secret.String{}, secret.New("pencil")
	}
	report, took, err := l.check(r)
	least := leastRoundTrips(mode, version, mechanism)
	if want := time.Duration(least) * rtt; err != nil || took != want {
		t.Errorf("%v after %v, want success after %v", err, took, want)
	}
	t.Logf("round trips: %s | %d | %d", name, took/rtt, least)
	if report.Mechanism != mechanism {
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
}
