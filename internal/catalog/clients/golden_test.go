package clients

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The credentials of the golden files hold what URLs, files and shells trip over,
// but for the characters that a client is said not to take.
const (
	goldenUser     = "mailer@example.com"
	goldenPassword = "p@ss/w:rd+100%&?=$"
	goldenToken    = "ya29.token/+=="
)

var goldenPorts = map[settings.TLSMode]int{settings.Implicit: 465, settings.StartTLS: 587, settings.NoTLS: 2525}

// rendering is what a client gets in one mode with one kind of credentials.
type rendering struct {
	Settings Object            `json:"settings,omitempty"`
	Env      map[string]string `json:"env,omitempty"`
	Secrets  map[string]string `json:"secrets,omitempty"`
	Problem  *problem          `json:"problem,omitempty"`
	Warnings []finding.Code    `json:"warnings,omitempty"`
}

type problem struct {
	Code  finding.Code  `json:"code"`
	Facts finding.Facts `json:"facts"`
}

// If this fails, what an application is told has changed. Where the change is
// meant, go test -run TestGolden ./internal/catalog/clients -update writes the
// files anew; it is a breaking change for whoever uses the client.
func TestGolden(t *testing.T) {
	for _, c := range All() {
		t.Run(c.ID, func(t *testing.T) {
			file := filepath.Join("testdata", "golden", c.ID+".json")
			got := encodeGolden(t, renderAll(t, c))
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs; got\n%s", file, got)
			}
		})
	}
}

// If this fails, a golden file has outlived its client.
func TestNoGoldenFileIsLeftOver(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "golden", "*.json"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if _, ok := Lookup(strings.TrimSuffix(filepath.Base(f), ".json")); !ok {
			t.Errorf("%s belongs to no client", f)
		}
	}
}

func renderAll(t *testing.T, c Client) map[string]rendering {
	t.Helper()
	all := map[string]rendering{}
	for _, mode := range settings.TLSModes {
		for _, auth := range []settings.Auth{settings.AuthNone, settings.AuthPassword, settings.AuthOAuth2} {
			if _, ok := c.Auth[auth]; !ok && auth == settings.AuthOAuth2 {
				continue
			}
			all[string(mode)+", auth "+string(auth)] = render(t, c.ID, goldenConnection(mode, auth))
		}
	}
	for name, demand := range goldenDemands {
		for _, mode := range settings.TLSModes {
			if conn := goldenConnection(mode, settings.AuthPassword); c.able(conn) {
				demand(&conn)
				all[name] = render(t, c.ID, conn)
				break
			}
		}
	}
	return all
}

func goldenConnection(mode settings.TLSMode, auth settings.Auth) Connection {
	return Connection{
		Host: "smtp.example.com", Port: goldenPorts[mode], Mode: mode, Auth: auth, From: "robot@example.org",
		CAFile: "/etc/ssl/private-ca.pem", CertFile: "/etc/ssl/client.pem", KeyFile: "/etc/ssl/client.key", SecretName: "smtp",
	}
}

// goldenDemands are what a connection may ask beside host, port and mode, each in
// the first mode in which the client takes a password.
var goldenDemands = map[string]func(*Connection){
	"LOGIN":              func(c *Connection) { c.Mechanism = settings.Login },
	"EHLO name":          func(c *Connection) { c.EHLOName = "app.example.net" },
	"another name":       func(c *Connection) { c.ServerName = "mail.example.net" },
	"private authority":  func(c *Connection) { c.PrivateCA = true },
	"client certificate": func(c *Connection) { c.ClientCertificate = true },
	"not verified":       func(c *Connection) { c.Insecure = true },
}

