package wire_test

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If a case fails, a step is taken for done that the server refused, or goes on
// after a sign of forgery.
func TestSteps(t *testing.T) {
	hello := func(t *testing.T, c *wire.Conn) error {
		_, err := c.Hello(within(t), "me")
		return err
	}
	starttls := func(t *testing.T, c *wire.Conn) error { return c.StartTLS(within(t)) }
	mail := func(t *testing.T, c *wire.Conn) error {
		_, err := c.Mail(within(t), "a@example.test")
		return err
	}
	rcpt := func(t *testing.T, c *wire.Conn) error {
		_, err := c.Rcpt(within(t), "a@example.test")
		return err
	}
	reset := func(t *testing.T, c *wire.Conn) error { return c.Reset(within(t)) }
	for name, test := range map[string]struct {
		step   func(*testing.T, *wire.Conn) error
		script string
		code   string
	}{
		"EHLO":                   {hello, "C: EHLO me\nS: 250 hi", ""},
		"HELO in place of EHLO":  {hello, "C: EHLO me\nS: 502 what?\nC: HELO me\nS: 250 hi", ""},
		"neither":                {hello, "C: EHLO me\nS: 500 no\nC: HELO me\nS: 500 no", refused},
		"name refused":           {hello, "C: EHLO me\nS: 504 5.5.2 need a fully qualified name\nC: HELO me\nS: 504 no", refused},
		"EHLO later":             {hello, "C: EHLO me\nS: 451 later", refused},
		"EHLO and goodbye":       {hello, "C: EHLO me\nS: 421 4.3.2 bye", refused},
		"EHLO then closed":       {hello, "C: EHLO me", "connection-closed"},
		"STARTTLS refused":       {starttls, "C: STARTTLS\nS: 502 no", refused},
		"STARTTLS unavailable":   {starttls, "C: STARTTLS\nS: 454 4.7.0 no key", refused},
		"STARTTLS 250":           {starttls, "C: STARTTLS\nS: 250 ok", refused},
		"STARTTLS 354":           {starttls, "C: STARTTLS\nS: 354 go", refused},
		"STARTTLS 421":           {starttls, "C: STARTTLS\nS: 421 bye", refused},
		"STARTTLS with more":     {starttls, "C: STARTTLS\ns: 220 go\\r\\n250-injected\\r\\n", "starttls-injection"},
		"sender":                 {mail, "C: MAIL FROM:<a@example.test>\nS: 250 ok", ""},
		"sender without login":   {mail, "C: MAIL FROM:<a@example.test>\nS: 530 5.7.0 Authentication required", refused},
		"sender later":           {mail, "C: MAIL FROM:<a@example.test>\nS: 451 4.7.1 later", refused},
		"sender refused":         {mail, "C: MAIL FROM:<a@example.test>\nS: 550 no", refused},
		"recipient":              {rcpt, "C: RCPT TO:<a@example.test>\nS: 251 will forward", ""},
		"recipient refused":      {rcpt, "C: RCPT TO:<a@example.test>\nS: 550 5.1.1 unknown", refused},
		"RSET refused":           {reset, "C: RSET\nS: 500 what?", refused},
		"RSET answered with 334": {reset, "C: RSET\nS: 334 eA==", refused},
	} {
		run(t, name, func(t *testing.T) {
			conn := play(t, "S: 220 hi\n"+test.script)
			if _, err := conn.Greeting(within(t)); err != nil {
				t.Fatal(err)
			}
			if err := test.step(t, conn); string(code(err)) != test.code {
				t.Errorf("code %q, want %q (%v)", code(err), test.code, err)
			}
		})
	}
}

// If this fails, a reply that lies ready is taken for the answer to the command
// that follows; or a goodbye that came in between is called a forgery.
func TestStrayReply(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for script, want := range map[string]string{
			"s: 220 hi\\r\\n250 me too\\r\\n": "protocol-desync",
			"s: 220 hi\\r\\n421 bye\\r\\n":    refused,
		} {
			conn := play(t, script)
			if _, err := conn.Greeting(within(t)); err != nil {
				t.Fatal(err)
			}
			if _, err := conn.Hello(within(t), "me"); string(code(err)) != want {
				t.Errorf("code %q, want %q", code(err), want)
			}
		}
	})
}

