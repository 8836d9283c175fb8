package wire

import (
	"fmt"
	"strconv"
)

// transcript is what was said, fit to be shown: credentials are never written
// to it, and what a server sends back of them is erased.
type transcript struct {
	lines   []string
	dropped int
}

// longestTranscript bounds the lines kept; the oldest go first.
const longestTranscript = 200

func (t *transcript) note(line string) {
	if len(t.lines) == longestTranscript {
		t.lines = t.lines[1:]
		t.dropped++
	}
	t.lines = append(t.lines, line)
}

// received notes a reply. Challenges of a login are not shown: they hold salts
// and nonces that help to guess a password.
func (t *transcript) received(r reply) {
	if r.Code == 334 {
		t.note(fmt.Sprintf("S: 334 [challenge, %d characters]", len(r.challenge())))
		return
	}
	for i, line := range r.Lines {
		separator := "-"
		if i == len(r.Lines)-1 {
			separator = " "
		}
		if r.Enhanced != "" {
			separator += r.Enhanced + " "
		}
		t.note("S: " + strconv.Itoa(r.Code) + separator + line)
	}
}

func (t *transcript) text() []string {
	if t.dropped == 0 {
		return append([]string{}, t.lines...)
	}
	return append([]string{fmt.Sprintf("(%d lines before)", t.dropped)}, t.lines...)
}
