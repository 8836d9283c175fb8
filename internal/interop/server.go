//go:build interop

package interop

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"
)

// ServerName is the name on every server's certificate.
const ServerName = "mail.example.test"

// Realm is the domain that Cyrus keeps the users' names in.
const Realm = "example.test"

// Server is a running mail server.
type Server struct {
	Name     string
	STARTTLS uint16 // the port where TLS begins with STARTTLS
	Implicit uint16 // the port that speaks TLS at once
	More     map[string]uint16
	Log      Log // nil for a server without logins

	// AuthSocket is where Dovecot answers other servers about logins; "" for others.
	AuthSocket string

	process *process
}

// Stop ends the server. The end of the test does so too.
func (s *Server) Stop() { s.process.stop() }

// awaitGreetings returns when both ports have greeted. A server that listens may
// still be seconds from answering.
func (s *Server) awaitGreetings(tb testing.TB) {
	tb.Helper()
	s.awaitGreeting(tb, s.STARTTLS, s.Implicit)
}

// awaitGreeting returns when these ports have greeted.
func (s *Server) awaitGreeting(tb testing.TB, ports ...uint16) {
	tb.Helper()
	deadline := time.Now().Add(patience)
	for _, port := range ports {
		for {
			err := greeting(port, port == s.Implicit)
			if err == nil {
				break
			}
			select {
			case <-s.process.done:
				tb.Fatalf("%s has ended: %v\n%s", s.Name, err, s.said())
			case <-time.After(50 * time.Millisecond):
			}
			if time.Now().After(deadline) {
				tb.Fatalf("%s doesn't greet on port %d: %v\n%s", s.Name, port, err, s.said())
			}
		}
	}
}

// said returns what the server has printed and logged.
func (s *Server) said() string {
	text := s.process.output.everything()
	if s.Log != nil {
		text += s.Log.everything()
	}
	return text
}

// greeting asks a port for its greeting and leaves. It accepts any certificate: those are
// what the tests are for.
func greeting(port uint16, implicit bool) error {
	conn, err := net.DialTimeout("tcp", fmt.Sprintf("127.0.0.1:%d", port), time.Second)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		return err
	}
	if implicit {
		conn = tls.Client(conn, &tls.Config{InsecureSkipVerify: true})
	}
	r := bufio.NewReader(conn)
	line, err := r.ReadString('\n')
	if err != nil {
		return err
	}
	if !strings.HasPrefix(line, "220 ") {
		return fmt.Errorf("greeting %q", line)
	}
	if _, err := fmt.Fprint(conn, "QUIT\r\n"); err != nil {
		return err
	}
	_, err = r.ReadString('\n')
	return err
}
