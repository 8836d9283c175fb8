// Package wire is the client's side of an SMTP conversation (RFC 5321, RFC 3207,
// RFC 4954): bounded in lines, bytes and time, strict about what counts as
// success, and with a record of what was said that is free of secrets.
//
// It opens no connection, decides nothing about certificates, and knows no
// login mechanism: these come in as net.Conn, tls.Config and sasl.Client.
package wire

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/base64"
	"io"
	"net"
	"strings"
	"sync"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// Step is a part of the conversation, as it is named to people.
type Step string

// The steps.
const (
	StepGreeting  Step = "greeting"
	StepEHLO      Step = "EHLO"
	StepStartTLS  Step = "STARTTLS"
	StepHandshake Step = "TLS handshake"
	StepAuth      Step = "AUTH"
	StepMail      Step = "MAIL FROM"
	StepRcpt      Step = "RCPT TO"
	StepData      Step = "DATA"
	StepMessage   Step = "the message"
	StepReset     Step = "RSET"
	StepQuit      Step = "QUIT"
)

// asked names what the server had to answer at a step.
func (s Step) asked() string {
	switch s {
	case StepGreeting:
		return "the connection"
	case StepHandshake:
		return "the TLS handshake"
	}
	return string(s)
}

// Conn is one conversation. Its methods are called one after another; each
// ends with its context, at the latest.
type Conn struct {
	tap        *tap
	tls        *tls.Conn // nil in clear text
	text       *bufio.Reader
	transcript transcript
	eraser     *secret.Eraser

	heard       bool // a well-formed reply was read
	awaiting    bool // a command is out and its reply was not read to the end
	broken      bool // nothing more can be said
	authSent    bool
	dataSent    bool
	messageSent bool
	closing     sync.Once
}

// NewConn begins a conversation on a connection that it then owns. What the
// eraser knows appears in no reply, error or transcript.
func NewConn(nc net.Conn, eraser *secret.Eraser) *Conn {
	t := &tap{Conn: nc}
	return &Conn{
		tap:      t,
		text:     bufio.NewReaderSize(t, longestChallenge),
		eraser:   eraser,
		awaiting: true, // the greeting
	}
}

// LocalAddr returns the client's end of the connection.
func (c *Conn) LocalAddr() net.Addr { return c.tap.LocalAddr() }

// TLS returns the state of TLS; ok is false in clear text.
func (c *Conn) TLS() (cs tls.ConnectionState, ok bool) {
	if c.tls == nil {
		return tls.ConnectionState{}, false
	}
	return c.tls.ConnectionState(), true
}

// Transcript returns what was said, without credentials and challenges, oldest
// line first.
func (c *Conn) Transcript() []string { return c.transcript.text() }

// Heard reports whether the server has sent anything. Unlike the other methods, you may
// call it while one of them runs.
func (c *Conn) Heard() bool { return c.tap.heard.Load() }

// AuthSent reports whether an AUTH command went out.
func (c *Conn) AuthSent() bool { return c.authSent }

// DataSent reports whether DATA or BDAT went out.
func (c *Conn) DataSent() bool { return c.dataSent }

// MessageSent reports whether the message itself went out, so that the server may have it.
func (c *Conn) MessageSent() bool { return c.messageSent }

// Settled returns an error if the server has said more than it was asked for: a
// reply that belongs to no command makes the others doubtful as well. A goodbye may come
// at any time.
func (c *Conn) Settled() error {
	if said := c.unasked(); said != "" && !isGoodbye(said) {
		return c.outOfStep(StepQuit, "protocol-desync", said)
	}
	return nil
}

// Quit says QUIT where the conversation allows it, and closes the connection without
// waiting for the answer. RFC 5321 section 4.1.1.10 asks clients to wait, so that they don't
// lose a message; a check has none to lose by then.
func (c *Conn) Quit() {
	c.closing.Do(func() {
		c.tap.hurry()
		if !c.awaiting && !c.broken {
			if _, err := io.WriteString(c.writer(), "QUIT\r\n"); err == nil {
				c.note("QUIT")
			}
		}
		c.close()
	})
}

// Close closes the connection without a word.
func (c *Conn) Close() {
	c.closing.Do(func() {
		c.tap.hurry()
		c.close()
	})
}

func (c *Conn) close() {
	if c.tls != nil && !c.broken {
		_ = c.tls.Close()
	}
	_ = c.tap.Close()
}

func (c *Conn) writer() io.Writer {
	if c.tls != nil {
		return c.tls
	}
	return c.tap
}

