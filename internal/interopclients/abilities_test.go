//go:build interop && interopclients

package interopclients

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// ehloName and otherName are names that no consumer takes by itself.
const (
	ehloName  = "app.example.net"
	otherName = "mail.elsewhere.test"
)

// first returns a consumer's first trial under TLS.
func first(t *testing.T, label string) trial {
	t.Helper()
	for number, c := range consumers {
		if c.label != label {
			continue
		}
		for _, tr := range trials(number, c) {
			if tr.conduct == sound && tr.mode != settings.NoTLS {
				return tr
			}
		}
	}
	t.Fatalf("%s has no trial under TLS", label)
	return trial{}
}

// meet lets a consumer send to a server with what the catalogue emits for a
// connection, and returns what the server saw.
func meet(t *testing.T, tr trial, conn clients.Connection, change func(*smtptest.Config)) (smtptest.Record, string) {
	t.Helper()
	conf := configuration(t, tr)
	change(&conf)
	server := start(t, tr, conf)
	r := tr.send(t, rendered(t, tr, conn))
	server.Close()
	return server.Record(), r.output
}

// If this fails, the catalogue says that a consumer logs in with a mechanism that
// it doesn't have or can't be told, or keeps one from it that it has. Each meets a
// server that takes that mechanism alone.
func TestMechanisms(t *testing.T) {
	for _, c := range consumers {
		entry, _ := clients.Lookup(c.id)
		t.Run(c.label, func(t *testing.T) {
			t.Parallel()
			for _, m := range []settings.Mechanism{settings.Plain, settings.Login, settings.CRAMMD5, settings.XOAuth2} {
				tr := first(t, c.label)
				has := entry.Abilities.Mechanisms != nil
				if _, named := entry.Abilities.Mechanisms[m]; has {
					has = named
				}
				for _, l := range logins(c) {
					if l.auth == settings.CredentialOf(m) && !strings.Contains(l.kind, "every") {
						tr.login = l
					}
				}
				t.Run(string(m), func(t *testing.T) {
					conn := tr.connection()
					conn.Mechanism = m
					if !has {
						if _, err := clients.Settings(tr.id, conn); err == nil {
							t.Fatal("the catalogue emits settings for a mechanism that it says is missing")
						}
						conn.Mechanism = ""
						if _, err := clients.Settings(tr.id, conn); err != nil {
							return // it has no login of this kind at all
						}
					}
					record, output := meet(t, tr, conn, func(conf *smtptest.Config) { conf.Mechanisms = []settings.Mechanism{m} })
					logged := slices.ContainsFunc(record.Logins, func(l smtptest.Login) bool { return l.OK && l.Mechanism == string(m) })
					if logged != has || (record.Data == 1) != has {
						t.Errorf("the catalogue says %t\nrecord: %+v\noutput: %s", has, record, output)
					}
				})
			}
		})
	}
}

// If this fails, a consumer that is told nothing takes another mechanism than the
// catalogue says.
func TestChosenMechanism(t *testing.T) {
	for _, c := range consumers {
		entry, _ := clients.Lookup(c.id)
		if len(entry.Abilities.Chooses) == 0 {
			continue
		}
		t.Run(c.label, func(t *testing.T) {
			t.Parallel()
			tr := first(t, c.label)
			offered := []settings.Mechanism{settings.Plain, settings.Login, settings.CRAMMD5}
			want := ""
			for _, m := range entry.Abilities.Chooses {
				if slices.Contains(offered, m) {
					want = string(m)
					break
				}
			}
			record, output := meet(t, tr, tr.connection(), func(conf *smtptest.Config) { conf.Mechanisms = offered })
			if len(record.Logins) != 1 || record.Logins[0].Mechanism != want || record.Data != 1 {
				t.Errorf("want %s\nrecord: %+v\noutput: %s", want, record, output)
			}
		})
	}
}

// An abilityTrial is a connection and a server that show whether a consumer has an
// ability.
type abilityTrial struct {
	name    string
	ability func(clients.Abilities) clients.Ability
	ask     func(*clients.Connection)
	serve   func(*testing.T, trial, *smtptest.Config)
	shown   func(smtptest.Record) bool // that the consumer has it

	// assured: a consumer that compares nothing shows it in any case.
	assured bool
}

