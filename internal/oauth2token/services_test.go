package oauth2token_test

import (
	"crypto/tls"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/oauth2token"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// ask fetches a token from a service with the name of the real one, in a network in
// memory. It also returns what the service was asked.
func ask(t *testing.T, d oauth2token.Declared, status int, answer string) (oauth2token.Token, url.Values, error) {
	t.Helper()
	u, err := url.Parse(d.TokenURL.Or(""))
	if err != nil {
		t.Fatal(err)
	}
	ca, err := smtptest.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := ca.Issue(smtptest.Leaf{Names: []string{u.Hostname()}})
	if err != nil {
		t.Fatal(err)
	}
	n := smtptest.NewNetwork(0)
	n.Names[u.Hostname()] = []string{"192.0.2.1"}
	var asked url.Values
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		asked = r.PostForm
		says(status, answer)(w, r)
	})}
	ln := tls.NewListener(n.Listen("192.0.2.1:443"), &tls.Config{Certificates: []tls.Certificate{certificate}})
	go server.Serve(ln) //nolint:errcheck // ends with Close
	defer server.Close()
	d.CACertPEM = settings.Of(ca.PEM())
	token, err := oauth2token.New(n, n).Fetch(t.Context(), d)
	return token, asked, err
}

// If this fails, a finding lacks what Google or Microsoft do differently, or says it
// of another service.
func TestServicesOfTheirOwnWays(t *testing.T) {
	const (
		sevenDays  = "revokes an app's refresh tokens after 7 days"
		publishing = "In the Google Cloud console, set the app's publishing status to In production"
		delegation = "a service account needs domain-wide delegation for the scope https://mail.google.com/"
		admin      = "In the Google Admin console"
	)
	key := keyPEM(t, rsaKey(t, 2048))
	for _, tt := range []struct {
		name   string
		by     oauth2token.Declared
		answer string
		code   finding.Code
		says   []string
		quiet  []string
	}{
		{"Google, refresh token", byRefreshToken(googleURL), `{"error":"invalid_grant","error_description":"Token has been expired or revoked."}`,
			"oauth2-refresh-token-rejected", []string{sevenDays, publishing}, nil},
		{"Microsoft, refresh token", byRefreshToken(microsoftURL), `{"error":"invalid_grant","error_description":"AADSTS50173: The provided grant has expired."}`,
			"oauth2-refresh-token-rejected", []string{"AADSTS50173: an administrator or the user revoked the tokens, or the password is new."}, []string{sevenDays, publishing}},
		{"others, refresh token", byRefreshToken(otherURL), `{"error":"invalid_grant"}`,
			"oauth2-refresh-token-rejected", nil, []string{sevenDays, publishing, "AADSTS", "Google"}},
		{"Google, service account", byKey(googleURL, key), `{"error":"unauthorized_client"}`, //nolint:misspell // as RFC 6749 section 5.2 writes it
			"oauth2-grant-not-allowed", []string{delegation, admin, "the grant jwt_bearer"}, nil},
		{"others, key", byKey(otherURL, key), `{"error":"unauthorized_client"}`, //nolint:misspell // as RFC 6749 section 5.2 writes it
			"oauth2-grant-not-allowed", []string{"the grant jwt_bearer"}, []string{"Google"}},
		{"Google, statement", byKey(googleURL, key), `{"error":"invalid_grant","error_description":"Invalid JWT Signature."}`,
			"oauth2-assertion-rejected", []string{"Invalid JWT Signature."}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, _, err := ask(t, tt.by, 400, tt.answer)
			f := finding.Of(err)
			said := f.Summary + "\n" + strings.Join(f.Cause, "\n") + "\n" + f.Fix()
			if f.Code != tt.code {
				t.Fatalf("%s\n%s", f.Code, said)
			}
			for _, part := range tt.says {
				if !strings.Contains(said, part) {
					t.Errorf("%q is not in\n%s", part, said)
				}
			}
			for _, part := range tt.quiet {
				if strings.Contains(said, part) {
					t.Errorf("%q is in\n%s", part, said)
				}
			}
		})
	}
}

// If this fails, a new refresh token of Microsoft, which comes with every answer, is
// reported as the end of the old one.
func TestRotationOfMicrosofts(t *testing.T) {
	token, _, err := ask(t, byRefreshToken(microsoftURL), 200, `{"access_token":"a","refresh_token":"b"}`)
	if err != nil || len(token.Warnings) != 1 {
		t.Fatalf("%v %+v", err, token)
	}
	said := strings.Join(token.Warnings[0].Cause, "\n")
	if !strings.Contains(said, "Microsoft keeps accepting the old one") || strings.Contains(said, "theft") {
		t.Error(said)
	}
}

// If this fails, a Google service account that acts for itself asks in a user's name.
func TestGoogleServiceAccountForItself(t *testing.T) {
	_, asked, err := ask(t, byKey(googleURL, keyPEM(t, rsaKey(t, 2048))), 200, `{"access_token":"a"}`)
	if err != nil {
		t.Fatal(err)
	}
	_, claims := parts(t, asked.Get("assertion"))
	if subject, given := claims["sub"]; given || claims["aud"] != "https://oauth2.googleapis.com/token" {
		t.Errorf("sub %v, aud %v", subject, claims["aud"])
	}
}
