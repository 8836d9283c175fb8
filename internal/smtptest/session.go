package smtptest

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

const (
	idle           = 5 * time.Minute        // RFC 5321 section 4.5.3.2.7
	shortestPause  = 100 * time.Millisecond // in which early talkers are noticed
	longestCommand = 512 + 26 + 10          // RFC 5321 section 4.5.3.1.4, RFC 1870, RFC 6531
	longestAuth    = 12288                  // RFC 4954 section 4
	longestData    = 10 << 20               // where Config.Size says nothing
	mostErrors     = 20                     // then the server hangs up
)

var errHangUp = errors.New("the server ends the session")

// session is one connection of the well-behaved server.
type session struct {
	server *Server
	cfg    *Config
	raw    net.Conn
	conn   net.Conn // raw, or TLS over it
	reader *bufio.Reader
	tls    *tls.ConnectionState // nil in the clear

	refused  bool // the greeting was 554 (RFC 5321 section 3.1)
	greeted  bool // after EHLO or HELO
	loggedIn bool
	mail     bool
	rcpts    int
	errors   int
}

func newSession(server *Server, conn net.Conn) *session {
	return &session{server: server, cfg: &server.cfg, raw: conn, conn: conn,
		reader: bufio.NewReaderSize(conn, longestAuth+2)}
}

// run holds the conversation until either side ends it. A failed read or write
// is such an end, so that nothing is left to report.
func (s *session) run() {
	if s.cfg.Mode == settings.Implicit && s.handshake() != nil {
		return
	}
	if s.greet() != nil {
		return
	}
	for s.errors < mostErrors {
		line, err := s.readLine()
		if errors.Is(err, bufio.ErrBufferFull) {
			_ = s.reply("500 5.5.2 Line too long") // it is over anyway
			return
		}
		if err != nil || s.command(line) != nil {
			return
		}
	}
	_ = s.reply("421 4.7.0 %s Too many errors", s.cfg.Name) // it is over anyway
}

func (s *session) handshake() error {
	conn := tls.Server(s.raw, s.server.tlsConfig(s.raw))
	s.touch()
	if err := conn.Handshake(); err != nil {
		return err
	}
	state := conn.ConnectionState()
	s.server.note(func(r *Record) {
		r.Handshakes++
		r.ServerNames = append(r.ServerNames, state.ServerName)
	})
	s.conn, s.tls = conn, &state
	s.reader.Reset(conn) // what came before TLS is forgotten (RFC 3207 section 5)
	return nil
}

// greet waits as long as configured, and looks for early talkers if it is to.
func (s *session) greet() error {
	if s.cfg.GreetPause || s.cfg.DropEarlyTalkers {
		if err := s.conn.SetReadDeadline(time.Now().Add(max(s.cfg.GreetingDelay, shortestPause))); err != nil {
			return err
		}
		_, err := s.reader.Peek(1)
		var timeout net.Error
		switch {
		case err == nil && s.cfg.DropEarlyTalkers:
			return errHangUp
		case err == nil:
			s.refused = true
			return s.reply("554 5.5.1 %s You talk before you are spoken to", s.cfg.Name)
		case !errors.As(err, &timeout) || !timeout.Timeout():
			return err
		}
	} else if s.cfg.GreetingDelay > 0 {
		timer := time.NewTimer(s.cfg.GreetingDelay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-s.server.done:
			return errHangUp
		}
	}
	if s.cfg.Greeting == "" {
		return s.reply("220 %s ESMTP ready", s.cfg.Name)
	}
	s.refused = strings.HasPrefix(s.cfg.Greeting, "554")
	if err := s.reply("%s", s.cfg.Greeting); err != nil {
		return err
	}
	if strings.HasPrefix(s.cfg.Greeting, "421") {
		return errHangUp
	}
	return nil
}

// touch lets the client wait no longer than idle. Where that fails the connection
// is closed, and what follows fails too.
func (s *session) touch() { _ = s.conn.SetDeadline(time.Now().Add(idle)) }

// reply writes one reply of one line.
func (s *session) reply(format string, args ...any) error {
	s.touch()
	line := fmt.Sprintf(format, args...)
	if strings.HasPrefix(line, "5") {
		s.errors++
	}
	_, err := io.WriteString(s.conn, line+"\r\n")
	return err
}

// readLine returns a line with its ending. A longer one than the reader's
// buffer is [bufio.ErrBufferFull].
func (s *session) readLine() ([]byte, error) {
	s.touch()
	return s.reader.ReadSlice('\n')
}

