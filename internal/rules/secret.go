package rules

import (
	"encoding/base64"
	"strings"
	"unicode"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// A form is what secrets of one kind look like. Only the kind is ever shown.
type form struct {
	kind string
	like interface{ MatchString(string) bool }
}

// A response is a complete XOAUTH2 response in base64, which holds an access token.
type response struct{}

func (response) MatchString(text string) bool {
	decoded, err := base64.StdEncoding.DecodeString(text)
	return err == nil && strings.HasPrefix(string(decoded), "user=") && strings.Contains(string(decoded), "auth=Bearer ")
}

var (
	googleToken = form{"a Google access token", lazyregexp.New(`^ya29\.`)}
	sendGridKey = form{"a SendGrid API key", lazyregexp.New(`^SG\.[\w-]{16,}\.[\w-]{16,}$`)}
	webToken    = form{"a signed token (JWT)", lazyregexp.New(`^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$`)}
	userinfo    = form{"user:password@host, as in a URL", lazyregexp.New(`^([A-Za-z][\w+.-]*://)?[^\s/:@<>]+:[^\s@]+@[^\s@]+$`)}
	pemKey      = form{"a private key", lazyregexp.New(`PRIVATE KEY-----`)}

	// secretForms have no place in a user name.
	secretForms = []form{sendGridKey, googleToken, webToken, pemKey, userinfo}
	// tokenForms have no place in a password.
	tokenForms = []form{googleToken}
	// otherTokens are what token services issue besides access tokens, and what is
	// made from one.
	otherTokens = []form{
		{"a Google refresh token", lazyregexp.New(`^1//`)},
		{"a Google client secret", lazyregexp.New(`^GOCSPX-`)},
		{"the whole answer of a token service (JSON)", lazyregexp.New(`^\s*\{`)},
		{"a complete XOAUTH2 response in base64", response{}},
		pemKey,
	}
	mask = lazyregexp.New(`^(\*{3,}|•{3,}|●{3,}|[xX]{6,}|\.{3,}|<[^<>]+>|\$\{[^{}]+\}|\[?(?i:redacted|sensitive|sensitive value|hidden)\]?|\((?i:sensitive value|known after apply)\)|(?i:change|replace)[-_ ]?me|(?i:your)[-_ ](?i:.*)(?i:password|key|token|secret)([-_ ]?(?i:here))?)$`)
)

func kindOf(text string, forms []form) string {
	for _, f := range forms {
		if f.like.MatchString(text) {
			return f.kind
		}
	}
	return ""
}

func isMask(text string) bool { return mask.MatchString(text) }

// secretRules are about the form of secrets. None shows any part of one.
var secretRules = []rule{
	{"secret-placeholder", func(s settings.Settings) (finding.Facts, bool) {
		for argument, value := range secrets(s) {
			if text, known := value.Get(); known && isMask(text) && (!strings.HasPrefix(argument, "password") || !misshapen(s)) {
				return finding.Named(argument), true
			}
		}
		return nil, false
	}},
	{"secret-in-username", func(s settings.Settings) (finding.Facts, bool) {
		kind := kindOf(s.Username.Or(""), secretForms)
		return finding.Facts{"kind": kind}, kind != ""
	}},
	{"username-equals-password", func(s settings.Settings) (finding.Facts, bool) {
		name, named := s.Username.Get()
		h, ok := host(s)
		if !named || !ok || !clean(name) || h.IsLoopback() || kindOf(name, secretForms) != "" {
			return nil, false
		}
		if found, known := services.ByHost(h.Name); known &&
			(found.Username.Kind == services.UsernameSame || found.Username.Kind == services.UsernameAny) {
			return nil, false
		}
		for argument, value := range secrets(s) {
			if text, known := value.Get(); known && text == name {
				return finding.Named(argument), true
			}
		}
		return nil, false
	}},
	{"token-with-scheme", func(s settings.Settings) (finding.Facts, bool) {
		token, known := s.AccessToken.Get()
		return nil, known && hasScheme(token.Reveal())
	}},
	{"token-white-space", func(s settings.Settings) (finding.Facts, bool) {
		token, known := s.AccessToken.Get()
		text := strings.Trim(token.Reveal(), "\r\n")
		return nil, known && !hasScheme(text) && kindOf(text, otherTokens) == "" && !isMask(text) &&
			strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) && !unicode.IsControl(r) })
	}},
	{"token-wrong-kind", func(s settings.Settings) (finding.Facts, bool) {
		token, known := s.AccessToken.Get()
		kind := kindOf(token.Reveal(), otherTokens)
		return finding.Facts{"kind": kind}, known && kind != ""
	}},
	{"password-is-token", func(s settings.Settings) (finding.Facts, bool) {
		password, known := s.Password.Get()
		kind := kindOf(password.Reveal(), tokenForms)
		return finding.Facts{"kind": kind, "argument": s.Argument("password")}, known && kind != ""
	}},
}

// misshapen reports whether the password lacks the form that the service documents.
// That finding says more than one about a mask.
func misshapen(s settings.Settings) bool {
	service, _, ok := service(s)
	return ok && service.Password.Confidence == services.Documented && !service.Password.Fits(s.Password.Or(secret.New("")).Reveal())
}

// hasScheme reports whether a token begins with "Bearer", as in an HTTP header.
func hasScheme(token string) bool {
	first, _, more := strings.Cut(token, " ")
	return more && strings.EqualFold(strings.TrimSuffix(first, ":"), "bearer")
}

// secrets yields the secret arguments in the order of the schema.
func secrets(s settings.Settings) func(func(string, settings.Value[string]) bool) {
	return func(yield func(string, settings.Value[string]) bool) {
		_ = yield(s.Argument("password"), revealed(s.Password)) && yield(s.Argument("access_token"), revealed(s.AccessToken))
	}
}
