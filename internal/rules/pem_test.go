package rules_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, a plan lets a text pass that the apply can't use, or judges one that
// is not known yet.
func TestPEMRules(t *testing.T) {
	cert, key := certificate(t, 2030)
	_, otherKey := certificate(t, 2030)
	old, oldKey := certificate(t, 2020)
	type s = settings.Settings
	text := settings.Of[string]
	hidden := func(text string) settings.Value[secret.String] { return settings.Of(secret.New(text)) }
	tests := []struct {
		name  string
		given s
		want  finding.Code
	}{
		{"nothing", s{}, ""},
		{"all that fits", s{CACertPEM: text(cert), ClientCertPEM: text(cert), ClientKeyPEM: hidden(key)}, ""},
		{"unknown key", s{ClientCertPEM: text(cert), ClientKeyPEM: settings.Unknown[secret.String]()}, ""},
		{"unknown certificate", s{CACertPEM: settings.Unknown[string](), ClientCertPEM: settings.Unknown[string](), ClientKeyPEM: hidden(key)}, ""},
		{"roots by path", s{CACertPEM: text("ca.pem")}, "ca-pem-unreadable"},
		{"empty roots", s{CACertPEM: text("")}, "ca-pem-unreadable"},
		{"key among the roots", s{CACertPEM: text(cert + key)}, "ca-pem-private-key"},
		{"client certificate by path", s{ClientCertPEM: text("a.pem"), ClientKeyPEM: hidden(key)}, "client-cert-pem-unreadable"},
		{"client certificate by path, unknown key", s{ClientCertPEM: text("a.pem"), ClientKeyPEM: settings.Unknown[secret.String]()}, "client-cert-pem-unreadable"},
		{"key with the client certificate", s{ClientCertPEM: text(cert + key), ClientKeyPEM: hidden(key)}, "client-cert-pem-private-key"},
		{"key by path", s{ClientCertPEM: text(cert), ClientKeyPEM: hidden("a.key")}, "client-key-pem-unreadable"},
		{"another key", s{ClientCertPEM: text(cert), ClientKeyPEM: hidden(otherKey)}, "client-key-mismatch"},
		{"no key", s{ClientCertPEM: text(cert)}, "client-cert-without-key"},
		{"roots, one of them old", s{CACertPEM: text(old + cert), Now: now}, ""},
		{"old roots", s{CACertPEM: text(old), Now: now}, "ca-pem-expired"},
		{"old roots without a clock", s{CACertPEM: text(old)}, ""},
		{"old client certificate", s{ClientCertPEM: text(old + cert), ClientKeyPEM: hidden(oldKey), Now: now}, "client-cert-pem-expired"},
		{"no certificate", s{ClientKeyPEM: hidden(key)}, "client-key-without-cert"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.given.Host = text("mail.example.com")
			row, _ := finding.Lookup(tt.want)
			if row.Guard { // it can't be ignored
				tt.given.IgnoreRules = settings.Of([]string{string(tt.want)})
			}
			var got finding.Code
			for _, f := range rules.Check(tt.given) {
				if !strings.Contains(string(f.Code), "pem") && !strings.HasPrefix(string(f.Code), "client-") {
					continue
				}
				if got != "" {
					t.Errorf("%s beside %s", f.Code, got)
				}
				if got = f.Code; f.Summary == "" || len(f.Fixes) == 0 || f.Reportable() == row.Guard {
					t.Errorf("%s lacks a text, or is reported where it must not be: %+v", f.Code, f)
				}
			}
			if got != tt.want {
				t.Errorf("found %q, want %q", got, tt.want)
			}
		})
	}
}

// If this fails, a finding about a private key stands at the argument that holds it:
// Terraform prints the source line there.
func TestPEMRulesPointAtNoKey(t *testing.T) {
	for _, code := range []finding.Code{"ca-pem-private-key", "client-cert-pem-private-key"} {
		row, ok := finding.Lookup(code)
		if !ok || slices.Contains([]string{"ca_cert_pem", "client_cert_pem", "client_key_pem"}, row.Attribute) {
			t.Errorf("%s stands at %q", code, row.Attribute)
		}
	}
}

// certificate returns a certificate that ends as the given year begins.
func certificate(t *testing.T, end int) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Date(end, 1, 1, 0, 0, 0, 0, time.UTC)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})),
		string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8}))
}
