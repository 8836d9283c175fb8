//go:build interop

package interop

import (
	"io"
	"net"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"
)

// Relay is the server behind Dovecot's submission service, which connects to it for each
// client that logs in, before it answers the client. The relay drops the mail that it gets,
// and refuses some (see [choosy]).
type Relay struct {
	Port   uint16 // on 127.0.0.1
	server *smtp.Server
}

// NewRelay starts a relay. It ends with the test.
func NewRelay(tb testing.TB) *Relay {
	tb.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	s := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return choosy{}, nil }))
	s.Domain = "relay.example.test"
	go func() { _ = s.Serve(l) }() // ends with Close
	r := &Relay{Port: uint16(l.Addr().(*net.TCPAddr).Port), server: s}
	tb.Cleanup(r.Stop)
	return r
}

// Stop ends the relay and every connection with it.
func (r *Relay) Stop() { _ = r.server.Close() } // the second time it says that it is closed

// choosy takes mail from everyone except senders called stranger, for everyone except
// recipients called nobody, grey or far.
type choosy struct{}

func (choosy) Mail(from string, _ *smtp.MailOptions) error {
	if strings.HasPrefix(from, "stranger@") {
		return &smtp.SMTPError{Code: 553, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "Sender not owned by user"}
	}
	return nil
}

func (choosy) Rcpt(to string, _ *smtp.RcptOptions) error {
	name, _, _ := strings.Cut(to, "@")
	if refusal := map[string]*smtp.SMTPError{
		"nobody": {Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user here"},
		"grey":   {Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "Greylisted, come back later"},
		"far":    {Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "Relay access denied"},
	}[name]; refusal != nil {
		return refusal
	}
	return nil
}

func (choosy) Data(r io.Reader) error { _, err := io.Copy(io.Discard, r); return err }
func (choosy) Reset()                 {}
func (choosy) Logout() error          { return nil }
