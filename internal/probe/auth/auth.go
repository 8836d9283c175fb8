// Package auth chooses the SASL mechanism of a login, has the client of each, and says what
// a refused login means. The mechanisms are go-sasl clients; the caller, which speaks SMTP,
// drives them.
//
// It knows nothing of sockets and SMTP commands, and makes no attempt of its
// own. A secret is revealed only in the response of a mechanism.
package auth

import (
	"crypto/tls"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Credentials are what a person declared to log in with.
type Credentials struct {
	Username    string
	Password    secret.String
	AccessToken secret.String
	External    bool // a client certificate was declared for the TLS handshake
}

// kind returns the kind of credentials that go on the wire. A token counts
// before a password; the rules refuse both together.
func (c Credentials) kind() settings.Auth {
	switch {
	case !c.AccessToken.IsEmpty():
		return settings.AuthOAuth2
	case !c.Password.IsEmpty():
		return settings.AuthPassword
	}
	return settings.AuthNone
}

// Channel is the connection that the login goes over.
type Channel struct {
	TLS      *tls.ConnectionState // nil without TLS
	Host     string
	Port     int
	Verified bool // the certificate was checked

	// Offered are the server's mechanisms, for the "y" flag of SCRAM (RFC 5802
	// section 6). Without them the flag is not set, and nobody notices that an attacker
	// on the path removed -PLUS from the list.
	Offered []string
}

// trusted reports whether only the declared server can read what the client sends.
func (ch Channel) trusted() bool { return ch.TLS != nil && ch.Verified }
