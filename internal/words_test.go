package internal

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// stiff are words that nobody says across a desk, with what to say instead.
var stiff = []struct {
	word    *regexp.Regexp
	instead string
}{
	{regexp.MustCompile(`(?i)\bwho(so)?ever\b`), "anyone who, callers, clients: name the actor"},
	{regexp.MustCompile(`(?i)\b(is|are|was|were|be|been) told\b`), "learns, gets, is reported"},
	{regexp.MustCompile(`(?i)\bto be told\b`), "expects"},
	{regexp.MustCompile(`(?i)\bfor ever\b`), "forever"},
	{regexp.MustCompile(`(?i)\bmend(s|ed|ing)?\b`), "fix"},
	{regexp.MustCompile(`(?i)\bby hand of\b`), "by"},
	{regexp.MustCompile(`(?i)\b(moreover|hence|thereby|wherein|herein|thereof|whilst|amongst)\b`), "also, so, in it, while, among"},
	{regexp.MustCompile(`(?i)\b(is|are) none of\b`), "is not one of"},
	{regexp.MustCompile(`(?i)\b(is|are) taken for\b`), "looks like, is treated as"},
	{regexp.MustCompile(`(?i)\blest\b`), "so that … not"},
	{regexp.MustCompile(`(?i)\b(one|who)'s own\b`), "your own"},
	{regexp.MustCompile(`(?i)\bin the hands of\b`), "in"},
	{regexp.MustCompile(`(?i)\b(shall|ought to|needs must)\b`), "must, should"},
	{regexp.MustCompile(`(?i)\bmade out to\b`), "issued for"},
	{regexp.MustCompile(`(?i)\bbears?\b`), "has"},
	{regexp.MustCompile(`(?i)\bby lack of\b|\bfor (lack|want) of\b`), "because there is no"},
	{regexp.MustCompile(`(?i)\bof no avail\b|\bin vain\b`), "without effect"},
	{regexp.MustCompile(`(?i)\b(came|come) to be\b`), "completed, became"},
	{regexp.MustCompile(`(?i)\bgiven up for a doubt\b`), "abandoned without proof"},
	{regexp.MustCompile(`(?i)\bworth a look\b`), "check"},
	{regexp.MustCompile(`(?i)\bslip of the (keyboard|pen)\b`), "typo"},
}

// quoted are places in which such a word is right: a table of bad examples, the
// text of a licence, or a word of somebody else.
var quoted = regexp.MustCompile(`(?m)^\| .* \| .* \|$`)

// written lists the files of the repository that people write, and that others
// read.
func written(t *testing.T) []string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", "ls-files", "--cached", "--others", "--exclude-standard")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for file := range strings.Lines(string(out)) {
		file = strings.TrimSpace(file)
		switch {
		case strings.HasSuffix(file, "_test.go"), strings.Contains(file, "testdata/"),
			strings.HasPrefix(file, "docs/"), file == "THIRD-PARTY-LICENCES.md", file == "LICENSE",
			strings.HasPrefix(file, "templates/guides/findings"): // the rows are read
		case strings.HasSuffix(file, ".go"), strings.HasSuffix(file, ".md"), strings.HasSuffix(file, ".tmpl"),
			strings.HasSuffix(file, ".tf"), strings.HasSuffix(file, ".hcl"), strings.HasPrefix(file, ".ci/"),
			strings.HasPrefix(file, ".github/"), file == "GNUmakefile":
			files = append(files, file)
		}
	}
	return files
}

// texts returns what a file says to people: of Go the comments and the string
// literals, else all of it.
func texts(t *testing.T, file string) map[int]string {
	t.Helper()
	path := filepath.Join(root, file)
	content, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil // removed, and not committed yet
	}
	if err != nil {
		t.Fatal(err)
	}
	said := map[int]string{}
	if !strings.HasSuffix(file, ".go") {
		for i, line := range strings.Split(string(content), "\n") {
			said[i+1] = line
		}
		return said
	}
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, path, content, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	for _, group := range parsed.Comments {
		said[set.Position(group.Pos()).Line] += " " + group.Text()
	}
	ast.Inspect(parsed, func(n ast.Node) bool {
		if literal, ok := n.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			said[set.Position(literal.Pos()).Line] += " " + literal.Value
		}
		return true
	})
	return said
}

// If this fails, a text that people read has a word that nobody says: a finding, a
// schema, a page, an example or a comment.
func TestWordsArePlain(t *testing.T) {
	files := written(t)
	if len(files) < 200 {
		t.Fatalf("only %d files: this test looks in the wrong place", len(files))
	}
	for _, file := range files {
		for line, text := range texts(t, file) {
			if file == "CONTRIBUTING.md" {
				text = quoted.ReplaceAllString(text, "")
			}
			for _, s := range stiff {
				if found := s.word.FindString(strings.Join(strings.Fields(text), " ")); found != "" {
					t.Errorf("%s:%d: %q; say: %s", file, line, found, s.instead)
				}
			}
		}
	}
}
