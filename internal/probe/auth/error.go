package auth

import "github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"

// failure is a login that was given up on this side: no mechanism fits, the
// credentials can't be sent, or a challenge of the server's can't be trusted. It
// holds no secret, and text of the server's only as [finding.Quote] made it.
func failure(code finding.Code, facts finding.Facts) *finding.Error {
	return &finding.Error{Code: code, Facts: facts}
}
