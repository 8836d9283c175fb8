//go:build interop

package interop

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// openSMTPDFilters are ports of [OpenSMTPD], each named after the filter that
// refuses there (conf/opensmtpd.conf).
var openSMTPDFilters = []string{"connect", "reverse", "names", "sender", "later"}

// openSMTPDAccounts are the accounts in the root folder of an OpenSMTPD. The
// system doesn't know them.
var openSMTPDAccounts = map[string]string{
	"passwd": "root:x:0:0::/:/bin/false\nopensmtpd:x:64901:64901::/:/bin/false\nopensmtpq:x:64902:64902::/:/bin/false\n",
	"group":  "root:x:0:\nopensmtpd:x:64901:\nopensmtpq:x:64902:\n",
}

// OpenSMTPD starts an OpenSMTPD that refuses mail, each port for a reason of its
// own, but for the port "open". It has a root folder, where it finds no names of
// addresses and no DNS.
func OpenSMTPD(tb testing.TB, ca *smtptest.Authority) *Server {
	tb.Helper()
	unpacked := os.Getenv("INTEROP_OPENSMTPD")
	if unpacked == "" {
		tb.Fatal("INTEROP_OPENSMTPD doesn't say where OpenSMTPD is; .ci/interop does")
	}
	dir := newFolder(tb)
	root := filepath.Join(dir, "root")
	if output, err := exec.Command("cp", "-dR", unpacked, root).CombinedOutput(); err != nil {
		tb.Fatalf("%v\n%s", err, output)
	}
	for _, sub := range []string{"run", "var/run", "var/spool", "var/lib/opensmtpd/empty"} {
		if err := os.MkdirAll(filepath.Join(root, sub), 0o755); err != nil {
			tb.Fatal(err)
		}
	}
	makeFolder(tb, filepath.Join(root, "var/spool/smtpd"), 0o711)
	etc := filepath.Join(root, "etc")
	for name, text := range openSMTPDAccounts {
		writeFile(tb, filepath.Join(etc, name), text, 0o644)
	}
	writeFile(tb, filepath.Join(etc, "mailname"), ServerName+"\n", 0o644)
	newIdentity(tb, ca, etc, smtptest.Leaf{Names: []string{ServerName}})

	names := append([]string{"open", "tls", "login"}, openSMTPDFilters...)
	ports := freePorts(tb, 2+len(names))
	s := &Server{Name: "opensmtpd", STARTTLS: ports[0], Implicit: ports[1], More: map[string]uint16{}}
	for i, name := range names {
		s.More[name] = ports[2+i]
	}
	configure(tb, "opensmtpd.conf", filepath.Join(etc, "smtpd.conf"), struct {
		STARTTLS, Implicit uint16
		More               map[string]uint16
		Filters            []string
	}{s.STARTTLS, s.Implicit, s.More, openSMTPDFilters})
	s.process = start(tb, dir, "/usr/sbin/chroot", root, "/usr/sbin/smtpd", "-d", "-f", "/etc/smtpd.conf")
	s.awaitGreeting(tb, s.STARTTLS) // TLS on the other fails in some releases
	return s
}
