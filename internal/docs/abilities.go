package docs

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// clientAbilities lists the settings that a client has besides host, port and mode.
func clientAbilities(b *strings.Builder, a clients.Abilities) {
	if a.Mechanisms != nil {
		var words []string
		for _, m := range settings.Mechanisms() {
			if told, has := a.Mechanisms[m]; has {
				words = append(words, string(m)+written(told))
			}
		}
		line := "Logs in with " + strings.Join(words, ", ")
		if len(a.Chooses) > 0 {
			names := make([]string, 0, len(a.Chooses))
			for _, m := range a.Chooses {
				names = append(names, string(m))
			}
			line += "; if none is set, with the first of " + strings.Join(names, ", ") + " that the server offers"
		}
		fmt.Fprintf(b, "- %s.\n", line)
	}
	for _, row := range []struct {
		what    string
		ability clients.Ability
	}{
		{"EHLO name", a.EHLOName},
		{"A different name in the certificate", a.ServerName},
		{"Private authority", a.PrivateCA},
		{"Client certificate", a.ClientCertificate},
		{"Certificate not verified", a.SkipVerification},
		{"SMTPUTF8", a.SMTPUTF8},
	} {
		said := map[clients.Can]string{
			clients.BySetting: "by settings" + written(row.ability.Settings),
			clients.Outside:   "outside its settings",
			clients.Always:    "yes",
			clients.Cannot:    "no",
		}[row.ability.Can]
		if said == "" {
			continue
		}
		if row.ability.How != "" {
			said += ": " + cell(row.ability.How)
		}
		fmt.Fprintf(b, "- %s: %s.\n", row.what, said)
	}
}

// written shows the settings that tell a client something, if there are any.
func written(told map[string]any) string {
	flat := clients.Object(told).Flat()
	if len(flat) == 0 {
		return ""
	}
	var words []string
	for _, name := range slices.Sorted(maps.Keys(flat)) {
		words = append(words, fmt.Sprintf("`%s = %v`", name, flat[name]))
	}
	return " (" + strings.Join(words, ", ") + ")"
}

// clientSchema says where a Terraform resource keeps its settings.
func clientSchema(b *strings.Builder, c clients.Client) {
	if c.Schema == nil {
		return
	}
	place := "`" + c.Schema.Resource + "`"
	if len(c.Schema.At) > 0 {
		place = "`" + strings.Join(c.Schema.At, ".") + "` of " + place
	}
	fmt.Fprintf(b, "- Part of %s (%s, %s).\n", place, c.Schema.Provider, cell(c.Schema.Version))
	writeOnly := c.Secrets()
	for _, name := range slices.Sorted(maps.Keys(writeOnly)) {
		where := "is stored in the state"
		if writeOnly[name] {
			where = "is write-only: it takes an ephemeral value, and no state stores it"
		}
		fmt.Fprintf(b, "- `%s` %s.\n", name, where)
	}
}
