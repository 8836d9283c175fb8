package refusal

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// If this fails, a row can't fit anything, names a finding that does not exist, or
// does not say where its reply is from.
func TestRows(t *testing.T) {
	stages := []Stage{Greeting, EHLO, StartTLS, Auth, Mail, Rcpt, Data, Message, Other}
	codes := regexp.MustCompile(`^[2345]([0-9]{2})?$`)
	enhanced := regexp.MustCompile(`^[x45]\.[0-9]{1,3}\.[0-9]{1,3}$`)
	for _, table := range tables() {
		for _, r := range table {
			if _, ok := finding.Lookup(r.code); !ok {
				t.Errorf("no finding is called %s", r.code)
			}
			if r.source == "" {
				t.Errorf("%s: %q has no source", r.code, r.words)
			}
			for _, stage := range r.stages {
				if !slices.Contains(stages, Stage(stage)) {
					t.Errorf("%s: no stage is called %s", r.code, stage)
				}
			}
			for _, c := range r.conditions {
				if conditions[strings.TrimPrefix(c, "!")] == nil {
					t.Errorf("%s: no condition is called %s", r.code, c)
				}
			}
			if slices.ContainsFunc(r.codes, func(c string) bool { return !codes.MatchString(c) }) ||
				slices.ContainsFunc(r.enhancedCodes, func(c string) bool { return !enhanced.MatchString(c) }) {
				t.Errorf("%s: %q %q", r.code, r.replies, r.enhanced)
			}
		}
	}
}

// If this fails, a phrase of a row is not in the form that replies are brought
// into, so that it fits none, or stands twice, or a name in braces is none of the vocabulary's. A
// name in braces stands alone: words beside it would belong to its last form only.
func TestPhrasesAreNormal(t *testing.T) {
	used := map[string]bool{}
	check := func(where, words string) {
		for _, name := range braces.FindAllString(words, -1) {
			used[strings.Trim(name, "{}")] = true
			if vocabulary[strings.Trim(name, "{}")] == "" {
				t.Errorf("%s: the vocabulary has no %s", where, name)
			}
		}
		for part := range strings.SplitSeq(words, " & ") {
			seen := map[string]bool{}
			for alternative := range strings.SplitSeq(strings.TrimLeft(part, "!@"), "|") {
				if seen[alternative] {
					t.Errorf("%s: %q twice in one term", where, alternative)
				}
				seen[alternative] = true
				if braces.MatchString(alternative) && braces.FindString(alternative) != alternative {
					t.Errorf("%s: %q has words beside the braces", where, alternative)
				}
			}
		}
		for _, term := range compile(words) {
			for _, p := range term.alternatives {
				if p.han == "" && len(p.words) == 0 {
					t.Errorf("%s: an empty phrase in %q", where, words)
				}
				for _, word := range p.words {
					if got := fields(strings.TrimSuffix(word, "*")); len(got) != 1 || got[0] != strings.TrimSuffix(word, "*") {
						t.Errorf("%s: %q is no word", where, word)
					}
				}
			}
		}
	}
	for _, table := range tables() {
		for _, r := range table {
			check(string(r.code), r.words)
		}
	}
	for name, words := range vocabulary {
		check(name, words)
		if !used[name] {
			t.Errorf("the vocabulary has %q for nobody", name)
		}
	}
}

// If this fails, a code is said to be about nobody, or about somebody else than the
// code's name says.
func TestEveryCauseSaysWhoWasRefused(t *testing.T) {
	for _, table := range tables()[:1] {
		for _, r := range table {
			row, _ := finding.Lookup(r.code)
			if row.Refused == "" && row.Code != "client-certificate-required" && row.Code != "client-certificate-rejected" {
				t.Errorf("%s refuses nobody", r.code)
			}
		}
	}
}
