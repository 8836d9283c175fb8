//go:build interop

package interop

import (
	"crypto/tls"
	"fmt"
	"net"
	"net/smtp"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// fleet is one server of each kind, with the same users on all.
type fleet struct {
	ca                        *smtptest.Authority
	cyrus, delegated, dovecot *Server
}

func (f *fleet) all() []*Server { return []*Server{f.cyrus, f.delegated, f.dovecot} }

func (f *fleet) named(t *testing.T, name string) *Server {
	t.Helper()
	for _, s := range f.all() {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no server is called %q", name)
	return nil
}

// newFleet starts a Postfix with Cyrus SASL, a Dovecot, and a Postfix that hands
// its logins to that Dovecot.
func newFleet(tb testing.TB, users, tokens map[string]string) *fleet {
	tb.Helper()
	ca := newAuthority(tb)
	dovecot := Dovecot(tb, ca, NewRelay(tb), users, tokens)
	more := map[string]Port{"external": {Options: []string{
		"smtpd_tls_security_level = may", "smtpd_tls_ask_ccert = yes", "smtpd_sasl_mechanism_filter = static:rest",
	}}}
	return &fleet{ca, PostfixWithCyrus(tb, ca, users, more), PostfixWithDovecot(tb, ca, dovecot, more), dovecot}
}

// TestServers runs what can share the servers, as these take seconds to start.
func TestServers(t *testing.T) {
	f := newFleet(t, passwords, accessTokens)
	for _, part := range []struct {
		name string
		test func(*fleet, *testing.T)
	}{
		{"another client", (*fleet).anotherClient},
		{"witness", (*fleet).witness},
		{"connection", (*fleet).connection},
		{"mechanisms", (*fleet).mechanisms},
		{"external", (*fleet).external},
	} {
		t.Run(part.name, func(t *testing.T) { part.test(f, t) })
	}
}

// Fails if a server isn't what the other tests take it for: then they would
// judge the provider wrongly. The client is Go's own, which shares no code with
// the provider.
func (f *fleet) anotherClient(t *testing.T) {
	offers := map[*Server]string{
		f.cyrus:     "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-512 NTLM",
		f.delegated: "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 XOAUTH2 OAUTHBEARER",
		f.dovecot:   "PLAIN LOGIN CRAM-MD5 SCRAM-SHA-1 SCRAM-SHA-256 XOAUTH2 OAUTHBEARER EXTERNAL",
	}
	for _, s := range f.all() {
		for _, implicit := range []bool{false, true} {
			for password, refusal := range map[string]string{"correct horse": "", "wrong": "535 "} {
				t.Run(fmt.Sprintf("%s/implicit=%t/%s", s.Name, implicit, password), func(t *testing.T) {
					attempts := s.Log.Attempts(t, func() {
						c := dialServer(t, s, f.ca, implicit)
						if _, offer := c.Extension("AUTH"); offer != offers[s] {
							t.Errorf("offers %q", offer)
						}
						err := c.Auth(smtp.PlainAuth("", "app", password, ServerName))
						if refusal == "" && err != nil {
							t.Errorf("login: %v", err)
						}
						if refusal != "" && (err == nil || !strings.HasPrefix(err.Error(), refusal)) {
							t.Errorf("login: %v", err)
						}
						_ = c.Quit() // after a refusal the client has left already
					})
					if attempts != 1 {
						t.Errorf("the log tells of %d AUTH", attempts)
					}
				})
			}
		}
	}
}

// dialServer connects and has TLS in one of the two ways.
func dialServer(t *testing.T, s *Server, ca *smtptest.Authority, implicit bool) *smtp.Client {
	t.Helper()
	c, err := tryServer(t, s, ca, implicit)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// tryServer is dialServer for a server that may fail at TLS.
func tryServer(t *testing.T, s *Server, ca *smtptest.Authority, implicit bool) (*smtp.Client, error) {
	t.Helper()
	port := s.STARTTLS
	if implicit {
		port = s.Implicit
	}
	conn, err := net.Dial("tcp", fmt.Sprintf("127.0.0.1:%d", port))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	conf := &tls.Config{RootCAs: ca.Pool(), ServerName: ServerName}
	if implicit {
		conn = tls.Client(conn, conf)
	}
	c, err := smtp.NewClient(conn, ServerName)
	if err == nil && !implicit {
		err = c.StartTLS(conf)
	}
	return c, err
}

func newAuthority(tb testing.TB) *smtptest.Authority {
	tb.Helper()
	ca, err := smtptest.NewAuthority()
	if err != nil {
		tb.Fatal(err)
	}
	return ca
}
