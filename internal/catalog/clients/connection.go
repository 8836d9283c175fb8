package clients

import (
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Connection is what is handed to a client: the computed object "settings". A
// zero value is one that is not known yet.
type Connection struct {
	Host string // a name, or an address without brackets
	Port int
	Mode settings.TLSMode
	Auth settings.Auth
	From string // empty where there is none: settings that need it are left out

	// What else the check did, and the client has to do too.
	Mechanism         settings.Mechanism
	EHLOName          string
	ServerName        string // to expect in the certificate
	PrivateCA         bool   // a private authority issued the certificate
	ClientCertificate bool
	Insecure          bool // the certificate was not verified

	// Offers are the mechanisms that the service takes for such credentials, as
	// far as that is known, and Documented whether the service itself says so.
	Offers     []settings.Mechanism
	Documented bool

	// Unstored says that the state doesn't hold the secret: it is write-only or
	// ephemeral.
	Unstored bool

	// Username is the user name if the caller put it among the settings, because it is
	// no secret. Otherwise it is among the credentials.
	Username string

	// Where the client finds what it can't take as text: files on the machine where it
	// runs, and the name of a secret in its cluster.
	CAFile, CertFile, KeyFile, SecretName string

	// Later names the parts that are known only at apply. What is rendered of
	// them is a [Later].
	Later []string
}

// Without returns the connection without one of the parts that were to be known
// later.
func (c Connection) Without(part string) Connection {
	c.Later = slices.DeleteFunc(slices.Clone(c.Later), func(name string) bool { return name == part })
	return c
}

// named reports whether the user name is among the settings.
func (c Connection) named() bool { return c.has("username", c.Username) }

// has reports whether a part is given, known or not.
func (c Connection) has(name, value string) bool {
	return value != "" || slices.Contains(c.Later, name)
}

// Later stands for a setting whose value is known only at apply.
type Later struct{ Number, Bool bool }

// parts are the placeholders that follow from each part of a connection, and
// from each credential.
var parts = map[string][]string{
	"host":            {"host", "addr"},
	"port":            {"port", "addr"},
	"from":            {"from", "from.local", "from.domain"},
	"ehlo_name":       {"ehlo"},
	"tls_server_name": {"servername"},
	"ca_file":         {"cafile"},
	"cert_file":       {"certfile"},
	"key_file":        {"keyfile"},
	"secret_name":     {"secret"},
	"username":        {"username", "userinfo"},
	"password":        {"password", "userinfo"},
	"access_token":    {"token"},
}

// later returns the placeholders of the parts that are known only at apply.
func later(names ...string) map[string]bool {
	placeholders := map[string]bool{}
	for _, name := range names {
		for _, p := range parts[name] {
			placeholders[p] = true
		}
	}
	return placeholders
}

// address returns the host where it is an address, and else the zero value.
func (c Connection) address() netip.Addr {
	ip, err := netip.ParseAddr(strings.Trim(c.Host, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return ip
}

// plain are the placeholders that hold no credential. What a connection lacks
// has no entry.
func (c Connection) plain() map[string]string {
	port := strconv.Itoa(c.Port)
	words := map[string]string{"host": c.Host, "port": port, "addr": net.JoinHostPort(c.Host, port)}
	if c.Auth == settings.AuthNone {
		words["userinfo"] = ""
	}
	for name, value := range map[string]string{
		"ehlo": c.EHLOName, "servername": c.ServerName, "cafile": c.CAFile, "certfile": c.CertFile,
		"keyfile": c.KeyFile, "secret": c.SecretName, "username": c.Username,
	} {
		if value != "" {
			words[name] = value
		}
	}
	if c.From != "" {
		words["from"] = c.From
		if at := strings.LastIndexByte(c.From, '@'); at >= 0 {
			words["from.local"], words["from.domain"] = c.From[:at], c.From[at+1:]
		}
	}
	return words
}

// isCredential reports whether a placeholder makes a setting one that holds a
// credential, the user name included: one service's user name is its token.
func isCredential(placeholder string) bool {
	switch placeholder {
	case "username", "password", "token", "userinfo":
		return true
	}
	return false
}

// inURL returns a host as it stands in a URL: IPv6 in brackets, its zone
// percent-encoded (RFC 6874).
func inURL(host string) string {
	if ip, err := netip.ParseAddr(host); err == nil && ip.Is6() {
		return "[" + strings.ReplaceAll(host, "%", "%25") + "]"
	}
	return settings.PercentEncode(host)
}
