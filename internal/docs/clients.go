package docs

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// clientChapters are the chapters of the guide about clients, in its order.
var clientChapters = []struct {
	category clients.Category
	title    string
}{
	{clients.Application, "Applications"},
	{clients.Framework, "Frameworks"},
	{clients.Library, "Libraries"},
	{clients.Terraform, "Resources of other Terraform providers"},
}

const clientsHead = `---
page_title: "Clients"
subcategory: ""
description: |-
  What libraries, frameworks and applications call the settings of a connection, what they can't express, and where they are weaker than what was verified.
---

# Clients

The provider knows the settings of %d libraries, frameworks and applications. It passes the validated
settings on in exactly the names, types and values that each of them expects:

` + "```terraform" + `
# Names and types of the client, without credentials: known at plan.
provider::smtp::client_settings(smtp_connection.mail.settings, "django")

# The same as texts: for the environment of a container, a config map or for_each.
provider::smtp::client_env(smtp_connection.mail.settings, "grafana")

# The settings that hold a credential, user name included: for secrets and write-only arguments.
provider::smtp::client_secrets(smtp_connection.mail.settings, "grafana", {
  username = "apikey"
  password = var.smtp_password
})
` + "```" + `

In ` + "`client_env` and `client_secrets`" + ` the names of nested settings are joined by dots. A connection with
` + "`clients = [\"grafana\"]`" + ` fails at plan if one of them can't express it, and warns where one would be weaker than
what was verified.

What the words in the tables mean:

- **required**: without TLS the client sends nothing. **opportunistic**: if the server, or an attacker on the network
  path, does not offer STARTTLS, the client continues in clear text. **unknown**: the client has no option for it, and its
  documentation doesn't say.
- **verified**: the client verifies the certificate's chain and name. **unverified**: it accepts any certificate, and no
  option changes that.
- *measured*: we ran the client itself against servers that behave and servers that don't. *library-measured*: we ran the
  library under it, with the options that the client sets. *source*, *documentation*: we read it.

The tables below show a connection to smtp.example.com on port 465 (implicit), 587 (starttls) or 2525 (none), with a
user name, a password and the sender robot@example.org.
`

// examplePorts are those of the tables.
var examplePorts = map[settings.TLSMode]int{settings.Implicit: 465, settings.StartTLS: 587, settings.NoTLS: 2525}

// Clients renders docs/guides/clients.md.
func Clients() string {
	all := clients.All()
	var b strings.Builder
	fmt.Fprintf(&b, clientsHead, len(all))
	for _, chapter := range clientChapters {
		fmt.Fprintf(&b, "\n## %s\n\n| id | client | implicit | starttls | none | evidence |\n| --- | --- | --- | --- | --- | --- |\n", chapter.title)
		for _, c := range all {
			if c.Category == chapter.category {
				clientRow(&b, c)
			}
		}
	}
	b.WriteString("\n## Settings, notes and sources\n")
	for _, c := range all {
		clientSection(&b, c)
	}
	return b.String()
}

func clientRow(b *strings.Builder, c clients.Client) {
	cells := []string{link(c.ID), "[" + cell(c.Name) + "](" + c.Homepage + ")"}
	for _, mode := range settings.TLSModes {
		cells = append(cells, inMode(c, mode))
	}
	fmt.Fprintf(b, "| %s | %s |\n", strings.Join(cells, " | "), c.Evidence)
}

// inMode says in a few words what a client does in a mode.
func inMode(c clients.Client, mode settings.TLSMode) string {
	m := c.Modes[mode]
	if m.Impossible != "" {
		return "impossible"
	}
	words := []string{string(m.Enforcement)}
	if m.Verification != "" {
		words = append(words, string(m.Verification))
	}
	for _, k := range c.Constraints {
		if k.Concerns(mode) {
			words = append(words, condition(k, mode))
		}
	}
	return strings.Join(words, ", ")
}

