package dial

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// Class is why a connection could not be opened.
type Class string

// The classes.
const (
	Refused     Class = "refused"
	Denied      Class = "not permitted on this machine"
	TimedOut    Class = "no answer"
	Unreachable Class = "unreachable"
	Failed      Class = "failed"
)

// byTelling has the most telling class first: where addresses failed for different
// reasons, the first of these gives the finding.
var byTelling = []Class{Refused, Denied, TimedOut, Unreachable, Failed}

var codes = map[Class]finding.Code{
	Refused:     "connect-refused",
	Denied:      "connect-denied",
	Unreachable: "connect-unreachable",
	TimedOut:    "connect-timeout",
	Failed:      "connect-failed",
}

// Classify returns why dialling ended in err.
func Classify(err error) Class {
	for class, numbers := range errnos {
		for _, number := range numbers {
			if errors.Is(err, number) {
				return class
			}
		}
	}
	var timeout net.Error
	if errors.Is(err, context.DeadlineExceeded) || (errors.As(err, &timeout) && timeout.Timeout()) {
		return TimedOut
	}
	return Failed
}

// String says what became of the address and how long that took, such as
// "192.0.2.1:587 refused (1ms)".
func (a Attempt) String() string {
	return fmt.Sprintf("%s (%s)", a.Outcome(), a.Took.Round(time.Millisecond))
}

// Outcome says what became of the address, such as "192.0.2.1:587 refused".
func (a Attempt) Outcome() string {
	result := "connected"
	switch {
	case a.Idle:
		result = "not needed"
	case a.Err != nil:
		class := Classify(a.Err)
		result = string(class)
		if class == Failed {
			result += ": " + finding.Quote(a.Err.Error())
		}
	}
	return fmt.Sprintf("%s %s", a.Addr, result)
}

// ConnectError says that no address took a connection.
type ConnectError struct{ Attempts []Attempt }

func (e *ConnectError) Error() string {
	return fmt.Sprintf("no connection to any of %d addresses: %s", len(e.Attempts), e.class())
}

// Unwrap returns the error of each address.
func (e *ConnectError) Unwrap() []error {
	var errs []error
	for _, a := range e.Attempts {
		errs = append(errs, a.Err)
	}
	return errs
}

func (e *ConnectError) class() Class {
	for _, class := range byTelling {
		if slices.ContainsFunc(e.Attempts, func(a Attempt) bool { return Classify(a.Err) == class }) {
			return class
		}
	}
	return Failed
}

// Finding implements [finding.Coded].
func (e *ConnectError) Finding() *finding.Error {
	f := &finding.Error{Code: codes[e.class()], Facts: finding.Facts{}, Err: errors.Join(e.Unwrap()...)}
	for _, a := range e.Attempts {
		f.Facts["port"] = strconv.Itoa(int(a.Addr.Port()))
		f.Seen = append(f.Seen, a.Outcome())
		if took := a.Took.Round(time.Millisecond); took > 0 {
			f.Timings = append(f.Timings, fmt.Sprintf("%s %s", a.Addr, took))
		}
	}
	return f
}
