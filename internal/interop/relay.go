//go:build interop

package interop

import (
	"io"
	"net"
	"testing"

	"github.com/emersion/go-smtp"
)

// Relay starts the server behind Dovecot's submission service, which connects to
// it for each client that has logged in, before it tells the client so. It
// returns its port on 127.0.0.1, and drops whatever mail it gets.
func Relay(tb testing.TB) uint16 {
	tb.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	s := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) { return sink{}, nil }))
	s.Domain = "relay.example.test"
	go func() { _ = s.Serve(l) }() // ends with Close
	tb.Cleanup(func() { _ = s.Close() })
	return uint16(l.Addr().(*net.TCPAddr).Port)
}

type sink struct{}

func (sink) Mail(string, *smtp.MailOptions) error { return nil }
func (sink) Rcpt(string, *smtp.RcptOptions) error { return nil }
func (sink) Data(r io.Reader) error               { _, err := io.Copy(io.Discard, r); return err }
func (sink) Reset()                               {}
func (sink) Logout() error                        { return nil }
