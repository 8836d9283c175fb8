package provider_test

import (
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, the provider block takes a value that no check can use, reports it
// elsewhere, or shows a key.
func TestProviderBlock(t *testing.T) {
	r := newRelay(t)
	_, key, err := r.ca.IssueClient(relayUser)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		block config
		code  string
		at    string
	}{
		{nil, "", ""},
		{config{"timeout": "45s", "ehlo_name": "client.example.test", "ca_cert_pem": r.ca.PEM(), "max_connections_per_host": 1, "offline": false}, "", ""},
		{config{"timeout": later, "ehlo_name": later, "ca_cert_pem": later, "max_connections_per_host": later, "offline": later}, "", ""},
		{config{"timeout": "fast"}, "timeout-invalid", "timeout"},
		{config{"timeout": "1ms"}, "timeout-invalid", "timeout"},
		{config{"ehlo_name": "a\r\nRSET"}, "ehlo-name-invalid", "ehlo_name"},
		{config{"ca_cert_pem": "ca.pem"}, "ca-pem-unreadable", "ca_cert_pem"},
		{config{"ca_cert_pem": r.ca.PEM() + key}, "ca-pem-private-key", "offline"},
		{config{"max_connections_per_host": 0}, "provider-connections-per-host", "max_connections_per_host"},
		{config{"max_connections_per_host": 1.5}, "number-unusable", "max_connections_per_host"},
		{config{"max_connections_per_host": 101}, "provider-connections-per-host", "max_connections_per_host"},
	}
	for _, tt := range tests {
		found := serve(t, r).validateProvider(tt.block)
		if tt.code == "" {
			found.none(t)
			continue
		}
		found.only(t, []string{tt.code}, nil)
		if at := found.at(tt.code); at != tt.at {
			t.Errorf("%s stands at %q, want %q", tt.code, at, tt.at)
		}
	}
}

// If this fails, a connection doesn't take the provider's values, or takes them
// although it has its own.
func TestInherited(t *testing.T) {
	r := newRelay(t)
	block := config{"ca_cert_pem": r.ca.PEM(), "ehlo_name": "from-provider.example.test"}
	s := start(t, r, block)
	bare := r.login().without("ca_cert_pem")
	st, found := s.create(bare)
	found.none(t)
	same(t, "ca_cert_pem in the state", s.attributes(st)["ca_cert_pem"], nil)
	_, found = s.create(bare.with(config{"ehlo_name": "own.example.test"}))
	found.none(t)
	names := []string{}
	for _, command := range r.servers[465].Record().Commands {
		if len(command) > 5 && command[:5] == "EHLO " {
			names = append(names, command[5:])
		}
	}
	same(t, "names", names, []string{"from-provider.example.test", "own.example.test"})
	stranger, err := smtptest.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	_, found = s.create(bare.with(config{"ca_cert_pem": stranger.PEM()}))
	found.only(t, []string{"certificate-unknown-authority"}, nil)
}

