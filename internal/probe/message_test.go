package probe_test

import (
	"context"
	"mime"
	"net/mail"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// sending asks for a test message.
func sending(r probe.Request) probe.Request {
	r.Verify, r.From, r.RcptTo = settings.VerifyMessage, "app@example.test", []string{"a@example.org", "b@example.org"}
	r.Subject = settings.DefaultSubject
	return r
}

// If this fails, the test message is not sent as it should be: once, to every
// recipient, by BDAT where that is offered, and well-formed.
func TestMessage(t *testing.T) {
	for name, test := range map[string]struct {
		server smtptest.Config
		change func(*probe.Request)
		mail   string // parameters of MAIL; %d is the size of the message
		last   string // commands after RCPT
	}{
		"DATA":    {smtptest.Config{}, nil, "", "DATA|QUIT"},
		"BDAT":    {smtptest.Config{Chunking: true}, nil, "", "BDAT"},
		"subject": {smtptest.Config{}, func(r *probe.Request) { r.Subject = strings.Repeat("Prüfung ", 20) }, "", "DATA|QUIT"},
		"UTF-8": {smtptest.Config{SMTPUTF8: true},
			func(r *probe.Request) { r.From = "büro@example.test" }, " SMTPUTF8", "DATA|QUIT"},
		"SIZE": {smtptest.Config{Size: 1000}, nil, " SIZE=%d", "DATA|QUIT"},
		"UTF-8 and SIZE": {smtptest.Config{SMTPUTF8: true, Size: 1000},
			func(r *probe.Request) { r.From = "büro@example.test" }, " SMTPUTF8 SIZE=%d", "DATA|QUIT"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				test.server.Mode, test.server.MessageReply = settings.NoTLS, "250 2.0.0 Ok: queued as 4Bq7x"
				server := l.serve(2525, test.server)
				r := sending(request(settings.NoTLS, 2525))
				if test.change != nil {
					test.change(&r)
				}
				report, _, err := l.check(r)
				if err != nil || report.Reply != "250 2.0.0 Ok: queued as 4Bq7x" {
					t.Fatalf("%v, reply %q", err, report.Reply)
				}
				time.Sleep(rtt)
				synctest.Wait()
				got := server.Record()
				if said := strings.Join(got.Commands[4:], "|"); len(got.Rcpts) != 2 || !strings.HasPrefix(said, test.last) {
					t.Errorf("said %q", got.Commands)
				}
				if len(got.Messages) != 1 {
					t.Fatalf("%d messages", len(got.Messages))
				}
				wellFormed(t, got.Messages[0], r)
				mail := "MAIL FROM:<" + r.From + ">" + strings.ReplaceAll(test.mail, "%d", strconv.Itoa(len(got.Messages[0])))
				if got.Commands[1] != mail {
					t.Errorf("said %q, want %q", got.Commands[1], mail)
				}
			})
		})
	}
}

// wellFormed reads a message as a mail program does.
func wellFormed(t *testing.T, text string, r probe.Request) {
	t.Helper()
	if strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\n") || strings.Contains(strings.ReplaceAll(text, "\r\n", ""), "\r") {
		t.Error("a line does not end in CRLF")
	}
	for line := range strings.SplitSeq(text, "\r\n") {
		if len(line) > 78 {
			t.Errorf("a line of %d characters: %s", len(line), line)
		}
	}
	m, err := mail.ReadMessage(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	from, err := mail.ParseAddress(m.Header.Get("From"))
	if err != nil || from.Address != r.From {
		t.Errorf("From %v, %v", from, err)
	}
	if to, err := m.Header.AddressList("To"); err != nil || len(to) != len(r.RcptTo) {
		t.Errorf("To %v, %v", to, err)
	}
	if _, err := m.Header.Date(); err != nil {
		t.Error(err)
	}
	for name, want := range map[string]string{
		"Auto-Submitted": "auto-generated", "Mime-Version": "1.0",
		"Content-Type": "text/plain; charset=us-ascii", "Content-Transfer-Encoding": "7bit",
	} {
		if got := m.Header[name]; len(got) != 1 || got[0] != want {
			t.Errorf("%s %q", name, got)
		}
	}
	if id := m.Header.Get("Message-Id"); !strings.HasPrefix(id, "<") || !strings.HasSuffix(id, ">") || strings.Count(id, "@") != 1 {
		t.Errorf("Message-ID %s", id)
	}
	if got, err := new(mime.WordDecoder).DecodeHeader(m.Header.Get("Subject")); err != nil || strings.TrimSpace(got) != strings.TrimSpace(r.Subject) {
		t.Errorf("Subject %q, %v", got, err)
	}
}

