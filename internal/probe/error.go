package probe

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Error is a failed check: what failed, how far it came, and what was said on
// the wire. Its finding is that of the cause.
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

// Code implements [finding.Coded].
func (e *Error) Code() finding.Code {
	var coded finding.Coded
	switch {
	case errors.Is(e.cause, context.Canceled):
		return "check-cancelled"
	case errors.As(e.cause, &coded):
		return coded.Code()
	}
	return finding.Unexpected
}

// lastLines is how much of the transcript a diagnostic shows.
const lastLines = 8

// Evidence implements [finding.Coded]: what the cause saw, then how far the
// check came, the time each phase took, every address and the last lines of the
// transcript.
func (e *Error) Evidence() finding.Evidence {
	facts := finding.Facts{
		"host": e.request.Host.Name,
		"port": strconv.Itoa(int(e.request.Port)),
		"mode": string(e.request.Mode),
	}
	if more := moreAttempts(e.request.Attempts); more > 0 && e.transient() {
		facts["attempts"] = strconv.Itoa(more)
	}
	if longer := settings.LongerTimeout(e.request.Timeout); longer != "" {
		facts["longer"] = longer
	}
	var seen []string
	var coded finding.Coded
	if errors.As(e.cause, &coded) {
		evidence := coded.Evidence()
		for name, fact := range evidence.Facts {
			facts[name] = fact
		}
		seen = append(seen, evidence.Seen...)
	} else {
		facts["error"] = finding.Quote(e.request.secrets().Erase(e.cause.Error()))
	}
	return finding.Evidence{Facts: facts, Seen: append(seen, e.trail.lines(e.attempts)...)}
}

// mostAttempts is what retry_attempts may be at most.
const mostAttempts = 10

// moreAttempts is how many attempts may help where the given number did not; 0
// where no more can be made.
func moreAttempts(asked int) int {
	for _, more := range []int{3, mostAttempts} {
		if asked < more {
			return more
		}
	}
	return 0
}

// lines tell the trail to a person.
func (t *trail) lines(attempts int) []string {
	reached := "phase reached: " + t.phase
	if t.address.IsValid() {
		reached += ", connected to " + t.address.String()
	}
	lines := []string{reached}
	var times []string
	for _, p := range t.phases {
		times = append(times, fmt.Sprintf("%s %s", p.Name, p.Took.Round(time.Millisecond)))
	}
	if len(times) > 0 {
		lines = append(lines, "time: "+strings.Join(times, ", "))
	}
	if attempts > 1 {
		lines = append(lines, fmt.Sprintf("attempts: %d", attempts))
	}
	if t.conn == nil {
		return lines
	}
	for _, a := range t.tried {
		lines = append(lines, a.String())
	}
	said := t.conn.Transcript()
	return append(lines, said[max(0, len(said)-lastLines):]...)
}
