//go:build interop

package interop

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// client is a client's certificate and key.
type client struct {
	certificate string
	key         secret.String
}

// leafOnly leaves out what stands after the client's own certificate.
func (c client) leafOnly() client {
	block, _ := pem.Decode([]byte(c.certificate))
	c.certificate = string(pem.EncodeToMemory(block))
	return c
}

func (c client) der() []byte {
	block, _ := pem.Decode([]byte(c.certificate))
	return block.Bytes
}

func (c client) showIn(t *certs.Trust) { t.ClientCertPEM, t.ClientKeyPEM = c.certificate, c.key }

// newClient issues a client's certificate.
func newClient(tb testing.TB, issuer *smtptest.Authority, leaf smtptest.Leaf) client {
	tb.Helper()
	leaf.NotForServers = true
	pair, err := issuer.Issue(leaf)
	if err != nil {
		tb.Fatal(err)
	}
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		tb.Fatal(err)
	}
	c := client{key: secret.New(string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: key})))}
	for _, der := range pair.Certificate {
		c.certificate += string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	}
	return c
}

// clientPorts are the ports of one kind of server, each in both modes and with both
// versions of TLS.
func clientPorts[P any](kinds map[string]P, variant func(kind P, implicit, older bool) P) map[string]P {
	ports := map[string]P{}
	for name, kind := range kinds {
		for _, implicit := range []bool{false, true} {
			for _, older := range []bool{false, true} {
				ports[variantName(name, implicit, older)] = variant(kind, implicit, older)
			}
		}
	}
	return ports
}

func variantName(name string, implicit, older bool) string {
	return fmt.Sprintf("%s/implicit=%t/1.2=%t", name, implicit, older)
}

