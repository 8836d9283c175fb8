package rules_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
)

// If this fails, a plan refuses a documented setting of a mail service, lets a mistake
// pass that people make, or gives no way out. The files name the source of each entry.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob("testdata/corpus/*.json")
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var entries []struct {
			Name, From string
			Arguments  map[string]any
			Codes      []string
		}
		if err := json.Unmarshal(content, &entries); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		total += len(entries)
		for _, e := range entries {
			t.Run(filepath.Base(file)+"/"+e.Name, func(t *testing.T) {
				given := build(t, e.Arguments)
				if got := codes(given); !slices.Equal(got, e.Codes) {
					t.Errorf("found %v, want %v (from %s)", got, e.Codes, e.From)
				}
				for _, f := range rules.Check(given) {
					if len(f.Fixes) == 0 {
						t.Errorf("%s: nothing to do", f.Code)
					}
					hidesSecrets(t, given, f.Summary+f.Detail())
				}
			})
		}
	}
	if total < 150 {
		t.Errorf("only %d settings", total)
	}
}
