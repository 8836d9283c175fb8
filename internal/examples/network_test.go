package examples

import (
	"cmp"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// The account that the examples log in to, under the names they use.
const (
	password = "correct horse battery staple"
	token    = "ya29.token-of-the-examples"
)

// The account at services whose secrets have a form.
const (
	appPassword = "abcdefghijklmnop"
	sesUser     = "AKIAIOSFODNN7EXAMPLE"
	sesPassword = "BExampleExampleExampleExampleExampleExample0"
)

// secrets are what no state may hold, except where an example says that it does.
var secrets = []string{password, token, clientSecret, refreshToken, appPassword, sesPassword}

var users = map[string]string{"app": password, `CORP\app`: password, "app@example.org": appPassword, sesUser: sesPassword}

var tokens = map[string]string{"app@example.org": token}

// hosts are the servers that examples name, each with its own certificate.
var hosts = []struct {
	name  string
	owner string // the certificate's name, where it isn't the host's
	modes map[int]settings.TLSMode
}{
	{name: "smtp.example.org", modes: usual},
	{name: "mail-1.example.org", owner: "smtp.example.org", modes: usual},
	{name: "relay.example.org", modes: usual},
	{name: "exchange.example.org", modes: usual},
	{name: "mail.example.org", modes: map[int]settings.TLSMode{2525: settings.Implicit}},
	{name: "smtp.gmail.com", modes: usual},
	{name: "email-smtp.eu-west-1.amazonaws.com", modes: usual},
	{name: "smtp.office365.com", modes: map[int]settings.TLSMode{587: settings.StartTLS}},
	{name: machines, modes: usual},
}

// machines is the host that asks for a client certificate.
const machines = "certificates.example.org"

// usual are the ports of a submission server.
var usual = map[int]settings.TLSMode{
	25: settings.StartTLS, 465: settings.Implicit, 587: settings.StartTLS, 2525: settings.StartTLS,
}

// authority issues the certificates of all servers here.
var authority *smtptest.Authority

// TestMain adds the authority to the roots of the system, as a public one is, so that
// the examples need no private one. Go reads the variable once, and not on every system.
func TestMain(m *testing.M) {
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "examples-")
		if err != nil {
			log.Fatal(err)
		}
		defer os.RemoveAll(dir)
		if authority, err = smtptest.NewAuthority(); err != nil {
			log.Fatal(err)
		}
		roots := filepath.Join(dir, "roots.pem")
		if err := os.WriteFile(roots, []byte(authority.PEM()), 0o600); err != nil {
			log.Fatal(err)
		}
		os.Setenv("SSL_CERT_FILE", roots)
		return m.Run()
	}())
}

// internet is the network of the examples.
type internet struct {
	*smtptest.Network
	servers []*smtptest.Server
}

func newInternet(t *testing.T) *internet {
	t.Helper()
	n := &internet{Network: smtptest.NewNetwork(0)}
	for i, host := range hosts {
		address := fmt.Sprintf("192.0.2.%d", i+1)
		n.Names[host.name] = []string{address}
		cfg := smtptest.Config{
			Name: host.name,
			Mechanisms: []settings.Mechanism{
				settings.Plain, settings.Login, settings.NTLM, settings.XOAuth2, settings.OAuthBearer,
			},
			Users:  users,
			Tokens: tokens,
			Size:   10 << 20,
		}
		if host.name == machines {
			cfg.ClientCAs, cfg.Mechanisms = authority.Pool(), []settings.Mechanism{settings.External}
		}
		var err error
		cfg.Certificate, err = authority.Issue(smtptest.Leaf{Names: []string{cmp.Or(host.owner, host.name)}})
		if err != nil {
			t.Fatal(err)
		}
		for port, mode := range host.modes {
			cfg.Mode = mode
			n.servers = append(n.servers, smtptest.Serve(n.Listen(fmt.Sprintf("%s:%d", address, port)), cfg))
		}
	}
	n.serveTokens(t)
	t.Cleanup(func() {
		for _, s := range n.servers {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	})
	return n
}

// variables are the values of the variables that examples declare without one.
func (n *internet) variables(t *testing.T) map[string]any {
	t.Helper()
	certificate, key, err := authority.IssueClient("app.example.org")
	if err != nil {
		t.Fatal(err)
	}
	return map[string]any{
		"password":        password,
		"smtp_password":   password,
		"smtp_passwords":  map[string]string{"alerts": password},
		"stored_password": password,
		"access_token":    token,
		"client_secret":   clientSecret,
		"refresh_token":   refreshToken,
		"private_ca_pem":  authority.PEM(),
		"client_cert_pem": certificate,
		"client_key_pem":  key,

		"gmail_app_password": appPassword,
		"app_password":       appPassword,
		"ses_smtp_username":  sesUser,
		"ses_smtp_password":  sesPassword,

		"google_client_id":        "robot.apps.googleusercontent.com",
		"google_client_secret":    clientSecret,
		"google_refresh_token":    refreshToken,
		"microsoft_tenant_id":     "00000000-0000-0000-0000-000000000000",
		"microsoft_client_id":     "11111111-1111-1111-1111-111111111111",
		"microsoft_client_secret": clientSecret,
		"microsoft_refresh_token": refreshToken,
		"service_account":         serviceAccount(),
	}
}

// harmless fails the test where an example did something to a server that none may do.
func (n *internet) harmless(t *testing.T) {
	t.Helper()
	for _, s := range n.servers {
		r := s.Record()
		if r.Data > 0 || r.CredentialInClear {
			t.Errorf("%v: %d messages sent, credential in clear: %v", s.Addr(), r.Data, r.CredentialInClear)
		}
		for _, login := range r.Logins {
			if !login.OK {
				t.Errorf("%v: the login of %q by %s was refused", s.Addr(), login.Username, login.Mechanism)
			}
		}
	}
}

// logins counts the logins to all servers.
func (n *internet) logins() int {
	count := 0
	for _, s := range n.servers {
		count += len(s.Record().Logins)
	}
	return count
}
