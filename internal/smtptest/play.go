package smtptest

import (
	"bufio"
	"bytes"
	"errors"
	"net"
	"slices"
	"strings"
	"sync"
	"time"
)

// mostRecorded bounds the bytes that a [ScriptServer] keeps, in either form.
const mostRecorded = 4 << 20

// ScriptServer is a listener on which a [Script] is played.
type ScriptServer struct {
	*acceptor
	script *Script

	mu       sync.Mutex
	started  int
	lines    []string
	lineSize int
	received []byte
	err      error
}

// Lines returns the lines read from all connections, inside TLS where there was
// any, without their endings.
func (s *ScriptServer) Lines() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.lines)
}

// Received returns the bytes read from all connections, as they were on the wire.
func (s *ScriptServer) Received() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Clone(s.received)
}

// Auths returns how many lines were AUTH commands.
func (s *ScriptServer) Auths() int {
	n := 0
	for _, line := range s.Lines() {
		if verb, _, _ := strings.Cut(line, " "); strings.EqualFold(verb, "AUTH") {
			n++
		}
	}
	return n
}

// Err returns the first [*DepartureError] of a client from the script, if any. A client may
// leave early.
func (s *ScriptServer) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// play is one connection of a script.
type play struct {
	server *ScriptServer
	socket net.Conn // as accepted
	conn   net.Conn // with TLS, where a step began it
	reader *bufio.Reader
	last   string
}

func (s *ScriptServer) play(socket net.Conn) {
	s.mu.Lock()
	number := s.started
	s.started++
	s.mu.Unlock()
	tapped := tap{Conn: socket, server: s}
	p := &play{server: s, socket: socket, conn: tapped, reader: bufio.NewReader(tapped)}
	for _, step := range s.script.steps(number) {
		err := step(p)
		if errors.Is(err, errDone) {
			break
		}
		var departure *DepartureError
		if errors.As(err, &departure) {
			s.mu.Lock()
			if s.err == nil {
				s.err = departure
			}
			s.mu.Unlock()
			break
		}
		if err != nil {
			return
		}
	}
	p.farewell()
}

// farewell closes the sending side and reads until the client leaves: closing with bytes
// unread would reset the connection, and the client would lose what it has not read yet. If
// the connection is already closed, reading ends at once.
func (p *play) farewell() {
	if conn, ok := p.conn.(interface{ CloseWrite() error }); ok {
		_ = conn.CloseWrite()
	}
	if conn, ok := p.socket.(interface{ CloseWrite() error }); ok {
		_ = conn.CloseWrite()
	}
	_ = p.socket.SetReadDeadline(time.Now().Add(patience))
	for {
		if _, err := p.readLine(); err != nil {
			return
		}
	}
}

// readLine reads and records a line, or the rest before the end. It returns the pieces of a
// line that is longer than the buffer as lines.
func (p *play) readLine() (string, error) {
	raw, err := p.reader.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		err = nil
	}
	line := strings.TrimRight(string(raw), "\r\n")
	if len(raw) > 0 {
		p.last = line
		p.server.record(line)
	}
	return line, err
}

func (s *ScriptServer) record(line string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lineSize += len(line) + 1; s.lineSize <= mostRecorded {
		s.lines = append(s.lines, line)
	}
}

// pause waits, unless the server closes.
func (p *play) pause(d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-p.server.done:
		return net.ErrClosed
	}
}

// tap records what is read from a connection.
type tap struct {
	net.Conn
	server *ScriptServer
}

func (t tap) Read(b []byte) (int, error) {
	n, err := t.Conn.Read(b)
	t.server.mu.Lock()
	defer t.server.mu.Unlock()
	room := max(mostRecorded-len(t.server.received), 0)
	t.server.received = append(t.server.received, b[:min(n, room)]...)
	return n, err
}
