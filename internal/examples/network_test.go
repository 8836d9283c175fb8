package examples

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// The account that the examples log in to, under the names they use.
const (
	password = "correct horse battery staple"
	token    = "ya29.token-of-the-examples"
)

var users = map[string]string{"app": password, `CORP\app`: password}

var tokens = map[string]string{"app@example.org": token}

// hosts are the servers that examples name.
var hosts = []string{
	"smtp.example.org",
	"mail.example.org",
	"relay.example.org",
	"exchange.example.org",
}

// machines is the one host that asks for a client certificate.
const machines = "certificates.example.org"

// internet is the network of the examples, with servers on the usual ports.
type internet struct {
	*smtptest.Network
	authority *smtptest.Authority
	servers   []*smtptest.Server
}

func newInternet(t *testing.T) *internet {
	t.Helper()
	authority, err := smtptest.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	n := &internet{Network: smtptest.NewNetwork(0), authority: authority}
	certificate, err := authority.Issue(smtptest.Leaf{Names: append(hosts, machines)})
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range hosts {
		n.Names[host] = []string{"192.0.2.1"}
	}
	n.Names[machines] = []string{"192.0.2.2"}
	cfg := smtptest.Config{
		Certificate: certificate,
		Name:        "smtp.example.org",
		Mechanisms: []settings.Mechanism{
			settings.Plain, settings.Login, settings.NTLM, settings.XOAuth2, settings.OAuthBearer,
		},
		Users:  users,
		Tokens: tokens,
		Size:   10 << 20,
	}
	for address, mode := range map[string]settings.TLSMode{
		"192.0.2.1:25":   settings.StartTLS,
		"192.0.2.1:465":  settings.Implicit,
		"192.0.2.1:587":  settings.StartTLS,
		"192.0.2.1:2525": settings.StartTLS,
	} {
		cfg.Mode = mode
		n.servers = append(n.servers, smtptest.Serve(n.Listen(address), cfg))
	}
	n.servers = append(n.servers, smtptest.Serve(n.Listen("192.0.2.2:465"), smtptest.Config{
		Mode:        settings.Implicit,
		Certificate: certificate,
		ClientCAs:   authority.Pool(),
		Mechanisms:  []settings.Mechanism{settings.External},
	}))
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
	certificate, key, err := n.authority.IssueClient("app.example.org")
	if err != nil {
		t.Fatal(err)
	}
	return map[string]any{
		"password":        password,
		"smtp_password":   password,
		"access_token":    token,
		"private_ca_pem":  n.authority.PEM(),
		"client_cert_pem": certificate,
		"client_key_pem":  key,
	}
}

// harmless checks what no example may do to a server.
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
