package oauth2token_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/oauth2token"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/dial"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

const (
	clientSecret = "Kz8~Q2/vB+w9Jx4Lm7Rt1"
	refreshToken = "1//0gHs6Yb3Wq8Zp5Nc2Vd=="
	accessToken  = "ya29.Tg5Uk9Io2-Ep7Fj4Sx"
)

// tokenService is a token service on the loopback that notes what it was asked.
type tokenService struct {
	*httptest.Server
	mu    sync.Mutex
	asked []url.Values
	heads []http.Header
}

// serve answers each request by the handler, which finds the form parsed.
func serve(t *testing.T, answer http.HandlerFunc) *tokenService {
	t.Helper()
	s := &tokenService{}
	s.Server = httptest.NewServer(s.noting(answer))
	t.Cleanup(s.Close)
	return s
}

func (s *tokenService) noting(answer http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		s.mu.Lock()
		s.asked = append(s.asked, r.PostForm)
		s.heads = append(s.heads, r.Header.Clone())
		s.mu.Unlock()
		answer(w, r)
	})
}

// once returns the only request, and ends the test if there was another.
func (s *tokenService) once(t *testing.T) url.Values {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.asked) != 1 {
		t.Fatalf("%d requests, want 1", len(s.asked))
	}
	return s.asked[0]
}

// says answers with a status and a body of JSON.
func says(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}
}

func object(members map[string]any) string {
	text, err := json.Marshal(members)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// byRefreshToken, byClient are what is declared for two of the grants.
func byRefreshToken(tokenURL string) oauth2token.Declared {
	return oauth2token.Declared{
		TokenURL:     settings.Of(tokenURL),
		ClientID:     settings.Of("robot"),
		ClientSecret: settings.Of(secret.New(clientSecret)),
		RefreshToken: settings.Of(secret.New(refreshToken)),
	}
}

func byClient(tokenURL string) oauth2token.Declared {
	return oauth2token.Declared{
		TokenURL:     settings.Of(tokenURL),
		ClientID:     settings.Of("robot"),
		ClientSecret: settings.Of(secret.New(clientSecret)),
		Scopes:       settings.Of([]string{"smtp.send", "smtp.receive"}),
	}
}

func fetch(t *testing.T, d oauth2token.Declared) (oauth2token.Token, error) {
	t.Helper()
	return oauth2token.New(dial.System{}, dial.System{}).Fetch(t.Context(), d)
}

// refused fetches, and returns the finding of the error that is to come.
func refused(t *testing.T, ctx context.Context, d oauth2token.Declared) finding.Finding { //nolint:revive // t first, as in every helper
	t.Helper()
	token, err := oauth2token.New(dial.System{}, dial.System{}).Fetch(ctx, d)
	if err == nil {
		t.Fatalf("a token: %+v", token)
	}
	f := finding.Of(err)
	hides(t, f.Summary+f.Detail()+err.Error())
	if dropped := f.Dropped(); dropped != nil {
		t.Errorf("%s lacks a fact for %q", f.Code, dropped)
	}
	return f
}

// hides fails where a text shows one of the secrets, in whole or in good part.
func hides(t *testing.T, text string) {
	t.Helper()
	for _, hidden := range []string{clientSecret, refreshToken, accessToken} {
		for i := 0; i+8 <= len(hidden); i++ {
			if strings.Contains(text, hidden[i:i+8]) {
				t.Fatalf("a secret is shown: %s", text)
			}
		}
	}
}
