package finding

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Fix is one way out of a finding: an edit of the block that the finding is
// about, or an instruction for what no edit can do.
type Fix struct {
	Set    []Argument // arguments to give, in this order
	Remove []string   // arguments to take out
	Do     string     // or one imperative sentence

	// Placeholder marks an edit with a value that only the reader knows.
	Placeholder bool

	When Condition
}

// Argument is one argument of a block with the HCL expression that it is set to,
// and a short remark, shown as a comment.
type Argument struct {
	Name, Expression, Remark string

	When Condition
}

// Set is an edit that works as it is. Each line is HCL, "name = expression", and
// may end with a remark: " # remark".
func Set(lines ...string) Fix {
	var f Fix
	for _, line := range lines {
		name, rest, ok := strings.Cut(line, " = ")
		if !ok {
			panic("finding: not an argument: " + line)
		}
		expression, remark, _ := strings.Cut(rest, " # ")
		f.Set = append(f.Set, Argument{Name: name, Expression: expression, Remark: remark})
	}
	return f
}

// Also sets further arguments where the condition holds.
func (f Fix) Also(when Condition, lines ...string) Fix {
	more := Set(lines...).Set
	for i := range more {
		more[i].When = when
	}
	f.Set = slices.Concat(f.Set, more)
	return f
}

// Example is an edit with a value that only the reader knows.
func Example(lines ...string) Fix {
	f := Set(lines...)
	f.Placeholder = true
	return f
}

// Remove is an edit that takes arguments out.
func Remove(names ...string) Fix { return Fix{Remove: names} }

// Without also takes arguments out.
func (f Fix) Without(names ...string) Fix {
	f.Remove = slices.Concat(f.Remove, names)
	return f
}

// Do is an instruction: one imperative sentence, with its full stop.
func Do(sentence string) Fix { return Fix{Do: sentence} }

// If shows the fix only where the condition holds.
func (f Fix) If(when Condition) Fix {
	f.When = when
	return f
}

// IsEdit reports whether the fix changes the configuration.
func (f Fix) IsEdit() bool { return f.Do == "" }

// lines are an edit as HCL, aligned as terraform fmt does: the equals signs of all
// arguments, and the remarks of those that follow each other.
func (f Fix) lines() []string {
	set := slices.Clone(f.Set)
	for _, name := range f.Remove {
		set = append(set, Argument{Name: name, Expression: "null", Remark: "remove it"})
	}
	longest := 0
	for _, a := range set {
		longest = max(longest, len(a.Name))
	}
	var out []string
	for i, a := range set {
		text := fmt.Sprintf("%-*s = %s", longest, a.Name, a.Expression)
		if a.Remark != "" {
			text += strings.Repeat(" ", remarksAt(set, i)-utf8.RuneCountInString(a.Expression)) + " # " + a.Remark
		}
		out = append(out, strings.Split(text, "\n")...)
	}
	return out
}

// remarksAt returns the length of the longest expression among the arguments with
// remarks around the given one.
func remarksAt(set []Argument, i int) int {
	first, last := i, i
	for first > 0 && set[first-1].Remark != "" {
		first--
	}
	for last+1 < len(set) && set[last+1].Remark != "" {
		last++
	}
	longest := 0
	for _, a := range set[first : last+1] {
		longest = max(longest, utf8.RuneCountInString(a.Expression))
	}
	return longest
}

// String returns an edit as lines of HCL, or an instruction as it is.
func (f Fix) String() string {
	if !f.IsEdit() {
		return f.Do
	}
	return strings.Join(f.lines(), "\n")
}

// filled returns the fix with its facts put in; ok is false where one is missing.
func (f Fix) filled(facts Facts) (Fix, bool) {
	complete := true
	put := func(text string, hcl bool) string {
		filled, ok := fill(text, facts, hcl)
		complete = complete && ok
		return filled
	}
	out := Fix{Do: put(f.Do, false), Placeholder: f.Placeholder, When: f.When}
	for _, name := range f.Remove {
		out.Remove = append(out.Remove, put(name, false))
	}
	for _, a := range f.Set {
		if a.When.holds(facts) {
			out.Set = append(out.Set, Argument{
				Name: put(a.Name, false), Expression: put(a.Expression, true), Remark: put(a.Remark, false), When: a.When,
			})
		}
	}
	return out, complete
}
