package clients

import (
	"errors"
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// at is a connection with a password to a port in a mode.
func at(port int, mode settings.TLSMode) Connection {
	return Connection{Host: "smtp.example.com", Port: port, Mode: mode, Auth: settings.AuthPassword, From: "robot@example.org"}
}

// If this fails, a program gets a number where it wants a text, or a flat name
// where it wants an object.
func TestSettingsHaveTypes(t *testing.T) {
	for _, c := range []struct {
		id   string
		conn Connection
		want Object
	}{
		{"django", at(465, settings.Implicit), Object{
			"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
			"EMAIL_HOST":    "smtp.example.com", "EMAIL_PORT": int64(465),
			"EMAIL_USE_SSL": true, "EMAIL_USE_TLS": false,
			"DEFAULT_FROM_EMAIL": "robot@example.org", "SERVER_EMAIL": "robot@example.org",
		}},
		{"vaultwarden", at(587, settings.StartTLS), Object{
			"SMTP_HOST": "smtp.example.com", "SMTP_PORT": "587", "SMTP_SECURITY": "starttls", "SMTP_FROM": "robot@example.org",
		}},
		{"django-mailers", at(587, settings.StartTLS), Object{
			"DEFAULT_FROM_EMAIL": "robot@example.org", "SERVER_EMAIL": "robot@example.org",
			"MAILERS": Object{"default": Object{
				"BACKEND": "django.core.mail.backends.smtp.EmailBackend",
				"OPTIONS": Object{"host": "smtp.example.com", "port": int64(587), "use_ssl": false, "use_tls": true},
			}},
		}},
		{"nextcloud-docker", at(465, settings.Implicit), Object{
			"SMTP_HOST": "smtp.example.com", "SMTP_PORT": "465", "SMTP_SECURE": "ssl", "SMTP_AUTHTYPE": "LOGIN",
			"MAIL_FROM_ADDRESS": "robot", "MAIL_DOMAIN": "example.org",
		}},
		{"lettre-url", at(465, settings.Implicit), Object{}}, // the whole URL is a secret
	} {
		got, err := Settings(c.id, c.conn)
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v, %v; want %v", c.id, got, err, c.want)
		}
	}
}

// If this fails, an unset sender becomes an empty one, or a missing login a
// login with an empty name.
func TestWhatIsNotGivenIsLeftOut(t *testing.T) {
	conn := Connection{Host: "smtp.example.com", Port: 587, Mode: settings.StartTLS, Auth: settings.AuthNone}
	got, err := Settings("vaultwarden", conn)
	want := Object{"SMTP_HOST": "smtp.example.com", "SMTP_PORT": "587", "SMTP_SECURITY": "starttls"}
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
	secrets, err := Secrets("vaultwarden", conn, Credentials{})
	if err != nil || len(secrets) != 0 {
		t.Errorf("secrets %v, %v", secrets, err)
	}
}

// If this fails, nested settings can't be put into an environment.
func TestEnvIsFlat(t *testing.T) {
	got, err := Env("django-mailers", at(465, settings.Implicit))
	want := map[string]string{
		"DEFAULT_FROM_EMAIL":              "robot@example.org",
		"SERVER_EMAIL":                    "robot@example.org",
		"MAILERS.default.BACKEND":         "django.core.mail.backends.smtp.EmailBackend",
		"MAILERS.default.OPTIONS.host":    "smtp.example.com",
		"MAILERS.default.OPTIONS.port":    "465",
		"MAILERS.default.OPTIONS.use_ssl": "true",
		"MAILERS.default.OPTIONS.use_tls": "false",
	}
	if err != nil || !maps.Equal(got, want) {
		t.Errorf("%v, %v; want %v", got, err, want)
	}
}

