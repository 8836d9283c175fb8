package finding

import (
	"maps"
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
)

// Condition says when a line or a fix is shown. The zero Condition always holds.
type Condition struct {
	// Wants and Bars are facts: each of Wants must be there, with the value given
	// unless that is empty; none of Bars may be.
	Wants, Bars Facts

	// Given and Absent are arguments that the block must, and must not, give.
	Given, Absent []string
}

// Has holds where the fact is known.
func Has(fact string) Condition { return Condition{Wants: Facts{fact: ""}} }

// Lacks holds where the fact is not known.
func Lacks(fact string) Condition { return Condition{Bars: Facts{fact: ""}} }

// Is holds where the fact has this value.
func Is(fact, value string) Condition { return Condition{Wants: Facts{fact: value}} }

// Not holds where the fact has another value, or is not known.
func Not(fact, value string) Condition { return Condition{Bars: Facts{fact: value}} }

// Given holds where the block gives the argument.
func Given(argument string) Condition { return Condition{Given: []string{argument}} }

// NotGiven holds where the block does not give the argument.
func NotGiven(argument string) Condition { return Condition{Absent: []string{argument}} }

// And holds where both conditions do.
func (c Condition) And(other Condition) Condition {
	both := Condition{
		Wants: Facts{}, Bars: Facts{},
		Given: slices.Concat(c.Given, other.Given), Absent: slices.Concat(c.Absent, other.Absent),
	}
	for _, from := range []Condition{c, other} {
		maps.Copy(both.Wants, from.Wants)
		maps.Copy(both.Bars, from.Bars)
	}
	return both
}

func (c Condition) holds(facts Facts) bool {
	for fact, value := range c.Wants {
		if got, known := facts[fact]; !known || value != "" && got != value {
			return false
		}
	}
	for fact, value := range c.Bars {
		if got, known := facts[fact]; known && (value == "" || got == value) {
			return false
		}
	}
	return true
}

// Line is one paragraph of a cause.
type Line struct {
	Text string
	When Condition
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
		fact, known := facts[text[at[0]+1:at[1]-1]]
		ok = ok && known
		if hcl && strings.Count(text[:at[0]], `"`)%2 == 1 {
			fact = escape(fact)
		}
		b.WriteString(text[end:at[0]] + fact)
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
