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

// If a case fails, the client shows the password to others on the path, sends it where
// a token belongs, or wastes the one attempt on a mechanism that the server can't
// check.
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

// If this fails, a mechanism is known and never chosen: it is missing from the table
// or has no constructor, or its line says the wrong thing about it.
func TestEveryMechanismIsChosenWhereItIsAlone(t *testing.T) {
	state, _ := handshake(t, tls.VersionTLS13)
	ch := auth.Channel{TLS: state, Host: "mail.example.com", Port: 587, Verified: true}
	fitting := map[settings.Auth]auth.Credentials{
		settings.AuthPassword: withPassword, settings.AuthOAuth2: withToken, settings.AuthNone: withCert,
	}
	for _, m := range settings.Mechanisms() {
		traits := settings.TraitsOf(m)
		chosen, err := auth.Choose([]string{"GSSAPI", string(m)}, "", fitting[traits.Credential], ch)
		if err != nil || chosen != m {
			t.Errorf("%s: chosen %q, %v", m, chosen, err)
			continue
		}
		client, err := auth.New(m, fitting[traits.Credential], ch)
		if err != nil {
			t.Errorf("%s: %v", m, err)
			continue
		}
		name, initial, err := client.Start()
		if err != nil || name != string(m) {
			t.Errorf("%s begins as %q, %v", m, name, err)
		}
		if traits.Challenges && strings.Contains(string(initial), "hunter2") {
			t.Errorf("%s shows the password, and is said not to", m)
		}
		if traits.Binds != strings.HasSuffix(string(m), "-PLUS") || traits.Prepares != strings.HasPrefix(string(m), "SCRAM-") {
			t.Errorf("%s: %+v", m, traits)
		}
	}
}

// If this fails, the default is a mechanism that sends another password than the
// one that was typed, or none at all, while one that carries it is offered. What
// SASLprep does is in RFC 4013; Dovecot and Cyrus keep what was typed.
func TestChooseCarriesTheCredentials(t *testing.T) {
	state, _ := handshake(t, tls.VersionTLS13)
	ch := auth.Channel{TLS: state, Host: "mail.example.com", Port: 587, Verified: true}
	const all = "SCRAM-SHA-256-PLUS SCRAM-SHA-256 SCRAM-SHA-1 PLAIN LOGIN CRAM-MD5 NTLM"
	for _, tt := range []struct {
		username, password string
		offered            string
		want               settings.Mechanism
	}{
		{"user", "pencil", all, "SCRAM-SHA-256-PLUS"},
		{"user", " pass word ", all, "SCRAM-SHA-256-PLUS"},
		{"user", "пароль é", all, "SCRAM-SHA-256-PLUS"},
		{"user", "emoji 🔑", all, "PLAIN"},
		{"user", "groß ẞ", all, "PLAIN"},
		{"user", "₹500", all, "PLAIN"},
		{"user", "m²µ´x½", all, "PLAIN"},
		{"user", "no\u00a0break", all, "PLAIN"},
		{"user", "1ª", all, "PLAIN"},
		{"user", "zero\u200bwidth", all, "PLAIN"},
		{"user", "soft\u00adhyphen", all, "PLAIN"},
		{"user", "e\u0301 decomposed", all, "PLAIN"},
		{"user", "tab\there", all, "PLAIN"},
		{"ﬁsch", "pencil", all, "PLAIN"},
		{"user🔑", "pencil", all, "PLAIN"},
		{"user", "m²", "SCRAM-SHA-256 CRAM-MD5 LOGIN", "LOGIN"},
		{"user", "m²", "SCRAM-SHA-256 CRAM-MD5", "CRAM-MD5"},
		{"user", "m²", "SCRAM-SHA-1 SCRAM-SHA-256", "SCRAM-SHA-256"},
		{"user", "🔑", "SCRAM-SHA-1 SCRAM-SHA-256", "SCRAM-SHA-256"},
	} {
		cred := auth.Credentials{Username: tt.username, Password: secret.New(tt.password)}
		if got, err := auth.Choose(strings.Fields(tt.offered), "", cred, ch); err != nil || got != tt.want {
			t.Errorf("%q with %q at %s: %q, %v; want %s", tt.username, tt.password, tt.offered, got, err, tt.want)
		}
		declared := settings.Mechanism("SCRAM-SHA-256")
		if got, err := auth.Choose(append(strings.Fields(tt.offered), string(declared)), declared, cred, ch); err != nil || got != declared {
			t.Errorf("%s was declared, and %q is taken: %v", declared, got, err)
		}
	}
}

