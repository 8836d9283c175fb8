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
)

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

// If this fails, the diagnostics in README.md, or in the guide that repeats one,
// aren't what the example prints.
func TestReadmeShowsWhatIsPrinted(t *testing.T) {
	t.Parallel()
	n := newInternet(t)
	w := enter(t, n, t.TempDir())
	shown := blocks(t, "README.md", "text")
	if repeated := blocks(t, "docs/guides/getting-started.md", "text"); !slices.Contains(repeated, shown[0]) {
		t.Errorf("the guide to getting started shows %q, not the diagnostic of README.md", repeated)
	}
	example := blocks(t, "README.md", "terraform")[0]
	if err := os.Mkdir(filepath.Join(w.dir, "app"), 0o700); err != nil {
		t.Fatal(err)
	}
	w.write("app/main.tf", "variable \"environment\" {\n  type = map(string)\n}\n")
	for i, step := range []struct {
		command []string
		change  *strings.Replacer
	}{
		{[]string{"plan"}, strings.NewReplacer()},
		{[]string{"apply", "-auto-approve"}, strings.NewReplacer(`"smtp.example.org"`, `"mail.example.org"`, "465", "2525")},
	} {
		w.write("main.tf", step.change.Replace(example))
		w.write("variables.tf", "variable \"smtp_password\" {\n  ephemeral = true\n}\n")
		w.trust(authority.PEM())
		w.fill(n.variables(t))
		w.run("init", "-input=false")
		out, err := w.try(append(step.command, "-input=false", "-no-color")...)
		if err == nil {
			t.Errorf("%s succeeds", step.command)
		}
		out = duration.ReplaceAllString(out, "…")
		if want := duration.ReplaceAllString(shown[i], "…"); !strings.Contains(out, want) {
			t.Errorf("%s prints\n%s\nREADME.md shows\n%s", step.command, out, want)
		}
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
