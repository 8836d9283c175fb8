package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// If this fails, a page that people write says that the provider knows more than
// it does, or much less.
func TestPagesCountWhatIsKnown(t *testing.T) {
	figures := []struct {
		said *regexp.Regexp
		is   int
	}{
		{regexp.MustCompile(`[Oo]ver\s+(\d+)\s+findings`), len(finding.Catalogue())},
		{regexp.MustCompile(`over\s+(\d+)\s+\[mail services\]`), len(services.All())},
		{regexp.MustCompile(`over\s+(\d+)\s+\[libraries and applications\]`), len(clients.All())},
	}
	for _, page := range []string{"README.md", "templates/index.md.tmpl"} {
		text, err := os.ReadFile(filepath.Join("../..", page))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range figures {
			m := f.said.FindSubmatch(text)
			if m == nil {
				t.Errorf("%s doesn't say %s", page, f.said)
				continue
			}
			if said, _ := strconv.Atoi(string(m[1])); said >= f.is || said < f.is*2/3 {
				t.Errorf("%s says %q; it is %d", page, m[0], f.is)
			}
		}
	}
}