// verbs are the commands served, and whether each may come before STARTTLS
// where TLS is demanded (RFC 3207 section 4).
var verbs = map[string]struct {
	run     func(*session, string) error
	inClear bool
}{
	"EHLO":     {(*session).ehlo, true},
	"HELO":     {(*session).helo, true},
	"STARTTLS": {(*session).startTLS, true},
	"NOOP":     {(*session).noop, true},
	"QUIT":     {(*session).quit, true},
	"AUTH":     {(*session).auth, true}, // answers for itself
	"MAIL":     {(*session).mailFrom, false},
	"RCPT":     {(*session).rcptTo, false},
	"DATA":     {(*session).data, false},
	"BDAT":     {(*session).bdat, false},
	"RSET":     {(*session).rset, false},
}

func (s *session) command(raw []byte) error {
	text, crlf := strings.CutSuffix(string(raw), "\r\n")
	s.server.note(func(r *Record) { r.Commands = append(r.Commands, strings.TrimRight(text, "\r\n")) })
	verb, args, _ := strings.Cut(text, " ")
	verb = strings.ToUpper(verb)
	known, ok := verbs[verb]
	switch {
	case !crlf:
		return s.reply("500 5.5.2 Line does not end in CRLF")
	case len(raw) > longestCommand && verb != "AUTH":
		return s.reply("500 5.5.2 Line too long")
	case s.refused && verb != "QUIT":
		return s.reply("503 5.5.1 Nothing but QUIT is served")
	case !ok:
		return s.reply("500 5.5.1 Command not known")
	case s.offersTLS() && !known.inClear:
		return s.reply("530 5.7.0 Must issue a STARTTLS command first")
	}
	return known.run(s, args)
}

func (s *session) offersTLS() bool {
	return s.cfg.Mode == settings.StartTLS && !s.cfg.NoStartTLS && s.tls == nil
}

func (s *session) offersAuth() bool {
	return len(s.cfg.Mechanisms) > 0 && (s.tls != nil || s.cfg.AuthBeforeTLS)
}

func (s *session) ehlo(name string) error {
	if name == "" {
		return s.reply("501 5.5.4 EHLO wants a name")
	}
	s.greeted, s.mail, s.rcpts = true, false, 0
	lines := []string{s.cfg.Name + " greets you", "PIPELINING", "8BITMIME", "ENHANCEDSTATUSCODES"}
	if s.cfg.Size > 0 {
		lines = append(lines, "SIZE "+strconv.FormatInt(s.cfg.Size, 10))
	}
	if s.cfg.SMTPUTF8 {
		lines = append(lines, "SMTPUTF8")
	}
	if s.cfg.Chunking {
		lines = append(lines, "CHUNKING")
	}
	if s.offersTLS() {
		lines = append(lines, "STARTTLS")
	}
	if s.offersAuth() {
		offer := "AUTH"
		for _, m := range s.cfg.Mechanisms {
			offer += " " + string(m)
		}
		lines = append(lines, offer)
	}
	last := len(lines) - 1
	var out bytes.Buffer
	for _, line := range lines[:last] {
		fmt.Fprintf(&out, "250-%s\r\n", line)
	}
	return s.reply("%s250 %s", out.String(), lines[last])
}

func (s *session) helo(name string) error {
	if name == "" {
		return s.reply("501 5.5.4 HELO wants a name")
	}
	s.greeted, s.mail, s.rcpts = true, false, 0
	return s.reply("250 %s", s.cfg.Name)
}

func (s *session) startTLS(args string) error {
	switch {
	case args != "":
		return s.reply("501 5.5.4 STARTTLS takes no argument")
	case s.tls != nil:
		return s.reply("503 5.5.1 TLS is active already")
	case !s.offersTLS():
		return s.reply("502 5.5.1 STARTTLS is not offered")
	}
	if err := s.reply("220 2.0.0 Ready to start TLS"); err != nil {
		return err
	}
	s.greeted, s.loggedIn, s.mail, s.rcpts = false, false, false, 0
	return s.handshake()
}

func (s *session) noop(string) error { return s.reply("250 2.0.0 OK") }

func (s *session) quit(string) error {
	if err := s.reply("221 2.0.0 %s closes", s.cfg.Name); err != nil {
		return err
	}
	s.conn.Close() // over TLS: after a close_notify
	return errHangUp
}
