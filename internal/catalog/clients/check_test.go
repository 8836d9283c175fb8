package clients

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, a plan lets a connection through that hangs in production, or
// stops one that works.
func TestCheck(t *testing.T) {
	withoutLogin := at(465, settings.Implicit)
	withoutLogin.Auth = settings.AuthNone
	localhost := at(2525, settings.NoTLS)
	localhost.Host = "localhost"
	to := func(address string) Connection {
		conn := at(465, settings.Implicit)
		conn.Host = address
		return conn
	}
	for name, c := range map[string]struct {
		id   string
		conn Connection
		want []finding.Code
	}{
		"fine":                          {"vaultwarden", at(587, settings.StartTLS), nil},
		"implicit on 465":               {"grafana", at(465, settings.Implicit), nil},
		"implicit by the port alone":    {"grafana", at(2465, settings.Implicit), []finding.Code{"client-cannot-express"}},
		"starttls on 465":               {"grafana", at(465, settings.StartTLS), []finding.Code{"client-cannot-express"}},
		"password in clear":             {"grafana", at(2525, settings.NoTLS), []finding.Code{"client-cannot-express"}},
		"password in clear, localhost":  {"grafana", localhost, nil},
		"login needed":                  {"argocd-notifications", withoutLogin, []finding.Code{"client-needs-login"}},
		"by an IPv4 address":            {"postfix", to("192.0.2.25"), []finding.Code{"client-cannot-express"}},
		"by an IPv6 address":            {"phpmailer", to("2001:db8::25"), []finding.Code{"client-cannot-express"}},
		"by an IPv6 address, brackets":  {"postfix", to("[2001:db8::25]"), []finding.Code{"client-cannot-express"}},
		"by an IPv4 address, fine":      {"phpmailer", to("192.0.2.25"), nil},
		"no such mode":                  {"system-net-mail", at(465, settings.Implicit), []finding.Code{"client-mode-impossible"}},
		"opportunistic":                 {"keycloak", at(587, settings.StartTLS), []finding.Code{"client-weaker-tls"}},
		"opportunistic, other mode":     {"keycloak", at(465, settings.Implicit), nil},
		"any certificate":               {"flask-mail", at(465, settings.Implicit), []finding.Code{"client-unverified"}},
		"both":                          {"outline", at(587, settings.StartTLS), []finding.Code{"client-weaker-tls", "client-unverified"}},
		"nothing known":                 {"tf-okta-email-smtp-server", at(587, settings.StartTLS), []finding.Code{"client-tls-unknown", "client-verification-unknown"}},
		"in clear nothing is verified":  {"flask-mail", at(2525, settings.NoTLS), nil},
		"no such client":                {"grafna", at(465, settings.Implicit), []finding.Code{"client-unknown"}},
		"no such client, nothing known": {"grafna", Connection{}, []finding.Code{"client-unknown"}},
		"mode not known yet":            {"grafana", Connection{Host: "smtp.example.com", Port: 2465}, nil},
		"port not known yet":            {"grafana", Connection{Mode: settings.Implicit}, nil},
		"host not known yet":            {"grafana", Connection{Mode: settings.NoTLS, Port: 25, Auth: settings.AuthPassword}, nil},
		"auth not known yet":            {"grafana", Connection{Mode: settings.NoTLS, Port: 25, Host: "smtp.example.com"}, nil},
	} {
		var got []finding.Code
		for _, p := range Check(c.id, c.conn) {
			got = append(got, p.Code)
			row, ok := finding.Lookup(p.Code)
			if !ok || row.Attribute != "clients" {
				t.Errorf("%s: no row %q about clients", name, p.Code)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// If this fails, the operator is told to use a port or mode that doesn't work
// either, or to give up encryption.
func TestSuggestions(t *testing.T) {
	for name, c := range map[string]struct {
		id   string
		conn Connection
		want finding.Facts
	}{
		"another port or mode": {"grafana", at(2465, settings.Implicit), finding.Facts{
			"client": "Grafana", "id": "grafana", "mode": "implicit", "port": "2465",
			"reason":   "the port number alone decides: 465 is implicit TLS, any other port is not",
			"fit_port": "465", "fit_mode": "starttls", "fit_mode_port": "587",
		}},
		"another mode alone": {"postal", at(465, settings.Implicit), finding.Facts{
			"client": "Postal (application mail)", "id": "postal", "mode": "implicit", "port": "465",
			"reason": "neither tls nor ssl is passed to ActionMailer", "fit_mode": "starttls", "fit_mode_port": "587",
		}},
		"a better mode": {"keycloak", at(587, settings.StartTLS), finding.Facts{
			"client": "Keycloak realm smtpServer (JSON)", "id": "keycloak", "mode": "starttls",
			"better_mode": "implicit", "better_port": "465",
		}},
		"none is better": {"flask-mail", at(587, settings.StartTLS), finding.Facts{
			"client": "Flask-Mail", "id": "flask-mail", "mode": "starttls",
		}},
		"a slip":       {"grafna", at(465, settings.Implicit), finding.Facts{"id": "grafna", "nearest": "grafana", "near": "grafana"}},
		"nothing near": {"exchange", at(465, settings.Implicit), finding.Facts{"id": "exchange"}},
	} {
		found := Check(c.id, c.conn)
		if len(found) != 1 || !maps.Equal(found[0].Facts, c.want) {
			t.Errorf("%s: %v", name, found[0].Facts)
		}
	}
}

// If this fails, a text of a finding lacks a fact and is never shown.
func TestFindingsAreWhole(t *testing.T) {
	p := Check("grafana", at(2465, settings.Implicit))[0]
	f := finding.Of(p)
	want := []string{
		"Set port = 465, if your mail service offers that.",
		`Set tls_mode = "starttls" and port = 587, if your mail service offers that.`,
		"Run a relay such as Postfix beside the client, and let it use this connection.",
	}
	if f.Summary != "Grafana has no settings for this connection" || len(f.Cause) != 3 || !slices.EqualFunc(f.Fixes, want, func(fix finding.Fix, text string) bool { return fix.String() == text }) {
		t.Errorf("%s\n%s", f.Summary, f.Detail())
	}
	if p.Error() != "client-cannot-express: Grafana has no settings for this connection" {
		t.Error(p.Error())
	}
	for _, id := range []string{"system-net-mail", "keycloak", "flask-mail", "outline", "tf-okta-email-smtp-server", "nosuch"} {
		for _, mode := range settings.TLSModes {
			for _, p := range Check(id, at(2465, mode)) {
				if dropped := finding.Of(p).Dropped(); dropped != nil {
					t.Errorf("%s, %s: no facts for %q", id, p.Code, dropped)
				}
			}
		}
	}
}

// If this fails, settings that can't be are handed to a program.
func TestUnfitSettings(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*Connection)
		want   finding.Code
	}{
		"no host":          {func(c *Connection) { c.Host = "" }, "host-empty"},
		"host with a port": {func(c *Connection) { c.Host = "smtp.example.com:465" }, "host-has-port"},
		"host with quotes": {func(c *Connection) { c.Host = `x", verify: :none, "` }, "host-white-space"},
		"no port":          {func(c *Connection) { c.Port = 0 }, "client-settings-unfit"},
		"port too high":    {func(c *Connection) { c.Port = 65536 }, "client-settings-unfit"},
		"no mode":          {func(c *Connection) { c.Mode = "" }, "client-settings-unfit"},
		"mode of no kind":  {func(c *Connection) { c.Mode = "ssl" }, "client-settings-unfit"},
		"auth of no kind":  {func(c *Connection) { c.Auth = "plain" }, "client-settings-unfit"},
		"no auth":          {func(c *Connection) { c.Auth = "" }, "client-settings-unfit"},
		"two lines":        {func(c *Connection) { c.From = "a@example.org\ntls off" }, "client-settings-unfit"},
	} {
		conn := at(587, settings.StartTLS)
		c.change(&conn)
		got, err := Settings("vaultwarden", conn)
		var coded finding.Coded
		if !errors.As(err, &coded) || coded.Finding().Code != c.want || got != nil {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// If this fails, a hostile id could write into a terminal.
func TestUnknownIsQuoted(t *testing.T) {
	for _, id := range []string{"", "\x1b[2Jgrafana", strings.Repeat("x", 10000)} {
		text := finding.Of(Check(id, Connection{})[0]).Detail() + Check(id, Connection{})[0].Error()
		if strings.Contains(text, "\x1b") || len(text) > 4000 {
			t.Errorf("%q", text)
		}
	}
}

// If this fails, the nearest id isn't offered.
func TestNearest(t *testing.T) {
	for word, want := range map[string][]string{
		"Grafana": {"grafana"}, "django_mailers": {"django-mailers"}, "gitlab": {"gitlab-omnibus", "helm-gitlab", "gitea"},
		"gen_smtp": {"gen-smtp"}, "": nil, "x": nil, "exchange": nil,
	} {
		if got := Nearest(word); !slices.Equal(got, want) {
			t.Errorf("%q: %v, want %v", word, got, want)
		}
	}
}

// If this fails, the same settings get another error at each run: the name of another
// one of their invalid parts.
func TestOneNameForInvalidSettings(t *testing.T) {
	conn := at(465, settings.Implicit)
	conn.From, conn.EHLOName, conn.ServerName, conn.CAFile = "a\n", "b\n", "c\n", "d\n"
	for range 50 {
		if name := conn.wrong(); name != "from" {
			t.Fatalf("%s is called invalid, and from stands before it", name)
		}
	}
}
