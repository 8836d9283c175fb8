package examples

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
)

// recording is a schema with what the provider returns of itself.
type recording struct {
	clients.Schema
	Ephemeral bool           `json:"ephemeral"`
	Returns   map[string]any `json:"returns"`

	// Ran is the release that make interop-clients runs, where there is one.
	Ran *ran `json:"ran"`
}

// ran is a release of the provider that is older than the recording: what its
// resource is called, which arguments it lacks, and which it requires beside those
// that are required today.
type ran struct {
	Version  string   `json:"version"`
	Resource string   `json:"resource"`
	Lacks    []string `json:"lacks"`
	Requires []string `json:"requires"`
}

// recordings are those of the examples.
func recordings(t *testing.T) []recording {
	t.Helper()
	var all []recording
	files, err := filepath.Glob(filepath.Join("testdata", "schemas", "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var s recording
		if err := json.Unmarshal(text, &s); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all = append(all, s)
	}
	return all
}

func (r recording) schema() *tfprotov6.Schema {
	b := block(r.Arguments)
	for name := range r.Returns {
		at := slices.IndexFunc(b.Attributes, func(a *tfprotov6.SchemaAttribute) bool { return a.Name == name })
		if at < 0 {
			at = len(b.Attributes)
			b.Attributes = append(b.Attributes, &tfprotov6.SchemaAttribute{Name: name, Type: tftypes.String})
		}
		b.Attributes[at].Computed = true
	}
	return &tfprotov6.Schema{Block: b}
}

func block(arguments map[string]clients.Argument) *tfprotov6.SchemaBlock {
	b := &tfprotov6.SchemaBlock{}
	for name, a := range arguments {
		if a.Type == clients.Block {
			nesting := map[string]tfprotov6.SchemaNestedBlockNestingMode{
				"single": tfprotov6.SchemaNestedBlockNestingModeSingle, "list": tfprotov6.SchemaNestedBlockNestingModeList,
				"set": tfprotov6.SchemaNestedBlockNestingModeSet,
			}[a.Nesting]
			nested := &tfprotov6.SchemaNestedBlock{TypeName: name, Nesting: nesting, MaxItems: int64(a.Max), Block: block(a.Arguments)}
			if a.Required && a.Nesting != "single" {
				nested.MinItems = 1
			}
			b.BlockTypes = append(b.BlockTypes, nested)
			continue
		}
		b.Attributes = append(b.Attributes, attribute(name, a))
	}
	return b
}

func attribute(name string, a clients.Argument) *tfprotov6.SchemaAttribute {
	made := &tfprotov6.SchemaAttribute{
		Name: name, Required: a.Required, Optional: !a.Required, Sensitive: a.Sensitive, WriteOnly: a.WriteOnly,
	}
	if a.Type != clients.Nested {
		made.Type = map[clients.Type]tftypes.Type{
			clients.Text: tftypes.String, clients.JSONText: tftypes.String, clients.Number: tftypes.Number, clients.Bool: tftypes.Bool,
			clients.TextMap: tftypes.Map{ElementType: tftypes.String}, clients.TextList: tftypes.List{ElementType: tftypes.String},
			clients.TextSet: tftypes.Set{ElementType: tftypes.String},
		}[a.Type]
		return made
	}
	made.NestedType = &tfprotov6.SchemaObject{Nesting: map[string]tfprotov6.SchemaObjectNestingMode{
		"single": tfprotov6.SchemaObjectNestingModeSingle, "list": tfprotov6.SchemaObjectNestingModeList,
		"set": tfprotov6.SchemaObjectNestingModeSet, "map": tfprotov6.SchemaObjectNestingModeMap,
	}[a.Nesting]}
	for inner, argument := range a.Arguments {
		made.NestedType.Attributes = append(made.NestedType.Attributes, attribute(inner, argument))
	}
	return made
}
