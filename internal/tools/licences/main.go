// Command licences writes THIRD-PARTY-LICENCES.md: the modules that are linked
// into the provider, on any of the systems that it is released for, with their
// licences. Its argument is the root of the repository; it needs no network once
// the modules are there.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/google/licensecheck"
)

const file = "THIRD-PARTY-LICENCES.md"

// systems are those of .goreleaser.yml: which modules are linked in depends on
// the system.
var systems = []string{"linux", "darwin", "windows", "freebsd"}

// least is the share of a licence's text that has to be recognised, in percent.
const least = 75

// module is one that is linked in.
type module struct {
	Path string
	Dir  string
	Main bool
}

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: licences ROOT")
	}
	page, err := render(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(os.Args[1], file), page, 0o644); err != nil {
		log.Fatal(err)
	}
}

// render returns the page for the provider in a folder.
func render(root string) ([]byte, error) {
	modules, err := linked(root)
	if err != nil {
		return nil, err
	}
	var page, texts bytes.Buffer
	page.WriteString(`# Licences of third parties

The released provider is one binary. These modules, and Go's standard library, are linked into it. Written by
` + "`make licences`" + `; the versions are in go.mod.

| module | licence |
| --- | --- |
`)
	seen := map[string]bool{}
	for _, path := range slices.Sorted(maps.Keys(modules)) {
		ids, notices, err := licence(modules[path].Dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		fmt.Fprintf(&page, "| %s | %s |\n", path, strings.Join(ids, ", "))
		for _, notice := range notices {
			if !seen[notice] {
				seen[notice] = true
				fmt.Fprintf(&texts, "\n## %s\n\n```text\n%s\n```\n", path, notice)
			}
		}
	}
	page.WriteString("\nTexts that several modules share are below once, under the first of them.\n")
	return append(page.Bytes(), texts.Bytes()...), nil
}

// linked returns the modules of all packages that the provider is made of, and
// the standard library under the name that people know.
func linked(root string) (map[string]module, error) {
	found := map[string]module{}
	for _, system := range systems {
		cmd := exec.Command("go", "list", "-deps", "-json=Module", ".")
		cmd.Dir, cmd.Stderr = root, os.Stderr
		cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=0", "GOFLAGS=-mod=readonly")
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list for %s: %w", system, err)
		}
		for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
			var listed struct{ Module *module }
			if err := decoder.Decode(&listed); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				return nil, err
			}
			if m := listed.Module; m != nil && !m.Main {
				found[m.Path] = *m
			}
		}
	}
	goroot, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	found["Go standard library"] = module{Dir: strings.TrimSpace(string(goroot))}
	return found, nil
}

var names = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice)([-.](md|txt|mit|apache))?$`)

// licence returns the SPDX names of a module's licences and the texts that have to
// go with it.
func licence(dir string) (ids, texts []string, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, err
	}
	for _, entry := range entries {
		if entry.IsDir() || !names.MatchString(entry.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		if err != nil {
			return nil, nil, err
		}
		texts = append(texts, plain(text))
		coverage := licensecheck.Scan(text)
		if coverage.Percent < least {
			continue // a notice
		}
		for _, match := range coverage.Match {
			if !slices.Contains(ids, match.ID) {
				ids = append(ids, match.ID)
			}
		}
	}
	if len(ids) == 0 {
		return nil, nil, errors.New("no licence that is known")
	}
	slices.Sort(ids)
	return ids, texts, nil
}

// plain drops what Markdown or an editor would trip over: carriage returns, blanks
// at the ends of lines, and form feeds.
func plain(text []byte) string {
	lines := strings.Split(strings.NewReplacer("\r", "", "\f", "").Replace(string(text)), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \t")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}
