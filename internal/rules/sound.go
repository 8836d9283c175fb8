package rules

import (
	"slices"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Sound fits a finding to the block with these settings: it names the block's own
// arguments, and drops the edits that change nothing, don't cure the finding, or lead to
// another error.
func Sound(s settings.Settings, f finding.Finding) finding.Finding {
	return sound(s, f, func() []fault { return faults(broken(s)) })
}

// sound is Sound with the faults of the settings, for findings that have edits.
func sound(s settings.Settings, f finding.Finding, faultsBefore func() []fault) finding.Finding {
	fitted := f.In(s.Block())
	if !slices.ContainsFunc(fitted.Fixes, finding.Fix.IsEdit) {
		return fitted
	}
	before := faultsBefore()
	own := fault{code: f.Code}
	for _, b := range before {
		if b.code == f.Code && b.summary == f.Summary {
			own = b
		}
	}
	others := slices.ContainsFunc(before, func(b fault) bool { return isError(b.code) && !b.same(own) })
	cures := slices.DeleteFunc(slices.Clone(fitted.Fixes), func(fix finding.Fix) bool {
		return fix.IsEdit() && slices.ContainsFunc(faults(broken(s.Edited(fix))), func(after fault) bool {
			return after.same(own) || isError(after.code) && !slices.ContainsFunc(before, after.same)
		})
	})
	switch {
	case len(cures) > 0:
		fitted.Fixes = cures
	case others:
		fitted.Fixes = []finding.Fix{finding.Do("Fix the other mistakes in this block first.")}
	}
	return fitted
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

func faults(found []breach) []fault {
	var all []fault
	for _, b := range found {
		all = append(all, fault{b.code, b.facts["argument"], finding.New(b.code, b.facts).Summary})
	}
	return all
}
