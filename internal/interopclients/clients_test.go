//go:build interop && interopclients

package interopclients

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

const (
	sender    = "robot@example.org"
	recipient = "reader@example.com"
	message   = "From: robot@example.org\nTo: reader@example.com\nSubject: Test\n\nA test.\n"
	username  = "mailer@example.com"
	password  = "p@ss/w:rd+100%&?=$"
	token     = "ya29.token/+=="
)

// trial is one meeting of a consumer with a server.
type trial struct {
	consumer
	number int // of the consumer
	conduct
	mode settings.TLSMode
	port int
	login
}

func (tr trial) host() string { return tr.name(tr.label) }

func (tr trial) String() string {
	return fmt.Sprintf("%s on %d, %s, %s server", tr.mode, tr.port, tr.kind, tr.conduct)
}

// connection is what the catalogue is asked to render.
func (tr trial) connection() clients.Connection {
	return clients.Connection{Host: tr.host(), Port: tr.port, Mode: tr.mode, Auth: tr.auth, From: sender}
}

// ports of each mode, on every server.
var ports = map[settings.TLSMode][]int{
	settings.Implicit: {465, 2465},
	settings.StartTLS: {587, 2587, 2525},
	settings.NoTLS:    {2525},
}

// If this fails, the settings that the catalogue emits for a consumer don't do
// what it claims of them.
func TestConsumers(t *testing.T) {
	for number, c := range consumers {
		t.Run(c.label, func(t *testing.T) {
			t.Parallel()
			entry, ok := clients.Lookup(c.id)
			if !ok {
				t.Fatalf("no entry %q", c.id)
			}
			for _, tr := range trials(number, c) {
				want, older := c.older[tr.conduct]
				if !older {
					want = claimed(entry.Modes[tr.mode], tr)
				}
				t.Run(tr.String(), func(t *testing.T) {
					note(tr, try(t, tr, render(t, tr), want), want)
				})
			}
		})
	}
}

// try lets the consumer send to the server, compares what that records, and
// returns the consumer's version.
func try(t *testing.T, tr trial, given task, want outcome) string {
	t.Helper()
	server := serve(t, tr)
	r := tr.send(t, given)
	server.Close() // also awaits what the client has left behind
	record := server.Record()
	if got := happened(record, tr); got != want {
		t.Errorf("%s; want %s\nrecord: %+v\noutput: %s", got, want, record, r.output)
		return r.version
	}
	delivered := want == sentOverTLS || want == sentInClear
	if r.sent != delivered {
		t.Errorf("%s, and its own word of success: %t\noutput: %s", want, r.sent, r.output)
	}
	met := want == sentOverTLS || tr.conduct == untrusted || tr.conduct == wrongName
	if tr.mode == settings.StartTLS && met && !began(record, "STARTTLS") {
		t.Errorf("no STARTTLS: %v", record.Commands)
	}
	if want == sentOverTLS && !tr.isAddress() {
		name := tr.host()
		if tr.silent {
			name = ""
		}
		if !slices.Equal(record.ServerNames, []string{name}) {
			t.Errorf("asked for %q, want %q", record.ServerNames, name)
		}
	}
	return r.version
}

// render returns what the catalogue emits for a trial.
func render(t *testing.T, tr trial) task {
	t.Helper()
	return rendered(t, tr, tr.connection())
}

// rendered returns what it emits for a connection.
func rendered(t *testing.T, tr trial, conn clients.Connection) task {
	t.Helper()
	object, err := clients.Settings(tr.id, conn)
	if err != nil {
		t.Fatal(err)
	}
	secrets, err := clients.Secrets(tr.id, conn, tr.credentials)
	if err != nil {
		t.Fatal(err)
	}
	given := task{Settings: object, Secrets: map[string]string{}, From: sender, To: recipient, Message: message}
	for name, value := range secrets {
		given.Secrets[name] = value.Reveal()
	}
	return given
}

// trials returns those of a consumer: every mode and port that it can express,
// with a password, or with nothing where a mode takes none; each other kind of
// credentials on the first port of a mode; and the servers that misbehave on the
// first two.
func trials(number int, c consumer) []trial {
	var all []trial
	for _, mode := range settings.TLSModes {
		expressed := 0
		for _, port := range ports[mode] {
			kinds := expressible(trial{consumer: c, number: number, conduct: sound, mode: mode, port: port})
			if len(kinds) == 0 {
				continue
			}
			for i, tr := range kinds {
				if i == 0 || expressed == 0 {
					all = append(all, tr)
				}
				if i == 0 && expressed < 2 {
					for _, tr.conduct = range misconducts[mode] {
						all = append(all, tr)
					}
				}
			}
			expressed++
		}
	}
	return all
}

// expressible returns the trial with each kind of credentials that the consumer
// can use for it, by the catalogue.
func expressible(tr trial) []trial {
	var all []trial
	for _, tr.login = range logins(tr.consumer) {
		if _, err := clients.Settings(tr.id, tr.connection()); err == nil {
			all = append(all, tr)
		}
	}
	return all
}

// misconducts are the servers that a client in each mode has to be aware of.
var misconducts = map[settings.TLSMode][]conduct{
	settings.Implicit: {untrusted, wrongName, stripped},
	settings.StartTLS: {untrusted, wrongName, stripped},
	settings.NoTLS:    {offering},
}

// login is what a consumer logs in with.
type login struct {
	kind        string
	auth        settings.Auth
	credentials clients.Credentials
}

// logins returns one of each kind, most telling first.
func logins(c consumer) []login {
	entry, _ := clients.Lookup(c.id)
	var every strings.Builder
	every.WriteString("a")
	for r := rune('~'); r >= ' '; r-- {
		every.WriteRune(r)
	}
	every.WriteString("z")
	return []login{
		{"password", settings.AuthPassword, clients.Credentials{Username: username, Password: fit(entry, password)}},
		{"password of every character", settings.AuthPassword, clients.Credentials{Username: username, Password: fit(entry, every.String())}},
		{"access token", settings.AuthOAuth2, clients.Credentials{Username: username, AccessToken: secret.New(token)}},
		{"no credentials", settings.AuthNone, clients.Credentials{}},
	}
}

// fit returns a password without the characters that a client is said not to take.
func fit(entry clients.Client, password string) secret.String {
	return secret.New(strings.Map(func(r rune) rune {
		if slices.ContainsFunc(entry.Unfit, func(u clients.Unfit) bool { return strings.ContainsRune(u.Characters, r) }) {
			return -1
		}
		return r
	}, password))
}
