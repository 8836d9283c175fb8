//go:build interop

package interop

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// Fails if the provider doesn't report a Dovecot that demands a certificate as one that does.
func TestDovecotDemandsCertificate(t *testing.T) {
	ca, stranger := newAuthority(t), newAuthority(t)
	s := Dovecot(t, ca, NewRelay(t), passwords, nil, "auth_ssl_require_client_cert = yes")
	f := &fleet{ca: ca, dovecot: s}
	for name, tt := range map[string]struct {
		issuer *smtptest.Authority // nil: no certificate
		verify settings.Verify
		want   finding.Code
	}{
		"none":                 {nil, settings.VerifyAuth, "client-certificate-required"},
		"none, handshake":      {nil, settings.VerifyHandshake, ""},
		"a stranger's":         {stranger, settings.VerifyAuth, "client-certificate-rejected"},
		"the right one":        {ca, settings.VerifyAuth, ""},
		"the right one, hello": {ca, settings.VerifyHandshake, ""},
	} {
		for mode, port := range map[settings.TLSMode]uint16{settings.StartTLS: s.STARTTLS, settings.Implicit: s.Implicit} {
			t.Run(string(mode)+"/"+name, func(t *testing.T) {
				r := f.request(port, mode)
				r.Verify = tt.verify
				if tt.verify == settings.VerifyAuth {
					r.Credentials = credentials(settings.Plain, usual, "")
				}
				if tt.issuer != nil {
					r.Credentials.External = true
					r.Trust.ClientCertPEM, r.Trust.ClientKeyPEM = clientCertificate(t, tt.issuer, usual)
				}
				ends(t, r, tt.want)
			})
		}
	}
}
