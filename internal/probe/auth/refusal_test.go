package auth_test

import (
	"crypto/tls"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/emersion/go-sasl"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If a case fails, a server's words don't lead to the one thing that helps: most
// services answer 535 for a dozen different reasons.
func TestRefusal(t *testing.T) {
	const (
		google    = "smtp.gmail.com"
		microsoft = "smtp.office365.com"
		amazon    = "email-smtp.eu-central-1.amazonaws.com"
		other     = "mail.example.com"
	)
	for _, tt := range []struct {
		host      string
		mechanism settings.Mechanism
		clear     bool
		reply     string // code, enhanced code or "-", text
		code      finding.Code
	}{
		{other, "PLAIN", false, "535 5.7.8 Error: authentication failed: authentication failure", "auth-rejected"},
		{other, "LOGIN", false, "535 - Incorrect authentication data", "auth-rejected"},
		{other, "PLAIN", false, "554 5.7.8 Authentication credentials invalid", "auth-rejected"},
		{other, "SCRAM-SHA-256", false, "535 5.7.8 Authentication failed", "auth-rejected"},
		{other, "PLAIN", false, "550 - Unauthenticated senders not allowed", "auth-refused"},
		{other, "PLAIN", false, "554 5.7.1 go away", "auth-refused"},

		{google, "PLAIN", false, "534 5.7.9 Application-specific password required. For more information, go to  https://support.google.com/mail/?p=InvalidSecondFactor a1-2002 - gsmtp", "auth-app-password-required"},
		{google, "PLAIN", false, "535 5.7.8 Username and Password not accepted. For more information, go to  https://support.google.com/mail/?p=BadCredentials a1-2002 - gsmtp", "auth-google-bad-credentials"},
		{google, "XOAUTH2", false, "535 5.7.8 Username and Password not accepted. For more information, go to  https://support.google.com/mail/?p=BadCredentials a1-2002 - gsmtp", "oauth2-token-rejected"},
		{google, "PLAIN", false, "534 5.7.14 <https://accounts.google.com/signin/continue?x> Please log in via your web browser and then try again. Learn more at https://support.google.com/mail/?p=WebLoginRequired a1 - gsmtp", "auth-web-login-required"},
		{google, "PLAIN", false, "454 4.7.0 Too many login attempts, please try again later. For more information, go to https://support.google.com/mail/answer/7126229 a1 - gsmtp", "auth-throttled"},
		{google, "PLAIN", false, "421 4.7.0 Try again later, closing connection.", "auth-temporary"},
		{"smtp.qq.com", "LOGIN", false, "535 - Login Fail. Please enter your authorization code to login.", "auth-app-password-required"},
		{"smtp.mail.yahoo.com", "PLAIN", false, "535 5.7.0 (#AUTH005) Too many bad auth attempts.", "auth-throttled"},

		{microsoft, "LOGIN", false, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [BN0.example]", "auth-microsoft-smtp-disabled-tenant"},
		{microsoft, "XOAUTH2", false, "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox. Visit https://aka.ms/smtp_auth_disabled for more information.", "auth-microsoft-smtp-disabled-mailbox"},
		{microsoft, "LOGIN", false, "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "auth-microsoft-basic-disabled"},
		{microsoft, "LOGIN", false, "550 5.7.30 Basic authentication is not supported for Client Submission.", "auth-microsoft-basic-disabled"},
		{microsoft, "LOGIN", false, "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.", "auth-microsoft-security-defaults"},
		{microsoft, "LOGIN", false, "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.", "auth-microsoft-conditional-access"},
		{microsoft, "LOGIN", false, "535 5.7.139 Authentication unsuccessful, account is locked.", "auth-microsoft-locked"},
		{microsoft, "LOGIN", false, "530 5.7.57 Client not authenticated to send mail.", "auth-microsoft-not-authenticated"},
		{microsoft, "LOGIN", false, "535 5.7.3 Authentication unsuccessful [AM0.example]", "auth-microsoft-rejected"},
		{microsoft, "LOGIN", false, "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", "auth-rejected"},
		{microsoft, "XOAUTH2", false, "535 5.7.3 Authentication unsuccessful [AM0.example]", "oauth2-token-rejected"},

		{amazon, "PLAIN", false, "535 - Authentication Credentials Invalid", "auth-ses-credentials"},
		{amazon, "PLAIN", false, "454 - Temporary authentication failure", "auth-temporary"},
		{amazon + ".example.com", "PLAIN", false, "535 - Authentication Credentials Invalid", "auth-rejected"},

		{other, "PLAIN", true, "530 5.7.0 Must issue a STARTTLS command first", "auth-tls-required"},
		{other, "PLAIN", true, "538 5.7.11 Encryption required for requested authentication mechanism", "auth-tls-required"},
		{other, "PLAIN", true, "523 5.7.10 Encryption needed", "auth-tls-required"},
		{other, "PLAIN", true, "503 5.5.1 STARTTLS first", "auth-tls-required"},
		{other, "PLAIN", true, "503 5.5.1 Error: authentication not enabled", "auth-not-available"},
		{other, "PLAIN", false, "503 5.5.1 already authenticated", "auth-twice"},
		{other, "PLAIN", false, "530 5.7.0 Authentication required", "auth-refused"},

		{other, "PLAIN", false, "454 4.7.0 Temporary authentication failure: Connection lost to authentication server", "auth-temporary"},
		{other, "OAUTHBEARER", false, "454 4.7.0 Temporary authentication failure", "auth-temporary"},
		{other, "PLAIN", false, "421 4.7.0 Too many errors", "client-protocol-error"},
		{other, "SCRAM-SHA-256", false, "432 4.7.12 A password transition is needed", "auth-password-transition"},
		{other, "PLAIN", false, "535 5.7.8 Your password has expired", "auth-password-expired"},
		{other, "PLAIN", false, "525 5.7.13 User account disabled", "account-disabled"},
		{other, "PLAIN", false, "534 5.7.9 Authentication mechanism is too weak", "auth-mechanism-too-weak"},
		{other, "PLAIN", false, "504 5.5.4 Unrecognized authentication type", "auth-mechanism-unsupported"},
		{other, "PLAIN", false, "501 5.5.2 Cannot decode AUTH parameter", "auth-syntax"},
		{other, "XOAUTH2", false, "500 5.5.6 Authentication exchange line is too long", "auth-line-too-long"},
		{other, "EXTERNAL", false, "535 5.7.8 no such certificate", "auth-external-refused"},
	} {
		t.Run(string(tt.code)+"/"+tt.reply[:min(len(tt.reply), 30)], func(t *testing.T) {
			a := attempt(tt.host, tt.mechanism, tt.reply)
			if tt.clear {
				a.Channel.TLS = nil
			}
			err := auth.Refusal(a)
			if got := finding.Of(err).Code; got != tt.code {
				t.Fatalf("%q is reported as %s; want %s", tt.reply, got, tt.code)
			}
			complete(t, err)
			if got := finding.Of(err).Seen; !slices.Equal(got, []string{"reply: " + a.Reply}) {
				t.Errorf("the reply is not among the evidence: %q", got)
			}
		})
	}
}

// attempt reads "535 5.7.8 text", with "-" for no enhanced code.
func attempt(host string, mechanism settings.Mechanism, reply string) auth.Attempt {
	ch := auth.Channel{TLS: &tls.ConnectionState{}, Host: host, Verified: true}
	a := auth.Attempt{Mechanism: mechanism, Cred: withPassword, Channel: ch}
	if settings.CredentialOf(mechanism) == settings.AuthOAuth2 {
		a.Cred = withToken
	}
	if reply == "" {
		return a
	}
	fields := strings.SplitN(reply, " ", 3)
	for _, digit := range fields[0] {
		a.Code = a.Code*10 + int(digit-'0')
	}
	if fields[1] != "-" {
		a.Enhanced = fields[1]
	}
	a.Text, a.Reply = fields[2], finding.Quote(strings.Replace(reply, " - ", " ", 1))
	return a
}

// If a case fails, the server's reply to a login that the client gave up hides what the
// client found wrong.
func TestRefusalByThisSide(t *testing.T) {
	coded := func(m settings.Mechanism, cred auth.Credentials) error {
		_, err := auth.New(m, cred, auth.Channel{Host: "mail.example.com"})
		return err
	}
	for name, tt := range map[string]struct {
		err    error
		closed bool
		reply  string
		code   finding.Code
	}{
		"closed":               {nil, true, "", "auth-closed"},
		"nothing known":        {nil, false, "", "auth-refused"},
		"unexpected challenge": {sasl.ErrUnexpectedServerChallenge, false, "501 - cancelled", "auth-challenge-unexpected"},
		"another error":        {errors.New("?"), false, "501 - cancelled", "auth-challenge-malformed"},
		"a coded error":        {coded("SCRAM-SHA-256-PLUS", withPassword), false, "501 - cancelled", "scram-binding-impossible"},
		"before anything sent": {coded("PLAIN", auth.Credentials{Username: "a\x00b"}), false, "", "credential-unsendable"},
	} {
		t.Run(name, func(t *testing.T) {
			a := attempt("mail.example.com", "PLAIN", tt.reply)
			a.ClientErr, a.Closed = tt.err, tt.closed
			err := auth.Refusal(a)
			if got := finding.Of(err).Code; got != tt.code {
				t.Errorf("got %s", got)
			}
			complete(t, err)
		})
	}
}

// If this fails, a server that looks at the client's certificate only at the login is
// reported as one that knows another password.
func TestRefusedForTheCertificate(t *testing.T) {
	for declared, code := range map[bool]finding.Code{false: "client-certificate-required", true: "client-certificate-rejected"} {
		a := attempt("mail.example.com", "PLAIN", "535 5.7.8 Client didn't present valid SSL certificate")
		a.Cred.External = declared
		if got := finding.Of(auth.Refusal(a)).Code; got != code {
			t.Errorf("declared %t: %s, want %s", declared, got, code)
		}
	}
}
