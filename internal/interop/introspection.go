//go:build interop

package interop

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
)

// introspection starts an authorization server that knows the tokens of some users and
// answers questions about them (RFC 7662 section 2). It returns its address.
func introspection(tb testing.TB, tokens map[string]string) string {
	tb.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := map[string]any{"active": false}
		token := r.PostFormValue("token")
		for name, known := range tokens {
			if token == known {
				answer = map[string]any{"active": true, "username": name, "token_type": "Bearer"}
			}
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answer) // Dovecot reports what it didn't get
	}))
	tb.Cleanup(s.Close)
	return s.Listener.Addr().String()
}
