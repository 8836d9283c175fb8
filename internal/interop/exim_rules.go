//go:build interop

package interop

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// eximRules are the ports of [EximWithRules], each named after what it refuses.
var eximRules = []string{"open", "connect", "helo", "sender", "senders", "recipients", "many", "content", "size", "login", "later"}

// EximWithRules starts an Exim that takes mail from anyone and drops it, but for
// ports with a rule of their own (conf/exim-rules.conf).
func EximWithRules(tb testing.TB, ca *smtptest.Authority) *Server {
	tb.Helper()
	program := os.Getenv("INTEROP_EXIM")
	if program == "" {
		tb.Fatal("INTEROP_EXIM doesn't say where Exim is; .ci/interop does")
	}
	dir := newFolder(tb, "spool", "log")
	for _, sub := range []string{"spool", "log"} {
		chown(tb, "Debian-exim", "Debian-exim", filepath.Join(dir, sub))
	}
	ports := freePorts(tb, 2+len(eximRules))
	s := &Server{
		Name: "exim with rules", STARTTLS: ports[0], Implicit: ports[1], More: map[string]uint16{},
		Log: eximLog{logFile(filepath.Join(dir, "log", "main"))},
	}
	for i, name := range eximRules {
		s.More[name] = ports[2+i]
	}
	values := struct {
		identity
		Dir                string
		STARTTLS, Implicit uint16
		More               map[string]uint16
	}{newIdentity(tb, ca, dir, smtptest.Leaf{Names: []string{ServerName}}), dir, s.STARTTLS, s.Implicit, s.More}
	chown(tb, "Debian-exim", "Debian-exim", values.Key)
	configure(tb, "exim-rules.conf", filepath.Join(dir, "exim.conf"), values)
	s.process = start(tb, dir, program, "-bdf", "-C", filepath.Join(dir, "exim.conf"))
	s.awaitGreetings(tb)
	return s
}
