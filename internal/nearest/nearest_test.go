package nearest_test

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/nearest"
)

// If this fails, "did you mean" counts typos wrongly.
func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"gmail", "gmail", 0},
		{"gmial", "gmail", 1},
		{"gmal", "gmail", 1},
		{"gmaill", "gmail", 1},
		{"gnail", "gmail", 1},
		{"ca", "abc", 3},
		{"kitten", "sitting", 3},
		{"bücher", "bucher", 1},
	} {
		if got := nearest.Distance(c.a, c.b); got != c.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// If this fails, a typo of a known word gets no suggestion, or another word gets one.
func TestOf(t *testing.T) {
	known := []string{"port-25", "implicit-tls-port", "insecure-tls"}
	for _, c := range []struct {
		word  string
		limit int
		want  string
		found bool
	}{
		{"port25", 2, "port-25", true},
		{"implict-tls-prot", 2, "implicit-tls-port", true},
		{"something", 2, "", false},
		{"port-25", 0, "port-25", true},
	} {
		if got, found := nearest.Of(c.word, known, c.limit); got != c.want || found != c.found {
			t.Errorf("Of(%q) = %q, %v", c.word, got, found)
		}
	}
}

// If this fails, a word that means one of the known words is refused without saying
// which, or another word is taken for it.
func TestMeant(t *testing.T) {
	known := []string{"none", "handshake", "SCRAM-SHA-256"}
	synonyms := map[string]string{"true": "handshake", "off": "none", "all": "everything"}
	for word, want := range map[string]string{
		"Handshake": "handshake", " none ": "none", "scram_sha256": "SCRAM-SHA-256", "TRUE": "handshake", "off": "none",
		"handshke": "handshake", "nome": "none", "SCRAM-SHA-265": "SCRAM-SHA-256", "scram-sha-25": "SCRAM-SHA-256",
		"all": "", "": "", "  ": "", "no": "", "something": "", "n": "",
	} {
		if got, ok := nearest.Meant(word, known, synonyms); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %t, want %q", word, got, ok, want)
		}
	}
}
