package finding

import "errors"

// Error is an error that a row of the catalogue describes, with what was seen. Put
// every text that comes from a server through [Quote] first.
type Error struct {
	Code  Code
	Facts Facts
	Seen  []string
	Err   error // what led to it, if that is known

	// Timings are what was measured. They differ from run to run, so keep them out of
	// Facts and Seen.
	Timings []string
}

func (e *Error) Error() string {
	text := string(e.Code)
	if row, ok := Lookup(e.Code); ok {
		if summary, complete := fill(row.Summary, e.Facts, false); complete {
			text += ": " + summary
		}
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns what led to the error.
func (e *Error) Unwrap() error { return e.Err }

// Finding implements [Coded].
func (e *Error) Finding() *Error { return e }

// Coded is an error that a row of the catalogue describes: an [Error], or a type
// with more to it, such as whether another attempt may succeed.
type Coded interface {
	error
	Finding() *Error
}

// Of returns the finding that err stands for: that of the first [Coded] error in
// its chain, else [Unexpected].
func Of(err error) Finding {
	var coded Coded
	if errors.As(err, &coded) {
		return of(coded.Finding())
	}
	return New(Unexpected, Facts{"error": Quote(err.Error())})
}
