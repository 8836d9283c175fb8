package certs_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
)

// failure is an error of a handshake that knows what the server sent.
type failure struct {
	error
	answer []byte
}

func (f *failure) Unwrap() error  { return f.error }
func (f *failure) Answer() []byte { return f.answer }

// recorder keeps the first bytes that were read. It takes what the other end
// writes at once: in a pipe without a buffer, both ends could wait to write.
type recorder struct {
	net.Conn
	ahead *bufio.Reader
	first []byte
}

func (r *recorder) Read(p []byte) (int, error) {
	n, err := r.ahead.Read(p)
	if len(r.first) == 0 {
		r.first = append(r.first, p[:n]...)
	}
	return n, err
}

// shake lets a client that goes by trust shake hands with a server, and reads
// the one byte that the server then sends.
func shake(t *testing.T, h *certs.Handshake, server *tls.Config) (tls.ConnectionState, error) {
	t.Helper()
	return speak(t, h, func(nc net.Conn) {
		server.Time = func() time.Time { return now }
		conn := tls.Server(nc, server)
		_, _ = conn.Write([]byte("2"))
		_ = conn.Close()
	})
}

func speak(t *testing.T, h *certs.Handshake, server func(net.Conn)) (tls.ConnectionState, error) {
	t.Helper()
	cfg, err := h.Config()
	if err != nil {
		t.Fatal(err)
	}
	cfg.Time = func() time.Time { return now }
	near, far := net.Pipe()
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer far.Close()
		server(far)
	}()
	tapped := &recorder{Conn: near, ahead: bufio.NewReaderSize(near, 1<<16)}
	conn := tls.Client(tapped, cfg)
	err = conn.HandshakeContext(t.Context())
	if err == nil {
		_, err = io.ReadFull(conn, make([]byte, 1))
	}
	cs := conn.ConnectionState()
	_ = near.Close()
	<-done
	if err != nil {
		err = &failure{err, tapped.first}
	}
	return cs, err
}

