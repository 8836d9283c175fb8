package finding

import "errors"

// Error is an error that a row of the catalogue describes, with what was seen.
// Whatever comes from a server has gone through [Quote].
type Error struct {
	Code  Code
	Facts Facts
	Seen  []string
	Err   error // what led to it, if that is known
}

func (e *Error) Error() string {
	text := string(e.Code)
	if summary := Of(e).Summary; summary != "" {
		text += ": " + summary
	}
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns what led to the error.
func (e *Error) Unwrap() error { return e.Err }

// Coded is a typed error that says which row of the catalogue it is, and with
// what evidence.
type Coded interface {
	error
	Code() Code
	Evidence() Evidence
}

// Of returns the finding that err stands for: that of the first [Error] or
// [Coded] in its chain, else [Unexpected].
func Of(err error) Finding {
	var coded Coded
	var plain *Error
	isPlain := errors.As(err, &plain)
	switch {
	case errors.As(err, &coded) && !(isPlain && errors.As(error(plain), &coded)):
		return New(coded.Code(), coded.Evidence())
	case isPlain:
		return New(plain.Code, Evidence{Facts: plain.Facts, Seen: plain.Seen})
	}
	return New(Unexpected, Evidence{Facts: Facts{"error": Quote(err.Error())}})
}
