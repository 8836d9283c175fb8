//go:build interop && interopclients

package interopclients

import (
	"slices"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// oddPasswords are those that some clients can't use, though a server takes them.
var oddPasswords = map[string]string{
	"beyond ASCII":        "pässwörd 🔑 x",
	"blank at the end":    "passw0rd ",
	"blank at the front":  " passw0rd",
	"in double quotes":    `"passw0rd"`,
	"in single quotes":    `'passw0rd'`,
	"quote at the front":  `"passw0rd`,
	"longer than a line":  longPassword,
	"as long as it fits":  longPassword[:480],
	"digits and an e":     "1e3",
	"a word of JSON":      "true",
	"percent-encoded":     "pass%20w0rd",
	"a dollar and a name": "pa$HOME",
}

var longPassword = func() string {
	letters := make([]byte, 600)
	for i := range letters {
		letters[i] = 'a' + byte(i%26)
	}
	return string(letters)
}()

// If this fails, a client is given a password that it can't use, or one is kept
// from it that it can.
func TestOddPasswords(t *testing.T) {
	for _, c := range consumers {
		t.Run(c.label, func(t *testing.T) {
			mode := settings.StartTLS
			entry, _ := clients.Lookup(c.id)
			if entry.Modes[mode].Impossible != "" {
				mode = settings.Implicit
			}
			usual := trialOf(t, c.label, mode, sound)
			if usual.auth != settings.AuthPassword {
				return // it takes no password
			}
			given := render(t, usual)
			for name, password := range oddPasswords {
				t.Run(name, func(t *testing.T) {
					tr := usual
					tr.credentials = clients.Credentials{Username: username, Password: secret.New(password)}
					if _, err := clients.Secrets(tr.id, tr.connection(), tr.credentials); err == nil {
						try(t, tr, render(t, tr), sentOverTLS)
						return
					}
					fails(t, tr, replaced(given, usual.credentials.Password.Reveal(), password))
				})
			}
		})
	}
}

// replaced returns the task with another password in the place of its own.
func replaced(given task, usual, odd string) task {
	secrets := map[string]string{}
	for name, value := range given.Secrets {
		if value == usual {
			value = odd
		}
		secrets[name] = value
	}
	given.Secrets = secrets
	return given
}

// fails sends what the catalogue refuses to emit.
func fails(t *testing.T, tr trial, given task) {
	t.Helper()
	server := serve(t, tr)
	r := tr.send(t, given)
	server.Close()
	record := server.Record()
	if r.sent || len(record.Mails) > 0 || slices.ContainsFunc(record.Logins, func(l smtptest.Login) bool { return l.OK }) {
		t.Errorf("it logs in all the same\nrecord: %+v\noutput: %s", record, r.output)
	}
}
