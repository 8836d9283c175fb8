package oauth2token

import "github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"

// Error says why there is no token. It holds no secret, and text of the
// service's only as [finding.Quote] made it.
type Error struct {
	code  finding.Code
	facts finding.Facts
	seen  []string
}

func (e *Error) Error() string { return "OAuth2 token: " + string(e.code) }

// Code implements [finding.Coded].
func (e *Error) Code() finding.Code { return e.code }

// Evidence implements [finding.Coded].
func (e *Error) Evidence() finding.Evidence {
	return finding.Evidence{Facts: e.facts, Seen: e.seen}
}

var _ finding.Coded = (*Error)(nil)
