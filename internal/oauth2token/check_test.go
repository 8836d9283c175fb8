package oauth2token_test

import (
	"crypto/elliptic"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/oauth2token"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

const (
	googleURL    = "https://oauth2.googleapis.com/token"
	microsoftURL = "https://login.microsoftonline.com/common/oauth2/v2.0/token"
	otherURL     = "https://token.example.com/token"

	uuid = "6f1c2a3b-0000-4d5e-8f90-a1b2c3d4e5f6"
)

func text(s string) settings.Value[string]          { return settings.Of(s) }
func hidden(s string) settings.Value[secret.String] { return settings.Of(secret.New(s)) }
func list(s ...string) settings.Value[[]string]     { return settings.Of(s) }

func codes(found []finding.Finding) []string {
	out := []string{}
	for _, f := range found {
		out = append(out, string(f.Code))
	}
	return out
}

// request is what is declared, and the findings that it has.
type request struct {
	name   string
	by     func(string) oauth2token.Declared
	url    string
	change func(*oauth2token.Declared)
	want   []string
}

// declared returns the request as it is judged.
func (r request) declared() oauth2token.Declared {
	d := r.by(r.url)
	if r.change != nil {
		r.change(&d)
	}
	return d
}

// requests are sound requests, and some with each kind of mistake.
func requests(t *testing.T) []request {
	t.Helper()
	unset, unknown := settings.Value[secret.String]{}, settings.Unknown[secret.String]()
	key := keyPEM(t, ecKey(t, elliptic.P256()))
	return []request{
		{"refresh token", byRefreshToken, otherURL, nil, nil},
		{"Google", byRefreshToken, googleURL, nil, nil},
		{"Google with its scope", byRefreshToken, googleURL, func(d *oauth2token.Declared) { d.Scopes = list("https://mail.google.com/") }, nil},
		{"Microsoft", byRefreshToken, microsoftURL, func(d *oauth2token.Declared) {
			d.RefreshToken, d.Scopes = hidden("0.AXoA-refresh"), list("https://outlook.office.com/SMTP.Send", "offline_access")
		}, nil},
		{"Microsoft, an application", byClient, microsoftURL, func(d *oauth2token.Declared) { d.Scopes = list("https://outlook.office365.com/.default") }, nil},
		{"a public client", byRefreshToken, otherURL, func(d *oauth2token.Declared) { d.ClientSecret = unset }, nil},
		{"client credentials", byClient, otherURL, nil, nil},
		{"without scopes", byClient, otherURL, func(d *oauth2token.Declared) { d.Scopes = settings.Value[[]string]{} }, nil},

		{"all unknown", byClient, otherURL, func(d *oauth2token.Declared) {
			*d = oauth2token.Declared{TokenURL: settings.Unknown[string](), ClientID: settings.Unknown[string](), ClientSecret: unknown,
				RefreshToken: unknown, PrivateKeyPEM: unknown, Scopes: settings.Unknown[[]string]()}
		}, nil},
		{"secret unknown", byClient, otherURL, func(d *oauth2token.Declared) { d.ClientSecret = unknown }, nil},
		{"which grant is unknown", byClient, microsoftURL, func(d *oauth2token.Declared) {
			d.RefreshToken, d.Scopes, d.ClientID = unknown, settings.Value[[]string]{}, settings.Value[string]{}
		}, nil},
		{"scopes unknown", byClient, microsoftURL, func(d *oauth2token.Declared) { d.Scopes = settings.Unknown[[]string]() }, nil},
		{"key unknown beside claims", byClient, otherURL, func(d *oauth2token.Declared) {
			d.ClientSecret, d.PrivateKeyPEM, d.Issuer = unset, unknown, text("robot")
		}, nil},

		{"nothing to ask with", byClient, otherURL, func(d *oauth2token.Declared) { d.ClientSecret = unset }, []string{"oauth2-grant-missing"}},
		{"no client_id for a refresh token", byRefreshToken, otherURL, func(d *oauth2token.Declared) { d.ClientID = settings.Value[string]{} }, []string{"oauth2-grant-missing"}},
		{"no client_id for a secret", byClient, otherURL, func(d *oauth2token.Declared) { d.ClientID = settings.Value[string]{} }, []string{"oauth2-grant-missing"}},
		{"no scopes for an application at Microsoft", byClient, microsoftURL, func(d *oauth2token.Declared) { d.Scopes = list() }, []string{"oauth2-grant-missing"}},
		{"a key beside a refresh token", byRefreshToken, otherURL, func(d *oauth2token.Declared) { d.PrivateKeyPEM = hidden(key) }, []string{"oauth2-grant-ambiguous"}},
		{"a key beside a secret", byClient, otherURL, func(d *oauth2token.Declared) { d.PrivateKeyPEM = hidden(key) }, []string{"oauth2-grant-ambiguous"}},
		{"claims without a key", byClient, otherURL, func(d *oauth2token.Declared) { d.Subject = text("mailbox@example.com") }, []string{"oauth2-claims-unused"}},

		{"a login page", byClient, "https://login.microsoftonline.com/common/oauth2/v2.0/authorize", func(d *oauth2token.Declared) { d.Scopes = list("https://outlook.office365.com/.default") }, []string{"oauth2-token-url-page"}},
		{"Keycloak's login page", byClient, "https://id.example.com/realms/mail/protocol/openid-connect/auth", nil, []string{"oauth2-token-url-unusual"}},
		{"an empty secret", byClient, otherURL, func(d *oauth2token.Declared) { d.ClientSecret = hidden("") }, []string{"credential-empty"}},
		{"a line end", byRefreshToken, otherURL, func(d *oauth2token.Declared) { d.RefreshToken = hidden(refreshToken + "\n") }, []string{"credential-line-end"}},
		{"a control character", byClient, otherURL, func(d *oauth2token.Declared) { d.ClientID = text("rob\x00ot") }, []string{"credential-control-character"}},
		{"two scopes in one", byClient, otherURL, func(d *oauth2token.Declared) { d.Scopes = list("smtp.send smtp.receive") }, []string{"oauth2-scope-invalid"}},
		{"an empty scope", byClient, otherURL, func(d *oauth2token.Declared) { d.Scopes = list("") }, []string{"oauth2-scope-invalid"}},

		{"Google's scope without the slash", byRefreshToken, googleURL, func(d *oauth2token.Declared) { d.Scopes = list("https://mail.google.com") }, []string{"oauth2-scope-service"}},
		{"the scope of Gmail's API", byRefreshToken, googleURL, func(d *oauth2token.Declared) { d.Scopes = list("https://www.googleapis.com/auth/gmail.send") }, []string{"oauth2-scope-service"}},
		{"the scope of Graph", byClient, microsoftURL, func(d *oauth2token.Declared) { d.Scopes = list("https://graph.microsoft.com/.default") }, []string{"oauth2-scope-service"}},
		{"a user's scope for an application", byClient, microsoftURL, func(d *oauth2token.Declared) { d.Scopes = list("https://outlook.office.com/SMTP.Send") }, []string{"oauth2-scope-service"}},
		{"offline_access alone", byRefreshToken, microsoftURL, func(d *oauth2token.Declared) { d.RefreshToken, d.Scopes = hidden("0.AXoA"), list("offline_access") }, []string{"oauth2-scope-service"}},
		{"the ID of a secret", byClient, microsoftURL, func(d *oauth2token.Declared) {
			d.ClientSecret, d.Scopes = hidden(uuid), list("https://outlook.office365.com/.default")
		}, []string{"oauth2-secret-id"}},
		{"a secret that is a UUID elsewhere", byClient, otherURL, func(d *oauth2token.Declared) { d.ClientSecret = hidden(uuid) }, nil},
		{"an access token", byRefreshToken, googleURL, func(d *oauth2token.Declared) { d.RefreshToken = hidden(accessToken) }, []string{"oauth2-refresh-token-kind"}},
		{"an authorization code", byRefreshToken, googleURL, func(d *oauth2token.Declared) { d.RefreshToken = hidden("4/0AfJohXn") }, []string{"oauth2-refresh-token-kind"}},
	}
}

// If this fails, a request that can't succeed is made, or the plan refuses one that
// can.
func TestCheck(t *testing.T) {
	tested := []string{"oauth2-token-url", "oauth2-private-key-unreadable"} // in tests of their own
	for _, tt := range requests(t) {
		tested = append(tested, tt.want...)
		t.Run(tt.name, func(t *testing.T) {
			found := oauth2token.Check(tt.declared())
			if got := codes(found); !slices.Equal(got, append([]string{}, tt.want...)) {
				t.Fatalf("found %v", got)
			}
			for _, f := range found {
				hides(t, f.Summary+f.Detail())
				if strings.Contains(f.Summary+f.Detail(), uuid) {
					t.Error("the secret is shown")
				}
			}
		})
	}
	for _, row := range finding.Catalogue() {
		if row.Stage == finding.Plan && strings.HasPrefix(string(row.Code), "oauth2-") && !slices.Contains(tested, string(row.Code)) {
			t.Errorf("%s is found in no test", row.Code)
		}
	}
}

// If this fails, secrets could cross a network in clear text, or go to something other
// than an address.
func TestTokenURLs(t *testing.T) {
	for url, reason := range map[string]string{
		"https://token.example.com":              "",
		"https://token.example.com:8443/x?y=z":   "",
		"http://127.0.0.1:8080/token":            "",
		"http://127.1.2.3/token":                 "",
		"http://[::1]:8080/token":                "",
		"http://localhost/token":                 "",
		"":                                       "it is empty",
		"\u00a0https://token.example.com":        "it holds white space",
		"https://token.example.com/\n":           "it holds white space",
		"https://login.example.com/{tenant}/t":   "it holds a placeholder in brackets",
		"https://login.example.com/<tenant>/t":   "it holds a placeholder in brackets",
		"token.example.com/token":                "it does not begin with https://",
		"/token":                                 "it does not begin with https://",
		"https:token.example.com":                "it does not begin with https://",
		"https:///token":                         "it names no host",
		"https://:443/token":                     "it names no host",
		"https://robot:pw-secret@t.example.com/": "it holds a user name or password",
		"https://token.example.com/#x":           "it holds a #",
		"https://token.example.com/#":            "it holds a #",
		"http://token.example.com/token":         "with http anyone on the network path could read the secrets",
		"http://192.0.2.1/token":                 "with http anyone on the network path could read the secrets",
		"http://127.0.0.1.example.com/token":     "with http anyone on the network path could read the secrets",
		"http://localhost.example.com/token":     "with http anyone on the network path could read the secrets",
		"ftp://token.example.com/token":          "its scheme is neither https nor http",
	} {
		found := oauth2token.Check(byClient(url))
		want := []string{"oauth2-token-url"}
		if reason == "" {
			want = []string{}
		}
		if got := codes(found); !slices.Equal(got, want) {
			t.Errorf("%q: %v", url, got)
			continue
		}
		if reason != "" && (found[0].Summary != "token_url is not the URL of a token service: "+reason || strings.Contains(found[0].Detail(), "pw-secret")) {
			t.Errorf("%q: %s", url, found[0].Summary)
		}
	}
}

// If this fails, ignore_rules switches off a guard, or can't switch off a rule that
// you break on purpose.
func TestIgnored(t *testing.T) {
	d := byClient(microsoftURL)
	d.Subject, d.ClientSecret = text("mailbox@example.com"), hidden("\n")
	if got := codes(oauth2token.Check(d)); !slices.Equal(got, []string{"credential-line-end", "oauth2-scope-service", "oauth2-claims-unused"}) {
		t.Errorf("found %v", got)
	}
	for name, ignored := range map[string]settings.Value[[]string]{
		"named":   list("credential-line-end", "oauth2-scope-service", "oauth2-claims-unused"),
		"unknown": settings.Unknown[[]string](),
	} {
		d.IgnoreRules = ignored
		if got := codes(oauth2token.Check(d)); !slices.Equal(got, []string{"credential-line-end"}) {
			t.Errorf("%s: left %v", name, got)
		}
	}
}