func render(t *testing.T, id string, conn Connection) rendering {
	t.Helper()
	var r rendering
	var err error
	if r.Settings, err = Settings(id, conn); err != nil {
		var p *finding.Error
		if !errors.As(err, &p) {
			t.Fatalf("%v is no *finding.Error", err)
		}
		r.Problem = &problem{p.Code, p.Facts}
		return r
	}
	if r.Env, err = Env(id, conn); err != nil {
		t.Error(err)
	}
	secrets, err := Secrets(id, conn, goldenCredentials(id, conn.Auth))
	if err != nil {
		t.Error(err)
	}
	r.Secrets = map[string]string{}
	for name, value := range secrets {
		r.Secrets[name] = value.Reveal()
	}
	for _, p := range Check(id, conn) {
		r.Warnings = append(r.Warnings, p.Code)
	}
	return r
}

func goldenCredentials(id string, auth settings.Auth) Credentials {
	switch auth {
	case settings.AuthPassword:
		return Credentials{Username: goldenUser, Password: secret.New(fitting(id, goldenPassword))}
	case settings.AuthOAuth2:
		return Credentials{Username: goldenUser, AccessToken: secret.New(goldenToken)}
	}
	return Credentials{}
}

// fitting returns a password without the characters that a client can't take.
func fitting(id, password string) string {
	c, _ := Lookup(id)
	return strings.Map(func(r rune) rune {
		if slices.ContainsFunc(c.Unfit, func(u Unfit) bool { return strings.ContainsRune(u.Characters, r) }) {
			return -1
		}
		return r
	}, password)
}

func encodeGolden(t *testing.T, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// If this fails, a credential is shown in a plan or kept in a state.
func TestSettingsHoldNoCredential(t *testing.T) {
	for _, c := range All() {
		for name, r := range renderAll(t, c) {
			public := string(encodeGolden(t, []any{r.Settings, r.Env, r.Problem}))
			for _, credential := range []string{goldenUser, fitting(c.ID, goldenPassword), goldenToken, settings.PercentEncode(goldenUser), settings.PercentEncode(fitting(c.ID, goldenPassword))} {
				if strings.Contains(public, credential) {
					t.Errorf("%s, %s: settings or env hold a credential", c.ID, name)
				}
			}
			if strings.HasSuffix(name, "auth none") && len(r.Secrets) > 0 {
				t.Errorf("%s, %s: secrets without credentials: %v", c.ID, name, r.Secrets)
			}
			for key := range r.Secrets {
				if _, both := r.Env[key]; both {
					t.Errorf("%s, %s: %s is among the settings and the secrets", c.ID, name, key)
				}
			}
		}
	}
}

// If this fails, something weak is emitted without a word.
func TestWeaknessIsSaid(t *testing.T) {
	said := map[finding.Code]int{}
	for _, c := range All() {
		for _, mode := range []settings.TLSMode{settings.Implicit, settings.StartTLS} {
			m := c.Modes[mode]
			if m.Impossible != "" {
				continue
			}
			var codes []finding.Code
			conn := Connection{Host: "smtp.example.com", Auth: settings.AuthPassword, From: "robot@example.org"}
			port, ok := c.port(conn, mode)
			if !ok {
				continue
			}
			conn.Port, conn.Mode = port, mode
			for _, p := range Check(c.ID, conn) {
				codes = append(codes, p.Code)
				said[p.Code]++
			}
			if (m.Enforcement != Required) != slices.ContainsFunc(codes, func(c finding.Code) bool { return c == "client-weaker-tls" || c == "client-tls-unknown" }) {
				t.Errorf("%s, %s: enforcement %q and findings %v", c.ID, mode, m.Enforcement, codes)
			}
			if (m.Verification != Verified) != slices.ContainsFunc(codes, func(c finding.Code) bool { return c == "client-unverified" || c == "client-verification-unknown" }) {
				t.Errorf("%s, %s: verification %q and findings %v", c.ID, mode, m.Verification, codes)
			}
		}
	}
	if said["client-weaker-tls"] < 18 || said["client-unverified"] == 0 {
		t.Errorf("too few are called weak: %v", said)
	}
}
