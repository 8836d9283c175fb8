//go:build interop

package interop

import (
	"fmt"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// externalLogins are logins with a client's certificate.
//
// Postfix can't be configured for EXTERNAL. It takes the word out of the list
// (smtpd_sasl_mechanism_filter), for a reason: even where it asks for certificates
// and leaves the list alone, as on the port called external, it tells neither
// Cyrus whom the certificate names (which then offers no EXTERNAL) nor Dovecot
// that there is one (which then refuses everybody). The last rows hold it to that.
// The judge is Dovecot's own service.
var externalLogins = []struct {
	server, port, name string // whom the certificate names
	username           string // whom the login is for; "" leaves that to the server
	stranger           bool   // the certificate is of an authority that the server doesn't know
	want               finding.Code
	attempts           int
}{
	{"dovecot", "", "app", "", false, "", 1},
	{"dovecot", "", "app", "app", false, "", 1},
	{"dovecot", "", "user name, x=y", "", false, "", 1},
	{"dovecot", "", "user name, x=y", "user name, x=y", false, "", 1},
	{"dovecot", "", "jürgen", "", false, "", 1},
	{"dovecot", "", "jürgen", "jürgen", false, "", 1},
	{"dovecot", "", "app", "jürgen", false, "auth-external-refused", 1},
	{"dovecot", "", "app", "", true, "auth-external-refused", 1},
	{"dovecot", "", "app", "app", true, "auth-external-refused", 1},
	{"postfix with cyrus", "", "app", "", false, "auth-mechanism-not-offered", 0},
	{"postfix with dovecot", "", "app", "", false, "auth-mechanism-not-offered", 0},
	{"postfix with cyrus", "external", "app", "", false, "auth-mechanism-not-offered", 0},
	{"postfix with dovecot", "external", "app", "", false, "auth-external-refused", 1},
}

// Fails if a server that looks at certificates doesn't log in the account that the right one
// names, if a wrong one passes, or if one check costs more than one login.
func (f *fleet) external(t *testing.T) {
	stranger := newAuthority(t)
	for _, x := range externalLogins {
		t.Run(fmt.Sprintf("%s/%s/%s for %s/stranger=%t", x.server, x.port, x.name, x.username, x.stranger), func(t *testing.T) {
			s, issuer := f.named(t, x.server), f.ca
			if x.stranger {
				issuer = stranger
			}
			r := f.request(s.STARTTLS, settings.StartTLS)
			if x.port != "" {
				r.Port = s.More[x.port]
			}
			r.Mechanism, r.Verify = settings.External, settings.VerifyAuth
			r.Credentials = auth.Credentials{Username: x.username, External: true}
			r.Trust.ClientCertPEM, r.Trust.ClientKeyPEM = clientCertificate(t, issuer, x.name)
			if attempts := s.Log.Attempts(t, func() { ends(t, r, x.want) }); attempts != x.attempts {
				t.Errorf("%d AUTH in the log, want %d", attempts, x.attempts)
			}
		})
	}
}

func clientCertificate(t *testing.T, issuer *smtptest.Authority, name string) (certPEM string, key secret.String) {
	t.Helper()
	certPEM, keyPEM, err := issuer.IssueClient(name)
	if err != nil {
		t.Fatal(err)
	}
	return certPEM, secret.New(keyPEM)
}
