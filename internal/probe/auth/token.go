package auth

import (
	"encoding/base64"
	"encoding/json"
	"math"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// longestToken bounds the access tokens that are looked into, in bytes.
const longestToken = 16 << 10

// claims are what a token says of itself (RFC 7519 section 4.1). Nothing verifies them: they
// only make a message better.
type claims struct {
	Expires  float64 `json:"exp"` // seconds since 1970
	Audience text    `json:"aud"`
	Scopes   text    `json:"scp"`   // Microsoft, delegated
	Scope    text    `json:"scope"` // RFC 8693 section 4.2
	Roles    text    `json:"roles"` // Microsoft, of an application
}

// text is a claim that is a string or a list of them.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	var one string
	var many []string
	switch {
	case json.Unmarshal(raw, &one) == nil:
		*t = text(one)
	case json.Unmarshal(raw, &many) == nil:
		*t = text(strings.Join(many, " "))
	}
	return nil // a claim of another form counts as none
}

// permissions are the scopes and roles together.
func (c claims) permissions() string {
	return strings.TrimSpace(strings.Join([]string{string(c.Scopes), string(c.Scope), string(c.Roles)}, " "))
}

// readClaims reads a token that is a JWT (RFC 7519); most of Google's are not.
func readClaims(token secret.String) (claims, bool) {
	raw := token.Reveal()
	if len(raw) > longestToken || strings.Count(raw, ".") != 2 {
		return claims{}, false
	}
	payload, err := base64.RawURLEncoding.DecodeString(strings.Split(raw, ".")[1])
	if err != nil {
		return claims{}, false
	}
	var c claims
	if json.Unmarshal(payload, &c) != nil {
		return claims{}, false
	}
	return c, true
}

// expiry returns when the token ends, if it says so.
func (c claims) expiry() (time.Time, bool) {
	if c.Expires <= 0 || c.Expires > math.MaxInt32*4 {
		return time.Time{}, false
	}
	return time.Unix(int64(c.Expires), 0).UTC(), true
}

// TokenExpired returns a [*finding.Error] with the code oauth2-token-expired if the token is
// a JWT that has expired at now, else nil. It reads the token and does not verify it.
func TokenExpired(token secret.String, now time.Time) error {
	c, ok := readClaims(token)
	if !ok {
		return nil
	}
	end, ok := c.expiry()
	if !ok || now.Before(end) {
		return nil
	}
	return failure("oauth2-token-expired", finding.Facts{
		"expired": end.Format("2006-01-02 15:04:05 UTC"),
		"ago":     now.Sub(end).Round(time.Second).String(),
	})
}
