package wire_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If a case fails, a reply of the kind is misread: a refusal taken for consent,
// or a server's slip for a fault.
func TestGreeting(t *testing.T) {
	for name, test := range map[string]struct {
		script string
		code   string // of the finding; "" is success
		want   string
	}{
		"plain":            {"S: 220 mx.example.test ready", "", "220 mx.example.test ready"},
		"several lines":    {"S: 220-mx.example.test\nS: 220 ready", "", "220 mx.example.test ready"},
		"without text":     {"S: 220", "", "220"},
		"space alone":      {"s: 220 \\r\\n", "", "220"},
		"refused":          {"S: 554 5.7.1 go away", refused, "554 5.7.1 go away"},
		"busy":             {"S: 421 4.3.2 later", refused, "421 4.3.2 later"},
		"too many":         {"S: 421 4.7.0 Too many connections", refused, "421 4.7.0 Too many connections"},
		"another code":     {"S: 250 hello", refused, "250 hello"},
		"another class":    {"S: 354 go ahead", refused, "354 go ahead"},
		"bidi and escapes": {"S: 220 a\u202eb \x1b[31m", "", `220 a\u{202e}b \x1b[31m`},
		"not UTF-8":        {"S: 220 \xff\xfe", "", `220 \xff\xfe`},
		"codes differ":     {"S: 220-a\nS: 250 b", "reply-codes-differ", ""},
		"first digit 1":    {"S: 120 a", "reply-malformed", ""},
		"first digit 6":    {"S: 620 a", "reply-malformed", ""},
		"no separator":     {"S: 220x", "reply-malformed", ""},
		"two digits":       {"S: 22", "reply-malformed", ""},
		"empty line":       {"S:", "reply-malformed", ""},
		"cut":              {"s: 220 hal", "reply-cut", ""},
		"SSH":              {"S: SSH-2.0-OpenSSH_9.6", "other-protocol", ""},
		"IMAP":             {"S: * OK IMAP4rev1", "other-protocol", ""},
		"POP3":             {"S: +OK ready", "other-protocol", ""},
		"HTTP":             {"S: HTTP/1.1 400 Bad Request", "other-protocol", ""},
		"FTP":              {"S: 220 (vsFTPd 3.0.3)", "other-protocol", "220 (vsFTPd 3.0.3)"},
		"a TLS alert":      {"s: \x15\x03\x01\x00\x02\x02\x46", "closed-before-greeting", ""},
		"closed":           {"", "closed-before-greeting", ""},
		"128 lines":        {strings.Repeat("S: 220-a\n", 127) + "S: 220 b", "", "220 " + strings.Repeat("a ", 127) + "b"},
	} {
		run(t, name, func(t *testing.T) {
			reply, err := play(t, test.script).Greeting(within(t))
			if string(code(err)) != test.code {
				t.Errorf("code %q, want %q (%v)", code(err), test.code, err)
			}
			if got := reply.String(); test.want != "" && got != test.want {
				t.Errorf("reply %q, want %q", got, test.want)
			}
		})
	}
}

// If this fails, a reply's enhanced code is lost or shown as text.
func TestEnhancedCode(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		reply, err := play(t, "S: 534-5.7.9 Application-specific password\nS: 534 5.7.9 required").Greeting(within(t))
		if reply.Code != 534 || reply.Enhanced != "5.7.9" || reply.Text() != "Application-specific password required" {
			t.Errorf("got %+v (%v)", reply, err)
		}
	})
}

// If this fails, what a server offers is not recognised: in lower case, in the
// form older than RFC 2554, or more than once.
func TestCapabilities(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		conn := play(t, `
		S: 220 hi
		C: EHLO me.example.test
		S: 250-mx greets me
		S: 250-starttls
		S: 250-Size 1048576
		S: 250-AUTH=LOGIN
		S: 250-auth plain login x/y
		S: 250-XXXXXXXA
		S: 250
	`)
		if _, err := conn.Greeting(within(t)); err != nil {
			t.Fatal(err)
		}
		caps, err := conn.Hello(within(t), "me.example.test")
		if err != nil {
			t.Fatal(err)
		}
		if !caps.Has("STARTTLS") || caps.Has("PIPELINING") || !caps.Blanked() {
			t.Errorf("got %v", caps.List())
		}
		if got := caps.Mechanisms(); !slices.Equal(got, []string{"LOGIN", "PLAIN"}) {
			t.Errorf("mechanisms %q", got)
		}
		if n, ok := caps.Size(); !ok || n != 1048576 {
			t.Errorf("size %d, %v", n, ok)
		}
		if got := caps.List(); !slices.Equal(got, []string{"starttls", "Size 1048576", "AUTH=LOGIN", "auth plain login x/y", "XXXXXXXA"}) {
			t.Errorf("list %q", got)
		}
	})
}

// If this fails, a line of AUTH without mechanisms, as one server sends it before
// TLS, is taken for an offer, or hides the offer in another line.
func TestEmptyAuth(t *testing.T) {
	for lines, want := range map[string][]string{
		"S: 250-hi\nS: 250-AUTH\nS: 250 SIZE":             nil,
		"S: 250-hi\nS: 250-AUTH \nS: 250 AUTH=":           nil,
		"S: 250-hi\nS: 250-AUTH\nS: 250 AUTH PLAIN LOGIN": {"PLAIN", "LOGIN"},
		"S: 250 AUTH PLAIN":                               nil, // the server's name comes first
	} {
		run(t, lines, func(t *testing.T) {
			conn := play(t, "S: 220 hi\nC: EHLO me\n"+lines)
			if _, err := conn.Greeting(within(t)); err != nil {
				t.Fatal(err)
			}
			caps, err := conn.Hello(within(t), "me")
			if got := caps.Mechanisms(); err != nil || !slices.Equal(got, want) {
				t.Errorf("mechanisms %q, %v", got, err)
			}
		})
	}
}

