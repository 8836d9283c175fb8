package auth_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// jwt is a token with the given payload; its signature is nobody's.
func jwt(payload string) secret.String {
	part := base64.RawURLEncoding.EncodeToString
	return secret.New(part([]byte(`{"alg":"none"}`)) + "." + part([]byte(payload)) + ".ya29-signature")
}

// 2026-01-01 00:00:00 UTC
var newYear = time.Unix(1767225600, 0)

// If a case fails, the client sends an expired token, or doesn't send one that it can't
// read.
func TestTokenExpired(t *testing.T) {
	for name, tt := range map[string]struct {
		token   secret.String
		expired string
	}{
		"over":           {jwt(`{"exp":1767222000}`), "2025-12-31 23:00:00 UTC"},
		"over this very": {jwt(`{"exp":1767225600}`), "2026-01-01 00:00:00 UTC"},
		"a fraction":     {jwt(`{"exp":1767222000.5}`), "2025-12-31 23:00:00 UTC"},
		"valid":          {jwt(`{"exp":1767225601}`), ""},
		"no end":         {jwt(`{"aud":"x"}`), ""},
		"end as text":    {jwt(`{"exp":"1767222000"}`), ""},
		"negative end":   {jwt(`{"exp":-1}`), ""},
		"far end":        {jwt(`{"exp":1e300}`), ""},
		"no JSON":        {jwt(`exp`), ""},
		"a list":         {jwt(`[1]`), ""},
		"no JWT":         {secret.New("ya29.token-of-mine"), ""},
		"no base64":      {secret.New("a.%.b"), ""},
		"empty":          {secret.String{}, ""},
		"too long":       {jwt(`{"exp":1767222000,"x":"` + strings.Repeat("x", 16<<10) + `"}`), ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := auth.TokenExpired(tt.token, newYear)
			if tt.expired == "" {
				if err != nil {
					t.Errorf("%v", err)
				}
				return
			}
			f := finding.Of(err)
			if f.Code != "oauth2-token-expired" || !strings.Contains(f.Detail(), tt.expired) {
				t.Errorf("%s\n%s", f.Code, f.Detail())
			}
			complete(t, err)
		})
	}
}

// If a case fails, the finding leaves out what the token itself shows to be wrong:
// services answer every bad token with the same text.
func TestRefusedToken(t *testing.T) {
	const microsoft, other = "smtp.office365.com", "mail.example.com"
	const refused = "535 5.7.3 Authentication unsuccessful"
	said := &auth.TokenError{Status: "401", Scope: "https://mail.google.com/"}
	for name, tt := range map[string]struct {
		host, reply string
		token       secret.String
		clientErr   error
		code        finding.Code
		says        string
	}{
		"opaque":                {other, refused, withToken.AccessToken, nil, "oauth2-token-rejected", "535 5.7.3"},
		"the server's words":    {other, refused, withToken.AccessToken, said, "oauth2-token-rejected", "It asks for a token with the scope https://mail.google.com/."},
		"status":                {other, refused, withToken.AccessToken, said, "oauth2-token-rejected", "status 401"},
		"words without refusal": {other, "", withToken.AccessToken, said, "oauth2-token-rejected", "status 401"},
		"words, then a yes":     {other, "235 2.7.0 welcome", withToken.AccessToken, said, "oauth2-token-rejected", "status 401"},
		"words, then a limit":   {other, "454 4.7.0 Temporary authentication failure", withToken.AccessToken, said, "auth-temporary", "454"},
		"tenant after words":    {microsoft, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", withToken.AccessToken, said, "auth-microsoft-smtp-disabled-tenant", "Set-TransportConfig"},
		"over":                  {other, refused, jwt(`{"exp":946684000}`), nil, "oauth2-token-expired", "1999-12-31 23:46:40 UTC"},
		"valid":                 {other, refused, jwt(`{"exp":946684801,"aud":"smtp"}`), nil, "oauth2-token-rejected", "it is for smtp."},
		"for Graph":             {microsoft, refused, jwt(`{"aud":"https://graph.microsoft.com","scp":"SMTP.Send"}`), nil, "oauth2-token-audience", "it is for https://graph.microsoft.com"},
		"for Graph, by number":  {microsoft, refused, jwt(`{"aud":["00000003-0000-0000-c000-000000000000"]}`), nil, "oauth2-token-audience", "00000003"},
		"for another service":   {other, refused, jwt(`{"aud":"https://graph.microsoft.com"}`), nil, "oauth2-token-rejected", "graph"},
		"no scope for SMTP":     {microsoft, refused, jwt(`{"aud":"https://outlook.office.com","scp":"IMAP.AccessAsUser.All Mail.Send"}`), nil, "oauth2-token-scope", "allows IMAP.AccessAsUser.All Mail.Send"},
		"no role for SMTP":      {microsoft, refused, jwt(`{"aud":"https://outlook.office365.com","roles":["IMAP.AccessAsApp"]}`), nil, "oauth2-token-scope", "IMAP.AccessAsApp"},
		"role for SMTP":         {microsoft, refused, jwt(`{"aud":"https://outlook.office365.com","roles":["SMTP.SendAsApp"]}`), nil, "oauth2-token-rejected", "SMTP.SendAsApp"},
		"scope for SMTP":        {microsoft, refused, jwt(`{"aud":"https://outlook.office365.com","scp":"SMTP.Send"}`), nil, "oauth2-token-rejected", "SMTP.Send"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // it is 2000-01-01 00:00:00 UTC
				a := attempt(tt.host, "XOAUTH2", tt.reply)
				a.Cred.AccessToken, a.ClientErr = tt.token, tt.clientErr
				err := auth.Refusal(a)
				f := finding.Of(err)
				if f.Code != tt.code || !strings.Contains(f.Detail(), tt.says) {
					t.Errorf("%s\n%s", f.Code, f.Detail())
				}
				complete(t, err)
			})
		})
	}
}
