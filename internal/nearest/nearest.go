// Package nearest answers "did you mean …?": which of some known words a given
// one is a likely typo of.
package nearest

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Of returns the known word with the smallest [Distance] from word, if that is
// at most limit. The first of equally near words wins.
func Of(word string, known []string, limit int) (string, bool) {
	best, found := "", false
	for _, candidate := range known {
		if n := utf8.RuneCountInString(word) - utf8.RuneCountInString(candidate); n > limit || -n > limit {
			continue // as many characters have to be inserted or deleted
		}
		if d := Distance(word, candidate); d <= limit {
			best, found, limit = candidate, true, d-1
		}
	}
	return best, found
}

// Meant returns the known word that another one most likely stands for: the same except
// for its case, blanks and punctuation; the one that it is a synonym of; or one that is
// at most two typos away. Use it for a closed list of words, and [Of] for names.
func Meant(word string, known []string, synonyms map[string]string) (string, bool) {
	plain := plainly(word)
	lower := make([]string, 0, len(known))
	for _, candidate := range known {
		if plainly(candidate) == plain && plain != "" {
			return candidate, true
		}
		lower = append(lower, strings.ToLower(candidate))
	}
	for synonym, meant := range synonyms {
		if plainly(synonym) == plain && slices.Contains(known, meant) {
			return meant, true
		}
	}
	near, found := Of(strings.ToLower(strings.TrimSpace(word)), lower, min(2, len(plain)/3))
	if !found {
		return "", false
	}
	return known[slices.Index(lower, near)], true
}

// plainly returns the ASCII letters and digits of a word, in lower case.
func plainly(word string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(word))
}

// Distance is how many insertions, deletions, replacements and swaps of
// neighbouring characters turn a into b (optimal string alignment).
func Distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	before, above := make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range above {
		above[j] = j
	}
	for i, c := range s {
		row := make([]int, len(t)+1)
		row[0] = i + 1
		for j, d := range t {
			if c == d {
				row[j+1] = above[j]
				continue
			}
			row[j+1] = 1 + min(above[j], above[j+1], row[j])
			if i > 0 && j > 0 && c == t[j-1] && s[i-1] == d {
				row[j+1] = min(row[j+1], 1+before[j-1])
			}
		}
		before, above = above, row
	}
	return above[len(t)]
}
