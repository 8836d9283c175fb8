// Package certs has the TLS configuration of the probe, and explains why it does not trust
// a server. crypto/tls decides; this package explains afterwards. A mistake in here can make
// a message worse, but never make a connection trusted.
//
// It opens no connection and knows nothing of SMTP.
package certs

import (
	"crypto/tls"
	"crypto/x509"
	"sync/atomic"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/certpem"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// Trust is what the client trusts in the TLS handshake, and what it shows of itself.
type Trust struct {
	ServerName    string // what the certificate must be for: A-labels or an IP address
	RootsPEM      string // the only roots that are trusted; "": those of the system
	MinVersion    string // "1.2" or "1.3"
	Insecure      bool   // any certificate is accepted
	ClientCertPEM string // "": none
	ClientKeyPEM  secret.String
}

// Handshake is this side of one TLS handshake: its configuration, and what its
// failure means.
type Handshake struct {
	Trust Trust

	asked atomic.Bool // the server asked for a certificate
}

// Config returns the TLS configuration, or a [*finding.Error] if Trust can't be read.
//
// The client sends a declared certificate to every server that asks for one, whatever
// authorities the server lists, as OpenSSL and GnuTLS do. By itself crypto/tls would hold it
// back from a server that lists others; but a relay may go by the fingerprint, or have the
// intermediate certificate that the client leaves out.
func (h *Handshake) Config() (*tls.Config, error) {
	t := h.Trust
	cfg := &tls.Config{
		ServerName:         t.ServerName,
		MinVersion:         tls.VersionTLS12, // RFC 8996
		InsecureSkipVerify: t.Insecure,       //nolint:gosec // G402: declared, warned about, and never with credentials
	}
	if t.MinVersion == "1.3" {
		cfg.MinVersion = tls.VersionTLS13
	}
	roots, err := t.roots()
	if err != nil {
		return nil, err
	}
	if roots != nil {
		cfg.RootCAs = x509.NewCertPool()
		for _, root := range roots {
			cfg.RootCAs.AddCert(root)
		}
	}
	pair := tls.Certificate{} // stands for none
	if t.ClientCertPEM != "" {
		if pair, err = certpem.KeyPair(t.ClientCertPEM, t.ClientKeyPEM); err != nil {
			return nil, err
		}
	}
	cfg.GetClientCertificate = func(request *tls.CertificateRequestInfo) (*tls.Certificate, error) {
		h.asked.Store(true)
		if len(pair.Certificate) > 0 && !canSign(request, &pair) {
			return nil, &cannotSignError{key: keyKind(pair.Leaf)}
		}
		return &pair, nil
	}
	return cfg, nil
}

// canSign reports whether the key can make a signature that the server takes.
func canSign(request *tls.CertificateRequestInfo, pair *tls.Certificate) bool {
	fromAnyCA := *request
	fromAnyCA.AcceptableCAs = nil
	return fromAnyCA.SupportsCertificate(pair) == nil
}

// roots returns the declared roots, or nil for those of the system.
func (t Trust) roots() ([]*x509.Certificate, error) {
	if t.RootsPEM == "" {
		return nil, nil
	}
	return certpem.Roots(t.RootsPEM)
}