// Fails if a declared certificate doesn't reach a server that could use it, although its
// authority is not among those that the server names; if the provider doesn't report the
// server's refusal as one; or if the server only asks for a certificate, and the check fails
// without one. By TLS 1.2 and 1.3, from the first byte and after STARTTLS.
func TestClientCertificates(t *testing.T) {
	ca, stranger := newAuthority(t), newAuthority(t)
	intermediate, err := ca.Intermediate()
	if err != nil {
		t.Fatal(err)
	}
	alone := newClient(t, ca, smtptest.Leaf{CommonName: usual, SelfSigned: true}) // known by its fingerprint
	known := newClient(t, ca, smtptest.Leaf{CommonName: usual})
	strange := newClient(t, stranger, smtptest.Leaf{CommonName: usual})
	chained := newClient(t, intermediate, smtptest.Leaf{CommonName: usual})
	leafOnly := chained.leafOnly()
	expired := newClient(t, ca, smtptest.Leaf{CommonName: usual, NotAfter: day(2020)})

	exim := Exim(t, ca, intermediate, passwords, alone.der(), clientPorts(map[string]EximPort{
		"asks": {}, "demands": {Demands: true}, "has the intermediate": {Completes: true},
	}, func(kind EximPort, implicit, older bool) EximPort {
		kind.Implicit, kind.TLS12 = implicit, older
		return kind
	}))
	dir := newFolder(t)
	intermediates := filepath.Join(dir, "intermediates.pem")
	writeFile(t, intermediates, intermediate.PEM()+ca.PEM(), 0o644)
	postfix := PostfixWithCyrus(t, ca, passwords, clientPorts(map[string]Port{
		"asks": {Options: []string{
			"smtpd_tls_ask_ccert = yes",
			"smtpd_relay_restrictions = permit_tls_all_clientcerts, reject_unauth_destination",
		}},
		"has the intermediate": {Options: []string{
			"smtpd_tls_ask_ccert = yes", "smtpd_tls_CAfile = " + intermediates,
			"smtpd_relay_restrictions = permit_tls_all_clientcerts, reject_unauth_destination",
		}},
		"knows fingerprints": {Options: []string{
			"smtpd_tls_ask_ccert = yes", "smtpd_tls_fingerprint_digest = sha256",
			"relay_clientcerts = inline:{ " + fingerprint(alone.der()) + "=app }",
			"smtpd_relay_restrictions = permit_tls_clientcerts, reject_unauth_destination",
		}},
		"demands": {Options: []string{
			"smtpd_tls_req_ccert = yes",
			"smtpd_relay_restrictions = permit_tls_all_clientcerts, reject_unauth_destination",
		}},
	}, func(kind Port, implicit, older bool) Port {
		options := []string{"smtpd_tls_security_level = encrypt"}
		if implicit {
			options = []string{wrapped}
		}
		if older {
			options = append(options, "smtpd_tls_mandatory_protocols = TLSv1.2")
		}
		kind.Options = append(options, kind.Options...)
		return kind
	}))
	f := &fleet{ca: ca}

	for _, tt := range []struct {
		server *Server
		port   string
		name   string
		shown  *client
		want   finding.Code // of an envelope without a login
	}{
		{postfix, "asks", "none", nil, "relay-denied"},
		{postfix, "asks", "known authority", &known, ""},
		{postfix, "asks", "another authority", &strange, "relay-denied"},
		{postfix, "asks", "expired", &expired, "relay-denied"},
		{postfix, "asks", "leaf alone", &leafOnly, "relay-denied"},
		{postfix, "asks", "with intermediate", &chained, ""},
		{postfix, "has the intermediate", "leaf alone", &leafOnly, ""},
		{postfix, "knows fingerprints", "none", nil, "relay-denied"},
		{postfix, "knows fingerprints", "known fingerprint", &alone, ""},
		{postfix, "knows fingerprints", "another one", &known, "relay-denied"},
		{postfix, "demands", "none", nil, "client-certificate-required"},
		{postfix, "demands", "another authority", &strange, "client-certificate-rejected"},
		{postfix, "demands", "signed by itself", &alone, "client-certificate-rejected"},
		{postfix, "demands", "expired", &expired, "client-certificate-rejected"},
		{postfix, "demands", "leaf alone", &leafOnly, "client-certificate-rejected"},
		{postfix, "demands", "known authority", &known, ""},

		{exim, "asks", "none", nil, "relay-denied"},
		{exim, "asks", "known authority", &known, ""},
		{exim, "asks", "another authority", &strange, "relay-denied"},
		{exim, "asks", "known fingerprint", &alone, ""},
		{exim, "asks", "leaf alone", &leafOnly, "relay-denied"},
		{exim, "has the intermediate", "leaf alone", &leafOnly, ""},
		{exim, "demands", "none", nil, "client-certificate-required"},
		{exim, "demands", "another authority", &strange, "client-certificate-rejected"},
		{exim, "demands", "signed by itself", &alone, "client-certificate-rejected"},
		{exim, "demands", "expired", &expired, "client-certificate-rejected"},
		{exim, "demands", "known authority", &known, ""},
	} {
		for _, implicit := range []bool{false, true} {
			for _, older := range []bool{false, true} {
				port := variantName(tt.port, implicit, older)
				t.Run(fmt.Sprintf("%s/%s/%s", tt.server.Name, port, tt.name), func(t *testing.T) {
					r := f.request(tt.server.More[port], settings.StartTLS)
					if implicit {
						r.Mode = settings.Implicit
					}
					r.Verify, r.From, r.RcptTo = settings.VerifyEnvelope, "app@example.test", []string{"you@example.com"}
					if tt.shown != nil {
						tt.shown.showIn(&r.Trust)
					}
					report := ends(t, r, tt.want)
					if report.TLS != nil && (report.TLS.Version == "1.2") != older {
						t.Errorf("TLS %s", report.TLS.Version)
					}
				})
			}
		}
	}
}

// fingerprint is how Postfix writes one: bytes in hexadecimal, divided by colons.
func fingerprint(der []byte) string {
	text := ""
	for i, b := range sha256.Sum256(der) {
		if i > 0 {
			text += ":"
		}
		text += fmt.Sprintf("%02X", b)
	}
	return text
}
