package certs_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"regexp"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
)

// If this fails, a declared certificate is held back from a server that asks for
// one, or is sent without what stands after it in client_cert_pem.
func TestClientCertificateIsSent(t *testing.T) {
	root, stranger := authority(t, "Lab Root", nil), authority(t, "Client Root", nil)
	mid := authority(t, "Client Intermediate", stranger)
	server := pair(issue(t, root, named(host)))
	leaf := issue(t, mid, called("client"), usableFor(x509.ExtKeyUsageClientAuth))
	for name, shown := range map[string][]*entity{
		"signed by itself":  {issue(t, nil, called("client"))},
		"leaf alone":        {leaf},
		"with intermediate": {leaf, mid},
		"expired":           {issue(t, root, called("client"), until(-1))},
		"for servers alone": {issue(t, root, called("client"), usableFor(x509.ExtKeyUsageServerAuth))},
		"RSA":               {issue(t, stranger, called("client"), withRSA(t, 2048))},
	} {
		for list, listed := range map[string]*x509.CertPool{"its authority": poolOf(stranger), "another": poolOf(root), "none": nil} {
			for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
				t.Run(name+"/listed "+list+"/"+tls.VersionName(version), func(t *testing.T) {
					h := &certs.Handshake{Trust: certs.Trust{ServerName: host, RootsPEM: root.pem(), ClientKeyPEM: shown[0].keyPEM(t)}}
					for _, e := range shown {
						h.Trust.ClientCertPEM += e.pem()
					}
					var got [][]byte
					_, err := shake(t, h, &tls.Config{
						Certificates: []tls.Certificate{server}, MaxVersion: version, ClientCAs: listed, ClientAuth: tls.RequestClientCert,
						VerifyPeerCertificate: func(sent [][]byte, _ [][]*x509.Certificate) error {
							got = sent
							return nil
						},
					})
					if err != nil {
						t.Fatal(err)
					}
					if want := pair(shown...).Certificate; len(got) != len(want) || string(got[0]) != string(want[0]) {
						t.Errorf("%d certificates were sent, want %d", len(got), len(want))
					}
				})
			}
		}
	}
}

// If this fails, a server that hangs up because of a client certificate, or
// because there is none, is reported as one that hangs up for no reason; or a
// certificate is blamed that the server never asked for.
func TestClosedOverClientCertificate(t *testing.T) {
	root := authority(t, "Lab Root", nil)
	server := pair(issue(t, root, named(host)))
	client := issue(t, root, called("client"), usableFor(x509.ExtKeyUsageClientAuth))
	with := certs.Trust{ServerName: host, RootsPEM: root.pem(), ClientCertPEM: client.pem(), ClientKeyPEM: client.keyPEM(t)}
	without := certs.Trust{ServerName: host, RootsPEM: root.pem()}
	for _, tt := range []struct {
		name  string
		trust certs.Trust
		auth  tls.ClientAuthType
		want  finding.Code
	}{
		{"shown", with, tls.RequestClientCert, "client-certificate-rejected"},
		{"not shown", without, tls.RequestClientCert, "client-certificate-required"},
		{"declared, not asked for", with, tls.NoClientCert, ""},
		{"neither", without, tls.NoClientCert, ""},
	} {
		for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
			t.Run(tt.name+"/"+tls.VersionName(version), func(t *testing.T) {
				h := &certs.Handshake{Trust: tt.trust}
				_, err := speak(t, h, func(nc net.Conn) {
					conn := tls.Server(nc, &tls.Config{
						Certificates: []tls.Certificate{server}, MaxVersion: version, ClientAuth: tt.auth,
						VerifyConnection: func(tls.ConnectionState) error { _ = nc.Close(); return io.EOF },
					})
					_ = conn.Handshake()
				})
				if explained := h.Diagnose(err, now); explained != nil {
					t.Fatalf("%v is reported as %v: it is no matter of TLS by itself", err, explained)
				}
				explained := h.DiagnoseClose(err)
				var coded finding.Coded
				switch {
				case tt.want == "" && explained == nil:
				case !errors.As(explained, &coded) || coded.Finding().Code != tt.want:
					t.Errorf("%v is reported as %v, want %q", err, explained, tt.want)
				default:
					complete(t, coded)
					if !errors.Is(explained, err) {
						t.Error("what ended the connection is lost")
					}
				}
			})
		}
	}
}

// If this fails, a key that the server takes no signature of is reported as a fault
// of the server's TLS.
func TestClientKeyCannotSign(t *testing.T) {
	root := authority(t, "Lab Root", nil)
	server := pair(issue(t, root, named(host)))
	client := issue(t, root, called("client"), func(_ *x509.Certificate, e *entity) {
		key, err := ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		e.key = key
	})
	h := &certs.Handshake{Trust: certs.Trust{
		ServerName: host, RootsPEM: root.pem(), ClientCertPEM: client.pem(), ClientKeyPEM: client.keyPEM(t),
	}}
	_, err := shake(t, h, &tls.Config{Certificates: []tls.Certificate{server}, ClientAuth: tls.RequestClientCert})
	var explained *finding.Error
	if !errors.As(h.Diagnose(err, now), &explained) || explained.Code != "client-certificate-rejected" {
		t.Fatalf("%v is reported as %v", err, explained)
	}
	if meaning := explained.Facts["meaning"]; !strings.Contains(meaning, "an ECDSA key on the curve P-224") {
		t.Errorf("meaning: %s", meaning)
	}
	complete(t, explained)
}

// If this fails, the finding about cipher suites names others than those offered.
func TestCipherSuites(t *testing.T) {
	root := authority(t, "Lab Root", nil)
	h := &certs.Handshake{Trust: certs.Trust{ServerName: host, RootsPEM: root.pem()}}
	var offered []string
	_, err := shake(t, h, &tls.Config{GetConfigForClient: func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		for _, id := range hello.CipherSuites {
			offered = append(offered, tls.CipherSuiteName(id))
		}
		return &tls.Config{Certificates: []tls.Certificate{pair(issue(t, root, named(host)))}}, nil
	}})
	if err != nil || len(offered) < 8 {
		t.Fatalf("%q, %v", offered, err)
	}
	for _, suite := range offered {
		if !cipherSuite.MatchString(suite) {
			t.Errorf("%s is not among what the finding names", suite)
		}
	}
}

// cipherSuite is what the finding tls-no-common-cipher names, and those of TLS 1.3.
var cipherSuite = regexp.MustCompile(`^TLS_(ECDHE_(RSA|ECDSA)_WITH_)?(AES_\d+_(GCM_SHA\d+|CBC_SHA)|CHACHA20_POLY1305_SHA256)$`)
