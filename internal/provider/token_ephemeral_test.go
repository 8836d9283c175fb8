package provider_test

import (
	"bytes"
	"net/url"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// What the token service of the tests knows.
const (
	tokenSecret  = "Kz8~Q2vB9Jx4Lm7Rt1"
	tokenRefresh = "1//0gHs6Yb3Wq8Zp5Nc2Vd"
	tokenAccess  = "ya29.Tg5Uk9Io2Ep7Fj4Sx"
)

func (s *tokenService) byRefreshToken() config {
	return config{"token_url": s.url, "client_id": "robot", "client_secret": tokenSecret, "refresh_token": tokenRefresh}
}

// If this fails, a request for a token has other values than declared, or the token
// comes out as another one.
func TestToken(t *testing.T) {
	n := smtptest.NewNetwork(0)
	service := serveTokens(t, n, 200, `{"access_token":"`+tokenAccess+`","token_type":"bearer","expires_in":3599,"scope":"smtp imap"}`)
	s := start(t, n, nil)
	got, found := s.open(tokenType, service.byRefreshToken().with(config{"scopes": []any{"smtp"}, "timeout": "10s"}))
	found.none(t)
	same(t, "access_token", got["access_token"], tokenAccess)
	same(t, "token_type", got["token_type"], "Bearer")
	same(t, "granted_scopes", got["granted_scopes"], []any{"smtp", "imap"})
	expires, err := time.Parse(time.RFC3339, got["expires_at"].(string))
	if in := time.Until(expires); err != nil || in < 50*time.Minute || in > time.Hour {
		t.Errorf("expires_at = %v", got["expires_at"])
	}
	same(t, "requests", service.requests(), []url.Values{{
		"grant_type": {"refresh_token"}, "client_id": {"robot"}, "client_secret": {tokenSecret},
		"refresh_token": {tokenRefresh}, "scope": {"smtp"},
	}})
}

// If this fails, an output makes up what the service doesn't say.
func TestTokenUnsaid(t *testing.T) {
	n := smtptest.NewNetwork(0)
	service := serveTokens(t, n, 200, `{"access_token":"`+tokenAccess+`"}`)
	got, found := start(t, n, nil).open(tokenType, service.byRefreshToken())
	found.none(t)
	same(t, "expires_at", got["expires_at"], nil)
	same(t, "granted_scopes", got["granted_scopes"], nil)
}

// If this fails, a lost refresh token gives no warning, or you can't switch off the
// warning where it comes with every run.
func TestTokenRotated(t *testing.T) {
	n := smtptest.NewNetwork(0)
	service := serveTokens(t, n, 200, `{"access_token":"`+tokenAccess+`","refresh_token":"1//0mCx7Dk2Ob9La4Ye6Hw"}`)
	s := start(t, n, nil)
	_, found := s.open(tokenType, service.byRefreshToken())
	found.only(t, nil, []string{"oauth2-refresh-token-rotated"})
	_, found = s.open(tokenType, service.byRefreshToken().with(config{"ignore_rules": []any{"oauth2-refresh-token-rotated"}}))
	found.none(t)
}

// If this fails, a refusal gives a result, is requested twice, or stands at a line
// with a secret.
func TestTokenRefused(t *testing.T) {
	n := smtptest.NewNetwork(0)
	service := serveTokens(t, n, 400, `{"error":"invalid_grant","error_description":"`+tokenRefresh+` is revoked"}`)
	s := start(t, n, nil)
	got, found := s.open(tokenType, service.byRefreshToken())
	found.only(t, []string{"oauth2-refresh-token-rejected"}, nil)
	same(t, "place", found.at("oauth2-refresh-token-rejected"), "client_id")
	contains(t, found.text(), "[redacted] is revoked")
	same(t, "requests", len(service.requests()), 1)
	if got != nil {
		t.Errorf("result %v", got)
	}
}

// If this fails, a provider that is offline, or whose block is not known yet, contacts
// token services anyway, or returns an empty token.
func TestTokenProvider(t *testing.T) {
	n := smtptest.NewNetwork(0)
	service := serveTokens(t, n, 200, `{"access_token":"`+tokenAccess+`"}`)
	for name, tt := range map[string]struct {
		block, changes config
		want           []string
	}{
		"offline":                      {config{"offline": true}, nil, []string{"oauth2-offline"}},
		"offline unknown":              {config{"offline": later}, nil, []string{"provider-value-unknown"}},
		"timeout unknown":              {config{"timeout": later}, nil, []string{"provider-value-unknown"}},
		"timeout unknown, own given":   {config{"timeout": later}, config{"timeout": "5s"}, nil},
		"roots for mail servers alone": {config{"ca_cert_pem": newRelay(t).ca.PEM()}, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(service.requests())
			got, found := start(t, n, tt.block).open(tokenType, service.byRefreshToken().with(tt.changes))
			found.only(t, tt.want, nil)
			if asked := len(service.requests()) - before; (asked == 0) != (len(tt.want) > 0) || (got == nil) != (len(tt.want) > 0) {
				t.Errorf("%d requests, result %v", asked, got)
			}
		})
	}
}

