package internal

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the diagram of the rooms into ARCHITECTURE.md")

// checkPath is the path of one check through the rooms.
var checkPath = []string{"main", "provider", "rules", "probe", "probe/dial", "probe/wire", "probe/certs", "probe/auth", "probe/refusal", "finding"}

// diagram draws the table of rooms. An import is left out where the rooms between
// the two lead there as well, so that the arrows can be followed.
func diagram(rooms []row) string {
	below := map[string][]string{}
	for _, r := range rooms {
		name := strings.TrimPrefix(r.cells[0], "internal/")
		below[name] = nil
		if r.cells[2] != "" {
			below[name] = strings.Split(r.cells[2], ", ")
		}
	}
	var reaches func(from, to string) bool
	reaches = func(from, to string) bool {
		return slices.ContainsFunc(below[from], func(next string) bool { return next == to || reaches(next, to) })
	}
	var out strings.Builder
	out.WriteString("```mermaid\nflowchart TD\n")
	id := strings.NewReplacer("/", "_").Replace
	for _, name := range slices.Sorted(maps.Keys(below)) {
		fmt.Fprintf(&out, "  %s[%q]\n", id(name), name)
		for _, next := range below[name] {
			if !slices.ContainsFunc(below[name], func(other string) bool { return other != next && reaches(other, next) }) {
				fmt.Fprintf(&out, "  %s --> %s\n", id(name), id(next))
			}
		}
	}
	fmt.Fprintf(&out, "  classDef check stroke-width:3px\n  class %s check\n```\n", id(strings.Join(checkPath, ",")))
	return out.String()
}

// If this fails, the diagram in ARCHITECTURE.md doesn't match its table of rooms. To draw
// it again: go test ./internal -update.
func TestDiagram(t *testing.T) {
	rooms := table(t, "Rooms")
	for _, name := range checkPath {
		if !slices.ContainsFunc(rooms, func(r row) bool { return strings.TrimPrefix(r.cells[0], "internal/") == name }) {
			t.Errorf("there is no room %s for a check to go through", name)
		}
	}
	file := filepath.Join(root, "ARCHITECTURE.md")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, _ := strings.Cut(string(text), "```mermaid\n")
	shown, after, found := strings.Cut(rest, "```\n")
	if !found {
		t.Fatal("ARCHITECTURE.md has no diagram")
	}
	want := diagram(rooms)
	if *update {
		if err := os.WriteFile(file, []byte(before+want+after), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got := "```mermaid\n" + shown + "```\n"; got != want {
		t.Errorf("ARCHITECTURE.md shows\n%s\nthe table says\n%s", got, want)
	}
}
