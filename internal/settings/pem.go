package settings

import (
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// badPEM says what keeps a text from being the certificates or the key that an
// argument wants. It never repeats the text, which may hold a private key.
func badPEM(code finding.Code, reason string) *finding.Error {
	return &finding.Error{Code: code, Facts: finding.Facts{"reason": reason}}
}

// ParseCertificates reads the certificates of ca_cert_pem: at least one, and
// nothing that is no certificate. What is wrong comes as a [*finding.Error].
func ParseCertificates(text string) ([]*x509.Certificate, error) {
	return parseCertificates(text, "ca-pem-unreadable", "ca-pem-private-key")
}

// ParseClientCertificates reads client_cert_pem: the client's own certificate,
// then those between it and its root. What is wrong comes as a [*finding.Error].
func ParseClientCertificates(text string) ([]*x509.Certificate, error) {
	return parseCertificates(text, "client-cert-pem-unreadable", "client-cert-pem-private-key")
}

// ParseKeyPair reads a client certificate with its private key, and makes sure
// that they belong together. What is wrong comes as a [*finding.Error].
func ParseKeyPair(certPEM string, key secret.String) (tls.Certificate, error) {
	chain, err := ParseClientCertificates(certPEM)
	if err != nil {
		return tls.Certificate{}, err
	}
	private, err := ParsePrivateKey(key)
	if err != nil {
		return tls.Certificate{}, err
	}
	pair := tls.Certificate{PrivateKey: private, Leaf: chain[0]}
	for i, cert := range chain {
		pair.Certificate = append(pair.Certificate, cert.Raw)
		if i > 0 && belongs(private, cert) && !belongs(private, chain[0]) {
			return tls.Certificate{}, badPEM("client-key-mismatch", fmt.Sprintf(
				"the key is that of certificate number %d in client_cert_pem; the client's own certificate must come first", i+1))
		}
	}
	if !belongs(private, chain[0]) {
		return tls.Certificate{}, badPEM("client-key-mismatch", "the public key in the certificate is another one")
	}
	return pair, nil
}

// belongs reports whether the certificate is about the public half of the key.
func belongs(private crypto.Signer, cert *x509.Certificate) bool {
	public, canCompare := private.Public().(interface{ Equal(crypto.PublicKey) bool })
	return canCompare && public.Equal(cert.PublicKey)
}

func parseCertificates(text string, unreadable, holdsKey finding.Code) ([]*x509.Certificate, error) {
	var certs []*x509.Certificate
	rest := []byte(text)
	for {
		var block *pem.Block
		block, rest = pem.Decode(rest)
		if block == nil {
			break
		}
		if strings.HasSuffix(block.Type, "PRIVATE KEY") {
			return nil, badPEM(holdsKey, "a block is a "+finding.Quote(block.Type))
		}
		if block.Type != "CERTIFICATE" {
			return nil, badPEM(unreadable, fmt.Sprintf("block number %d is a %s, not a CERTIFICATE", len(certs)+1, finding.Quote(block.Type)))
		}
		cert, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, badPEM(unreadable, fmt.Sprintf("certificate number %d is damaged (%s)", len(certs)+1, finding.Quote(err.Error())))
		}
		certs = append(certs, cert)
	}
	switch {
	case strings.Contains(string(rest), "PRIVATE KEY-----"):
		return nil, badPEM(holdsKey, "a block is a PRIVATE KEY")
	case len(certs) == 0 || strings.Contains(string(rest), "-----BEGIN"):
		return nil, badPEM(unreadable, notPEM(text))
	}
	return certs, nil
}

// notPEM says what a text without a readable block most likely is.
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

// parsers are the forms in which private keys come, by the type of their block.
var parsers = map[string]func([]byte) (any, error){
	"PRIVATE KEY":     x509.ParsePKCS8PrivateKey,
	"RSA PRIVATE KEY": func(der []byte) (any, error) { return x509.ParsePKCS1PrivateKey(der) },
	"EC PRIVATE KEY":  func(der []byte) (any, error) { return x509.ParseECPrivateKey(der) },
}

// ParsePrivateKey reads the first private key of client_key_pem. Blocks such as
// "EC PARAMETERS" before it are passed over. What is wrong comes as a
// [*finding.Error].
func ParsePrivateKey(key secret.String) (crypto.Signer, error) {
	rest := []byte(key.Reveal())
	seen := ""
	for {
		var block *pem.Block
		block, rest = pem.Decode(rest)
		if block == nil {
			break
		}
		if block.Type == "ENCRYPTED PRIVATE KEY" || block.Headers["Proc-Type"] == "4,ENCRYPTED" {
			return nil, unreadableKey("it is encrypted with a passphrase; openssl pkey -in FILE writes it without")
		}
		parse, known := parsers[block.Type]
		if !known {
			seen = block.Type
			continue
		}
		// The errors of the parsers are not shown: what they say is of no help,
		// and nothing that is derived from a key is printed.
		private, err := parse(block.Bytes)
		if err != nil {
			return nil, unreadableKey("its block is damaged")
		}
		signer, ok := private.(crypto.Signer)
		if !ok {
			return nil, unreadableKey("it is a key that can't sign")
		}
		return signer, nil
	}
	if seen != "" {
		return nil, unreadableKey("it holds a " + finding.Quote(seen) + ", not a PRIVATE KEY")
	}
	return nil, unreadableKey(notPEM(key.Reveal()))
}

func unreadableKey(reason string) *finding.Error {
	return badPEM("client-key-pem-unreadable", reason)
}
