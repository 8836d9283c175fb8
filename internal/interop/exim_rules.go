//go:build interop

package interop

import (
	"path/filepath"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// eximRules are the ports of [EximWithRules], each named after what it refuses.
var eximRules = []string{"open", "connect", "helo", "sender", "senders", "recipients", "many", "content", "size", "login", "later"}

// EximWithRules starts an Exim that takes mail from anyone and drops it, except on ports
// with a rule of their own (conf/exim-rules.conf).
func EximWithRules(tb testing.TB, ca *smtptest.Authority) *Server {
	tb.Helper()
	dir := newEximFolder(tb)
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
	s.startExim(tb, dir, "exim-rules.conf", values.Key, values)
	return s
}
