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

// lastLines is how much of the transcript a diagnostic shows.
const lastLines = 8

// Finding implements [finding.Coded]: what the cause saw, then how far the check
// came, every address and the last lines of the transcript.
func (e *Error) Finding() *finding.Error {
	f := &finding.Error{Code: finding.Unexpected, Err: e.cause, Facts: finding.Facts{
		"host": e.request.Host.Name,
		"port": strconv.Itoa(int(e.request.Port)),
		"mode": string(e.request.Mode),
	}}
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
		f.Seen = slices.Clone(cause.Seen)
	} else {
		f.Facts["error"] = finding.Quote(e.request.secrets().Erase(e.cause.Error()))
	}
	if errors.Is(e.cause, context.Canceled) {
		f.Code = "check-cancelled"
	}
	f.Seen = append(f.Seen, e.trail.lines(e.attempts)...)
	return f
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
	lines = append(lines, t.unconfirmed()...)
	if t.conn == nil {
		return lines
	}
	for _, a := range t.tried {
		lines = append(lines, a.String())
	}
	said := t.conn.Transcript()
	return append(lines, said[max(0, len(said)-lastLines):]...)
}
