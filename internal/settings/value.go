package settings

// Value is an argument as Terraform hands it over: unset (null), unknown until
// apply, or known. The zero Value is unset.
type Value[T any] struct {
	state state
	v     T
}

type state uint8

const (
	unset state = iota
	unknown
	known
)

// Of returns a known value.
func Of[T any](v T) Value[T] { return Value[T]{state: known, v: v} }

// Unknown returns a value that is known only at apply.
func Unknown[T any]() Value[T] { return Value[T]{state: unknown} }

// Get returns the value and whether it is known.
func (v Value[T]) Get() (T, bool) { return v.v, v.state == known }

// Or returns the value, or fallback where it is unset or unknown.
func (v Value[T]) Or(fallback T) T {
	if v.state == known {
		return v.v
	}
	return fallback
}

// Else returns the value, or the other one where it is unset.
func (v Value[T]) Else(other Value[T]) Value[T] {
	if v.state == unset {
		return other
	}
	return v
}

// IsUnset reports whether the argument was not given.
func (v Value[T]) IsUnset() bool { return v.state == unset }

// IsUnknown reports whether the argument will be known only at apply.
func (v Value[T]) IsUnknown() bool { return v.state == unknown }

// IsKnown reports whether the argument was given and is known.
func (v Value[T]) IsKnown() bool { return v.state == known }

// Map applies f to a known value; unset stays unset and unknown stays unknown.
func Map[T, U any](v Value[T], f func(T) U) Value[U] {
	if v.state == known {
		return Of(f(v.v))
	}
	return Value[U]{state: v.state}
}
