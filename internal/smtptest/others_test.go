package smtptest

import (
	"crypto/tls"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// If this fails, what the engine says of ports with another protocol on them was
// tested against something else.
func TestRespond(t *testing.T) {
	const badRequest = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n400 Bad Request\r\n"
	for kind, test := range map[Other]struct {
		send, want string
		err        error
	}{
		SSH:         {"EHLO me\r\n", "SSH-2.0-OpenSSH_9.6\r\nInvalid SSH identification string.\r\n", nil},
		IMAP:        {"EHLO me\r\n", "* OK IMAP4rev1 ready\r\nEHLO BAD Error in IMAP command\r\n", nil},
		POP3:        {"EHLO me\r\n", "+OK POP3 ready\r\n-ERR Unknown command\r\n", nil},
		HTTP:        {"EHLO me\r\n", badRequest, nil},
		HTTPS:       {"EHLO me\r\n", badRequest, nil},
		AcceptClose: {"", "", nil},
		AcceptReset: {"", "", syscall.ECONNRESET},
	} {
		t.Run(string(kind), func(t *testing.T) {
			authority, err := NewAuthority()
			if err != nil {
				t.Fatal(err)
			}
			cert, err := authority.Issue(Leaf{Names: []string{"127.0.0.1"}})
			if err != nil {
				t.Fatal(err)
			}
			server := Respond(listen(t), kind, cert)
			defer server.Close()
			got, err := exchange(t, server.Addr(), kind == HTTPS, &tls.Config{RootCAs: authority.Pool(), ServerName: "127.0.0.1"}, test.send)
			if got != test.want || !errors.Is(err, test.err) {
				t.Errorf("%q, %v", got, err)
			}
		})
	}
}

// exchange sends text, ends its sending side and reads all.
func exchange(t *testing.T, addr net.Addr, secure bool, trust *tls.Config, text string) (string, error) {
	t.Helper()
	raw, err := net.Dial("tcp", addr.String())
	if err != nil {
		return "", err // a reset can be faster than connect
	}
	defer raw.Close()
	worked(t, raw.SetDeadline(time.Now().Add(guard)))
	var conn interface {
		io.ReadWriter
		CloseWrite() error
	} = raw.(*net.TCPConn)
	if secure {
		conn = tls.Client(raw, trust)
	}
	if text != "" {
		if _, err := io.WriteString(conn, text); err != nil {
			t.Fatal(err)
		}
		if err := conn.CloseWrite(); err != nil {
			return "", err // the peer was faster
		}
	}
	got, err := io.ReadAll(conn)
	return string(got), err
}

// If this fails, a client with TLS from the first byte does not get a web
// server's answer in the clear.
func TestHTTPAnswersTLS(t *testing.T) {
	server := Respond(listen(t), HTTP, tls.Certificate{})
	defer server.Close()
	conn, err := net.Dial("tcp", server.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	var record tls.RecordHeaderError
	err = tls.Client(conn, &tls.Config{ServerName: "mail.example.test"}).Handshake()
	if !errors.As(err, &record) || !strings.HasPrefix(string(record.RecordHeader[:]), "HTTP/") {
		t.Errorf("%v", err)
	}
}

// If this fails, a mute server speaks or hangs up.
func TestMute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := NewNetwork(latency)
		server := Respond(n.Listen(submission.String()), Mute, tls.Certificate{})
		defer server.Close()
		conn, err := n.DialTCP(t.Context(), submission)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		send(t, conn, "EHLO me\r\n")
		worked(t, conn.SetReadDeadline(time.Now().Add(24*time.Hour)))
		var timeout net.Error
		if n, err := conn.Read(make([]byte, 1)); n != 0 || !errors.As(err, &timeout) || !timeout.Timeout() {
			t.Errorf("%d, %v", n, err)
		}
	})
}
