package probe

import (
	"context"
	"crypto/tls"
	"errors"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// otherMode opens the second connection and tries the other mode on it. It never logs in,
// and only listens where the declared mode has the client speak first. What it learns is an
// error, and a [*ModeError] if that is proof.
func (s *session) otherMode(ctx context.Context) error {
	nc, err := s.engine.dialer.DialTCP(ctx, s.trail.address)
	if err != nil {
		return err
	}
	conn := wire.NewConn(nc, s.eraser)
	defer conn.Quit()
	switch {
	case s.request.Mode != settings.Implicit:
		return s.tryTLS(ctx, conn)
	case s.shookHands.Load():
		return s.speakInsideTLS(ctx, conn)
	}
	return s.listen(ctx, conn)
}

// listen waits for a greeting in clear text and asks for STARTTLS.
func (s *session) listen(ctx context.Context, conn *wire.Conn) error {
	greeting, err := conn.Greeting(ctx)
	var refused *wire.ReplyError
	if errors.As(err, &refused) {
		return &ModeError{code: "server-greets-in-clear", greeting: refused.Reply.String(), port: s.request.Port}
	}
	if err != nil {
		return err
	}
	proof := &ModeError{code: "server-greets-in-clear", greeting: greeting.String(), port: s.request.Port}
	caps, err := conn.Hello(ctx, s.request.ehloName(localAddr(conn)))
	if err != nil {
		return proof
	}
	proof.code, proof.offered = "server-speaks-clear-text", offered(caps)
	if caps.Has("STARTTLS") {
		proof.code = "server-speaks-starttls"
	}
	return proof
}

// tryTLS sends a ClientHello and nothing else. An answer in TLS is proof, even an
// alert; a refusal in clear text is not, since some servers punish clients that talk
// early.
func (s *session) tryTLS(ctx context.Context, conn *wire.Conn) error {
	cs, err := conn.Handshake(ctx, withoutTrust(s.request))
	proof := &ModeError{code: "server-speaks-implicit-tls", port: s.request.Port}
	if proof.ended = endedInTLS(err); proof.ended != nil {
		return proof
	}
	if err != nil {
		return identified(err)
	}
	proof.tls = new(certs.Summarise(cs))
	if s.request.portContradicts() {
		return proof
	}
	limited, cancel := context.WithTimeout(ctx, innerPatience)
	defer cancel()
	greeting, err := conn.Greeting(limited)
	var late *wire.TimeoutError
	var refused *wire.ReplyError
	switch {
	case err == nil:
		proof.greeting = greeting.String()
	case errors.As(err, &refused):
		proof.greeting = refused.Reply.String()
	case errors.As(err, &late):
		if foreign := s.hearInsideTLS(ctx, conn); foreign != nil {
			return foreign
		}
	case isProof(err):
		return insideTLS(err)
	}
	return proof
}

// speakInsideTLS is for a server that is silent after the handshake. SMTP would greet;
// HTTPS waits for the client to speak.
func (s *session) speakInsideTLS(ctx context.Context, conn *wire.Conn) error {
	if _, err := conn.Handshake(ctx, withoutTrust(s.request)); err != nil {
		return err
	}
	return s.hearInsideTLS(ctx, conn)
}

// hearInsideTLS speaks first, and returns an error if another protocol answers.
func (s *session) hearInsideTLS(ctx context.Context, conn *wire.Conn) error {
	limited, cancel := context.WithTimeout(ctx, innerPatience)
	defer cancel()
	if _, err := conn.Hello(limited, s.request.ehloName(localAddr(conn))); isProof(err) {
		return insideTLS(err)
	}
	return nil
}

// withoutTrust returns the TLS configuration of the second connection, which finds out
// what the server speaks, trusted or not, and never sends anything secret.
func withoutTrust(r Request) *tls.Config {
	return &tls.Config{
		ServerName:         r.Trust.ServerName,
		InsecureSkipVerify: true, //nolint:gosec // G402: see above
		MinVersion:         tls.VersionTLS10,
	}
}
