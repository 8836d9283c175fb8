package rules_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
)

// If this fails, each of several errors sends the reader to the others, and none says
// what to write.
func TestSomeErrorHasAnEdit(t *testing.T) {
	for _, given := range []string{
		"port = 465\ntls_mode = \"ssl\"",
		"port = 2525\ntls_mode = \"tls\"",
		"port = 25\ntls_mode = \"smtps\"",
		"port = 993\ntls_mode = \"implicit\"",
		"port = 465\ntls_mode = \"starttls\"",
		"port = 465\ntls_mode = \"ssl\"\ntimeout = \"soon\"",
	} {
		for _, client := range clients.All() {
			s := read(t, fmt.Sprintf("host = \"smtp.office365.com\"\n%s\nusername = \"app@corp.internal\"\npassword = \"pencil\"\nclients = [%q]\n", given, client.ID), nil)
			errors, edits := 0, 0
			for _, f := range rules.Check(s) {
				if f.Severity == finding.SeverityError {
					errors++
					if slices.ContainsFunc(f.Fixes, finding.Fix.IsEdit) {
						edits++
					}
				}
			}
			if errors > 0 && edits == 0 {
				t.Errorf("%s\nfor %s: %d errors without an edit", given, client.ID, errors)
			}
		}
	}
}