// If this fails, a request that can't succeed passes validation, or a finding stands
// at a line with a secret or at an argument that the block doesn't have.
func TestTokenRules(t *testing.T) {
	n := smtptest.NewNetwork(0)
	service := serveTokens(t, n, 500, `{}`)
	s := start(t, n, nil)
	for name, tt := range map[string]struct {
		changes  config
		errors   []string
		warnings []string
		at       string
	}{
		"url":             {config{"token_url": "http://token.example.com/"}, []string{"oauth2-token-url"}, nil, "token_url"},
		"nothing":         {config{"client_secret": nil, "refresh_token": nil}, []string{"oauth2-grant-missing"}, nil, "token_url"},
		"no client":       {config{"client_id": nil}, []string{"oauth2-grant-missing"}, nil, "token_url"},
		"key":             {config{"client_secret": nil, "refresh_token": nil, "private_key_pem": "key.pem"}, []string{"oauth2-private-key-unreadable"}, nil, "token_url"},
		"secret's end":    {config{"client_secret": tokenSecret + "\n"}, []string{"credential-line-end"}, nil, "token_url"},
		"empty client_id": {config{"client_id": ""}, []string{"credential-empty"}, nil, "token_url"},
		"scope":           {config{"scopes": []any{"a b"}}, []string{"oauth2-scope-invalid"}, nil, "scopes"},
		"unused":          {config{"issuer": "robot"}, nil, []string{"oauth2-claims-unused"}, "token_url"},
		"timeout":         {config{"timeout": "30"}, []string{"timeout-invalid"}, nil, "timeout"},
		"roots":           {config{"ca_cert_pem": "ca.pem"}, []string{"ca-pem-unreadable"}, nil, "ca_cert_pem"},
		"expired roots":   {config{"ca_cert_pem": pemFiles(t)["old-ca.pem"]}, []string{"ca-pem-expired"}, nil, "ca_cert_pem"},
		"ignored code":    {config{"ignore_rules": []any{"oauth2-token-rul"}}, []string{"ignore-rules-unknown"}, nil, "ignore_rules"},
		"ignored guard":   {config{"ignore_rules": []any{"oauth2-token-url"}}, []string{"ignore-rules-guard"}, nil, "ignore_rules"},
		"ignored":         {config{"issuer": "robot", "ignore_rules": []any{"oauth2-claims-unused"}}, nil, nil, ""},
		"unknown":         {config{"token_url": later, "client_secret": later, "refresh_token": later, "scopes": later, "client_id": later}, nil, nil, ""},
		"unknown ignored": {config{"issuer": "robot", "ignore_rules": later}, nil, nil, ""},
	} {
		t.Run(name, func(t *testing.T) {
			found := s.validateEphemeral(tokenType, service.byRefreshToken().with(tt.changes))
			found.only(t, tt.errors, tt.warnings)
			for _, code := range append(tt.errors, tt.warnings...) {
				same(t, "place", found.at(code), tt.at)
			}
		})
	}
	same(t, "requests", len(service.requests()), 0)
}

// If this fails, the log or a diagnostic shows the token or what it was requested
// with, even if the service sends it back.
func TestNoSecretOfAToken(t *testing.T) {
	for name, tt := range map[string]struct {
		status int
		body   string
		failed bool
	}{
		"success":         {200, `{"access_token":"` + loudToken + `","token_type":"Bearer"}`, false},
		"refusal":         {400, `{"error":"invalid_client","error_description":"` + loud + ` is not ` + url.QueryEscape(loud) + `"}`, true},
		"no token":        {200, `{"` + loud + `":"` + loud + `"}`, true},
		"token of a kind": {200, `{"access_token":"` + loudToken + `","token_type":"` + loud + `"}`, true},
		"cut off":         {200, `{"access_token":"` + loudToken, true},
		"failure":         {500, loud, true},
	} {
		t.Run(name, func(t *testing.T) {
			n := smtptest.NewNetwork(0)
			service := serveTokens(t, n, tt.status, tt.body)
			s := start(t, n, nil)
			log := &bytes.Buffer{}
			s.ctx = tflogtest.RootLogger(s.ctx, log)
			got, found := s.open(tokenType, service.byRefreshToken().with(config{"client_secret": loud, "refresh_token": loud}))
			if found.failed() != tt.failed {
				t.Fatal(found.text())
			}
			for _, secret := range []string{loud, loudToken} {
				hides(t, found.text(), secret)
				hides(t, log.String(), secret)
			}
			if !tt.failed && !shows(got["access_token"].(string), loudToken) {
				t.Error("the search misses the token")
			}
			if !shows(service.requests()[0].Encode(), loud) {
				t.Error("the search misses the secret in what was sent")
			}
			contains(t, log.String(), "oauth2 token")
		})
	}
}

const loudToken = "ya29.Xw3/Papagei+8v=Z"
