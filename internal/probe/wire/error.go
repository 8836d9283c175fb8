package wire

import (
	"errors"
	"fmt"
	"strconv"
	"syscall"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// ProtocolError says that the server sent something that SMTP doesn't allow, or that the
// client was about to.
type ProtocolError struct {
	Step     Step
	code     finding.Code
	protocol string // what the server speaks instead
	raw      string // the offending line
	said     string // the same, fit to print
}

func malformed(step Step, code, line string) *ProtocolError {
	return &ProtocolError{Step: step, code: finding.Code(code), raw: line}
}

func (e *ProtocolError) Error() string { return string(e.Step) + ": " + string(e.code) }

// Finding implements [finding.Coded].
func (e *ProtocolError) Finding() *finding.Error {
	f := &finding.Error{Code: e.code, Facts: finding.Facts{"step": e.Step.asked()}}
	if e.protocol != "" {
		f.Facts["protocol"] = e.protocol
	}
	if e.said != "" {
		f.Seen = []string{"the server said: " + e.said}
	}
	return f
}

// ReplyError says that the server did not accept a step. Package refusal says what a
// refusal means.
type ReplyError struct {
	Step  Step
	Reply Reply
	Early bool // the server said goodbye before the step, which never went out
}

func (e *ReplyError) Error() string { return string(e.Step) + ": " + e.Reply.String() }

// Refuses reports whether the reply is a refusal, and not a sign that replies and commands
// are out of step. A greeting comes unasked.
func (e *ReplyError) Refuses() bool { return e.Reply.Code >= 400 || e.Step == StepGreeting }

// Temporary reports whether the server may accept the step later (RFC 5321
// section 4.2.1, 4yz).
func (e *ReplyError) Temporary() bool { return e.Reply.Code/100 == 4 }

// Said returns the reply as facts and evidence of a finding, which has no code yet.
func (e *ReplyError) Said() *finding.Error {
	seen := fmt.Sprintf("%s was answered: %s", e.Step, e.Reply)
	if e.Early {
		seen = fmt.Sprintf("before %s, the server said: %s", e.Step, e.Reply)
	}
	return &finding.Error{
		Facts: finding.Facts{"step": string(e.Step), "reply": e.Reply.String(), "code": strconv.Itoa(e.Reply.Code)},
		Seen:  []string{seen},
	}
}

// ClosedError says that the server ended the connection instead of answering.
type ClosedError struct {
	Step   Step
	err    error
	answer []byte // in a TLS handshake
}

func (e *ClosedError) Error() string { return string(e.Step) + ": " + e.err.Error() }

// Unwrap returns the error of the connection.
func (e *ClosedError) Unwrap() error { return e.err }

// Answer returns the first bytes that the server sent in a TLS handshake.
func (e *ClosedError) Answer() []byte { return e.answer }

// Temporary reports true: the server may be restarting or busy.
func (e *ClosedError) Temporary() bool { return true }

func (e *ClosedError) how() string {
	switch {
	case errors.Is(e.err, syscall.ECONNRESET):
		return "reset the connection"
	case errors.Is(e.err, errTLSRecord):
		return "sent a TLS alert"
	}
	return "closed the connection"
}

func (e *ClosedError) code() finding.Code {
	if code, ok := closings[e.Step]; ok {
		return code
	}
	return "connection-closed"
}

// Finding implements [finding.Coded].
func (e *ClosedError) Finding() *finding.Error {
	return &finding.Error{
		Code:  e.code(),
		Err:   e.err,
		Facts: finding.Facts{"step": e.Step.asked(), "how": e.how()},
		Seen:  []string{"instead of answering " + e.Step.asked() + ", the server " + e.how()},
	}
}

// TimeoutError says that the server did not answer in time.
type TimeoutError struct {
	Step      Step
	encrypted bool   // TLS was agreed on before
	begun     string // what came of an answer, fit to print
	cause     error
}

func (e *TimeoutError) Error() string { return string(e.Step) + ": " + e.cause.Error() }

// Unwrap returns the cause that the context ended with.
func (e *TimeoutError) Unwrap() error { return e.cause }

// Timeout implements [net.Error].
func (e *TimeoutError) Timeout() bool { return true }

// Temporary reports true: the server may only be slow.
func (e *TimeoutError) Temporary() bool { return true }

func (e *TimeoutError) code() finding.Code {
	if e.begun != "" {
		return "reply-unfinished"
	}
	if code, ok := timeouts[e.Step]; ok {
		return code
	}
	return "reply-timeout"
}

// Finding implements [finding.Coded].
func (e *TimeoutError) Finding() *finding.Error {
	facts := finding.Facts{"step": e.Step.asked(), "layer": "clear text"}
	if e.encrypted {
		facts["layer"] = "TLS"
	}
	var seen []string
	if e.begun != "" {
		seen = []string{"an answer had begun: " + e.begun}
	}
	return &finding.Error{Code: e.code(), Facts: facts, Seen: seen, Err: e.cause}
}

// HandshakeError says that TLS could not be agreed on. Err is the error of
// crypto/tls; FirstBytes is what the server sent since the handshake began, up
// to 512 bytes.
type HandshakeError struct {
	Err        error
	FirstBytes []byte
}

func (e *HandshakeError) Error() string { return "TLS handshake: " + e.Err.Error() }

// Unwrap returns the error of crypto/tls.
func (e *HandshakeError) Unwrap() error { return e.Err }

// Answer returns the first bytes, which tell a refusal before the ServerHello
// from one after it.
func (e *HandshakeError) Answer() []byte { return e.FirstBytes }

// Finding implements [finding.Coded].
func (e *HandshakeError) Finding() *finding.Error {
	said := finding.Quote(e.Err.Error())
	return &finding.Error{Code: "tls-handshake-failed", Facts: finding.Facts{"error": said}, Seen: []string{said}, Err: e.Err}
}

// AuthError says that a login failed: the server refused it, or the client refused what
// the server sent, or both. Package auth says what it means.
type AuthError struct {
	Mechanism string
	Reply     Reply // the zero Reply if none came
	ClientErr error
}

func (e *AuthError) Error() string {
	if e.ClientErr != nil {
		return fmt.Sprintf("AUTH %s: %v (%s)", e.Mechanism, e.ClientErr, e.Reply)
	}
	return fmt.Sprintf("AUTH %s: %s", e.Mechanism, e.Reply)
}

// Unwrap returns the client's error.
func (e *AuthError) Unwrap() error { return e.ClientErr }

// tooManyRounds says that the server kept sending challenges in a login, or sent one more
// after the client had answered its refusal; err is that refusal, if there was one.
func tooManyRounds(rounds int, err error) error {
	e := &finding.Error{Code: "auth-too-many-rounds", Facts: finding.Facts{"rounds": strconv.Itoa(rounds)}, Err: err}
	var refusal finding.Coded
	if errors.As(err, &refusal) {
		e.Seen = append(e.Seen, refusal.Finding().Seen...)
	}
	e.Seen = append(e.Seen, fmt.Sprintf("the server sent %d challenges", rounds))
	return e
}

var (
	_ finding.Coded = (*ProtocolError)(nil)
	_ finding.Coded = (*ClosedError)(nil)
	_ finding.Coded = (*TimeoutError)(nil)
	_ finding.Coded = (*HandshakeError)(nil)
)
