package wire_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/emersion/go-sasl"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
)

// canned is a server's end of a connection that says one thing after the other,
// the first at once and each other when it has been written to, and then closes.
type canned struct {
	net.Conn
	now, later [][]byte
}

func (c *canned) Read(p []byte) (int, error) {
	if len(c.now) == 0 {
		return 0, io.EOF
	}
	n := copy(p, c.now[0])
	if c.now[0] = c.now[0][n:]; len(c.now[0]) == 0 {
		c.now = c.now[1:]
	}
	return n, nil
}

func (c *canned) Write(p []byte) (int, error) {
	if len(c.later) > 0 {
		c.now, c.later = append(c.now, c.later[0]), c.later[1:]
	}
	return len(p), nil
}

func (*canned) Close() error                     { return nil }
func (*canned) SetDeadline(time.Time) error      { return nil }
func (*canned) SetWriteDeadline(time.Time) error { return nil }

func say(replies ...[]byte) *wire.Conn {
	return wire.NewConn(&canned{now: replies[:1], later: replies[1:]}, eraser)
}

// printable fails unless a text is one line that a terminal shows as it is.
func printable(t *testing.T, text string) {
	t.Helper()
	for _, r := range text {
		if r != ' ' && !unicode.IsPrint(r) {
			t.Errorf("%U in %q", r, text)
		}
	}
	if strings.Contains(text, password) {
		t.Errorf("the password in %q", text)
	}
}

// shown checks what can be seen of a conversation and its error.
func shown(t *testing.T, conn *wire.Conn, err error) {
	t.Helper()
	said := conn.Transcript()
	var coded finding.Coded
	var reply *wire.ReplyError
	switch refused := (*wire.AuthError)(nil); {
	case err == nil:
	case errors.As(err, &refused):
		said = append(said, refused.Reply.String())
	case errors.As(err, &reply):
		said = append(said, reply.Said().Seen...)
	case errors.As(err, &coded):
		if _, known := finding.Lookup(coded.Finding().Code); !known {
			t.Errorf("%q has no row in the catalogue", coded.Finding().Code)
		}
		said = append(said, coded.Finding().Seen...)
	default:
		t.Errorf("an error without a code: %v", err)
	}
	for _, line := range said {
		printable(t, line)
	}
}

// greeting is what RFC 5321 section 4.2 allows of a 220, with its code alone and
// with bare line feeds.
var greeting = regexp.MustCompile(`^(220-[^\n]*\n)*220(| [^\n]*|\r)\n`)

// If this fails, something passes for a greeting that does not have the form of one, or
// the other way round; or a greeting can write to the terminal.
func FuzzReply(f *testing.F) {
	f.Add([]byte("220 mx.example.test ESMTP\r\n"))
	f.Add([]byte("220-mx.example.test\r\n220 ready\r\n"))
	f.Add([]byte("554 5.7.1 go away\r\n"))
	f.Fuzz(func(t *testing.T, said []byte) {
		conn := say(said)
		defer conn.Quit()
		reply, err := conn.Greeting(context.Background())
		printable(t, reply.String())
		shown(t, conn, err)
		first := greeting.Find(said)
		small := bytes.Count(first, []byte("\n")) < 128 && len(first) < 4096
		switch {
		case err == nil && first == nil:
			t.Errorf("%q passes for a greeting", said)
		case err != nil && first != nil && small && !strings.Contains(string(said), "FTP") && !strings.Contains(string(said), "FileZilla"):
			t.Errorf("%q does not pass for a greeting: %v", said, err)
		}
	})
}

// mechanismName is the form of RFC 4422 section 3.1.
var mechanismName = regexp.MustCompile(`^[A-Z0-9_-]{1,20}$`)

