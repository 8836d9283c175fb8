// Package finding is how a problem is said: one catalogue of codes, each with
// its severity, cause and fix in HCL. Rules and the probe say what they saw in
// facts; the words are here and nowhere else.
//
// The package knows nothing of Terraform, sockets or SMTP.
package finding

import (
	"errors"
	"maps"
	"slices"
	"strings"
)

// Code names a finding for ever: kebab-case, used in ignore_rules, in the
// documentation's anchors and by pipelines.
type Code string

// Severity is how much a finding weighs.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
)

// Facts fill the {placeholders} of a row's texts. A line of a text whose
// placeholder has no fact is left out.
type Facts map[string]string

// Evidence is what was seen: facts for the row's texts, and lines to be shown
// as they are. Whatever comes from a server has gone through [Quote].
type Evidence struct {
	Facts Facts
	Seen  []string
}

// DecidedOffline is the evidence of what a rule found.
const DecidedOffline = "(plan: decided from the settings, nothing was contacted)"

// Coded is a typed error that says which row of the catalogue it is, and with
// what evidence.
type Coded interface {
	error
	Code() Code
	Evidence() Evidence
}

// Finding is a row of the catalogue with its evidence filled in.
type Finding struct {
	Code      Code
	Severity  Severity
	Attribute string   // the argument to change
	Summary   string   // the fact, on one line
	Cause     []string // why it matters, in paragraphs
	Seen      []string // the evidence
	Fixes     []string // HCL or words, each one is enough
	Reference string   // RFC and section, or a provider's documentation
	Ignorable bool     // may be named in ignore_rules

	guard bool
}

// Reportable reports whether the finding may become an output in place of a
// diagnostic: all but those that say that a value can't be read at all.
func (f Finding) Reportable() bool { return !f.guard }

// New returns the finding with the given code. A code that is not in the
// catalogue is a mistake of the caller's; it is said as one rather than hidden.
func New(code Code, e Evidence) Finding {
	row, ok := rows[code]
	if !ok {
		row = rows[Unexpected]
		e = Evidence{Facts: Facts{"error": "no finding is called " + string(code)}}
	}
	return Finding{
		Code:      row.Code,
		Severity:  row.Severity,
		Attribute: row.Attribute,
		Summary:   strings.Join(expand([]string{row.Summary}, e.Facts), " "),
		Cause:     expand(row.Cause, e.Facts),
		Seen:      slices.Clone(e.Seen),
		Fixes:     expand(row.Fixes, e.Facts),
		Reference: row.Reference,
		Ignorable: row.Ignorable(),
		guard:     row.Guard,
	}
}

// Of returns the finding that err stands for: that of the first [Coded] error
// in its chain, else [Unexpected].
func Of(err error) Finding {
	var coded Coded
	if errors.As(err, &coded) {
		return New(coded.Code(), coded.Evidence())
	}
	return New(Unexpected, Evidence{Facts: Facts{"error": Quote(err.Error())}})
}

// Detail is the text under the summary. Lines that begin with a space keep
// their form in Terraform's output; the others are wrapped there.
func (f Finding) Detail() string {
	var b strings.Builder
	for _, paragraph := range f.Cause {
		b.WriteString(paragraph + "\n\n")
	}
	entry(&b, "code", string(f.Code))
	entry(&b, "seen", f.Seen...)
	if f.Reference != "" {
		entry(&b, "source", f.Reference)
	}
	if len(f.Fixes) > 0 || f.Ignorable {
		b.WriteString("\n")
	}
	b.WriteString(f.Fix())
	return strings.TrimRight(b.String(), "\n")
}

// Fix is the part of Detail that says what to do.
func (f Finding) Fix() string {
	var b strings.Builder
	switch len(f.Fixes) {
	case 0:
	case 1:
		b.WriteString("To fix it:\n")
	default:
		b.WriteString("To fix it, do one of:\n")
	}
	for _, fix := range f.Fixes {
		b.WriteString("  - " + strings.ReplaceAll(fix, "\n", "\n    ") + "\n")
	}
	if f.Ignorable {
		b.WriteString(`If this is meant: ignore_rules = ["` + string(f.Code) + `"]` + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

// entry writes one labelled block of the evidence; further lines are aligned
// under the first.
func entry(b *strings.Builder, label string, lines ...string) {
	const width = len("  source    ")
	for i, line := range lines {
		head := ""
		if i == 0 {
			head = "  " + label
		}
		b.WriteString(head + strings.Repeat(" ", width-len(head)) + line + "\n")
	}
}

// expand fills placeholders; a line that lacks a fact is left out.
func expand(lines []string, facts Facts) []string {
	var out []string
	for _, line := range lines {
		complete := true
		filled := placeholder.ReplaceAllStringFunc(line, func(p string) string {
			fact, ok := facts[p[1:len(p)-1]]
			complete = complete && ok
			return fact
		})
		if complete {
			out = append(out, filled)
		}
	}
	return out
}

// Facts returns the names of the placeholders in a row's texts, sorted.
func (r Row) Facts() []string {
	names := map[string]bool{}
	for _, line := range slices.Concat([]string{r.Summary}, r.Cause, r.Fixes) {
		for _, p := range placeholder.FindAllString(line, -1) {
			names[p[1:len(p)-1]] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}
