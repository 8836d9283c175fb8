package oauth2token

import (
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// The scopes for SMTP.
//
// Google: https://developers.google.com/workspace/gmail/imap/xoauth2-protocol.
// Microsoft: https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth;
// an application that acts for itself can request only /.default (AADSTS1002012).
const (
	googleScope      = "https://mail.google.com/"
	microsoftUser    = "https://outlook.office.com/SMTP.Send"
	microsoftDefault = "https://outlook.office365.com/.default"
)

// exchange are the resources whose tokens Exchange Online accepts.
var exchange = []string{"https://outlook.office.com", "https://outlook.office365.com"}

// beside are scopes that request something besides the access token: a refresh token, an
// ID token. An answer need not name them.
var beside = []string{"offline_access", "openid", "profile", "email"}

// otherScope finds scopes at Google or Microsoft without the one for SMTP.
func otherScope(d Declared) (finding.Facts, bool) {
	scopes, known := d.Scopes.Get()
	grant, decided := d.grant().Get()
	if !known || !decided || len(scopes) == 0 {
		return nil, false
	}
	fits, want := func(string) bool { return true }, ""
	switch s := d.service(); {
	case s == google:
		fits, want = func(scope string) bool { return scope == googleScope }, googleScope
	case s == microsoft && grant == RefreshToken:
		fits, want = func(scope string) bool { return ofExchange(scope, "SMTP.Send") || ofExchange(scope, ".default") }, microsoftUser
	case s == microsoft:
		fits, want = func(scope string) bool { return ofExchange(scope, ".default") }, microsoftDefault
	}
	return finding.Facts{
		"scope": finding.Quote(strings.Join(scopes, " ")), "service": string(d.service()), "want": want,
	}, !slices.ContainsFunc(scopes, fits)
}

// ofExchange reports whether a scope is the given permission of Exchange's.
func ofExchange(scope, permission string) bool {
	return slices.ContainsFunc(exchange, func(resource string) bool {
		rest, ok := strings.CutPrefix(strings.ToLower(scope), resource)
		return ok && strings.TrimLeft(rest, "/") == strings.ToLower(permission)
	})
}

// lacking returns the scopes that were requested and not granted.
func lacking(asked, granted []string) []string {
	return slices.DeleteFunc(slices.Clone(asked), func(scope string) bool {
		return slices.Contains(beside, scope) || strings.HasSuffix(scope, "/.default") ||
			slices.ContainsFunc(granted, func(g string) bool { return strings.EqualFold(g, scope) })
	})
}
