package certs_test

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// TestSummarise would fail if an output named another version, cipher suite,
// name or date than those of the connection.
func TestSummarise(t *testing.T) {
	root := authority(t, "Lab Root", nil)
	leaf := issue(t, root, called(host), named(host, "*.example.com", "192.0.2.7", "2001:db8::7"))
	sum := sha256.Sum256(leaf.cert.Raw)
	trust := certs.Trust{ServerName: host, RootsPEM: root.pem(), MinVersion: "1.2"}
	for _, tt := range []struct {
		max     uint16
		version string
		suites  []string // one of them: under TLS 1.3 crypto/tls chooses by the machine
	}{
		{tls.VersionTLS13, "1.3", []string{"TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256"}},
		{tls.VersionTLS12, "1.2", []string{"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"}},
	} {
		cs, err := shake(t, &certs.Handshake{Trust: trust}, &tls.Config{
			Certificates: []tls.Certificate{pair(leaf)}, MaxVersion: tt.max,
			CipherSuites: []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256},
		})
		if err != nil {
			t.Fatal(err)
		}
		want := certs.Summary{
			Version: tt.version,
			Subject: "CN=mail.example.com", Issuer: "CN=Lab Root",
			DNSNames:  []string{"mail.example.com", "*.example.com", "192.0.2.7", "2001:db8::7"},
			NotBefore: now.AddDate(0, -1, 0), NotAfter: now.AddDate(0, 2, 0),
			SHA256: hex.EncodeToString(sum[:]),
		}
		got := certs.Summarise(cs)
		if !slices.Contains(tt.suites, got.CipherSuite) {
			t.Errorf("TLS %s: cipher suite %s, want one of %v", tt.version, got.CipherSuite, tt.suites)
		}
		want.CipherSuite = got.CipherSuite
		if !reflect.DeepEqual(got, want) {
			t.Errorf("summary = %+v\nwant      %+v", got, want)
		}
	}
}

// TestInspect would fail if a certificate about to end went unsaid, if a sound
// one were warned of, or if insecure hid what it accepted.
func TestInspect(t *testing.T) {
	root := authority(t, "Lab Root", nil)
	dying := authority(t, "Dying Intermediate", root, until(2))
	strict := certs.Trust{ServerName: host, RootsPEM: root.pem()}
	lax := strict
	lax.Insecure = true
	tests := []struct {
		name  string
		trust certs.Trust
		chain []*entity
		want  []finding.Code
	}{
		{"sound", strict, []*entity{issue(t, root, named(host))}, nil},
		{"14 days left", strict, []*entity{issue(t, root, named(host), until(14))}, nil},
		{"13 days left", strict, []*entity{issue(t, root, named(host), until(13))}, []finding.Code{"certificate-expires-soon"}},
		{"intermediate ends before", strict, []*entity{issue(t, dying, named(host)), dying}, []finding.Code{"certificate-expires-soon"}},
		{"short key", strict, []*entity{issue(t, root, named(host), withRSA(t, 1024))}, []finding.Code{"weak-certificate-accepted"}},
		{"insecure and sound", lax, []*entity{issue(t, root, named(host))}, nil},
		{"insecure, another name", lax, []*entity{issue(t, root, named("smtp.example.com"))}, []finding.Code{"insecure-certificate"}},
		{"insecure, expired", lax, []*entity{issue(t, root, named(host), until(-1))}, []finding.Code{"insecure-certificate"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			cs, err := shake(t, &certs.Handshake{Trust: tt.trust}, &tls.Config{Certificates: []tls.Certificate{pair(tt.chain...)}})
			if err != nil {
				t.Fatal(err)
			}
			var got []finding.Code
			for _, f := range certs.Inspect(cs, tt.trust, now) {
				got = append(got, f.Code)
				if f.Severity != finding.SeverityWarning || f.Summary == "" || len(f.Seen) == 0 || len(f.Fixes) == 0 {
					t.Errorf("%s is no complete warning: %+v", f.Code, f)
				}
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("warnings = %v, want %v", got, tt.want)
			}
		})
	}
}

// TestLongestChainCounts would fail if a warning came of a certificate that a
// server sends for old clients, beside a trusted chain that lasts.
func TestLongestChainCounts(t *testing.T) {
	root := authority(t, "Lab Root", nil)
	dying := authority(t, "Lab Intermediate", root, until(2))
	lasting := authority(t, "Lab Intermediate", root)
	leaf := issue(t, lasting, named(host))
	cs := tls.ConnectionState{
		PeerCertificates: chainOf(leaf, dying, lasting),
		VerifiedChains:   [][]*x509.Certificate{chainOf(leaf, lasting, root), chainOf(leaf, dying, root)},
	}
	if warnings := certs.Inspect(cs, certs.Trust{ServerName: host, RootsPEM: root.pem()}, now); len(warnings) > 0 {
		t.Errorf("warnings = %+v", warnings)
	}
}

// TestConfig would fail if the check trusted other roots than the declared ones,
// or went lower than the declared version.
func TestConfig(t *testing.T) {
	root := authority(t, "Lab Root", nil)
	client := issue(t, root, called("client"))
	cfg, err := (&certs.Handshake{Trust: certs.Trust{ServerName: host, MinVersion: "1.2"}}).Config()
	if err != nil || cfg.RootCAs != nil || cfg.MinVersion != tls.VersionTLS12 || cfg.InsecureSkipVerify || cfg.ServerName != host {
		t.Errorf("by default: %+v, %v", cfg, err)
	}
	cfg, err = (&certs.Handshake{Trust: certs.Trust{
		ServerName: host, RootsPEM: root.pem(), MinVersion: "1.3", Insecure: true,
		ClientCertPEM: client.pem() + root.pem(), ClientKeyPEM: client.keyPEM(t),
	}}).Config()
	if err != nil || !cfg.RootCAs.Equal(poolOf(root)) || cfg.MinVersion != tls.VersionTLS13 || !cfg.InsecureSkipVerify {
		t.Errorf("with everything: %+v, %v", cfg, err)
	}
	for _, tt := range []struct {
		trust certs.Trust
		want  finding.Code
	}{
		{certs.Trust{RootsPEM: "ca.pem"}, "ca-pem-unreadable"},
		{certs.Trust{RootsPEM: root.keyPEM(t).Reveal()}, "ca-pem-private-key"},
		{certs.Trust{ClientCertPEM: "x", ClientKeyPEM: client.keyPEM(t)}, "client-cert-pem-unreadable"},
		{certs.Trust{ClientCertPEM: client.pem(), ClientKeyPEM: root.keyPEM(t)}, "client-key-mismatch"},
		{certs.Trust{ClientCertPEM: client.pem(), ClientKeyPEM: secret.New("x")}, "client-key-pem-unreadable"},
	} {
		var coded finding.Coded
		if _, err := (&certs.Handshake{Trust: tt.trust}).Config(); !errors.As(err, &coded) || coded.Finding().Code != tt.want {
			t.Errorf("Config = %v, want %s", err, tt.want)
		}
	}
}
