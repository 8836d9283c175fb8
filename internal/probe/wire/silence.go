package wire

import (
	"context"
	"errors"
	"net"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// closings and timeouts are the codes of steps at which the end of the connection, or
// silence, means something special.
var (
	closings = map[Step]finding.Code{
		StepGreeting:  "closed-before-greeting",
		StepHandshake: "closed-in-handshake",
		StepMessage:   "message-unconfirmed",
	}
	timeouts = map[Step]finding.Code{
		StepGreeting:  "greeting-timeout",
		StepHandshake: "handshake-timeout",
		StepMessage:   "message-unconfirmed",
	}
)

// failed turns the error of a read or write into what it means.
func (c *Conn) failed(ctx context.Context, step Step, err error) error {
	c.broken = true
	var malformed *ProtocolError
	var timeout net.Error
	switch {
	case errors.As(err, &malformed) && !c.heard && isTLSRecord(malformed.raw):
		err = errTLSRecord
	case errors.As(err, &malformed):
		malformed.said = c.quoteCut(malformed.raw)
		if name := OtherProtocol([]byte(malformed.raw)); !c.heard && name != "" {
			malformed.code, malformed.protocol = "other-protocol", name
		}
		c.transcript.note("S: " + malformed.said)
		return malformed
	case errors.Is(err, errSessionTooLarge):
		return &ProtocolError{Step: step, code: "session-too-large"}
	case ctx.Err() != nil:
		missing, when := "answer to "+step.asked(), "in time"
		if step == StepGreeting {
			missing = "greeting"
		}
		if errors.Is(context.Cause(ctx), context.Canceled) {
			when = "yet"
		}
		c.transcript.note("(no " + missing + " " + when + ")")
		return &TimeoutError{Step: step, encrypted: c.tls != nil, begun: c.begun(err), cause: context.Cause(ctx)}
	case errors.As(err, &timeout) && timeout.Timeout():
		return &TimeoutError{Step: step, encrypted: c.tls != nil, begun: c.begun(err), cause: err}
	}
	if begun := c.begun(err); begun != "" {
		c.transcript.note("S: " + begun)
	}
	closed := &ClosedError{Step: step, err: err}
	if step == StepHandshake {
		closed.answer = c.answer()
	}
	c.transcript.note("(the server " + closed.how() + ")")
	return closed
}

// begun returns what came of a reply that broke off, except for a challenge of a login.
func (c *Conn) begun(err error) string {
	var part *unfinishedError
	switch {
	case !errors.As(err, &part):
		return ""
	case strings.HasPrefix(part.raw, "334"):
		return "334 [challenge]"
	}
	return c.quoteCut(part.raw)
}

// errTLSRecord is a server that speaks TLS where SMTP was expected: an alert,
// mostly, before it closes the connection.
var errTLSRecord = errors.New("a TLS record in place of a reply")

func isTLSRecord(raw string) bool {
	return len(raw) > 1 && (raw[0] == 21 || raw[0] == 22) && raw[1] == 3
}
