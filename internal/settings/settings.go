// Package settings holds what a person declared: host, port, TLS mode and
// credentials, with the defaults that follow from each other, and their other
// forms (URL, "host:port", the words of client libraries).
//
// It contacts nothing, knows nothing of Terraform and judges nothing: package
// rules says what is wrong with settings.
package settings

import (
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// Settings is one connection as declared. Fields are named after the arguments.
type Settings struct {
	Host           Value[string]
	Port           Value[int64]
	TLSMode        Value[TLSMode]
	Username       Value[string]
	Password       Value[secret.String]
	AccessToken    Value[secret.String]
	AuthMechanism  Value[Mechanism]
	From           Value[string]
	RcptTo         Value[[]string]
	MessageSubject Value[string]
	CACertPEM      Value[string]
	ClientCertPEM  Value[string]
	ClientKeyPEM   Value[secret.String]
	TLSServerName  Value[string]
	TLSMinVersion  Value[string]
	Insecure       Value[bool]
	EHLOName       Value[string]
	Verify         Value[Verify]
	Clients        Value[[]string]
	IgnoreRules    Value[[]string]
	RetryAttempts  Value[int64]
	Timeout        Value[string]

	// Inherited is what the provider block says of arguments that this one leaves
	// out.
	Inherited Inherited

	// VerifyByDefault is true for the resource: without verify it checks
	// handshake and login. Data sources and ephemerals contact nothing unasked.
	VerifyByDefault bool

	// TakesWriteOnly is true for the resource: it takes secrets as write-only
	// arguments too. WriteOnly names those that are given, and their versions; Twice
	// names the secrets that are given in both ways, and MayBeNull those of WriteOnly
	// that Terraform doesn't know yet.
	TakesWriteOnly bool
	WriteOnly      []string
	Twice          []string
	MayBeNull      []string

	// Ephemeral is true for the ephemeral: nothing of it is ever stored.
	Ephemeral bool

	// Now is the time at which certificates must be valid. With the zero time, no rule
	// depends on the clock.
	Now time.Time

	// AuthKind is the kind of credentials where the credentials themselves are absent,
	// as in the computed object "settings".
	AuthKind Value[Auth]
}

// Inherited are defaults of the provider block that take part in the check, so that
// applications need them too. Nothing in a connection's own block is wrong for them.
type Inherited struct {
	CACertPEM Value[string]
	EHLOName  Value[string]
}

// CheckedCACertPEM is the authority that the check trusts.
func (s Settings) CheckedCACertPEM() Value[string] {
	return s.CACertPEM.Else(s.Inherited.CACertPEM)
}

// CheckedEHLOName is the name that the check gives in EHLO.
func (s Settings) CheckedEHLOName() Value[string] { return s.EHLOName.Else(s.Inherited.EHLOName) }

// Defaults of arguments that don't follow from others.
const (
	DefaultTimeout = 30 * time.Second
	DefaultTLSMin  = "1.2"
	DefaultSubject = "Test message from Terraform"
)

// ResolvedMode is tls_mode, or what follows from port where it is unset:
// implicit on 465 and 2465 and where neither is given, else starttls.
func (s Settings) ResolvedMode() Value[TLSMode] {
	if !s.TLSMode.IsUnset() {
		return s.TLSMode
	}
	if s.Port.IsUnset() {
		return Of(Implicit)
	}
	return Map(s.Port, func(p int64) TLSMode { return ModeOfPort(int(p)) })
}

// ResolvedPort is port, or what follows from tls_mode where it is unset:
// implicit 465, starttls 587. It is unset where tls_mode is none, which has no
// default port.
func (s Settings) ResolvedPort() Value[int64] {
	if !s.Port.IsUnset() {
		return s.Port
	}
	mode := s.ResolvedMode()
	if port, ok := defaultPort[mode.Or("")]; ok {
		return Of(int64(port))
	}
	if mode.IsUnknown() {
		return Unknown[int64]()
	}
	return Value[int64]{}
}

// LongerTimeout proposes a timeout that may help where the given one was too short; ""
// if the given one is the longest.
func LongerTimeout(given time.Duration) string {
	switch {
	case given < 2*time.Minute:
		return "2m"
	case given < 10*time.Minute:
		return "10m"
	}
	return ""
}

// Auth says what kind of credentials are declared.
type Auth string

// The kinds, as in the computed object "settings".
const (
	AuthNone     Auth = "none"
	AuthPassword Auth = "password"
	AuthOAuth2   Auth = "oauth2"
)

// Auths lists the kinds.
var Auths = []Auth{AuthNone, AuthPassword, AuthOAuth2}

// Auth returns the kind of the declared credentials. An access token decides
// for oauth2; a user name alone or any secret means password. It looks at which
// arguments are given, never at their values, so it is unknown only where
// Terraform cannot yet tell whether one is null.
func (s Settings) Auth() Value[Auth] {
	switch {
	case !s.AuthKind.IsUnset():
		return s.AuthKind
	case s.AccessToken.IsKnown():
		return Of(AuthOAuth2)
	case s.AccessToken.IsUnknown():
		return Unknown[Auth]()
	case s.Username.IsKnown() || s.Password.IsKnown():
		return Of(AuthPassword)
	case s.Username.IsUnknown() || s.Password.IsUnknown():
		return Unknown[Auth]()
	}
	return Of(AuthNone)
}

// HasCredentials reports whether there is something to log in with, including a client
// certificate for SASL EXTERNAL.
func (s Settings) HasCredentials() Value[bool] {
	switch {
	case s.AuthMechanism.Or("") == External:
		return Of(true)
	case s.AuthMechanism.IsUnknown() && s.Auth().Or("") == AuthNone:
		return Unknown[bool]() // it may be EXTERNAL
	case s.AuthKind.IsUnset() && (s.Username.IsKnown() || s.Password.IsKnown()):
		return Of(true) // of which kind depends on the access token
	}
	return Map(s.Auth(), func(a Auth) bool { return a != AuthNone })
}

// ResolvedVerify is verify or its default: for a resource auth with
// credentials, else handshake; for the others none.
func (s Settings) ResolvedVerify() Value[Verify] {
	if !s.Verify.IsUnset() {
		return s.Verify
	}
	if !s.VerifyByDefault {
		return Of(VerifyNone)
	}
	return Map(s.HasCredentials(), func(has bool) Verify {
		if has {
			return VerifyAuth
		}
		return VerifyHandshake
	})
}

// GivesWriteOnly reports whether a write-only argument, or its version, is certainly given.
func (s Settings) GivesWriteOnly(name string) bool {
	return slices.Contains(s.WriteOnly, name) && !slices.Contains(s.MayBeNull, name)
}

// Address returns "host:port" with brackets around an IPv6 address.
func Address(h Host, port int64) string {
	return net.JoinHostPort(h.Name, strconv.FormatInt(port, 10))
}

// schemes are those of aerc's configuration, the only published set that tells
// all three modes apart.
var schemes = map[TLSMode]string{Implicit: "smtps", StartTLS: "smtp", NoTLS: "smtp+insecure"}

// ModeOfScheme returns the mode that the scheme of a URL stands for: one of those that
// [URL] writes, or a service name of RFC 8314 section 7.3.
func ModeOfScheme(scheme string) (mode TLSMode, ok bool) {
	switch scheme {
	case "submissions":
		scheme = "smtps"
	case "submission":
		scheme = "smtp"
	}
	for mode, own := range schemes {
		if own == scheme {
			return mode, true
		}
	}
	return "", false
}

// URL returns the connection without credentials: smtps:// for implicit,
// smtp:// for starttls, smtp+insecure:// for none.
func URL(h Host, port int64, mode TLSMode) string {
	return schemes[mode] + "://" + authority(h, port)
}

// authority is the address as a URL holds it: the "%" before the zone of an IPv6
// address is encoded (RFC 6874 section 2).
func authority(h Host, port int64) string { return strings.ReplaceAll(Address(h, port), "%", "%25") }

// URLWithUserinfo returns the connection with user name and password, each encoded by
// [PercentEncode]: some programs cut a URL at any "/", "?", "#" or "+".
func URLWithUserinfo(h Host, port int64, mode TLSMode, username, password string) string {
	return schemes[mode] + "://" + PercentEncode(username) + ":" + PercentEncode(password) + "@" + authority(h, port)
}

// PercentEncode percent-encodes all but the unreserved characters (RFC 3986 section
// 2.3), so that no part of a URL can end another.
func PercentEncode(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }
