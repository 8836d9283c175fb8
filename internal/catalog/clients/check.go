package clients

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Check says what is wrong with giving the connection to a client: that it does
// not exist, that it can't express the connection, or where it would be weaker
// than what was verified. Values that are still unknown are not judged, and a
// client's weaknesses are reported only for a connection that it can express.
func Check(id string, conn Connection) []*finding.Error {
	c, ok := Lookup(id)
	if !ok {
		return []*finding.Error{unknown(id)}
	}
	if conn.Mode == "" {
		return nil
	}
	if reason, kind := c.inability(conn); reason != "" {
		return []*finding.Error{c.unable(conn, reason, kind)}
	}
	if conn.Host == "" || conn.Port == 0 || conn.Auth == "" {
		return nil
	}
	return slices.Concat(c.unmet(conn), c.weaknesses(conn), c.stored(conn))
}

// weaknesses are where the client does less than it was asked to.
func (c Client) weaknesses(conn Connection) []*finding.Error {
	if conn.Mode == settings.NoTLS {
		return nil
	}
	mode := c.Modes[conn.Mode]
	facts := finding.Facts{"client": c.Name, "id": c.ID, "mode": string(conn.Mode)}
	if better, port, ok := c.stricter(conn); ok {
		facts["better_mode"], facts["better_port"] = string(better), strconv.Itoa(port)
	}
	var found []*finding.Error
	switch mode.Enforcement {
	case Opportunistic:
		found = append(found, &finding.Error{Code: "client-weaker-tls", Facts: facts})
	case NotKnown:
		found = append(found, &finding.Error{Code: "client-tls-unknown", Facts: facts})
	}
	if conn.Insecure || slices.Contains(conn.Later, "insecure") {
		return found // the check compared nothing either
	}
	switch mode.Verification {
	case Unverified:
		found = append(found, &finding.Error{Code: "client-unverified", Facts: facts})
	case UnknownWhether:
		found = append(found, &finding.Error{Code: "client-verification-unknown", Facts: facts})
	}
	return found
}

// stricter returns another mode, and a port of it, in which nothing is weak.
func (c Client) stricter(conn Connection) (settings.TLSMode, int, bool) {
	mode, port, ok := c.otherMode(conn)
	m := c.Modes[mode]
	return mode, port, ok && m.Enforcement == Required && m.Verification == Verified
}

// able returns the client, and the connection with its host in the form that
// certificates have. It fails if the client can't express the connection.
func able(id string, conn Connection) (Client, Connection, error) {
	c, ok := Lookup(id)
	if !ok {
		return Client{}, Connection{}, unknown(id)
	}
	if !slices.Contains(conn.Later, "host") {
		host, err := settings.ParseHost(conn.Host)
		if err != nil {
			return Client{}, Connection{}, err
		}
		conn.Host = host.Name
	}
	if name := conn.wrong(); name != "" {
		return Client{}, Connection{}, &finding.Error{Code: "client-settings-unfit", Facts: finding.Facts{"name": name}}
	}
	if reason, kind := c.inability(conn); reason != "" {
		return Client{}, Connection{}, c.unable(conn, reason, kind)
	}
	for _, problem := range c.unmet(conn) {
		if row, _ := finding.Lookup(problem.Code); row.Severity == finding.SeverityError {
			return Client{}, Connection{}, problem
		}
	}
	if problem := c.fits(conn.Username); problem != nil {
		return Client{}, Connection{}, problem
	}
	if problem := c.lacks(conn); problem != nil {
		return Client{}, Connection{}, problem
	}
	return c, conn, nil
}

// lacks says which part of the settings the client needs and does not get: the path
// of a file, or the name of a secret.
func (c Client) lacks(conn Connection) *finding.Error {
	words, given := conn.plain(), later(conn.Later...)
	used := c.template(conn).placeholders()
	for _, part := range []string{"ca_file", "cert_file", "key_file", "secret_name"} {
		for _, name := range parts[part] {
			if _, ok := words[name]; slices.Contains(used, name) && !ok && !given[name] {
				return &finding.Error{Code: "client-settings-lack", Facts: finding.Facts{"client": c.Name, "name": part, "what": lacking[part]}}
			}
		}
	}
	return nil
}

// lacking says what each of these parts is.
var lacking = map[string]string{
	"ca_file":     "the file with the certificate of the private authority, where the client runs",
	"cert_file":   "the file with the client certificate, where the client runs",
	"key_file":    "the file with the key of the client certificate, where the client runs",
	"secret_name": "the secret of the cluster that holds what client_secrets returns",
}

// wrong names the first part of a connection that is missing or invalid. A control
// character makes a part invalid, because a client may stop reading at one.
func (c Connection) wrong() string {
	_, auth := unusable[c.Auth]
	switch {
	case (c.Port < 1 || c.Port > 65535) && !slices.Contains(c.Later, "port"):
		return "port"
	case !slices.Contains(settings.TLSModes, c.Mode):
		return "tls_mode"
	case !auth:
		return "auth"
	case c.Mechanism != "" && c.Mechanism != settings.External && settings.CredentialOf(c.Mechanism) != c.Auth:
		return "auth_mechanism"
	}
	for _, part := range []struct{ name, text string }{
		{"from", c.From}, {"ehlo_name", c.EHLOName}, {"tls_server_name", c.ServerName}, {"username", c.Username},
		{"ca_file", c.CAFile}, {"cert_file", c.CertFile}, {"key_file", c.KeyFile}, {"secret_name", c.SecretName},
	} {
		if strings.ContainsFunc(part.text, unicode.IsControl) {
			return part.name
		}
	}
	return ""
}

func unknown(id string) *finding.Error {
	facts := finding.Facts{"id": finding.Quote(id)}
	if near := Nearest(id); len(near) > 0 {
		facts["nearest"] = near[0]
		facts["near"] = strings.Join(near, ", ")
	}
	return &finding.Error{Code: "client-unknown", Facts: facts}
}

// unable says why the client can't express the connection, and what it could.
func (c Client) unable(conn Connection, reason string, kind Kind) *finding.Error {
	facts := finding.Facts{"client": c.Name, "id": c.ID, "mode": string(conn.Mode), "reason": reason}
	code := finding.Code("client-cannot-express")
	switch {
	case c.Modes[conn.Mode].Impossible != "":
		code = "client-mode-impossible"
	case kind == NeedsSender:
		code = "client-needs-sender"
	case kind == NeedsLogin:
		code = "client-needs-login"
	}
	if conn.Port != 0 {
		facts["port"] = strconv.Itoa(conn.Port)
	}
	if port, ok := c.port(conn, conn.Mode); ok {
		facts["fit_port"] = strconv.Itoa(port)
	}
	if mode, port, ok := c.otherMode(conn); ok {
		facts["fit_mode"], facts["fit_mode_port"] = string(mode), strconv.Itoa(port)
	}
	return &finding.Error{Code: code, Facts: facts}
}
