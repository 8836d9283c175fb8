package clients

import (
	"net"
	"net/netip"
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

	// Later names the parts among host, port and from that are known only at
	// apply. What is rendered of them is a [Later].
	Later []string
}

// Later stands for a setting whose value is known only at apply.
type Later struct{ Number bool }

// parts are the placeholders that follow from each part of a connection, and
// from each credential.
var parts = map[string][]string{
	"host":         {"host", "addr"},
	"port":         {"port", "addr"},
	"from":         {"from", "from.local", "from.domain"},
	"username":     {"username", "userinfo"},
	"password":     {"password", "userinfo"},
	"access_token": {"token"},
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
