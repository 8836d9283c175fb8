//go:build interop

package interop

import (
	"crypto/tls"
	"fmt"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// scramMechanisms are those of GNU SASL 2.2.
var scramMechanisms = []string{"SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-1"}

// Fails if a login that is bound to its TLS connection isn't so in the eyes of
// another implementation: with either binding, with each kind of secret; if one
// that was carried to another connection gets in; or if a list from which -PLUS
// was removed on the way goes unnoticed.
func TestChannelBinding(t *testing.T) {
	ca := newAuthority(t)
	f := &fleet{ca: ca}
	cert, err := ca.Issue(smtptest.Leaf{Names: []string{ServerName}})
	if err != nil {
		t.Fatal(err)
	}
	elsewhere := func(*tls.ConnectionState) map[string][]byte {
		other := []byte("the bindings of other connections")[:32]
		return map[string][]byte{"tls-exporter": other, "tls-unique": other[:12]}
	}
	for _, tt := range []struct {
		offered   []string
		bindings  func(*tls.ConnectionState) map[string][]byte
		mechanism settings.Mechanism // declared
		taken     settings.Mechanism // when it applies
		right     finding.Code       // with the right secret
		wrong     finding.Code
	}{
		{scramMechanisms, bindings, "", "SCRAM-SHA-256-PLUS", "", "auth-rejected"},
		{scramMechanisms, bindings, "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256-PLUS", "", "auth-rejected"},
		{scramMechanisms, bindings, "SCRAM-SHA-1-PLUS", "SCRAM-SHA-1-PLUS", "", "auth-rejected"},
		{scramMechanisms, bindings, "SCRAM-SHA-256", "SCRAM-SHA-256", "", "auth-rejected"},
		{scramMechanisms, bindings, "SCRAM-SHA-1", "SCRAM-SHA-1", "", "auth-rejected"},
		{scramMechanisms, elsewhere, "SCRAM-SHA-256-PLUS", "", "auth-rejected", "auth-rejected"},
		{scramMechanisms, elsewhere, "SCRAM-SHA-1-PLUS", "", "auth-rejected", "auth-rejected"},
		{scramMechanisms[2:], bindings, "", "", "auth-rejected", "auth-rejected"},
	} {
		for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
			for _, user := range []string{usual, separated, foreign, quoted, replaced} { // it prepares passwords too
				password := passwords[user]
				server := &GNUSASL{Offered: tt.offered, Password: password, Bindings: tt.bindings}
				conf := &tls.Config{Certificates: []tls.Certificate{cert}, MinVersion: version, MaxVersion: version}
				for mode, implicit := range map[settings.TLSMode]bool{settings.StartTLS: false, settings.Implicit: true} {
					port := server.Serve(t, conf, implicit)
					for secretly, code := range map[string]finding.Code{password: tt.right, password + "x": tt.wrong} {
						t.Run(fmt.Sprintf("%d offered/%q/%s/%s/%s/%q", len(tt.offered), tt.mechanism, tls.VersionName(version), mode, user, code), func(t *testing.T) {
							r := f.request(port, mode)
							r.Verify, r.Mechanism = settings.VerifyAuth, tt.mechanism
							r.Credentials = auth.Credentials{Username: user, Password: secret.New(secretly)}
							if report := ends(t, r, code); code == "" && report.Mechanism != tt.taken {
								t.Errorf("logged in with %q", report.Mechanism)
							}
						})
					}
				}
			}
		}
	}
}
