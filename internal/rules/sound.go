package rules

import (
	"slices"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Sound fits a finding to the block with these settings: it names the block's own
// arguments, and drops the edits that change nothing, don't cure the finding, or lead to
// another error. Where none is left, an edit is kept that only shows what the clients can't
// do.
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
	var cures, helps []finding.Fix
	for _, fix := range fitted.Fixes {
		if !fix.IsEdit() {
			cures = append(cures, fix)
			continue
		}
		after := faults(broken(s.Edited(fix)))
		added := slices.DeleteFunc(slices.Clone(after), func(a fault) bool { return !isError(a.code) || slices.ContainsFunc(before, a.same) })
		switch {
		case slices.ContainsFunc(after, own.same):
		case len(added) == 0:
			cures = append(cures, fix)
		case !slices.ContainsFunc(added, func(a fault) bool { return !aboutClients(a.code) }):
			helps = append(helps, fix)
		}
	}
	if !slices.ContainsFunc(cures, finding.Fix.IsEdit) {
		cures = append(helps, cures...)
	}
	switch {
	case len(cures) > 0:
		fitted.Fixes = cures
	case others:
		fitted.Fixes = []finding.Fix{finding.Do("Fix the other mistakes in this block first.")}
	}
	return fitted
}

// aboutClients reports whether an error is about what the clients of a connection can do:
// it can't be seen before port and mode are right.
func aboutClients(code finding.Code) bool {
	row, _ := finding.Lookup(code)
	return row.Attribute == "clients"
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