// If this fails, settings leave out what the provider block adds to the check, no client
// is asked for it, or what the connection says itself doesn't come first.
func TestInheritedByClients(t *testing.T) {
	r := newRelay(t)
	bare := r.login().without("ca_cert_pem").with(config{"ehlo_name": nil, "verify": "none"})
	tests := []struct {
		name             string
		block, change    config
		ehlo, ca         any
		errors, warnings []string
	}{
		{"neither", config{}, config{"clients": []any{"argocd-notifications", "tf-supabase-settings-auth"}}, nil, false, nil, nil},
		{"of the provider block", config{"ca_cert_pem": r.ca.PEM(), "ehlo_name": "app.example.net"}, config{}, "app.example.net", true, nil, nil},
		{"of the connection", config{"ehlo_name": "app.example.net"}, config{"ehlo_name": "own.example.net"}, "own.example.net", false, nil, nil},
		{"a client without EHLO name", config{"ehlo_name": "app.example.net"}, config{"clients": []any{"argocd-notifications"}}, "app.example.net", false,
			nil, []string{"client-ehlo-name"}},
		{"a client with roots of its own", config{"ca_cert_pem": r.ca.PEM()}, config{"clients": []any{"argocd-notifications"}}, nil, true,
			nil, []string{"client-private-ca-outside"}},
		{"a client that trusts public authorities alone", config{"ca_cert_pem": r.ca.PEM()}, config{"clients": []any{"tf-supabase-settings-auth"}}, nil, true,
			[]string{"client-private-ca"}, nil},
		{"known later", config{"ca_cert_pem": later, "ehlo_name": later}, config{"clients": []any{"argocd-notifications"}}, later, later, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := start(t, r, tt.block)
			c := bare.with(tt.change)
			planned, found := s.plan(state{}, c)
			found.only(t, tt.errors, tt.warnings)
			if len(tt.errors) > 0 {
				contains(t, found.text(), "The provider block gives ca_cert_pem to all connections")
				return
			}
			handed := s.attributes(planned.planned)["settings"].(map[string]any)
			same(t, "ehlo_name", handed["ehlo_name"], tt.ehlo)
			same(t, "private_ca", handed["private_ca"], tt.ca)
			var warnings []string
			if tt.ca == later {
				tt.ehlo, tt.ca = nil, nil // a data source can't wait
				warnings = []string{"provider-value-later", "provider-value-later"}
			}
			read, found := s.readDataSource(c)
			found.only(t, nil, warnings)
			handed = read["settings"].(map[string]any)
			same(t, "ehlo_name of the data source", handed["ehlo_name"], tt.ehlo)
			same(t, "private_ca of the data source", handed["private_ca"], tt.ca)
		})
	}
}

// If this fails, a default silently replaces a value of the provider block that isn't
// known yet, or such a value is an error where nothing needs it.
func TestUnknownInProvider(t *testing.T) {
	r := newRelay(t)
	needed := []struct {
		name, at string
		own      any // what the connection may say instead
	}{
		{"timeout", "timeout", "20s"},
		{"ehlo_name", "ehlo_name", "client.example.test"},
		{"ca_cert_pem", "ca_cert_pem", r.ca.PEM()},
		{"max_connections_per_host", "host", nil},
		{"offline", "host", nil},
	}
	for _, tt := range needed {
		t.Run(tt.name, func(t *testing.T) {
			block := config{"ca_cert_pem": r.ca.PEM()}.with(config{tt.name: later})
			s := start(t, r, block)
			c := r.login().without("ca_cert_pem").with(config{"verify": "handshake"})
			before := len(r.Dials())
			_, found := s.readDataSource(c)
			found.only(t, []string{"provider-value-unknown"}, nil)
			same(t, "place", found.at("provider-value-unknown"), tt.at)
			contains(t, found.text(), tt.name+" in the provider block is not known yet")
			_, found = s.readDataSource(c.with(config{"on_failure": "report"}))
			found.only(t, []string{"provider-value-unknown"}, nil)
			if n := len(r.Dials()) - before; n != 0 {
				t.Errorf("%d connections with a default in its place", n)
			}
			_, found = s.readDataSource(c.with(config{"verify": "none"}))
			if tt.name == "ehlo_name" || tt.name == "ca_cert_pem" {
				found.only(t, nil, []string{"provider-value-later"}) // it is part of the settings
				same(t, "place", found.at("provider-value-later"), tt.at)
				_, found = s.readDataSource(c.with(config{"verify": "none", "ignore_rules": []any{"host-placeholder", "provider-value-later"}}))
			}
			found.none(t)
			_, found = s.plan(state{}, c)
			found.none(t)
			if tt.own != nil {
				_, found = s.readDataSource(c.with(config{tt.name: tt.own}))
				found.none(t)
			}
		})
	}
}