// If this fails, the finding about a password that SCRAM can't carry says that it is wrong,
// and not which mechanism would carry it.
func TestPreparedIsTold(t *testing.T) {
	ch := auth.Channel{Host: "mail.example.com", Port: 587, Offered: []string{"SCRAM-SHA-256", "LOGIN", "PLAIN"}}
	for password, want := range map[string]string{"pencil": "", "m²": "SASLprep changed the password before it was sent"} {
		cred := auth.Credentials{Username: "user", Password: secret.New(password)}
		f := finding.Of(auth.Refusal(auth.Attempt{Mechanism: "SCRAM-SHA-256", Cred: cred, Channel: ch, Reply: "535 5.7.8 no", Code: 535, Enhanced: "5.7.8", Text: "no"}))
		if f.Code != "auth-rejected" || strings.Contains(f.Detail(), "SASLprep") != (want != "") || !strings.Contains(f.Detail(), want) {
			t.Errorf("%q: %s\n%s", password, f.Code, f.Detail())
		}
		if proposed := strings.Contains(f.Fix(), `auth_mechanism = "PLAIN"`); proposed != (want != "") {
			t.Errorf("%q: fixes\n%s", password, f.Fix())
		}
	}
	_, err := auth.New("SCRAM-SHA-256", auth.Credentials{Username: "user", Password: secret.New("🔑")}, ch)
	f := finding.Of(err)
	if f.Code != "credential-unsendable" || !strings.Contains(f.Summary, "password") || !strings.Contains(f.Fix(), `auth_mechanism = "PLAIN"`) ||
		!strings.Contains(f.Detail(), "such as emoji") {
		t.Errorf("%s: %s\n%s", f.Code, f.Summary, f.Detail())
	}
	_, err = auth.New("PLAIN", auth.Credentials{Username: "user", Password: secret.New("a\n")}, ch)
	if f := finding.Of(err); f.Code != "credential-unsendable" || strings.Contains(f.Detail(), "SASLprep") {
		t.Errorf("%s\n%s", f.Code, f.Detail())
	}
}

// If this fails, who logs in by NTLM at a server that knows an older version alone
// looks for an app password.
func TestNTLMSaysItsVersion(t *testing.T) {
	ch := auth.Channel{TLS: &tls.ConnectionState{}, Verified: true, Host: "mail.example.com", Offered: []string{"NTLM", "CRAM-MD5", "LOGIN", "XOAUTH2"}}
	attempt := auth.Attempt{Mechanism: "NTLM", Cred: withPassword, Channel: ch, Reply: "535 no", Code: 535, Text: "no"}
	f := finding.Of(auth.Refusal(attempt))
	for _, want := range []string{"The provider uses NTLM version 2", "The server also offers CRAM-MD5, LOGIN.", `auth_mechanism = "LOGIN"`} {
		if !strings.Contains(f.Detail(), want) {
			t.Errorf("%q is missing from\n%s", want, f.Detail())
		}
	}
	attempt.Channel.Offered = []string{"NTLM"}
	if f := finding.Of(auth.Refusal(attempt)); strings.Contains(f.Detail(), "also offers") || strings.Contains(f.Fix(), "auth_mechanism =") {
		t.Errorf("nothing else is offered:\n%s", f.Detail())
	}
}

// If this fails, a fix takes away a user name that was not given, or leaves out the
// one that was.
func TestExternalFixes(t *testing.T) {
	for username, want := range map[string]string{"": "set username to the name of the account", "app": "remove username"} {
		a := attempt("mail.example.com", "EXTERNAL", "535 - no")
		a.Cred = auth.Credentials{Username: username, External: true}
		f := finding.Of(auth.Refusal(a))
		if f.Code != "auth-external-refused" || !strings.Contains(f.Fix(), want) || username == "" && strings.Contains(f.Fix(), "remove username") {
			t.Errorf("username %q: %s\n%s", username, f.Code, f.Fix())
		}
	}
}

// complete fails if an error has no row of its own, lacks its summary or every
// fix for want of a fact, or shows a secret.
func complete(t *testing.T, err error) {
	t.Helper()
	f := finding.Of(err)
	if f.Code == finding.Unexpected || f.Summary == "" || len(f.Fixes) == 0 {
		t.Errorf("%v is reported as %q: %s\n%s", err, f.Code, f.Summary, f.Detail())
	}
	for _, secretive := range []string{"hunter2-pencil", "ya29.token-of-mine"} {
		if strings.Contains(f.Summary+f.Detail()+err.Error(), secretive) {
			t.Errorf("a secret shows: %s\n%s", f.Summary, f.Detail())
		}
	}
}

// If this fails, the finding leaves out what the server offers, or that AUTH comes with
// TLS, and you can't tell what to change.
func TestChooseTellsWhatIsOffered(t *testing.T) {
	inClear := auth.Channel{Host: "mail.example.com", Port: 25}
	_, err := auth.Choose([]string{"GSSAPI", "XOAUTH2"}, "PLAIN", withPassword, inClear)
	if got := finding.Of(err).Detail(); !strings.Contains(got, "It offers GSSAPI, XOAUTH2.") {
		t.Errorf("not said:\n%s", got)
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
