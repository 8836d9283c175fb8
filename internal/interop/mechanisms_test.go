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
// separators of SCRAM and OAUTHBEARER, letters of more than one byte, quotes and
// blanks at both ends; characters that SASLprep replaces, and some that it refuses.
const (
	usual     = "app"
	separated = "user name, x=y"
	foreign   = "jürgen"
	quoted    = "quoted"
	replaced  = "replaced"
	refused   = "refused"
)

var (
	passwords = map[string]string{
		usual:     "correct horse",
		separated: " pass word, a=b, ",
		foreign:   "пароль = ключ, é",
		quoted:    `  "it's" a \ 'test' `,
		replaced:  "m²µ´x½",
		refused:   "emoji 🔑 ₹",
	}
	accessTokens = map[string]string{
		usual:     "eyJhbGciOi-_.e30.c2ln~+/==",
		separated: "ya29.token-of-the-second",
		foreign:   "ya29.token-of-the-third",
	}
)

// logins are the mechanisms of each server, and the finding that a login with a
// wrong secret ends in. With the right one it succeeds but for some users.
var logins = []struct {
	server, mechanism string
	wrong             finding.Code
	but               map[string]finding.Code // by user
}{
	{"postfix with cyrus", "PLAIN", "auth-rejected", nil},
	{"postfix with cyrus", "LOGIN", "auth-rejected", nil},
	{"postfix with cyrus", "CRAM-MD5", "auth-rejected", nil},
	{"postfix with cyrus", "SCRAM-SHA-1", "auth-rejected", unprepared},
	{"postfix with cyrus", "SCRAM-SHA-256", "auth-rejected", unprepared},
	{"postfix with cyrus", "SCRAM-SHA-512", "auth-rejected", unprepared},
	// Cyrus keeps the low seven bits of each UTF-16 unit.
	{"postfix with cyrus", "NTLM", "auth-rejected", map[string]finding.Code{
		foreign: "auth-rejected", replaced: "auth-rejected", refused: "auth-rejected",
	}},

	{"postfix with dovecot", "PLAIN", "auth-rejected", nil},
	{"postfix with dovecot", "LOGIN", "auth-rejected", nil},
	{"postfix with dovecot", "CRAM-MD5", "auth-rejected", nil},
	{"postfix with dovecot", "SCRAM-SHA-1", "auth-rejected", unprepared},
	{"postfix with dovecot", "SCRAM-SHA-256", "auth-rejected", unprepared},
	{"postfix with dovecot", "XOAUTH2", "oauth2-token-rejected", nil},
	{"postfix with dovecot", "OAUTHBEARER", "oauth2-token-rejected", nil},

	{"dovecot", "PLAIN", "auth-rejected", nil},
	{"dovecot", "LOGIN", "auth-rejected", nil},
	{"dovecot", "CRAM-MD5", "auth-rejected", nil},
	{"dovecot", "SCRAM-SHA-1", "auth-rejected", unprepared},
	{"dovecot", "SCRAM-SHA-256", "auth-rejected", unprepared},
	{"dovecot", "XOAUTH2", "oauth2-token-rejected", nil},
	{"dovecot", "OAUTHBEARER", "oauth2-token-rejected", nil},

	// What is taken where nothing is declared carries all of them.
	{"postfix with cyrus", "", "auth-rejected", nil},
	{"postfix with dovecot", "", "auth-rejected", nil},
	{"dovecot", "", "auth-rejected", nil},
}

// unprepared are logins by SCRAM, which sends what SASLprep makes of a password, at
// servers that keep it as it was typed.
var unprepared = map[string]finding.Code{replaced: "auth-rejected", refused: "credential-unsendable"}

// Fails if a mechanism doesn't speak as the server's own implementation of it does, encodes
// a name or a secret wrongly, passes with a wrong secret, or if one check costs more than one
// login.
func (f *fleet) mechanisms(t *testing.T) {
	for _, l := range logins {
		s, mechanism := f.named(t, l.server), settings.Mechanism(l.mechanism)
		check := func(t *testing.T, user, appended string, code finding.Code) {
			r := f.request(s.STARTTLS, settings.StartTLS)
			r.Verify, r.Mechanism, r.Credentials = settings.VerifyAuth, mechanism, credentials(mechanism, user, appended)
			if report := ends(t, r, code); code == "" && mechanism != "" && report.Mechanism != mechanism {
				t.Errorf("logged in with %q", report.Mechanism)
			}
		}
		users := passwords
		if settings.CredentialOf(mechanism) == settings.AuthOAuth2 {
			users = accessTokens
		}
		want := 0
		// Dovecot takes its time to refuse, so that refusals are awaited together.
		// Each is the reply to one AUTH at least: as many in all are one for each.
		attempts := s.Log.Attempts(t, func() {
			t.Run(fmt.Sprintf("%s/%s", l.server, mechanism), func(t *testing.T) {
				for user := range users {
					code, wrong := l.but[user], l.wrong
					if code == "credential-unsendable" {
						wrong = code
					} else {
						want += 2
					}
					t.Run(user+"/right", func(t *testing.T) { check(t, user, "", code) })
					t.Run(user+"/wrong", func(t *testing.T) {
						t.Parallel()
						check(t, user, "x", wrong)
					})
				}
			})
		})
		if attempts != want {
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
	switch got := codeOf(err); {
	case err == nil && code != "":
		t.Errorf("the check passed, want %q", code)
	case got != code:
		t.Errorf("finding %q, want %q: %v", got, code, finding.Of(err).Detail())
	}
	return report
}

// endsIn makes one check, which has to fail, and returns its finding.
func endsIn(t *testing.T, r probe.Request) finding.Finding {
	t.Helper()
	_, err := probe.New(network{}, network{}, 1).Run(context.Background(), r)
	if err == nil {
		t.Fatal("the check passed")
	}
	return finding.Of(err)
}

// codeOf returns the code of a check's error, "" for none.
func codeOf(err error) finding.Code {
	var coded finding.Coded
	if errors.As(err, &coded) {
		return coded.Finding().Code
	}
	return ""
}
