//go:build interop

package interop

import (
	"crypto/sha256"
	"encoding/pem"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// session is what s_client prints of version and cipher suite.
var session = regexp.MustCompile(`New, (TLSv1\.[23]), Cipher is (\S+)`)

// Fails if OpenSSL, on a connection of its own, sees other capabilities, another
// certificate or another version of TLS than a report tells of.
func (f *fleet) witness(t *testing.T) {
	for _, s := range f.all() {
		for mode, port := range map[settings.TLSMode]uint16{settings.StartTLS: s.STARTTLS, settings.Implicit: s.Implicit} {
			t.Run(s.Name+"/"+string(mode), func(t *testing.T) {
				report := ends(t, f.request(port, mode), "")
				said := sClient(t, port, mode)

				_, reply, _ := strings.Cut(said, "\n250-"+ServerName+"\n")
				var capabilities []string
				for line := range strings.Lines(reply) {
					capabilities = append(capabilities, strings.TrimSpace(line[4:]))
					if strings.HasPrefix(line, "250 ") {
						break
					}
				}
				if got := report.Capabilities.List(); !slices.Equal(got, capabilities) {
					t.Errorf("capabilities %q; OpenSSL sees %q", got, capabilities)
				}
				match := session.FindStringSubmatch(said)
				if match == nil {
					t.Fatalf("no session in what OpenSSL prints:\n%s", said)
				}
				if got := "TLSv" + report.TLS.Version; got != match[1] {
					t.Errorf("%s; OpenSSL sees %s", got, match[1])
				}
				block, _ := pem.Decode([]byte(said))
				if block == nil {
					t.Fatalf("no certificate in what OpenSSL prints:\n%s", said)
				}
				if seen := fmt.Sprintf("%x", sha256.Sum256(block.Bytes)); report.TLS.SHA256 != seen {
					t.Errorf("certificate %s; OpenSSL sees %s", report.TLS.SHA256, seen)
				}
			})
		}
	}
}

// sClient returns what openssl s_client prints of a connection on which it says
// EHLO and QUIT.
func sClient(t *testing.T, port uint16, mode settings.TLSMode) string {
	t.Helper()
	args := []string{"s_client", "-connect", fmt.Sprintf("127.0.0.1:%d", port), "-servername", ServerName, "-crlf", "-ign_eof"}
	if mode == settings.StartTLS {
		args = append(args, "-starttls", "smtp")
	}
	cmd := exec.Command("openssl", args...)
	cmd.Stdin = strings.NewReader("EHLO client.example.test\nQUIT\n")
	output, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("openssl: %v\n%s", err, output)
	}
	return strings.ReplaceAll(string(output), "\r\n", "\n")
}
