package docs

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules/snippets"
)

// findingChapters are the chapters of the guide about findings, in the order of
// the catalogue: each begins with the code named here.
var findingChapters = []struct {
	first finding.Code
	title string
}{
	{"host-empty", "Plan: host"},
	{"port-out-of-range", "Plan: port"},
	{"tls-mode-word", "Plan: TLS"},
	{"username-without-secret", "Plan: credentials"},
	{"ehlo-name-invalid", "Plan: other values"},
	{"service-port", "Plan: known mail services"},
	{"client-unknown", "Plan: clients of the connection"},
	{"function-argument-object", "Plan: arguments of functions"},
	{"dns-not-found", "Apply: reaching the server"},
	{"server-speaks-implicit-tls", "Apply: when TLS starts"},
	{"greeting-timeout", "Apply: the conversation"},
	{"ca-pem-private-key", "Plan: certificates and keys"},
	{"certificate-name-mismatch", "Apply: the server's certificate"},
	{"auth-not-offered", "Apply: login"},
	{"greeting-refused", "Apply: what the server refused"},
	{"smtputf8-not-offered", "Apply: sender and recipients"},
	{"oauth2-token-rejected", "Apply: OAuth2 tokens"},
	{"oauth2-token-url", "Plan: fetching an OAuth2 token"},
	{"oauth2-offline", "Apply: fetching an OAuth2 token"},
	{finding.Unexpected, "Others"},
}

const findingsHead = `---
page_title: "Findings"
subcategory: ""
description: |-
  Every finding of the provider by its code: what it means, why it matters and how to fix it.
---

# Findings

Each finding has a code that never changes. Those of the *plan* are decided from the settings alone, without a packet;
those of the *apply* are what the server was seen to do. An **error** stops, a **warning** does not.

A finding that can be ignored says so, and is by its code:

` + "```terraform" + `
resource "smtp_connection" "relay" {
  host         = "relay.corp.internal"
  port         = 25
  ignore_rules = ["port-25"]
}
` + "```" + `

The others guard against commands forged by line ends, say that a value can't be read at all, or were seen to fail.
Words in braces such as {port} stand for what was found. No finding shows any part of a secret.

There are %d findings, %d of them at plan. Each wrong and each right example below is run as a test.
`

// Findings renders docs/guides/findings.md.
func Findings() string {
	all := finding.Catalogue()
	plan := 0
	for _, row := range all {
		if row.Stage == finding.Plan {
			plan++
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, findingsHead, len(all), plan)
	for _, row := range all {
		for _, chapter := range findingChapters {
			if chapter.first == row.Code {
				fmt.Fprintf(&b, "\n## %s\n", chapter.title)
			}
		}
		section(&b, row)
	}
	return b.String()
}

// section renders one finding. Its heading is the code alone, which makes the
// anchor.
func section(b *strings.Builder, row finding.Row) {
	fmt.Fprintf(b, "\n### %s\n\n**%s.** %s at %s, shown at `%s`%s.\n\n", row.Code, cell(row.Summary),
		strings.ToUpper(string(row.Severity[:1]))+string(row.Severity[1:]), row.Stage, row.Attribute, ignorable(row))
	if row.Refused != "" {
		fmt.Fprintf(b, "Refused: %s.\n\n", row.Refused)
	}
	for _, paragraph := range row.Cause {
		fmt.Fprintf(b, "%s\n\n", cell(paragraph.Text))
	}
	for i, fix := range row.Prose {
		if i == 0 {
			b.WriteString("To fix it:\n\n")
		}
		b.WriteString("- " + hclOrWords(fix) + "\n")
	}
	fixes(b, row.Fixes)
	if row.Reference != "" {
		fmt.Fprintf(b, "\nSource: %s.\n", cell(row.Reference))
	}
	if s, ok := snippets.Lookup(row.Code); ok {
		example(b, "Wrong", s.Wrong)
		example(b, "Right", s.Right)
	}
}

// fixes renders edits as code with "or" between them, then instructions.
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

// assignment is a fix that can be copied as it stands.
var assignment = regexp.MustCompile(`^[a-z_]+ = ("[^"]*"|[0-9]+|\{[a-z_]+\}|true|false|\[[^]]*\]|[a-z]+\("[^"]*"\))$`)

// hclOrWords sets what can be copied as code.
func hclOrWords(fix string) string {
	lines := strings.Split(fix, "\n")
	for i, line := range lines {
		if assignment.MatchString(line) {
			lines[i] = "`" + line + "`"
		} else {
			lines[i] = cell(line)
		}
	}
	return strings.Join(lines, " and ")
}

func ignorable(row finding.Row) string {
	if row.Ignorable() {
		return ", can be ignored"
	}
	return ""
}

func example(b *strings.Builder, title, arguments string) {
	fmt.Fprintf(b, "\n%s:\n\n```terraform\nresource \"smtp_connection\" \"mail\" {\n%s}\n```\n", title, aligned(arguments))
}

// aligned writes arguments as terraform fmt does, and completes the write-only
// ones with their version.
func aligned(arguments string) string {
	type argument struct{ name, expression string }
	var all []argument
	longest := 0
	for line := range strings.Lines(arguments) {
		name, expression, _ := strings.Cut(line, "=")
		a := argument{strings.TrimSpace(name), strings.TrimSpace(expression)}
		all = append(all, a)
		if strings.HasSuffix(a.name, "_wo") {
			all = append(all, argument{a.name + "_version", "1"})
		}
	}
	for _, a := range all {
		longest = max(longest, len(a.name))
	}
	var b strings.Builder
	for _, a := range all {
		fmt.Fprintf(&b, "  %-*s = %s\n", longest, a.name, a.expression)
	}
	return b.String()
}
