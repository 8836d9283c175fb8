package docs

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules/snippets"
)

// findingPages are the guides to findings, by when these come up.
var findingPages = []struct{ guide, title, about string }{
	{"findings-plan", "Findings at plan", "What the settings alone show, without a packet: host, port, TLS mode, credentials, known mail services, clients and functions."},
	{"findings-connection", "Findings: connection and TLS", "What happens before the login: names, addresses, ports, greeting, STARTTLS and the TLS handshake."},
	{"findings-certificates", "Findings: certificates", "Why a server's certificate is not trusted, and which TLS versions it speaks."},
	{"findings-login", "Findings: login", "Why a server offers no login, or refuses one."},
	{"findings-envelope", "Findings: sender, recipients and message", "Why a server refuses the client, the sender, a recipient or the message."},
	{"findings-oauth2", "Findings: OAuth2 tokens", "Why a token service gives no token, or a mail server refuses one."},
}

const findingsHead = `---
page_title: "Findings"
subcategory: ""
description: |-
  Every finding of the provider, by its code and by the argument that it is about.
---

# Findings

Each finding has a code that never changes. The provider decides those at *plan* from the settings alone, without
a packet; those at *apply* are what it saw the server do. An **error** stops the run, a **warning** does not. If you have
an error message of another tool instead, see [Troubleshooting by error message](troubleshooting.md).

You can ignore a finding marked "can be ignored" by its code:

` + "```terraform" + `
resource "smtp_connection" "relay" {
  host         = "relay.corp.internal"
  port         = 25
  ignore_rules = ["port-25"]
}
` + "```" + `

You can't ignore the others: they guard against commands forged by line breaks, mean that a value can't be read, or report
what failed on the server. No finding shows any part of a secret.

`

// Findings renders docs/guides/findings.md, the index of all findings.
func Findings() string {
	all := finding.Catalogue()
	plan := 0
	for _, row := range all {
		if row.Stage == finding.Plan {
			plan++
		}
	}
	var b strings.Builder
	b.WriteString(findingsHead)
	fmt.Fprintf(&b, "There are %d findings, %d of them at plan.\n\n", len(all), plan)
	for _, page := range findingPages {
		fmt.Fprintf(&b, "- [%s](%s.md): %s\n", page.title, page.guide, page.about)
	}
	b.WriteString("\n## By argument\n\n| argument | findings |\n| --- | --- |\n")
	byArgument := map[string][]string{}
	for _, row := range all {
		byArgument[row.Attribute] = append(byArgument[row.Attribute], findingLink(row.Code))
	}
	for _, argument := range slices.Sorted(maps.Keys(byArgument)) {
		fmt.Fprintf(&b, "| `%s` | %s |\n", argument, strings.Join(byArgument[argument], ", "))
	}
	b.WriteString("\n## By code\n\n| code | finding | |\n| --- | --- | --- |\n")
	slices.SortFunc(all, func(x, y finding.Row) int { return strings.Compare(string(x.Code), string(y.Code)) })
	for _, row := range all {
		fmt.Fprintf(&b, "| %s | %s | %s at %s |\n", findingLink(row.Code), cell(row.Summary), row.Severity, row.Stage)
	}
	return b.String()
}

// findingLink leads from any guide to the section of a finding.
func findingLink(code finding.Code) string {
	return fmt.Sprintf("[`%s`](%s.md#%s)", code, finding.Page(code), code)
}

// FindingPages renders the guides to findings, by their names.
func FindingPages() map[string]string {
	pages := map[string]string{}
	for _, page := range findingPages {
		pages[page.guide] = findingPage(page.guide, page.title, page.about)
	}
	return pages
}

func findingPage(guide, title, about string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\npage_title: %q\nsubcategory: \"\"\ndescription: |-\n  %s\n---\n\n# %s\n\n%s\n\n", title, about, title, about)
	b.WriteString("Words in braces, such as {port}, stand for what was found. [All findings](findings.md), by code and by argument.\n\n")
	var families []finding.Family
	for _, family := range finding.Families() {
		if family.Guide == guide {
			families = append(families, family)
		}
	}
	for _, family := range families {
		var links []string
		for _, row := range family.Rows {
			links = append(links, link(string(row.Code)))
		}
		fmt.Fprintf(&b, "- %s: %s\n", family.Title, strings.Join(links, ", "))
	}
	for _, family := range families {
		fmt.Fprintf(&b, "\n## %s\n\n", family.Title)
		for i, row := range family.Rows {
			if i > 0 {
				b.WriteString("\n")
			}
			b.WriteString(section(row))
		}
	}
	return b.String()
}