func abilityTrials(t *testing.T, folder string) []abilityTrial {
	t.Helper()
	delivered := func(r smtptest.Record) bool { return r.Data == 1 }
	cert, key, err := trusted.IssueClient(username)
	if err != nil {
		t.Fatal(err)
	}
	file := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	ca, certFile, keyFile := file("ca.pem", unknown.PEM()), file("client.pem", cert), file("client.key", key)
	issue := func(t *testing.T, authority *smtptest.Authority, name string, conf *smtptest.Config) {
		t.Helper()
		pair, err := authority.Issue(smtptest.Leaf{Names: []string{name}})
		if err != nil {
			t.Fatal(err)
		}
		conf.Certificate = pair
	}
	return []abilityTrial{
		{"EHLO name", func(a clients.Abilities) clients.Ability { return a.EHLOName },
			func(c *clients.Connection) { c.EHLOName = ehloName },
			func(*testing.T, trial, *smtptest.Config) {},
			func(r smtptest.Record) bool {
				return r.Data == 1 && slices.ContainsFunc(r.Commands, func(line string) bool {
					return strings.EqualFold(line, "EHLO "+ehloName)
				})
			}, false},
		{"another name", func(a clients.Abilities) clients.Ability { return a.ServerName },
			func(c *clients.Connection) { c.ServerName = otherName },
			func(t *testing.T, _ trial, conf *smtptest.Config) { issue(t, trusted, otherName, conf) },
			delivered, true},
		{"private authority", func(a clients.Abilities) clients.Ability { return a.PrivateCA },
			func(c *clients.Connection) { c.PrivateCA, c.CAFile = true, ca },
			func(t *testing.T, tr trial, conf *smtptest.Config) { issue(t, unknown, tr.host(), conf) },
			delivered, true},
		{"not verified", func(a clients.Abilities) clients.Ability { return a.SkipVerification },
			func(c *clients.Connection) { c.Insecure = true },
			func(t *testing.T, _ trial, conf *smtptest.Config) { issue(t, unknown, otherName, conf) },
			delivered, true},
		{"client certificate", func(a clients.Abilities) clients.Ability { return a.ClientCertificate },
			func(c *clients.Connection) { c.ClientCertificate, c.CertFile, c.KeyFile = true, certFile, keyFile },
			func(_ *testing.T, _ trial, conf *smtptest.Config) { conf.ClientCAs = trusted.Pool() },
			delivered, false},
	}
}

// If this fails, what the catalogue emits doesn't have a consumer do what the
// connection asks, or a consumer does so though the catalogue says that no setting
// tells it.
func TestAbilities(t *testing.T) {
	folder, err := os.MkdirTemp("", "abilities") //nolint:usetesting // other users read it, and the folders above t.TempDir are closed to them
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	all := abilityTrials(t, folder)
	t.Run("all", func(t *testing.T) {
		for _, c := range consumers {
			entry, _ := clients.Lookup(c.id)
			t.Run(c.label, func(t *testing.T) {
				t.Parallel()
				tr := first(t, c.label)
				for _, a := range all {
					can := a.ability(entry.Abilities).Can
					blind := a.assured && entry.Modes[tr.mode].Verification == clients.Unverified
					if can == "" && !blind {
						continue // the catalogue says nothing that could be wrong
					}
					t.Run(a.name, func(t *testing.T) {
						conn := tr.connection()
						a.ask(&conn)
						if _, err := clients.Settings(tr.id, conn); err != nil { // said at plan
							if can != clients.Cannot {
								t.Fatal(err)
							}
							conn = tr.connection()
						}
						want := can == clients.BySetting || blind
						record, output := meet(t, tr, conn, func(conf *smtptest.Config) { a.serve(t, tr, conf) })
						if a.shown(record) != want {
							t.Errorf("the catalogue says %q\nrecord: %+v\noutput: %s", can, record, output)
						}
						noteAbility(c, a.name)
					})
				}
			})
		}
	})
	for _, a := range all[:4] {
		if n := proved(a.name); n < 12 {
			t.Errorf("%s: only %d consumers", a.name, n)
		}
	}
}
