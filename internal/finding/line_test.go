package finding

import (
	"slices"
	"testing"
)

// If this fails, a finding shows a text that its facts contradict, or hides one that
// they support: two conditions on one fact must both count.
func TestConditions(t *testing.T) {
	facts := Facts{"mode": "implicit", "port": "465"}
	tests := []struct {
		name string
		when Condition
		want bool
	}{
		{"none", Condition{}, true},
		{"has", Has("mode"), true},
		{"has not", Has("host"), false},
		{"lacks", Lacks("host"), true},
		{"lacks not", Lacks("mode"), false},
		{"is", Is("mode", "implicit"), true},
		{"is not", Is("mode", "starttls"), false},
		{"not", Not("mode", "starttls"), true},
		{"not, unknown", Not("host", "x"), true},
		{"not not", Not("mode", "implicit"), false},
		{"two facts", Is("mode", "implicit").And(Is("port", "587")), false},
		{"one fact, neither of two values", Not("port", "465").And(Not("port", "587")), false},
		{"one fact, a value and then any", Is("port", "587").And(Has("port")), false},
		{"one fact, any and then a value", Has("port").And(Is("port", "465")), true},
	}
	for _, tt := range tests {
		if got := tt.when.holds(facts); got != tt.want {
			t.Errorf("%s: %t", tt.name, got)
		}
	}
}

// If this fails, a row that needs a fact which nobody gathers goes unnoticed, and its
// message has a hole where the fact should be.
func TestMissingFactsAreReported(t *testing.T) {
	for _, row := range Catalogue() {
		f := New(row.Code, nil)
		want := 0
		needs := func(text string, when Condition) {
			if when.holds(nil) && placeholder.MatchString(text) {
				want++
			}
		}
		needs(row.Summary, Condition{})
		for _, line := range row.Cause {
			needs(line.Text, line.When)
		}
		for _, fix := range row.Fixes {
			visible := fix
			visible.Set = slices.DeleteFunc(slices.Clone(fix.Set), func(a Argument) bool { return !a.When.holds(nil) })
			needs(visible.String(), fix.When)
		}
		if got := len(f.Dropped()); got != want || f.Summary == "" {
			t.Errorf("%s: %d texts reported, %d lack a fact; summary %q", row.Code, got, want, f.Summary)
		}
	}
}
