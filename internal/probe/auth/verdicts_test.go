package auth

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// A code without a row would be told as "unexpected error" to a person.
func TestEveryCodeHasARow(t *testing.T) {
	codes := slices.Collect(maps.Values(serverErrors))
	for _, v := range verdicts {
		codes = append(codes, v.code)
	}
	for _, code := range codes {
		if _, ok := finding.Lookup(code); !ok {
			t.Errorf("%s has no row", code)
		}
	}
}

// Parts of a text are compared in lower case; one with a capital never fits.
func TestVerdictsAreInLowerCase(t *testing.T) {
	for _, v := range verdicts {
		for _, part := range slices.Concat(v.texts, v.hosts) {
			if part != strings.ToLower(part) {
				t.Errorf("%s: %q", v.code, part)
			}
		}
		if v.replies == "" {
			t.Errorf("%s fits every reply", v.code)
		}
	}
}

// A mechanism that settings knows and this package does not would be refused as
// a misspelling.
func TestEveryMechanismHasAConstructor(t *testing.T) {
	for _, m := range settings.Mechanisms() {
		if constructors[m] == nil {
			t.Errorf("%s has no constructor", m)
		}
	}
	if len(constructors) != len(settings.Mechanisms()) {
		t.Errorf("%d constructors for %d mechanisms", len(constructors), len(settings.Mechanisms()))
	}
}
