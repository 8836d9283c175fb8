package clients

import (
	"maps"
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Abilities are what a client can do besides connecting to a host and port in a mode.
// An ability that is left out is not known, and no finding is about it.
type Abilities struct {
	// Mechanisms are those that the client can log in with. The settings of one make
	// the client use it; one without settings is for clients that choose by themselves.
	Mechanisms map[settings.Mechanism]template `json:"mechanisms"`

	// Chooses are the mechanisms among which the client chooses when none is set: it
	// takes the first that the server offers.
	Chooses []settings.Mechanism `json:"chooses"`

	EHLOName          Ability `json:"ehlo_name"`
	ServerName        Ability `json:"server_name"` // to expect a name other than host in the certificate
	PrivateCA         Ability `json:"private_ca"`
	ClientCertificate Ability `json:"client_certificate"`
	SkipVerification  Ability `json:"skip_verification"`
	SMTPUTF8          Ability `json:"smtputf8"`
}

// Ability is whether a client can do one thing.
type Ability struct {
	Can      Can      `json:"can"`
	Settings template `json:"settings"` // what tells it to
	How      string   `json:"how"`      // what to do outside its settings, or what the client does instead
}

// Can says whether a client can do something. Empty, it is not known.
type Can string

// The degrees.
const (
	BySetting Can = "setting" // its settings tell it to
	Outside   Can = "outside" // something beside its settings does, such as a trust store
	Always    Can = "always"  // it does so by itself
	Cannot    Can = "no"
)

// A demand is something that a connection may ask of its client besides host, port
// and mode.
type demand struct {
	made    func(Client, Connection) bool
	ability func(Abilities) Ability

	outside, cannot finding.Code // what to say; empty for nothing
}

// demands are all of them. A demand that makes the client fail is an error, one that
// may make it fail is a warning.
var demands = []demand{
	{
		made:    func(_ Client, c Connection) bool { return c.has("ehlo_name", c.EHLOName) },
		ability: func(a Abilities) Ability { return a.EHLOName },
		outside: "client-ehlo-name", cannot: "client-ehlo-name",
	},
	{
		made: func(client Client, c Connection) bool {
			return c.has("tls_server_name", c.ServerName) && c.ServerName != c.Host && client.verifies(c)
		},
		ability: func(a Abilities) Ability { return a.ServerName },
		outside: "client-server-name-outside", cannot: "client-server-name",
	},
	{
		made:    func(client Client, c Connection) bool { return c.PrivateCA && client.verifies(c) },
		ability: func(a Abilities) Ability { return a.PrivateCA },
		outside: "client-private-ca-outside", cannot: "client-private-ca",
	},
	{
		made:    func(_ Client, c Connection) bool { return c.ClientCertificate && c.Mode != settings.NoTLS },
		ability: func(a Abilities) Ability { return a.ClientCertificate },
		outside: "client-certificate-outside", cannot: "client-certificate-impossible",
	},
	{
		made:    func(client Client, c Connection) bool { return c.Insecure && client.verifies(c) },
		ability: func(a Abilities) Ability { return a.SkipVerification },
		outside: "client-verifies", cannot: "client-verifies",
	},
	{
		made: func(_ Client, c Connection) bool {
			local, _, _ := strings.Cut(c.From, "@")
			return strings.ContainsFunc(local, func(r rune) bool { return r > '~' })
		},
		ability: func(a Abilities) Ability { return a.SMTPUTF8 },
		cannot:  "client-smtputf8",
	},
}

// verifies reports whether the client looks at the server's certificate, as far
// as is known.
func (c Client) verifies(conn Connection) bool {
	return conn.Mode != settings.NoTLS && c.Modes[conn.Mode].Verification != Unverified
}

// unmet are the demands of the connection that the client can't meet, or that
// its settings alone don't meet.
func (c Client) unmet(conn Connection) []*finding.Error {
	var found []*finding.Error
	if p := c.mechanismUnmet(conn); p != nil {
		found = append(found, p)
	}
	known := conn
	known.Later = nil // what is known only at apply is judged there
	if slices.Contains(conn.Later, "host") {
		known.ServerName = ""
	}
	for _, d := range demands {
		if !d.made(c, known) {
			continue
		}
		a := d.ability(c.Abilities)
		facts := finding.Facts{"client": c.Name, "id": c.ID}
		if a.How != "" {
			facts["how"] = a.How
		}
		maps.Copy(facts, conn.said())
		switch {
		case a.Can == Cannot && d.cannot != "":
			found = append(found, &finding.Error{Code: d.cannot, Facts: facts})
		case a.Can == Outside && d.outside != "":
			found = append(found, &finding.Error{Code: d.outside, Facts: facts})
		}
	}
	return found
}

// said are the facts of a connection that the texts of findings show.
func (c Connection) said() finding.Facts {
	facts := finding.Facts{}
	for name, value := range map[string]string{
		"host": c.Host, "ehlo_name": c.EHLOName, "server_name": c.ServerName, "from": c.From,
	} {
		if value != "" {
			facts[name] = finding.Quote(value)
		}
	}
	return facts
}

// told are the settings by which the client does what the connection asks of it.
func (c Client) told(conn Connection) []template {
	told := []template{c.Abilities.Mechanisms[c.mechanism(conn)]}
	for _, d := range demands {
		if a := d.ability(c.Abilities); a.Can == BySetting && d.made(c, conn) {
			told = append(told, a.Settings)
		}
	}
	return told
}

// mechanism returns the mechanism to set for the client, or "" if the client chooses
// well by itself or nothing better is known.
func (c Client) mechanism(conn Connection) settings.Mechanism {
	if conn.Mechanism != "" {
		return conn.Mechanism
	}
	if len(conn.Offers) == 0 || slices.ContainsFunc(c.Abilities.Chooses, func(m settings.Mechanism) bool {
		return slices.Contains(conn.Offers, m)
	}) {
		return ""
	}
	for _, m := range conn.Offers {
		if _, able := c.Abilities.Mechanisms[m]; able {
			return m
		}
	}
	return ""
}

// mechanismUnmet reports that the client has no mechanism with which the connection
// logs in; nil if it has one or that is not known.
func (c Client) mechanismUnmet(conn Connection) *finding.Error {
	wanted, code := conn.Offers, finding.Code("client-mechanism-service")
	switch {
	case conn.Mechanism != "":
		wanted, code = []settings.Mechanism{conn.Mechanism}, "client-mechanism"
	case !conn.Documented:
		code = "client-mechanism-likely"
	}
	if c.Abilities.Mechanisms == nil || len(wanted) == 0 {
		return nil
	}
	var has []string
	for _, m := range settings.Mechanisms() {
		if _, able := c.Abilities.Mechanisms[m]; !able {
			continue
		}
		if slices.Contains(wanted, m) {
			return nil
		}
		if settings.CredentialOf(m) == conn.Auth {
			has = append(has, string(m))
		}
	}
	facts := finding.Facts{"client": c.Name, "id": c.ID, "mechanism": joined(wanted)}
	maps.Copy(facts, conn.said())
	if len(has) > 0 {
		facts["has"] = strings.Join(has, ", ")
		facts["other"] = has[0]
	}
	return &finding.Error{Code: code, Facts: facts}
}

func joined(mechanisms []settings.Mechanism) string {
	names := make([]string, 0, len(mechanisms))
	for _, m := range mechanisms {
		names = append(names, string(m))
	}
	return strings.Join(names, ", ")
}
