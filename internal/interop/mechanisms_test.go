//go:build interop

package interop

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// The names and secrets that mechanisms have to encode: white space, the
// separators of SCRAM and OAUTHBEARER, and letters of more than one byte.
const (
	usual     = "app"
	separated = "user name, x=y"
	foreign   = "jürgen"
)

var (
	passwords = map[string]string{
		usual:     "correct horse",
		separated: " pass word, a=b, ",
		foreign:   "пароль = ключ, é",
	}
	accessTokens = map[string]string{
		usual:     "eyJhbGciOi-_.e30.c2ln~+/==",
		separated: "ya29.token-of-the-second",
		foreign:   "ya29.token-of-the-third",
	}
)

// logins are the mechanisms of each server, and the findings that logins end in:
// of each user with the right secret, and of all three with a wrong one.
var logins = []struct {
	server, mechanism         string
	usual, separated, foreign finding.Code
	wrong                     finding.Code
}{
	{"postfix with cyrus", "PLAIN", "", "", "", "auth-rejected"},
	{"postfix with cyrus", "LOGIN", "", "", "", "auth-rejected"},
	{"postfix with cyrus", "CRAM-MD5", "", "", "", "auth-rejected"},
	{"postfix with cyrus", "SCRAM-SHA-1", "", "", "", "auth-rejected"},
	{"postfix with cyrus", "SCRAM-SHA-256", "", "", "", "auth-rejected"},
	{"postfix with cyrus", "SCRAM-SHA-512", "", "", "", "auth-rejected"},
	// Cyrus keeps the low seven bits of each UTF-16 unit.
	{"postfix with cyrus", "NTLM", "", "", "auth-rejected", "auth-rejected"},

	{"postfix with dovecot", "PLAIN", "", "", "", "auth-rejected"},
	{"postfix with dovecot", "LOGIN", "", "", "", "auth-rejected"},
	{"postfix with dovecot", "CRAM-MD5", "", "", "", "auth-rejected"},
	{"postfix with dovecot", "SCRAM-SHA-1", "", "", "", "auth-rejected"},
	{"postfix with dovecot", "SCRAM-SHA-256", "", "", "", "auth-rejected"},
	{"postfix with dovecot", "XOAUTH2", "", "", "", "oauth2-token-rejected"},
	{"postfix with dovecot", "OAUTHBEARER", "", "", "", "oauth2-token-rejected"},

	{"dovecot", "PLAIN", "", "", "", "auth-rejected"},
	{"dovecot", "LOGIN", "", "", "", "auth-rejected"},
	{"dovecot", "CRAM-MD5", "", "", "", "auth-rejected"},
	{"dovecot", "SCRAM-SHA-1", "", "", "", "auth-rejected"},
	{"dovecot", "SCRAM-SHA-256", "", "", "", "auth-rejected"},
	{"dovecot", "XOAUTH2", "", "", "", "oauth2-token-rejected"},
	{"dovecot", "OAUTHBEARER", "", "", "", "oauth2-token-rejected"},
}

// Fails if a mechanism doesn't speak as the server's own implementation of it
// does, if a name or a secret is encoded wrongly, if a wrong secret isn't told as
// such, or if one check costs more than one login.
func (f *fleet) mechanisms(t *testing.T) {
	for _, l := range logins {
		users := map[string]finding.Code{usual: l.usual, separated: l.separated, foreign: l.foreign}
		s, mechanism := f.named(t, l.server), settings.Mechanism(l.mechanism)
		check := func(t *testing.T, user, appended string, code finding.Code) {
			r := f.request(s.STARTTLS, settings.StartTLS)
			r.Verify, r.Mechanism, r.Credentials = settings.VerifyAuth, mechanism, credentials(mechanism, user, appended)
			if report := ends(t, r, code); code == "" && report.Mechanism != mechanism {
				t.Errorf("logged in with %q", report.Mechanism)
			}
		}
		// Dovecot takes its time to refuse, so that refusals are awaited together.
		// Each is the reply to one AUTH at least: as many in all are one for each.
		attempts := s.Log.Attempts(t, func() {
			t.Run(fmt.Sprintf("%s/%s", l.server, mechanism), func(t *testing.T) {
				for user, code := range users {
					t.Run(user+"/right", func(t *testing.T) { check(t, user, "", code) })
					t.Run(user+"/wrong", func(t *testing.T) {
						t.Parallel()
						check(t, user, "x", l.wrong)
					})
				}
			})
		})
		if want := 2 * len(users); attempts != want {
			t.Errorf("%s, %s: %d AUTH in the log, want %d", l.server, mechanism, attempts, want)
		}
	}
}

// credentials are those of a user for a mechanism, with something appended to the
// secret.
func credentials(mechanism settings.Mechanism, user, appended string) auth.Credentials {
	c := auth.Credentials{Username: user}
	if mechanism == settings.XOAuth2 || mechanism == settings.OAuthBearer {
		c.AccessToken = secret.New(accessTokens[user] + appended)
	} else {
		c.Password = secret.New(passwords[user] + appended)
	}
	return c
}

// request asks for the handshake with a port, by the right name and authority.
func (f *fleet) request(port uint16, mode settings.TLSMode) probe.Request {
	return probe.Request{
		Host:     settings.Host{Name: ServerName},
		Port:     port,
		Mode:     mode,
		Trust:    certs.Trust{ServerName: ServerName, RootsPEM: f.ca.PEM(), MinVersion: "1.2"},
		Verify:   settings.VerifyHandshake,
		Timeout:  20 * time.Second,
		Attempts: 1,
	}
}

// ends makes one check, which has to end in the finding, or well where that is "".
func ends(t *testing.T, r probe.Request, code finding.Code) *probe.Report {
	t.Helper()
	report, err := probe.New(network{}, network{}, 1).Run(context.Background(), r)
	if got := codeOf(err); got != code {
		t.Errorf("finding %q, want %q: %v", got, code, finding.Of(err).Detail())
	}
	return report
}

// codeOf returns the code of a check's error, "" for none.
func codeOf(err error) finding.Code {
	var coded finding.Coded
	if errors.As(err, &coded) {
		return coded.Finding().Code
	}
	return ""
}
