package docs

import (
	"fmt"
	"strings"
	"sync"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

const troubleshootingHead = `---
page_title: "Troubleshooting by error message"
subcategory: ""
description: |-
  What error messages of mail libraries, tools and servers mean, and the settings that cure them.
---

# Troubleshooting by error message

Search this page for the part of your message that stays the same: leave out hosts, ports, paths and ids. Each entry says
what the message means, which settings cure it, and which finding of the provider it corresponds to. The provider finds
most of these mistakes at plan, and the rest at apply. [Clients](clients.md) shows the same settings in the words of each
library and application.

Not sure which entry it is? Declare the connection, and apply says what the server does:

` + "```terraform" + `
resource "smtp_connection" "mail" {
  host     = "smtp.example.com"
  port     = 587
  tls_mode = "starttls"
  verify   = "handshake"
}
` + "```" + `

`

var symptoms = sync.OnceValue(finding.Symptoms)

// Troubleshooting renders docs/guides/troubleshooting.md. The heading of an entry is
// the code of its finding, which makes the anchor.
func Troubleshooting() string {
	var rows []finding.Row
	texts, tools := 0, map[string]bool{}
	for _, row := range finding.Catalogue() {
		symptom, ok := symptoms()[row.Code]
		if !ok {
			continue
		}
		rows = append(rows, row)
		texts += len(symptom.Says)
		for _, said := range symptom.Says {
			for tool := range strings.SplitSeq(said.Tool, ", ") {
				tools[tool] = true
			}
		}
	}
	var b strings.Builder
	b.WriteString(troubleshootingHead)
	fmt.Fprintf(&b, "There are %d messages of %d tools and services.\n\n", texts, len(tools))
	for _, row := range rows {
		fmt.Fprintf(&b, "- [%s](#%s)\n", symptoms()[row.Code].Title, row.Code)
	}
	for _, guide := range findingPages {
		begun := false
		for _, row := range rows {
			if finding.Page(row.Code) != guide.guide {
				continue
			}
			if !begun {
				fmt.Fprintf(&b, "\n## %s\n", strings.TrimPrefix(guide.title, "Findings: "))
				begun = true
			}
			entry(&b, row)
		}
	}
	return b.String()
}

func entry(b *strings.Builder, row finding.Row) {
	e := symptoms()[row.Code]
	fmt.Fprintf(b, "\n### %s\n\n**%s.** %s\n\n| message | from | source |\n| --- | --- | --- |\n", row.Code, e.Title, e.Means)
	for _, said := range e.Says {
		fmt.Fprintf(b, "| %s | %s | %s |\n", code(said.Text), cell(said.Tool), source(said.Source))
	}
	b.WriteString("\n")
	fixes(b, e.Cure)
	links := []string{findingLink(row.Code)}
	for _, also := range e.Also {
		links = append(links, findingLink(also))
	}
	if len(links) == 1 {
		fmt.Fprintf(b, "Finding: %s.\n", links[0])
		return
	}
	fmt.Fprintf(b, "Finding: %s. It may also be %s.\n", links[0], strings.Join(links[1:], ", "))
}

// source links to a page, or to a file in a repository: owner/name@version path.
func source(text string) string {
	repository, path, isFile := strings.Cut(text, " ")
	if !isFile {
		_, rest, _ := strings.Cut(text, "://")
		site, _, _ := strings.Cut(rest, "/")
		return "[" + cell(site) + "](" + text + ")"
	}
	name, version, _ := strings.Cut(repository, "@")
	file := path[strings.LastIndex(path, "/")+1:]
	return fmt.Sprintf("[%s](https://github.com/%s/blob/%s/%s)", cell(name+", "+file), name, version, path)
}