// TestDiagnose would fail if what crypto/tls says of a real handshake became
// another finding than the one that tells what to change.
func TestDiagnose(t *testing.T) {
	root := authority(t, "Lab Root", nil)
	mid := authority(t, "Lab Intermediate", root)
	good := pair(issue(t, mid, named(host)), mid)
	goodRSA := pair(issue(t, root, named(host), withRSA(t, 2048)))
	client := issue(t, root, called("client"), usableFor(x509.ExtKeyUsageClientAuth))
	unknown := issue(t, authority(t, "Client Root", nil), called("client"), usableFor(x509.ExtKeyUsageClientAuth))
	expired := issue(t, root, called("client"), usableFor(x509.ExtKeyUsageClientAuth), until(-1))
	trust := certs.Trust{ServerName: host, RootsPEM: root.pem(), MinVersion: "1.2"}
	as := func(e *entity) certs.Trust {
		with := trust
		with.ClientCertPEM, with.ClientKeyPEM = e.pem(), e.keyPEM(t)
		return with
	}
	newest := trust
	newest.MinVersion = "1.3"
	serving := func(entities ...*entity) *tls.Config {
		return &tls.Config{Certificates: []tls.Certificate{pair(entities...)}}
	}
	demanding := func(version uint16, kind tls.ClientAuthType, cas ...*entity) *tls.Config {
		return &tls.Config{Certificates: []tls.Certificate{good}, MaxVersion: version, ClientAuth: kind, ClientCAs: poolOf(cas...)}
	}
	tests := []struct {
		name   string
		trust  certs.Trust
		server *tls.Config
		want   finding.Code
	}{
		{"good", trust, &tls.Config{Certificates: []tls.Certificate{good}}, ""},
		{"another name", trust, serving(issue(t, mid, named("smtp.example.com")), mid), "certificate-name-mismatch"},
		{"expired", trust, serving(issue(t, mid, named(host), until(-1)), mid), "certificate-expired"},
		{"not yet valid", trust, serving(issue(t, mid, named(host), from(0, 0, 1)), mid), "certificate-not-yet-valid"},
		{"signed by itself", trust, serving(issue(t, nil, named(host))), "certificate-self-signed"},
		{"intermediate not sent", trust, serving(issue(t, mid, named(host), publishedAt("http://ca.example.org/a"))), "certificate-missing-intermediate"},
		{"no names", trust, serving(issue(t, root, called(host))), "certificate-no-san"},
		{"for clients alone", trust, serving(issue(t, root, named(host), usableFor(x509.ExtKeyUsageClientAuth))), "certificate-not-for-servers"},
		{"client certificate shown", as(client), demanding(0, tls.RequireAndVerifyClientCert, root), ""},
		{"client certificate shown, TLS 1.2", as(client), demanding(tls.VersionTLS12, tls.RequireAndVerifyClientCert, root), ""},
		{"client certificate demanded", trust, demanding(0, tls.RequireAnyClientCert), "client-certificate-required"},
		{"client certificate demanded, TLS 1.2", trust, demanding(tls.VersionTLS12, tls.RequireAnyClientCert), "client-certificate-required"},
		{"client certificate of a stranger", as(unknown), demanding(0, tls.RequireAndVerifyClientCert), "client-certificate-rejected"},
		{"client certificate of a stranger, TLS 1.2", as(unknown), demanding(tls.VersionTLS12, tls.RequireAndVerifyClientCert), "client-certificate-rejected"},
		{"client certificate of an authority that is not listed", as(unknown), demanding(0, tls.RequireAndVerifyClientCert, root), "client-certificate-rejected"},
		{"client certificate of an authority that is not listed, TLS 1.2", as(unknown), demanding(tls.VersionTLS12, tls.RequireAndVerifyClientCert, root), "client-certificate-rejected"},
		{"client certificate expired", as(expired), demanding(0, tls.RequireAndVerifyClientCert, root), "client-certificate-rejected"},
		{"old TLS", trust, &tls.Config{Certificates: []tls.Certificate{good}, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11}, "tls-version-too-low"},
		{"TLS 1.3 wanted", newest, &tls.Config{Certificates: []tls.Certificate{good}, MaxVersion: tls.VersionTLS12}, "tls-version-too-low"},
		{
			"static RSA alone", trust,
			&tls.Config{Certificates: []tls.Certificate{goodRSA}, MaxVersion: tls.VersionTLS12, CipherSuites: []uint16{tls.TLS_RSA_WITH_AES_128_GCM_SHA256}},
			"tls-no-common-cipher",
		},
		{"name not served", trust, &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return nil, nil }}, "tls-unrecognized-name"},
		{"server out of order", trust, &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return nil, io.EOF }}, "tls-alert"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h := &certs.Handshake{Trust: tt.trust}
			_, err := shake(t, h, tt.server)
			if tt.want == "" {
				if err != nil {
					t.Fatalf("the handshake failed: %v", err)
				}
				return
			}
			explained := h.Diagnose(fmt.Errorf("TLS handshake: %w", err), now)
			var coded finding.Coded
			if !errors.As(explained, &coded) || coded.Finding().Code != tt.want {
				t.Fatalf("%v\nis reported as %v, want %s", err, explained, tt.want)
			}
			complete(t, coded)
		})
	}
}

// TestAlerts would fail if a server's refusal before its own certificate were reported as
// something else than what the alert says.
func TestAlerts(t *testing.T) {
	for alert, want := range map[byte]finding.Code{
		40:  "tls-no-common-cipher",
		42:  "client-certificate-required",
		70:  "tls-version-too-low",
		71:  "tls-no-common-cipher",
		48:  "tls-alert",
		80:  "tls-alert",
		112: "tls-unrecognized-name",
		116: "client-certificate-required",
		250: "tls-alert",
	} {
		h := &certs.Handshake{Trust: certs.Trust{ServerName: host}}
		_, err := speak(t, h, func(nc net.Conn) {
			_, _ = nc.Read(make([]byte, 4096))
			_, _ = nc.Write([]byte{21, 3, 3, 0, 2, 2, alert})
			_, _ = io.Copy(io.Discard, nc)
		})
		var explained *finding.Error
		if !errors.As(h.Diagnose(err, now), &explained) || explained.Code != want {
			t.Errorf("alert %d is reported as %v, want %s", alert, explained, want)
			continue
		}
		complete(t, explained)
	}
}

// complete fails where the row of an error would be shown without its summary or
// without a fix, because facts are missing.
func complete(t *testing.T, coded finding.Coded) {
	t.Helper()
	evidence := coded.Finding()
	facts := finding.Facts{"host": host, "port": "465"} // what the probe adds
	maps.Copy(facts, evidence.Facts)
	f := finding.New(coded.Finding().Code, facts, evidence.Seen...)
	if f.Code != coded.Finding().Code || f.Summary == "" || len(f.Cause) == 0 || len(f.Fixes) == 0 || len(f.Seen) == 0 {
		t.Errorf("%s lacks a text:\n%s\n%s", coded.Finding().Code, f.Summary, f.Detail())
	}
}

