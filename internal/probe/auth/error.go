package auth

import "github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"

// failure is a login that the client gave up: no mechanism fits, the credentials can't be
// sent, or the client can't trust a challenge. It holds no secret, and the server's text
// only as [finding.Quote] returns it.
func failure(code finding.Code, facts finding.Facts) *finding.Error {
	return &finding.Error{Code: code, Facts: facts}
}
