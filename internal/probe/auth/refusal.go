package auth

import (
	"errors"
	"maps"
	"strings"
	"time"

	"github.com/emersion/go-sasl"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/refusal"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Attempt is a login that failed, as far as it came.
type Attempt struct {
	Mechanism settings.Mechanism
	Cred      Credentials
	Channel   Channel
	Eraser    *secret.Eraser // of the conversation; nil: one of the credentials

	Reply    string // the server's last reply, fit to print; "" if there was none
	Code     int    // of that reply, or 0
	Enhanced string // "5.7.8", or ""
	Text     string // of that reply, as the server wrote it: to be interpreted, not shown

	ClientErr error // why this side gave the login up
	Closed    bool  // the connection ended instead of a reply
}

// Refusal says what a failed login means, as a [*finding.Error] that holds no secret.
//
// What this side found wrong counts first, except for the refusal of a token: there the
// server's last reply may say more (a mailbox that may not send, a limit).
func Refusal(a Attempt) error {
	eraser := a.Eraser
	if eraser == nil {
		eraser = secret.NewEraser(a.Cred.Password, a.Cred.AccessToken)
	}
	quote := func(text string) string { return finding.Quote(eraser.Erase(text)) }
	e := &finding.Error{Facts: finding.Facts{ // without ClientErr, whose text is not erased
		"host":      quote(a.Channel.Host),
		"mechanism": string(a.Mechanism),
		"tls":       yes(a.Channel.TLS != nil),
	}}
	if a.Cred.Username != "" {
		e.Facts["username"] = quote(a.Cred.Username)
	}
	if a.Reply != "" {
		e.Facts["reply"] = a.Reply
		e.Seen = append(e.Seen, "reply: "+a.Reply)
	}
	if a.Mechanism == settings.NTLM {
		e.Facts["domain"] = yes(strings.ContainsAny(a.Cred.Username, `\@`))
	}
	if region := amazonRegion.FindStringSubmatch(a.Channel.Host); region != nil {
		e.Facts["region"] = region[1]
	}
	addPrepared(e.Facts, a.Mechanism, a.Cred)
	addOthers(e.Facts, a.Mechanism, a.Channel.Offered, a.Cred, a.Channel)
	e.Code = a.explain(e, quote)
	return e
}

// explain returns the code of a failed login, and adds what else is known to the error.
func (a Attempt) explain(e *finding.Error, quote func(string) string) finding.Code {
	var coded finding.Coded
	var token *TokenError
	if errors.As(a.ClientErr, &token) {
		token.addTo(e, quote)
	}
	switch {
	case errors.As(a.ClientErr, &coded):
		own := coded.Finding()
		for name, fact := range own.Facts {
			e.Facts[name] = quote(fact)
		}
		for _, line := range own.Seen {
			e.Seen = append(e.Seen, quote(line))
		}
		return own.Code
	case token != nil:
	case errors.Is(a.ClientErr, sasl.ErrUnexpectedServerChallenge):
		return "auth-challenge-unexpected"
	case a.ClientErr != nil:
		return "auth-challenge-malformed"
	case a.Closed:
		return "auth-closed"
	}
	code := a.interpreted()
	if code == "oauth2-token-rejected" {
		return a.rejectedToken(e.Facts, quote)
	}
	return code
}

// interpreted asks what the server's reply means.
func (a Attempt) interpreted() finding.Code {
	code := finding.Code("auth-refused")
	if a.Code != 0 {
		code = refusal.Interpret(refusal.Reply{
			Stage: refusal.Auth, Code: a.Code, Enhanced: a.Enhanced, Text: a.Text,
			Host: a.Channel.Host, Login: a.sends(), TLS: a.Channel.TLS != nil, ClientCertificate: a.Cred.External,
		})
	}
	if code == "auth-refused" && a.ClientErr != nil {
		return "oauth2-token-rejected" // the error challenge said so, whatever came after it
	}
	return code
}

// sends returns what the mechanism proves the client with.
func (a Attempt) sends() refusal.Secret {
	switch settings.CredentialOf(a.Mechanism) {
	case settings.AuthOAuth2:
		return refusal.Token
	case settings.AuthPassword:
		return refusal.Password
	}
	return refusal.Certificate
}

// amazonRegion is the region in the name of an SES host.
var amazonRegion = lazyregexp.New(`^email-smtp(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com`)

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// addTo adds what the server said of the token to an error.
func (t *TokenError) addTo(e *finding.Error, quote func(string) string) {
	for _, entry := range [][2]string{{"status", t.Status}, {"schemes", t.Schemes}, {"scope", t.Scope}} {
		if name, said := entry[0], entry[1]; said != "" {
			e.Facts[name] = quote(said)
			e.Seen = append(e.Seen, "of the token: "+name+" "+e.Facts[name])
		}
	}
}

// rejectedToken looks into the token for the likely reason.
func (a Attempt) rejectedToken(facts finding.Facts, quote func(string) string) finding.Code {
	var expired *finding.Error
	if errors.As(TokenExpired(a.Cred.AccessToken, time.Now()), &expired) {
		maps.Copy(facts, expired.Facts)
		return expired.Code
	}
	c, ok := readClaims(a.Cred.AccessToken)
	if !ok {
		return "oauth2-token-rejected"
	}
	if c.Audience != "" {
		facts["audience"] = quote(string(c.Audience))
	}
	if c.permissions() != "" {
		facts["permissions"] = quote(c.permissions())
	}
	switch {
	case !isMicrosoft(a.Channel.Host):
	case c.Audience != "" && !mailAudience(string(c.Audience)):
		return "oauth2-token-audience"
	case c.permissions() != "" && !strings.Contains(c.permissions(), "SMTP.Send"):
		return "oauth2-token-scope"
	}
	return "oauth2-token-rejected"
}

// mailAudience reports whether a token was made for Exchange Online: by its
// address, or by the number of its application.
func mailAudience(audience string) bool {
	const exchange = "00000002-0000-0ff1-ce00-000000000000"
	return strings.Contains(audience, "outlook.office") || strings.Contains(audience, "outlook.com") ||
		strings.Contains(audience, exchange)
}
