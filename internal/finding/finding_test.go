package finding_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

func coded(code finding.Code) error {
	return &finding.Error{Code: code, Facts: finding.Facts{"port": "0"}}
}

// If this fails, an error loses its words on the way up, or one without words is
// swallowed.
func TestOf(t *testing.T) {
	tests := []struct {
		err     error
		code    finding.Code
		summary string
	}{
		{coded("port-out-of-range"), "port-out-of-range", "port = 0 is not a port number"},
		{fmt.Errorf("while planning: %w", coded("port-out-of-range")), "port-out-of-range", "port = 0 is not a port number"},
		{errors.Join(errors.New("x"), coded("port-out-of-range")), "port-out-of-range", "port = 0 is not a port number"},
		{errors.New("boom\x1b"), "unexpected-error", ""},
		{coded("no-such-code"), "unexpected-error", ""},
	}
	for _, tt := range tests {
		f := finding.Of(tt.err)
		if f.Code != tt.code || tt.summary != "" && f.Summary != tt.summary || f.Detail() == "" {
			t.Errorf("%v: %s %q", tt.err, f.Code, f.Summary)
		}
	}
}

// If this fails, the parts of a message have another order or form, or a fix can't be
// pasted.
func TestDetail(t *testing.T) {
	f := finding.New("implicit-tls-port",
		finding.Facts{"port": "465", "mode": "starttls", "other": "587"},
		"first line", "second line",
	).In(finding.Block{Given: map[string]string{"port": "465", "tls_mode": `"starttls"`}})
	want := `The client would wait for the server's greeting, and the server for the client's TLS handshake, until one of them gives up without saying why.

  code      implicit-tls-port
  seen      first line
            second line
  source    RFC 8314 section 3.3

To fix it, use

    tls_mode = "implicit"

or

    port = 587

If this is meant, use

    ignore_rules = ["implicit-tls-port"]`
	if got := f.Detail(); got != want {
		t.Errorf("got\n%s", got)
	}
}

// If this fails, a server can move the cursor, forge lines, reverse the text of a
// message, or flood it.
func TestQuote(t *testing.T) {
	tests := []struct{ text, want string }{
		{"535 no", "535 no"},
		{"  a\r\n", "a"},
		{"a\r\nb", `a ⏎ b`},
		{"\x1b[31mred", `\x1b[31mred`},
		{"a\u202eb", `a\u{202e}b`},
		{"a\u200bb", `a\u{200b}b`},
		{"\xff\xfe", `\xff\xfe`},
		{"grüße", "grüße"},
		{"", ""},
	}
	for _, tt := range tests {
		if got := finding.Quote(tt.text); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.text, got, tt.want)
		}
	}
	long := finding.Quote(strings.Repeat("a", 1000))
	if want := strings.Repeat("a", 400) + "… (600 bytes more)"; long != want {
		t.Errorf("got %d bytes", len(long))
	}
}
