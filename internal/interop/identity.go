//go:build interop

package interop

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// identity is a server's certificate and key, and the authority of its clients'
// certificates, as files.
type identity struct{ Certificate, Key, ClientCA string }

// newIdentity issues a certificate into a folder. The authority is that of the
// clients' certificates too.
func newIdentity(tb testing.TB, ca *smtptest.Authority, dir string, leaf smtptest.Leaf) identity {
	tb.Helper()
	cert, err := ca.Issue(leaf)
	if err != nil {
		tb.Fatal(err)
	}
	var chain []byte
	for _, der := range cert.Certificate {
		chain = append(chain, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
	}
	der, err := x509.MarshalPKCS8PrivateKey(cert.PrivateKey)
	if err != nil {
		tb.Fatal(err)
	}
	id := identity{filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem"), filepath.Join(dir, "clients.pem")}
	writeFile(tb, id.Certificate, string(chain), 0o644)
	writeFile(tb, id.Key, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})), 0o600)
	writeFile(tb, id.ClientCA, ca.PEM(), 0o644)
	return id
}

func writeFile(tb testing.TB, path, text string, mode os.FileMode) {
	tb.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		tb.Fatal(err)
	}
}
