package probe_test

import (
	"net"
	"os"
	"reflect"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, an argument that a person gave does not reach the check, or a
// default is another than documented.
func TestNewRequest(t *testing.T) {
	password, key := secret.New("pencil"), secret.New("key")
	for name, test := range map[string]struct {
		declared settings.Settings
		want     probe.Request
	}{
		"host alone, as a resource": {
			settings.Settings{Host: settings.Of("Mail.Example.test."), VerifyByDefault: true},
			probe.Request{
				Host: settings.Host{Name: host}, Port: 465, Mode: settings.Implicit,
				Trust:  certs.Trust{ServerName: host, MinVersion: "1.2"},
				Verify: settings.VerifyHandshake, Subject: "Test message from Terraform", Timeout: 30 * time.Second, Attempts: 1,
			},
		},
		"everything": {
			settings.Settings{
				Host: settings.Of("bücher.example"), Port: settings.Of(int64(2525)), TLSMode: settings.Of(settings.StartTLS),
				Username: settings.Of("app"), Password: settings.Of(password), AuthMechanism: settings.Of(settings.Login),
				From: settings.Of("app@example.test"), RcptTo: settings.Of([]string{"you@example.org"}),
				CACertPEM: settings.Of("roots"), ClientCertPEM: settings.Of("cert"), ClientKeyPEM: settings.Of(key),
				TLSServerName: settings.Of("Smtp.Example.test"), TLSMinVersion: settings.Of("1.3"), Insecure: settings.Of(true),
				EHLOName: settings.Of(client), Verify: settings.Of(settings.VerifyEnvelope),
				RetryAttempts: settings.Of(int64(3)), Timeout: settings.Of("2m"), MessageSubject: settings.Of("hello"),
			},
			probe.Request{
				Host: settings.Host{Name: "xn--bcher-kva.example"}, Port: 2525, Mode: settings.StartTLS,
				Trust: certs.Trust{
					ServerName: "smtp.example.test", RootsPEM: "roots", MinVersion: "1.3", Insecure: true,
					ClientCertPEM: "cert", ClientKeyPEM: key,
				},
				Credentials: auth.Credentials{Username: "app", Password: password, External: true},
				Mechanism:   settings.Login, EHLOName: client, Verify: settings.VerifyEnvelope,
				From: "app@example.test", RcptTo: []string{"you@example.org"}, Subject: "hello", Timeout: 2 * time.Minute, Attempts: 3,
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			if got := probe.NewRequest(test.declared); !reflect.DeepEqual(got, test.want) {
				t.Errorf("%+v\nwant %+v", got, test.want)
			}
		})
	}
}

// If this fails, servers that are strict about EHLO refuse this client: without a
// name it gives that of the machine, where it has a domain, else its address.
func TestEHLOName(t *testing.T) {
	machine, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ declared, server, literal string }{
		{client, address, "EHLO client.example.test"},
		{"", address, "EHLO [192.0.2.250]"},
		{"", "2001:db8::1", "EHLO [IPv6:2001:db8::250]"},
	} {
		synctest.Test(t, func(t *testing.T) {
			l := newLab(t)
			l.Names[host] = []string{test.server}
			server := dialogue("220 mail.example.test ready | EHLO | 250 mail.example.test").Serve(l.Listen(net.JoinHostPort(test.server, "2525")))
			t.Cleanup(func() { server.Close() })
			r := request(settings.NoTLS, 2525)
			r.EHLOName = test.declared
			if _, _, err := l.check(r); err != nil {
				t.Fatal(err)
			}
			if got := server.Lines()[0]; got != test.literal && (test.declared != "" || got != "EHLO "+machine) {
				t.Errorf("%q, want %q", got, test.literal)
			}
		})
	}
}

// If this fails, a name goes out that EHLO does not allow, or a literal is taken
// for one.
func TestDeclaredEHLOName(t *testing.T) {
	for declared, want := range map[string]string{
		"": "", client: client, "App.Bücher.example": "app.xn--bcher-kva.example", "app.example.test.": "app.example.test",
		"[192.0.2.1]": "[192.0.2.1]", "[IPv6:2001:db8::1]": "[IPv6:2001:db8::1]",
	} {
		r := probe.NewRequest(settings.Settings{Host: settings.Of(host), EHLOName: settings.Of(declared)})
		if r.EHLOName != want {
			t.Errorf("%q became %q, want %q", declared, r.EHLOName, want)
		}
	}
}

// If this fails, an address with an internationalised domain is refused by
// servers that would take it in A-labels, or another one is changed.
func TestAddressesOfRequest(t *testing.T) {
	s := settings.Settings{
		Host: settings.Of(host),
		From: settings.Of("büro@bücher.example"),
		RcptTo: settings.Of([]string{
			"App@Example.ORG", "a@[192.0.2.1]", `"a@b"@straße.example`, "app@example.org.",
		}),
	}
	r := probe.NewRequest(s)
	want := []string{"App@Example.ORG", "a@[192.0.2.1]", `"a@b"@xn--strae-oqa.example`, "app@example.org."}
	if r.From != "büro@xn--bcher-kva.example" || !slices.Equal(r.RcptTo, want) {
		t.Errorf("%q, %q", r.From, r.RcptTo)
	}
}
