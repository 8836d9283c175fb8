package smtptest

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// listen opens a port of 127.0.0.1.
func listen(t *testing.T) net.Listener {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return ln
}

// talk sends text to addr and returns all that comes until the connection ends.
func talk(t *testing.T, addr net.Addr, text string) (string, error) {
	t.Helper()
	conn, err := net.Dial("tcp", addr.String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	worked(t, conn.SetDeadline(time.Now().Add(guard)))
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(conn)
	return string(got), err
}

// If this fails, hostile servers in other tests do something else than written.
func TestScript(t *testing.T) {
	script := NewScript().Send("220-hi", "220 there").Expect("EHLO ").SendRaw("250 bare\n").
		Expect("auth plain").Echo("500 unknown: ").Flood("250-x", 2).Close().Send("never")
	script.NextConnection().Expect("EHLO").Send("221 second")
	server := script.Serve(listen(t))
	defer server.Close()
	got, err := talk(t, server.Addr(), "EHLO me\r\nAUTH PLAIN AGEAYg==\r\nQUIT\r\n")
	if want := "220-hi\r\n220 there\r\n250 bare\n500 unknown: AUTH PLAIN AGEAYg==\r\n250-x\r\n250-x\r\n"; err != nil || got != want {
		t.Errorf("first connection: %q, %v", got, err)
	}
	for range 5000 { // QUIT is read after the client has left
		if slices.Contains(server.Lines(), "QUIT") {
			break
		}
		time.Sleep(time.Millisecond)
	}
	for range 2 {
		if got, err := talk(t, server.Addr(), "ehlo you\r\n"); err != nil || got != "221 second\r\n" {
			t.Errorf("further connection: %q, %v", got, err)
		}
	}
	if err := server.Err(); err != nil {
		t.Error(err)
	}
	if got, err := talk(t, server.Addr(), "HELO you\r\n"); got != "" || err != nil {
		t.Errorf("departure: %q, %v", got, err)
	}
	server.Close()
	var departure *DepartureError
	if err := server.Err(); !errors.As(err, &departure) || *departure != (DepartureError{Want: "EHLO", Got: "HELO you"}) {
		t.Errorf("departure: %v", err)
	}
	want := []string{"EHLO me", "AUTH PLAIN AGEAYg==", "QUIT", "ehlo you", "ehlo you", "HELO you"}
	if got := server.Lines(); !slices.Equal(got, want) {
		t.Errorf("lines %q", got)
	}
	if got, want := server.Received(), strings.Join(want, "\r\n")+"\r\n"; string(got) != want {
		t.Errorf("received %q", got)
	}
	if server.Auths() != 1 || server.Connections() != 4 {
		t.Errorf("%d AUTH, %d connections", server.Auths(), server.Connections())
	}
}

// If this fails, a script cannot continue inside TLS, or keeps the bytes of TLS
// where tests look for a leaked credential in the clear.
func TestScriptStartTLS(t *testing.T) {
	authority, err := NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	cert, err := authority.Issue(Leaf{Names: []string{"mail.example.test"}})
	if err != nil {
		t.Fatal(err)
	}
	server := NewScript().Expect("STARTTLS").Send("220 go").StartTLS(cert).Expect("EHLO").Send("250 ok").Serve(listen(t))
	defer server.Close()
	conn, err := net.Dial("tcp", server.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	send(t, conn, "STARTTLS\r\n")
	if _, err := bufio.NewReader(io.LimitReader(conn, 8)).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	secure := tls.Client(conn, &tls.Config{RootCAs: authority.Pool(), ServerName: "mail.example.test"})
	send(t, secure, "EHLO me\r\n")
	if got, err := io.ReadAll(secure); err != nil || string(got) != "250 ok\r\n" {
		t.Errorf("%q, %v", got, err)
	}
	if got := server.Lines(); !slices.Equal(got, []string{"STARTTLS", "EHLO me"}) {
		t.Errorf("lines %q", got)
	}
	if got := server.Received(); !bytes.HasPrefix(got, []byte("STARTTLS\r\n\x16\x03")) || bytes.Contains(got, []byte("EHLO")) {
		t.Errorf("received %q", got)
	}
}

// If this fails, resets look like ordinary ends to a client.
func TestScriptReset(t *testing.T) {
	server := NewScript().Expect("").Reset().Serve(listen(t))
	defer server.Close()
	if got, err := talk(t, server.Addr(), "EHLO me\r\n"); got != "" || !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("%q, %v", got, err)
	}
}

// If this fails, slow servers are not slow in virtual time, or are not ended.
func TestScriptTakesTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := NewNetwork(0)
		server := NewScript().Wait(time.Minute).Drip("220 \r\n", time.Second).Silent().Serve(n.Listen(submission.String()))
		defer server.Close()
		conn, err := n.DialTCP(t.Context(), submission)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		begin := time.Now()
		if got, err := bufio.NewReader(conn).ReadString('\n'); err != nil || got != "220 \r\n" {
			t.Errorf("%q, %v", got, err)
		}
		if got := time.Since(begin); got != 66*time.Second {
			t.Errorf("after %v", got)
		}
		worked(t, conn.SetReadDeadline(time.Now().Add(time.Hour)))
		var timeout net.Error
		if _, err := conn.Read(make([]byte, 1)); !errors.As(err, &timeout) || !timeout.Timeout() {
			t.Errorf("silence: %v", err)
		}
	})
}

// If this fails, a script's end reaches the client late, so that tests measure
// the script's patience instead of the client.
func TestScriptEndsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := NewNetwork(latency)
		server := NewScript().Send("421 bye").Serve(n.Listen(submission.String()))
		defer server.Close()
		begin := time.Now()
		conn, err := n.DialTCP(t.Context(), submission)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		got, err := io.ReadAll(conn)
		if err != nil || string(got) != "421 bye\r\n" || time.Since(begin) != 120*time.Millisecond {
			t.Errorf("%q, %v after %v", got, err, time.Since(begin))
		}
	})
}
