// Package finding holds the words for every problem: one catalogue of codes, each
// with its severity, cause and fixes. Rules and the probe report what they saw as
// facts; the words are here and nowhere else.
//
// # Rows
//
// A row's cause is made of paragraphs, its fixes are edits or instructions:
//
//	Cause: Say("Always shown.").If(Has("reply"), "It says: {reply}"),
//	Fixes: []Fix{
//		Set("port = 587", `tls_mode = "starttls"`),          // one edit of two arguments
//		Example(`host = "smtp.example.com"`),                // the reader knows the value
//		Remove("client_cert_pem", "client_key_pem"),
//		Set(`tls_mode = "implicit"`).Without("port"),
//		Do("Renew the certificate and reload the mail server."), // what no edit can do
//		Set("port = {open}").If(Has("open")),
//	},
//
// Name secrets password, access_token and client_key_pem: a block with write-only
// arguments gets those names instead. A fix that depends on something that nobody has
// seen ("if the server listens there") is an instruction. A row of the plan without an
// edit says why in NoEdit. If a fact is not always known, the text that needs it has a
// condition; a missing fact is a mistake.
//
// The package imports nothing of Terraform, sockets or SMTP.
package finding

import (
	"slices"
	"strings"
)

// Code names a finding and never changes: kebab-case, used in ignore_rules, in
// the documentation's anchors and by pipelines.
type Code string

// Severity says whether a finding stops the run.
type Severity string

// The severities.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
)

// Facts fill the {placeholders} of a row's texts.
type Facts map[string]string

// Named returns the facts {argument} and {variable}: the name of an argument, and of a
// variable for its value.
func Named(argument string) Facts {
	variable := strings.TrimSuffix(argument, "_wo")
	if variable == "username" || variable == "password" {
		variable = "smtp_" + variable
	}
	return Facts{"argument": argument, "variable": variable}
}

// Finding is a row of the catalogue with its evidence filled in.
type Finding struct {
	Code      Code
	Severity  Severity
	Attribute string   // the argument to change
	Refused   Party    // whom the server refused; "" where it refused nobody
	Summary   string   // the fact, on one line
	Cause     []string // why it matters, in paragraphs
	Seen      []string // the evidence
	Timings   []string // what was measured
	Fixes     []Fix    // each one is enough
	Reference string   // RFC and section, or a service's documentation
	Ignorable bool     // may be named in ignore_rules

	guard   bool
	dropped []string
}

// Reportable reports whether the finding may become an output instead of a
// diagnostic. A guard may not: it says that a value can't be read at all.
func (f Finding) Reportable() bool { return !f.guard }

// Dropped returns the texts for which a fact is missing although their conditions
// hold: a mistake in the row, or where its facts are gathered. A finding leaves them
// out; of its summary it shows the rest.
func (f Finding) Dropped() []string { return f.dropped }

// ErrorsFirst sorts errors before warnings, and keeps the order within each.
func ErrorsFirst(found []Finding) {
	slices.SortStableFunc(found, func(a, b Finding) int { return a.weight() - b.weight() })
}

func (f Finding) weight() int {
	if f.Severity == SeverityError {
		return 0
	}
	return 1
}

// New returns the finding with the given code, for callers that report it right away;
// an error that travels up is an [Error]. A code that is not in the catalogue is a
// mistake of the caller, and becomes an [Unexpected] finding that says so.
func New(code Code, facts Facts, seen ...string) Finding {
	return of(&Error{Code: code, Facts: facts, Seen: seen})
}

func of(e *Error) Finding {
	row, ok := rows()[e.Code]
	if !ok {
		row = rows()[Unexpected]
		e = &Error{Facts: Facts{"error": "no finding is called " + string(e.Code)}}
	}
	f := Finding{
		Code:      row.Code,
		Severity:  row.Severity,
		Attribute: row.Attribute,
		Refused:   row.Refused,
		Seen:      slices.Clone(e.Seen),
		Timings:   slices.Clone(e.Timings),
		Reference: row.Reference,
		Ignorable: row.Ignorable(),
		guard:     row.Guard,
	}
	summary, complete := fill(row.Summary, e.Facts, false)
	if f.Summary = summary; !complete {
		f.dropped = append(f.dropped, row.Summary)
	}
	for _, line := range row.Cause {
		if !line.When.holds(e.Facts) {
			continue
		}
		if text, complete := fill(line.Text, e.Facts, false); complete {
			f.Cause = append(f.Cause, text)
		} else {
			f.dropped = append(f.dropped, line.Text)
		}
	}
	if own := slices.DeleteFunc(slices.Clone(f.Cause), f.repeats); len(own) > 0 {
		f.Cause = own
	}
	for _, fix := range row.Fixes {
		if !fix.When.holds(e.Facts) {
			continue
		}
		if filled, complete := fix.filled(e.Facts); complete {
			f.Fixes = append(f.Fixes, filled)
		} else {
			f.dropped = append(f.dropped, fix.String())
		}
	}
	return f
}

// repeats reports whether a paragraph only says what a line of the evidence says,
// such as "Its reply: 535 5.7.8 no".
func (f Finding) repeats(paragraph string) bool {
	label, said, labelled := strings.Cut(paragraph, ": ")
	return labelled && len(strings.Fields(label)) < 4 && said != "" &&
		slices.ContainsFunc(f.Seen, func(line string) bool { return strings.HasSuffix(line, strings.TrimSuffix(said, ".")) })
}

// In returns the finding for a block: its summary and its fixes name the arguments
// that the block has, and no fix proposes what is declared.
func (f Finding) In(b Block) Finding {
	f.Summary = b.named(f.Summary)
	fixes := f.Fixes
	f.Fixes = nil
	for _, fix := range fixes {
		if fitted, changes := b.fit(fix); changes {
			f.Fixes = append(f.Fixes, fitted)
		}
	}
	return f
}

// Detail is the text under the summary. Terraform keeps lines that begin with a space
// as they are, and wraps the others.
func (f Finding) Detail() string {
	var b strings.Builder
	for _, paragraph := range f.Cause {
		b.WriteString(paragraph + "\n\n")
	}
	entry(&b, "code", string(f.Code))
	if f.Refused != "" {
		entry(&b, "refused", parties[f.Refused])
	}
	entry(&b, "seen", f.Seen...)
	if len(f.Timings) > 0 {
		entry(&b, "time", strings.Join(f.Timings, ", "))
	}
	if f.Reference != "" {
		entry(&b, "source", f.Reference)
	}
	if fix := f.Fix(); fix != "" {
		b.WriteString("\n" + fix)
	}
	return strings.TrimRight(b.String(), "\n")
}

// Fix is the part of Detail that says what to do: edits as HCL with "or" between
// them, then instructions.
func (f Finding) Fix() string {
	var parts []string
	lead := map[bool]string{true: "To fix it, use", false: "To fix it: "}
	for _, edits := range []bool{true, false} {
		for _, fix := range f.Fixes {
			switch {
			case fix.IsEdit() != edits:
				continue
			case edits:
				parts = append(parts, lead[edits]+"\n\n    "+strings.Join(fix.lines(), "\n    "))
			default:
				parts = append(parts, lead[edits]+fix.Do)
			}
			lead = map[bool]string{true: "or", false: "Or: "}
		}
	}
	if f.Ignorable {
		parts = append(parts, "If this is meant, use\n\n    ignore_rules = ["+Quoted(string(f.Code))+"]")
	}
	return strings.Join(parts, "\n\n")
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
