package probe

import (
	"slices"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
)

// A refused login and a message are made once in a run, whatever the number of checks.
// These are the errors of the checks that wait for another one to make it.

// sharedError is the error of the check that made it.
type sharedError struct {
	finding.Coded
	note string
}

// Finding implements [finding.Coded].
func (e *sharedError) Finding() *finding.Error {
	f := *e.Coded.Finding()
	f.Seen = append(slices.Clone(f.Seen), e.note)
	return &f
}

// awaitedError is a check whose time ended while another one waited for the server.
type awaitedError struct {
	step  wire.Step
	note  string
	cause error
}

func (e *awaitedError) Error() string { return e.note + ": " + e.cause.Error() }

// Unwrap returns what ended the waiting.
func (e *awaitedError) Unwrap() error { return e.cause }

// Finding implements [finding.Coded].
func (e *awaitedError) Finding() *finding.Error {
	return &finding.Error{
		Code:  "reply-timeout",
		Err:   e.cause,
		Facts: finding.Facts{"step": string(e.step)},
		Seen:  []string{e.note},
	}
}
