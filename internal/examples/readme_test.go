package examples

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

var (
	fence    = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")
	duration = regexp.MustCompile(`\b\d+(\.\d+)?m?s\b`)
	atOnce   = regexp.MustCompile(`\b(resolve|connect) \d+ms, `) // shown on a busy machine alone
)

// timeless leaves out how long things took.
func timeless(text string) string {
	return duration.ReplaceAllString(atOnce.ReplaceAllString(text, ""), "…")
}

// blocks returns the fenced blocks of a page in a language.
func blocks(t *testing.T, page, language string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, page))
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, m := range fence.FindAllStringSubmatch(string(text), -1) {
		if m[1] == language {
			out = append(out, m[2])
		}
	}
	return out
}

// samples are the runs of README.md's example whose diagnostics pages show.
var samples = []struct {
	command []string
	change  *strings.Replacer
	pages   []string
}{
	{[]string{"plan"}, strings.NewReplacer(), []string{"templates/guides/getting-started.md.tmpl"}},
	{[]string{"apply", "-auto-approve"}, strings.NewReplacer(`"smtp.example.org"`, `"mail.example.org"`, "465", "2525"), []string{"README.md"}},
}

// readme returns a workspace with README.md's example.
func readme(t *testing.T, n *internet) *workspace {
	t.Helper()
	w := enter(t, n, t.TempDir())
	if err := os.Mkdir(filepath.Join(w.dir, "app"), 0o700); err != nil {
		t.Fatal(err)
	}
	w.write("app/main.tf", "variable \"environment\" {\n  type = map(string)\n}\n")
	w.write("variables.tf", "variable \"smtp_password\" {\n  ephemeral = true\n}\n")
	w.write("main.tf", blocks(t, "README.md", "terraform")[0])
	w.fill(n.variables(t))
	w.run("init", "-input=false")
	return w
}

// firstError is the first error that a CLI prints, up to the warnings.
var firstError = regexp.MustCompile(`(?ms)^Error: .*?(^$\n(^Warning: |^Error: )|\z)`)

// If this fails, a diagnostic in README.md or in the guide differs from what the
// example prints. To write them again: go test -run Readme -update.
func TestReadmeShowsWhatIsPrinted(t *testing.T) {
	n := newInternet(t)
	w := readme(t, n)
	example := w.read("main.tf")
	shown := map[string]int{}
	for _, s := range samples {
		w.write("main.tf", s.change.Replace(example))
		out, err := w.try(append(s.command, "-input=false", "-no-color")...)
		if err == nil {
			t.Errorf("%s succeeds", s.command)
		}
		printed := strings.TrimSpace(otherHead.ReplaceAllString(firstError.FindString(out), "")) + "\n"
		for _, page := range s.pages {
			i := shown[page]
			shown[page]++
			if *update {
				replace(t, page, i, printed)
			}
			if want := errorBlocks(t, page)[i]; timeless(printed) != timeless(want) {
				t.Errorf("%s prints\n%s\n%s shows\n%s", s.command, printed, page, want)
			}
		}
	}
}

var otherHead = regexp.MustCompile(`(?m)\n^(Warning|Error): .*\n?\z`)

// errorBlocks are the texts on a page that begin as a diagnostic does.
func errorBlocks(t *testing.T, page string) []string {
	t.Helper()
	return slices.DeleteFunc(blocks(t, page, "text"), func(b string) bool { return !strings.HasPrefix(b, "Error: ") })
}

// replace puts another text in the place of a page's diagnostic.
func replace(t *testing.T, page string, i int, by string) {
	t.Helper()
	old := errorBlocks(t, page)[i]
	file := filepath.Join(root, page)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(text), old, by, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

// pages are all that users read.
func pages(t *testing.T) map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(root, "docs", "*", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"README.md", "ARCHITECTURE.md", "CHANGELOG.md", "docs/index.md"} {
		files = append(files, filepath.Join(root, name))
	}
	texts := map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		texts[file] = string(text)
	}
	return texts
}

var link = regexp.MustCompile(`\]\(([^)#\s]+)(#[^)\s]*)?\)`)

// If this fails, a page links to a file that doesn't exist.
func TestLinksLeadSomewhere(t *testing.T) {
	local := 0
	for page, text := range pages(t) {
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			local++
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s: %v", page, err)
			}
		}
	}
	if local < 20 {
		t.Errorf("only %d links were seen: this test looks in the wrong place", local)
	}
}

var escapedCode = regexp.MustCompile("`[^`\n]*\\\\[_*<>][^`\n]*`")

// If this fails, a reader copies a backslash that Markdown doesn't take away:
// within back quotes nothing is escaped.
func TestCodeIsNotEscaped(t *testing.T) {
	for page, text := range pages(t) {
		for _, code := range escapedCode.FindAllString(fence.ReplaceAllString(text, ""), -1) {
			t.Errorf("%s: %s", page, code)
		}
	}
}
