package secret

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// window is how many characters in a row give away a part of a secret.
	window = 8
	// shortest is the length of the shortest form to be erased: erasing every "a" of a
	// text would garble it, and show what the secret is.
	shortest = 3
)

// Eraser removes secrets from text: each whole secret, and each part of eight characters or
// more, wherever it is, even across line ends; as it is, backwards, in hexadecimal, and in
// base64 even of a longer text that contains it; each of these also with percent, backslash,
// HTML or quoted-printable escapes. Upper and lower case are the same, except in base64.
//
// It looks up each run of eight characters among those of the secrets, so that the
// work grows with the length of the text alone. An Eraser may be used by several
// goroutines.
type Eraser struct {
	above *Eraser // whose secrets it knows too

	texts      runs // of secrets and their hexadecimal forms, in lower case
	coded      runs // of their base64 forms
	briefTexts runs // whole forms that are shorter than a run
	briefCoded runs
	open       runs // of texts that are shown openly, in lower case
	wholes     []string
	begins     []string // forms of which a cut may have left the beginning
}

// NewEraser returns an eraser of the given secrets, of which some may be empty.
func NewEraser(secrets ...String) *Eraser {
	e := &Eraser{}
	for _, s := range secrets {
		text := bare(s.Reveal())
		e.learn(text)
		hexadecimal := hex.EncodeToString([]byte(text))
		for _, form := range []string{text, hexadecimal, strings.ToUpper(hexadecimal)} {
			switch n := utf8.RuneCountInString(form); {
			case n >= window:
				e.wholes = append(e.wholes, form)
			case n >= shortest:
				e.briefTexts.addWhole(form)
			}
			if len(form) >= shortest {
				e.begins = append(e.begins, form)
			}
		}
		for _, coded := range inBase64(text) {
			e.begins = append(e.begins, coded)
			if len(coded) < window {
				e.briefCoded.addWhole(coded)
			}
		}
	}
	return e
}

// Also returns an eraser that knows more secrets; of these it only erases parts of eight
// characters or more.
func (e *Eraser) Also(secrets ...String) *Eraser {
	more := &Eraser{above: e}
	for _, s := range secrets {
		more.learn(s.Reveal())
	}
	return more
}

// Format implements [fmt.Formatter]: an eraser holds what it erases.
func (*Eraser) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, Redacted) }

// learn adds the parts of a text.
func (e *Eraser) learn(text string) {
	e.texts.add(text, true, e.shows)
	e.texts.add(backwards(text), true, e.shows)
	e.texts.add(hex.EncodeToString([]byte(text)), true, nil)
	for _, coded := range inBase64(text) {
		e.coded.add(coded, false, nil)
	}
}

func backwards(text string) string {
	all := []rune(text)
	slices.Reverse(all)
	return string(all)
}

// Showing makes the eraser keep parts of secrets that are also parts of texts that are shown
// openly, such as the host name. Call it before you share the eraser.
func (e *Eraser) Showing(texts ...string) *Eraser {
	for _, text := range texts {
		e.open.add(text, true, nil)
	}
	for run := range e.open.all {
		delete(e.texts.all, run)
	}
	return e
}

// shows reports whether a run is shown openly.
func (e *Eraser) shows(run uint64) bool {
	for ; e != nil; e = e.above {
		if e.open.has(run) {
			return true
		}
	}
	return false
}

// bare leaves out the first and last line of a key in PEM, which are not secret.
func bare(text string) string {
	if !strings.HasPrefix(text, "-----") {
		return text
	}
	var lines []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "-----") {
			lines = append(lines, line)
		}
	}
	return strings.TrimSpace(strings.Join(lines, ""))
}

// Erase returns text with what is secret replaced by [Redacted]. A nil Eraser
// changes nothing.
func (e *Eraser) Erase(text string) string { return e.EraseLines([]string{text})[0] }

// EraseLines does the same with lines in a row, and finds what is spread over them.
func (e *Eraser) EraseLines(lines []string) []string {
	found := e.find(strings.Join(lines, " ")) // as they are shown in a row
	out := make([]string, 0, len(lines))
	begin := 0
	for _, line := range lines {
		var b strings.Builder
		end, at := begin+len(line), begin
		for _, s := range found {
			if from, to := max(int(s.from), at), min(int(s.to), end); from < to {
				b.WriteString(line[at-begin:from-begin] + Redacted)
				at = to
			}
		}
		out = append(out, b.String()+line[at-begin:])
		begin = end + len(" ")
	}
	return out
}

// EraseCut does the same for text that was cut off at its end: there the
// beginning of a secret goes as well.
func (e *Eraser) EraseCut(text string) string {
	text = e.Erase(text)
	rest := 0
	for ; e != nil; e = e.above {
		for _, form := range e.begins {
			for n := min(len(form)-1, len(text)); n >= max(shortest, rest+1); n-- {
				if strings.HasSuffix(text, form[:n]) {
					rest = n
				}
			}
		}
	}
	if rest == 0 {
		return text
	}
	return text[:len(text)-rest] + Redacted
}

// inBase64 returns the parts that the base64, of either kind, of every text has that
// contains the given one.
func inBase64(text string) []string {
	forms := inside(base64.RawStdEncoding, text)
	for i, coded := range inside(base64.RawURLEncoding, text) {
		if coded != forms[i] {
			forms = append(forms, coded)
		}
	}
	return forms
}

// inside does that for one kind: three alignments, each without the characters at either end
// that also depend on the neighbours.
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
