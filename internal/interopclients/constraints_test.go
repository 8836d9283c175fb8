//go:build interop && interopclients

package interopclients

import (
	"maps"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, a consumer could be given a connection that the catalogue keeps
// from it. Settings for such a connection are not emitted, so they are put
// together from those for another.
func TestConstraints(t *testing.T) {
	for _, c := range []struct {
		label string
		mode  settings.TLSMode
		port  int
		other clients.Connection // whose settings come nearest
		bend  func(given, other task)
	}{
		{"go-net-smtp", settings.NoTLS, 2525, clients.Connection{Port: 587, Mode: settings.StartTLS}, addLogin},
		{"gomail-v2", settings.NoTLS, 2525, clients.Connection{Port: 587, Mode: settings.StartTLS}, addLogin},
		{"alertmanager", settings.NoTLS, 2525, clients.Connection{Port: 587, Mode: settings.StartTLS}, addLogin},
		{"argocd", settings.NoTLS, 2525, clients.Connection{Port: 587, Mode: settings.StartTLS}, addLogin},
		{"symfony-mailer", settings.StartTLS, 465, clients.Connection{Port: 587, Mode: settings.StartTLS}, movePort},
		{"symfony-mailer", settings.NoTLS, 465, clients.Connection{Port: 2525, Mode: settings.NoTLS}, movePort},
	} {
		tr := trialOf(t, c.label, settings.StartTLS, sound) // for its consumer and its password
		tr.mode, tr.port = c.mode, c.port
		t.Run(c.label+"/"+tr.String(), func(t *testing.T) {
			if object, err := clients.Settings(tr.id, tr.connection()); err == nil {
				t.Errorf("%v is emitted", object)
			}
			near := tr
			near.mode, near.port = c.other.Mode, c.other.Port
			other := render(t, near)
			given := other
			if near.mode != tr.mode {
				near.mode, near.port, near.login = tr.mode, tr.port, login{auth: settings.AuthNone}
				given = render(t, near)
			}
			c.bend(given, other)
			try(t, tr, given, refused)
		})
	}
}

// addLogin adds the login of other settings.
func addLogin(given, other task) {
	maps.Copy(given.Secrets, other.Secrets)
	if auth, ok := other.Settings["PlainAuth"]; ok {
		given.Settings["PlainAuth"] = auth
	}
}

// movePort has a URL lead to port 465.
func movePort(given, _ task) {
	for name, value := range given.Secrets {
		given.Secrets[name] = strings.NewReplacer(":587", ":465", ":2525", ":465").Replace(value)
	}
}
