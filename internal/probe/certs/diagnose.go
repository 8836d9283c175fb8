package certs

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// Diagnose returns what an error of the handshake means as a [*finding.Error], or nil if it
// is not about TLS: silence, an end of the connection, clear text instead of TLS.
//
// Use it for the first read after the handshake too, because only then does a server that
// speaks TLS 1.3 refuse a client certificate (RFC 8446 section 4.4.2.4).
func (h *Handshake) Diagnose(err error, now time.Time) error {
	for _, ask := range []func(*Handshake, error, time.Time) *finding.Error{untrusted, unsigned, refused, local} {
		if explained := ask(h, err, now); explained != nil {
			return explained
		}
	}
	return nil
}

// untrusted explains what crypto/tls said of the server's certificate.
func untrusted(h *Handshake, err error, now time.Time) *finding.Error {
	t := h.Trust
	var verification *tls.CertificateVerificationError
	if !errors.As(err, &verification) {
		return nil
	}
	chain := verification.UnverifiedCertificates
	roots, _ := t.roots()
	defects := Explain(chain, t.ServerName, roots, now)
	if len(defects) == 0 { // only the platform's verifier has this rule
		reason := finding.Quote(verification.Err.Error())
		defects = []Defect{{"certificate-chain-invalid", finding.Facts{"reason": reason}, reason}}
	}
	facts := finding.Facts{"name": finding.Quote(t.ServerName)}
	maps.Copy(facts, defects[0].Facts)
	for _, d := range defects[1:] { // after a fix of the first, these would still fail
		switch {
		case slices.Contains(distrusted, d.Code):
			facts["untrusted"] = string(d.Code)
		case d.Code != "certificate-weak-key": // crypto/tls accepts those
			facts["besides"] = string(d.Code)
		}
	}
	return &finding.Error{Code: defects[0].Code, Facts: facts, Seen: append(lines(defects), sentLines(chain)...), Err: verification}
}

// distrusted are the defects that ca_cert_pem cures.
var distrusted = []finding.Code{
	"certificate-self-signed", "certificate-private-root", "certificate-missing-intermediate", "certificate-unknown-authority",
}

// lines returns a line for each defect.
func lines(defects []Defect) []string {
	seen := make([]string, 0, len(defects))
	for _, d := range defects {
		seen = append(seen, d.Seen)
	}
	return seen
}

// sentLines show the chain that the server sent, the first five of it.
func sentLines(chain []*x509.Certificate) []string {
	const most = 5
	var seen []string
	for i, cert := range chain[:min(len(chain), most)] {
		seen = append(seen, fmt.Sprintf("sent (%d): %s, by %s, valid from %s to %s",
			i+1, subject(cert), issuer(cert), date(cert.NotBefore), date(cert.NotAfter)))
	}
	if more := len(chain) - most; more > 0 {
		seen = append(seen, fmt.Sprintf("… (%d more)", more))
	}
	return seen
}

// local explains what the client found wrong with the server's TLS. Those errors
// have no types; what they have in common is how they begin.
func local(h *Handshake, err error, _ time.Time) *finding.Error {
	var late interface{ Timeout() bool }
	var inClear tls.RecordHeaderError
	if errors.As(err, &late) && late.Timeout() || errors.Is(err, net.ErrClosed) || errors.As(err, &inClear) {
		return nil
	}
	for cause := err; cause != nil; cause = errors.Unwrap(cause) {
		text := cause.Error()
		if !strings.HasPrefix(text, "tls: ") {
			continue
		}
		var chosen uint16
		if n, _ := fmt.Sscanf(text, "tls: server selected unsupported protocol version %x", &chosen); n == 1 {
			return tooOld(chosen, h.Trust, cause)
		}
		said := finding.Quote(text)
		return &finding.Error{Code: "tls-handshake-failed", Facts: finding.Facts{"error": said}, Seen: []string{said}, Err: cause}
	}
	return nil
}

// tooOld says that the server speaks no allowed version of TLS; chosen is the one that it
// wanted, or 0 if it did not say.
func tooOld(chosen uint16, t Trust, err error) *finding.Error {
	facts := finding.Facts{"min": "1.2"}
	seen := []string{finding.Quote(err.Error())}
	if chosen != 0 {
		facts["chosen"] = version(chosen)
		seen = []string{"the server chose TLS " + facts["chosen"]}
	}
	if t.MinVersion == "1.3" {
		facts["min"] = "1.3"
	}
	if facts["min"] == "1.3" && (chosen == 0 || chosen == tls.VersionTLS12) {
		facts["lower"] = "1.2"
	} else {
		facts["old"] = finding.Quote(t.ServerName)
	}
	return &finding.Error{Code: "tls-version-too-low", Facts: facts, Seen: seen, Err: err}
}
