//go:build interop

package interop

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
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
	Log      Log

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
	deadline := time.Now().Add(patience)
	for _, port := range []uint16{s.STARTTLS, s.Implicit} {
		for {
			err := greeting(port, port == s.Implicit)
			if err == nil {
				break
			}
			select {
			case <-s.process.done:
				tb.Fatalf("%s has ended: %v\n%s", s.Name, err, s.Log.everything())
			case <-time.After(50 * time.Millisecond):
			}
			if time.Now().After(deadline) {
				tb.Fatalf("%s doesn't greet on port %d: %v\n%s", s.Name, port, err, s.Log.everything())
			}
		}
	}
}

// greeting asks a port for its greeting and leaves. The certificate isn't looked
// at: that is what the tests are for.
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

// identity is a server's certificate and key, as files.
type identity struct{ Certificate, Key string }

// newIdentity issues a certificate for [ServerName] into a folder.
func newIdentity(tb testing.TB, ca *smtptest.Authority, dir string) identity {
	tb.Helper()
	cert, err := ca.Issue(smtptest.Leaf{Names: []string{ServerName}})
	if err != nil {
		tb.Fatal(err)
	}
	var chain []byte
	for _, der := range cert.Certificate {
		chain = append(chain, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
	}
	der, err := x509.MarshalPKCS8PrivateKey(cert.PrivateKey)
	if err != nil {
		tb.Fatal(err)
	}
	id := identity{filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")}
	writeFile(tb, id.Certificate, string(chain), 0o644)
	writeFile(tb, id.Key, string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})), 0o600)
	return id
}

func writeFile(tb testing.TB, path, text string, mode os.FileMode) {
	tb.Helper()
	if err := os.WriteFile(path, []byte(text), mode); err != nil {
		tb.Fatal(err)
	}
}
