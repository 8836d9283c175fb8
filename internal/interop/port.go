//go:build interop

package interop

import (
	"fmt"
	"path/filepath"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// Port is a port of a Postfix with settings of its own.
type Port struct {
	Options     []string       // as in main.cf, "name = value"
	Certificate *smtptest.Leaf // nil: the server's
	Postscreen  bool           // behind Postfix's guard against clients that don't wait
}

// service is an entry of master.cf.
type service struct {
	Port    uint16
	Options []string
	Program string
	Most    int // processes
}

func (p Port) service(tb testing.TB, ca *smtptest.Authority, dir string, port uint16) service {
	tb.Helper()
	s := service{Port: port, Options: p.Options, Program: "smtpd", Most: 20}
	if p.Postscreen {
		s.Program, s.Most = "postscreen", 1 // it insists on one
	}
	if p.Certificate != nil {
		sub := filepath.Join(dir, fmt.Sprint(port))
		makeFolder(tb, sub, 0o755)
		id := newIdentity(tb, ca, sub, *p.Certificate)
		s.Options = append(s.Options[:len(s.Options):len(s.Options)], "smtpd_tls_chain_files = "+id.Key+", "+id.Certificate)
	}
	return s
}
