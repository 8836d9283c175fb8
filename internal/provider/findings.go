package provider

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// findingList returns findings as an output. Timings are left out, so that the output is
// the same at each plan.
func findingList(found []finding.Finding) types.List {
	elements := make([]attr.Value, 0, len(found))
	for _, f := range found {
		elements = append(elements, types.ObjectValueMust(findingTypes, map[string]attr.Value{
			"code":      types.StringValue(string(f.Code)),
			"severity":  types.StringValue(string(f.Severity)),
			"attribute": types.StringValue(f.Attribute),
			"refused":   textOrNull(string(f.Refused)),
			"summary":   types.StringValue(f.Summary),
			"detail":    types.StringValue(strings.Join(f.Cause, "\n\n")),
			"seen":      textsOf(f.Seen),
			"source":    textOrNull(f.Reference),
			"fix":       types.StringValue(f.Fix()),
			"fixes":     fixList(f.Fixes),
			"see":       types.StringValue(documentation(f.Code)),
		}))
	}
	return types.ListValueMust(types.ObjectType{AttrTypes: findingTypes}, elements)
}

func fixList(fixes []finding.Fix) types.List {
	elements := make([]attr.Value, 0, len(fixes))
	for _, fix := range fixes {
		set := map[string]attr.Value{}
		for _, a := range fix.Set {
			set[a.Name] = types.StringValue(a.Expression)
		}
		elements = append(elements, types.ObjectValueMust(fixTypes, map[string]attr.Value{
			"set":         types.MapValueMust(types.StringType, set),
			"remove":      textsOf(fix.Remove),
			"instruction": textOrNull(fix.Do),
			"placeholder": types.BoolValue(fix.Placeholder),
		}))
	}
	return types.ListValueMust(types.ObjectType{AttrTypes: fixTypes}, elements)
}

func timings(found []finding.Finding) types.List {
	var all []string
	for _, f := range found {
		all = append(all, f.Timings...)
	}
	return textsOf(all)
}

func textOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
