package oauth2token

import (
	"encoding/json"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// A rule is the code of a finding and the predicate that finds it, as in package
// rules: with unknown inputs it reports nothing, and unset ones have their default.
type rule struct {
	code   finding.Code
	broken func(Declared) (finding.Facts, bool)
}

var rules = []rule{
	{"oauth2-token-url", func(d Declared) (finding.Facts, bool) {
		text, known := d.TokenURL.Get()
		reason := urlFault(text)
		facts := finding.Facts{"reason": reason}
		if meant, ok := meantURL(text); ok {
			facts["meant"] = meant
		}
		return facts, known && reason != ""
	}},
	{"oauth2-token-url-page", func(d Declared) (finding.Facts, bool) {
		facts, is := loginPage(d)
		facts["service"] = string(d.service())
		return facts, is && d.service() != ""
	}},
	{"oauth2-token-url-unusual", func(d Declared) (finding.Facts, bool) {
		facts, is := loginPage(d)
		return facts, is && d.service() == ""
	}},
	{"oauth2-grant-ambiguous", ambiguous},
	{"oauth2-grant-missing", missing},
	{"oauth2-claims-unused", func(d Declared) (finding.Facts, bool) {
		for _, claim := range []struct {
			argument string
			value    settings.Value[string]
		}{{"private_key_id", d.PrivateKeyID}, {"issuer", d.Issuer}, {"subject", d.Subject}, {"audience", d.Audience}} {
			if claim.value.IsKnown() && d.PrivateKeyPEM.IsUnset() {
				return finding.Facts{"argument": claim.argument}, true
			}
		}
		return nil, false
	}},
	{"oauth2-private-key-unreadable", func(d Declared) (finding.Facts, bool) {
		key, known := d.PrivateKeyPEM.Get()
		if !known {
			return nil, false
		}
		_, reason := readKey(key)
		return finding.Facts{"reason": reason}, reason != ""
	}},
	{"oauth2-scope-invalid", func(d Declared) (finding.Facts, bool) {
		return nil, slices.ContainsFunc(d.Scopes.Or(nil), func(s string) bool { return !isScope.MatchString(s) })
	}},
	{"oauth2-scope-service", otherScope},
	{"oauth2-secret-id", func(d Declared) (finding.Facts, bool) {
		return nil, d.service() == microsoft && isUUID.MatchString(d.ClientSecret.Or(secret.String{}).Reveal())
	}},
	{"oauth2-refresh-token-kind", func(d Declared) (finding.Facts, bool) {
		token := d.RefreshToken.Or(secret.String{}).Reveal()
		for _, other := range notRefresh {
			if d.service() == google && other.like.MatchString(token) {
				return finding.Facts{"kind": other.kind}, true
			}
		}
		return finding.Facts{"kind": "the whole answer of a token service (JSON)"}, isAnswer(token)
	}},
}

// loginPage reports whether token_url ends like a page where people log in. The facts
// contain the token endpoint beside it, if that is known.
func loginPage(d Declared) (facts finding.Facts, is bool) {
	u, err := url.Parse(d.TokenURL.Or(""))
	if err != nil {
		return finding.Facts{}, false
	}
	end := path.Base(u.Path)
	facts = finding.Facts{"end": end}
	if endpoint := tokenEndpoint(u); endpoint != "" {
		facts["endpoint"] = endpoint
	}
	return facts, end == "authorize" || end == "auth"
}

// isAnswer reports whether a text is the JSON object in which a token service returns a
// token (RFC 6749 section 5.1).
func isAnswer(text string) bool {
	var answer struct {
		AccessToken string `json:"access_token"`
	}
	return json.Unmarshal([]byte(text), &answer) == nil && answer.AccessToken != ""
}

var (
	isScope = lazyregexp.New(`^[\x21\x23-\x5B\x5D-\x7E]+$`) // scope-token of RFC 6749 section 3.3
	isUUID  = lazyregexp.New(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)

	// notRefresh are other secrets of Google on the way to a refresh token.
	notRefresh = []struct {
		kind string
		like *lazyregexp.Regexp
	}{
		{"a Google access token", lazyregexp.New(`^ya29\.`)},
		{"a Google client secret", lazyregexp.New(`^GOCSPX-`)},
		{"a Google authorization code", lazyregexp.New(`^4/`)},
	}
)

// Check returns what is wrong with the request, errors before warnings, without the
// codes in ignore_rules. Until those are known, it reports nothing that could be among
// them.
func Check(d Declared) []finding.Finding {
	var found []finding.Finding
	block := d.Block()
	ignored := d.IgnoreRules.Or(nil)
	for _, r := range slices.Concat(textRules, rules) {
		facts, broken := r.broken(d)
		if !broken {
			continue
		}
		f := finding.New(r.code, facts).In(block)
		if f.Ignorable && (d.IgnoreRules.IsUnknown() || slices.Contains(ignored, string(r.code))) {
			continue
		}
		found = append(found, f)
	}
	finding.ErrorsFirst(found)
	return found
}

// textRules look at each text that is sent. The text itself never becomes a fact.
var textRules = slices.Concat(
	eachText("credential-empty", func(text string) bool { return text == "" }),
	eachText("credential-line-end", func(text string) bool { return text != strings.Trim(text, "\r\n") }),
	eachText("credential-control-character", func(text string) bool {
		return strings.ContainsFunc(strings.Trim(text, "\r\n"), unicode.IsControl)
	}),
)

func eachText(code finding.Code, bad func(string) bool) []rule {
	var each []rule
	for _, sent := range []struct {
		argument string
		value    func(Declared) settings.Value[string]
	}{
		{"client_id", func(d Declared) settings.Value[string] { return d.ClientID }},
		{"client_secret", func(d Declared) settings.Value[string] { return settings.Map(d.ClientSecret, secret.String.Reveal) }},
		{"refresh_token", func(d Declared) settings.Value[string] { return settings.Map(d.RefreshToken, secret.String.Reveal) }},
		{"private_key_id", func(d Declared) settings.Value[string] { return d.PrivateKeyID }},
		{"issuer", func(d Declared) settings.Value[string] { return d.Issuer }},
		{"subject", func(d Declared) settings.Value[string] { return d.Subject }},
		{"audience", func(d Declared) settings.Value[string] { return d.Audience }},
	} {
		each = append(each, rule{code, func(d Declared) (finding.Facts, bool) {
			text, known := sent.value(d).Get()
			return finding.Named(sent.argument), known && bad(text)
		}})
	}
	return each
}

// urlFault says why a text can't be the URL of a token endpoint, or returns "". It
// doesn't show the URL, which may contain a password.
func urlFault(text string) string {
	u, err := url.Parse(text)
	switch {
	case text == "":
		return "it is empty"
	case strings.ContainsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }):
		return "it holds white space"
	case strings.ContainsAny(text, "{}<>"):
		return "it holds a placeholder in brackets"
	case err != nil || u.Scheme == "" || u.Opaque != "":
		return "it does not begin with https://"
	case u.Hostname() == "":
		return "it names no host"
	case u.User != nil:
		return "it holds a user name or password"
	case u.Fragment != "" || strings.Contains(text, "#"): // RFC 6749 section 3.2
		return "it holds a #"
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return "with http anyone on the network path could read the secrets"
	case u.Scheme != "http" && u.Scheme != "https":
		return "its scheme is neither https nor http"
	}
	return ""
}

