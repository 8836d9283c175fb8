package certs_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// now is when the tests take place.
var now = time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)

// entity is somebody with a certificate and its key.
type entity struct {
	cert *x509.Certificate
	key  crypto.Signer
}

// A trait makes a certificate differ from an ordinary one.
type trait func(*x509.Certificate, *entity)

// issue makes a certificate of an authority; by nil it is signed by itself.
func issue(t testing.TB, by *entity, traits ...trait) *entity {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	e := &entity{key: key}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(7),
		NotBefore:    now.AddDate(0, -1, 0),
		NotAfter:     now.AddDate(0, 2, 0),
		KeyUsage:     x509.KeyUsageDigitalSignature,
	}
	for _, apply := range traits {
		apply(template, e)
	}
	parent, signer := template, e.key
	if by != nil {
		parent, signer = by.cert, by.key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, e.key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	if e.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return e
}

// authority issues certificates of an authority for many years.
func authority(t testing.TB, name string, by *entity, traits ...trait) *entity {
	t.Helper()
	return issue(t, by, append([]trait{called(name), func(c *x509.Certificate, _ *entity) {
		c.NotBefore, c.NotAfter = now.AddDate(-5, 0, 0), now.AddDate(5, 0, 0)
		c.IsCA, c.BasicConstraintsValid, c.KeyUsage = true, true, x509.KeyUsageCertSign
	}}, traits...)...)
}

func called(name string) trait {
	return func(c *x509.Certificate, _ *entity) { c.Subject = pkix.Name{CommonName: name} }
}

func named(names ...string) trait {
	return func(c *x509.Certificate, _ *entity) {
		for _, name := range names {
			if ip := net.ParseIP(name); ip != nil {
				c.IPAddresses = append(c.IPAddresses, ip)
				continue
			}
			c.DNSNames = append(c.DNSNames, name)
		}
	}
}

func from(years, months, days int) trait {
	return func(c *x509.Certificate, _ *entity) { c.NotBefore = now.AddDate(years, months, days) }
}

func until(days int) trait {
	return func(c *x509.Certificate, _ *entity) { c.NotAfter = now.AddDate(0, 0, days) }
}

func publishedAt(url string) trait {
	return func(c *x509.Certificate, _ *entity) { c.IssuingCertificateURL = []string{url} }
}

func usableFor(usages ...x509.ExtKeyUsage) trait {
	return func(c *x509.Certificate, _ *entity) { c.ExtKeyUsage = usages }
}

func signedWith(algorithm x509.SignatureAlgorithm) trait {
	return func(c *x509.Certificate, _ *entity) { c.SignatureAlgorithm = algorithm }
}

func withRSA(t testing.TB, bits int) trait {
	return func(_ *x509.Certificate, e *entity) {
		key, err := rsa.GenerateKey(rand.Reader, bits)
		if err != nil {
			t.Fatal(err)
		}
		e.key = key
	}
}

func chainOf(entities ...*entity) []*x509.Certificate {
	var chain []*x509.Certificate
	for _, e := range entities {
		chain = append(chain, e.cert)
	}
	return chain
}

func poolOf(entities ...*entity) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, e := range entities {
		pool.AddCert(e.cert)
	}
	return pool
}

// pair is what a server or client shows: the first entity, then the rest of its
// chain.
func pair(entities ...*entity) tls.Certificate {
	p := tls.Certificate{PrivateKey: entities[0].key}
	for _, e := range entities {
		p.Certificate = append(p.Certificate, e.cert.Raw)
	}
	return p
}

func (e *entity) pem() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: e.cert.Raw}))
}

func (e *entity) keyPEM(t testing.TB) secret.String {
	t.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(e.key)
	if err != nil {
		t.Fatal(err)
	}
	return secret.New(string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})))
}
