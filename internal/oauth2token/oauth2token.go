// Package oauth2token asks a token service for an OAuth2 access token, with a
// refresh token, with the client's own credentials, or with a statement signed by
// a private key (RFC 6749 sections 4.4 and 6, RFC 7523 section 2.1). It says
// what is wrong with a request before sending it, and what the answer means.
//
// It stands beside probe: it opens connections by the same means and uses the same
// catalogue of findings, but knows nothing of SMTP or Terraform. It stores nothing,
// not even a new refresh token that comes with an access token.
package oauth2token

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Declared is what a person declares to get a token.
type Declared struct {
	TokenURL     settings.Value[string]
	ClientID     settings.Value[string]
	ClientSecret settings.Value[secret.String]
	RefreshToken settings.Value[secret.String]

	PrivateKeyPEM settings.Value[secret.String]
	PrivateKeyID  settings.Value[string]
	Issuer        settings.Value[string] // client_id where unset
	Subject       settings.Value[string] // the issuer where unset, none with Google
	Audience      settings.Value[string] // token_url where unset

	Scopes    settings.Value[[]string]
	CACertPEM settings.Value[string] // the roots of the system where unset
	Timeout   settings.Value[string] // settings.DefaultTimeout where unset

	IgnoreRules settings.Value[[]string]
}

// Token is what the service gave.
type Token struct {
	AccessToken secret.String
	Type        string    // "Bearer", however the service spells it
	Expires     time.Time // zero where the service did not say
	Scopes      []string  // granted; those asked for where the service did not say (RFC 6749 section 5.1)
	Warnings    []finding.Finding
}

// Grant is the kind of a request for a token.
type Grant string

// The grants.
const (
	RefreshToken      Grant = "refresh_token"
	ClientCredentials Grant = "client_credentials"
	JWTBearer         Grant = "jwt_bearer"
)

// grants holds the argument that chooses each grant, and its name on the wire. The
// first argument that is given decides: a client secret may accompany a refresh token,
// so it comes last.
var grants = []struct {
	grant    Grant
	argument string
	given    func(Declared) settings.Value[secret.String]
	wire     string
}{
	{RefreshToken, "refresh_token", func(d Declared) settings.Value[secret.String] { return d.RefreshToken }, "refresh_token"},
	{JWTBearer, "private_key_pem", func(d Declared) settings.Value[secret.String] { return d.PrivateKeyPEM }, "urn:ietf:params:oauth:grant-type:jwt-bearer"},
	{ClientCredentials, "client_secret", func(d Declared) settings.Value[secret.String] { return d.ClientSecret }, "client_credentials"},
}

// grant returns the grant that the arguments choose. It is unset where none of them
// does.
func (d Declared) grant() settings.Value[Grant] {
	for _, g := range grants {
		switch given := g.given(d); {
		case given.IsUnknown():
			return settings.Unknown[Grant]()
		case given.IsKnown():
			return settings.Of(g.grant)
		}
	}
	return settings.Value[Grant]{}
}

func (g Grant) wire() string {
	for _, row := range grants {
		if row.grant == g {
			return row.wire
		}
	}
	return ""
}

// issuer is who signs: issuer, else client_id.
func (d Declared) issuer() settings.Value[string] {
	if d.Issuer.IsUnset() {
		return d.ClientID
	}
	return d.Issuer
}

// host returns the name of the token service, "" where token_url is none.
func (d Declared) host() string {
	u, err := url.Parse(d.TokenURL.Or(""))
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// trust returns what the TLS handshake with the token service verifies.
func (d Declared) trust() certs.Trust {
	name := d.host()
	if host, err := settings.ParseHost(name); err == nil {
		name = host.CertificateName()
	}
	return certs.Trust{ServerName: name, RootsPEM: d.CACertPEM.Or(""), MinVersion: settings.DefaultTLSMin}
}

// secrets must not appear in anything that a service said.
func (d Declared) secrets() []secret.String {
	return []secret.String{
		d.ClientSecret.Or(secret.String{}), d.RefreshToken.Or(secret.String{}), d.PrivateKeyPEM.Or(secret.String{}),
	}
}

// service is a token service that differs from the standard.
type service string

const (
	google    service = "Google"
	microsoft service = "Microsoft"
)

// serviceHosts are the hosts of the token endpoints.
//
// Google: https://developers.google.com/identity/protocols/oauth2/web-server
// (oauth2.googleapis.com; the others are those of its older documents).
// Microsoft: https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
// (the public cloud alone: the scopes of the national ones differ), and
// login.live.com for personal accounts.
var serviceHosts = map[service][]string{
	google:    {"oauth2.googleapis.com", "accounts.google.com", "www.googleapis.com"},
	microsoft: {"login.microsoftonline.com", "login.windows.net", "login.live.com"},
}

// service returns which of these services token_url belongs to, or "".
func (d Declared) service() service {
	host := strings.ToLower(strings.TrimSuffix(d.host(), "."))
	for _, s := range []service{google, microsoft} {
		if slices.Contains(serviceHosts[s], host) {
			return s
		}
	}
	return ""
}
