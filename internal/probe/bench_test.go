package probe_test

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/dial"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// benchmark checks a server on loopback, time and again, until the finding.
func benchmark(b *testing.B, serves, declared settings.TLSMode, want finding.Code) {
	const loopback = "127.0.0.1"
	server, err := smtptest.Start(smtptest.Config{
		Mode:        serves,
		Certificate: must(authority.Issue(smtptest.Leaf{Names: []string{loopback}})),
		Mechanisms:  []settings.Mechanism{settings.Plain}, Users: map[string]string{"app": "pencil"},
	})
	if err != nil {
		b.Fatal(err)
	}
	defer server.Close()
	engine := probe.New(dial.System{}, dial.System{}, 1)
	r := withLogin(request(declared, server.Port()), "pencil")
	r.Host.Name, r.Trust = loopback, certs.Trust{ServerName: loopback, RootsPEM: authority.PEM()}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := engine.Run(b.Context(), r); codeOf(err) != want {
			b.Fatal(err)
		}
	}
}

// A whole check: connection, TLS, login.
func BenchmarkImplicit(b *testing.B) { benchmark(b, settings.Implicit, settings.Implicit, "") }
func BenchmarkStartTLS(b *testing.B) { benchmark(b, settings.StartTLS, settings.StartTLS, "") }

// The diagnosis of a wrong mode. Where the server says nothing, two seconds of
// patience come before it.
func BenchmarkDeclaredImplicit(b *testing.B) {
	benchmark(b, settings.StartTLS, settings.Implicit, "server-speaks-starttls")
}

func BenchmarkDeclaredStartTLS(b *testing.B) {
	benchmark(b, settings.Implicit, settings.StartTLS, "server-speaks-implicit-tls")
}
