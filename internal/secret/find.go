package secret

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// find returns where secrets are in a text, in order and without overlaps.
func (e *Eraser) find(text string) []span {
	if e == nil || text == "" {
		return nil
	}
	var found []span
	for at := e; at != nil; at = at.above {
		for _, whole := range at.wholes {
			for from := 0; ; {
				i := strings.Index(text[from:], whole)
				if i < 0 {
					break
				}
				found = append(found, span{int32(from + i), int32(from + i + len(whole))}) //nolint:gosec // G115: texts end at 1 MiB
				from += i + len(whole)
			}
		}
	}
	plain := characters(text)
	for i, reading := range readings(plain) {
		found = append(found, e.search(reading, true)...)
		if i > 0 {
			found = append(found, e.search(dense(reading), false)...)
		}
	}
	for _, reading := range readings(dense(plain)) { // an escape may be wrapped as well
		found = append(found, e.search(dense(reading), false)...)
	}
	slices.SortFunc(found, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	merged := found[:0]
	for _, s := range found {
		if last := len(merged) - 1; last >= 0 && s.from <= merged[last].to {
			merged[last].to = max(merged[last].to, s.to)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

// search returns where the text has runs of characters of secrets; with brief, also where it
// has whole forms that are shorter than a run.
func (e *Eraser) search(text []character, brief bool) []span {
	asWritten, inLower := hash(text, false), hash(text, true)
	var found []span
	for at := e; at != nil; at = at.above {
		for i := range len(text) - window + 1 {
			if at.texts.has(inLower.of(i, window)) {
				found = append(found, span{text[i].from, text[i+window-1].to})
			}
			if at.coded.has(asWritten.of(i, window)) {
				found = append(found, neighbours(text, i, i+window))
			}
		}
		if !brief || len(at.briefTexts.all)+len(at.briefCoded.all) == 0 {
			continue
		}
		for n := shortest; n < window; n++ {
			for i := range len(text) - n + 1 {
				if at.briefTexts.has(asWritten.of(i, n)) {
					found = append(found, span{text[i].from, text[i+n-1].to})
				}
				if at.briefCoded.has(asWritten.of(i, n)) {
					found = append(found, neighbours(text, i, i+n))
				}
			}
		}
	}
	return found
}

// neighbours adds the characters beside base64, which hold some bits of the secret too.
func neighbours(text []character, i, end int) span {
	s := span{text[i].from, text[end-1].to}
	if i > 0 && text[i-1].to == s.from && isBase64(text[i-1].rune) {
		s.from = text[i-1].from
	}
	if end < len(text) && text[end].from == s.to && isBase64(text[end].rune) {
		s.to = text[end].to
		end++
	}
	for ; end < len(text) && text[end].from == s.to && text[end].rune == '='; end++ {
		s.to = text[end].to
	}
	return s
}

// isBase64 reports whether a character is one of either kind of base64 (RFC 4648).
func isBase64(c rune) bool {
	return c < 128 && (unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("+/-_", c))
}
