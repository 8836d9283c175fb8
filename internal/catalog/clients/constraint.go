package clients

import (
	"slices"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Constraint is a condition under which a client can't express a connection,
// though it knows the mode. It is written once, for all modes that it concerns.
type Constraint struct {
	Kind        Kind               `json:"kind"`
	Modes       []settings.TLSMode `json:"modes"`        // empty for all
	Ports       []int              `json:"ports"`        // of the kinds about ports
	UnlessHosts []string           `json:"unless_hosts"` // hosts that are exempt
	Reason      string             `json:"reason"`
}

// Kind says what a constraint is about.
type Kind string

// The kinds.
const (
	PortDecides Kind = "port-decides" // these modes on these ports, the others on all others
	OnlyPorts   Kind = "only-ports"   // no port but these
	NotPorts    Kind = "not-ports"    // any port but these
	NoLogin     Kind = "no-login"     // no credentials
	NeedsLogin  Kind = "login"        // nothing without credentials
	NeedsSender Kind = "sender"       // nothing without a sender
	NoAddress   Kind = "no-address"   // no host but by its name
	NoIPv6      Kind = "no-ipv6"      // no host by its IPv6 address
)

// violations tell whether a connection violates a constraint. What is not known
// yet violates nothing.
var violations = map[Kind]func(Constraint, Connection) bool{
	PortDecides: func(k Constraint, c Connection) bool {
		return c.Port != 0 && slices.Contains(k.Ports, c.Port) != slices.Contains(k.Modes, c.Mode)
	},
	OnlyPorts:   func(k Constraint, c Connection) bool { return c.Port != 0 && !slices.Contains(k.Ports, c.Port) },
	NotPorts:    func(k Constraint, c Connection) bool { return slices.Contains(k.Ports, c.Port) },
	NoLogin:     func(_ Constraint, c Connection) bool { return c.Auth != "" && c.Auth != settings.AuthNone },
	NeedsLogin:  func(_ Constraint, c Connection) bool { return c.Auth == settings.AuthNone },
	NeedsSender: func(_ Constraint, c Connection) bool { return c.From == "" && !slices.Contains(c.Later, "from") },
	NoAddress:   func(_ Constraint, c Connection) bool { return c.address().IsValid() },
	NoIPv6:      func(_ Constraint, c Connection) bool { return c.address().Is6() },
}

// violated reports whether the connection can't be expressed because of k.
func (k Constraint) violated(c Connection) bool {
	if len(k.UnlessHosts) > 0 && (c.Host == "" || slices.Contains(k.UnlessHosts, c.Host)) {
		return false
	}
	return k.Concerns(c.Mode) && violations[k.Kind](k, c)
}

// Concerns reports whether the constraint says anything about a mode.
func (k Constraint) Concerns(mode settings.TLSMode) bool {
	return len(k.Modes) == 0 || k.Kind == PortDecides || slices.Contains(k.Modes, mode)
}

// inability returns why the client can't express the connection, or "", and the
// kind of the constraint, if it is one.
func (c Client) inability(conn Connection) (string, Kind) {
	if reason := c.Modes[conn.Mode].Impossible; reason != "" {
		return reason, ""
	}
	for _, k := range c.Constraints {
		if k.violated(conn) {
			return k.Reason, k.Kind
		}
	}
	if _, ok := c.Auth[conn.Auth]; !ok && conn.Auth != "" {
		return unusable[conn.Auth], ""
	}
	return "", ""
}

// able reports whether the client can express the connection.
func (c Client) able(conn Connection) bool {
	reason, _ := c.inability(conn)
	return reason == ""
}

var unusable = map[settings.Auth]string{
	settings.AuthNone:     "it always logs in",
	settings.AuthPassword: "it takes no password",
	settings.AuthOAuth2:   "its settings take no access token",
}

// usual are the ports where a mode is found, the standard one first. A
// connection in clear is never proposed.
var usual = map[settings.TLSMode][]int{
	settings.Implicit: {465, 2465},
	settings.StartTLS: {587, 2587, 2525},
}

// port returns a usual port of a mode with which the client can express the
// connection.
func (c Client) port(conn Connection, mode settings.TLSMode) (int, bool) {
	for _, port := range usual[mode] {
		conn.Mode, conn.Port = mode, port
		if c.able(conn) {
			return port, true
		}
	}
	return 0, false
}

// otherMode returns a mode with TLS, and a port of it, with which the client can
// express the connection though it can't in its own mode.
func (c Client) otherMode(conn Connection) (settings.TLSMode, int, bool) {
	for _, mode := range settings.TLSModes {
		if mode == conn.Mode {
			continue
		}
		if port, ok := c.port(conn, mode); ok {
			return mode, port, true
		}
	}
	return "", 0, false
}
