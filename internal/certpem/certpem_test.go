package certpem_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/certpem"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// identity returns a certificate and its key as PEM.
func identity(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return block("CERTIFICATE", der), block("PRIVATE KEY", pkcs8)
}

func block(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}

// damaged returns a block that begins and ends as it should, with something else than
// base64 in it.
func damaged(kind string) string {
	return "-----BEGIN " + kind + "-----\n!!!!\n-----END " + kind + "-----\n"
}

// body returns the bytes of a PEM block.
func body(t *testing.T, text string) []byte {
	t.Helper()
	b, _ := pem.Decode([]byte(text))
	if b == nil {
		t.Fatal("no block")
	}
	return b.Bytes
}

// If this fails, one of the usual mistakes with ca_cert_pem passes or is reported as
// another one, a certificate that can't be read goes missing without a word, or a
// private key gets into the state.
func TestRoots(t *testing.T) {
	cert, key := identity(t)
	other, _ := identity(t)
	der := body(t, cert)
	tests := []struct {
		name, text string
		code       finding.Code
		reason     string // a part of it
	}{
		{"one", cert, "", ""},
		{"two with comments", "# ours\n" + cert + "# theirs\n" + other, "", ""},
		{"Windows line ends", strings.ReplaceAll(cert, "\n", "\r\n"), "", ""},
		{"empty", "", "ca-pem-unreadable", "it is empty"},
		{"white space", " \n\t", "ca-pem-unreadable", "it is empty"},
		{"path", "certs/ca.pem", "ca-pem-unreadable", "the function file() reads one"},
		{"Windows path", `C:\certs\ca`, "ca-pem-unreadable", "the function file() reads one"},
		{"words", "the company's CA", "ca-pem-unreadable", "there is no block"},
		{"binary", string(der), "ca-pem-unreadable", "binary (DER)"},
		{"base64 alone", strings.Join(strings.Split(cert, "\n")[1:5], "\n"), "ca-pem-unreadable", "it is base64 without"},
		{"line breaks escaped", strings.ReplaceAll(cert, "\n", `\n`), "ca-pem-unreadable", `written as \n`},
		{"line breaks lost", strings.ReplaceAll(cert, "\n", " "), "ca-pem-unreadable", "line breaks were lost"},
		{"cut off", cert[:len(cert)/2], "ca-pem-unreadable", "cut off"},
		{"second cut off", cert + other[:len(other)/2], "ca-pem-unreadable", "cut off"},
		{"damaged", cert + block("CERTIFICATE", der[:len(der)-9]), "ca-pem-unreadable", "certificate number 2 is damaged"},
		{"request", block("CERTIFICATE REQUEST", der), "ca-pem-unreadable", "block number 1 is a CERTIFICATE REQUEST"},
		{"public key", cert + block("PUBLIC KEY", der), "ca-pem-unreadable", "block number 2 is a PUBLIC KEY"},
		{"first cut off", other[:len(other)/2] + "\n" + cert, "ca-pem-unreadable", "cut off"},
		{"first not base64", damaged("CERTIFICATE") + cert, "ca-pem-unreadable", "cut off"},
		{"one of two indented", strings.ReplaceAll("\n"+other, "\n", "\n  ") + "\n" + cert, "ca-pem-unreadable", "cut off"},
		{"key", key, "ca-pem-private-key", ""},
		{"certificate and key", cert + key, "ca-pem-private-key", ""},
		{"encrypted key", block("ENCRYPTED PRIVATE KEY", der), "ca-pem-private-key", ""},
		{"key cut off", cert + key[:60], "ca-pem-private-key", ""},
		{"key cut off before a certificate", key[:60] + "\n" + cert, "ca-pem-private-key", ""},
		{"key that is not base64 before a certificate", damaged("EC PRIVATE KEY") + cert, "ca-pem-private-key", ""},
		{"key after another block", block("CERTIFICATE REQUEST", der) + key, "ca-pem-private-key", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			certs, err := certpem.Roots(tt.text)
			if tt.code == "" {
				if err != nil || len(certs) != strings.Count(tt.text, "BEGIN") {
					t.Fatalf("%d certificates, %v", len(certs), err)
				}
				return
			}
			same(t, err, tt.code, tt.reason)
		})
	}
}