// section renders one finding. Its heading is the code alone, because the heading
// becomes the anchor.
func section(row finding.Row) string {
	b := &strings.Builder{}
	fmt.Fprintf(b, "### %s\n\n**%s.** %s at %s, shown at `%s`%s.\n\n", row.Code, cell(row.Summary),
		strings.ToUpper(string(row.Severity[:1]))+string(row.Severity[1:]), row.Stage, row.Attribute, ignorable(row))
	if row.Refused != "" {
		fmt.Fprintf(b, "Refused: %s.\n\n", row.Refused)
	}
	causes(b, row.Cause)
	fixes(b, row.Fixes)
	if row.Reference != "" {
		fmt.Fprintf(b, "Source: %s.\n\n", cell(row.Reference))
	}
	if symptom, ok := symptoms()[row.Code]; ok {
		fmt.Fprintf(b, "Other tools then say, for example, %s: [%s](troubleshooting.md#%s).\n\n", code(symptom.Says[0].Text), symptom.Title, row.Code)
	}
	if s, ok := snippets.Lookup(row.Code); ok && !pastes(row) {
		example(b, "Wrong", s.Wrong)
		example(b, "Right", s.Right)
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// causes renders the paragraphs of a cause, and as a list those for some cases only.
func causes(b *strings.Builder, lines finding.Lines) {
	inList := false
	for _, line := range lines {
		lead, end := "", "\n\n"
		switch several := line.IsOneOfSeveral(); {
		case several && inList:
			lead, end = "- ", "\n"
		case several:
			lead, end = "Depending on the case:\n\n- ", "\n"
		case inList:
			lead = "\n"
		}
		b.WriteString(lead + cell(line.Text) + end)
		inList = line.IsOneOfSeveral()
	}
	if inList {
		b.WriteString("\n")
	}
}

// pastes reports whether a fix of the row has no placeholder, so that an example
// would only repeat it.
func pastes(row finding.Row) bool {
	return slices.ContainsFunc(row.Fixes, func(f finding.Fix) bool {
		return f.IsEdit() && len(f.Set) > 0 && !strings.Contains(f.String(), "{")
	})
}

// code sets a text as code that a plain search finds.
func code(text string) string {
	if strings.Contains(text, "`") {
		return "`` " + text + " ``"
	}
	return "`" + text + "`"
}

// fixes renders edits as code with "or" between them, then instructions, in the order
// of [finding.Finding.Fix].
func fixes(b *strings.Builder, all []finding.Fix) {
	lead := map[bool]string{true: "To fix it, use\n\n", false: "To fix it: "}
	for _, edits := range []bool{true, false} {
		for _, fix := range all {
			switch {
			case fix.IsEdit() != edits:
				continue
			case edits:
				b.WriteString(lead[edits] + "```terraform\n" + fix.String() + "\n```\n\n")
			default:
				b.WriteString(lead[edits] + cell(fix.Do) + "\n\n")
			}
			lead = map[bool]string{true: "or\n\n", false: "Or: "}
		}
	}
}

func ignorable(row finding.Row) string {
	if row.Ignorable() {
		return ", can be ignored"
	}
	return ""
}

func example(b *strings.Builder, title, arguments string) {
	fmt.Fprintf(b, "%s:\n\n```terraform\nresource \"smtp_connection\" \"mail\" {\n%s}\n```\n\n", title, aligned(arguments))
}

// aligned writes arguments as terraform fmt does.
func aligned(arguments string) string {
	type argument struct{ name, expression string }
	var all []argument
	longest := 0
	for line := range strings.Lines(arguments) {
		name, expression, _ := strings.Cut(line, "=")
		a := argument{strings.TrimSpace(name), strings.TrimSpace(expression)}
		all, longest = append(all, a), max(longest, len(a.name))
	}
	var b strings.Builder
	for _, a := range all {
		fmt.Fprintf(&b, "  %-*s = %s\n", longest, a.name, a.expression)
	}
	return b.String()
}
