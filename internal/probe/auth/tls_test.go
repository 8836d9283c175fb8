package auth_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"math/big"
	"net"
	"testing"
	"time"
)

// handshake returns both sides' view of one TLS connection of the given version.
func handshake(t testing.TB, version uint16) (client, server *tls.ConnectionState) {
	t.Helper()
	return handshakeWith(t, &tls.Config{MinVersion: version, MaxVersion: version})
}

// handshakeWith does the same with the given settings of the client's.
func handshakeWith(t testing.TB, cfg *tls.Config) (client, server *tls.ConnectionState) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotAfter:     time.Now().Add(time.Hour),
		DNSNames:     []string{"mail.example.com"},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(leaf)

	near, far := net.Pipe()
	defer near.Close()
	defer far.Close()
	cfg.ServerName, cfg.RootCAs = "mail.example.com", roots
	c := tls.Client(near, cfg)
	s := tls.Server(far, &tls.Config{
		Certificates:           []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}},
		SessionTicketsDisabled: true,
	})
	served := make(chan error, 1)
	go func() { served <- s.Handshake() }()
	if err := c.Handshake(); err != nil {
		t.Fatal(err)
	}
	if err := <-served; err != nil {
		t.Fatal(err)
	}
	ours, theirs := c.ConnectionState(), s.ConnectionState()
	return &ours, &theirs
}
