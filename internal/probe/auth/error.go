package auth

import "github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"

// Error is a login that was given up on this side: no mechanism fits, the
// credentials can't be sent, or a challenge of the server's can't be trusted.
// It holds no secret, and text of the server's only as [finding.Quote] made it.
type Error struct {
	code  finding.Code
	facts finding.Facts
	seen  []string
}

func failure(code finding.Code, facts finding.Facts) *Error {
	return &Error{code: code, facts: facts}
}

func (e *Error) Error() string { return "login: " + string(e.code) }

// Code implements [finding.Coded].
func (e *Error) Code() finding.Code { return e.code }

// Evidence implements [finding.Coded].
func (e *Error) Evidence() finding.Evidence {
	return finding.Evidence{Facts: e.facts, Seen: e.seen}
}
