package probe

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// ModeError says that the server speaks another TLS mode than the declared one, with the
// proof.
type ModeError struct {
	code     finding.Code
	port     uint16
	greeting string         // quoted; "" if none was heard
	offered  string         // what it lists in clear text; "" if it was not asked
	tls      *certs.Summary // what the second connection's handshake showed
	ended    error          // or how the server ended it, after an answer in TLS
}

func (e *ModeError) Error() string { return string(e.code) }

// Finding implements [finding.Coded].
func (e *ModeError) Finding() *finding.Error {
	facts := finding.Facts{}
	if other, ok := settings.Counterpart(int(e.port)); ok {
		facts["other"], facts["other_mode"] = strconv.Itoa(other), string(settings.ModeOfPort(other))
	}
	var seen []string
	if e.tls != nil {
		// Many certificates have no subject any more, but names.
		bearer := cmp.Or(strings.Join(e.tls.DNSNames[:min(3, len(e.tls.DNSNames))], ", "), e.tls.Subject, "no name")
		seen = append(seen, fmt.Sprintf("a second connection began with TLS: the handshake succeeded (TLS %s, certificate for %s)", e.tls.Version, bearer))
	}
	if e.ended != nil {
		seen = append(seen, "a second connection began with TLS: the server answered in TLS, and ended it: "+finding.Quote(e.ended.Error()))
	}
	if e.greeting != "" {
		seen = append(seen, "greeting: "+e.greeting)
	}
	if e.offered != "" {
		seen = append(seen, "then, in clear text, it offers: "+e.offered)
	}
	return &finding.Error{Code: e.code, Facts: facts, Seen: seen}
}

// clearTextError is a server that answered a TLS handshake in clear text, perhaps in SMTP.
type clearTextError struct{ handshake *wire.HandshakeError }

func (e *clearTextError) Error() string { return "clear text in place of TLS" }
func (e *clearTextError) Unwrap() error { return e.handshake }

// Finding implements [finding.Coded].
func (e *clearTextError) Finding() *finding.Error {
	said := finding.Quote(string(e.handshake.FirstBytes))
	return &finding.Error{
		Code:  "clear-text-in-handshake",
		Err:   e.handshake,
		Facts: finding.Facts{"said": said},
		Seen:  []string{"the server answered the TLS handshake with: " + said},
	}
}

// otherProtocolError is a server that speaks something else than SMTP.
type otherProtocolError struct {
	name   string
	seen   []string // what it said
	inside bool     // inside TLS
}

func (e *otherProtocolError) Error() string { return "the server speaks " + e.name }

func (e *otherProtocolError) code() finding.Code {
	if e.inside {
		return "tls-without-smtp"
	}
	return "other-protocol"
}

// Finding implements [finding.Coded].
func (e *otherProtocolError) Finding() *finding.Error {
	return &finding.Error{Code: e.code(), Facts: finding.Facts{"protocol": e.name}, Seen: e.seen}
}

// identified turns a handshake that the server answered in clear text into an error about
// that text.
func identified(err error) error {
	var handshake *wire.HandshakeError
	if !errors.As(err, &handshake) || !inClear(handshake.FirstBytes) {
		return err
	}
	if name := wire.OtherProtocol(handshake.FirstBytes); name != "" {
		return &otherProtocolError{name: name, seen: []string{"the server said: " + finding.Quote(string(handshake.FirstBytes))}}
	}
	return &clearTextError{handshake}
}

// inClear reports whether bytes that answer a ClientHello are not TLS, in which they begin
// with a record of type handshake (22) or alert (21).
func inClear(first []byte) bool {
	return len(first) > 0 && first[0] != 21 && first[0] != 22
}

// endedInTLS returns why a handshake failed that the server answered in TLS, as where
// it demands a client certificate; else nil.
func endedInTLS(err error) error {
	var answered interface {
		Answer() []byte
		Unwrap() error
	}
	if !errors.As(err, &answered) {
		return nil
	}
	if first := answered.Answer(); len(first) < 2 || inClear(first) || first[1] != 3 {
		return nil
	}
	return answered.Unwrap()
}

// insideTLS marks a foreign protocol as heard inside TLS.
func insideTLS(err error) error {
	var foreign *wire.ProtocolError
	if errors.As(err, &foreign) {
		heard := foreign.Finding()
		return &otherProtocolError{name: heard.Facts["protocol"], seen: heard.Seen, inside: true}
	}
	return err
}

func speaksAnotherProtocol(err error) bool {
	var here *otherProtocolError
	var coded finding.Coded
	return errors.As(err, &here) || (errors.As(err, &coded) && coded.Finding().Code == "other-protocol")
}

// noStartTLS is a server that does not offer STARTTLS where it is demanded.
func noStartTLS(caps wire.Capabilities) error {
	list := offered(caps)
	e := &finding.Error{Code: "starttls-not-offered", Facts: finding.Facts{"offered": list}, Seen: []string{"the server offers: " + list}}
	if caps.Blanked() {
		e.Code = "starttls-blanked"
	}
	if refused := caps.Refusal(); refused != nil {
		e.Seen = append(refused.Said().Seen, e.Seen...)
	}
	return e
}

// offered lists the extensions of a server on one line.
func offered(caps wire.Capabilities) string {
	if list := caps.List(); len(list) > 0 {
		return strings.Join(list, ", ")
	}
	return "nothing"
}

// noUTF8 is a server that only takes ASCII addresses where others are declared.
func noUTF8(caps wire.Capabilities) error {
	return &finding.Error{Code: "smtputf8-not-offered", Seen: []string{"the server offers: " + offered(caps)}}
}

func localAddr(conn *wire.Conn) netip.Addr {
	local, _ := netip.ParseAddrPort(conn.LocalAddr().String())
	return local.Addr()
}
