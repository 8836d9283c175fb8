package auth_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-sasl"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// client returns a mechanism's client, which must exist.
func client(t *testing.T, m settings.Mechanism, cred auth.Credentials, ch auth.Channel) sasl.Client {
	t.Helper()
	c, err := auth.New(m, cred, ch)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// talk drives a client against a server as SMTP does, and returns what each side
// made of it.
func talk(t *testing.T, c sasl.Client, s sasl.Server) (clientErr, serverErr error) {
	t.Helper()
	_, response, err := c.Start()
	if err != nil {
		return err, nil
	}
	for range 8 {
		challenge, done, err := s.Next(response)
		if err != nil || done {
			return clientErr, err
		}
		if clientErr != nil {
			t.Fatal("the server asks on after an error of the client's")
		}
		if response, clientErr = c.Next(challenge); clientErr != nil && response == nil {
			return clientErr, nil
		}
		if response == nil {
			response = []byte{}
		}
	}
	t.Fatal("no end after eight rounds")
	return nil, nil
}

var errNo = errors.New("no")

// loginServer is LOGIN with prompts as servers have them.
type loginServer struct {
	prompts []string
	got     []string
}

func (s *loginServer) Next(response []byte) ([]byte, bool, error) {
	if response != nil {
		s.got = append(s.got, string(response))
	}
	if len(s.prompts) == 0 {
		return nil, true, nil
	}
	prompt := s.prompts[0]
	s.prompts = s.prompts[1:]
	return []byte(prompt), false, nil
}

// If this fails, a right server does not find the credentials in their place. The judge
// is go-sasl's server side, which is not the code under test.
func TestAgainstServers(t *testing.T) {
	ch := auth.Channel{Host: "mail.example.com", Port: 465}
	plain := sasl.NewPlainServer(func(identity, username, password string) error {
		if identity != "" || username != "user@example.com" || password != "hunter2-pencil" {
			return errNo
		}
		return nil
	})
	bearer := sasl.NewOAuthBearerServer(func(o sasl.OAuthBearerOptions) *sasl.OAuthBearerError {
		if o != (sasl.OAuthBearerOptions{Username: "user@example.com", Token: "ya29.token-of-mine", Host: "mail.example.com", Port: 465}) {
			return &sasl.OAuthBearerError{Status: "invalid_request"}
		}
		return nil
	})
	external := func(want string) sasl.Server {
		return sasl.NewExternalServer(func(identity string) error {
			if identity != want {
				return errNo
			}
			return nil
		})
	}
	for name, tt := range map[string]struct {
		mechanism settings.Mechanism
		cred      auth.Credentials
		server    sasl.Server
	}{
		"PLAIN":             {"PLAIN", withPassword, plain},
		"OAUTHBEARER":       {"OAUTHBEARER", withToken, bearer},
		"EXTERNAL":          {"EXTERNAL", withCert, external("")},
		"EXTERNAL for user": {"EXTERNAL", auth.Credentials{Username: "me", External: true}, external("me")},
	} {
		t.Run(name, func(t *testing.T) {
			clientErr, serverErr := talk(t, client(t, tt.mechanism, tt.cred, ch), tt.server)
			if clientErr != nil || serverErr != nil {
				t.Errorf("client %v, server %v", clientErr, serverErr)
			}
		})
	}
}

// If this fails, the client sends no response for an empty identity, instead of an
// empty one ("=" on the wire), and the server waits for it.
func TestExternalSendsAnEmptyResponse(t *testing.T) {
	_, response, err := client(t, "EXTERNAL", withCert, auth.Channel{}).Start()
	if err != nil || response == nil || len(response) != 0 {
		t.Errorf("%q, %v", response, err)
	}
}

// If this fails, LOGIN depends on what the prompts say, or answers a third one: a
// server could then ask for anything until it gets it.
func TestLogin(t *testing.T) {
	for name, prompts := range map[string][]string{
		"usual":     {"Username:", "Password:"},
		"Microsoft": {"User Name\x00", "Password\x00"},
		"empty":     {"", ""},
		"other":     {"Benutzer?", "334"},
	} {
		t.Run(name, func(t *testing.T) {
			c := client(t, "LOGIN", withPassword, auth.Channel{})
			if _, response, err := c.Start(); response != nil || err != nil {
				t.Fatalf("an initial response: %q, %v", response, err)
			}
			s := &loginServer{prompts: prompts}
			clientErr, serverErr := talk(t, c, s)
			if clientErr != nil || serverErr != nil || strings.Join(s.got, "|") != "user@example.com|hunter2-pencil" {
				t.Errorf("got %q, %v, %v", s.got, clientErr, serverErr)
			}
			if response, err := c.Next([]byte("Password:")); response != nil || !errors.Is(err, sasl.ErrUnexpectedServerChallenge) {
				t.Errorf("a third prompt is answered: %q, %v", response, err)
			}
		})
	}
}

// If this fails, the digest of RFC 2195 section 2's example is wrong, as every password
// is to a server.
func TestCRAMMD5Vector(t *testing.T) {
	c := client(t, "CRAM-MD5", auth.Credentials{Username: "tim", Password: secret.New("tanstaaftanstaaf")}, auth.Channel{})
	if _, response, err := c.Start(); response != nil || err != nil {
		t.Fatalf("an initial response: %q, %v", response, err)
	}
	got, err := c.Next([]byte("<1896.697170952@postoffice.reston.mci.net>"))
	if err != nil || string(got) != "tim b913a602c7eda7a495b4e6e7334d3890" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := c.Next([]byte("<x>")); !errors.Is(err, sasl.ErrUnexpectedServerChallenge) {
		t.Errorf("a second challenge: %v", err)
	}
	_, err = client(t, "CRAM-MD5", withPassword, auth.Channel{}).Next(nil)
	if got := finding.Of(err).Code; got != "auth-challenge-malformed" {
		t.Errorf("an empty challenge: %s", got)
	}
}

// If this fails, a response differs from the examples of Google's XOAUTH2 page or of
// RFC 7628 section 4.1: with one wrong divider, servers refuse every token.
func TestTokenVectors(t *testing.T) {
	for name, tt := range map[string]struct {
		mechanism settings.Mechanism
		cred      auth.Credentials
		ch        auth.Channel
		want      string
	}{
		"XOAUTH2": {
			"XOAUTH2", auth.Credentials{Username: "someuser@example.com", AccessToken: secret.New("ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg")}, auth.Channel{},
			"dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRjMk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==",
		},
		"OAUTHBEARER": {
			"OAUTHBEARER", auth.Credentials{Username: "user@example.com", AccessToken: secret.New("vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==")}, auth.Channel{Host: "server.example.com", Port: 143},
			"bixhPXVzZXJAZXhhbXBsZS5jb20sAWhvc3Q9c2VydmVyLmV4YW1wbGUuY29tAXBvcnQ9MTQzAWF1dGg9QmVhcmVyIHZGOWRmdDRxbVRjMk52YjNSbGNrQmhiSFJoZG1semRHRXVZMjl0Q2c9PQEB",
		},
	} {
		t.Run(name, func(t *testing.T) {
			_, response, err := client(t, tt.mechanism, tt.cred, tt.ch).Start()
			if got := base64.StdEncoding.EncodeToString(response); err != nil || got != tt.want {
				t.Errorf("%v\n got %s\nwant %s", err, got, tt.want)
			}
		})
	}
	_, response, _ := client(t, "OAUTHBEARER", auth.Credentials{Username: "a,b=c", AccessToken: secret.New("t")}, auth.Channel{}).Start()
	if string(response) != "n,a=a=2Cb=3Dc,\x01auth=Bearer t\x01\x01" {
		t.Errorf("a name with the dividers of GS2: %q", response)
	}
}

// If this fails, the client does not answer the challenge in which a server says why it
// refuses a token, so that the reason and the refusal are lost.
func TestTokenRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		mechanism settings.Mechanism
		challenge string
		answer    string
		want      auth.TokenError
	}{
		"Google":      {"XOAUTH2", `{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}`, "", auth.TokenError{Status: "401", Schemes: "bearer", Scope: "https://mail.google.com/"}},
		"RFC 7628":    {"OAUTHBEARER", `{"status":"invalid_token","scope":"example_scope","openid-configuration":"https://example.com/.well-known/openid-configuration"}`, "\x01", auth.TokenError{Status: "invalid_token", Scope: "example_scope"}},
		"a number":    {"XOAUTH2", `{"status":400}`, "", auth.TokenError{Status: "400"}},
		"no JSON":     {"XOAUTH2", `eyJ`, "", auth.TokenError{}},
		"empty":       {"OAUTHBEARER", ``, "\x01", auth.TokenError{}},
		"an object":   {"OAUTHBEARER", `{"status":{"a":1}}`, "\x01", auth.TokenError{}},
		"a long text": {"OAUTHBEARER", `{"status":"` + strings.Repeat("x", 4096) + `"}`, "\x01", auth.TokenError{}},
		"an escape":   {"XOAUTH2", `{"status":"\u001b[31m"}`, "", auth.TokenError{Status: `\x1b[31m`}},
	} {
		t.Run(name, func(t *testing.T) {
			c := client(t, tt.mechanism, withToken, auth.Channel{})
			if _, _, err := c.Start(); err != nil {
				t.Fatal(err)
			}
			answer, err := c.Next([]byte(tt.challenge))
			var refused *auth.TokenError
			if !errors.As(err, &refused) || *refused != tt.want {
				t.Errorf("%+v, %v", refused, err)
			}
			if answer == nil || string(answer) != tt.answer {
				t.Errorf("answer %q", answer)
			}
			if answer, err := c.Next([]byte(tt.challenge)); answer != nil || !errors.Is(err, sasl.ErrUnexpectedServerChallenge) {
				t.Errorf("answered again: %q, %v", answer, err)
			}
		})
	}
}

