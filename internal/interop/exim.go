//go:build interop

package interop

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// EximPort is a port of an Exim that asks for clients' certificates. It takes mail from
// clients with one that it can verify, or with the one whose fingerprint it knows.
type EximPort struct {
	Demands   bool // without a certificate that it can verify there is no TLS
	Completes bool // it has the intermediate certificate that a client may leave out
	Implicit  bool
	TLS12     bool // nothing newer
}

// Exim starts an Exim with users, each a name and its password. Clients may have a
// certificate of ca, and the one given in DER is known by its fingerprint. More are
// ports beside the usual two, by what they are called.
func Exim(tb testing.TB, ca, intermediate *smtptest.Authority, users map[string]string, known []byte, more map[string]EximPort) *Server {
	tb.Helper()
	dir := newEximFolder(tb)
	ports := freePorts(tb, 2+len(more))
	s := &Server{
		Name: "exim", STARTTLS: ports[0], Implicit: ports[1], More: map[string]uint16{},
		Log: eximLog{logFile(filepath.Join(dir, "log", "main"))},
	}
	values := struct {
		identity
		Dir, Users, Intermediates, Fingerprint   string
		STARTTLS, Implicit                       uint16
		More                                     map[string]uint16
		Asks, Demands, Completes, Wrapped, Older []uint16
	}{
		identity: newIdentity(tb, ca, dir, smtptest.Leaf{Names: []string{ServerName}}),
		Dir:      dir, STARTTLS: s.STARTTLS, Implicit: s.Implicit, More: s.More,
		Users: filepath.Join(dir, "users"), Intermediates: filepath.Join(dir, "intermediates.pem"),
		Fingerprint: fmt.Sprintf("%X", sha256.Sum256(known)),
	}
	for name, port := range more {
		number := ports[2+len(s.More)]
		s.More[name] = number
		values.Asks = append(values.Asks, number)
		for list, listed := range map[*[]uint16]bool{
			&values.Demands: port.Demands, &values.Completes: port.Completes, &values.Wrapped: port.Implicit, &values.Older: port.TLS12,
		} {
			if listed {
				*list = append(*list, number)
			}
		}
	}
	var database strings.Builder
	for name, password := range users {
		fmt.Fprintf(&database, "%s: %s\n", coded(name), coded(password))
	}
	writeFile(tb, values.Users, database.String(), 0o644)
	writeFile(tb, values.Intermediates, intermediate.PEM()+ca.PEM(), 0o644)
	s.startExim(tb, dir, "exim.conf", values.Key, values)
	return s
}

// newEximFolder makes a folder with a spool and a log that Exim may write.
func newEximFolder(tb testing.TB) string {
	tb.Helper()
	dir := newFolder(tb, "spool", "log")
	for _, sub := range []string{"spool", "log"} {
		chown(tb, "Debian-exim", "Debian-exim", filepath.Join(dir, sub))
	}
	return dir
}

// startExim starts an Exim with the named template of conf, whose values say where its
// key is.
func (s *Server) startExim(tb testing.TB, dir, template, key string, values any) {
	tb.Helper()
	program := os.Getenv("INTEROP_EXIM")
	if program == "" {
		tb.Fatal("INTEROP_EXIM doesn't say where Exim is; .ci/interop does")
	}
	chown(tb, "Debian-exim", "Debian-exim", key)
	configure(tb, template, filepath.Join(dir, "exim.conf"), values)
	s.process = start(tb, dir, program, "-bdf", "-C", filepath.Join(dir, "exim.conf"))
	s.awaitGreetings(tb)
}

func coded(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// eximLog is the log of Exim, which is configured to write a line for each AUTH
// before it answers.
type eximLog struct{ logFile }

func (l eximLog) Attempts(tb testing.TB, f func()) int {
	tb.Helper()
	offset := len(l.everything())
	f()
	return strings.Count(l.everything()[offset:], "began AUTH")
}
