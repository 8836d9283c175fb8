package rules

import (
	"slices"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Sound returns a finding as the block with these settings needs it: by the names
// of its arguments, and without the edits that change nothing, leave a rule's finding
// as it is, or lead to another error of the rules.
func Sound(s settings.Settings, f finding.Finding) finding.Finding {
	f = f.In(s.Block())
	if !slices.ContainsFunc(f.Fixes, finding.Fix.IsEdit) {
		return f
	}
	before := Broken(s)
	f.Fixes = slices.DeleteFunc(f.Fixes, func(fix finding.Fix) bool {
		return fix.IsEdit() && slices.ContainsFunc(Broken(s.Edited(fix)), func(code finding.Code) bool {
			row, _ := finding.Lookup(code)
			return code == f.Code || row.Severity == finding.SeverityError && !slices.Contains(before, code)
		})
	})
	if len(f.Fixes) == 0 {
		f.Fixes = []finding.Fix{finding.Do("Fix the other mistakes in this block first.")}
	}
	return f
}

// Broken returns the codes of the rules that the settings break, ignored or not.
func Broken(s settings.Settings) []finding.Code {
	var codes []finding.Code
	for _, b := range append(brokenRules(s), brokenByClients(s)...) {
		codes = append(codes, b.code)
	}
	return codes
}
