package certpem

import (
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// KeyPair reads a client certificate and its private key, and checks that they belong
// together.
func KeyPair(certPEM string, key secret.String) (tls.Certificate, error) {
	chain, err := ClientChain(certPEM)
	if err != nil {
		return tls.Certificate{}, err
	}
	private, err := PrivateKey(key)
	if err != nil {
		return tls.Certificate{}, err
	}
	pair := tls.Certificate{PrivateKey: private, Leaf: chain[0]}
	for i, cert := range chain {
		pair.Certificate = append(pair.Certificate, cert.Raw)
		if i > 0 && belongs(private, cert) && !belongs(private, chain[0]) {
			return tls.Certificate{}, bad("client-key-mismatch", fmt.Sprintf(
				"the key is that of certificate number %d in client_cert_pem; the client's own certificate must come first", i+1))
		}
	}
	if !belongs(private, chain[0]) {
		return tls.Certificate{}, bad("client-key-mismatch", "the public key in the certificate is another one")
	}
	return pair, nil
}

// belongs reports whether the certificate contains the public half of the key.
func belongs(private crypto.Signer, cert *x509.Certificate) bool {
	public, canCompare := private.Public().(interface{ Equal(crypto.PublicKey) bool })
	return canCompare && public.Equal(cert.PublicKey)
}

// parsers read private keys, by the type of their block.
var parsers = map[string]func([]byte) (any, error){
	"PRIVATE KEY":     x509.ParsePKCS8PrivateKey,
	"RSA PRIVATE KEY": func(der []byte) (any, error) { return x509.ParsePKCS1PrivateKey(der) },
	"EC PRIVATE KEY":  func(der []byte) (any, error) { return x509.ParseECPrivateKey(der) },
}

// PrivateKey reads the first private key in client_key_pem. It skips blocks such as
// "EC PARAMETERS" before it.
func PrivateKey(key secret.String) (crypto.Signer, error) {
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
		// The parser's error is dropped: it doesn't help, and nothing derived from a
		// key may be printed.
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
	return bad("client-key-pem-unreadable", reason)
}
