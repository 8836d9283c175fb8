package oauth2token_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/oauth2token"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

var silent = log.New(io.Discard, "", 0)

func pemOf(cert *x509.Certificate) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw}))
}

func keyPEM(t *testing.T, key any) string {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

func rsaKey(t *testing.T, bits int) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func ecKey(t *testing.T, curve elliptic.Curve) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func byKey(tokenURL, key string) oauth2token.Declared {
	return oauth2token.Declared{
		TokenURL:      settings.Of(tokenURL),
		PrivateKeyPEM: settings.Of(secret.New(key)),
		Issuer:        settings.Of("robot@project.example.com"),
		Scopes:        settings.Of([]string{"https://mail.google.com/"}),
	}
}

// parts decodes header and claims of a statement.
func parts(t *testing.T, assertion string) (header, claims map[string]any) {
	t.Helper()
	pieces := strings.Split(assertion, ".")
	if len(pieces) != 3 {
		t.Fatalf("%d parts", len(pieces))
	}
	for i, into := range []*map[string]any{&header, &claims} {
		text, err := base64.RawURLEncoding.DecodeString(pieces[i])
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, into); err != nil {
			t.Fatal(err)
		}
	}
	return header, claims
}

// signed returns the digest of what a statement signs (RFC 7515 section 5.1),
// and the signature.
func signed(t *testing.T, assertion string) (digest, signature []byte) {
	t.Helper()
	cut := strings.LastIndex(assertion, ".")
	signature, err := base64.RawURLEncoding.DecodeString(assertion[cut+1:])
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(assertion[:cut]))
	return sum[:], signature
}

// If this fails, a service account's statement says something else than was declared,
// or has another key's signature.
func TestAssertion(t *testing.T) {
	key := rsaKey(t, 2048)
	s := serve(t, says(200, `{"access_token":"a","token_type":"Bearer","expires_in":3599}`))
	tests := []struct {
		name          string
		change        func(*oauth2token.Declared)
		iss, sub, aud string
		kid, clientID any
	}{
		{name: "least", change: func(*oauth2token.Declared) {}, iss: "robot@project.example.com", sub: "robot@project.example.com", aud: s.URL},
		{name: "all", change: func(d *oauth2token.Declared) {
			d.Subject = settings.Of("mailbox@example.com")
			d.Audience = settings.Of("https://aud.example.com")
			d.PrivateKeyID = settings.Of("key-1")
			d.ClientID = settings.Of("robot")
		}, iss: "robot@project.example.com", sub: "mailbox@example.com", aud: "https://aud.example.com", kid: "key-1", clientID: "robot"},
		{name: "client_id for issuer", change: func(d *oauth2token.Declared) {
			d.ClientID, d.Issuer = settings.Of("robot"), settings.Value[string]{}
		}, iss: "robot", sub: "robot", aud: s.URL, clientID: "robot"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s.asked = nil
			d := byKey(s.URL, keyPEM(t, key))
			tt.change(&d)
			if _, err := fetch(t, d); err != nil {
				t.Fatal(err)
			}
			form := s.once(t)
			if form.Get("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer" || form.Get("scope") != "https://mail.google.com/" || form.Has("client_secret") {
				t.Errorf("asked with %v", form)
			}
			if got := form.Get("client_id"); tt.clientID == nil && form.Has("client_id") || tt.clientID != nil && got != tt.clientID {
				t.Errorf("client_id = %q", got)
			}
			assertion := form.Get("assertion")
			digest, signature := signed(t, assertion)
			if err := rsa.VerifyPKCS1v15(&key.PublicKey, crypto.SHA256, digest, signature); err != nil {
				t.Error(err)
			}
			header, claims := parts(t, assertion)
			if header["alg"] != "RS256" || header["typ"] != "JWT" || header["kid"] != tt.kid {
				t.Errorf("header = %v", header)
			}
			if claims["iss"] != tt.iss || claims["sub"] != tt.sub || claims["aud"] != tt.aud || claims["scope"] != "https://mail.google.com/" || claims["jti"] == "" {
				t.Errorf("claims = %v", claims)
			}
			issued, expires := claims["iat"].(float64), claims["exp"].(float64)
			if expires-issued != 300 || time.Since(time.Unix(int64(issued), 0)).Abs() > time.Minute {
				t.Errorf("from %v to %v", issued, expires)
			}
		})
	}
}

// If this fails, keys on P-256 sign in a form that no service reads.
func TestAssertionES256(t *testing.T) {
	key := ecKey(t, elliptic.P256())
	s := serve(t, says(200, `{"access_token":"a"}`))
	if _, err := fetch(t, byKey(s.URL, keyPEM(t, key))); err != nil {
		t.Fatal(err)
	}
	assertion := s.once(t).Get("assertion")
	header, _ := parts(t, assertion)
	digest, signature := signed(t, assertion)
	if header["alg"] != "ES256" || len(signature) != 64 {
		t.Fatalf("%v, %d bytes", header, len(signature))
	}
	r, v := new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:])
	if !ecdsa.Verify(&key.PublicKey, digest, r, v) {
		t.Error("the signature is not that of the key")
	}
}

// If this fails, a refused statement is reported as a refused refresh token, or the
// statement is shown: until it expires, it logs in.
func TestAssertionRefused(t *testing.T) {
	var sent string
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		sent = r.PostForm.Get("assertion")
		says(400, object(map[string]any{"error": "invalid_grant", "error_description": "Invalid JWT " + sent}))(w, r)
	})
	f := refused(t, t.Context(), byKey(s.URL, keyPEM(t, rsaKey(t, 2048))))
	if f.Code != "oauth2-assertion-rejected" || !strings.Contains(f.Detail(), "Invalid JWT [redacted]") || sent == "" {
		t.Errorf("%s\n%s", f.Code, f.Detail())
	}
}

// If this fails, a key that can't sign passes the plan, or the reason doesn't say what
// is wrong with it.
func TestPrivateKeys(t *testing.T) {
	_, edKey, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	good := keyPEM(t, rsaKey(t, 2048))
	tests := []struct{ name, key, reason string }{
		{"RSA", good, ""},
		{"P-256", keyPEM(t, ecKey(t, elliptic.P256())), ""},
		{"short RSA", keyPEM(t, rsaKey(t, 1024)), "it is an RSA key of less than 2048 bits"},
		{"P-384", keyPEM(t, ecKey(t, elliptic.P384())), "it is on another curve than P-256"},
		{"Ed25519", keyPEM(t, crypto.PrivateKey(edKey)), "it is of another kind than RSA and ECDSA"},
		{"key file", `{"type":"service_account","private_key":"x"}`, "it is the whole key file (JSON); the key is its member private_key"},
		{"empty", "", "it is empty"},
		{"escaped", strings.ReplaceAll(good, "\n", `\n`), `its line breaks are written as \n instead of being line breaks`},
		{"name of a file", "key.pem", "it looks like the name of a file; the function file() reads one"},
		{"a certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "it holds a CERTIFICATE, not a PRIVATE KEY"},
		{"encrypted", "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", "it is encrypted with a passphrase; openssl pkey -in FILE writes it without"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := oauth2token.Check(byKey("https://token.example.com", tt.key))
			if tt.reason == "" {
				if len(found) != 0 {
					t.Errorf("%+v", found)
				}
				return
			}
			if len(found) != 1 || found[0].Code != "oauth2-private-key-unreadable" || found[0].Summary != "private_key_pem is not a private key that can sign: "+tt.reason {
				t.Errorf("%+v", found)
			}
		})
	}
}
