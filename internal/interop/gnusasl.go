//go:build interop

package interop

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// GNUSASL is an SMTP server whose logins GNU SASL judges: none of the mail servers
// binds a login to its TLS connection. GNU SASL doesn't look at the user's name.
type GNUSASL struct {
	Offered  []string
	Password string

	// Bindings returns what GNU SASL learns of the TLS connection, by the name of
	// the channel binding.
	Bindings func(*tls.ConnectionState) map[string][]byte
}

// bindings are those of a connection: RFC 9266 section 2, RFC 5929 section 3.
func bindings(cs *tls.ConnectionState) map[string][]byte {
	exported, err := cs.ExportKeyingMaterial("EXPORTER-Channel-Binding", nil, 32)
	if err != nil {
		return nil
	}
	return map[string][]byte{"tls-exporter": exported, "tls-unique": cs.TLSUnique}
}

// Serve starts the server on a port of 127.0.0.1, which it returns: with STARTTLS,
// or with implicit TLS. It ends with the test.
func (g *GNUSASL) Serve(tb testing.TB, conf *tls.Config, implicit bool) uint16 {
	tb.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	port := uint16(l.Addr().(*net.TCPAddr).Port)
	if implicit {
		l = tls.NewListener(l, conf)
	}
	s := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &bound{server: g, conn: c}, nil
	}))
	s.Domain, s.TLSConfig = ServerName, conf
	go func() { _ = s.Serve(l) }() // ends with Close
	tb.Cleanup(func() { _ = s.Close() })
	return port
}

// bound is the session of a client that only logs in.
type bound struct {
	choosy
	server *GNUSASL
	conn   *smtp.Conn
}

// AuthMechanisms implements [smtp.AuthSession].
func (b *bound) AuthMechanisms() []string { return b.server.Offered }

// Auth implements [smtp.AuthSession].
func (b *bound) Auth(mechanism string) (sasl.Server, error) {
	cs, ok := b.conn.TLSConnectionState()
	if !ok {
		return nil, smtp.ErrAuthUnsupported
	}
	return newJudge(mechanism, b.server.Password, b.server.Bindings(&cs))
}

// judge is one login at gsasl, which prints what the server says and reads what
// the client says, in lines of base64.
type judge struct {
	cmd      *exec.Cmd
	in       io.WriteCloser
	out      *bufio.Reader
	bindings map[string][]byte
}

// The ends of what gsasl prints before it reads a line, and of what it prints when
// the client has been logged in.
const (
	wantsData    = "(press RET if none):\n"
	wantsBinding = " channel binding: "
	isDone       = "(client trusted)...\n"
)

func newJudge(mechanism, password string, bindings map[string][]byte) (*judge, error) {
	cmd := exec.Command("gsasl", "--server", "--mechanism="+mechanism, "--password="+password)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	cmd.Stderr = cmd.Stdout
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	j := &judge{cmd: cmd, in: in, out: bufio.NewReader(out), bindings: bindings}
	if _, err := j.until(wantsData); err != nil {
		return nil, j.end(err)
	}
	return j, nil
}

// Next implements [sasl.Server].
func (j *judge) Next(response []byte) (challenge []byte, done bool, err error) {
	if response == nil {
		return []byte{}, false, nil
	}
	said, err := j.ask(response, wantsData, wantsBinding, isDone)
	for err == nil && strings.HasSuffix(said, wantsBinding) {
		words := strings.Fields(strings.TrimSuffix(said, wantsBinding))
		said, err = j.ask(j.bindings[words[len(words)-1]], wantsData, wantsBinding, isDone)
	}
	switch {
	case errors.Is(err, io.EOF):
		_ = j.end(nil) // it says how by its exit status, and why in words
		return nil, true, smtp.ErrAuthFailed
	case err != nil:
		return nil, true, j.end(err)
	case strings.HasSuffix(said, isDone):
		return nil, true, j.end(nil)
	}
	_, line, _ := strings.Cut(said, "Output from server:\n")
	line, _, _ = strings.Cut(line, "\n")
	challenge, err = base64.StdEncoding.DecodeString(line)
	return challenge, false, err
}

// ask tells gsasl something, and returns what it prints up to one of the ends.
func (j *judge) ask(data []byte, ends ...string) (string, error) {
	if _, err := fmt.Fprintln(j.in, base64.StdEncoding.EncodeToString(data)); err != nil {
		return "", err
	}
	return j.until(ends...)
}

func (j *judge) until(ends ...string) (string, error) {
	var said strings.Builder
	for {
		b, err := j.out.ReadByte()
		if err != nil {
			return said.String(), err
		}
		said.WriteByte(b)
		for _, end := range ends {
			if strings.HasSuffix(said.String(), end) {
				return said.String(), nil
			}
		}
	}
}

// end closes the input of gsasl, at which it ends, and returns err.
func (j *judge) end(err error) error {
	_ = j.in.Close()
	_, _ = io.Copy(io.Discard, j.out)
	_ = j.cmd.Wait() // 1 for a client that is refused, and for one that leaves
	return err
}
