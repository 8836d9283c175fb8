package certs_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
)

// FuzzExplain would fail if a certificate that crypto/x509 can read made the
// explanation panic, point at no row of the catalogue, or write to a terminal.
// The bytes are certificates in DER, one after another; the first is the server's.
func FuzzExplain(f *testing.F) {
	root := authority(f, "Lab Root", nil)
	leaf := issue(f, root, named(host, "*.example.com", "192.0.2.7"))
	f.Add(append(append([]byte{}, leaf.cert.Raw...), root.cert.Raw...), host)
	f.Add(leaf.cert.Raw, "192.0.2.8")
	f.Fuzz(func(t *testing.T, der []byte, name string) {
		chain, err := x509.ParseCertificates(der)
		if err != nil {
			return
		}
		for _, defect := range certs.Explain(chain, name, chainOf(root), now) {
			if _, known := finding.Lookup(defect.Code); !known {
				t.Errorf("%q has no row in the catalogue", defect.Code)
			}
			if strings.ContainsFunc(defect.Seen, hidden) {
				t.Errorf("control character in %q", defect.Seen)
			}
		}
		if len(chain) > 0 {
			cs := tls.ConnectionState{PeerCertificates: chain}
			summary := certs.Summarise(cs)
			if text := fmt.Sprint(summary); strings.ContainsFunc(text, hidden) {
				t.Errorf("control character in %q", text)
			}
			certs.Inspect(cs, certs.Trust{ServerName: name, RootsPEM: root.pem()}, now)
		}
	})
}

// hidden reports what a terminal does not show as it is.
func hidden(r rune) bool { return r != ' ' && !unicode.IsPrint(r) }
