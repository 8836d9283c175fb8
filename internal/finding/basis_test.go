package finding

import (
	"regexp"
	"strings"
	"testing"
)

// If this fails, a plan fails for a reason that nobody looked at: that it can't work
// must be a fact, or what would happen must be beyond repair. A warning needs neither.
func TestErrorsRestOnFacts(t *testing.T) {
	standard := regexp.MustCompile(`RFC \d+|IANA|\[MS-`)
	of := map[Code]Basis{}
	for basis, codes := range bases {
		for _, code := range codes {
			if of[code] != "" {
				t.Errorf("%s has two bases", code)
			}
			if _, ok := Lookup(code); !ok {
				t.Errorf("no row is called %s", code)
			}
			of[code] = basis
		}
	}
	for _, row := range Catalogue() {
		basis := of[row.Code]
		isError := row.Stage == Plan && row.Severity == SeverityError
		if isError != (basis != "") {
			t.Errorf("%s: basis %q of a %s at %s", row.Code, basis, row.Severity, row.Stage)
		}
		if basis == Standard && !standard.MatchString(row.Reference) {
			t.Errorf("%s rests on a standard, and names %q", row.Code, row.Reference)
		}
		if basis != Documented {
			continue
		}
		named := row.Reference != ""
		for _, line := range row.Cause {
			named = named || strings.Contains(line.Text, "{source}") || strings.Contains(line.Text, "{page}") || strings.Contains(line.Text, "{ports}") || strings.Contains(line.Text, "{reason}")
		}
		if !named {
			t.Errorf("%s rests on documentation that it does not name", row.Code)
		}
	}
}
