package auth

import (
	"slices"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// verdict is one row of what refusals mean. It fits if everything that it names
// does.
type verdict struct {
	code     finding.Code
	replies  string        // codes, or their first digits, divided by spaces
	enhanced string        // codes divided by spaces (RFC 3463, RFC 5248)
	kind     settings.Auth // of the credentials that the mechanism sends
	clear    bool          // no TLS
	cert     bool          // a client certificate was declared
	hosts    []string      // domains
	texts    []string      // parts of the text, in lower case; one is enough
}

// verdicts are asked in turn; the first that fits counts. What names the text of
// one service stands before what RFC 4954 says of the code, because some use a
// code for something else: 534 5.7.9 is "mechanism too weak" there, and Google's
// for a missing app password.
var verdicts = []verdict{
	// Microsoft 365 and Outlook.com
	{code: "auth-microsoft-smtp-disabled-tenant", replies: "5", texts: []string{"smtpclientauthentication is disabled for the tenant"}},
	{code: "auth-microsoft-smtp-disabled-mailbox", replies: "5", texts: []string{"smtpclientauthentication is disabled for the mailbox"}},
	{code: "auth-microsoft-basic-disabled", replies: "5", texts: []string{"basic authentication is disabled", "basic authentication is not supported"}},
	{code: "auth-microsoft-basic-disabled", replies: "5", enhanced: "5.7.30", hosts: microsoftDomains},
	{code: "auth-microsoft-security-defaults", replies: "5", texts: []string{"security defaults policy"}},
	{code: "auth-microsoft-conditional-access", replies: "5", enhanced: "5.7.139", texts: []string{"did not meet the criteria", "conditional access"}},
	{code: "auth-microsoft-locked", replies: "5", enhanced: "5.7.139", texts: []string{"locked"}},
	{code: "auth-microsoft-not-authenticated", replies: "5", enhanced: "5.7.57"},

	// limits, before the words about credentials that go along with them
	{code: "auth-throttled", replies: "4 5", texts: []string{"too many", "rate limit", "rate-limit", "login attempts"}},

	// Google, and others who ask for app passwords
	{code: "auth-web-login-required", replies: "5", texts: []string{"webloginrequired", "log in via your web browser", "log in with your web browser"}},
	{code: "auth-web-login-required", replies: "534", enhanced: "5.7.14"},
	{code: "auth-app-password-required", replies: "534 535", texts: []string{"invalidsecondfactor", "application-specific password", "application specific password", "app password", "app-specific password", "authorization code"}},
	{code: "auth-google-bad-credentials", replies: "535", kind: settings.AuthPassword, texts: []string{"badcredentials"}},

	// Amazon SES
	{code: "auth-ses-credentials", replies: "535", hosts: []string{"amazonaws.com", "amazonaws.com.cn"}},

	// the account, in words or by code (RFC 5248, IANA's list of codes)
	{code: "auth-password-expired", replies: "5", kind: settings.AuthPassword, texts: []string{"password expired", "password has expired", "password is expired", "expired password"}},
	{code: "auth-account-disabled", replies: "525"},
	{code: "auth-account-disabled", replies: "5", enhanced: "5.7.13"},
	{code: "auth-password-transition", replies: "432 422"},
	{code: "auth-password-transition", replies: "4", enhanced: "4.7.12"},

	// Dovecot's words for auth_ssl_require_client_cert
	{code: "client-certificate-rejected", replies: "5", cert: true, texts: []string{"present valid ssl certificate"}},
	{code: "client-certificate-required", replies: "5", texts: []string{"present valid ssl certificate"}},

	// TLS first: RFC 4954 section 6, RFC 3207 section 4
	{code: "auth-tls-required", replies: "523 524 530 538", clear: true},
	{code: "auth-tls-required", replies: "5", enhanced: "5.7.10 5.7.11", clear: true},
	{code: "auth-tls-required", replies: "5", clear: true, texts: []string{"starttls", "tls required", "encryption required", "encrypted"}},

	// what RFC 4954 sections 4 and 6 say of the code
	{code: "auth-temporary", replies: "4"},
	{code: "auth-mechanism-too-weak", replies: "534"},
	{code: "auth-mechanism-unsupported", replies: "502 504"},
	{code: "auth-line-too-long", replies: "500", enhanced: "5.5.6"},
	{code: "auth-syntax", replies: "500 501"},
	{code: "auth-twice", replies: "503"},
	{code: "auth-external-refused", replies: "5", kind: settings.AuthNone},
	{code: "oauth2-token-rejected", replies: "5", kind: settings.AuthOAuth2},
	{code: "auth-rejected", replies: "535"},
	{code: "auth-rejected", replies: "5", enhanced: "5.7.8"},
}

// find returns the code of the first verdict that fits.
func find(a Attempt) finding.Code {
	for _, v := range verdicts {
		if v.fits(a) {
			return v.code
		}
	}
	if settings.CredentialOf(a.Mechanism) == settings.AuthOAuth2 && a.ClientErr != nil {
		return "oauth2-token-rejected" // the error challenge said so, whatever came after it
	}
	return "auth-refused"
}

func (v verdict) fits(a Attempt) bool {
	reply, text := strconv.Itoa(a.Code), strings.ToLower(a.Text)
	replied := func(code string) bool { return strings.HasPrefix(reply, code) }
	said := func(part string) bool { return strings.Contains(text, part) }
	return slices.ContainsFunc(strings.Fields(v.replies), replied) &&
		(v.enhanced == "" || slices.Contains(strings.Fields(v.enhanced), a.Enhanced)) &&
		(v.kind == "" || v.kind == settings.CredentialOf(a.Mechanism)) &&
		(!v.clear || !a.TLS) &&
		(!v.cert || a.Cred.External) &&
		(v.hosts == nil || slices.ContainsFunc(v.hosts, under(a.Host))) &&
		(v.texts == nil || slices.ContainsFunc(v.texts, said))
}
