package oauth2token_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/oauth2token"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, a token service's answer is misread, a request is sent again, or what
// a service says shows a secret.
func TestRefusals(t *testing.T) {
	echo := clientSecret + " and " + refreshToken
	rejects := func(code, description string) http.HandlerFunc {
		return says(400, object(map[string]any{"error": code, "error_description": description}))
	}
	tests := []struct {
		name   string
		answer http.HandlerFunc
		code   string
		shows  string
	}{
		{"client unknown", says(401, `{"error":"invalid_client","error_description":"The OAuth client was not found."}`), "oauth2-client-rejected", "The OAuth client was not found."},
		{"secret expired", rejects("invalid_client", "AADSTS7000222: The provided client secret keys for app are expired.\r\nTrace ID: 1"), "oauth2-client-rejected", "AADSTS7000222: client_secret has expired."},
		{"refresh token revoked", rejects("invalid_grant", "Token has been expired or revoked."), "oauth2-refresh-token-rejected", "Token has been expired or revoked."},
		{"refresh token unused", rejects("invalid_grant", "AADSTS700082: The refresh token has expired due to inactivity."), "oauth2-refresh-token-rejected", "AADSTS700082: the refresh token was not used for too long."},
		{"scope", rejects("invalid_scope", "AADSTS70011: The provided value for the input parameter 'scope' is not valid."), "oauth2-scope-rejected", "AADSTS70011: one of the scopes does not exist."},
		{"client not allowed", rejects("unauthorized_client", "No."), "oauth2-grant-not-allowed", "(unauthorized_client)"}, //nolint:misspell // as RFC 6749 section 5.2 writes it
		{"grant not allowed", rejects("unsupported_grant_type", ""), "oauth2-grant-not-allowed", "the grant refresh_token"},
		{"another code", rejects("interaction_required", "AADSTS53003: Blocked."), "oauth2-request-rejected", "AADSTS53003: a Conditional Access policy forbids it."},
		{"an error with status 200", says(200, `{"error":"invalid_grant"}`), "oauth2-refresh-token-rejected", "(invalid_grant)"},
		{"an error as text/plain", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/plain")
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"error":"invalid_scope"}`)
		}, "oauth2-scope-rejected", "(invalid_scope)"},
		{"secrets in the description", rejects("invalid_grant", "what is "+echo), "oauth2-refresh-token-rejected", "what is [redacted] and [redacted]"},
		{"secrets in the code", rejects(echo, ""), "oauth2-request-rejected", "refused to issue a token: [redacted]"},
		{"escapes in the description", rejects("invalid_grant", "\x1b[2J\u202e"), "oauth2-refresh-token-rejected", `\x1b[2J\u{202e}`},
		{"a long description", rejects("invalid_grant", strings.Repeat("x", 1000)), "oauth2-refresh-token-rejected", strings.Repeat("x", 400) + "… (600 bytes more)"},
		{"an object in place of the code", says(403, `{"error":{"code":403,"message":"no"}}`), "oauth2-service-error", `"message":"no"`},
		{"JSON without an error", says(500, `{"message":"`+clientSecret+`"}`), "oauth2-service-error", `{"message":"[redacted]"}`},
		{"text", func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "busy "+echo, http.StatusServiceUnavailable)
		}, "oauth2-service-error", "HTTP 503"},
		{"404", http.NotFound, "oauth2-service-error", "HTTP 404"},
		{"a page", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, "<!doctype html><title>Sign in</title>"+echo)
		}, "oauth2-answer-not-json", "a page (HTML)"},
		{"a page with 502", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusBadGateway)
			fmt.Fprint(w, "<html>bad gateway</html>")
		}, "oauth2-answer-not-json", "(HTTP 502)"},
		{"text with 200", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "access_token=a") }, "oauth2-answer-not-json", "The answer is text"},
		{"nothing", says(200, ""), "oauth2-answer-not-json", "The answer is empty"},
		{"a list", says(200, "[]"), "oauth2-answer-not-json", "The answer is text"},
		{"null", says(200, "null"), "oauth2-answer-not-json", "The answer is text"},
		{"cut off", says(200, `{"access_token":"`+accessToken), "oauth2-answer-not-json", "The answer is text"},
		{"no token", says(200, `{"token_type":"Bearer"}`), "oauth2-answer-no-token", "reports no error"},
		{"an ID token", says(200, `{"id_token":"a.b.c","token_type":"Bearer"}`), "oauth2-answer-no-token", "an ID token"},
		{"an empty token", says(200, `{"access_token":"","token_type":"Bearer"}`), "oauth2-answer-no-token", "contains no access token"},
		{"no text", says(200, `{"access_token":{"a":1},"token_type":"Bearer"}`), "oauth2-answer-no-token", "contains no access token"},
		{"a token with 500", says(500, `{"access_token":"`+accessToken+`"}`), "oauth2-service-error", "HTTP 500"},
		{"a lifetime that is none", says(200, `{"access_token":"a","expires_in":"soon"}`), "oauth2-answer-not-json", "a member of another kind"},
		{"a forged field", says(200, `{"access_token":"a\u0001user=root","token_type":"Bearer"}`), "oauth2-answer-no-token", "a text that can't be one"},
		{"a line end", says(200, `{"access_token":"a\r\nRSET","token_type":"Bearer"}`), "oauth2-answer-no-token", "a text that can't be one"},
		{"another type", says(200, `{"access_token":"a","token_type":"DPoP"}`), "oauth2-token-type", "of type DPoP"},
		{"a secret as type", says(200, object(map[string]any{"access_token": "a", "token_type": clientSecret})), "oauth2-token-type", "of type [redacted]"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, tt.answer)
			f := refused(t, t.Context(), byRefreshToken(s.URL+"/token"))
			if string(f.Code) != tt.code || !strings.Contains(f.Summary+"\n"+f.Detail(), tt.shows) {
				t.Errorf("%s: %s\n%s", f.Code, f.Summary, f.Detail())
			}
			s.once(t)
		})
	}
}

