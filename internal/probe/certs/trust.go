// Package certs says whom the probe trusts, and why it does not trust a server.
// crypto/tls decides; this package explains afterwards. So a mistake in here can
// make a message worse, but never make a connection trusted.
//
// Nothing here opens a connection or knows of SMTP.
package certs

import (
	"crypto/tls"
	"crypto/x509"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Trust is what the TLS handshake goes by.
type Trust struct {
	ServerName    string // what the certificate must be for: A-labels or an IP address
	RootsPEM      string // the only roots that are trusted; "": those of the system
	MinVersion    string // "1.2" or "1.3"
	Insecure      bool   // any certificate is accepted
	ClientCertPEM string // "": none
	ClientKeyPEM  secret.String
}

// Config returns the TLS configuration for t. What can't be read in it comes as
// a [*settings.PEMError].
func Config(t Trust) (*tls.Config, error) {
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
	cfg.RootCAs = roots
	if t.ClientCertPEM != "" {
		pair, err := settings.ParseKeyPair(t.ClientCertPEM, t.ClientKeyPEM)
		if err != nil {
			return nil, err
		}
		cfg.Certificates = []tls.Certificate{pair}
	}
	return cfg, nil
}

// roots returns the declared roots, or nil for those of the system.
func (t Trust) roots() (*x509.CertPool, error) {
	if t.RootsPEM == "" {
		return nil, nil
	}
	certs, err := settings.ParseCertificates(t.RootsPEM)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	for _, cert := range certs {
		pool.AddCert(cert)
	}
	return pool, nil
}