// If this fails, a reply of a thousand words fills a diagnostic or the state.
func TestReplyIsCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		conn := play(t, strings.Repeat("S: 220-"+strings.Repeat("word ", 100)+"\n", 100)+"S: 220 end")
		reply, err := conn.Greeting(within(t))
		if n := len(reply.String()); err != nil || n > 450 {
			t.Errorf("%d characters, %v", n, err)
		}
	})
}

// If this fails, a greeting in two parts, seconds apart, is not waited for.
func TestGreetingInParts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		_, conn := converse(t, smtptest.NewScript().Send("220-mx.example.test").Wait(6*time.Second).Send("220 ready"))
		reply, err := conn.Greeting(within(t))
		if err != nil || reply.Text() != "mx.example.test ready" || time.Since(begin) != 6*time.Second {
			t.Errorf("%q, %v after %s", reply, err, time.Since(begin))
		}
	})
}

// If this fails, a server that floods or never ends a line fills the memory, or
// the conversation goes on with what it said.
func TestBounds(t *testing.T) {
	const plenty = 1 << 20
	for name, test := range map[string]struct {
		script *smtptest.Script
		code   string
	}{
		"endless line":  {smtptest.NewScript().SendRaw(strings.Repeat("x", plenty)), "reply-line-too-long"},
		"long line":     {smtptest.NewScript().Send("220 " + strings.Repeat("x", 4093)), "reply-line-too-long"},
		"longest line":  {smtptest.NewScript().Send("220 " + strings.Repeat("x", 4090)), ""},
		"endless reply": {smtptest.NewScript().Flood("220-a", plenty), "reply-too-many-lines"},
		"129 lines":     {smtptest.NewScript().Flood("220-a", 128).Send("220 b"), "reply-too-many-lines"},
		"large endless": {smtptest.NewScript().Flood("220-"+strings.Repeat("x", 4000), plenty), "reply-too-large"},
	} {
		run(t, name, func(t *testing.T) {
			_, conn := converse(t, test.script)
			_, err := conn.Greeting(within(t))
			if string(code(err)) != test.code {
				t.Errorf("code %q, want %q", code(err), test.code)
			}
		})
	}
}

// If this fails, a server fills the memory by many replies that are each in
// bounds.
func TestSessionIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		line := strings.Repeat("x", 4000)
		_, conn := converse(t, smtptest.NewScript().Send("220 hi").Answer(func(string) string { return strings.Repeat("250-"+line+"\r\n", 14) + "250 end" }))
		if _, err := conn.Greeting(within(t)); err != nil {
			t.Fatal(err)
		}
		for replies := 0; ; replies++ {
			_, err := conn.Hello(within(t), "me")
			if err == nil && replies < 30 {
				continue
			}
			if code(err) != "session-too-large" || replies != 18 {
				t.Errorf("%v after %d replies", err, replies)
			}
			return
		}
	})
}

// If this fails, what a server said before it hung up in the middle of a reply is lost,
// or a challenge shows.
func TestUnfinishedReplyIsShown(t *testing.T) {
	for said, want := range map[string]string{
		"250-mx says\r\n250-why":    "S: 250-mx says 250-why",
		"250-mx says\r\n":           "S: 250-mx says",
		"250-mx says " + password:   "S: 250-mx says [redacted]",
		"334 c2FsdD1hbmQtbm9uY2U=x": "S: 334 [challenge]",
	} {
		run(t, said, func(t *testing.T) {
			_, conn := converse(t, smtptest.NewScript().Send("220 hi").Expect("EHLO").SendRaw(said).Reset())
			if _, err := conn.Greeting(within(t)); err != nil {
				t.Fatal(err)
			}
			_, err := conn.Hello(within(t), "me")
			shown := conn.Transcript()
			if code(err) != "connection-closed" || !slices.Equal(shown[2:], []string{want, "(the server reset the connection)"}) {
				t.Errorf("%v; transcript %q", err, shown)
			}
		})
	}
}

// If this fails, a server that trickles or says nothing holds up an apply for
// longer than its timeout, or a cancelled one.
func TestDeadline(t *testing.T) {
	for name, test := range map[string]struct {
		cause error
		after time.Duration
	}{
		"time is over": {context.DeadlineExceeded, 7 * time.Second},
		"Ctrl-C":       {context.Canceled, 3 * time.Second},
	} {
		run(t, name, func(t *testing.T) {
			begin := time.Now()
			ctx, cancel := context.WithTimeout(t.Context(), 7*time.Second)
			defer cancel()
			if errors.Is(test.cause, context.Canceled) {
				time.AfterFunc(test.after, cancel)
			}
			server, conn := converse(t, smtptest.NewScript().Drip(strings.Repeat("2", 1000), time.Second))
			_, err := conn.Greeting(ctx)
			conn.Quit()
			if !errors.Is(err, test.cause) || time.Since(begin) != test.after {
				t.Errorf("%v after %s", err, time.Since(begin))
			}
			if sent := server.Received(); len(sent) > 0 {
				t.Errorf("sent %q to a server that has not greeted", sent)
			}
		})
	}
}