// If this fails, a value forges a command on the wire.
func TestInjection(t *testing.T) {
	for name, step := range map[string]func(*testing.T, *wire.Conn) error{
		"EHLO": func(t *testing.T, c *wire.Conn) error { _, err := c.Hello(within(t), "a\r\nRSET"); return err },
		"LF":   func(t *testing.T, c *wire.Conn) error { _, err := c.Hello(within(t), "a\nRSET"); return err },
		"NUL":  func(t *testing.T, c *wire.Conn) error { _, err := c.Hello(within(t), "a\x00"); return err },
		"MAIL": func(t *testing.T, c *wire.Conn) error {
			_, err := c.Mail(within(t), "a@b>\r\nRCPT TO:<x@y")
			return err
		},
		"angle": func(t *testing.T, c *wire.Conn) error { _, err := c.Rcpt(within(t), "a@b> NOTIFY=NEVER <"); return err },
	} {
		run(t, name, func(t *testing.T) {
			conn := play(t, "S: 220 hi")
			if _, err := conn.Greeting(within(t)); err != nil {
				t.Fatal(err)
			}
			if err := step(t, conn); code(err) != "command-control-character" {
				t.Errorf("got %v", err)
			}
			if said := conn.Transcript(); len(said) != 1 {
				t.Errorf("something was sent: %q", said)
			}
		})
	}
}

// If this fails, clear text in place of TLS is reported without what it said, or
// as something that may be talked to further.
func TestClearTextInHandshake(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		_, conn := converse(t, smtptest.NewScript().Send("220 mx.example.test ESMTP"))
		_, err := conn.Handshake(within(t), &tls.Config{ServerName: "mx.example.test"})
		var failed *wire.HandshakeError
		if !asError(err, &failed) || string(failed.FirstBytes) != "220 mx.example.test ESMTP\r\n" {
			t.Fatalf("got %v", err)
		}
		if _, ok := conn.TLS(); ok {
			t.Error("the connection counts as encrypted")
		}
	})
}

// If this fails, a connection that ends in the middle of a TLS handshake is reported as
// faulty TLS.
func TestEndInHandshake(t *testing.T) {
	const half = "\x16\x03\x03\x00\x7a\x02\x00\x00\x76\x03\x03" // of a ServerHello
	for name, end := range map[string]func(*smtptest.Script) *smtptest.Script{
		"closed": (*smtptest.Script).Close, "reset": (*smtptest.Script).Reset,
	} {
		for _, said := range []string{"", half} {
			run(t, fmt.Sprintf("%s after %d bytes", name, len(said)), func(t *testing.T) {
				_, conn := converse(t, end(smtptest.NewScript().SendRaw(said)))
				_, err := conn.Handshake(within(t), &tls.Config{ServerName: "mx.example.test"})
				var closed *wire.ClosedError
				if !asError(err, &closed) || code(err) != "closed-in-handshake" {
					t.Errorf("code %q (%v)", code(err), err)
				}
			})
		}
	}
}

// If this fails, QUIT is not sent where it is due, or is where it must not be.
func TestQuit(t *testing.T) {
	for name, test := range map[string]struct {
		script string
		quits  bool
	}{
		"after a greeting": {"S: 220 hi\nC: QUIT", true},
		"after a 554":      {"S: 554 no\nC: QUIT", true},
		"after a 421":      {"S: 421 bye", false},
		"after nonsense":   {"S: hi", false},
	} {
		run(t, name, func(t *testing.T) {
			conn := play(t, test.script)
			_, _ = conn.Greeting(within(t))
			conn.Quit()
			conn.Quit()
			if got := slices.Contains(conn.Transcript(), "C: QUIT"); got != test.quits {
				t.Errorf("transcript %q", conn.Transcript())
			}
		})
	}
}

