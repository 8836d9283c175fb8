//go:build interopclients

package examples

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
)

// said is a schema in the words of "terraform providers schema -json".
type said struct {
	Attributes map[string]struct {
		Type                                    json.RawMessage
		Required, Optional, Computed, Sensitive bool
		WriteOnly                               bool `json:"write_only"`
	}
	Blocks map[string]struct {
		Nesting string `json:"nesting_mode"`
		Min     int    `json:"min_items"`
		Max     int    `json:"max_items"`
		Block   said
	} `json:"block_types"`
}

// If this fails, a recorded schema differs from what a release of the provider
// itself says, otherwise than the recording knows.
func TestRecordedSchemasAreThoseOfTheProviders(t *testing.T) {
	var all struct {
		Providers map[string]struct {
			Resources map[string]struct{ Block said } `json:"resource_schemas"`
		} `json:"provider_schemas"`
	}
	w := released(t, "")
	out, err := w.command("providers", "schema", "-json").Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &all); err != nil {
		t.Fatal(err)
	}
	compared := map[string]bool{}
	for _, r := range recordings(t) {
		if r.Ran == nil {
			continue
		}
		compared[r.Provider] = true
		resource, ok := all.Providers["registry.terraform.io/"+r.Provider].Resources[r.Ran.Resource]
		if !ok {
			t.Errorf("%s %s has no %s", r.Provider, r.Ran.Version, r.Ran.Resource)
			continue
		}
		t.Run(r.Resource, func(t *testing.T) { r.Ran.compare(t, "", r.Arguments, resource.Block) })
	}
	if want := []string{"hashicorp/aws", "hashicorp/helm", "hashicorp/kubernetes"}; !slices.Equal(slices.Sorted(maps.Keys(compared)), want) {
		t.Errorf("compared %v, not %v", compared, want)
	}
}

// compare holds recorded arguments against a schema that a provider gives.
func (r ran) compare(t *testing.T, at string, arguments map[string]clients.Argument, block said) {
	t.Helper()
	for name, want := range arguments {
		full := at + name
		attribute, isAttribute := block.Attributes[name]
		nested, isBlock := block.Blocks[name]
		if slices.Contains(r.Lacks, full) {
			if isAttribute || isBlock {
				t.Errorf("%s is there, though it is recorded as newer", full)
			}
			continue
		}
		required := want.Required || slices.Contains(r.Requires, full)
		if want.Required && slices.Contains(r.Requires, full) {
			t.Errorf("%s is recorded as required twice", full)
		}
		switch {
		case want.Type == clients.Block && isBlock:
			if nested.Nesting != want.Nesting || nested.Max != want.Max || (nested.Min > 0) != required {
				t.Errorf("%s: %s of %d to %d, recorded %+v", full, nested.Nesting, nested.Min, nested.Max, want)
			}
			r.compare(t, full+".", want.Arguments, nested.Block)
		case want.Type != clients.Block && isAttribute:
			if got := string(attribute.Type); got != spelling[want.Type] || attribute.Required != required || attribute.Sensitive != want.Sensitive || attribute.WriteOnly != want.WriteOnly {
				t.Errorf("%s: %+v of type %s, recorded %+v", full, attribute, got, want)
			}
		default:
			t.Errorf("%s is missing, or no %s", full, want.Type)
		}
	}
	for name, attribute := range block.Attributes {
		if _, ok := arguments[name]; !ok && attribute.Required {
			t.Errorf("%s%s is required, and not recorded", at, name)
		}
	}
	for name, nested := range block.Blocks {
		if _, ok := arguments[name]; !ok && nested.Min > 0 {
			t.Errorf("%s%s is required, and not recorded", at, name)
		}
	}
}

var spelling = map[clients.Type]string{
	clients.Text: `"string"`, clients.JSONText: `"string"`, clients.Number: `"number"`, clients.Bool: `"bool"`,
	clients.TextMap: `["map","string"]`, clients.TextList: `["list","string"]`, clients.TextSet: `["set","string"]`,
}