// If this fails, a character of a password ends a URL's part, or an IPv6 address
// is read as a host and port.
func TestURLs(t *testing.T) {
	for _, c := range []struct{ host, user, password, want string }{
		{"smtp.example.com", "apikey", "x", "smtps://apikey:x@smtp.example.com:465"},
		{"2001:db8::25", "apikey", "x", "smtps://apikey:x@[2001:db8::25]:465"},
		{"192.0.2.25", "a b", "ü~-._", "smtps://a%20b:%C3%BC~-._@192.0.2.25:465"},
		{"bücher.example", "a@b", "/?#[]@!$&'()*+,;=:%", "smtps://a%40b:%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%3A%25@xn--bcher-kva.example:465"},
	} {
		conn := at(465, settings.Implicit)
		conn.Host = c.host
		got, err := Secrets("lettre-url", conn, Credentials{Username: c.user, Password: secret.New(c.password)})
		if err != nil || len(got) != 1 || got["url"].Reveal() != c.want {
			t.Errorf("%q, %v; want %q", got["url"].Reveal(), err, c.want)
		}
	}
	for id, want := range map[string]string{"alertmanager": "[2001:db8::25]:465", "go-mail": "[2001:db8::25]", "django": "2001:db8::25"} {
		conn := at(465, settings.Implicit)
		conn.Host = "[2001:db8::25]"
		env, err := Env(id, conn)
		name := map[string]string{"alertmanager": "smtp_smarthost", "go-mail": "host", "django": "EMAIL_HOST"}[id]
		if err != nil || env[name] != want {
			t.Errorf("%s: %q, %v; want %q", id, env[name], err, want)
		}
	}
}

// If this fails, credentials of one kind end up where another is expected, or
// end a setting early and begin another.
func TestCredentialsThatDontFit(t *testing.T) {
	password, token := secret.New("hunter2"), secret.New("ya29.x")
	none, oauth2 := at(587, settings.StartTLS), at(587, settings.StartTLS)
	none.Auth, oauth2.Auth = settings.AuthNone, settings.AuthOAuth2
	for name, c := range map[string]struct {
		id          string
		conn        Connection
		credentials Credentials
		want        finding.Code
	}{
		"nothing":                {"django", at(587, settings.StartTLS), Credentials{}, "client-credentials"},
		"no user name":           {"django", at(587, settings.StartTLS), Credentials{Password: password}, "client-credentials"},
		"no password":            {"django", at(587, settings.StartTLS), Credentials{Username: "a"}, "client-credentials"},
		"empty password":         {"django", at(587, settings.StartTLS), Credentials{Username: "a", Password: secret.New("")}, "client-credentials"},
		"token for a password":   {"django", at(587, settings.StartTLS), Credentials{Username: "a", AccessToken: token}, "client-credentials"},
		"both":                   {"django", at(587, settings.StartTLS), Credentials{Username: "a", Password: password, AccessToken: token}, "client-credentials"},
		"unasked":                {"django", none, Credentials{Username: "a", Password: password}, "client-credentials"},
		"user name unasked":      {"django", none, Credentials{Username: "a"}, "client-credentials"},
		"password for a token":   {"nodemailer", oauth2, Credentials{Username: "a", Password: password}, "client-credentials"},
		"no tokens":              {"django", oauth2, Credentials{Username: "a", AccessToken: token}, "client-cannot-express"},
		"line end":               {"msmtp", at(587, settings.StartTLS), Credentials{Username: "a", Password: secret.New("x\ntls off")}, "client-credential-characters"},
		"NUL":                    {"django", at(587, settings.StartTLS), Credentials{Username: "a\x00b", Password: password}, "client-credential-characters"},
		"blank in an inline map": {"postfix", at(587, settings.StartTLS), Credentials{Username: "a", Password: secret.New("x y")}, "client-credential-characters"},
		"quote in Ruby":          {"gitlab-omnibus", at(587, settings.StartTLS), Credentials{Username: "a", Password: secret.New(`x'y`)}, "client-credential-characters"},
		"beyond ASCII":           {"django", at(587, settings.StartTLS), Credentials{Username: "a", Password: secret.New("pässword")}, "client-credential-characters"},
		"beyond ASCII, the name": {"sentry", at(587, settings.StartTLS), Credentials{Username: "ä", Password: password}, "client-credential-characters"},
		"blank at the end":       {"msmtp", at(587, settings.StartTLS), Credentials{Username: "a", Password: secret.New("x ")}, "client-credential-characters"},
		"tab at the beginning":   {"msmtp", at(587, settings.StartTLS), Credentials{Username: "a", Password: secret.New("\tx")}, "client-credential-characters"},
		"in quotes":              {"msmtp", at(587, settings.StartTLS), Credentials{Username: "a", Password: secret.New(`"x"`)}, "client-credential-characters"},
		"too long for a line":    {"msmtp", at(587, settings.StartTLS), Credentials{Username: "a", Password: secret.New(strings.Repeat("x", 491))}, "client-credential-characters"},
		"in quotes, an ini file": {"gitea", at(587, settings.StartTLS), Credentials{Username: "a", Password: secret.New("'x'")}, "client-credential-characters"},
		"colon in a user name":   {"curl", at(587, settings.StartTLS), Credentials{Username: "a:b", Password: password}, "client-credential-characters"},
	} {
		got, err := Secrets(c.id, c.conn, c.credentials)
		var p *finding.Error
		if !errors.As(err, &p) || p.Code != c.want || got != nil {
			t.Errorf("%s: %v, %v; want %s", name, got, err, c.want)
		}
	}
}

