package oauth2token_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/oauth2token"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, some answer makes the client panic, gives a token that breaks out of
// a SASL response, or shows control characters or a secret that the service sent back.
func FuzzAnswer(f *testing.F) {
	f.Add(200, "application/json", `{"access_token":"a","token_type":"Bearer","expires_in":3599,"scope":"smtp.send"}`)
	f.Add(200, "text/plain", `{"access_token":"a","refresh_token":"b","expires_in":"-1"}`)
	f.Add(400, "application/json", `{"error":"invalid_grant","error_description":"`+refreshToken+`"}`)
	f.Add(400, "application/x-www-form-urlencoded", "error=invalid_client")
	f.Add(503, "text/html", "<html>"+clientSecret)
	f.Add(302, "", "")
	f.Add(200, "application/json", `{"error":{"code":1},"access_token":["a"]}`)
	n := smtptest.NewNetwork(0)
	answers := make(chan http.HandlerFunc, 1)
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (<-answers)(w, r) })}
	go server.Serve(n.Listen("127.0.0.1:8080")) //nolint:errcheck // ends with Close
	f.Cleanup(func() { server.Close() })
	f.Fuzz(func(t *testing.T, status int, media, body string) {
		if status < 200 || status > 599 || status == 204 || status == 304 || len(body) > 1<<17 ||
			strings.ContainsFunc(media, unicode.IsControl) {
			return
		}
		answers <- func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", media)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		}
		token, err := oauth2token.New(n, n).Fetch(t.Context(), byRefreshToken("http://127.0.0.1:8080/token"))
		found := token.Warnings
		if err != nil {
			found = append(found, finding.Of(err))
		} else if text := token.AccessToken.Reveal(); text == "" || strings.ContainsFunc(text, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
			t.Errorf("a token %q", text)
		}
		for _, f := range found {
			said := f.Summary + f.Detail()
			if f.Code == finding.Unexpected {
				t.Errorf("no words: %v", err)
			}
			for _, hidden := range []string{clientSecret, refreshToken} {
				if strings.Contains(said, hidden) {
					t.Errorf("a secret is shown: %s", said)
				}
			}
			if strings.ContainsFunc(said, func(r rune) bool { return r != '\n' && !unicode.IsPrint(r) }) {
				t.Errorf("a control character: %q", said)
			}
		}
	})
}