// enveloped is a server that has taken the envelope, and was sent DATA.
func enveloped() *smtptest.Script {
	return smtptest.NewScript().Send("220 ready").Expect("EHLO").Send("250 mail.example.test").Expect("MAIL").Send("250 ok").
		Expect("RCPT").Send("250 ok").Expect("RCPT").Send("250 ok").Expect("DATA")
}

// If this fails, a check sends a message twice, or reports its end wrongly. Retries are
// allowed in every case.
func TestMessageIsNeverSentAgain(t *testing.T) {
	until := func(s *smtptest.Script) *smtptest.Script { return s.Send("354 go").ReadTo(".") }
	for name, test := range map[string]struct {
		script *smtptest.Script
		cancel time.Duration
		want   finding.Code
	}{
		"closed after the dot":        {until(enveloped()).Close(), 0, "message-unconfirmed"},
		"reset after the dot":         {until(enveloped()).Reset(), 0, "message-unconfirmed"},
		"silent after the dot":        {until(enveloped()).Silent(), 0, "message-unconfirmed"},
		"cancelled after the dot":     {until(enveloped()).Silent(), 5 * time.Second, "check-cancelled"},
		"421 after the dot":           {until(enveloped()).Send("421 4.3.2 shutting down"), 0, "server-closing"},
		"451 after the dot":           {until(enveloped()).Send("451 4.7.1 not today"), 0, "message-temporary"},
		"552 after the dot":           {until(enveloped()).Send("552 5.3.4 message size exceeds fixed limit"), 0, "message-too-large"},
		"SendAsDenied":                {until(enveloped()).Send("554 5.2.252 SendAsDenied; app@example.test not allowed to send as b@example.test"), 0, "sender-not-allowed"},
		"not verified":                {until(enveloped()).Send("554 Message rejected: Email address is not verified."), 0, "sender-not-verified"},
		"no reply to DATA":            {enveloped().Close(), 0, "connection-closed"},
		"DATA refused for now":        {enveloped().Send("451 4.3.0 not today"), 0, "message-temporary"},
		"DATA refused":                {enveloped().Send("554 5.5.1 no"), 0, "message-refused"},
		"the reply is no reply":       {until(enveloped()).Send("hello"), 0, "reply-garbled"},
		"two codes after the dot":     {until(enveloped()).Send("250-ok", "550 no"), 0, "reply-codes-differ"},
		"half a reply after the dot":  {until(enveloped()).SendRaw("250 o"), 0, "reply-cut"},
		"no end after the dot":        {until(enveloped()).SendRaw("250 o").Silent(), 0, "reply-unfinished"},
		"354 after the dot":           {until(enveloped()).Send("354 go on"), 0, "reply-unexpected"},
		"250 after DATA":              {enveloped().Send("250 ok"), 0, "reply-unexpected"},
		"a second reply":              {until(enveloped()).Send("250 ok", "250 again"), 0, "protocol-desync"},
		"a reply before the last dot": {enveloped().Send("354 go", "250 ok").ReadTo("."), 0, "protocol-desync"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				server := l.play(2525, test.script)
				r := sending(request(settings.NoTLS, 2525))
				r.Attempts = 5
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if test.cancel > 0 {
					time.AfterFunc(test.cancel, cancel)
				}
				_, err := l.engine.Run(ctx, r)
				if got := codeOf(err); got != test.want {
					t.Errorf("%q, want %q: %v", got, test.want, err)
				}
				datas := 0
				for _, line := range server.Lines() {
					if line == "DATA" {
						datas++
					}
				}
				if datas != 1 || server.Connections() != 1 {
					t.Errorf("%d DATA on %d connections", datas, server.Connections())
				}
				sent := "DATA was sent, the message was not; no other attempt sends it\n"
				if slices.Contains(server.Lines(), "Auto-Submitted: auto-generated") {
					sent = "the message went out; no other attempt sends it again\n"
				}
				if detail := finding.Of(err).Detail(); !strings.Contains(detail, sent) {
					t.Errorf("%q is not in\n%s", sent, detail)
				}
				vague := strings.HasPrefix(string(test.want), "reply-") || test.want == "check-cancelled" || test.want == "protocol-desync"
				if later := "may have taken the message"; strings.Contains(finding.Of(err).Detail(), later) != (vague && strings.HasPrefix(sent, "the message")) {
					t.Errorf("%q: %s", later, finding.Of(err).Detail())
				}
				complete(t, err)
				_, err = l.engine.Run(t.Context(), r) // another resource of the same run
				if server.Connections() > 1 && strings.Count(strings.Join(server.Lines(), "\n"), "DATA") > 1 {
					t.Errorf("sent again by the next check: %v", err)
				}
			})
		})
	}
}

