// Package internal holds the code to ARCHITECTURE.md: who imports whom, and
// what is depended on.
package internal

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	root   = ".."
	module = "github.com/seed-77eeb0cc/terraform-provider-smtp"
)

// knowTerraform are the rooms that may import packages of the plugin SDK.
var knowTerraform = []string{"main", "internal/provider", "internal/bench/plain"}

// knowServers are the rooms, beside tests, that may import the test servers.
var knowServers = []string{"internal/bench", "internal/demo", "internal/interop", "internal/interopclients"}

// row is a line of a table in ARCHITECTURE.md: its cells, and its place.
type row struct {
	cells []string
	line  int
}

// table returns the rows below a heading whose first cell is code.
func table(t *testing.T, heading string) []row {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(root, "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	below := false
	for i, line := range strings.Split(string(text), "\n") {
		if strings.HasPrefix(line, "## ") {
			below = line == "## "+heading
		}
		if below && strings.HasPrefix(line, "| `") {
			cells := strings.Split(strings.Trim(line, "|"), "|")
			for j := range cells {
				cells[j] = strings.Trim(cells[j], " `")
			}
			rows = append(rows, row{cells: cells, line: i + 1})
		}
	}
	if len(rows) == 0 {
		t.Fatalf("ARCHITECTURE.md has no table below %q", heading)
	}
	return rows
}

// imports returns what the Go files of each room import, whatever their build
// constraints; tests, and folders with a go.mod of their own, are left out. Rooms are
// named as in ARCHITECTURE.md.
func imports(t *testing.T) map[string]map[string]bool {
	t.Helper()
	found := map[string]map[string]bool{}
	err := filepath.WalkDir(root, func(file string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && (name == "testdata" || strings.HasPrefix(name, ".") && name != "..") {
			return fs.SkipDir
		}
		if entry.IsDir() && file != root {
			if _, err := os.Stat(filepath.Join(file, "go.mod")); err == nil {
				return fs.SkipDir
			}
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		room := "main"
		if dir := path.Dir(strings.TrimPrefix(filepath.ToSlash(file), root+"/")); dir != "." {
			room = dir
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		if found[room] == nil {
			found[room] = map[string]bool{}
		}
		for _, spec := range parsed.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			found[room][imported] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// If this fails, ARCHITECTURE.md no longer says which room imports which, or an
// arrow points up.
func TestRoomsImportWhatArchitectureSays(t *testing.T) {
	found := imports(t)
	order := map[string]int{}
	for _, r := range table(t, "Rooms") {
		order[r.cells[0]] = r.line
	}
	for room := range found {
		if order[room] == 0 {
			t.Errorf("%s is not in ARCHITECTURE.md", room)
		}
	}
	for _, r := range table(t, "Rooms") {
		room, said := r.cells[0], []string{}
		if text := r.cells[2]; text != "" {
			said = strings.Split(text, ", ")
		}
		seen := []string{}
		for imported := range found[room] {
			below, ours := strings.CutPrefix(imported, module+"/internal/")
			if !ours {
				continue
			}
			seen = append(seen, below)
			if order["internal/"+below] <= r.line {
				t.Errorf("%s imports %s, which doesn't stand below it", room, below)
			}
		}
		slices.Sort(seen)
		slices.Sort(said)
		if !slices.Equal(seen, said) {
			t.Errorf("ARCHITECTURE.md line %d: %s imports %q, not %q", r.line, room, seen, said)
		}
		if found[room] == nil {
			t.Errorf("ARCHITECTURE.md line %d: there is no %s", r.line, room)
		}
	}
}

// If this fails, Terraform has reached a room that is to stay free of it, or the
// test servers ship with the provider.
func TestTerraformAndTestServersStayInTheirRooms(t *testing.T) {
	seen := map[string]bool{}
	for room, imported := range imports(t) {
		for name := range imported {
			if strings.HasPrefix(name, "github.com/hashicorp/terraform-plugin-") {
				seen["terraform"] = true
				if !slices.Contains(knowTerraform, room) {
					t.Errorf("%s imports %s", room, name)
				}
			}
			if name == module+"/internal/smtptest" {
				seen["smtptest"] = true
				if !slices.Contains(knowServers, room) {
					t.Errorf("%s imports the test servers", room)
				}
			}
		}
	}
	if len(seen) != 2 {
		t.Errorf("only %v was seen imported anywhere: this test looks in the wrong place", slices.Collect(maps.Keys(seen)))
	}
}

// If this fails, a dependency came or went without a word in ARCHITECTURE.md on
// what it is for and what it costs.
func TestDependenciesAreThoseOfArchitecture(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	var required []string
	for _, m := range regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(string(text), -1) {
		required = append(required, m[1])
	}
	var said []string
	for _, r := range table(t, "Dependencies") {
		said = append(said, r.cells[0])
		if len(r.cells) != 5 || slices.Contains(r.cells, "") {
			t.Errorf("ARCHITECTURE.md line %d: a dependency has a reason, a size, its upkeep and a licence", r.line)
		}
	}
	slices.Sort(required)
	slices.Sort(said)
	if !slices.Equal(required, said) {
		t.Errorf("go.mod requires\n%q\nARCHITECTURE.md says\n%q", required, said)
	}
}
