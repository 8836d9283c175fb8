package examples

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
)

// features are what examples use, with the first version of either product that
// has it.
var features = []struct {
	name  string
	uses  *regexp.Regexp
	since string
}{
	{"optional attributes", regexp.MustCompile(`\boptional\(`), "1.3"},
	{"terraform_data", regexp.MustCompile(`"terraform_data"`), "1.4"},
	{"check blocks, plantimestamp", regexp.MustCompile(`(?m)^check "|plantimestamp\(`), "1.5"},
	{"functions of providers", regexp.MustCompile(`\bprovider::`), "1.7"},
	{"ephemeral values", regexp.MustCompile(`(?m)^ephemeral "|\bephemeral\s*=\s*true`), "1.10"},
	{"write-only arguments", regexp.MustCompile(`(?m)^\s*\w+_wo\s*=`), "1.11"},
}

// variables that look at each other in their validation are a feature of 1.9.
const otherVariables = "1.9"

var (
	required = regexp.MustCompile(`(?m)^  required_version = ">= ([\d.]+)"`)
	pinned   = regexp.MustCompile(`(?m)^    smtp = \{\n      source  = "seed-77eeb0cc/smtp"\n      version = "([^"]+)"\n    \}$`)
	declared = regexp.MustCompile(`(?ms)^variable "(\w+)" \{$(.*?)^\}$`)
	referred = regexp.MustCompile(`\bvar\.(\w+)`)
)

// needed returns the version that a configuration needs, "" for any.
func needed(text string) string {
	newest := ""
	raise := func(to string) {
		if newest == "" || version.Must(version.NewVersion(to)).GreaterThan(version.Must(version.NewVersion(newest))) {
			newest = to
		}
	}
	for _, f := range features {
		if f.uses.MatchString(text) {
			raise(f.since)
		}
	}
	for _, block := range declared.FindAllStringSubmatch(text, -1) {
		if slices.ContainsFunc(referred.FindAllStringSubmatch(block[2], -1), func(m []string) bool { return m[1] != block[1] }) {
			raise(otherVariables)
		}
	}
	return newest
}

// If this fails, an example shuts out a version on which it works, takes one on
// which it doesn't, or leaves the provider's version open.
func TestExamplesDemandWhatTheyNeed(t *testing.T) {
	for _, folder := range roots(t) {
		t.Run(folder, func(t *testing.T) {
			var all strings.Builder
			err := filepath.WalkDir(filepath.Join(source, folder), func(file string, _ fs.DirEntry, err error) error {
				if err != nil || !strings.HasSuffix(file, ".tf") {
					return err
				}
				text, err := os.ReadFile(file)
				all.Write(text)
				all.WriteString("\n")
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if m := required.FindStringSubmatch(all.String()); m != nil {
				got = m[1]
			}
			if want := needed(all.String()); got != want {
				t.Errorf("demands version %q, needs %q", got, want)
			}
			if m := pinned.FindStringSubmatch(all.String()); m == nil || m[1] != "~> 0.1" {
				t.Errorf("the provider's version is %q", m)
			}
		})
	}
}
