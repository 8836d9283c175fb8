package examples

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"io"
	"log"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// What the examples ask token services with.
const (
	clientSecret = "GOCSPX-secret-of-the-examples"
	refreshToken = "1//0refresh-token-of-the-examples"
)

// tokenServices are those that examples name, with the requests that each accepts.
var tokenServices = map[string]func(form url.Values) bool{
	"oauth2.googleapis.com": func(form url.Values) bool {
		return form.Get("grant_type") == "refresh_token" && form.Get("refresh_token") == refreshToken && form.Get("client_secret") == clientSecret ||
			form.Get("grant_type") == "urn:ietf:params:oauth:grant-type:jwt-bearer" && strings.Count(form.Get("assertion"), ".") == 2
	},
	"login.example.org": func(form url.Values) bool { return form.Get("client_secret") == clientSecret },
	"login.microsoftonline.com": func(form url.Values) bool {
		return form.Get("grant_type") == "refresh_token" && form.Get("refresh_token") == refreshToken && form.Get("scope") == "https://outlook.office.com/SMTP.Send offline_access" ||
			form.Get("grant_type") == "client_credentials" && form.Get("client_secret") == clientSecret && form.Get("scope") == "https://outlook.office365.com/.default"
	},
}

// serveTokens serves the token services, over HTTPS. As Microsoft's does, each
// answers a refresh token with another one where offline_access is asked for.
func (n *internet) serveTokens(t *testing.T) {
	t.Helper()
	certificate, err := authority.Issue(smtptest.Leaf{Names: slices.Collect(maps.Keys(tokenServices))})
	if err != nil {
		t.Fatal(err)
	}
	for name := range tokenServices {
		n.Names[name] = []string{"192.0.2.200"}
	}
	server := &http.Server{
		ReadHeaderTimeout: time.Minute,
		ErrorLog:          log.New(io.Discard, "", 0),
		TLSConfig:         &tls.Config{Certificates: []tls.Certificate{certificate}},
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": 3599}
			accepts, known := tokenServices[r.Host]
			if err := r.ParseForm(); err != nil || !known || !accepts(r.PostForm) {
				w.WriteHeader(http.StatusBadRequest)
				answer = map[string]any{"error": "invalid_grant"}
			} else if strings.Contains(r.PostForm.Get("scope"), "offline_access") {
				answer["refresh_token"] = "another"
			}
			w.Header().Set("Content-Type", "application/json")
			_ = json.NewEncoder(w).Encode(answer)
		}),
	}
	listener := n.Listen("192.0.2.200:443")
	go server.ServeTLS(listener, "", "") //nolint:errcheck // ends with Close
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	})
}

// serviceAccount returns a key file in the form of Google's.
var serviceAccount = sync.OnceValue(func() string {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		log.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		log.Fatal(err)
	}
	text, err := json.Marshal(map[string]string{
		"type":           "service_account",
		"private_key_id": "0123456789abcdef",
		"private_key":    string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})),
		"client_email":   "app@project.example.org",
	})
	if err != nil {
		log.Fatal(err)
	}
	return string(text)
})
