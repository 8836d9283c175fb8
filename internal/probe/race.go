package probe

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// The wrong-mode race. On a port that speaks TLS first, a client that waits for
// a greeting waits forever; so after some silence a second connection tries the
// other mode. There are never more than two. The first connection is abandoned
// only on proof of the other mode.

// How long silence lasts before the second connection. A standard port that
// speaks the other mode is evidence enough to look early; on port 25 servers
// punish clients that talk before the greeting.
const (
	usualPatience    = 2 * time.Second
	evidencePatience = 250 * time.Millisecond
	port25Patience   = 10 * time.Second
)

// innerPatience is how long a greeting inside TLS is waited for before the
// second connection speaks, to tell SMTP from HTTPS.
const innerPatience = 3 * time.Second

// afterClose is how long the other mode is waited for once the first connection
// was closed without a word. A server that hangs up on early talkers greets within
// seconds; waiting forever would take the time from another attempt.
const afterClose = 10 * time.Second

func (r Request) patience() time.Duration {
	switch {
	case r.Port == 25:
		return port25Patience
	case r.portContradicts():
		return evidencePatience
	}
	return usualPatience
}

// portContradicts reports whether the port is known for another mode.
func (r Request) portContradicts() bool { return settings.Contradicts(int(r.Port), r.Mode) }

// open brings the first connection to its greeting, or finds out why it does not
// get there.
func (s *session) open(ctx context.Context) error {
	doubt := time.NewTimer(s.untilDoubt())
	defer doubt.Stop()

	first := begin(ctx, s.greet)
	defer first.end()
	alone := func(err error) error {
		if !worthAnotherLook(err) {
			return err
		}
		second := begin(ctx, s.otherMode)
		defer second.end()
		return explained(err, second.after(err))
	}
	select {
	case err := <-first.done:
		return alone(err)
	case <-doubt.C:
	}
	if s.request.Mode != settings.Implicit && s.trail.conn.Heard() {
		// A greeting in parts is no silence, and its server mostly one that
		// punishes clients that talk early.
		return alone(<-first.done)
	}

	second := begin(ctx, s.otherMode)
	defer second.end()
	var learned error
	pending := second.done
	for {
		select {
		case err := <-first.done:
			if worthAnotherLook(err) && pending != nil {
				learned = second.after(err)
			}
			return explained(err, learned)
		case learned = <-pending:
			if isProof(learned) {
				return learned
			}
			pending = nil
		}
	}
}

// untilDoubt is how long the first connection goes on alone. Silence began when
// its first packet left. The second is opened as much earlier as opening takes,
// so that it stands, and may speak, when the patience is over; but a slow way must
// not use up the patience.
func (s *session) untilDoubt() time.Duration {
	patience := s.request.patience()
	var opening time.Duration
	for _, a := range s.trail.tried {
		if a.Err == nil && !a.Idle {
			opening = a.Took
		}
	}
	return max(patience-time.Since(s.trail.since)-opening, patience/2)
}

// worthAnotherLook reports whether the other mode may explain how the first
// connection failed: by silence, by an end without a word, or by clear text in
// place of TLS. What was explained, as by a client certificate, leaves no question.
func worthAnotherLook(err error) bool {
	var explained *finding.Error
	var closed *wire.ClosedError
	var late *wire.TimeoutError
	var plain *clearTextError
	return !errors.As(err, &explained) && (errors.As(err, &closed) || errors.As(err, &late) || errors.As(err, &plain))
}

// explained returns what the second connection proved, else the error of the
// first, with how the second one ended.
func explained(first, second error) error {
	switch {
	case first == nil || second == nil || errors.Is(second, context.Canceled):
		return first
	case isProof(second):
		return second
	}
	return &lookedTwiceError{first, second}
}

// lookedTwiceError is a first connection that failed, and a second one that did not show
// why.
type lookedTwiceError struct{ first, second error }

func (e *lookedTwiceError) Error() string { return e.first.Error() }

// Unwrap returns the error of the first connection.
func (e *lookedTwiceError) Unwrap() error { return e.first }

// Finding implements [finding.Coded].
func (e *lookedTwiceError) Finding() *finding.Error {
	var coded finding.Coded
	if !errors.As(e.first, &coded) {
		return &finding.Error{Code: finding.Unexpected, Facts: finding.Facts{"error": finding.Quote(e.first.Error())}}
	}
	f := *coded.Finding()
	f.Seen = append(slices.Clone(f.Seen), "a second connection, in the other mode: "+evidence(e.second))
	return &f
}

// evidence returns what an error saw, on one line.
func evidence(err error) string {
	var coded finding.Coded
	if errors.As(err, &coded) {
		if lines := coded.Finding().Seen; len(lines) > 0 {
			return strings.Join(lines, "; ")
		}
	}
	return finding.Quote(err.Error())
}

// isProof reports whether what the second connection saw leaves no doubt: the
// other mode, or another protocol altogether.
func isProof(err error) bool {
	var mode *ModeError
	return errors.As(err, &mode) || speaksAnotherProtocol(err)
}

// task is a function that runs beside another.
type task struct {
	cancel context.CancelFunc
	done   chan error // one value, then closed
}

func begin(ctx context.Context, f func(context.Context) error) *task {
	ctx, cancel := context.WithCancel(ctx)
	t := &task{cancel: cancel, done: make(chan error, 1)}
	go func() {
		defer close(t.done)
		t.done <- f(ctx)
	}()
	return t
}

// after waits for the second connection, whose first one failed with an error. It returns
// nil if that takes too long.
func (t *task) after(first error) error {
	var tooLong <-chan time.Time
	var closed *wire.ClosedError
	if errors.As(first, &closed) {
		patience := time.NewTimer(afterClose)
		defer patience.Stop()
		tooLong = patience.C
	}
	select {
	case seen := <-t.done:
		return seen
	case <-tooLong:
		return nil
	}
}

// end cancels the task and waits until it has left.
func (t *task) end() {
	t.cancel()
	for range t.done { // draining is the wait
	}
}