// meantURL returns the URL most likely meant: with https, and without user part and
// fragment. It never repeats a query, which may contain a secret.
func meantURL(text string) (string, bool) {
	bare := strings.TrimSpace(text)
	if i := strings.Index(bare, "//"); i >= 0 {
		bare = bare[i+len("//"):]
	}
	u, err := url.Parse("https://" + bare)
	if err != nil || u.RawQuery != "" || !strings.Contains(u.Hostname(), ".") || u.Path == "" {
		return "", false
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	return u.String(), urlFault(u.String()) == ""
}

// tokenEndpoint returns the token endpoint beside a known authorization endpoint:
// Google's, and those of Microsoft Entra and Keycloak, which differ in the last
// part of the path alone. It is "" for others.
//
// https://developers.google.com/identity/protocols/oauth2/web-server,
// https://learn.microsoft.com/entra/identity-platform/v2-protocols,
// https://www.keycloak.org/securing-apps/oidc-layers.
func tokenEndpoint(u *url.URL) string {
	if strings.EqualFold(u.Hostname(), "accounts.google.com") {
		return "https://oauth2.googleapis.com/token"
	}
	for _, end := range []string{"/oauth2/v2.0/authorize", "/oauth2/authorize", "/protocol/openid-connect/auth"} {
		if strings.HasSuffix(u.Path, end) {
			beside := url.URL{Scheme: u.Scheme, Host: u.Host, Path: path.Join(path.Dir(u.Path), "token")}
			return beside.String()
		}
	}
	return ""
}

// loopback reports whether a host is this machine itself.
func loopback(host string) bool {
	h, err := settings.ParseHost(host)
	return err == nil && h.IsLoopback()
}

// ambiguous finds two arguments that choose different grants.
func ambiguous(d Declared) (finding.Facts, bool) {
	for _, other := range grants {
		if other.grant != JWTBearer && other.given(d).IsKnown() && d.PrivateKeyPEM.IsKnown() {
			return finding.Facts{
				"first": other.argument, "first_grant": string(other.grant),
				"second": "private_key_pem", "second_grant": string(JWTBearer),
			}, true
		}
	}
	return nil, false
}

// missing finds an argument that the grant needs.
func missing(d Declared) (finding.Facts, bool) {
	grant := d.grant()
	if grant.IsUnset() {
		return finding.Facts{"missing": "client_secret, refresh_token or private_key_pem"}, true
	}
	chosen := grant.Or("")
	facts := finding.Facts{"grant": string(chosen)}
	if s := d.service(); s != "" {
		facts["service"] = string(s)
	}
	for _, needed := range []struct {
		argument string
		absent   bool
	}{
		{"client_id", chosen != JWTBearer && d.ClientID.IsUnset()},
		{"issuer", chosen == JWTBearer && d.issuer().IsUnset()},
		// Google's statement and Microsoft's request for an application always name
		// scopes; other requests have defaults (RFC 6749 section 3.3).
		{"scopes", chosen == JWTBearer && d.service() == google && lacksScopes(d)},
		{"scopes", chosen == ClientCredentials && d.service() == microsoft && lacksScopes(d)},
	} {
		if needed.absent && grant.IsKnown() {
			facts["missing"] = needed.argument
			return facts, true
		}
	}
	return nil, false
}

func lacksScopes(d Declared) bool {
	return !d.Scopes.IsUnknown() && len(d.Scopes.Or(nil)) == 0
}
