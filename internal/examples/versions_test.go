package examples

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/tfcli"
)

// features are what examples use, with the first version of each product that has
// it.
var features = []struct {
	name                string
	uses                *regexp.Regexp
	terraform, openTofu string
}{
	{"optional attributes", regexp.MustCompile(`\boptional\(`), "1.3", "1.6"},
	{"terraform_data", regexp.MustCompile(`"terraform_data"`), "1.4", "1.6"},
	{"check blocks, plantimestamp", regexp.MustCompile(`(?m)^check "|plantimestamp\(`), "1.5", "1.6"},
	{"functions of providers", regexp.MustCompile(`\bprovider::`), "1.8", "1.7"},
	{"ephemeral values", regexp.MustCompile(`(?m)^ephemeral "|\bephemeral\s*=\s*true`), "1.10", "1.11"},
	{"write-only arguments", regexp.MustCompile(`(?m)^\s*\w+_wo\s*=`), "1.11", "1.11"},
}

// oldestTofu is the first OpenTofu; it has all that Terraform 1.5 has.
const oldestTofu = "1.6"

// Variables that look at each other in their validation are a feature of 1.9.
const otherVariables = "1.9"

var (
	required = regexp.MustCompile(`(?m)^  required_version = ">= ([\d.]+)"`)
	pinned   = regexp.MustCompile(`(?m)^    smtp = \{\n      source  = "seed-77eeb0cc/smtp"\n      version = "([^"]+)"\n    \}$`)
	declared = regexp.MustCompile(`(?ms)^variable "(\w+)" \{$(.*?)^\}$`)
	referred = regexp.MustCompile(`\bvar\.(\w+)`)
)

// older compares two versions; "" is older than any.
func older(a, b string) int {
	if a == "" || b == "" {
		return cmp.Compare(len(a), len(b))
	}
	return version.Must(version.NewVersion(a)).Compare(version.Must(version.NewVersion(b)))
}

// needed returns the version of a product that a configuration needs, "" for any.
func needed(product, text string) string {
	newest := ""
	raise := func(to string) {
		if older(newest, to) < 0 {
			newest = to
		}
	}
	for _, f := range features {
		if f.uses.MatchString(text) {
			raise(map[string]string{tfcli.Terraform: f.terraform, tfcli.OpenTofu: f.openTofu}[product])
		}
	}
	for _, block := range declared.FindAllStringSubmatch(text, -1) {
		if slices.ContainsFunc(referred.FindAllStringSubmatch(block[2], -1), func(m []string) bool { return m[1] != block[1] }) {
			raise(otherVariables)
		}
	}
	return newest
}

// configuration returns all that an example holds, with the modules below it.
func configuration(t *testing.T, folder string) string {
	t.Helper()
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
	return all.String()
}

// demanded returns the version that a configuration says it needs, "" for any.
func demanded(text string) string {
	if m := required.FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

// If this fails, an example shuts out a version on which it works, accepts one on
// which it doesn't, or leaves the provider's version open.
func TestExamplesDemandWhatTheyNeed(t *testing.T) {
	for _, folder := range roots(t) {
		t.Run(folder, func(t *testing.T) {
			text := configuration(t, folder)
			terraform, openTofu := needed(tfcli.Terraform, text), needed(tfcli.OpenTofu, text)
			if openTofu == oldestTofu {
				openTofu = terraform // no OpenTofu is older
			}
			want := slices.MinFunc([]string{terraform, openTofu}, older)
			if got := demanded(text); got != want {
				t.Errorf("demands version %q, needs %q", got, want)
			}
			if m := pinned.FindStringSubmatch(text); m == nil || m[1] != "~> 0.1" {
				t.Errorf("the provider's version is %q", m)
			}
		})
	}
}

// refuses checks that a version which is too old for an example says so, or doesn't
// know its syntax.
func (w *workspace) refuses(demand string, core tfcli.CLI) {
	w.Helper()
	out, err := w.try("init", "-input=false", "-no-color")
	if core.AtLeast(cmp.Or(demand, "1.0")) && err == nil {
		out, err = w.try("validate", "-no-color")
	} else if !strings.Contains(out, "Unsupported") {
		w.Errorf("doesn't say which version is demanded:\n%s", out)
	}
	if err == nil {
		w.Errorf("an example passes on a version that lacks what it uses:\n%s", out)
	}
}