// If this fails, what a server offers can write to the terminal, or is chosen although
// it was not offered.
func FuzzCapabilities(f *testing.F) {
	f.Add([]byte("250-mx\r\n250-STARTTLS\r\n250-AUTH\r\n250-AUTH=LOGIN\r\n250 AUTH PLAIN LOGIN\r\n"))
	f.Add([]byte("250-mx\r\n250-XXXXXXXA\r\n250 SIZE 1000\r\n"))
	f.Fuzz(func(t *testing.T, said []byte) {
		conn := say([]byte("220 hi\r\n"), said)
		defer conn.Quit()
		if _, err := conn.Greeting(context.Background()); err != nil {
			t.Fatal(err)
		}
		caps, err := conn.Hello(context.Background(), "me")
		shown(t, conn, err)
		if names := caps.Mechanisms(); len(names) > 0 && !caps.Has("AUTH") {
			t.Errorf("%q without AUTH", names)
		}
		for _, name := range caps.Mechanisms() {
			if !mechanismName.MatchString(name) || !bytes.Contains(bytes.ToUpper(said), []byte(name)) {
				t.Errorf("a mechanism called %q", name)
			}
		}
		for _, line := range caps.List() {
			printable(t, line)
		}
		if n, ok := caps.Size(); ok != (n > 0) {
			t.Errorf("size %d, %v", n, ok)
		}
		caps.Blanked()
	})
}

// If this fails, a login counts as passed although the last thing that the server said
// is not 235, or the server makes the password show. NUL divides the replies; {echo}
// stands for the password.
func FuzzLogin(f *testing.F) {
	f.Add([]byte("334 \x00235 2.7.0 welcome\r\n"))
	f.Add([]byte("334 VXNlciBOYW1lAA==\r\n\x00334 UGFzc3dvcmQA\r\n\x00535-{echo}\r\n535 5.7.8 no\r\n"))
	f.Add([]byte("334 %%%\r\n\x00501 cancelled\r\n"))
	f.Fuzz(func(t *testing.T, said []byte) {
		said = bytes.ReplaceAll(said, []byte("{echo}"), []byte(password))
		replies := bytes.Split(said, []byte{0})
		conn := say(append([][]byte{[]byte("220 hi\r\n")}, replies...)...)
		defer conn.Quit()
		if _, err := conn.Greeting(context.Background()); err != nil {
			t.Fatal(err)
		}
		client := &prompts{mechanism{responses: [][]byte{[]byte("me"), []byte(password)}, err: sasl.ErrUnexpectedServerChallenge}}
		reply, err := conn.Authenticate(context.Background(), "TEST", client)
		printable(t, reply.String())
		shown(t, conn, err)
		if err == nil && (reply.Code != 235 || !bytes.Contains(said, []byte("235"))) {
			t.Errorf("%d passes for a success", reply.Code)
		}
	})
}

// If this fails, a message counts as taken without 354 and 2xx, or what is left over
// goes unnoticed.
func FuzzMessage(f *testing.F) {
	f.Add([]byte("354 go\r\n"), []byte("250 2.0.0 Ok: queued as 4Bq7x\r\n"))
	f.Add([]byte("354 go\r\n250 early\r\n"), []byte("250 ok\r\n"))
	f.Add([]byte("554 5.5.1 no\r\n"), []byte("552 5.3.4 too big\r\n"))
	f.Fuzz(func(t *testing.T, toData, toMessage []byte) {
		conn := say([]byte("220 hi\r\n"), toData, toMessage)
		defer conn.Quit()
		if _, err := conn.Greeting(context.Background()); err != nil {
			t.Fatal(err)
		}
		reply, err := conn.Send(context.Background(), []byte("Subject: x\r\n\r\n.\r\n"), false)
		printable(t, reply.String())
		shown(t, conn, err)
		if err == nil && (reply.Code/100 != 2 || !bytes.HasPrefix(toData, []byte("354"))) {
			t.Errorf("%q, %q pass for a message taken: %s", toData, toMessage, reply)
		}
		if !conn.DataSent() {
			t.Error("a message went out unnoticed")
		}
	})
}