// If this fails, a refresh connects with a default in place of an unknown value,
// reports that as drift, or fails.
func TestUnknownInProviderAtRefresh(t *testing.T) {
	r := newRelay(t)
	c := r.login().without("ca_cert_pem").with(config{"refresh": "handshake"})
	st, found := start(t, r, config{"ca_cert_pem": r.ca.PEM()}).create(c)
	found.none(t)
	before := len(r.Dials())
	for _, name := range []string{"ca_cert_pem", "offline", "timeout"} {
		s := start(t, r, config{"ca_cert_pem": r.ca.PEM()}.with(config{name: later}))
		after, found := s.refresh(st)
		found.none(t)
		same(t, "state", s.attributes(after), s.attributes(st))
		planned, found := s.plan(after, c)
		found.none(t)
		if waits := name == "ca_cert_pem"; planned.empty() == waits { // it is part of the settings
			t.Errorf("%s unknown: planned is %v", name, s.attributes(planned.planned))
		}
	}
	if n := len(r.Dials()) - before; n != 0 {
		t.Errorf("%d connections", n)
	}
}

// If this fails, a value of the provider block that becomes known during apply reaches the
// settings one apply late, so that the plan after apply is not empty; or the connection is
// checked again although the value stayed the same.
func TestProviderBlockKnownDuringApply(t *testing.T) {
	r := newRelay(t)
	c := r.login().without("ca_cert_pem")
	block := config{"ca_cert_pem": r.ca.PEM(), "ehlo_name": "app.example.net"}
	before, found := start(t, r, block).create(c)
	found.none(t)
	for _, tt := range []struct {
		name, ehlo string
		checks     int
	}{
		{"another value", "other.example.net", 1},
		{"the same value", "app.example.net", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			planned, found := start(t, r, block.with(config{"ehlo_name": later})).plan(before, c)
			found.none(t)
			if planned.empty() {
				t.Error("the plan shows no change")
			}
			dials := len(r.Dials())
			s := start(t, r, block.with(config{"ehlo_name": tt.ehlo}))
			after, found := s.apply(planned, c)
			found.none(t)
			same(t, "checks", len(r.Dials())-dials, tt.checks)
			same(t, "ehlo_name", s.attributes(after)["settings"].(map[string]any)["ehlo_name"], any(tt.ehlo))
			if quiet, _ := s.plan(after, c); !quiet.empty() {
				t.Errorf("after apply, there are still changes: %v", s.attributes(quiet.planned))
			}
		})
	}
}

// If this fails, a call before Configure, which Terraform never makes, panics.
func TestNotConfigured(t *testing.T) {
	r := newRelay(t)
	s := serve(t, r)
	st, found := s.create(r.login())
	found.only(t, []string{"unexpected-error"}, nil)
	if st.exists() {
		t.Errorf("kept %v", s.attributes(st))
	}
	_, found = s.readDataSource(r.login().with(config{"verify": "handshake"}))
	found.only(t, []string{"unexpected-error"}, nil)
	st, found = start(t, r, nil).create(r.login().with(config{"refresh": "handshake"}))
	found.none(t)
	_, found = s.refresh(st)
	found.none(t)
	if quiet, _ := s.plan(st, r.login().with(config{"refresh": "handshake"})); !quiet.empty() {
		t.Error("changes are planned")
	}
}

// If this fails, more checks of one host run at the same time than
// max_connections_per_host allows, or it holds back other hosts. Each check takes a
// second of virtual time here.
func TestConnectionsPerHost(t *testing.T) {
	tests := []struct {
		atMost any
		want   time.Duration
	}{
		{1, 8 * time.Second},
		{2, 4 * time.Second},
		{nil, 2 * time.Second}, // 4
		{8, time.Second},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			r := newRelay(t)
			r.down()
			r.up(smtptest.Config{GreetingDelay: time.Second})
			s := start(t, r, config{"max_connections_per_host": tt.atMost})
			began := time.Now()
			var all sync.WaitGroup
			for range 4 {
				all.Go(func() {
					_, found := s.create(r.login())
					if len(found) > 0 {
						t.Error(found.text())
					}
				})
				all.Go(func() {
					_, found := s.readDataSource(r.login().with(config{"verify": "handshake"}))
					if len(found) > 0 {
						t.Error(found.text())
					}
				})
			}
			all.Wait()
			if took := time.Since(began); took != tt.want {
				t.Errorf("8 checks with at most %v took %s, want %s", tt.atMost, took, tt.want)
			}
		})
	}
}
