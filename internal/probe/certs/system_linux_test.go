package certs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// asked names, in the environment of a test process, the files of what it is to
// explain: crypto/x509 reads the roots of the system once in a process.
const asked = "TEST_CERTS_CHAIN"

// TestSystemRoots would fail if a machine without a list of authorities were told
// as a fault of the server, or if a ca_cert_pem that is in the way of a public
// certificate were not found out.
func TestSystemRoots(t *testing.T) {
	if dir := os.Getenv(asked); dir != "" {
		explainFiles(t, dir)
		return
	}
	root, other := authority(t, "Public Root", nil), authority(t, "Other Root", nil)
	leaf := issue(t, root, named(host))
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
	leaf, err := settings.ParseCertificates(read("leaf"))
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := (&certs.Handshake{Trust: certs.Trust{RootsPEM: read("declared")}}).Config()
	if err != nil {
		t.Fatal(err)
	}
	told := ""
	for _, d := range certs.Explain(leaf, host, cfg.RootCAs, now) {
		told += string(d.Code) + " " + d.Facts["public"]
	}
	if err := os.WriteFile(filepath.Join(dir, "explained"), []byte(told), 0o600); err != nil {
		t.Fatal(err)
	}
}
