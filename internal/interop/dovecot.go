//go:build interop

package interop

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// dovecotMechanisms are offered by Dovecot, and by a Postfix that asks it.
const dovecotMechanisms = "plain login cram-md5 scram-sha-1 scram-sha-256 xoauth2 oauthbearer external"

// Dovecot starts Dovecot's submission service in front of a relay. Users maps
// names to passwords, tokens names to access tokens. More are lines of its
// configuration.
func Dovecot(tb testing.TB, ca *smtptest.Authority, relay *Relay, users, tokens map[string]string, more ...string) *Server {
	tb.Helper()
	dir := newFolder(tb, "run", "state", "home")
	chown(tb, "nobody", "nogroup", filepath.Join(dir, "home"))
	var list strings.Builder
	for name, password := range users {
		fmt.Fprintf(&list, "%s:{PLAIN}%s\n", name, password)
	}
	// The file isn't secret here; the auth process reads it under its own account.
	writeFile(tb, filepath.Join(dir, "users"), list.String(), 0o644)
	ports := freePorts(tb, 2)
	values := struct {
		identity
		Dir, Mechanisms, AuthSocket, Introspection string
		STARTTLS, Implicit, Relay                  uint16
		More                                       []string
	}{
		newIdentity(tb, ca, dir, smtptest.Leaf{Names: []string{ServerName}}),
		dir, dovecotMechanisms, filepath.Join(dir, "auth-for-postfix"), introspection(tb, tokens),
		ports[0], ports[1], relay.Port,
		more,
	}
	configure(tb, "dovecot.conf", filepath.Join(dir, "dovecot.conf"), values)
	configure(tb, "oauth2.conf", filepath.Join(dir, "oauth2.conf"), values)
	s := &Server{
		Name: "dovecot", STARTTLS: ports[0], Implicit: ports[1],
		AuthSocket: values.AuthSocket,
		Log:        dovecotLog{logFile(filepath.Join(dir, "dovecot.log")), values.AuthSocket},
		process:    start(tb, dir, "/usr/sbin/dovecot", "-F", "-c", filepath.Join(dir, "dovecot.conf")),
	}
	s.awaitGreetings(tb)
	return s
}