// If this fails, go-sasl's server, which refuses a token as RFC 7628 says, does not get
// the answer that it waits for.
func TestOAuthBearerRefusedByServer(t *testing.T) {
	server := sasl.NewOAuthBearerServer(func(sasl.OAuthBearerOptions) *sasl.OAuthBearerError {
		return &sasl.OAuthBearerError{Status: "invalid_token", Schemes: "bearer", Scope: "smtp"}
	})
	clientErr, serverErr := talk(t, client(t, "OAUTHBEARER", withToken, auth.Channel{Host: "h", Port: 1}), server)
	var refused *auth.TokenError
	if !errors.As(clientErr, &refused) || refused.Scope != "smtp" || serverErr == nil {
		t.Errorf("client %v, server %v", clientErr, serverErr)
	}
}

// If a case fails, credentials with a character that divides the fields say something
// else than they seem to, or end the command.
func TestUnsendable(t *testing.T) {
	for name, tt := range map[string]struct {
		mechanism settings.Mechanism
		cred      auth.Credentials
		argument  string // "": can be sent
	}{
		"NUL in PLAIN":          {"PLAIN", auth.Credentials{Username: "a\x00b"}, "username"},
		"NUL in the password":   {"PLAIN", auth.Credentials{Username: "a", Password: secret.New("\x00")}, "password"},
		"line end in LOGIN":     {"LOGIN", auth.Credentials{Username: "a", Password: secret.New("p\n")}, "password"},
		"line end in XOAUTH2":   {"XOAUTH2", auth.Credentials{Username: "a\r", AccessToken: secret.New("t")}, "username"},
		"0x01 in a token":       {"XOAUTH2", auth.Credentials{Username: "a", AccessToken: secret.New("t\x01")}, "access_token"},
		"0x01 in a name":        {"OAUTHBEARER", auth.Credentials{Username: "a\x01", AccessToken: secret.New("t")}, "username"},
		"NUL in EXTERNAL":       {"EXTERNAL", auth.Credentials{Username: "a\x00"}, "username"},
		"control in SCRAM":      {"SCRAM-SHA-256", auth.Credentials{Username: "a", Password: secret.New("p\x07")}, "password"},
		"control in SCRAM name": {"SCRAM-SHA-1", auth.Credentials{Username: "a\x07", Password: secret.New("p")}, "username"},
		"emoji in SCRAM":        {"SCRAM-SHA-256", auth.Credentials{Username: "a", Password: secret.New("p🙂")}, "password"},
		"emoji in PLAIN":        {"PLAIN", auth.Credentials{Username: "a", Password: secret.New("p🙂")}, ""},
		"umlaut in SCRAM":       {"SCRAM-SHA-256", auth.Credentials{Username: "ä", Password: secret.New("ö")}, ""},
		"0x01 in a password":    {"PLAIN", auth.Credentials{Username: "a", Password: secret.New("p\x01")}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := auth.New(tt.mechanism, tt.cred, auth.Channel{})
			if tt.argument == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			var failed *finding.Error
			if !errors.As(err, &failed) || failed.Code != "credential-unsendable" || failed.Facts["argument"] != tt.argument {
				t.Fatalf("%v", err)
			}
			complete(t, err)
		})
	}
	if _, err := auth.New("OAUTHBEARER", withToken, auth.Channel{Host: "a.test\x01auth=Bearer x"}); finding.Of(err).Code != "credential-unsendable" {
		t.Errorf("a host that holds a field: %v", err)
	}
	if _, err := auth.New("DIGEST-MD5", withPassword, auth.Channel{}); finding.Of(err).Code != "auth-mechanism-word" {
		t.Errorf("an unknown mechanism: %v", err)
	}
}

// If this fails, a wrong password passes at a server that accepts before it has got the
// credentials.
func TestAcceptedEarly(t *testing.T) {
	for _, mechanism := range []settings.Mechanism{"LOGIN", "CRAM-MD5", "NTLM"} {
		c := client(t, mechanism, withPassword, auth.Channel{})
		start(t, c)
		if err := verify(c); finding.Of(err).Code != "auth-accepted-early" {
			t.Errorf("%s: %v", mechanism, err)
		}
	}
	c := client(t, "LOGIN", withPassword, auth.Channel{})
	start(t, c)
	for range 2 {
		if err := verify(c); err == nil {
			t.Error("LOGIN: accepted with a part of the answers")
		}
		if _, err := c.Next(nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := verify(c); err != nil {
		t.Errorf("LOGIN with all answers: %v", err)
	}
}
