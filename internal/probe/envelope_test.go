package probe_test

import (
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, the question whether a message would be taken is put wrongly, or
// a message is sent. SMTPUTF8 is a parameter only where an address needs it and
// the server has it (RFC 6531 section 3.4).
func TestEnvelope(t *testing.T) {
	plain := smtptest.Config{Mode: settings.NoTLS}
	utf8 := smtptest.Config{Mode: settings.NoTLS, SMTPUTF8: true}
	picky := smtptest.Config{
		Mode:       settings.NoTLS,
		RejectFrom: map[string]string{"who@example.test": "550 5.7.60 not yours"},
		RejectRcpt: map[string]string{"nobody@example.org": "550 5.1.1 user unknown"},
	}
	for _, test := range []struct {
		name   string
		server smtptest.Config
		from   string
		to     []string
		want   finding.Code
		said   string // after EHLO
	}{
		{"taken", plain, "app@example.test", []string{"a@example.org", "b@example.org"}, "",
			"MAIL FROM:<app@example.test>|RCPT TO:<a@example.org>|RCPT TO:<b@example.org>|RSET|QUIT"},
		{"no recipients", plain, "app@example.test", nil, "", "MAIL FROM:<app@example.test>|RSET|QUIT"},
		{"sender refused", picky, "who@example.test", []string{"a@example.org"}, "sender-not-allowed", "MAIL FROM:<who@example.test>|QUIT"},
		{"recipient refused", picky, "app@example.test", []string{"a@example.org", "nobody@example.org", "b@example.org"}, "recipient-unknown",
			"MAIL FROM:<app@example.test>|RCPT TO:<a@example.org>|RCPT TO:<nobody@example.org>|QUIT"},
		{"SMTPUTF8 offered and not needed", utf8, "app@example.test", []string{"a@example.org"}, "",
			"MAIL FROM:<app@example.test>|RCPT TO:<a@example.org>|RSET|QUIT"},
		{"SMTPUTF8 for the sender", utf8, "büro@example.test", []string{"a@example.org"}, "",
			"MAIL FROM:<büro@example.test> SMTPUTF8|RCPT TO:<a@example.org>|RSET|QUIT"},
		{"SMTPUTF8 for a recipient", utf8, "app@example.test", []string{"büro@example.org"}, "",
			"MAIL FROM:<app@example.test> SMTPUTF8|RCPT TO:<büro@example.org>|RSET|QUIT"},
		{"SMTPUTF8 needed and not offered", plain, "app@example.test", []string{"büro@example.org"}, "smtputf8-not-offered", "QUIT"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				server := l.serve(2525, test.server)
				r := request(settings.NoTLS, 2525)
				r.Verify, r.From, r.RcptTo = settings.VerifyEnvelope, test.from, test.to
				_, _, err := l.check(r)
				if got := codeOf(err); got != test.want {
					t.Errorf("%q, want %q: %v", got, test.want, err)
				}
				time.Sleep(rtt)
				synctest.Wait()
				got := server.Record()
				if said := strings.Join(got.Commands[1:], "|"); said != test.said {
					t.Errorf("said %q, want %q", said, test.said)
				}
				if got.Data != 0 || slices.Contains(got.Commands, "DATA") {
					t.Error("a message was sent")
				}
			})
		})
	}
}

// If this fails, the login comes after the question, or not at all.
func TestEnvelopeAfterLogin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		server := l.loginServer(465)
		r := withLogin(request(settings.Implicit, 465), "pencil")
		r.Verify, r.From, r.RcptTo = settings.VerifyEnvelope, "app@example.test", []string{"you@example.org"}
		if _, took, err := l.check(r); err != nil || took != 8*rtt {
			t.Errorf("%v after %v, want success after %v", err, took, 8*rtt)
		}
		if got := server.Record(); len(got.Logins) != 1 || len(got.Mails) != 1 || len(got.Rcpts) != 1 || got.Data != 0 {
			t.Errorf("%+v", got)
		}
		r.Credentials = probe.Request{}.Credentials
		if _, _, err := l.check(r); codeOf(err) != "login-required" {
			t.Errorf("without credentials: %v", err)
		}
	})
}
