package certs_test

import (
	"crypto/x509"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/certpem"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
)

// asked names, in the environment of a test process, the files of what it is to
// explain: crypto/x509 reads the roots of the system once in a process.
const asked = "TEST_CERTS_CHAIN"

// TestSystemRoots would fail if a machine without a list of authorities were reported as a
// fault of the server, or if nothing said that a public certificate is only untrusted because
// of ca_cert_pem.
func TestSystemRoots(t *testing.T) {
	if dir := os.Getenv(asked); dir != "" {
		explainFiles(t, dir)
		return
	}
	root, other := authority(t, "Public Root", nil), authority(t, "Other Root", nil)
	leaf := issue(t, root, named(host))
	expired := authority(t, "Public Root", nil, func(c *x509.Certificate, e *entity) {
		e.key, c.NotBefore, c.NotAfter = root.key, now.AddDate(-9, 0, 0), now.AddDate(0, 0, -1)
	})
	for _, tt := range []struct {
		name     string
		system   string
		declared string
		want     string
	}{
		{"trusted by the system", root.pem(), "", ""},
		{"unknown to the system", other.pem(), "", "certificate-unknown-authority "},
		{"no system roots", "", "", "certificate-no-system-roots "},
		{"no system roots, declared", "", root.pem(), ""},
		{"an expired root of the system", expired.pem(), "", "certificate-expired system"},
		{"ca_cert_pem in the way", root.pem(), other.pem(), "certificate-unknown-authority would be trusted by the roots of this system"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, text := range map[string]string{"system": tt.system, "declared": tt.declared, "leaf": leaf.pem()} {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSystemRoots$")
			child.Env = append(os.Environ(), asked+"="+dir,
				"SSL_CERT_FILE="+filepath.Join(dir, "system"), "SSL_CERT_DIR="+filepath.Join(dir, "none"))
			if out, err := child.CombinedOutput(); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			got, err := os.ReadFile(filepath.Join(dir, "explained"))
			if err != nil || string(got) != tt.want {
				t.Errorf("explained %q (%v), want %q", got, err, tt.want)
			}
		})
	}
}

func explainFiles(t *testing.T, dir string) {
	t.Helper()
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	leaf, err := certpem.Roots(read("leaf"))
	if err != nil {
		t.Fatal(err)
	}
	var roots []*x509.Certificate
	if declared := read("declared"); declared != "" {
		if roots, err = certpem.Roots(declared); err != nil {
			t.Fatal(err)
		}
	}
	explained := ""
	for _, d := range certs.Explain(leaf, host, roots, now) {
		explained += string(d.Code) + " " + d.Facts["public"] + d.Facts["element"]
	}
	if err := os.WriteFile(filepath.Join(dir, "explained"), []byte(explained), 0o600); err != nil {
		t.Fatal(err)
	}
}
