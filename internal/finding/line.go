package finding

import (
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
)

// Condition says when a line or a fix is shown. The zero Condition always holds.
type Condition struct {
	facts []fact

	// given and absent are arguments that the block must, and must not, give.
	given, absent []string
}

// fact is a question about one fact: whether it is known and, unless value is
// empty, has this value. The condition holds if the answer is wanted.
type fact struct {
	name, value string
	wanted      bool
}

// Has holds where the fact is known.
func Has(name string) Condition { return Is(name, "") }

// Lacks holds where the fact is not known.
func Lacks(name string) Condition { return Not(name, "") }

// Is holds where the fact has this value.
func Is(name, value string) Condition { return Condition{facts: []fact{{name, value, true}}} }

// Not holds where the fact has another value, or is not known.
func Not(name, value string) Condition { return Condition{facts: []fact{{name, value, false}}} }

// Given holds where the block gives the argument.
func Given(argument string) Condition { return Condition{given: []string{argument}} }

// NotGiven holds where the block does not give the argument.
func NotGiven(argument string) Condition { return Condition{absent: []string{argument}} }

// And holds where both conditions do.
func (c Condition) And(other Condition) Condition {
	return Condition{
		facts:  slices.Concat(c.facts, other.facts),
		given:  slices.Concat(c.given, other.given),
		absent: slices.Concat(c.absent, other.absent),
	}
}

func (c Condition) holds(facts Facts) bool {
	return !slices.ContainsFunc(c.facts, func(f fact) bool {
		value, known := facts[f.name]
		return (known && (f.value == "" || f.value == value)) != f.wanted
	})
}

// Line is one paragraph of a cause.
type Line struct {
	Text string
	When Condition
}

// IsOneOfSeveral reports whether the line is for some cases only: whether it depends on
// more than on the facts that it shows.
func (l Line) IsOneOfSeveral() bool {
	return len(l.When.given)+len(l.When.absent) > 0 || slices.ContainsFunc(l.When.facts, func(f fact) bool {
		return f.value != "" || !f.wanted || !strings.Contains(l.Text, "{"+f.name+"}")
	})
}

// Lines are the paragraphs of a cause, in order.
type Lines []Line

// Say begins with paragraphs that are always shown.
func Say(texts ...string) Lines { return Lines(nil).Say(texts...) }

// If begins with a paragraph that is shown where the condition holds.
func If(when Condition, text string) Lines { return Lines(nil).If(when, text) }

// Say adds paragraphs that are always shown.
func (l Lines) Say(texts ...string) Lines {
	for _, text := range texts {
		l = append(l, Line{Text: text})
	}
	return l
}

// If adds a paragraph that is shown where the condition holds.
func (l Lines) If(when Condition, text string) Lines { return append(l, Line{text, when}) }

var placeholder = lazyregexp.New(`\{[a-z_]+\}`)

// fill puts facts in the place of {placeholders}; ok is false where one is
// missing. Inside the quotes of an HCL expression a fact is escaped.
func fill(text string, facts Facts, hcl bool) (filled string, ok bool) {
	ok = true
	var b strings.Builder
	end := 0
	for _, at := range placeholder.FindAllStringIndex(text, -1) {
		value, known := facts[text[at[0]+1:at[1]-1]]
		ok = ok && known
		if hcl && strings.Count(text[:at[0]], `"`)%2 == 1 {
			value = escape(value)
		}
		b.WriteString(text[end:at[0]] + value)
		end = at[1]
	}
	b.WriteString(text[end:])
	return b.String(), ok
}

// escape writes a text as it stands between the quotes of an HCL string.
func escape(text string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`, "${", "$${", "%{", "%%{").Replace(text)
}

// Quoted returns a text as an HCL string.
func Quoted(text string) string { return `"` + escape(text) + `"` }

// List returns texts as an HCL list.
func List(texts []string) string {
	all := make([]string, 0, len(texts))
	for _, text := range texts {
		all = append(all, Quoted(text))
	}
	return "[" + strings.Join(all, ", ") + "]"
}
