package settings_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

func containsFold(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(part))
}

// If this fails, a mode has a name that means another mode to the libraries that read
// it.
func TestClientOptions(t *testing.T) {
	tests := []struct {
		mode settings.TLSMode
		want settings.ClientOptions
	}{
		{"implicit", settings.ClientOptions{SSLTLSNone: "SSL", TLSStartTLSNone: "TLS", Secure: true}},
		{"starttls", settings.ClientOptions{SSLTLSNone: "TLS", TLSStartTLSNone: "STARTTLS", Secure: false}},
		{"none", settings.ClientOptions{SSLTLSNone: "none", TLSStartTLSNone: "none", Secure: false}},
	}
	for _, tt := range tests {
		if got := tt.mode.ClientOptions(); got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.mode, got, tt.want)
		}
	}
}

// If this fails, a check goes further than asked, or not as far.
func TestReaches(t *testing.T) {
	tests := []struct {
		verify settings.Verify
		want   []settings.Verify
	}{
		{"none", []settings.Verify{"none"}},
		{"handshake", []settings.Verify{"none", "handshake"}},
		{"auth", []settings.Verify{"none", "handshake", "auth"}},
		{"envelope", []settings.Verify{"none", "handshake", "auth", "envelope"}},
		{"a word that is no depth", []settings.Verify{"none"}},
	}
	for _, tt := range tests {
		var got []settings.Verify
		for _, depth := range []settings.Verify{"none", "handshake", "auth", "envelope"} {
			if tt.verify.Reaches(depth) {
				got = append(got, depth)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s reaches %v, want %v", tt.verify, got, tt.want)
		}
	}
}

// If this fails, a mechanism sends the wrong kind of secret.
func TestCredentialOf(t *testing.T) {
	want := map[settings.Mechanism]settings.Auth{
		"PLAIN": "password", "LOGIN": "password", "CRAM-MD5": "password", "NTLM": "password",
		"SCRAM-SHA-1": "password", "SCRAM-SHA-256": "password", "SCRAM-SHA-512": "password",
		"SCRAM-SHA-1-PLUS": "password", "SCRAM-SHA-256-PLUS": "password", "SCRAM-SHA-512-PLUS": "password",
		"XOAUTH2": "oauth2", "OAUTHBEARER": "oauth2", "EXTERNAL": "none",
	}
	for _, name := range settings.Mechanisms() {
		if got := settings.CredentialOf(name); got != want[name] {
			t.Errorf("%s sends %q, want %q", name, got, want[name])
		}
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("missing: %v", want)
	}
	if got := settings.CredentialOf("DIGEST-MD5"); got != "none" {
		t.Errorf("a mechanism that does not exist sends %q", got)
	}
}

// If this fails, unset, unknown and empty are mixed up.
func TestValue(t *testing.T) {
	double := func(n int) int { return 2 * n }
	var unset settings.Value[int]
	later, zero := settings.Unknown[int](), settings.Of(0)
	if !unset.IsUnset() || unset.IsKnown() || unset.IsUnknown() || unset.Or(7) != 7 || !settings.Map(unset, double).IsUnset() {
		t.Error("unset is not")
	}
	if !later.IsUnknown() || later.IsKnown() || later.IsUnset() || later.Or(7) != 7 || !settings.Map(later, double).IsUnknown() {
		t.Error("unknown is not")
	}
	if !zero.IsKnown() || zero.IsUnset() || zero.IsUnknown() || zero.Or(7) != 0 || settings.Map(settings.Of(2), double).Or(0) != 4 {
		t.Error("zero is a known value")
	}
	if _, ok := later.Get(); ok {
		t.Error("an unknown value was got")
	}
}

// If this fails, a port counts as one of another mode than its standard one, or has a
// mode although it has no standard.
func TestContradicts(t *testing.T) {
	for port, want := range map[int]struct {
		other                    int
		implicit, starttls, none bool
	}{
		465:  {587, false, true, true},
		587:  {465, true, false, false},
		2465: {2587, false, true, true},
		2587: {2465, true, false, false},
		25:   {},
		2525: {},
	} {
		other, ok := settings.Counterpart(port)
		got := [3]bool{settings.Contradicts(port, "implicit"), settings.Contradicts(port, "starttls"), settings.Contradicts(port, "none")}
		if other != want.other || ok != (want.other != 0) || got != [3]bool{want.implicit, want.starttls, want.none} {
			t.Errorf("%d: counterpart %d, contradicts %v", port, other, got)
		}
	}
}
