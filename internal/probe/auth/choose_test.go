package auth_test

import (
	"crypto/tls"
	"errors"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

var (
	withPassword = auth.Credentials{Username: "user@example.com", Password: secret.New("hunter2-pencil")}
	withToken    = auth.Credentials{Username: "user@example.com", AccessToken: secret.New("ya29.token-of-mine")}
	withCert     = auth.Credentials{External: true}
)

const everything = "GSSAPI NTLM CRAM-MD5 LOGIN PLAIN SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-512 " +
	"SCRAM-SHA-1-PLUS SCRAM-SHA-256-PLUS SCRAM-SHA-512-PLUS XOAUTH2 OAUTHBEARER EXTERNAL ANONYMOUS"

// A wrong choice shows the password to somebody who should not see it, sends it
// where a token belongs, or burns the one attempt on a mechanism that the server
// can't check.
func TestChoose(t *testing.T) {
	state, _ := handshake(t, tls.VersionTLS13)
	verified := auth.Channel{TLS: state, Host: "mail.example.com", Port: 587, Verified: true}
	unverified := auth.Channel{TLS: state, Host: "mail.example.com", Port: 587}
	inClear := auth.Channel{Host: "mail.example.com", Port: 25, Verified: true}
	microsoft := auth.Channel{TLS: state, Host: "SMTP.Office365.com.", Port: 587, Verified: true}
	unbindable := auth.Channel{TLS: &tls.ConnectionState{}, Host: "mail.example.com", Port: 587, Verified: true}

	for name, tt := range map[string]struct {
		offered string
		want    settings.Mechanism
		cred    auth.Credentials
		ch      auth.Channel
		chosen  settings.Mechanism
		code    finding.Code
	}{
		"password, everything":               {everything, "", withPassword, verified, "SCRAM-SHA-512-PLUS", ""},
		"password, two bound":                {"SCRAM-SHA-1-PLUS SCRAM-SHA-256-PLUS PLAIN", "", withPassword, verified, "SCRAM-SHA-256-PLUS", ""},
		"password, weakest bound":            {"SCRAM-SHA-512 SCRAM-SHA-1-PLUS", "", withPassword, verified, "SCRAM-SHA-1-PLUS", ""},
		"password, unbound":                  {"PLAIN SCRAM-SHA-1 SCRAM-SHA-256 SCRAM-SHA-512", "", withPassword, verified, "SCRAM-SHA-512", ""},
		"password, SHA-256 before SHA-1":     {"SCRAM-SHA-1 SCRAM-SHA-256", "", withPassword, verified, "SCRAM-SHA-256", ""},
		"password, SHA-1 before PLAIN":       {"PLAIN SCRAM-SHA-1", "", withPassword, verified, "SCRAM-SHA-1", ""},
		"password, PLAIN before CRAM-MD5":    {"CRAM-MD5 NTLM LOGIN PLAIN", "", withPassword, verified, "PLAIN", ""},
		"password, LOGIN before CRAM-MD5":    {"CRAM-MD5 NTLM LOGIN", "", withPassword, verified, "LOGIN", ""},
		"password, CRAM-MD5 before NTLM":     {"NTLM CRAM-MD5", "", withPassword, verified, "CRAM-MD5", ""},
		"password, NTLM alone":               {"NTLM GSSAPI", "", withPassword, verified, "NTLM", ""},
		"password, unverified":               {"PLAIN LOGIN CRAM-MD5 NTLM", "", withPassword, unverified, "CRAM-MD5", ""},
		"password, unverified, NTLM":         {"PLAIN LOGIN NTLM", "", withPassword, unverified, "NTLM", ""},
		"password, unverified, bound":        {everything, "", withPassword, unverified, "SCRAM-SHA-512-PLUS", ""},
		"password, clear":                    {everything, "", withPassword, inClear, "SCRAM-SHA-512", ""},
		"password, clear, no SCRAM":          {"PLAIN CRAM-MD5", "", withPassword, inClear, "CRAM-MD5", ""},
		"password, clear, PLAIN alone":       {"PLAIN", "", withPassword, inClear, "PLAIN", ""},
		"password, clear, bound alone":       {"SCRAM-SHA-256-PLUS", "", withPassword, inClear, "", "auth-no-common-mechanism"},
		"password, no binding":               {everything, "", withPassword, unbindable, "SCRAM-SHA-512", ""},
		"password is no token":               {"XOAUTH2 OAUTHBEARER", "", withPassword, verified, "", "oauth2-required"},
		"password, tokens and Kerberos":      {"XOAUTH2 GSSAPI", "", withPassword, verified, "", "oauth2-required"},
		"password, Kerberos":                 {"GSSAPI KERBEROS_V4", "", withPassword, verified, "", "auth-no-common-mechanism"},
		"password, certificate":              {"EXTERNAL", "", withPassword, verified, "", "auth-no-common-mechanism"},
		"password, anonymous":                {"ANONYMOUS", "", withPassword, verified, "", "auth-no-common-mechanism"},
		"password and certificate":           {"EXTERNAL PLAIN", "", auth.Credentials{Username: "u", Password: secret.New("p"), External: true}, verified, "PLAIN", ""},
		"nothing offered":                    {"", "", withPassword, verified, "", "auth-not-offered"},
		"nothing offered, fixed":             {"", "PLAIN", withPassword, verified, "", "auth-not-offered"},
		"token, both":                        {everything, "", withToken, verified, "OAUTHBEARER", ""},
		"token, XOAUTH2":                     {"PLAIN XOAUTH2", "", withToken, verified, "XOAUTH2", ""},
		"token, Microsoft":                   {"OAUTHBEARER LOGIN XOAUTH2", "", withToken, microsoft, "XOAUTH2", ""},
		"token is no password":               {"PLAIN LOGIN", "", withToken, verified, "", "oauth2-not-offered"},
		"token, Kerberos":                    {"GSSAPI", "", withToken, verified, "", "auth-no-common-mechanism"},
		"certificate":                        {everything, "", withCert, verified, "EXTERNAL", ""},
		"certificate, not offered":           {"PLAIN", "", withCert, verified, "", "auth-no-common-mechanism"},
		"nobody":                             {everything, "", auth.Credentials{}, verified, "", "auth-no-common-mechanism"},
		"fixed":                              {everything, "CRAM-MD5", withPassword, verified, "CRAM-MD5", ""},
		"fixed below what is offered":        {everything, "SCRAM-SHA-1", withPassword, verified, "SCRAM-SHA-1", ""},
		"fixed, not offered":                 {"PLAIN LOGIN", "SCRAM-SHA-256", withPassword, verified, "", "auth-mechanism-not-offered"},
		"fixed, only its bound form offered": {"SCRAM-SHA-256-PLUS", "SCRAM-SHA-256", withPassword, verified, "", "auth-mechanism-not-offered"},
		"fixed for tokens, password given":   {everything, "XOAUTH2", withPassword, verified, "", "mechanism-needs-token"},
		"fixed for passwords, token given":   {everything, "PLAIN", withToken, verified, "", "mechanism-needs-password"},
		"fixed bound, clear":                 {everything, "SCRAM-SHA-256-PLUS", withPassword, inClear, "", "scram-binding-impossible"},
		"fixed bound":                        {everything, "SCRAM-SHA-256-PLUS", withPassword, verified, "SCRAM-SHA-256-PLUS", ""},
		"fixed EXTERNAL beside a password":   {everything, "EXTERNAL", withPassword, verified, "EXTERNAL", ""},
		"fixed EXTERNAL, not offered":        {"PLAIN", "EXTERNAL", withCert, verified, "", "auth-mechanism-not-offered"},
	} {
		t.Run(name, func(t *testing.T) {
			chosen, err := auth.Choose(strings.Fields(tt.offered), tt.want, tt.cred, tt.ch)
			if tt.code == "" {
				if err != nil || chosen != tt.chosen {
					t.Fatalf("chosen %q, %v; want %q", chosen, err, tt.chosen)
				}
				return
			}
			var failed *finding.Error
			if !errors.As(err, &failed) || failed.Code != tt.code {
				t.Fatalf("chosen %q, %v; want %s", chosen, err, tt.code)
			}
			complete(t, err)
		})
	}
}

// complete fails if an error has no row of its own, lacks its summary or every
// fix for want of a fact, or shows a secret.
func complete(t *testing.T, err error) {
	t.Helper()
	f := finding.Of(err)
	if f.Code == finding.Unexpected || f.Summary == "" || len(f.Fixes) == 0 {
		t.Errorf("%v is told as %q: %s\n%s", err, f.Code, f.Summary, f.Detail())
	}
	for _, secretive := range []string{"hunter2-pencil", "ya29.token-of-mine"} {
		if strings.Contains(f.Summary+f.Detail()+err.Error(), secretive) {
			t.Errorf("a secret shows: %s\n%s", f.Summary, f.Detail())
		}
	}
}

// An operator must see what the server offers, and the hint that AUTH comes with
// TLS, to know what to change.
func TestChooseTellsWhatIsOffered(t *testing.T) {
	inClear := auth.Channel{Host: "mail.example.com", Port: 25}
	_, err := auth.Choose([]string{"GSSAPI", "XOAUTH2"}, "PLAIN", withPassword, inClear)
	if got := finding.Of(err).Detail(); !strings.Contains(got, "It offers: GSSAPI, XOAUTH2.") {
		t.Errorf("not told:\n%s", got)
	}
	_, err = auth.Choose(nil, "", withPassword, inClear)
	got := finding.Of(err)
	if got.Summary != "mail.example.com:25 offers no login" {
		t.Errorf("summary: %s", got.Summary)
	}
	for _, hint := range []string{"The connection is in clear text", "Port 25 is for mail between servers"} {
		if !strings.Contains(got.Detail(), hint) {
			t.Errorf("%q is missing from\n%s", hint, got.Detail())
		}
	}
}
