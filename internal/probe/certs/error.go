package certs

import (
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// Error says why TLS failed, or why the server's certificate was not trusted.
type Error struct {
	code    finding.Code
	facts   finding.Facts
	seen    []string
	Defects []Defect // all that is wrong with the certificate, the code's first
	err     error    // of crypto/tls
}

func (e *Error) Error() string { return string(e.code) + ": " + e.err.Error() }

// Unwrap returns the error of crypto/tls, without what the connection made of it.
func (e *Error) Unwrap() error { return e.err }

// Code implements [finding.Coded].
func (e *Error) Code() finding.Code { return e.code }

// Evidence implements [finding.Coded].
func (e *Error) Evidence() finding.Evidence {
	return finding.Evidence{Facts: e.facts, Seen: e.seen}
}

var _ finding.Coded = (*Error)(nil)
