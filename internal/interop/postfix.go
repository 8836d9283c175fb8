//go:build interop

package interop

import (
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// cyrusMechanisms are those of Debian's libsasl2-modules that need no more than
// a password, and EXTERNAL.
const cyrusMechanisms = "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-512 NTLM EXTERNAL"

// PostfixWithCyrus starts a Postfix that checks logins with Cyrus SASL against a
// database of the users, each a name and its password. More are ports beside the
// usual two, by what they are called.
func PostfixWithCyrus(tb testing.TB, ca *smtptest.Authority, users map[string]string, more map[string]Port) *Server {
	tb.Helper()
	dir := newPostfixFolder(tb)
	sasl := filepath.Join(dir, "sasl")
	configure(tb, "smtpd.conf", filepath.Join(sasl, "smtpd.conf"), map[string]string{
		"Dir": dir, "Mechanisms": cyrusMechanisms,
	})
	database := filepath.Join(sasl, "sasldb2")
	for name, password := range users {
		cmd := exec.Command("saslpasswd2", "-p", "-c", "-f", database, "-u", Realm, name)
		cmd.Env = append(os.Environ(), "SASL_CONF_PATH="+sasl)
		cmd.Stdin = strings.NewReader(password)
		if output, err := cmd.CombinedOutput(); err != nil {
			tb.Fatalf("saslpasswd2: %v: %s", err, output)
		}
	}
	chown(tb, "postfix", "postfix", database)
	return startPostfix(tb, ca, dir, "postfix with cyrus", "", more)
}

// PostfixWithDovecot starts a Postfix that hands logins to the auth service of a
// running Dovecot.
func PostfixWithDovecot(tb testing.TB, ca *smtptest.Authority, dovecot *Server, more map[string]Port) *Server {
	tb.Helper()
	return startPostfix(tb, ca, newPostfixFolder(tb), "postfix with dovecot", dovecot.AuthSocket, more)
}

func startPostfix(tb testing.TB, ca *smtptest.Authority, dir, name, authSocket string, more map[string]Port) *Server {
	tb.Helper()
	ports := freePorts(tb, 2+len(more))
	s := &Server{
		Name: name, STARTTLS: ports[0], Implicit: ports[1], More: map[string]uint16{},
		Log: postfixLog{logFile(filepath.Join(dir, "mail.log"))},
	}
	values := struct {
		identity
		Dir, Realm, AuthSocket string
		STARTTLS, Implicit     uint16
		More                   []service
	}{
		identity: newIdentity(tb, ca, dir, smtptest.Leaf{Names: []string{ServerName}}),
		Dir:      dir, Realm: Realm, AuthSocket: authSocket,
		STARTTLS: s.STARTTLS, Implicit: s.Implicit,
	}
	for name, port := range more {
		s.More[name] = ports[2+len(values.More)]
		values.More = append(values.More, port.service(tb, ca, dir, s.More[name]))
	}
	configure(tb, "main.cf", filepath.Join(dir, "main.cf"), values)
	configure(tb, "master.cf", filepath.Join(dir, "master.cf"), values)
	s.process = start(tb, dir, "/usr/lib/postfix/sbin/master", "-c", dir)
	s.awaitGreetings(tb)
	return s
}

// newPostfixFolder makes a folder with a queue and the owners that Postfix
// insists on (its file postfix-files).
func newPostfixFolder(tb testing.TB) string {
	tb.Helper()
	dir := newFolder(tb, "data", "sasl", "queue/pid")
	chown(tb, "postfix", "root", filepath.Join(dir, "data"))
	for _, sub := range []string{"active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private", "saved", "trace"} {
		path := filepath.Join(dir, "queue", sub)
		makeFolder(tb, path, 0o700)
		chown(tb, "postfix", "root", path)
	}
	for sub, mode := range map[string]os.FileMode{"maildrop": 0o730, "public": 0o710} {
		path := filepath.Join(dir, "queue", sub)
		makeFolder(tb, path, mode)
		chown(tb, "postfix", "postdrop", path)
	}
	return dir
}

func makeFolder(tb testing.TB, path string, mode os.FileMode) {
	tb.Helper()
	if err := os.Mkdir(path, mode); err != nil {
		tb.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil { // whatever the umask
		tb.Fatal(err)
	}
}

func chown(tb testing.TB, owner, group, path string) {
	tb.Helper()
	u, err := user.Lookup(owner)
	if err != nil {
		tb.Fatal(err)
	}
	g, err := user.LookupGroup(group)
	if err != nil {
		tb.Fatal(err)
	}
	uid, _ := strconv.Atoi(u.Uid) // numbers on every Unix
	gid, _ := strconv.Atoi(g.Gid)
	if err := os.Chown(path, uid, gid); err != nil {
		tb.Fatalf("the servers need to be started by root: %v", err)
	}
}
