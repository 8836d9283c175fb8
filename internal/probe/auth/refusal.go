package auth

import (
	"errors"
	"fmt"
	"maps"
	"strconv"
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
	Host      string
	Username  string
	Cred      Credentials
	Channel   Channel
	Eraser    *secret.Eraser // of the conversation; nil: one of the credentials
	Code      int            // of the server's last reply; 0 if there was none
	Enhanced  string         // "5.7.8", or ""
	Text      string         // of the reply, without the codes
	ClientErr error          // why this side gave the login up
	Closed    bool           // the connection ended in place of a reply
	TLS       bool
}

// RefusedError is a failed login and what it means. It holds no secret.
type RefusedError struct {
	attempt Attempt // without credentials
	code    finding.Code
	facts   finding.Facts
	seen    []string
}

// Refusal interprets a failed login. The result is a [*RefusedError].
//
// What this side found wrong counts first, but for the refusal of a token: there
// the server's last reply may say more (a mailbox that may not send, a limit).
func Refusal(a Attempt) error {
	eraser := a.Eraser
	if eraser == nil {
		eraser = secret.NewEraser(a.Cred.Password, a.Cred.AccessToken)
	}
	quote := func(text string) string { return finding.Quote(eraser.Erase(text)) }
	e := &RefusedError{attempt: a, facts: finding.Facts{
		"host":      quote(a.Host),
		"mechanism": string(a.Mechanism),
	}}
	e.attempt.Cred, e.attempt.Eraser, e.attempt.Text = Credentials{}, nil, quote(a.Text)
	if a.Username != "" {
		e.facts["username"] = quote(a.Username)
	}
	if a.Code != 0 {
		reply := quote(strings.Join(strings.Fields(strconv.Itoa(a.Code)+" "+a.Enhanced+" "+a.Text), " "))
		e.facts["reply"] = reply
		e.seen = append(e.seen, "reply: "+reply)
	}
	e.facts["tls"] = yes(a.TLS)
	if a.Mechanism == settings.NTLM {
		e.facts["domain"] = yes(strings.ContainsAny(a.Username, `\@`))
	}
	if region := amazonRegion.FindStringSubmatch(a.Host); region != nil {
		e.facts["region"] = region[1]
	}
	addPrepared(e.facts, a.Mechanism, a.Cred)
	addOthers(e.facts, a.Mechanism, a.Channel.Offered, a.Cred, a.Channel)
	e.code = e.codeOf(a, quote)
	return e
}

// codeOf picks the code, and adds what is known besides.
func (e *RefusedError) codeOf(a Attempt, quote func(string) string) finding.Code {
	var coded finding.Coded
	var token *TokenError
	switch {
	case errors.As(a.ClientErr, &coded):
		if errors.As(a.ClientErr, &token) {
			e.addToken(token, quote)
		}
		own := coded.Finding()
		for name, fact := range own.Facts {
			e.facts[name] = quote(fact)
		}
		for _, line := range own.Seen {
			e.seen = append(e.seen, quote(line))
		}
		return own.Code
	case errors.As(a.ClientErr, &token):
		e.addToken(token, quote)
	case errors.Is(a.ClientErr, sasl.ErrUnexpectedServerChallenge):
		return "auth-challenge-unexpected"
	case a.ClientErr != nil:
		return "auth-challenge-malformed"
	case a.Closed:
		return "auth-closed"
	}
	code := a.interpreted()
	if code != "oauth2-token-rejected" {
		return code
	}
	return e.rejectedToken(a, quote)
}

// interpreted asks what the server's reply means.
func (a Attempt) interpreted() finding.Code {
	code := finding.Code("auth-refused")
	if a.Code != 0 {
		code = refusal.Interpret(refusal.Reply{
			Stage: refusal.Auth, Code: a.Code, Enhanced: a.Enhanced, Text: a.Text,
			Host: a.Host, Login: a.sends(), TLS: a.TLS, ClientCertificate: a.Cred.External,
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

// addToken takes over what the server said of the token.
func (e *RefusedError) addToken(t *TokenError, quote func(string) string) {
	for _, entry := range [][2]string{{"status", t.Status}, {"schemes", t.Schemes}, {"scope", t.Scope}} {
		name, said := entry[0], entry[1]
		if said != "" {
			e.facts[name] = quote(said)
			e.seen = append(e.seen, "of the token: "+name+" "+e.facts[name])
		}
	}
}

// rejectedToken looks into the token for the likely reason.
func (e *RefusedError) rejectedToken(a Attempt, quote func(string) string) finding.Code {
	var expired *finding.Error
	if errors.As(TokenExpired(a.Cred.AccessToken, time.Now()), &expired) {
		maps.Copy(e.facts, expired.Facts)
		return expired.Code
	}
	c, ok := readClaims(a.Cred.AccessToken)
	if !ok {
		return "oauth2-token-rejected"
	}
	if c.Audience != "" {
		e.facts["audience"] = quote(string(c.Audience))
	}
	if c.permissions() != "" {
		e.facts["permissions"] = quote(c.permissions())
	}
	if !isMicrosoft(a.Host) {
		return "oauth2-token-rejected"
	}
	switch {
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

func (e *RefusedError) Error() string {
	if reply, ok := e.facts["reply"]; ok {
		return fmt.Sprintf("login with %s refused: %s", e.attempt.Mechanism, reply)
	}
	return fmt.Sprintf("login with %s failed: %s", e.attempt.Mechanism, e.code)
}

// Unwrap returns why this side gave up, or nil.
func (e *RefusedError) Unwrap() error { return e.attempt.ClientErr }

// Finding implements [finding.Coded].
func (e *RefusedError) Finding() *finding.Error {
	return &finding.Error{Code: e.code, Facts: e.facts, Seen: e.seen, Err: e.attempt.ClientErr}
}

// Temporary reports whether the same login may succeed later (RFC 5321 section
// 4.2.1). It does not call for another attempt: servers count those.
func (e *RefusedError) Temporary() bool { return e.attempt.Code/100 == 4 }
