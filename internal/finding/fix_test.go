package finding

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2/hclwrite"
)

// If this fails, a fix that somebody pastes is not formatted: terraform fmt changes it.
func TestEditsAreFormatted(t *testing.T) {
	formatted := func(name string, fix Fix) {
		t.Helper()
		if text := fix.String(); text != string(hclwrite.Format([]byte(text))) {
			t.Errorf("%s: terraform fmt would change\n%s", name, text)
		}
	}
	for _, row := range Catalogue() {
		for _, fix := range row.Fixes {
			facts := Facts{}
			for _, name := range placeholder.FindAllString(fix.String(), -1) {
				facts[strings.Trim(name, "{}")] = "x"
			}
			for _, a := range fix.Set {
				for _, f := range a.When.facts {
					facts[f.name] = "x"
				}
			}
			if filled, _ := fix.filled(facts); fix.IsEdit() {
				formatted(string(row.Code), filled)
			}
		}
	}
	formatted("remarks of neighbours", Set(`username = "apikey" # always`, "password = var.smtp_password # an API key", "port = 465", `host = "ä" # a name`))
}
