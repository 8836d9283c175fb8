package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const root = "../../.."

// allowed are the licences under which a module may be linked into a binary that
// is given to others under MPL-2.0.
var allowed = []string{"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MPL-2.0"}

// If this fails, a module came or went, or changed its licence: run make licences
// and look at the difference.
func TestListIsThatOfTheModules(t *testing.T) {
	want, err := render(root)
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is stale: run make licences", file)
	}
}

// If this fails, a module is linked in under a licence that nobody has agreed to.
func TestLicencesAreAllowed(t *testing.T) {
	modules, err := linked(root)
	if err != nil {
		t.Fatal(err)
	}
	if len(modules) < 20 {
		t.Fatalf("only %d modules: this test looks in the wrong place", len(modules))
	}
	for path, m := range modules {
		ids, _, err := licence(m.Dir)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		for _, id := range ids {
			if !strings.Contains(" "+strings.Join(allowed, " ")+" ", " "+id+" ") {
				t.Errorf("%s has licence %s", path, id)
			}
		}
	}
}

// If this fails, a module without a licence, or with one that is not known, would
// be listed as if it had one.
func TestNoLicence(t *testing.T) {
	for name, text := range map[string]string{"README.md": "MIT", "LICENSE": "All rights reserved.", "NOTICE": "Copyright"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if ids, _, err := licence(dir); err == nil {
			t.Errorf("%s with %q counts as %v", name, text, ids)
		}
	}
}
