package provider_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/provider"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// The relay of the tests. It isn't called localhost, so that no trust in that
// name hides a fault.
const (
	relayName     = "mail.example.test"
	relayAddress  = "192.0.2.25"
	relayUser     = "app@example.test"
	relayPassword = "correct-horse-battery"
)

// relay is a mail server in an internet in memory.
type relay struct {
	*smtptest.Network
	ca      *smtptest.Authority
	leaf    smtptest.Leaf
	t       testing.TB
	servers map[uint16]*smtptest.Server // by port
}

// relayPorts are those of the relay. No mode follows from 10465.
var relayPorts = map[uint16]settings.TLSMode{
	465: settings.Implicit, 10465: settings.Implicit, 587: settings.StartTLS, 1025: settings.NoTLS,
}

func newRelay(t testing.TB) *relay {
	t.Helper()
	ca, err := smtptest.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	n := smtptest.NewNetwork(0)
	n.Names = map[string][]string{relayName: {relayAddress}}
	r := &relay{Network: n, ca: ca, leaf: smtptest.Leaf{Names: []string{relayName}}, t: t}
	r.up(smtptest.Config{})
	return r
}

// up starts the servers, with the account of the tests unless cfg has others.
func (r *relay) up(cfg smtptest.Config) {
	r.t.Helper()
	cert, err := r.ca.Issue(r.leaf)
	if err != nil {
		r.t.Fatal(err)
	}
	cfg.Certificate = cert
	if cfg.Users == nil {
		cfg.Users = map[string]string{relayUser: relayPassword}
	}
	if cfg.Mechanisms == nil {
		cfg.Mechanisms = []settings.Mechanism{settings.Plain, settings.Login}
	}
	r.servers = map[uint16]*smtptest.Server{}
	for port, mode := range relayPorts {
		cfg.Mode = mode
		r.servers[port] = smtptest.Serve(r.Listen(fmt.Sprintf("%s:%d", relayAddress, port)), cfg)
	}
	r.t.Cleanup(r.down)
}

// down ends the servers: connections are refused then.
func (r *relay) down() {
	for _, server := range r.servers {
		_ = server.Close()
	}
}

// logins returns how many times somebody logged in or tried to.
func (r *relay) logins() int {
	n := 0
	for _, server := range r.servers {
		n += len(server.Record().Logins)
	}
	return n
}

// login is a block that passes on the relay. Its host is a name for examples on
// purpose, so it ignores what the rules say about that.
func (r *relay) login() config {
	return config{
		"host": relayName, "username": relayUser, "password": relayPassword,
		"ca_cert_pem": r.ca.PEM(), "ignore_rules": []any{"host-placeholder"},
	}
}

// factories are the provider on a network, for the real Terraform.
func factories(n provider.Network) map[string]func() (tfprotov6.ProviderServer, error) {
	return map[string]func() (tfprotov6.ProviderServer, error){
		"smtp": func() (tfprotov6.ProviderServer, error) {
			return provider.NewServer(provider.NewOn("test", n)())(), nil
		},
	}
}
