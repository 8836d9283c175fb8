// Command generate writes the guides whose content is data: one table, one row
// for each guide. It runs from the root of the repository.
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/docs"
)

// guides are the files below the folder and what renders them.
var guides = []struct {
	file   string
	render func() string
}{
	{"findings.md", docs.Findings},
	{"services.md", docs.Services},
	{"clients.md", docs.Clients},
	{"troubleshooting.md", docs.Troubleshooting},
}

// folders hold the guides: the templates, from which the documentation is
// regenerated each time, and the documentation itself.
var folders = []string{"templates/guides", "docs/guides"}

func main() {
	log.SetFlags(0)
	for _, folder := range folders {
		if err := write(folder); err != nil {
			log.Fatal(err)
		}
	}
}

func write(folder string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	pages := map[string]string{}
	for name, page := range docs.FindingPages() {
		pages[name+".md"] = page
	}
	for _, g := range guides {
		pages[g.file] = g.render()
	}
	for file, page := range pages {
		if err := os.WriteFile(filepath.Join(folder, file), []byte(page), 0o644); err != nil {
			return err
		}
	}
	return nil
}
