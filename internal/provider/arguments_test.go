package provider_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// probeOutputs are the outputs of a check.
var probeOutputs = []string{"verified", "verified_at", "server_info", "tls_session", "auth_mechanism_used", "server_reply"}

// filled gives every argument of the resource a value, as far as they go
// together: one block for each kind of secret. All of them pass on the relay.
func filled(t *testing.T, r *relay) []config {
	t.Helper()
	cert, key, err := r.ca.IssueClient(relayUser)
	if err != nil {
		t.Fatal(err)
	}
	common := config{
		"host": relayName, "port": 10465, "tls_mode": "implicit", "username": relayUser,
		"from": relayUser, "rcpt_to": []any{"you@example.test"}, "ca_cert_pem": r.ca.PEM(),
		"tls_server_name": relayName, "tls_min_version": "1.2", "insecure": false, "ehlo_name": "client.example.test",
		"verify": "message", "message_subject": "Delivery test", "ignore_rules": []any{"host-placeholder"}, "retry_attempts": 2, "timeout": "20s",
		"triggers": map[string]any{"run": "1"}, "refresh": "none", "client_cert_pem": cert,
		"clients": []any{"msmtp"},
	}
	return []config{
		common.with(config{"password": relayPassword, "client_key_pem": key, "auth_mechanism": "PLAIN"}),
		common.with(config{"password_wo": relayPassword, "password_wo_version": 1, "client_key_pem_wo": key, "client_key_pem_wo_version": 1}),
		common.with(config{"access_token": "token-of-an-hour", "client_key_pem": key, "auth_mechanism": "XOAUTH2"}),
		common.with(config{"access_token_wo": "token-of-an-hour", "access_token_wo_version": 1, "client_key_pem": key}),
	}
}

// others gives every argument another value than filled does.
var others = config{
	"host": "smtp.example.test", "port": 10466, "tls_mode": "starttls", "username": "other@example.test",
	"password": "another-horse-battery", "password_wo": "another-horse-battery", "password_wo_version": 2,
	"access_token": "token-of-the-next-hour", "access_token_wo": "token-of-the-next-hour", "access_token_wo_version": 2,
	"auth_mechanism": "LOGIN", "from": "other@example.test", "rcpt_to": []any{"you@example.test", "me@example.test"},
	"ca_cert_pem": later, "client_cert_pem": later, "client_key_pem": later, "client_key_pem_wo": later,
	"client_key_pem_wo_version": 2, "tls_server_name": "smtp.example.test", "tls_min_version": "1.3", "insecure": later,
	"ehlo_name": "other.example.test", "verify": "handshake", "message_subject": "Another test", "ignore_rules": []any{"host-placeholder", "rcpt-to-unused"},
	"retry_attempts": 3, "timeout": "21s", "triggers": map[string]any{"run": "2"}, "refresh": "handshake",
	"clients": []any{"msmtp", "phpmailer"},
}

func arguments(schema *tfprotov6.Schema) []*tfprotov6.SchemaAttribute {
	return slices.DeleteFunc(slices.Clone(schema.Block.Attributes), func(a *tfprotov6.SchemaAttribute) bool {
		return !a.Required && !a.Optional
	})
}

// If this fails, nobody notices that an argument was removed from the block or got
// another value: the plan must check again, or say what is missing now. The arguments
// are those of the schema, so a new one can't be forgotten.
func TestEveryArgumentCounts(t *testing.T) {
	r := newRelay(t)
	r.down()
	r.up(smtptest.Config{
		Mechanisms: []settings.Mechanism{settings.Plain, settings.XOAuth2},
		Tokens:     map[string]string{relayUser: "token-of-an-hour"},
	})
	s := start(t, r, nil)
	seen := map[string]bool{}
	for _, full := range filled(t, r) {
		before, found := s.create(full)
		found.none(t)
		same, found := s.plan(before, full)
		found.none(t)
		if !same.empty() {
			t.Fatalf("unchanged, yet the plan has %v", s.attributes(same.planned))
		}
		for _, a := range arguments(s.resourceSchema()) {
			if _, given := full[a.Name]; !given {
				continue
			}
			seen[a.Name] = true
			t.Run("without "+a.Name, func(t *testing.T) { s.in(t).notices(before, full.without(a.Name)) })
			other, ok := others[a.Name]
			if !ok {
				t.Errorf("%s has no other value", a.Name)
			}
			changed := full.with(config{a.Name: other})
			if !a.WriteOnly {
				t.Run("another "+a.Name, func(t *testing.T) { s.in(t).notices(before, changed) })
				continue
			}
			t.Run("another "+a.Name, func(t *testing.T) {
				s := s.in(t)
				quiet, found := s.plan(before, changed)
				found.none(t)
				if !quiet.empty() {
					t.Errorf("a write-only value was compared: %v", s.attributes(quiet.planned))
				}
				s.notices(before, changed.with(config{a.Name + "_version": 2}))
			})
		}
	}
	for _, a := range arguments(s.resourceSchema()) {
		if !seen[a.Name] {
			t.Errorf("no block has %s", a.Name)
		}
	}
}

