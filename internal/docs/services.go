// Package docs renders the guides from data of other packages, so that a change of
// the data changes the guide. The command that writes the files is docs/generate.
package docs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
)

// categories are the chapters of the guide about services, in its order.
var categories = []struct {
	category services.Category
	title    string
}{
	{services.Sending, "Sending services"},
	{services.Mailbox, "Mailbox providers"},
	{services.Hosting, "Mailboxes of hosting companies"},
	{services.Testing, "For tests"},
}

const servicesHead = `---
page_title: "Mail services"
subcategory: ""
description: |-
  Hosts, ports, TLS modes and credentials of the mail services that the provider knows.
---

# Mail services

The provider knows %d mail services. ` + "`provider::smtp::service(\"<id>\")`" + ` returns the settings of one, and a
plan that names one of their hosts is checked against the facts on this page.

Every fact has a source: *documented* means the service's own documentation or the Thunderbird ISPDB, *secondary*
(marked with ¹) the documentation or data of somebody else. Only documented facts stop a plan; secondary facts cause
warnings. The recommended port is in bold. Port 25 is listed if a service offers it, but the
rule ` + "`port-25`" + ` refuses it.
`

// Services renders docs/guides/services.md.
func Services() string {
	all := services.All()
	var b strings.Builder
	fmt.Fprintf(&b, servicesHead, len(all))
	for _, chapter := range categories {
		fmt.Fprintf(&b, "\n## %s\n\n| id | service | host | ports | user name | password |\n| --- | --- | --- | --- | --- | --- |\n", chapter.title)
		for _, s := range all {
			if s.Category == chapter.category {
				row(&b, s)
			}
		}
	}
	b.WriteString("\n## Notes and sources\n")
	for _, s := range all {
		fmt.Fprintf(&b, "\n### %s\n\n%s.\n\n", s.ID, cell(s.Name))
		for _, note := range s.Notes {
			fmt.Fprintf(&b, "- %s\n", cell(note))
		}
		for _, line := range oauth2(s) {
			fmt.Fprintf(&b, "- %s\n", line)
		}
		fmt.Fprintf(&b, "- Sources (%s): %s.\n", s.AsOf, cell(strings.Join(s.Sources, "; ")))
	}
	return b.String()
}

func row(b *strings.Builder, s services.Service) {
	var hosts, ports []string
	for _, h := range s.Hosts {
		hosts = append(hosts, "`"+h.Name+"`"+mark(h.Confidence)+options(h))
	}
	for _, e := range s.Endpoints {
		port := fmt.Sprintf("%d %s", e.Port, e.TLSMode)
		if e == s.Recommended {
			port = "**" + port + "**"
		}
		ports = append(ports, port+mark(e.Confidence))
	}
	username := cell(s.Username.Hint)
	if s.Username.Kind == services.UsernameFixed {
		username = "`" + s.Username.Value + "`"
	}
	fmt.Fprintf(b, "| %s | %s | %s | %s | %s%s | %s%s |\n", link(s.ID), cell(s.Name), strings.Join(hosts, "<br>"),
		strings.Join(ports, "<br>"), username, mark(s.Username.Confidence), cell(s.Password.Hint), mark(s.Password.Confidence))
}

// link leads from an id in a table to its section further down.
func link(id string) string { return "[`" + id + "`](#" + id + ")" }

// options says which options choose a host.
func options(h services.HostPattern) string {
	var words []string
	for option, value := range h.Options {
		words = append(words, option+" = "+value)
	}
	if len(words) == 0 {
		return ""
	}
	slices.Sort(words)
	return " (" + strings.Join(words, ", ") + ")"
}

func oauth2(s services.Service) []string {
	var lines []string
	switch s.PasswordPolicy {
	case services.PasswordWithdrawn:
		lines = append(lines, "The service is switching off passwords.")
	case services.PasswordRefused:
		if s.OAuth2 != services.OAuth2None {
			lines = append(lines, "The service refuses passwords.")
		}
	}
	switch s.OAuth2 {
	case services.OAuth2Supported:
		lines = append(lines, "Accepts OAuth2 access tokens.")
	case services.OAuth2Required:
		lines = append(lines, "Requires OAuth2 access tokens.")
	}
	return lines
}

func mark(c services.Confidence) string {
	if c == services.Secondary {
		return "¹"
	}
	return ""
}

// cell keeps a text from ending a table cell, or being taken for HTML. Within back
// quotes nothing is escaped but the bar, which ends a cell even there.
func cell(text string) string {
	prose := strings.NewReplacer("|", `\|`, "<", "&lt;", ">", "&gt;", "*", `\*`, "_", `\_`)
	parts := strings.Split(text, "`")
	for i, part := range parts {
		if i%2 == 0 || i == len(parts)-1 { // a last part without its closing quote is prose
			parts[i] = prose.Replace(part)
		} else {
			parts[i] = strings.ReplaceAll(part, "|", `\|`)
		}
	}
	return strings.Join(parts, "`")
}
