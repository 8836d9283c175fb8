// Package rules says what is wrong with settings before any packet: one table for
// each family, one row for each rule. The words are in package finding.
//
// It uses no network, clock or file system: the time at which certificates must be
// valid comes with the settings.
package rules

import (
	"slices"
	"sync"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// A rule is the code of a finding and the predicate that finds it. A predicate
// whose inputs are unknown reports nothing; Terraform asks again once they are known.
// An unset input has its default.
type rule struct {
	code   finding.Code
	broken func(settings.Settings) (finding.Facts, bool)
}

// families are the rules in the order in which their findings are reported.
var families = [][]rule{
	valueRules,
	hostRules,
	nameRules,
	portRules,
	tlsRules,
	pemRules,
	authRules,
	credentialRules,
	secretRules,
	serviceRules,
}

// Check returns what is wrong with the settings, errors before warnings, without the
// codes in ignore_rules.
func Check(s settings.Settings) []finding.Finding {
	found, _ := Judge(s)
	return found
}

// Judge is [Check] that also returns the codes that ignore_rules suppressed.
func Judge(s settings.Settings) (found []finding.Finding, kept []finding.Code) {
	ignored, decided := ignores(s)
	all := broken(s)
	before := sync.OnceValue(func() []fault { return faults(all) })
	for _, b := range all {
		f := finding.New(b.code, b.facts)
		switch {
		case f.Ignorable && slices.Contains(ignored, string(b.code)):
			kept = append(kept, b.code)
		case f.Ignorable && !decided: // ignore_rules may name it
		default:
			found = append(found, sound(s, f, before))
		}
	}
	finding.ErrorsFirst(found)
	return found, kept
}

// A breach is a rule that the settings break, with the facts of its finding.
type breach struct {
	code  finding.Code
	facts finding.Facts
}

// broken returns every rule that the settings break, ignored or not.
func broken(s settings.Settings) []breach {
	var found []breach
	for _, family := range families {
		for _, r := range family {
			if facts, yes := r.broken(s); yes {
				found = append(found, breach{r.code, facts})
			}
		}
	}
	return append(found, brokenByClients(s)...)
}

// ignores returns the codes in ignore_rules, and whether they are known yet. Until
// they are, no rule that could be among them is reported.
func ignores(s settings.Settings) ([]string, bool) {
	return s.IgnoreRules.Or(nil), !s.IgnoreRules.IsUnknown()
}

// host returns the parsed host; ok is false where it is unknown or unreadable.
func host(s settings.Settings) (settings.Host, bool) {
	text, known := s.Host.Get()
	if !known {
		return settings.Host{}, false
	}
	h, err := settings.ParseHost(text)
	return h, err == nil
}

// endpoint returns port and mode with their defaults applied; ok is false where either
// is unknown or has no default, or the mode is not one.
func endpoint(s settings.Settings) (port int, mode settings.TLSMode, ok bool) {
	p, portKnown := s.ResolvedPort().Get()
	m, modeKnown := s.ResolvedMode().Get()
	return int(p), m, portKnown && modeKnown && slices.Contains(settings.TLSModes, m)
}
