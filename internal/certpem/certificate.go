// Package certpem reads certificates and private keys in PEM form, and says what another
// text most likely is. Its errors are [*finding.Error]s that never repeat the text: it
// may contain a private key.
package certpem

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"
	"sync"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// Roots reads the certificates of ca_cert_pem: at least one, and nothing else.
func Roots(text string) ([]*x509.Certificate, error) {
	return remember(text, "ca-pem-unreadable", "ca-pem-private-key")
}

// ClientChain reads client_cert_pem: the client's own certificate, then those
// between it and its root.
func ClientChain(text string) ([]*x509.Certificate, error) {
	return remember(text, "client-cert-pem-unreadable", "client-cert-pem-private-key")
}

// remember parses a text once: many connections often trust one authority. Callers must
// not change the result.
func remember(text string, unreadable, holdsKey finding.Code) ([]*x509.Certificate, error) {
	key := string(unreadable) + string(hash(text))
	parsed.Lock()
	defer parsed.Unlock()
	known, ok := parsed.texts[key]
	if !ok {
		known.certs, known.err = parse(text, unreadable, holdsKey)
		if len(parsed.texts) >= mostRemembered {
			clear(parsed.texts)
		}
		parsed.texts[key] = known
	}
	return known.certs, known.err
}

const mostRemembered = 64

// outcome is the result for a text.
type outcome struct {
	certs []*x509.Certificate
	err   error
}

var parsed = struct {
	sync.Mutex
	texts map[string]outcome
}{texts: map[string]outcome{}}

func hash(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

func parse(text string, unreadable, holdsKey finding.Code) ([]*x509.Certificate, error) {
	// First, and in the whole text: pem.Decode passes over a damaged block in silence.
	if strings.Contains(text, "PRIVATE KEY-----") {
		return nil, &finding.Error{Code: holdsKey}
	}
	var certs []*x509.Certificate
	for block, rest := pem.Decode([]byte(text)); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			return nil, bad(unreadable, fmt.Sprintf("block number %d is a %s, not a CERTIFICATE", len(certs)+1, finding.Quote(block.Type)))
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, bad(unreadable, fmt.Sprintf("certificate number %d is damaged (%s)", len(certs)+1, finding.Quote(err.Error())))
		}
		certs = append(certs, cert)
	}
	if len(certs) == 0 || len(certs) < strings.Count(text, "-----BEGIN") {
		return nil, bad(unreadable, notPEM(text))
	}
	return certs, nil
}

// notPEM says what a text most likely is that has no readable block, or one less than
// it begins.
func notPEM(text string) string {
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return "it is empty"
	case strings.Contains(text, "-----BEGIN") && strings.Contains(text, `\n`):
		return `its line breaks are written as \n instead of being line breaks`
	case strings.Contains(text, "-----BEGIN"):
		return "a block is cut off or damaged, or its line breaks were lost"
	case strings.HasPrefix(text, "MI") && len(text) > 100: // how the base64 of a long DER sequence begins
		return `it is base64 without the lines "-----BEGIN …-----" and "-----END …-----"`
	case strings.HasPrefix(text, "\x30\x81"), strings.HasPrefix(text, "\x30\x82"):
		return "it is binary (DER); openssl x509 -inform DER -in FILE turns it into PEM"
	case !strings.Contains(text, "\n") && (strings.ContainsAny(text, `/\`) || strings.Contains(text, ".")):
		return "it looks like the name of a file; the function file() reads one"
	}
	return `there is no block "-----BEGIN …-----" in it`
}

// bad says why an argument can't take a text.
func bad(code finding.Code, reason string) *finding.Error {
	return &finding.Error{Code: code, Facts: finding.Facts{"reason": reason}}
}
