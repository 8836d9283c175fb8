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
var (
	passwords = map[string]string{
		"app":            "correct horse",
		"user name, x=y": " pass word, a=b, ",
		"jürgen":         "пароль = ключ, é",
	}
	accessTokens = map[string]string{
		"app":            "eyJhbGciOi-_.e30.c2ln~+/==",
		"user name, x=y": "ya29.token-of-the-second",
		"jürgen":         "ya29.token-of-the-third",
	}
)

// Fails if a mechanism doesn't speak as the server's own implementation of it
// does, if a name or a secret is encoded wrongly, if a wrong secret isn't told as
// such, or if one check costs more than one login.
func TestMechanisms(t *testing.T) {
	f := newFleet(t, passwords, accessTokens)
	engine := probe.New(network{}, network{}, 1)
	for _, table := range []struct {
		server     *Server
		mechanisms []settings.Mechanism
	}{
		{f.cyrus, []settings.Mechanism{
			settings.Plain, settings.Login, settings.CRAMMD5, settings.ScramSHA1, settings.ScramSHA256, settings.ScramSHA512, settings.NTLM,
		}},
		{f.delegated, []settings.Mechanism{
			settings.Plain, settings.Login, settings.CRAMMD5, settings.ScramSHA1, settings.ScramSHA256, settings.XOAuth2, settings.OAuthBearer,
		}},
		{f.dovecot, []settings.Mechanism{
			settings.Plain, settings.Login, settings.CRAMMD5, settings.ScramSHA1, settings.ScramSHA256, settings.XOAuth2, settings.OAuthBearer,
		}},
	} {
		for _, mechanism := range table.mechanisms {
			for user := range passwords {
				for _, wrong := range []bool{false, true} {
					t.Run(fmt.Sprintf("%s/%s/%s/wrong=%t", table.server.Name, mechanism, user, wrong), func(t *testing.T) {
						credentials, code := login(mechanism, user, wrong)
						if table.server == f.cyrus && mechanism == settings.NTLM && user == "jürgen" {
							code = "auth-rejected" // Cyrus keeps the low seven bits of each UTF-16 unit
						}
						attempts := table.server.Log.Attempts(t, func() {
							report, err := engine.Run(context.Background(), probe.Request{
								Host:        settings.Host{Name: ServerName},
								Port:        table.server.STARTTLS,
								Mode:        settings.StartTLS,
								Trust:       certs.Trust{ServerName: ServerName, RootsPEM: f.ca.PEM(), MinVersion: "1.2"},
								Credentials: credentials,
								Mechanism:   mechanism,
								Verify:      settings.VerifyAuth,
								Timeout:     20 * time.Second,
								Attempts:    3,
							})
							if got := codeOf(err); got != code {
								t.Errorf("finding %q, want %q: %v", got, code, finding.Of(err).Detail())
							}
							if code == "" && report.Mechanism != mechanism {
								t.Errorf("logged in with %q", report.Mechanism)
							}
						})
						if attempts != 1 {
							t.Errorf("%d AUTH in the log, want 1", attempts)
						}
					})
				}
			}
		}
	}
}

// login returns credentials for a mechanism, and the finding they are to end in.
func login(mechanism settings.Mechanism, user string, wrong bool) (auth.Credentials, finding.Code) {
	c := auth.Credentials{Username: user}
	if mechanism == settings.XOAuth2 || mechanism == settings.OAuthBearer {
		if wrong {
			c.AccessToken = secret.New("ya29.of-nobody")
			return c, "oauth2-token-rejected"
		}
		c.AccessToken = secret.New(accessTokens[user])
		return c, ""
	}
	if wrong {
		c.Password = secret.New(passwords[user] + "x")
		return c, "auth-rejected"
	}
	c.Password = secret.New(passwords[user])
	return c, ""
}

// codeOf returns the code of a check's error, "" for none.
func codeOf(err error) finding.Code {
	var coded finding.Coded
	if errors.As(err, &coded) {
		return coded.Code()
	}
	return ""
}