// notices ends the test unless the plan of a block says what is wrong with it, or
// checks again: then every output of the check is unknown.
func (s *served) notices(before state, c config) {
	s.Helper()
	planned, found := s.plan(before, c)
	if found.failed() {
		return
	}
	if planned.empty() {
		s.Fatal("no changes")
	}
	for _, name := range probeOutputs {
		if got := s.get(planned, name); got != later {
			s.Errorf("%s is planned as %v", name, got)
		}
	}
}

// derived are the settings of the connection of [TestDerivedFromTheBlock].
func derived(changes object) map[string]any {
	o := completed(object{
		"host": "mail.example.test", "port": 10465, "tls_mode": "implicit", "auth": "password", "from": relayUser, "private_ca": true,
	})
	maps.Copy(o, changes)
	return o
}

// If this fails, an argument that was removed keeps its prior value in the outputs, or
// outputs that follow from the block are unknown at plan.
func TestDerivedFromTheBlock(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	before, found := s.create(r.login().with(config{"port": 10465, "tls_mode": "implicit", "from": relayUser}))
	found.none(t)
	tests := []struct {
		name    string
		without string
		change  config
		want    map[string]any
	}{
		{"port follows from the mode", "port", nil, map[string]any{
			"port": 465, "tls_mode": "implicit", "address": "mail.example.test:465", "url": "smtps://mail.example.test:465",
		}},
		{"mode follows from the port", "tls_mode", nil, map[string]any{
			"port": 10465, "tls_mode": "starttls", "url": "smtp://mail.example.test:10465",
		}},
		{"another mode", "port", config{"tls_mode": "starttls"}, map[string]any{"port": 587, "address": "mail.example.test:587"}},
		{"no sender", "from", nil, map[string]any{"settings": derived(object{"from": nil})}},
		{"clear text", "password", config{"username": nil, "host": "localhost", "port": 1025, "tls_mode": "none", "ca_cert_pem": nil}, map[string]any{
			"url": "smtp+insecure://localhost:1025",
			"client_options": map[string]any{
				"ssl_tls_none": "none", "tls_starttls_none": "none", "secure": false,
			},
			"settings": derived(object{"host": "localhost", "port": 1025, "tls_mode": "none", "auth": "none", "private_ca": false}),
		}},
		{"unknown host", "", config{"host": later}, map[string]any{
			"port": 10465, "address": later, "url": later,
			"settings": derived(object{"host": later, "auth_mechanism": later}),
		}},
		{"unknown port alone", "tls_mode", config{"port": later}, map[string]any{
			"port": later, "tls_mode": later, "address": later, "client_options": later,
		}},
		{"unknown port", "", config{"port": later}, map[string]any{
			"port": later, "tls_mode": "implicit", "address": later,
			"client_options": map[string]any{"ssl_tls_none": "SSL", "tls_starttls_none": "TLS", "secure": true},
		}},
		{"unknown password", "", config{"password": later}, map[string]any{"settings": derived(nil)}},
		{"all that the check does", "", config{
			"auth_mechanism": "LOGIN", "ehlo_name": "app.example.test", "tls_server_name": relayName, "insecure": true, "ca_cert_pem": later,
			"ignore_rules": []any{"host-placeholder", "insecure-credentials"},
		}, map[string]any{"settings": derived(object{
			"auth_mechanism": "LOGIN", "auth_mechanism_declared": true, "ehlo_name": "app.example.test",
			"tls_server_name": relayName, "insecure": true, "private_ca": later,
		})}},
		{"A-labels", "", config{"host": "BÜCHER.example.test"}, map[string]any{"address": "xn--bcher-kva.example.test:10465"}},
		{"IPv6", "", config{"host": "2001:db8::25", "tls_server_name": relayName}, map[string]any{"url": "smtps://[2001:db8::25]:10465"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := s.in(t)
			c := r.login().with(config{"port": 10465, "tls_mode": "implicit", "from": relayUser}).without(tt.without).with(tt.change)
			planned, found := s.plan(before, c)
			if found.failed() {
				t.Fatal(found.text())
			}
			for name, want := range tt.want {
				same(t, "planned "+name, s.get(planned, name), want)
			}
		})
	}
}

// If this fails, a value that is known only at apply makes the second plan, or the
// result, contradict the first plan.
func TestUnknownUntilApply(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	final := r.login().with(config{"triggers": map[string]any{"t": "2026-11-25T12:00:00Z"}})
	prior, found := s.create(r.login())
	found.none(t)
	for name := range final {
		for _, before := range []state{{}, prior} {
			planned, found := s.plan(before, final.with(config{name: later}))
			found.none(t)
			st, found := s.apply(planned, final)
			found.none(t)
			if got := s.attributes(st); got["verified"] != true || got["port"] != 465 {
				t.Errorf("%s unknown: %v", name, got)
			}
		}
	}
	// timestamp() in a trigger is unknown at each plan, and checks at each apply.
	before := r.logins()
	for i := range 2 {
		planned, found := s.plan(prior, final.with(config{"triggers": map[string]any{"t": later}}))
		found.none(t)
		if planned.empty() {
			t.Fatal("no changes")
		}
		prior, found = s.apply(planned, final.with(config{"triggers": map[string]any{"t": []string{"12:01", "12:02"}[i]}}))
		found.none(t)
	}
	if got := r.logins() - before; got != 2 {
		t.Errorf("%d logins, want 2", got)
	}
}