func same(t *testing.T, err error, code finding.Code, reason string) {
	t.Helper()
	var bad *finding.Error
	if !errors.As(err, &bad) || bad.Code != code || !strings.Contains(bad.Facts["reason"], reason) {
		t.Fatalf("error = %v, want %s with %q", err, code, reason)
	}
	if finding.Of(err).Code != code {
		t.Errorf("%s has no row", code)
	}
}

// If this fails, a key passes as that of another certificate, or a form that openssl
// writes is unreadable.
func TestKeyPair(t *testing.T) {
	cert, key := identity(t)
	other, otherKey := identity(t)
	parsed, err := x509.ParsePKCS8PrivateKey(body(t, key))
	if err != nil {
		t.Fatal(err)
	}
	sec1, err := x509.MarshalECPrivateKey(parsed.(*ecdsa.PrivateKey))
	if err != nil {
		t.Fatal(err)
	}
	legacy := "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"
	tests := []struct {
		name, cert, key string
		code            finding.Code
		reason          string
	}{
		{"PKCS #8", cert, key, "", ""},
		{"SEC 1 after parameters", cert, block("EC PARAMETERS", []byte{6, 0}) + block("EC PRIVATE KEY", sec1), "", ""},
		{"with its chain", cert + other, key, "", ""},
		{"another key", cert, otherKey, "client-key-mismatch", "another one"},
		{"chain in the wrong order", other + cert, key, "client-key-mismatch", "certificate number 2"},
		{"key in both", cert + key, key, "client-cert-pem-private-key", ""},
		{"swapped", key, cert, "client-cert-pem-private-key", ""},
		{"no certificate", "client.pem", key, "client-cert-pem-unreadable", "file()"},
		{"certificate twice", cert, cert, "client-key-pem-unreadable", "it holds a CERTIFICATE"},
		{"encrypted", cert, block("ENCRYPTED PRIVATE KEY", []byte{1}), "client-key-pem-unreadable", "passphrase"},
		{"encrypted, old form", cert, legacy, "client-key-pem-unreadable", "passphrase"},
		{"damaged", cert, block("PRIVATE KEY", []byte{1}), "client-key-pem-unreadable", "damaged"},
		{"path", cert, "client.key", "client-key-pem-unreadable", "file()"},
		{"empty", cert, "", "client-key-pem-unreadable", "it is empty"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			pair, err := certpem.KeyPair(tt.cert, secret.New(tt.key))
			if tt.code == "" {
				if err != nil || len(pair.Certificate) != strings.Count(tt.cert, "BEGIN") || pair.PrivateKey == nil {
					t.Fatalf("pair of %d, %v", len(pair.Certificate), err)
				}
				return
			}
			same(t, err, tt.code, tt.reason)
		})
	}
}

// If this fails, an error repeats the text that stands in place of a certificate: it
// may be a key.
func TestPEMErrorsKeepSecrets(t *testing.T) {
	for _, text := range []string{"hunter2-hunter2", "a/hunter2-hunter2", "-----BEGIN CERTIFICATE-----\nhunter2-hunter2"} {
		_, certErr := certpem.Roots(text)
		_, keyErr := certpem.KeyPair(text, secret.New(text))
		for _, err := range []error{certErr, keyErr} {
			f := finding.Of(err)
			if strings.Contains(err.Error()+f.Summary+f.Detail(), "hunter2") {
				t.Errorf("the text is repeated: %v", err)
			}
		}
	}
}

// If this fails, a text is parsed again for each connection, or one argument gets the
// errors of another.
func TestParsedOnce(t *testing.T) {
	cert, _ := identity(t)
	first, err := certpem.Roots(cert)
	again, errAgain := certpem.Roots(cert)
	if err != nil || errAgain != nil || first[0] != again[0] {
		t.Errorf("parsed twice, or not at all: %v, %v", err, errAgain)
	}
	_, asRoots := certpem.Roots("nothing")
	_, asChain := certpem.ClientChain("nothing")
	same(t, asRoots, "ca-pem-unreadable", "")
	same(t, asChain, "client-cert-pem-unreadable", "")
}
