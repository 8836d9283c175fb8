package finding_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

type coded struct{ code finding.Code }

func (c coded) Error() string      { return "coded" }
func (c coded) Code() finding.Code { return c.code }
func (c coded) Evidence() finding.Evidence {
	return finding.Evidence{Facts: finding.Facts{"port": "0"}}
}

// TestOf would fail if an error lost its words on the way up, or if one without
// words were swallowed.
func TestOf(t *testing.T) {
	tests := []struct {
		err     error
		code    finding.Code
		summary string
	}{
		{coded{"port-out-of-range"}, "port-out-of-range", "port = 0 is not a port number"},
		{fmt.Errorf("while planning: %w", coded{"port-out-of-range"}), "port-out-of-range", "port = 0 is not a port number"},
		{errors.Join(errors.New("x"), coded{"port-out-of-range"}), "port-out-of-range", "port = 0 is not a port number"},
		{errors.New("boom\x1b"), "unexpected-error", ""},
		{coded{"no-such-code"}, "unexpected-error", ""},
	}
	for _, tt := range tests {
		f := finding.Of(tt.err)
		if f.Code != tt.code || tt.summary != "" && f.Summary != tt.summary || f.Detail() == "" {
			t.Errorf("%v: %s %q", tt.err, f.Code, f.Summary)
		}
	}
}

// TestMissingFacts would fail if a placeholder were shown to a person.
func TestMissingFacts(t *testing.T) {
	f := finding.New("host-has-port", finding.Evidence{})
	if want := []string{`host without ":" and what follows it, and the number as port`}; !slices.Equal(f.Fixes, want) {
		t.Errorf("fixes = %q", f.Fixes)
	}
	f = finding.New("host-has-port", finding.Evidence{Facts: finding.Facts{"host": "a.example", "port": "25"}})
	if f.Fixes[0] != "host = \"a.example\"\nport = 25" {
		t.Errorf("fixes = %q", f.Fixes)
	}
}

// TestDetail would fail if the parts of a message changed their order or their
// form; people and pipelines know them.
func TestDetail(t *testing.T) {
	f := finding.New("implicit-tls-port", finding.Evidence{
		Facts: finding.Facts{"port": "465", "mode": "starttls", "other": "587"},
		Seen:  []string{"(plan)", "second line"},
	})
	want := `The client would wait for the server's greeting and the server for the client's TLS handshake: each waits for the other until one gives up, without an error that says why.

  code      implicit-tls-port
  seen      (plan)
            second line
  source    RFC 8314 section 3.3

To fix it, do one of:
  - tls_mode = "implicit"
  - port = 587 with tls_mode = "starttls"
If this is meant: ignore_rules = ["implicit-tls-port"]`
	if got := f.Detail(); got != want {
		t.Errorf("got\n%s", got)
	}
}

// TestQuote would fail if a server could move the cursor, forge lines or
// reverse the text of a message, or flood it.
func TestQuote(t *testing.T) {
	tests := []struct{ text, want string }{
		{"535 no", "535 no"},
		{"  a\r\n", "a"},
		{"a\r\nb", `a\x0d\x0ab`},
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
