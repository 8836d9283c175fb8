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
	forms []string // longest first, so that no form leaves a rest of a longer one
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
	e.forms = slices.DeleteFunc(e.forms, func(f string) bool { return len(f) < shortest })
	slices.SortFunc(e.forms, func(a, b string) int {
		if d := len(b) - len(a); d != 0 {
			return d
		}
		return strings.Compare(a, b)
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
		text = strings.ReplaceAll(text, f, Redacted)
	}
	return text
}

// EraseCut does the same for text that was cut off at its end: there the
// beginning of a secret goes as well.
func (e *Eraser) EraseCut(text string) string {
	text = e.Erase(text)
	if e == nil {
		return text
	}
	rest := 0
	for _, f := range e.forms {
		for n := min(len(f)-1, len(text)); n >= max(shortest, rest+1); n-- {
			if strings.HasSuffix(text, f[:n]) {
				rest = n
			}
		}
	}
	if rest == 0 {
		return text
	}
	return text[:len(text)-rest] + Redacted
}

func forms(text string) []string {
	out := []string{
		text,
		url.QueryEscape(text),
		url.PathEscape(text),
		hex.EncodeToString([]byte(text)),
		strings.ToUpper(hex.EncodeToString([]byte(text))),
	}
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		out = append(out, inside(enc, text)...)
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