// condition says in a few words what a constraint means in a mode.
func condition(k clients.Constraint, mode settings.TLSMode) string {
	var ports []string
	for _, p := range k.Ports {
		ports = append(ports, strconv.Itoa(p))
	}
	kind := k.Kind
	if kind == clients.PortDecides {
		kind = clients.NotPorts
		if slices.Contains(k.Modes, mode) {
			kind = clients.OnlyPorts
		}
	}
	words := map[clients.Kind]string{
		clients.OnlyPorts:   "only on port " + strings.Join(ports, ", "),
		clients.NotPorts:    "not on port " + strings.Join(ports, ", "),
		clients.NoLogin:     "without credentials",
		clients.NeedsLogin:  "with credentials",
		clients.NeedsSender: "with a sender",
		clients.NoAddress:   "not to an IP address",
		clients.NoIPv6:      "not to an IPv6 address",
	}[kind]
	if len(k.UnlessHosts) > 0 {
		words += " (but to " + strings.Join(k.UnlessHosts, ", ") + ")"
	}
	return words
}

func clientSection(b *strings.Builder, c clients.Client) {
	fmt.Fprintf(b, "\n### %s\n\n", c.ID)
	facts := []string{c.Name}
	if c.AppliesTo != "" {
		facts = append(facts, "for "+c.AppliesTo)
	}
	fmt.Fprintf(b, "%s. Written as: %s.\n", cell(strings.Join(facts, ", ")), c.Form)
	settingsTable(b, c)
	if c.TLSWords != "" {
		fmt.Fprintf(b, "- In its words: %s.\n", cell(c.TLSWords))
	}
	for _, mode := range settings.TLSModes {
		m := c.Modes[mode]
		if m.Impossible != "" {
			fmt.Fprintf(b, "- %s is impossible: %s.\n", mode, cell(m.Impossible))
		}
		for _, k := range c.Constraints {
			if m.Impossible == "" && k.Concerns(mode) {
				fmt.Fprintf(b, "- %s %s: %s.\n", mode, condition(k, mode), cell(k.Reason))
			}
		}
	}
	if _, ok := c.Auth[settings.AuthOAuth2]; ok {
		b.WriteString("- Accepts OAuth2 access tokens.\n")
	}
	clientAbilities(b, c.Abilities)
	clientSchema(b, c)
	for _, need := range c.AlsoNeeds {
		fmt.Fprintf(b, "- Also needs %s.\n", cell(need))
	}
	for _, note := range c.Notes {
		fmt.Fprintf(b, "- %s\n", cell(note))
	}
	evidence := string(c.Evidence)
	if c.MeasuredWith != "" {
		evidence += " with " + c.MeasuredWith
	}
	fmt.Fprintf(b, "- Sources (%s): %s.\n", cell(evidence), cell(strings.Join(c.Sources, "; ")))
}

// settingsTable shows each setting in each mode; of those that hold a credential only
// the name.
func settingsTable(b *strings.Builder, c clients.Client) {
	columns := map[settings.TLSMode]map[string]string{}
	names := map[string]bool{}
	for _, mode := range settings.TLSModes {
		columns[mode] = exampleSettings(c, mode)
		for name := range columns[mode] {
			names[name] = true
		}
	}
	b.WriteString("\n| setting | implicit | starttls | none |\n| --- | --- | --- | --- |\n")
	for _, name := range slices.Sorted(maps.Keys(names)) {
		fmt.Fprintf(b, "| `%s` |", name)
		for _, mode := range settings.TLSModes {
			fmt.Fprintf(b, " %s |", columns[mode][name])
		}
		b.WriteString("\n")
	}
	b.WriteString("\n")
}

const secretCell = "*secret*"

// exampleSettings are the cells of a column: with a password where the client
// can log in, else without.
func exampleSettings(c clients.Client, mode settings.TLSMode) map[string]string {
	conn := clients.Connection{
		Host: "smtp.example.com", Port: examplePorts[mode], Mode: mode,
		Auth: settings.AuthPassword, From: "robot@example.org",
	}
	credentials := clients.Credentials{Username: "user", Password: secret.New("password")}
	env, err := clients.Env(c.ID, conn)
	if err != nil {
		conn.Auth, credentials = settings.AuthNone, clients.Credentials{}
		env, err = clients.Env(c.ID, conn)
	}
	cells := map[string]string{}
	for name, value := range env {
		cells[name] = "`" + strings.ReplaceAll(value, "|", `\|`) + "`"
		if value == "" {
			cells[name] = "`\"\"`"
		}
	}
	if secrets, failed := clients.Secrets(c.ID, conn, credentials); err == nil && failed == nil {
		for name := range secrets {
			cells[name] = secretCell
		}
	}
	return cells
}
