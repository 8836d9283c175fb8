package smtptest

import (
	"bufio"
	"crypto/tls"
	"io"
	"net"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// client sends lines and reads whole replies.
type client struct {
	t    *testing.T
	conn net.Conn
	read *bufio.Reader
}

// guard ends what hangs because the server is broken.
const guard = 20 * time.Second

func newClient(t *testing.T, conn net.Conn) *client {
	worked(t, conn.SetDeadline(time.Now().Add(guard)))
	t.Cleanup(func() { conn.Close() })
	return &client{t: t, conn: conn, read: bufio.NewReader(conn)}
}

// dialClient connects, in the clear, and reads the greeting.
func dialClient(t *testing.T, server *Server) *client {
	t.Helper()
	conn, err := net.Dial("tcp", server.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	c := newClient(t, conn)
	c.reply()
	return c
}

// reply reads the lines of a reply, joined with "|", or "" at the end.
func (c *client) reply() string {
	c.t.Helper()
	var lines []string
	for {
		line, err := c.read.ReadString('\n')
		if err == io.EOF {
			return strings.Join(lines, "|")
		}
		if err != nil {
			c.t.Fatal(err)
		}
		lines = append(lines, strings.TrimSuffix(line, "\r\n"))
		if len(line) < 4 || line[3] != '-' {
			return strings.Join(lines, "|")
		}
	}
}

func (c *client) say(line string) string {
	c.t.Helper()
	if _, err := io.WriteString(c.conn, line); err != nil {
		c.t.Fatal(err)
	}
	return c.reply()
}

// play holds a dialogue, in which "S: " begins what the reply must begin with.
func (c *client) play(dialogue string) {
	c.t.Helper()
	var said, got string
	for line := range strings.Lines(dialogue) {
		line = strings.TrimSpace(line)
		if text, ok := strings.CutPrefix(line, "C: "); ok {
			said, got = text, c.say(text+"\r\n")
		} else if want, ok := strings.CutPrefix(line, "S: "); ok && !strings.HasPrefix(got, want) {
			c.t.Errorf("to %q: %q, want %q", said, got, want)
		} else if !ok && line != "" {
			c.t.Errorf("dialogue has %q", line)
		}
	}
}

// If this fails, the well-behaved server misbehaves, and findings that rest on
// its replies are tested against fiction.
func TestDialogues(t *testing.T) {
	for name, test := range map[string]struct {
		cfg      Config
		dialogue string
	}{
		"order": {Config{Mode: settings.NoTLS, Size: 1000}, `
			C: MAIL FROM:<a@example.test>
			S: 503 5.5.1
			C: EHLO
			S: 501 5.5.4
			C: HELO me
			S: 250 mail.example.test
			C: EHLO me
			S: 250-mail.example.test greets you|250-PIPELINING|250-8BITMIME|250-ENHANCEDSTATUSCODES|250 SIZE 1000
			C: RCPT TO:<b@example.test>
			S: 503 5.5.1
			C: DATA
			S: 503 5.5.1
			C: MAIL FROM:<a@example.test> SIZE=1001
			S: 552 5.3.4
			C: MAIL FROM:<ä@example.test>
			S: 553 5.6.7
			C: MAIL FROM:<a@example.test> X=1
			S: 555 5.5.4
			C: mail from:<> size=1000 BODY=8BITMIME
			S: 250 2.1.0
			C: RCPT TO:b@example.test
			S: 501 5.5.4
			C: RCPT TO:<b@example.test>
			S: 250 2.1.5
			C: RSET
			S: 250 2.0.0
			C: DATA
			S: 503 5.5.1
			C: VRFY x
			S: 500 5.5.1
			C: STARTTLS
			S: 502 5.5.1
			C: AUTH PLAIN AHUAcA==
			S: 504 5.5.4
			C: QUIT
			S: 221 2.0.0`},
		"refused addresses": {Config{Mode: settings.NoTLS, SMTPUTF8: true,
			RejectFrom: map[string]string{"a@example.test": "550 5.7.60 not yours"},
			RejectRcpt: map[string]string{"b@example.test": "550 5.1.1 nobody"}}, `
			C: EHLO me
			S: 250-mail.example.test greets you|250-PIPELINING|250-8BITMIME|250-ENHANCEDSTATUSCODES|250 SMTPUTF8
			C: MAIL FROM:<a@example.test>
			S: 550 5.7.60 not yours
			C: MAIL FROM:<ä@example.test> SMTPUTF8
			S: 250
			C: RCPT TO:<b@example.test>
			S: 550 5.1.1 nobody`},
		"TLS demanded": {Config{Mode: settings.StartTLS, Mechanisms: []settings.Mechanism{settings.Plain}}, `
			C: EHLO me
			S: 250-mail.example.test greets you|250-PIPELINING|250-8BITMIME|250-ENHANCEDSTATUSCODES|250 STARTTLS
			C: MAIL FROM:<a@example.test>
			S: 530 5.7.0 Must issue
			C: AUTH PLAIN AHUAcA==
			S: 538 5.7.11
			C: STARTTLS now
			S: 501 5.5.4`},
		"no STARTTLS": {Config{Mode: settings.StartTLS, NoStartTLS: true}, `
			C: EHLO me
			S: 250-mail.example.test greets you|250-PIPELINING|250-8BITMIME|250 ENHANCEDSTATUSCODES
			C: STARTTLS
			S: 502 5.5.1`},
		"AUTH": {Config{Mode: settings.NoTLS, AuthBeforeTLS: true, Users: map[string]string{"u": "p"},
			Mechanisms: []settings.Mechanism{settings.Plain, settings.Login, settings.CRAMMD5, settings.External}}, `
			C: AUTH PLAIN AHUAcA==
			S: 503 5.5.1
			C: EHLO me
			S: 250-mail.example.test greets you|250-PIPELINING|250-8BITMIME|250-ENHANCEDSTATUSCODES|250 AUTH PLAIN LOGIN CRAM-MD5 EXTERNAL
			C: MAIL FROM:<a@example.test>
			S: 530 5.7.0 Authentication
			C: AUTH
			S: 501 5.5.4
			C: AUTH XOAUTH2 =
			S: 504 5.5.4
			C: AUTH CRAM-MD5 dQ==
			S: 501 5.7.0
			C: AUTH EXTERNAL =
			S: 535 5.7.8
			C: AUTH PLAIN %%
			S: 501 5.5.2
			C: AUTH LOGIN
			S: 334 VXNlcm5hbWU6
			C: *
			S: 501 5.7.0
			C: AUTH PLAIN
			S: 334 
			C: %%
			S: 501 5.5.2
			C: AUTH LOGIN dQ==
			S: 334 UGFzc3dvcmQ6
			C: eA==
			S: 535 5.7.8
			C: auth plain
			S: 334 
			C: AHUAcA==
			S: 235 2.7.0
			C: AUTH PLAIN AHUAcA==
			S: 503 5.5.1`},
		"greeting 554": {Config{Mode: settings.NoTLS, Greeting: "554 no service"}, `
			C: EHLO me
			S: 503 5.5.1
			C: QUIT
			S: 221`},
	} {
		t.Run(name, func(t *testing.T) {
			server, _ := start(t, test.cfg)
			dialClient(t, server).play(test.dialogue)
		})
	}
}

// If this fails, bytes that came in the clear count as said inside TLS (the
// command injection of CVE-2011-0411), or the first login outlives STARTTLS.
func TestStartTLSForgets(t *testing.T) {
	server, trust := start(t, Config{Mode: settings.StartTLS, AuthBeforeTLS: true,
		Mechanisms: []settings.Mechanism{settings.Plain}, Users: map[string]string{"u": "p"}})
	c := dialClient(t, server)
	c.play("C: EHLO me\nS: 250\nC: AUTH PLAIN AHUAcA==\nS: 235")
	if got := c.say("STARTTLS\r\nRSET\r\n"); !strings.HasPrefix(got, "220 ") {
		t.Fatal(got)
	}
	secure := newClient(t, tls.Client(c.conn, trust))
	secure.play("C: AUTH PLAIN AHUAcA==\nS: 503 5.5.1\nC: EHLO me\nS: 250\nC: MAIL FROM:<a@example.test>\nS: 530\nC: AUTH PLAIN AHUAcA==\nS: 235\nC: STARTTLS\nS: 503")
	got := server.Record()
	if want := []bool{true, false}; len(got.Logins) != 2 || got.Logins[0].InClear != want[0] || got.Logins[1].InClear != want[1] {
		t.Errorf("%+v", got.Logins)
	}
	if slices.Contains(got.Commands, "RSET") {
		t.Errorf("injected command was obeyed: %q", got.Commands)
	}
	if !slices.Equal(got.ServerNames, []string{"mail.example.test"}) {
		t.Errorf("server names %q", got.ServerNames)
	}
}

// If this fails, a test that no credential left in the clear would pass whatever
// was sent.
func TestCredentialInClear(t *testing.T) {
	for name, test := range map[string]struct {
		dialogue string
		want     bool
	}{
		"initial response, refused": {"C: EHLO me\nC: AUTH PLAIN AHUAcA==\nS: 538", true},
		"no response":               {"C: EHLO me\nC: AUTH PLAIN\nS: 538", false},
	} {
		t.Run(name, func(t *testing.T) {
			server, _ := start(t, Config{Mode: settings.StartTLS, Mechanisms: []settings.Mechanism{settings.Plain}})
			dialClient(t, server).play(test.dialogue)
			if got := server.Record(); got.CredentialInClear != test.want || got.AuthCommands != 1 {
				t.Errorf("%+v", got)
			}
		})
	}
}

// If this fails, overlong or ill-ended lines, which real servers refuse, pass.
func TestLines(t *testing.T) {
	server, _ := start(t, Config{Mode: settings.NoTLS})
	c := dialClient(t, server)
	for line, want := range map[string]string{
		"EHLO " + strings.Repeat("x", 600) + "\r\n": "500 5.5.2 Line too long",
		"EHLO me\n": "500 5.5.2 Line does not end in CRLF",
		"NOOP\r\n":  "250 2.0.0 OK",
	} {
		if got := c.say(line); got != want {
			t.Errorf("%.20q: %q", line, got)
		}
	}
	if got := c.say("AUTH PLAIN " + strings.Repeat("x", 13000) + "\r\n"); got != "500 5.5.2 Line too long" {
		t.Errorf("%q", got)
	}
}

// If this fails, a client that is refused again and again is never hung up on, as real
// servers do.
func TestTooManyErrors(t *testing.T) {
	for name, line := range map[string]string{"unknown command": "VRFY x", "refused sender": "MAIL FROM:<a@example.test>"} {
		t.Run(name, func(t *testing.T) {
			server, _ := start(t, Config{Mode: settings.NoTLS, RejectFrom: map[string]string{"a@example.test": "550 5.7.60 not yours"}})
			c := dialClient(t, server)
			c.say("EHLO me\r\n")
			for range mostErrors {
				if got := c.say(line + "\r\n"); !strings.HasPrefix(got, "5") {
					t.Fatal(got)
				}
			}
			if got := c.reply(); !strings.HasPrefix(got, "421 4.7.0 ") {
				t.Errorf("%q", got)
			}
		})
	}
}

// If this fails, servers that punish early talkers do so to the patient, or to
// nobody.
func TestEarlyTalkers(t *testing.T) {
	for name, test := range map[string]struct {
		cfg   Config
		early bool
		want  string
		after time.Duration
	}{
		"patient":          {Config{GreetPause: true, GreetingDelay: time.Second}, false, "220 mail.example.test ESMTP ready", time.Second},
		"early":            {Config{GreetPause: true, GreetingDelay: time.Second}, true, "554 5.5.1 mail.example.test You talk before you are spoken to", 0},
		"early, no delay":  {Config{GreetPause: true}, true, "554 5.5.1 mail.example.test You talk before you are spoken to", 0},
		"dropped":          {Config{DropEarlyTalkers: true, GreetingDelay: time.Second}, true, "", 0},
		"patient, no drop": {Config{DropEarlyTalkers: true}, false, "220 mail.example.test ESMTP ready", 100 * time.Millisecond},
		"delay alone":      {Config{GreetingDelay: time.Second}, true, "220 mail.example.test ESMTP ready", time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := NewNetwork(0)
				test.cfg.Mode = settings.NoTLS
				server := Serve(n.Listen(submission.String()), test.cfg)
				defer server.Close()
				begin := time.Now()
				conn, err := n.DialTCP(t.Context(), submission)
				if err != nil {
					t.Fatal(err)
				}
				c := newClient(t, conn)
				if test.early {
					send(t, conn, "EHLO me\r\n")
				}
				if got := c.reply(); got != test.want {
					t.Errorf("%q", got)
				}
				if got := time.Since(begin); got != test.after {
					t.Errorf("after %v", got)
				}
			})
		})
	}
}