// If this fails, a redirect takes the secrets elsewhere, or its address shows them.
func TestRedirects(t *testing.T) {
	for _, status := range []int{301, 302, 303, 307, 308} {
		reached := false
		other := serve(t, func(http.ResponseWriter, *http.Request) { reached = true })
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL+"/?"+r.PostForm.Encode(), status)
		})
		f := refused(t, t.Context(), byClient(s.URL))
		if f.Code != "oauth2-service-redirect" || reached || !strings.Contains(f.Detail(), "It points to "+other.URL+".") {
			t.Errorf("%d: %s reached=%t\n%s", status, f.Code, reached, f.Detail())
		}
	}
}

// endless writes a chunk again and again until the client has gone.
func endless(w http.ResponseWriter, chunk string, every time.Duration) {
	w.Header().Set("Content-Type", "application/json")
	for range 1 << 20 {
		if _, err := fmt.Fprint(w, chunk); err != nil {
			return
		}
		w.(http.Flusher).Flush()
		time.Sleep(every)
	}
}

// If this fails, a service can fill the memory of this machine.
func TestHostileServices(t *testing.T) {
	tests := []struct {
		name   string
		answer http.HandlerFunc
		code   string
	}{
		{"endless", func(w http.ResponseWriter, _ *http.Request) { endless(w, strings.Repeat(" ", 4096), 0) }, "oauth2-answer-too-large"},
		{"a byte more than there may be", says(200, `{"access_token":"a"}`+strings.Repeat(" ", 65537-20)), "oauth2-answer-too-large"},
		{"announced as huge", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "1099511627776")
			endless(w, strings.Repeat(" ", 4096), 0)
		}, "oauth2-answer-too-large"},
		{"a huge header", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-Filler", strings.Repeat("x", 1<<20))
		}, "oauth2-service-unreachable"},
		{"hanging up", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "oauth2-service-unreachable"},
		{"cut off", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, `{"access_token":`)
		}, "oauth2-service-unreachable"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, tt.answer)
			if f := refused(t, t.Context(), byClient(s.URL)); string(f.Code) != tt.code {
				t.Errorf("%s\n%s", f.Code, f.Detail())
			}
			s.once(t)
		})
	}
	s := serve(t, says(200, `{"access_token":"a"}`+strings.Repeat(" ", 65536-20)))
	if token, err := fetch(t, byClient(s.URL)); err != nil || token.AccessToken.Reveal() != "a" {
		t.Errorf("64 KiB: %v", err)
	}
}

// If this fails, an interrupted plan goes on waiting, or is reported as a timeout.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if f := refused(t, ctx, byClient(s.URL)); f.Code != "check-cancelled" {
		t.Errorf("%s\n%s", f.Code, f.Detail())
	}
}

// If this fails, a service that can't be reached is reported as another mistake.
func TestUnreachable(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := "http://" + ln.Addr().String()
	ln.Close()
	noTLS := serve(t, says(200, "{}"))
	for _, tt := range []struct{ name, url, code, shows string }{
		{"refused", closed, "oauth2-service-unreachable", " refuses connections"},
		{"clear text", strings.Replace(noTLS.URL, "http:", "https:", 1), "oauth2-service-certificate", "It speaks no TLS on this port."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := refused(t, t.Context(), byClient(tt.url))
			if string(f.Code) != tt.code || !strings.Contains(f.Detail(), tt.shows) {
				t.Errorf("%s\n%s", f.Code, f.Detail())
			}
		})
	}
}

// If this fails, a name that doesn't exist is reported as another mistake.
func TestNoSuchName(t *testing.T) {
	n := smtptest.NewNetwork(0)
	_, err := oauth2token.New(n, n).Fetch(t.Context(), byClient("https://token.example.com/token"))
	f := finding.Of(err)
	if f.Code != "oauth2-service-unreachable" || !slices.Equal(f.Cause[:1], []string{"token.example.com has no address in DNS."}) {
		t.Errorf("%s\n%s", f.Code, f.Detail())
	}
}

// If this fails, secrets go to a service whose certificate is not trusted, or
// ca_cert_pem is ignored.
func TestTLS(t *testing.T) {
	s := &tokenService{}
	s.Server = httptest.NewUnstartedServer(s.noting(says(200, `{"access_token":"a"}`)))
	s.Config.ErrorLog = silent
	s.StartTLS()
	t.Cleanup(s.Close)
	d := byClient(s.URL)
	if f := refused(t, t.Context(), d); f.Code != "oauth2-service-certificate" || len(f.Seen) == 0 {
		t.Errorf("%s\n%s", f.Code, f.Detail())
	}
	if len(s.asked) != 0 {
		t.Error("the request was sent")
	}
	d.CACertPEM = settings.Of(pemOf(s.Certificate()))
	if token, err := fetch(t, d); err != nil || token.AccessToken.Reveal() != "a" {
		t.Errorf("with ca_cert_pem: %v", err)
	}
	d.TokenURL = settings.Of(strings.Replace(s.URL, "127.0.0.1", "localhost", 1))
	if f := refused(t, t.Context(), d); f.Code != "oauth2-service-certificate" || !strings.Contains(f.Detail(), "localhost") {
		t.Errorf("another name: %s\n%s", f.Code, f.Detail())
	}
}
