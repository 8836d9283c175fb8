package oauth2token_test

import (
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/oauth2token"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, a request has another form than its grant prescribes, is sent more
// than once, or carries the secrets in a header, where services such as Google's don't
// accept them.
func TestRequests(t *testing.T) {
	tests := []struct {
		name   string
		by     func(string) oauth2token.Declared
		change func(*oauth2token.Declared)
		want   url.Values
	}{
		{"refresh token", byRefreshToken, func(*oauth2token.Declared) {}, url.Values{
			"grant_type": {"refresh_token"}, "refresh_token": {refreshToken},
			"client_id": {"robot"}, "client_secret": {clientSecret},
		}},
		{"refresh token of a public client, with scopes", byRefreshToken, func(d *oauth2token.Declared) {
			d.ClientSecret = byClientless.ClientSecret
			d.Scopes = settings.Of([]string{"https://outlook.office.com/SMTP.Send", "offline_access"})
		}, url.Values{
			"grant_type": {"refresh_token"}, "refresh_token": {refreshToken}, "client_id": {"robot"},
			"scope": {"https://outlook.office.com/SMTP.Send offline_access"},
		}},
		{"client credentials", byClient, func(*oauth2token.Declared) {}, url.Values{
			"grant_type": {"client_credentials"}, "client_id": {"robot"}, "client_secret": {clientSecret},
			"scope": {"smtp.send smtp.receive"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, says(200, `{"access_token":"`+accessToken+`","token_type":"Bearer","expires_in":3599}`))
			d := tt.by(s.URL + "/token")
			tt.change(&d)
			token, err := fetch(t, d)
			if err != nil {
				t.Fatal(err)
			}
			if got := s.once(t); !reflect.DeepEqual(got, tt.want) {
				t.Errorf("asked with %v", got)
			}
			if auth := s.heads[0].Get("Authorization"); auth != "" {
				t.Errorf("Authorization: %s", auth)
			}
			if token.AccessToken.Reveal() != accessToken || token.Type != "Bearer" {
				t.Errorf("token = %+v", token)
			}
			if in := time.Until(token.Expires); in < 50*time.Minute || in > time.Hour {
				t.Errorf("expires in %s", in)
			}
		})
	}
}

var byClientless oauth2token.Declared

// If this fails, a token comes out as another one than the service issued, its
// lifetime or scopes are wrong, or a warning is missing.
func TestAnswers(t *testing.T) {
	scopes := []string{"smtp.send", "smtp.receive"}
	tests := []struct {
		name     string
		body     string
		kind     string
		forever  bool
		scopes   []string
		warnings []string
	}{
		{"whole", `{"access_token":"a","token_type":"Bearer","expires_in":60,"scope":"smtp.receive smtp.send"}`, "Bearer", false, []string{"smtp.receive", "smtp.send"}, nil},
		{"lower case", `{"access_token":"a","token_type":"bearer","expires_in":60}`, "Bearer", false, scopes, nil},
		{"no type", `{"access_token":"a","expires_in":"60"}`, "Bearer", false, scopes, nil},
		{"no lifetime", `{"access_token":"a","token_type":"BEARER"}`, "Bearer", true, scopes, nil},
		{"less", `{"access_token":"a","token_type":"Bearer","scope":"smtp.send"}`, "Bearer", true, []string{"smtp.send"}, []string{"oauth2-scope-narrowed"}},
		{"nothing", `{"access_token":"a","token_type":"Bearer","scope":""}`, "Bearer", true, []string{}, []string{"oauth2-scope-narrowed"}},
		{"more", `{"access_token":"a","token_type":"Bearer","scope":"SMTP.Send smtp.receive imap"}`, "Bearer", true, []string{"SMTP.Send", "smtp.receive", "imap"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, says(200, tt.body))
			token, err := fetch(t, byClient(s.URL))
			if err != nil {
				t.Fatal(err)
			}
			var warnings []string
			for _, w := range token.Warnings {
				warnings = append(warnings, string(w.Code))
			}
			if token.AccessToken.Reveal() != "a" || token.Type != tt.kind || token.Expires.IsZero() != tt.forever ||
				!slices.Equal(token.Scopes, tt.scopes) || !slices.Equal(warnings, tt.warnings) {
				t.Errorf("%+v, %v", token, warnings)
			}
		})
	}
}

// If this fails, a rotated refresh token is lost without a warning, is shown, or the
// same one given back counts as a new one.
func TestRotation(t *testing.T) {
	const next = "1//0mCx7Dk2Ob9La4Ye6Hw"
	for _, tt := range []struct {
		name, given string
		warned      bool
	}{{"none", "", false}, {"the same", refreshToken, false}, {"another", next, true}} {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, says(200, object(map[string]any{"access_token": "a", "token_type": "Bearer", "refresh_token": tt.given})))
			token, err := fetch(t, byRefreshToken(s.URL))
			if err != nil {
				t.Fatal(err)
			}
			if got := len(token.Warnings) == 1 && token.Warnings[0].Code == "oauth2-refresh-token-rotated"; got != tt.warned {
				t.Errorf("%+v", token.Warnings)
			}
			for _, w := range token.Warnings {
				hides(t, strings.ReplaceAll(w.Detail(), next, refreshToken))
				if got := w.Cause[1]; got != "127.0.0.1 may revoke a refresh token after its first use, and treat a second use as theft. Then the next run fails, and the owner of the mailbox has to consent again." {
					t.Errorf("%q", got)
				}
			}
		})
	}
}
