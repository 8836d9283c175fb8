package clients

import (
	"slices"
	"strings"
	"unicode"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Credentials are what a client logs in with. Either Password or AccessToken is
// given.
type Credentials struct {
	Username    string
	Password    secret.String
	AccessToken secret.String

	// Later names those among username, password and access_token that are known
	// only at apply. They may turn out not to be given.
	Later []string
}

// named returns each credential with its name and the kinds of login that use it.
func (c Credentials) named() []credential {
	return []credential{
		{"username", secret.New(c.Username), []settings.Auth{settings.AuthPassword, settings.AuthOAuth2}},
		{"password", c.Password, []settings.Auth{settings.AuthPassword}},
		{"access_token", c.AccessToken, []settings.Auth{settings.AuthOAuth2}},
	}
}

type credential struct {
	name   string
	text   secret.String
	usedBy []settings.Auth
}

// are reports whether the credentials are those of a kind, as far as they are
// known.
func (c Credentials) are(kind settings.Auth) bool {
	for _, part := range c.named() {
		wanted, given := slices.Contains(part.usedBy, kind), !part.text.IsEmpty()
		if given != wanted && (given || !slices.Contains(c.Later, part.name)) {
			return false
		}
	}
	return true
}

// secret are the placeholders that hold a credential.
func (c Credentials) secret() map[string]string {
	words := map[string]string{"username": c.Username}
	if !c.Password.IsEmpty() {
		words["password"] = c.Password.Reveal()
		words["userinfo"] = settings.PercentEncode(c.Username) + ":" + settings.PercentEncode(words["password"]) + "@"
	}
	if !c.AccessToken.IsEmpty() {
		words["token"] = c.AccessToken.Reveal()
	}
	return words
}

// takes reports why the credentials are not those of the connection, or can't be
// written down for the client; nil if they can.
func (c Client) takes(conn Connection, credentials Credentials) error {
	if !credentials.are(conn.Auth) {
		return mismatch(conn.Auth, credentials)
	}
	for _, text := range []string{credentials.Username, credentials.Password.Reveal(), credentials.AccessToken.Reveal()} {
		if problem := c.fits(text); problem != nil {
			return problem
		}
	}
	if strings.Contains(credentials.Username, ":") && c.template(conn).joins("{username}:") {
		return c.credentialError("the user name ends at its first colon")
	}
	return nil
}

// fits reports why one credential can't be written down for the client; nil if it can.
func (c Client) fits(text string) *finding.Error {
	if strings.ContainsAny(text, "\r\n\x00") {
		return c.credentialError("a line end or NUL ends the setting, and what follows becomes another one")
	}
	for _, u := range c.Unfit {
		if u.excludes(text) {
			return c.credentialError(u.Reason)
		}
	}
	return nil
}

// excludes reports whether the obstacle stands in the way of a credential.
func (u Unfit) excludes(text string) bool {
	if text == "" {
		return false
	}
	first, last := text[:1], text[len(text)-1:]
	switch {
	case u.NonASCII:
		return strings.ContainsFunc(text, func(r rune) bool { return r > unicode.MaxASCII })
	case u.Edges != "":
		return strings.Contains(u.Edges, first) || strings.Contains(u.Edges, last)
	case u.Wrapped != "":
		return len(text) > 1 && first == last && strings.Contains(u.Wrapped, first)
	case u.Longest > 0:
		return len(text) > u.Longest
	}
	return strings.ContainsAny(text, u.Characters)
}

// joins reports whether a setting, however deep, holds the given piece of template.
func (t template) joins(piece string) bool {
	for _, value := range Object(t).Flat() {
		if text, ok := value.(string); ok && strings.Contains(text, piece) {
			return true
		}
	}
	return false
}

// mismatch says that the credentials are not those of the connection,
// naming which are given and never what they are.
func mismatch(want settings.Auth, c Credentials) *finding.Error {
	var given []string
	for _, part := range c.named() {
		if !part.text.IsEmpty() || slices.Contains(c.Later, part.name) {
			given = append(given, part.name)
		}
	}
	if len(given) == 0 {
		given = []string{"nothing"}
	}
	return &finding.Error{Code: "client-credentials", Facts: finding.Facts{
		"auth": string(want), "given": strings.Join(given, " and "), "wanted": wanted[want],
	}}
}

// wanted are the credentials of each kind.
var wanted = map[settings.Auth]string{
	settings.AuthNone:     "no credentials",
	settings.AuthPassword: "username and password",
	settings.AuthOAuth2:   "username and access_token",
}

func (c Client) credentialError(reason string) *finding.Error {
	return &finding.Error{Code: "client-credential-characters", Facts: finding.Facts{"client": c.Name, "reason": reason}}
}
