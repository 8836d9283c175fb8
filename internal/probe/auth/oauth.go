package auth

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/emersion/go-sasl"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// TokenError is a server's refusal of an access token, in its own words (RFC
// 7628 section 3.2.2; XOAUTH2 has the same form). Every field may be empty.
type TokenError struct {
	Status  string // "invalid_token", or with XOAUTH2 an HTTP status such as "401"
	Schemes string
	Scope   string // what a token for this server must allow
}

// Error leaves out the server's words, which may repeat the token.
func (*TokenError) Error() string { return "the server refused the access token" }

// longestTokenError bounds the JSON that is read, in bytes.
const longestTokenError = 4096

// parseTokenError reads as much of a server's JSON as there is.
func parseTokenError(challenge []byte) *TokenError {
	var said struct {
		Status  any    `json:"status"` // a number with some servers
		Schemes string `json:"schemes"`
		Scope   string `json:"scope"`
	}
	if len(challenge) > longestTokenError || json.Unmarshal(challenge, &said) != nil {
		return &TokenError{}
	}
	refusal := &TokenError{Schemes: finding.Quote(said.Schemes), Scope: finding.Quote(said.Scope)}
	switch said.Status.(type) {
	case string, float64:
		refusal.Status = finding.Quote(fmt.Sprint(said.Status))
	}
	return refusal
}

// oauth is a mechanism whose initial response says everything. Any challenge is an error,
// which the client has to answer before the server says no.
type oauth struct {
	mechanism settings.Mechanism
	initial   []byte
	last      []byte // the answer to an error challenge
	failed    bool
}

// newXOAuth2 is Google's and Microsoft's forerunner of OAUTHBEARER, which answers
// an error with an empty line
// (https://developers.google.com/workspace/gmail/imap/xoauth2-protocol).
func newXOAuth2(c Credentials, _ Channel) (sasl.Client, error) {
	initial := "user=" + c.Username + "\x01auth=Bearer " + c.AccessToken.Reveal() + "\x01\x01"
	return &oauth{mechanism: settings.XOAuth2, initial: []byte(initial), last: []byte{}}, nil
}

// saslname escapes what divides the fields of a GS2 header (RFC 5801 section 4).
var saslname = strings.NewReplacer("=", "=3D", ",", "=2C")

// newOAuthBearer is OAUTHBEARER (RFC 7628): the initial response is go-sasl's;
// an error is answered with one 0x01, which go-sasl leaves out.
func newOAuthBearer(c Credentials, ch Channel) (sasl.Client, error) {
	host, _, _ := strings.Cut(ch.Host, "%") // the zone of an address means nothing to the server
	_, initial, err := sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{
		Username: saslname.Replace(c.Username),
		Token:    c.AccessToken.Reveal(),
		Host:     host,
		Port:     ch.Port,
	}).Start()
	return &oauth{mechanism: settings.OAuthBearer, initial: initial, last: []byte{1}}, err
}

func (o *oauth) Start() (mechanism string, response []byte, err error) {
	return string(o.mechanism), o.initial, nil
}

func (o *oauth) Next(challenge []byte) ([]byte, error) {
	if o.failed {
		return nil, sasl.ErrUnexpectedServerChallenge
	}
	o.failed = true
	return o.last, parseTokenError(challenge)
}
