package probe

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Error is a failed check: what failed, how far the check got, and what was said on the
// wire. Its finding is that of the cause.
type Error struct {
	cause    error
	request  Request
	trail    *trail
	attempts int
}

func newError(r Request, t *trail, cause error) *Error {
	return &Error{cause: cause, request: r, trail: t, attempts: 1}
}

func (e *Error) Error() string {
	return fmt.Sprintf("check of %s failed at %s: %v", e.request.Host, e.trail.phase, e.cause)
}

// Unwrap returns what failed.
func (e *Error) Unwrap() error { return e.cause }

// lastLines is how much of the transcript a diagnostic shows.
const lastLines = 8

// Finding implements [finding.Coded]: what the cause saw, then how far the check got, the
// addresses and the last lines of the transcript.
func (e *Error) Finding() *finding.Error {
	f := &finding.Error{Code: finding.Unexpected, Err: e.cause, Facts: finding.Facts{
		"host": e.request.Host.Name,
		"port": strconv.Itoa(int(e.request.Port)),
		"mode": string(e.request.Mode),
	}}
	if conn := e.trail.conn; conn != nil && conn.MessageSent() {
		f.Facts["message"] = "sent"
	}
	if more := moreAttempts(e.request.Attempts); more > 0 && e.transient() {
		f.Facts["attempts"] = strconv.Itoa(more)
	}
	if longer := settings.LongerTimeout(e.request.Timeout); longer != "" {
		f.Facts["longer"] = longer
	}
	var coded finding.Coded
	if errors.As(e.cause, &coded) {
		cause := coded.Finding()
		f.Code = cause.Code
		maps.Copy(f.Facts, cause.Facts)
		f.Seen, f.Timings = slices.Clone(cause.Seen), slices.Clone(cause.Timings)
	} else {
		f.Facts["error"] = finding.Quote(e.request.secrets().Erase(e.cause.Error()))
	}
	if errors.Is(e.cause, context.Canceled) {
		f.Code = "check-cancelled"
	}
	trail := e.trail.lines(e.attempts)
	f.Seen = append(slices.DeleteFunc(f.Seen, func(line string) bool { return shownBy(trail, line) }), trail...)
	f.Timings = append(f.Timings, e.trail.timings()...)
	return f
}

var isReply = lazyregexp.New(`^[2-5][0-9]{2} `)

// shownBy reports whether a reply that the cause quotes stands in the transcript
// too.
func shownBy(trail []string, line string) bool {
	_, reply, labelled := strings.Cut(line, ": ")
	return labelled && isReply.MatchString(reply) && slices.Contains(trail, "S: "+reply)
}

// mostAttempts is what retry_attempts may be at most.
const mostAttempts = 10

// moreAttempts returns how many attempts may help if the given number did not, or 0 if
// there can't be more.
func moreAttempts(asked int) int {
	for _, more := range []int{3, mostAttempts} {
		if asked < more {
			return more
		}
	}
	return 0
}

// lines returns the trail as evidence: how far it got, the addresses if there were several,
// and the end of the transcript.
func (t *trail) lines(attempts int) []string {
	reached := "phase reached: " + t.phase
	if t.address.IsValid() {
		reached += ", connected to " + t.address.String()
	}
	lines := []string{reached}
	if attempts > 1 {
		lines = append(lines, fmt.Sprintf("attempts: %d", attempts))
	}
	lines = append(lines, t.unconfirmed()...)
	if t.conn == nil {
		return lines
	}
	if len(t.tried) > 1 {
		for _, a := range t.tried {
			lines = append(lines, a.Outcome())
		}
	}
	said := t.conn.Transcript()
	for i, line := range said {
		if i+1 < len(said) && said[i+1] == strings.TrimSuffix(line, ")")+" failed)" {
			said = slices.Delete(slices.Clone(said), i, i+1) // what failed had begun
			break
		}
	}
	return append(lines, said[max(0, len(said)-lastLines):]...)
}

// timings returns the phases that took a measurable time.
func (t *trail) timings() []string {
	var took []string
	for _, p := range t.phases {
		if d := p.Took.Round(time.Millisecond); d > 0 {
			took = append(took, fmt.Sprintf("%s %s", p.Name, d))
		}
	}
	return took
}
