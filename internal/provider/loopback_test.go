package provider_test

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, a login in clear text to this machine passes the plan and not the
// apply, or a resolver that takes localhost to another machine gets the credentials.
func TestLoginInClearStaysHere(t *testing.T) {
	block := config{"host": "localhost", "port": 1025, "tls_mode": "none", "username": relayUser, "password": relayPassword}
	for name, tt := range map[string]struct {
		address string
		want    []string
		logins  int
	}{
		"here":              {"127.0.0.1", nil, 1},
		"here by IPv6":      {"::1", nil, 1},
		"another machine's": {"192.0.2.25", []string{"dns-not-found"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			n := smtptest.NewNetwork(0)
			n.Names["localhost"] = []string{tt.address}
			server := smtptest.Serve(n.Listen(settings.Address(settings.Host{Name: tt.address}, 1025)), smtptest.Config{
				Mode: settings.NoTLS, AuthBeforeTLS: true, Mechanisms: []settings.Mechanism{settings.Plain},
				Users: map[string]string{relayUser: relayPassword},
			})
			t.Cleanup(func() { _ = server.Close() })
			_, found := start(t, n, nil).create(block)
			found.only(t, tt.want, nil)
			same(t, "logins", len(server.Record().Logins), tt.logins)
		})
	}
}