// TestSeveralDefects would fail if only the first defect were reported, as crypto/x509
// does, so that the next showed only after the first was fixed.
func TestSeveralDefects(t *testing.T) {
	stranger := authority(t, "Stranger Root", nil)
	h := &certs.Handshake{Trust: certs.Trust{ServerName: host, RootsPEM: authority(t, "Lab Root", nil).pem()}}
	_, err := shake(t, h, &tls.Config{Certificates: []tls.Certificate{
		pair(issue(t, stranger, called("box"), named("smtp.example.com"), until(-3)), stranger),
	}})
	var explained *finding.Error
	if !errors.As(h.Diagnose(err, now), &explained) {
		t.Fatalf("%v is not explained", err)
	}
	want := `the certificate is for smtp.example.com, not for mail.example.com
the chain leads to the root "Stranger Root", which is not among the certificates in ca_cert_pem
The server's certificate expired on 2026-06-12 12:00 UTC, 3 days ago
sent (1): "box", by "Stranger Root", valid from 2026-05-15 12:00 UTC to 2026-06-12 12:00 UTC
sent (2): "Stranger Root", by "Stranger Root", valid from 2021-06-15 12:00 UTC to 2031-06-15 12:00 UTC`
	if got := strings.Join(explained.Seen, "\n"); got != want {
		t.Errorf("seen:\n%s\nwant:\n%s", got, want)
	}
}

// TestVersionChosen would fail if the finding about a server that answers in TLS 1.0, and
// doesn't refuse, left out the version that the server chose.
func TestVersionChosen(t *testing.T) {
	for _, tt := range []struct {
		min    string
		minor  byte
		chosen string
		lower  string
	}{
		{"1.2", 1, "1.0", ""},
		{"1.3", 2, "1.1", ""},
		{"1.3", 3, "1.2", "1.2"},
	} {
		h := &certs.Handshake{Trust: certs.Trust{ServerName: host, MinVersion: tt.min}}
		hello := append([]byte{2, 0, 0, 38, 3, tt.minor}, make([]byte, 33)...)
		hello = append(hello, 0xc0, 0x13, 0)
		_, err := speak(t, h, func(nc net.Conn) {
			_, _ = nc.Read(make([]byte, 4096))
			_, _ = nc.Write(append([]byte{22, 3, tt.minor, 0, byte(len(hello))}, hello...))
			_, _ = io.Copy(io.Discard, nc)
		})
		var explained *finding.Error
		if !errors.As(h.Diagnose(err, now), &explained) || explained.Code != "tls-version-too-low" {
			t.Fatalf("%v is reported as %v", err, explained)
		}
		if facts := explained.Facts; facts["chosen"] != tt.chosen || facts["lower"] != tt.lower || facts["min"] != tt.min {
			t.Errorf("min %s, answer 3.%d: facts = %v", tt.min, tt.minor, facts)
		}
		complete(t, explained)
	}
}

// TestNoMatterOfTLS would fail if silence, an end of the connection or clear text
// were reported as a fault of TLS: the probe finds out what they mean.
func TestNoMatterOfTLS(t *testing.T) {
	for _, err := range []error{
		nil,
		io.EOF,
		io.ErrUnexpectedEOF,
		net.ErrClosed,
		context.Canceled,
		context.DeadlineExceeded,
		os.ErrDeadlineExceeded,
		&net.OpError{Op: "read", Err: os.ErrDeadlineExceeded},
		tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"},
		&net.OpError{Op: "read", Err: syscall.ECONNRESET},
	} {
		if explained := (&certs.Handshake{Trust: certs.Trust{ServerName: host}}).Diagnose(err, now); explained != nil {
			t.Errorf("%v is reported as %v", err, explained)
		}
	}
}

// TestGarbledTLS would fail if what the client found wrong with the server's TLS
// went without a finding.
func TestGarbledTLS(t *testing.T) {
	h := &certs.Handshake{Trust: certs.Trust{ServerName: host}}
	_, err := speak(t, h, func(nc net.Conn) {
		_, _ = nc.Read(make([]byte, 4096))
		_, _ = nc.Write([]byte{22, 3, 3, 0, 4, 99, 0, 0, 0})
		_, _ = io.Copy(io.Discard, nc)
	})
	var explained *finding.Error
	if !errors.As(h.Diagnose(err, now), &explained) || explained.Code != "tls-handshake-failed" {
		t.Fatalf("%v is reported as %v", err, explained)
	}
	complete(t, explained)
}