// If this fails, a client logs in with a token as if it were a password.
func TestTokens(t *testing.T) {
	conn := at(587, settings.StartTLS)
	conn.Auth = settings.AuthOAuth2
	public, err := Env("nodemailer", conn)
	if err != nil || public["auth.type"] != "OAuth2" {
		t.Errorf("%v, %v", public, err)
	}
	got, err := Secrets("nodemailer", conn, Credentials{Username: "a@example.com", AccessToken: secret.New("ya29.x")})
	if err != nil || len(got) != 2 || got["auth.user"].Reveal() != "a@example.com" || got["auth.accessToken"].Reveal() != "ya29.x" {
		t.Errorf("%d secrets, %v", len(got), err)
	}
}

// If this fails, settings that are known only at apply lose their name at plan,
// or get a value that is made up.
func TestKnownLater(t *testing.T) {
	conn := Connection{Port: 587, Mode: settings.StartTLS, Auth: settings.AuthPassword, Later: []string{"host"}}
	object, err := Settings("django", conn)
	if err != nil || object["EMAIL_HOST"] != (Later{}) || object["EMAIL_PORT"] != int64(587) {
		t.Errorf("%v, %v", object, err)
	}
	if env, err := Env("django", conn); err != nil || env["EMAIL_HOST"] != "" || env["EMAIL_PORT"] != "587" {
		t.Errorf("%v, %v", env, err)
	}
	conn.Host, conn.Port, conn.Later = "smtp.example.com", 0, []string{"port", "from"}
	object, err = Settings("django", conn)
	if err != nil || object["EMAIL_PORT"] != (Later{Number: true}) || object["DEFAULT_FROM_EMAIL"] != (Later{}) {
		t.Errorf("%v, %v", object, err)
	}
	conn.Port, conn.Later = 587, nil
	secrets, err := SecretSettings("django", conn, Credentials{Username: "a", Later: []string{"password"}})
	name, _ := secrets["EMAIL_HOST_USER"].(secret.String)
	if err != nil || len(secrets) != 2 || name.Reveal() != "a" || secrets["EMAIL_HOST_PASSWORD"] != (Later{}) {
		t.Errorf("%v, %v", secrets, err)
	}
	conn.Mode, conn.Port = settings.Implicit, 465
	secrets, err = SecretSettings("lettre-url", conn, Credentials{Password: secret.New("p"), Later: []string{"username"}})
	if err != nil || len(secrets) != 1 || secrets["url"] != (Later{}) {
		t.Errorf("%v, %v", secrets, err)
	}
	if _, err = SecretSettings("django", conn, Credentials{Later: []string{"access_token"}}); err == nil {
		t.Error("a token that is known later passes for a password")
	}
}
