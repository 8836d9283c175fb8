package secret

import (
	"encoding/base64"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
)

// shortest is the length in bytes below which a form is not erased: erasing
// every "a" of a text would both garble it and tell what the secret is.
const shortest = 3

// shortestLine is the length in bytes from which on a line of a secret counts by
// itself: a key is never shown as a whole where texts are quoted line by line.
const shortestLine = 16

// Eraser removes secrets from text: as they are, percent-encoded, in
// hexadecimal, and in base64, also where the secret is only a part of what was
// encoded (as in the response of SASL PLAIN).
type Eraser struct {
	forms []form // longest first, so that no form leaves a rest of a longer one
}

// form is one way to write a secret.
type form struct {
	text  string
	coded bool // base64, whose neighbours hold some bits of the secret too
}

// NewEraser returns an eraser of the given secrets. Empty ones are passed over.
func NewEraser(secrets ...String) *Eraser {
	e := &Eraser{}
	for _, s := range secrets {
		if s.IsEmpty() {
			continue
		}
		e.forms = append(e.forms, forms(s.Reveal())...)
		for line := range strings.Lines(s.Reveal()) {
			if line = strings.TrimSpace(line); len(line) >= shortestLine {
				e.forms = append(e.forms, forms(line)...)
			}
		}
	}
	e.forms = slices.DeleteFunc(e.forms, func(f form) bool { return len(f.text) < shortest })
	slices.SortFunc(e.forms, func(a, b form) int {
		if d := len(b.text) - len(a.text); d != 0 {
			return d
		}
		return strings.Compare(a.text, b.text)
	})
	e.forms = slices.Compact(e.forms)
	return e
}

// Erase returns text with every form of every secret replaced by [Redacted].
// A nil Eraser changes nothing.
func (e *Eraser) Erase(text string) string {
	if e == nil {
		return text
	}
	for _, f := range e.forms {
		text = f.erase(text)
	}
	return text
}

func (f form) erase(text string) string {
	if !f.coded {
		return strings.ReplaceAll(text, f.text, Redacted)
	}
	var out strings.Builder
	for {
		before, after, found := strings.Cut(text, f.text)
		if !found {
			return out.String() + text
		}
		if n := len(before); n > 0 && strings.IndexByte(alphabet, before[n-1]) >= 0 {
			before = before[:n-1]
		}
		if after != "" && strings.IndexByte(alphabet, after[0]) >= 0 {
			after = after[1:]
		}
		out.WriteString(before + Redacted)
		text = strings.TrimLeft(after, "=")
	}
}

// alphabet holds the characters of both kinds of base64 (RFC 4648).
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_"

// EraseCut does the same for text that was cut off at its end: there the
// beginning of a secret goes as well.
func (e *Eraser) EraseCut(text string) string {
	text = e.Erase(text)
	if e == nil {
		return text
	}
	rest := 0
	for _, f := range e.forms {
		for n := min(len(f.text)-1, len(text)); n >= max(shortest, rest+1); n-- {
			if strings.HasSuffix(text, f.text[:n]) {
				rest = n
			}
		}
	}
	if rest == 0 {
		return text
	}
	return text[:len(text)-rest] + Redacted
}

func forms(text string) []form {
	out := []form{
		{text: text},
		{text: url.QueryEscape(text)},
		{text: url.PathEscape(text)},
		{text: hex.EncodeToString([]byte(text))},
		{text: strings.ToUpper(hex.EncodeToString([]byte(text)))},
	}
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for _, coded := range inside(enc, text) {
			out = append(out, form{text: coded, coded: true})
		}
	}
	return out
}

// inside returns what is common to the base64 of every text that contains the
// given one: three alignments, each without the characters at either end that
// also depend on the neighbours.
func inside(enc *base64.Encoding, text string) []string {
	var out []string
	for before := range 3 {
		coded := enc.EncodeToString([]byte(strings.Repeat("\x00", before) + text))
		first := (before*8 + 5) / 6          // the first character made of the secret's bits alone
		last := (before + len(text)) * 8 / 6 // one past the last such character
		if last-first >= 4 {
			out = append(out, coded[first:last])
		}
	}
	return out
}
