package wire

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
)

// Reply is a server's reply (RFC 5321 section 4.2), fit to print.
type Reply struct {
	Code     int
	Enhanced string   // "5.7.8", or "" (RFC 2034)
	Lines    []string // without code, enhanced code and line ends

	said func() string // as it came; a function, because nothing prints those
}

// Text returns the text of all lines, without the codes; like every quote it is
// cut where it is too long.
func (r Reply) Text() string { return finding.Quote(strings.Join(r.Lines, " ")) }

// Said returns the text of all lines, however long, as the server wrote it. Use it to find
// out what a reply means, and never show it: it may repeat a secret. In Text, a secret that
// holds words of the reply has taken these away.
func (r Reply) Said() string {
	if r.said == nil {
		return strings.Join(r.Lines, " ")
	}
	return r.said()
}

// String returns the reply on one line, codes first.
func (r Reply) String() string {
	parts := []string{strconv.Itoa(r.Code)}
	if r.Enhanced != "" {
		parts = append(parts, r.Enhanced)
	}
	if text := r.Text(); text != "" {
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
}

// reply is a Reply as it came, and in its printable form.
type reply struct {
	Reply
	raw []string
}

// challenge returns the text of a 334 reply.
func (r reply) challenge() string { return strings.TrimSpace(strings.Join(r.raw, " ")) }

// Bounds of one reply. RFC 5321 section 4.5.3.1.5 allows lines of 512 bytes;
// servers send longer ones. RFC 4954 section 4 names 12,288 bytes as enough for
// a challenge.
const (
	longestLine      = 4096
	longestChallenge = 16 << 10
	mostLines        = 128
	largestReply     = 64 << 10
)

var enhancedCode = lazyregexp.New(`^([245]\.[0-9]{1,3}\.[0-9]{1,3})(?: +|$)`)

// readReply reads a reply to its last line. If that is not one, the error is a
// [*ProtocolError] with the raw bytes of the offending line.
func readReply(from *bufio.Reader, step Step) (reply, error) {
	var r reply
	total := 0
	for n := 1; ; n++ {
		line, err := readLine(from, step)
		if err != nil {
			return reply{}, brokenOff(r, line, err)
		}
		total += len(line)
		code, text, last, ok := parseLine(line)
		var bad string
		switch {
		case !ok && step == StepGreeting:
			bad = "reply-malformed"
		case !ok:
			bad = "reply-garbled"
		case n > 1 && code != r.Code:
			bad = "reply-codes-differ"
		case n >= mostLines && !last:
			bad = "reply-too-many-lines"
		case total > largestReply:
			bad = "reply-too-large"
		}
		if bad != "" {
			return reply{}, malformed(step, bad, line)
		}
		r.Code = code
		if m := enhancedCode.FindStringSubmatch(text); m != nil {
			r.Enhanced, text = m[1], text[len(m[0]):]
		}
		r.raw = append(r.raw, text)
		if last {
			return r, nil
		}
	}
}

// unfinishedError says that a reply broke off: what came of it, and why no more did.
type unfinishedError struct {
	raw string
	err error
}

func (e *unfinishedError) Error() string { return "a reply broke off: " + e.err.Error() }
func (e *unfinishedError) Unwrap() error { return e.err }

// brokenOff adds to err what came before it.
func brokenOff(r reply, line string, err error) error {
	var malformed *ProtocolError
	if errors.As(err, &malformed) || (len(r.raw) == 0 && line == "") {
		return err
	}
	if len(r.raw) > 0 {
		line = strconv.Itoa(r.Code) + "-" + r.raw[0] + " " + line
	}
	return &unfinishedError{raw: line, err: err}
}

// readLine returns one line without its end; with an error, what came of the line. A bare
// LF ends a line too.
func readLine(from *bufio.Reader, step Step) (string, error) {
	raw, err := from.ReadSlice('\n')
	limit := longestLine
	if step == StepAuth {
		limit = longestChallenge
	}
	switch {
	case errors.Is(err, bufio.ErrBufferFull), err == nil && len(raw) > limit:
		return "", malformed(step, "reply-line-too-long", string(raw))
	case errors.Is(err, io.EOF) && len(raw) > 0:
		return "", malformed(step, "reply-cut", string(raw))
	case err != nil:
		return string(raw[:min(len(raw), 256)]), err
	}
	return strings.TrimSuffix(strings.TrimSuffix(string(raw), "\n"), "\r"), nil
}

// parseLine reads "250-text", "250 text" and "250" (RFC 5321 section 4.2 allows
// a code without text).
func parseLine(line string) (code int, text string, last, ok bool) {
	if len(line) < 3 || line[0] < '2' || line[0] > '5' {
		return 0, "", false, false
	}
	for _, digit := range []byte(line[:3]) {
		if digit < '0' || digit > '9' {
			return 0, "", false, false
		}
	}
	code, _ = strconv.Atoi(line[:3])
	switch {
	case len(line) == 3:
		return code, "", true, true
	case line[3] == ' ':
		return code, line[4:], true, true
	case line[3] == '-':
		return code, line[4:], false, true
	}
	return 0, "", false, false
}
