package oauth2token

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"errors"
	"math/big"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/certpem"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// lifetime is how long a statement is valid. Google allows an hour at most; the service
// uses it at once.
const lifetime = 5 * time.Minute

// shortestRSA is the least length of an RSA key in bits (RFC 7518 section 3.3).
const shortestRSA = 2048

// readKey reads a private key that can sign, or says why it can't. The reason contains
// nothing of the key.
func readKey(key secret.String) (private crypto.Signer, reason string) {
	if strings.HasPrefix(strings.TrimSpace(key.Reveal()), "{") {
		return nil, "it is the whole key file (JSON); the key is its member private_key"
	}
	private, err := certpem.PrivateKey(key)
	if err != nil {
		var unreadable *finding.Error
		errors.As(err, &unreadable)
		return nil, unreadable.Facts["reason"]
	}
	switch k := private.(type) {
	case *rsa.PrivateKey:
		if k.N.BitLen() < shortestRSA {
			return nil, "it is an RSA key of less than 2048 bits"
		}
	case *ecdsa.PrivateKey:
		if k.Curve != elliptic.P256() {
			return nil, "it is on another curve than P-256"
		}
	default:
		return nil, "it is of another kind than RSA and ECDSA"
	}
	return private, ""
}

// header and claims are the two parts of a statement (RFC 7515, RFC 7523 section
// 3). scope is Google's: https://developers.google.com/identity/protocols/oauth2/service-account.
type header struct {
	Algorithm string `json:"alg"`
	Type      string `json:"typ"`
	KeyID     string `json:"kid,omitempty"`
}

type claims struct {
	Issuer   string `json:"iss"`
	Subject  string `json:"sub,omitempty"`
	Audience string `json:"aud"`
	Scope    string `json:"scope,omitempty"`
	ID       string `json:"jti"`
	IssuedAt int64  `json:"iat"`
	Expires  int64  `json:"exp"`
}

// assertion returns the signed statement with which the issuer requests a token.
func (d Declared) assertion(now time.Time) (secret.String, error) {
	private, reason := readKey(d.PrivateKeyPEM.Or(secret.String{}))
	if reason != "" {
		return secret.String{}, &finding.Error{Code: "oauth2-private-key-unreadable", Facts: finding.Facts{"reason": reason}}
	}
	issuer := d.issuer().Or("")
	subject := d.Subject.Or("")
	if d.Subject.IsUnset() && d.service() != google { // without it, Google's token is for the service account itself
		subject = issuer
	}
	signed, err := sign(private, d.PrivateKeyID.Or(""), claims{
		Issuer:   issuer,
		Subject:  subject,
		Audience: d.Audience.Or(d.TokenURL.Or("")),
		Scope:    strings.Join(d.Scopes.Or(nil), " "),
		ID:       rand.Text(),
		IssuedAt: now.Unix(),
		Expires:  now.Add(lifetime).Unix(),
	})
	return secret.New(signed), err
}

// sign writes a compact JWS (RFC 7515 section 7.1) with RS256 or ES256 (RFC 7518
// sections 3.3 and 3.4).
func sign(private crypto.Signer, keyID string, c claims) (string, error) {
	h := header{Algorithm: "RS256", Type: "JWT", KeyID: keyID}
	_, isEC := private.(*ecdsa.PrivateKey)
	if isEC {
		h.Algorithm = "ES256"
	}
	var parts []string
	for _, part := range []any{h, c} {
		text, err := json.Marshal(part)
		if err != nil {
			return "", err
		}
		parts = append(parts, base64.RawURLEncoding.EncodeToString(text))
	}
	digest := sha256.Sum256([]byte(strings.Join(parts, ".")))
	signature, err := private.Sign(rand.Reader, digest[:], crypto.SHA256)
	if err == nil && isEC {
		signature, err = concatenated(signature)
	}
	return strings.Join(append(parts, base64.RawURLEncoding.EncodeToString(signature)), "."), err
}

// concatenated turns an ECDSA signature in ASN.1 into its two numbers, one after the
// other, as in RFC 7518 section 3.4.
func concatenated(der []byte) ([]byte, error) {
	var pair struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(der, &pair); err != nil {
		return nil, err
	}
	const size = 32
	out := make([]byte, 2*size)
	pair.R.FillBytes(out[:size])
	pair.S.FillBytes(out[size:])
	return out, nil
}
