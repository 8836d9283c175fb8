package rules

import (
	"slices"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Sound fits a finding to the block with these settings: it names the block's own
// arguments, and drops the edits that change nothing, don't cure the finding, or lead
// to another error.
func Sound(s settings.Settings, f finding.Finding) finding.Finding {
	before := faults(s)
	own := fault{code: f.Code}
	for _, b := range before {
		if b.code == f.Code && b.summary == f.Summary {
			own = b
		}
	}
	f = f.In(s.Block())
	if !slices.ContainsFunc(f.Fixes, finding.Fix.IsEdit) {
		return f
	}
	others := slices.ContainsFunc(before, func(b fault) bool { return isError(b.code) && !b.same(own) })
	sound := slices.DeleteFunc(slices.Clone(f.Fixes), func(fix finding.Fix) bool {
		return fix.IsEdit() && slices.ContainsFunc(faults(s.Edited(fix)), func(after fault) bool {
			return after.same(own) || isError(after.code) && !slices.ContainsFunc(before, after.same)
		})
	})
	switch {
	case len(sound) > 0:
		f.Fixes = sound
	case others:
		f.Fixes = []finding.Fix{finding.Do("Fix the other mistakes in this block first.")}
	}
	return f
}

// A fault is a broken rule, with the argument where the rule covers several.
type fault struct {
	code              finding.Code
	argument, summary string
}

func (f fault) same(other fault) bool { return f.code == other.code && f.argument == other.argument }

func isError(code finding.Code) bool {
	row, _ := finding.Lookup(code)
	return row.Severity == finding.SeverityError
}

func faults(s settings.Settings) []fault {
	var all []fault
	for _, b := range append(brokenRules(s), brokenByClients(s)...) {
		all = append(all, fault{b.code, b.facts["argument"], finding.New(b.code, b.facts).Summary})
	}
	return all
}

// Broken returns the codes of the rules that the settings break, ignored or not.
func Broken(s settings.Settings) []finding.Code {
	var codes []finding.Code
	for _, f := range faults(s) {
		codes = append(codes, f.code)
	}
	return codes
}
