package smtptest

import (
	"bufio"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"time"
)

// Script is what a server does on a connection, step by step, however wrong. At
// the end of its steps it does what [Script.Close] does.
//
// Its methods each append a step and return the script. A script may be served
// several times, but not changed any more.
type Script struct {
	connections [][]action
}

// action is one step. Its error ends the connection: errDone where that is as
// written, [*DepartureError] where the client left the script.
type action func(*play) error

var errDone = errors.New("the script ends here")

// DepartureError says that a client did not send what the script expects.
type DepartureError struct {
	Want string // the prefix
	Got  string // the line
}

func (d *DepartureError) Error() string { return fmt.Sprintf("expected %q, got %q", d.Want, d.Got) }

// patience is how long a script waits for the client to leave at the end.
const patience = 5 * time.Second

// NewScript returns a script without steps.
func NewScript() *Script { return &Script{connections: make([][]action, 1)} }

func (s *Script) then(a action) *Script {
	last := len(s.connections) - 1
	s.connections[last] = append(s.connections[last], a)
	return s
}

// NextConnection begins the steps of the connection after this one. The last
// steps also serve all further connections.
func (s *Script) NextConnection() *Script {
	s.connections = append(s.connections, nil)
	return s
}

// steps returns those of the connection with the given number, from 0 on.
func (s *Script) steps(number int) []action {
	return s.connections[min(number, len(s.connections)-1)]
}

// Send sends lines, each with CRLF, in one write.
func (s *Script) Send(lines ...string) *Script {
	return s.SendRaw(strings.Join(lines, "\r\n") + "\r\n")
}

// SendRaw sends bytes as they are, in one write.
func (s *Script) SendRaw(data string) *Script {
	return s.then(func(p *play) error {
		_, err := io.WriteString(p.conn, data)
		return err
	})
}

// Expect reads a line that begins with prefix, in upper or lower case. Any other line ends
// the connection, and [ScriptServer.Err] reports it.
func (s *Script) Expect(prefix string) *Script {
	return s.then(func(p *play) error {
		line, err := p.readLine()
		if err != nil {
			return err
		}
		if len(line) < len(prefix) || !strings.EqualFold(line[:len(prefix)], prefix) {
			return &DepartureError{Want: prefix, Got: line}
		}
		return nil
	})
}

// ReadTo reads lines up to one that is the given text.
func (s *Script) ReadTo(last string) *Script {
	return s.then(func(p *play) error {
		for {
			if line, err := p.readLine(); err != nil || line == last {
				return err
			}
		}
	})
}

// Echo sends prefix and the line read last.
func (s *Script) Echo(prefix string) *Script {
	return s.then(func(p *play) error {
		_, err := io.WriteString(p.conn, prefix+p.last+"\r\n")
		return err
	})
}

// Answer answers every line until the client leaves. What it returns is sent
// with CRLF.
func (s *Script) Answer(reply func(line string) string) *Script {
	return s.then(func(p *play) error {
		for {
			line, err := p.readLine()
			if err != nil {
				return err
			}
			if _, err := io.WriteString(p.conn, reply(line)+"\r\n"); err != nil {
				return err
			}
		}
	})
}

// StartTLS serves a TLS handshake now.
func (s *Script) StartTLS(cert tls.Certificate) *Script {
	return s.then(func(p *play) error {
		conn := tls.Server(p.conn, &tls.Config{Certificates: []tls.Certificate{cert}})
		if err := conn.Handshake(); err != nil {
			return err
		}
		p.conn = conn
		p.reader.Reset(conn)
		return nil
	})
}

// Wait does nothing for a while.
func (s *Script) Wait(d time.Duration) *Script {
	return s.then(func(p *play) error { return p.pause(d) })
}

// Flood sends a line n times.
func (s *Script) Flood(line string, n int) *Script {
	return s.then(func(p *play) error {
		out, ended := bufio.NewWriter(p.conn), line+"\r\n"
		for range n {
			if _, err := out.WriteString(ended); err != nil {
				return err
			}
		}
		return out.Flush()
	})
}

// Drip sends text byte by byte, with a pause before each.
func (s *Script) Drip(text string, every time.Duration) *Script {
	return s.then(func(p *play) error {
		for i := range len(text) {
			if err := p.pause(every); err != nil {
				return err
			}
			if _, err := io.WriteString(p.conn, text[i:i+1]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Close ends the sending side, over TLS with close_notify, and ends the
// connection when the client does.
func (s *Script) Close() *Script {
	return s.then(func(*play) error { return errDone })
}

// Reset ends the connection with a TCP reset.
func (s *Script) Reset() *Script {
	return s.then(func(p *play) error {
		if conn, ok := p.socket.(interface{ SetLinger(int) error }); ok {
			if err := conn.SetLinger(0); err != nil {
				return err
			}
		}
		p.socket.Close()
		return net.ErrClosed
	})
}

// Silent reads until the client closes, and says nothing.
func (s *Script) Silent() *Script {
	return s.then(func(p *play) error {
		for {
			if _, err := p.readLine(); err != nil {
				return err
			}
		}
	})
}

// Serve plays the script on every connection of the listener in the background,
// and owns the listener from now on.
func (s *Script) Serve(ln net.Listener) *ScriptServer {
	fixed := &Script{connections: slices.Clone(s.connections)}
	server := &ScriptServer{script: fixed}
	server.acceptor = accept(ln, server.play)
	return server
}
