//go:build interop

package interop

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Fails if a login doesn't reach Exim as its own drivers read it, costs more than
// one AUTH, or ends in words that don't fit: its driver spa speaks NTLM version 1
// alone, and EXTERNAL takes a user name only as the certificate has it.
func TestExim(t *testing.T) {
	ca := newAuthority(t)
	intermediate, err := ca.Intermediate()
	if err != nil {
		t.Fatal(err)
	}
	s := Exim(t, ca, intermediate, passwords, nil, map[string]EximPort{"asks": {}})
	f := &fleet{ca: ca}
	for _, mechanism := range []settings.Mechanism{settings.Plain, settings.Login, settings.CRAMMD5, settings.NTLM, ""} {
		for user := range passwords {
			for appended, code := range map[string]finding.Code{"": "", "x": "auth-rejected"} {
				// With CRAM-MD5, Exim takes what stands before the first blank for the name.
				if mechanism == settings.NTLM || mechanism == settings.CRAMMD5 && user == separated {
					code = "auth-rejected"
				}
				t.Run(fmt.Sprintf("%s/%s/%q", mechanism, user, code), func(t *testing.T) {
					r := f.request(s.STARTTLS, settings.StartTLS)
					r.Verify, r.Mechanism, r.Credentials = settings.VerifyAuth, mechanism, credentials(mechanism, user, appended)
					if attempts := s.Log.Attempts(t, func() { ends(t, r, code) }); attempts != 1 {
						t.Errorf("%d AUTH in the log", attempts)
					}
				})
			}
		}
	}
	t.Run("NTLM says its version", func(t *testing.T) {
		r := f.request(s.Implicit, settings.Implicit)
		r.Verify, r.Mechanism, r.Credentials = settings.VerifyAuth, settings.NTLM, credentials(settings.NTLM, usual, "")
		f := endsIn(t, r)
		for _, want := range []string{"version 2", "CRAM-MD5, LOGIN, PLAIN", `auth_mechanism = "PLAIN"`} {
			if !strings.Contains(f.Detail(), want) {
				t.Errorf("%q is missing from\n%s", want, f.Detail())
			}
		}
	})
	for username, code := range map[string]finding.Code{"": "", usual: "", foreign: "auth-external-refused"} {
		t.Run("EXTERNAL/"+username, func(t *testing.T) {
			r := f.request(s.More["asks"], settings.StartTLS)
			r.Verify, r.Mechanism = settings.VerifyAuth, settings.External
			r.Credentials = auth.Credentials{Username: username, External: true}
			r.Trust.ClientCertPEM, r.Trust.ClientKeyPEM = clientCertificate(t, ca, usual)
			ends(t, r, code)
		})
	}
}
