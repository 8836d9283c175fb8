package settings_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, a name reaches DNS, SNI or the certificate in another form than they
// use, or something other than a host passes as one.
func TestParseHost(t *testing.T) {
	label63 := strings.Repeat("a", 63)
	tests := []struct {
		text string
		name string
		ip   bool
		code finding.Code
	}{
		{"smtp.example.com", "smtp.example.com", false, ""},
		{"SMTP.Example.COM", "smtp.example.com", false, ""},
		{"smtp.example.com.", "smtp.example.com", false, ""},
		{"localhost", "localhost", false, ""},
		{"mail_relay.internal", "mail_relay.internal", false, ""},
		{label63 + ".example", label63 + ".example", false, ""},
		{"müller.example", "xn--mller-kva.example", false, ""},
		{"MÜLLER.example", "xn--mller-kva.example", false, ""},
		{"xn--mller-kva.example", "xn--mller-kva.example", false, ""},
		{"straße.example", "xn--strae-oqa.example", false, ""},
		{"例え.テスト", "xn--r8jz45g.xn--zckzah", false, ""},
		{"smtp。example。com", "smtp.example.com", false, ""},
		{"192.0.2.1", "192.0.2.1", true, ""},
		{"2001:db8::1", "2001:db8::1", true, ""},
		{"2001:DB8:0::1", "2001:db8::1", true, ""},
		{"[2001:db8::1]", "2001:db8::1", true, ""},
		{"::ffff:192.0.2.1", "192.0.2.1", true, ""},
		{"192.0.2.1.", "192.0.2.1", true, ""},
		{"１９２.0.2.1", "192.0.2.1", true, ""},
		{"fe80::1%eth0", "fe80::1%eth0", true, ""},

		{"", "", false, "host-empty"},
		{"smtp.example.com\n", "", false, "host-control-character"},
		{"smtp.example.com\r\nRSET", "", false, "host-control-character"},
		{"smtp\u200b.example.com", "", false, "host-control-character"},
		{"\xff.example.com", "", false, "host-control-character"},
		{" smtp.example.com", "", false, "host-white-space"},
		{"smtp example com", "", false, "host-white-space"},
		{"smtp.example.com\u00a0", "", false, "host-white-space"},
		{"smtps://smtp.example.com", "", false, "host-has-scheme"},
		{"smtp://user:pass@smtp.example.com:587/", "", false, "host-has-scheme"},
		{"ssl:/smtp.example.com", "", false, "host-has-scheme"},
		{"robot@smtp.example.com", "", false, "host-has-user"},
		{"smtp.example.com/mail", "", false, "host-has-path"},
		{"smtp.example.com?tls=1", "", false, "host-has-path"},
		{`smtp.example.com\`, "", false, "host-has-path"},
		{"smtp.example.com:587", "", false, "host-has-port"},
		{"smtp.example.com:", "", false, "host-has-port"},
		{"[2001:db8::1]:587", "", false, "host-has-port"},
		{"fe80::1%eth0]:25,y", "", false, "host-invalid-character"},
		{"[fe80::1%eth0]:25,y]", "", false, "host-invalid-character"},
		{"fe80::1%${var.zone}", "", false, "host-invalid-character"},
		{"fe80::1%eth0.100", "fe80::1%eth0.100", true, ""},
		{"[smtp.example.com", "", false, "host-invalid-character"},
		{"[smtp.example.com]", "", false, "host-invalid-character"},
		{"${var.host}", "", false, "host-invalid-character"},
		{"smtp,example.com", "", false, "host-invalid-character"},
		{".example.com", "", false, "host-empty-label"},
		{"smtp..example.com", "", false, "host-empty-label"},
		{".", "", false, "host-empty-label"},
		{"-smtp.example.com", "", false, "host-label-hyphen"},
		{"smtp-.example.com", "", false, "host-label-hyphen"},
		{label63 + "a.example", "", false, "host-label-too-long"},
		{strings.Repeat("abcdefg.", 32) + "test", "", false, "host-too-long"},
		{"a\u0300\u0300é..example", "", false, "host-idn-invalid"},
		{"ü_.example", "", false, "host-idn-invalid"},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			got, err := settings.ParseHost(tt.text)
			var bad *finding.Error
			switch {
			case tt.code == "" && err != nil:
				t.Fatalf("refused: %v", err)
			case tt.code != "" && (!errors.As(err, &bad) || bad.Code != tt.code):
				t.Fatalf("got %v, %v, want %s", got, err, tt.code)
			case got.Name != tt.name || got.String() != tt.name || got.IsIP() != tt.ip:
				t.Errorf("got %+v, want %q", got, tt.name)
			}
		})
	}
}

// If this fails, the fix for a pasted URL names another host, or repeats the
// credentials in it.
func TestHostSuggestion(t *testing.T) {
	tests := []struct{ text, host, port string }{
		{"smtps://smtp.example.com", "smtp.example.com", ""},
		{"smtp://apikey:SG.hunter2@smtp.example.com:587/path?x=hunter2", "smtp.example.com", "587"},
		{"smtp://robot%40example.com:hunter2@[2001:db8::1]:465", "2001:db8::1", "465"},
		{"smtp.example.com:2525", "smtp.example.com", "2525"},
		{"hunter2@smtp.example.com", "smtp.example.com", ""},
		{"  smtp.example.com\n", "smtp.example.com", ""},
		{"smtp.example.com/", "smtp.example.com", ""},
		{"smtp.example.com:submission", "smtp.example.com", ""},
		{"smtp example com", "", ""},
		{"https://", "", ""},
	}
	for _, tt := range tests {
		_, err := settings.ParseHost(tt.text)
		var bad *finding.Error
		if !errors.As(err, &bad) {
			t.Errorf("%q: %v", tt.text, err)
			continue
		}
		facts := bad.Facts
		if facts["host"] != tt.host || facts["port"] != tt.port {
			t.Errorf("%q: suggested %v, want %q and %q", tt.text, facts, tt.host, tt.port)
		}
		if f := finding.Of(err); strings.Contains(err.Error()+f.Summary+f.Detail(), "hunter2") {
			t.Errorf("%q: a credential is repeated", tt.text)
		}
	}
}

// If this fails, some text makes the parser panic, or what the parser returns is read
// as another host the next time.
func FuzzParseHost(f *testing.F) {
	for _, seed := range []string{"smtp.example.com", "[::1]:25", "smtp://a:b@c/", "müller.example", "\r\n", "xn--a", "a%b", "::1%"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		h, err := settings.ParseHost(text)
		if err != nil {
			finding.Of(err)
			return
		}
		if again, err := settings.ParseHost(h.Name); err != nil || again != h {
			t.Errorf("%q became %q, which became %q (%v)", text, h.Name, again.Name, err)
		}
	})
}