// bind makes blocking reads and writes end with the context. The returned
// function must be called when they are over.
func (c *Conn) bind(ctx context.Context) (release func()) {
	interrupted := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(interrupted)
		_ = c.tap.SetDeadline(time.Unix(1, 0))
	})
	return func() {
		if !stop() {
			<-interrupted
		}
		_ = c.tap.SetDeadline(time.Time{})
	}
}

// command sends one line and reads the reply to it. It fails if the server has said
// something since the last reply, because that answers no command.
func (c *Conn) command(ctx context.Context, step Step, line, shown string) (reply, error) {
	defer c.bind(ctx)()
	if err := c.send(ctx, step, line, shown); err != nil {
		return reply{}, err
	}
	return c.reply(ctx, step)
}

func (c *Conn) send(ctx context.Context, step Step, line, shown string) error {
	if strings.ContainsAny(line, "\r\n\x00") {
		c.broken = true
		return &ProtocolError{Step: step, code: "command-control-character"}
	}
	if err := c.inStep(ctx, step); err != nil {
		return err
	}
	c.goesOut(step)
	c.note(shown)
	if _, err := io.WriteString(c.writer(), line+"\r\n"); err != nil {
		return c.failed(ctx, step, err)
	}
	return nil
}

// goesOut records that a step is about to go out: even if writing it fails, the server may
// have it.
func (c *Conn) goesOut(step Step) {
	c.awaiting = true
	switch step {
	case StepAuth:
		c.authSent = true
	case StepData:
		c.dataSent = true
	case StepMessage:
		c.dataSent, c.messageSent = true, true
	}
}

// inStep returns an error if a reply lies ready before the command that it would answer.
// For a goodbye, that is a [*ReplyError].
func (c *Conn) inStep(ctx context.Context, step Step) error {
	said := c.unasked()
	switch {
	case said == "":
		return nil
	case !isGoodbye(said):
		return c.outOfStep(step, "protocol-desync", said)
	}
	r, err := c.reply(ctx, step)
	if err != nil {
		return err
	}
	return &ReplyError{Step: step, Reply: r.Reply, Early: true}
}

// unasked returns what the server has said since the last reply, as far as it was read.
func (c *Conn) unasked() string {
	said, _ := c.text.Peek(c.text.Buffered())
	return string(said)
}

// isGoodbye reports whether a server closes the connection (RFC 5321 section 3.8).
func isGoodbye(said string) bool { return strings.HasPrefix(said, "421") }

// outOfStep ends a conversation in which the server said what it must not have said yet.
func (c *Conn) outOfStep(step Step, code finding.Code, said string) error {
	c.broken = true
	return &ProtocolError{Step: step, code: code, said: c.quoteCut(said)}
}

// reply reads one reply, whatever it says.
func (c *Conn) reply(ctx context.Context, step Step) (reply, error) {
	r, err := readReply(c.text, step)
	if err != nil {
		return reply{}, c.failed(ctx, step, err)
	}
	c.heard, c.awaiting = true, false
	r.Reply = c.clean(r)
	c.transcript.received(r)
	if r.Code == 421 {
		c.broken = true // the server closes the connection (RFC 5321 section 3.8)
	}
	return r, nil
}

// note records a line of the client's in the form that may be shown.
func (c *Conn) note(shown string) { c.transcript.note("C: " + c.quote(shown)) }

// quote makes a text of the server's fit to print.
func (c *Conn) quote(text string) string { return finding.Quote(c.eraser.Erase(text)) }

// quoteCut does the same with a text that may end in the middle of a secret, or is much
// longer than what is shown of it.
func (c *Conn) quoteCut(text string) string {
	return finding.Quote(c.eraser.EraseCut(text[:min(len(text), longestLine)]))
}

// clean returns the printable form of a reply.
func (c *Conn) clean(r reply) Reply {
	out := Reply{Code: r.Code, Enhanced: r.Enhanced}
	whole := make([]string, 0, len(r.raw))
	for _, line := range r.raw {
		whole = append(whole, decoded(line))
	}
	out.said = func() string { return strings.Join(whole, " ") }
	lines := c.eraser.EraseLines(r.raw)
	for i, line := range lines {
		lines[i] = decoded(line)
	}
	for _, line := range c.eraser.EraseLines(lines) {
		out.Lines = append(out.Lines, finding.Quote(line))
	}
	return out
}

// learn tells the eraser a response of a login, as it is and in base64: a server may echo
// either, or a part of it.
func (c *Conn) learn(response []byte) {
	c.eraser = c.eraser.Also(secret.New(string(response)), secret.New(base64.StdEncoding.EncodeToString(response)))
}

// Eraser returns an eraser of the secrets that the conversation began with, and of what
// was sent to log in.
func (c *Conn) Eraser() *secret.Eraser { return c.eraser }
