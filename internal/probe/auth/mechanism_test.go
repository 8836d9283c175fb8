package auth

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, an error of SCRAM is reported as "unexpected error".
func TestEveryCodeHasARow(t *testing.T) {
	for _, code := range serverErrors {
		if _, ok := finding.Lookup(code); !ok {
			t.Errorf("%s has no row", code)
		}
	}
}

// If this fails, a mechanism that settings knows is refused as a misspelling.
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