// If this fails, a server learns only from the message that it is too large, or its
// refusal of the size at MAIL is reported as a refusal of the sender.
func TestMessageTooLargeAtMail(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		server := l.serve(2525, smtptest.Config{Mode: settings.NoTLS, Size: 100})
		_, _, err := l.check(sending(request(settings.NoTLS, 2525)))
		if codeOf(err) != "message-too-large" {
			t.Errorf("%v", err)
		}
		complete(t, err)
		time.Sleep(rtt)
		synctest.Wait()
		if said := server.Record().Commands; len(said) != 3 || !strings.HasPrefix(said[1], "MAIL FROM:<app@example.test> SIZE=") || said[2] != "QUIT" {
			t.Errorf("said %q", said)
		}
	})
}

// If this fails, a server that takes its time over the message is cut off because
// attempts are left, though a message is never sent again.
func TestMessageMayTakeTheRest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.play(2525, enveloped().Send("354 go").ReadTo(".").Wait(20*time.Second).Send("250 2.0.0 Ok: queued as 4Bq7x"))
		r := sending(request(settings.NoTLS, 2525))
		r.Attempts = 3
		if report, took, err := l.check(r); err != nil || report.Reply != "250 2.0.0 Ok: queued as 4Bq7x" || took < 20*time.Second {
			t.Errorf("%v after %v, reply %q", err, took, report.Reply)
		}
	})
}

// If this fails, a check whose time ends while another one sends the same message
// doesn't say what it waited for.
func TestWaitForMessageEndsWithTheBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		server := l.play(2525, enveloped().Send("354 go").ReadTo(".").Silent())
		r := sending(request(settings.NoTLS, 2525))
		var first sync.WaitGroup
		first.Go(func() { _, _ = l.engine.Run(t.Context(), r) })
		time.Sleep(time.Second)
		second := r
		second.Timeout = 2 * time.Second
		_, took, err := l.check(second)
		if f := finding.Of(err); f.Code != "reply-timeout" || took != 2*time.Second ||
			!strings.Contains(f.Detail(), "another check of this run sends the same message, and had no answer yet\n") {
			t.Errorf("%s after %v\n%s", f.Code, took, f.Detail())
		}
		complete(t, err)
		first.Wait()
		if n := strings.Count(strings.Join(server.Lines(), "\n"), "DATA"); n != 1 {
			t.Errorf("%d DATA", n)
		}
	})
}

// If this fails, a check fails because the server closed its connection while another check
// sent the message for both; and the next apply sends one more.
func TestMessageOutlastsTheWaitForIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		first := enveloped().Send("354 go").ReadTo(".").Wait(10 * time.Second).Send("250 2.0.0 Ok: queued as 4Bq7x")
		server := l.play(2525, first.NextConnection().Send("220 ready").Expect("EHLO").Send("250 mail.example.test").Expect("MAIL").Send("250 ok").
			Expect("RCPT").Send("250 ok").Expect("RCPT").Send("250 ok").Wait(5*time.Second).Close())
		r := sending(request(settings.NoTLS, 2525))
		var running sync.WaitGroup
		for range 2 {
			running.Go(func() {
				report, err := l.engine.Run(t.Context(), r)
				if err != nil || report.Reply != "250 2.0.0 Ok: queued as 4Bq7x" {
					t.Errorf("%v, reply %q", err, report.Reply)
				}
			})
			time.Sleep(time.Millisecond)
		}
		running.Wait()
		if n := strings.Count(strings.Join(server.Lines(), "\n"), "DATA"); n != 1 {
			t.Errorf("%d DATA", n)
		}
	})
}

// If this fails, thirty identical resources send thirty messages, or one that
// differs sends none.
func TestOneMessageForIdenticalChecks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		server := l.serve(2525, smtptest.Config{Mode: settings.NoTLS, MessageReply: "250 2.0.0 Ok: queued as 4Bq7x"})
		r := sending(request(settings.NoTLS, 2525))
		var running sync.WaitGroup
		for i := range 30 {
			running.Go(func() {
				mine := r
				if i == 7 {
					mine.Subject = "another"
				}
				report, err := l.engine.Run(t.Context(), mine)
				if err != nil || report.Reply != "250 2.0.0 Ok: queued as 4Bq7x" {
					t.Errorf("%v, reply %q", err, report.Reply)
				}
			})
		}
		running.Wait()
		if got := server.Record(); got.Data != 2 {
			t.Errorf("%d messages", got.Data)
		}
	})
}
