package finding

import (
	"maps"
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
)

// Block is what a fix must know of the block that a finding is about.
type Block struct {
	// Given are the arguments of the block by name, each with its value as HCL: "" for a
	// secret or a value that is not known yet.
	Given map[string]string

	// Implied are the defaults of arguments that are not given.
	Implied map[string]string

	// WriteOnly says that the block takes secrets as write-only arguments.
	WriteOnly bool

	// Complete returns what else must change, given an edit as its row has it and the
	// arguments of the block after it. It may be nil.
	Complete func(edit Fix, after map[string]string) Fix
}

// secrets are the arguments that a resource also takes as write-only ones.
var secrets = []string{"password", "access_token", "client_key_pem"}

// name returns the name that an argument has in the block.
func (b Block) name(argument string) string {
	if !slices.Contains(secrets, argument) {
		return argument
	}
	_, stored := b.Given[argument]
	_, writeOnly := b.Given[argument+"_wo"]
	if !stored && (writeOnly || b.WriteOnly) {
		return argument + "_wo"
	}
	return argument
}

var argumentNames = lazyregexp.New(`\b(access_token|client_key_pem)\b`)

// named returns a text with the names that arguments have in the block. In English,
// password is also a word, and stays.
func (b Block) named(text string) string { return argumentNames.ReplaceAllStringFunc(text, b.name) }

// allows reports whether a condition on what is given holds.
func (b Block) allows(c Condition) bool {
	gives := func(argument string) bool {
		_, given := b.Given[b.name(argument)]
		return given
	}
	return !slices.ContainsFunc(c.absent, gives) &&
		!slices.ContainsFunc(c.given, func(argument string) bool { return !gives(argument) })
}

// fit returns the fix for this block: with the names of its arguments, and without
// those that have the value already. ok is false if nothing would change.
func (b Block) fit(f Fix) (fitted Fix, ok bool) {
	if !b.allows(f.When) {
		return Fix{}, false
	}
	if !f.IsEdit() {
		f.Do = b.named(f.Do)
		return f, true
	}
	out, asked := Fix{Placeholder: f.Placeholder}, Fix{Remove: f.Remove}
	for _, a := range f.Set {
		if !b.allows(a.When) {
			continue
		}
		a.Name = b.name(a.Name)
		asked.Set = append(asked.Set, a)
		given, isGiven := b.Given[a.Name]
		if isGiven && given == a.Expression {
			continue
		}
		ok = ok || b.Implied[a.Name] != a.Expression
		out.Set = append(out.Set, a)
		version := a.Name + "_version"
		if _, numbered := b.Given[version]; strings.HasSuffix(a.Name, "_wo") && !isGiven && !numbered {
			out.Set = append(out.Set, Argument{Name: version, Expression: "1"})
		}
	}
	for _, name := range f.Remove {
		name = b.name(name)
		for _, each := range []string{name, name + "_version"} {
			if _, isGiven := b.Given[each]; isGiven {
				out.Remove = append(out.Remove, each)
			}
		}
	}
	if !ok && len(out.Remove) == 0 {
		return Fix{}, false
	}
	if b.Complete != nil {
		more := b.Complete(asked, b.after(out))
		out.Set, out.Remove = append(out.Set, more.Set...), append(out.Remove, more.Remove...)
	}
	return out, true
}

// after are the arguments once the edit is made.
func (b Block) after(edit Fix) map[string]string {
	after := maps.Clone(b.Given)
	if after == nil {
		after = map[string]string{}
	}
	for _, a := range edit.Set {
		after[a.Name] = a.Expression
	}
	for _, name := range edit.Remove {
		delete(after, name)
	}
	return after
}
