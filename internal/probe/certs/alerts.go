package certs

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// The alerts that have findings of their own (RFC 8446 section 6.2).
const (
	handshakeFailure     = 40
	badCertificate       = 42
	protocolVersion      = 70
	insufficientSecurity = 71
	unrecognizedName     = 112
	certificateRequired  = 116
)

// refused explains an alert by which the server ended TLS.
func refused(h *Handshake, err error, _ time.Time) *finding.Error {
	number, op := remoteAlert(err)
	if op == nil {
		return nil
	}
	text := strings.TrimPrefix(number.Error(), "tls: ")
	e := &finding.Error{
		Code:  "tls-alert",
		Facts: finding.Facts{"alert": text, "number": strconv.Itoa(int(number)), "name": finding.Quote(h.Trust.ServerName)},
		Seen:  []string{fmt.Sprintf("the server ended TLS with the alert %q (%d)", text, number)},
		Err:   op,
	}
	meaning, ofClient := clientRefusals[number]
	switch {
	case number == protocolVersion:
		return tooOld(0, h.Trust, op)
	case number == unrecognizedName:
		e.Code = "tls-unrecognized-name"
	case number == insufficientSecurity, number == handshakeFailure && !afterServerHello(err):
		e.Code = "tls-no-common-cipher"
	case ofClient && h.shown():
		e.Code = "client-certificate-rejected"
		e.Facts["meaning"] = meaning
		h.describe(e.Facts)
	case h.Trust.ClientCertPEM != "":
	case h.asked.Load() && slices.Contains(absenceRefusals, number):
		e.Code = "client-certificate-required"
		e.Facts["general"] = text
	case number == certificateRequired, number == badCertificate:
		e.Code = "client-certificate-required"
	}
	return e
}

// remoteAlert returns the number of the alert that the server sent, and the
// error that crypto/tls made of it. The alert in there has an unexported type,
// so it is known by its text.
func remoteAlert(err error) (tls.AlertError, *net.OpError) {
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "remote error" || op.Err == nil {
		return 0, nil
	}
	text := op.Err.Error()
	for number := range 256 {
		if alert := tls.AlertError(number); alert.Error() == text {
			return alert, op
		}
	}
	return 0, nil
}

// afterServerHello reports whether the error knows that the server had agreed on version and
// cipher suite before it refused: its first record was a handshake (22) and not an alert
// (21). A general refusal that comes so late is about the client's certificate (RFC 5246
// section 7.4.6).
func afterServerHello(err error) bool {
	var answered interface{ Answer() []byte }
	if !errors.As(err, &answered) {
		return false
	}
	first := answered.Answer()
	return len(first) > 0 && first[0] == 22
}
