// Package secret holds values that must never be printed, and erases them from texts of
// others, such as the reply of a server.
//
// Only code that writes bytes to the wire, or state that Terraform itself protects, may call
// [String.Reveal].
package secret

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"io"
	"log/slog"
)

// Redacted is what every printed form of a secret shows.
const Redacted = "[redacted]"

// String is a secret text. Its zero value is the empty secret. Every way to
// print it (fmt with any verb, encoding/json, log/slog) shows [Redacted].
//
// The text is behind a pointer because fmt calls no method on an unexported field of a
// struct: it would print the bytes, and so prints an address.
type String struct{ text *string }

// New wraps text.
func New(text string) String { return String{text: &text} }

// Reveal returns the text itself.
func (s String) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// IsEmpty reports whether the secret has no bytes.
func (s String) IsEmpty() bool { return s.Reveal() == "" }

// String implements [fmt.Stringer].
func (String) String() string { return Redacted }

// GoString implements [fmt.GoStringer].
func (String) GoString() string { return Redacted }

// Format implements [fmt.Formatter], because verbs such as %d print the fields
// of a struct that is only a Stringer.
func (String) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, Redacted) }

// MarshalText implements [encoding.TextMarshaler].
func (String) MarshalText() ([]byte, error) { return []byte(Redacted), nil }

// MarshalJSON implements [encoding/json.Marshaler].
func (String) MarshalJSON() ([]byte, error) { return []byte(`"` + Redacted + `"`), nil }

// Digest returns HMAC-SHA256 of the secret, to compare two secrets without keeping either.
// Use a random key that never leaves the process.
func (s String) Digest(key []byte) [sha256.Size]byte {
	mac := hmac.New(sha256.New, key)
	_, _ = io.WriteString(mac, s.Reveal())
	return [sha256.Size]byte(mac.Sum(nil))
}

// LogValue implements [slog.LogValuer].
func (String) LogValue() slog.Value { return slog.StringValue(Redacted) }
