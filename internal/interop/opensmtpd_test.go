//go:build interop

package interop

import (
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Fails if the provider reports what a real OpenSMTPD refuses as something else: its
// words are its own, and few have an enhanced code that fits. This is in clear text,
// because every TLS handshake with Debian 12's OpenSMTPD fails (see below).
func TestOpenSMTPD(t *testing.T) {
	ca := newAuthority(t)
	s := OpenSMTPD(t, ca)
	f := &fleet{ca: ca}
	for name, tt := range map[string]struct {
		port   string
		change func(*probe.Request)
		want   finding.Code
	}{
		"taken":            {"open", nil, ""},
		"address":          {"connect", nil, "client-address-blocked"},
		"no reverse name":  {"reverse", nil, "client-reverse-name"},
		"EHLO name":        {"names", nil, "ehlo-name-refused"},
		"EHLO name's form": {"open", func(r *probe.Request) { r.EHLOName = "app_1!" }, "ehlo-name-refused"},
		"no TLS":           {"tls", nil, "tls-required"},
		"no login":         {"login", nil, "login-required"},
		"sender on a list": {"sender", nil, "sender-blocked"},
		// "Mailing list expansion problem" is all that it says of a recipient that isn't in its table.
		"recipient unknown":    {"open", to("stranger@example.com"), "recipient-refused"},
		"no account with name": {"open", to("stranger@local.example.test"), "recipient-unknown"},
		// It says "Invalid recipient" of a domain that it does not relay to as well.
		"relaying":            {"open", to("stranger@elsewhere.example.test"), "recipient-unknown"},
		"too many recipients": {"open", to("you@example.com", "you@example.com", "you@example.com"), "recipients-too-many"},
		"greylisting":         {"later", nil, "recipient-greylisted"},
		"message too large":   {"open", sends, "message-too-large"},
	} {
		t.Run(name, func(t *testing.T) {
			r := f.request(s.More[tt.port], settings.NoTLS)
			r.EHLOName, r.Verify, r.From = "client.example.test", settings.VerifyEnvelope, "app@example.test"
			r.RcptTo, r.Subject = []string{"you@example.com"}, settings.DefaultSubject
			if tt.change != nil {
				tt.change(&r)
			}
			ends(t, r, tt.want)
		})
	}
}

// Fails if the finding names one cause alone where OpenSMTPD's words stand for two,
// and the client did not log in.
func TestOpenSMTPDRelaying(t *testing.T) {
	ca := newAuthority(t)
	s := OpenSMTPD(t, ca)
	r := (&fleet{ca: ca}).request(s.More["open"], settings.NoTLS)
	r.EHLOName, r.Verify, r.From = "client.example.test", settings.VerifyEnvelope, "app@example.test"
	r.RcptTo = []string{"stranger@elsewhere.example.test"}
	said := endsIn(t, r).Detail()
	for _, cause := range []string{"no such mailbox", "log in"} {
		if !strings.Contains(said, cause) {
			t.Errorf("nothing of %q in\n%s", cause, said)
		}
	}
}

// Fails if the provider's handshake with OpenSMTPD ends otherwise than that of Go's
// own client. OpenSMTPD 6.8.0p2 with OpenSSL 3, as in Debian 12, can't use its private
// key, ECDSA or RSA, and ends every handshake with an alert. So nobody can log in:
// it offers AUTH under TLS alone, and takes no configuration that says otherwise.
func TestOpenSMTPDTLS(t *testing.T) {
	ca := newAuthority(t)
	s := OpenSMTPD(t, ca)
	f := &fleet{ca: ca}
	for mode, port := range map[settings.TLSMode]uint16{settings.StartTLS: s.STARTTLS, settings.Implicit: s.Implicit} {
		t.Run(string(mode), func(t *testing.T) {
			want := finding.Code("")
			if _, err := tryServer(t, s, ca, mode == settings.Implicit); err != nil {
				t.Logf("Go's client: %v", err)
				want = "tls-alert"
			}
			ends(t, f.request(port, mode), want)
		})
	}
}