// If this fails, a peer that does not read holds up the end of a check: QUIT and
// the goodbye of TLS together get 50 ms, though crypto/tls would wait for 5 s.
func TestQuitDoesNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := net.Pipe() // has no buffer, so that a write waits for its reader
		conn := wire.NewConn(client, eraser)
		defer server.Close()
		authority, err := smtptest.NewAuthority()
		if err != nil {
			t.Fatal(err)
		}
		cert, err := authority.Issue(smtptest.Leaf{Names: []string{"mx.example.test"}})
		if err != nil {
			t.Fatal(err)
		}
		go func() {
			secured := tls.Server(server, &tls.Config{Certificates: []tls.Certificate{cert}, SessionTicketsDisabled: true})
			_, _ = secured.Write([]byte("220 hi\r\n"))
		}()
		if _, err := conn.Handshake(within(t), &tls.Config{ServerName: "mx.example.test", RootCAs: authority.Pool()}); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Greeting(within(t)); err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		conn.Quit()
		if took := time.Since(begin); took != 50*time.Millisecond {
			t.Errorf("took %s", took)
		}
	})
}

// If this fails, a reply that was not asked for goes unnoticed at the end.
func TestSettled(t *testing.T) {
	for script, want := range map[string]string{
		"S: 220 hi":                          "",
		`s: 220 hi\r\n421 bye\r\n`:           "",
		`s: 220 hi\r\n250 me too\r\n`:        "protocol-desync",
		`s: 220 hi\r\n235 2.7.0 welcome\r\n`: "protocol-desync",
	} {
		run(t, script, func(t *testing.T) {
			conn := play(t, script)
			if _, err := conn.Greeting(within(t)); err != nil {
				t.Fatal(err)
			}
			if err := conn.Settled(); string(code(err)) != want {
				t.Errorf("code %q, want %q", code(err), want)
			}
		})
	}
}

// If this fails, a part of a secret shows because the quote that holds it was cut
// in the middle of it.
func TestCutSecret(t *testing.T) {
	long := strings.Repeat("0123456789abcdef", 32)
	erased := secret.NewEraser(secret.New(long))
	for name, script := range map[string]*smtptest.Script{
		"long line": smtptest.NewScript().SendRaw(strings.Repeat(long, 100)),
		"cut line":  smtptest.NewScript().SendRaw("220 you said " + long[:300]),
		"stray":     smtptest.NewScript().SendRaw("220 hi\r\n250 you said " + long + long[:300]),
	} {
		run(t, name, func(t *testing.T) {
			_, nc := connect(t, script)
			conn := wire.NewConn(nc, erased)
			defer conn.Close()
			_, err := conn.Greeting(within(t))
			if err == nil {
				_, err = conn.Hello(within(t), "me")
			}
			var coded finding.Coded
			if !errors.As(err, &coded) {
				t.Fatalf("got %v", err)
			}
			if shown := strings.Join(append(coded.Finding().Seen, conn.Transcript()...), "\n"); strings.Contains(shown, "012") || !strings.Contains(shown, secret.Redacted) {
				t.Errorf("shown: %s", shown)
			}
		})
	}
	t.Run("clear text in place of TLS", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			_, nc := connect(t, smtptest.NewScript().SendRaw("220 "+long+long))
			conn := wire.NewConn(nc, erased)
			defer conn.Close()
			_, err := conn.Handshake(within(t), &tls.Config{ServerName: "mx.example.test"})
			var failed *wire.HandshakeError
			if !asError(err, &failed) || string(failed.FirstBytes) != "220 [redacted]" {
				t.Errorf("got %v: %q", err, failed.FirstBytes)
			}
		})
	})
}

// If this fails, a long conversation fills the memory or hides that it was cut.
func TestTranscriptIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		conn := play(t, strings.Repeat("S: 220-a\n", 120)+"S: 220 b\nC: EHLO me\n"+strings.Repeat("S: 250-a\n", 120)+"S: 250 b")
		if _, err := conn.Greeting(within(t)); err != nil {
			t.Fatal(err)
		}
		if _, err := conn.Hello(within(t), "me"); err != nil {
			t.Fatal(err)
		}
		said := conn.Transcript()
		if len(said) != 201 || said[0] != "(43 lines before)" || said[200] != "S: 250 b" {
			t.Errorf("%d lines from %q to %q", len(said), said[0], said[len(said)-1])
		}
	})
}
