package certs

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/certpem"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// clientRefusals are the alerts by which a server refuses a certificate that the
// client showed, and what each says.
var clientRefusals = map[tls.AlertError]string{
	badCertificate:      "The server could not verify it. Probably the server doesn't trust the authority that issued it, or an intermediate certificate is missing.",
	43:                  "The server does not support certificates of this kind.",
	44:                  "The certificate was revoked.",
	45:                  "The certificate has expired, or is not valid yet, by the server's clock.",
	46:                  "The server did not say what is wrong with it.",
	48:                  "The server does not know the authority that issued it, or an intermediate certificate is missing.",
	49:                  "The certificate is valid, but the server does not admit its owner.",
	51:                  "The signature made with client_key_pem did not convince the server.",
	certificateRequired: "It was sent, and the server went on as if there were none. Probably it only accepts certificates issued by other authorities.",
	handshakeFailure:    "The server gave no reason. Probably it only accepts certificates issued by other authorities.",
}

// absenceRefusals are the alerts by which a server that asked for a certificate may refuse
// to go on without one, although they say something else: OpenSSL under TLS 1.2 sends 40,
// GnuTLS 50.
var absenceRefusals = []tls.AlertError{handshakeFailure, 46, 48, 49, 50}

// shown reports whether the server asked for a certificate and got one.
func (h *Handshake) shown() bool { return h.asked.Load() && h.Trust.ClientCertPEM != "" }

// describe adds the declared certificate to the facts.
func (h *Handshake) describe(facts finding.Facts) {
	if chain, err := certpem.ClientChain(h.Trust.ClientCertPEM); err == nil {
		facts["client"] = fmt.Sprintf("%s, issued by %s, valid from %s to %s",
			subject(chain[0]), issuer(chain[0]), date(chain[0].NotBefore), date(chain[0].NotAfter))
	}
}

// DiagnoseClose returns, as a [*finding.Error], what it means that the server ended the
// connection in the handshake or at the first read after it; nil if it had not asked for a
// certificate. Some servers refuse one, or a client without one, without an alert.
func (h *Handshake) DiagnoseClose(err error) error {
	const ended = "the server asked for a client certificate, %s, and ended the connection without an alert"
	switch {
	case h.shown():
		e := &finding.Error{
			Code:  "client-certificate-rejected",
			Facts: finding.Facts{"meaning": "The server asked for a certificate, got this one, and closed the connection without a word. Probably it does not accept it."},
			Seen:  []string{fmt.Sprintf(ended, "got the one in client_cert_pem")},
			Err:   err,
		}
		h.describe(e.Facts)
		return e
	case h.asked.Load():
		return &finding.Error{
			Code:  "client-certificate-required",
			Facts: finding.Facts{"closed": "yes"},
			Seen:  []string{fmt.Sprintf(ended, "got none")},
			Err:   err,
		}
	}
	return nil
}

// cannotSignError says that the client's key can't make a signature that the server
// accepts, so that the client did not send its certificate.
type cannotSignError struct{ key string }

func (e *cannotSignError) Error() string { return "the server takes no signature of " + e.key }

// unsigned explains that the server asked for signatures that the client's key
// can't make.
func unsigned(h *Handshake, err error, _ time.Time) *finding.Error {
	var cannot *cannotSignError
	if !errors.As(err, &cannot) {
		return nil
	}
	e := &finding.Error{
		Code:  "client-certificate-rejected",
		Facts: finding.Facts{"meaning": "It was not sent: the server takes no signature that " + cannot.key + " can make."},
		Seen:  []string{"the server asked for a client certificate, and takes no signature of " + cannot.key},
		Err:   cannot,
	}
	h.describe(e.Facts)
	return e
}

// keyKind names the kind of a certificate's key.
func keyKind(cert *x509.Certificate) string {
	switch key := cert.PublicKey.(type) {
	case *rsa.PublicKey:
		return fmt.Sprintf("an RSA key of %d bits", key.N.BitLen())
	case *ecdsa.PublicKey:
		return "an ECDSA key on the curve " + key.Curve.Params().Name
	case ed25519.PublicKey:
		return "an Ed25519 key"
	}
	return "a key of this kind"
}
