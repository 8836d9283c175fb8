package wire

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"
)

// Greeting waits for the server's first words. Anything but 220 is a
// [*ReplyError] (RFC 5321 section 3.1).
func (c *Conn) Greeting(ctx context.Context) (Reply, error) {
	defer c.bind(ctx)()
	r, err := c.reply(ctx, StepGreeting)
	if err != nil {
		return Reply{}, err
	}
	if name := OtherProtocol([]byte(strconv.Itoa(r.Code) + " " + r.Text())); name != "" {
		c.broken = true
		return r.Reply, &ProtocolError{Step: StepGreeting, code: "other-protocol", protocol: name, said: r.String()}
	}
	if r.Code != 220 {
		return r.Reply, &ReplyError{Step: StepGreeting, Reply: r.Reply}
	}
	return r.Reply, nil
}

// Hello says EHLO with the client's name, or HELO where the server refuses that for
// good, and returns what the server offers. If HELO fails too, the error is the refusal of
// EHLO, which says more.
func (c *Conn) Hello(ctx context.Context, name string) (Capabilities, error) {
	r, err := c.command(ctx, StepEHLO, "EHLO "+name, "EHLO "+name)
	if err != nil {
		return Capabilities{}, err
	}
	if r.Code == 250 {
		return parseCapabilities(r.raw, r.Lines), nil
	}
	refusal := &ReplyError{Step: StepEHLO, Reply: r.Reply}
	if r.Code < 500 {
		return Capabilities{}, refusal
	}
	r, err = c.command(ctx, StepEHLO, "HELO "+name, "HELO "+name)
	switch {
	case errors.Is(err, context.Canceled):
		return Capabilities{}, err
	case err != nil || r.Code != 250:
		return Capabilities{}, refusal
	}
	return Capabilities{refusal: refusal}, nil
}

// StartTLS asks for TLS. Only 220 means yes, and nothing may follow it in clear text
// (RFC 3207 section 4): somebody on the path injected it, or it waits to be read as a
// reply under TLS.
func (c *Conn) StartTLS(ctx context.Context) error {
	r, err := c.command(ctx, StepStartTLS, "STARTTLS", "STARTTLS")
	if err != nil {
		return err
	}
	if r.Code != 220 {
		return &ReplyError{Step: StepStartTLS, Reply: r.Reply}
	}
	if said := c.unasked(); said != "" {
		return c.outOfStep(StepStartTLS, "starttls-injection", said)
	}
	return nil
}

// Handshake turns the conversation into TLS. Its failure is a [*HandshakeError],
// a [*ClosedError] or a [*TimeoutError]; nothing can be said after it.
func (c *Conn) Handshake(ctx context.Context, cfg *tls.Config) (tls.ConnectionState, error) {
	defer c.bind(ctx)()
	c.tap.mark()
	c.transcript.note("(TLS handshake)")
	secured := tls.Client(c.tap, cfg)
	if err := secured.Handshake(); err != nil { //nolint:noctx // bind makes it end with the context without closing the connection
		return tls.ConnectionState{}, c.handshakeFailed(ctx, err)
	}
	c.tls = secured
	c.text.Reset(secured)
	return secured.ConnectionState(), nil
}

func (c *Conn) handshakeFailed(ctx context.Context, err error) error {
	if ctx.Err() != nil || errors.Is(err, errSessionTooLarge) || len(c.tap.first) == 0 || connectionEnded(err) {
		return c.failed(ctx, StepHandshake, err)
	}
	c.broken = true
	c.transcript.note("(TLS handshake failed)")
	return &HandshakeError{Err: err, FirstBytes: c.answer()}
}

// answer returns the first bytes that the server sent in the handshake.
func (c *Conn) answer() []byte { return []byte(c.eraser.EraseCut(string(c.tap.first))) }

// connectionEnded reports whether a handshake failed because the connection did, and not
// TLS: crypto/tls has operations of its own for alerts ("remote error").
func connectionEnded(err error) bool {
	var op *net.OpError
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		(errors.As(err, &op) && (op.Op == "read" || op.Op == "write"))
}

// Mail asks whether the server takes mail from an address; "" is the null sender.
// Parameters such as SMTPUTF8 need an extension that the server has listed.
func (c *Conn) Mail(ctx context.Context, from string, parameters ...string) (Reply, error) {
	return c.accepted(ctx, StepMail, "MAIL FROM:", from, parameters...)
}

// Rcpt asks whether the server takes mail for an address.
func (c *Conn) Rcpt(ctx context.Context, to string) (Reply, error) {
	return c.accepted(ctx, StepRcpt, "RCPT TO:", to)
}

// accepted sends a command about an address, which 2xx accepts.
func (c *Conn) accepted(ctx context.Context, step Step, verb, address string, parameters ...string) (Reply, error) {
	if strings.ContainsAny(address, "<>") {
		c.broken = true
		return Reply{}, &ProtocolError{Step: step, code: "command-control-character"}
	}
	return c.obeyed(ctx, step, strings.Join(append([]string{verb + "<" + address + ">"}, parameters...), " "))
}

// Reset takes the envelope back.
func (c *Conn) Reset(ctx context.Context) error {
	_, err := c.obeyed(ctx, StepReset, "RSET")
	return err
}

func (c *Conn) obeyed(ctx context.Context, step Step, line string) (Reply, error) {
	r, err := c.command(ctx, step, line, line)
	if err != nil {
		return Reply{}, err
	}
	if r.Code/100 != 2 {
		return r.Reply, &ReplyError{Step: step, Reply: r.Reply}
	}
	return r.Reply, nil
}
