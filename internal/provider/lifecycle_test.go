package provider_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, correct settings don't apply, or what a plan can know, or the
// server's own words, are wrong.
func TestCreate(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	planned, found := s.plan(state{}, r.login())
	found.none(t)
	for name, want := range map[string]any{
		"port": 465, "tls_mode": "implicit", "address": "mail.example.test:465", "url": "smtps://mail.example.test:465",
		"verified": later, "verified_at": later, "server_info": later, "tls_session": later, "auth_mechanism_used": later,
	} {
		if got := s.get(planned, name); got != want {
			t.Errorf("planned %s = %v, want %v", name, got, want)
		}
	}
	if n := len(r.Dials()); n != 0 {
		t.Errorf("the plan opened %d connections", n)
	}
	st, found := s.apply(planned, r.login())
	found.none(t)
	got := s.attributes(st)
	if got["verified"] != true || got["auth_mechanism_used"] != "PLAIN" || got["verified_at"] == nil {
		t.Errorf("state %v", got)
	}
	server := got["server_info"].(map[string]any)
	if server["address"] != "192.0.2.25:465" || !slices.Equal(server["auth_mechanisms"].([]any), []any{"PLAIN", "LOGIN"}) {
		t.Errorf("server %v", server)
	}
	if r.logins() != 1 {
		t.Errorf("%d logins, want 1", r.logins())
	}
}

// If this fails, a failed check leaves something in the state.
func TestFailedCreate(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	st, found := s.create(r.login().with(config{"password": "wrong-horse-battery"}))
	found.only(t, []string{"auth-rejected"}, nil)
	if st.exists() {
		t.Errorf("kept %v", s.attributes(st))
	}
}

// If this fails, a failed check changes the state.
func TestFailedUpdate(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	before, found := s.create(r.login())
	found.none(t)
	r.down()
	after, found := s.update(before, r.login().with(config{"timeout": "5s"}))
	found.only(t, []string{"connect-refused"}, nil)
	if !after.value.Equal(before.value) {
		t.Errorf("the state became %v", s.attributes(after))
	}
	r.up(smtptest.Config{})
	healed, found := s.update(after, r.login().with(config{"timeout": "5s"}))
	found.none(t)
	if got := s.attributes(healed); got["timeout"] != "5s" || got["verified"] != true {
		t.Errorf("the state became %v", got)
	}
}

// If this fails, a check that warns and then fails loses either, shows the warning
// first, or keeps something.
func TestErrorBesideWarnings(t *testing.T) {
	r := newRelay(t)
	r.down()
	r.leaf.Names = []string{"other.example.test"}
	r.up(smtptest.Config{})
	s := start(t, r, nil)
	c := r.login().with(config{
		"insecure": true, "password": "wrong-horse-battery",
		"ignore_rules": []any{"host-placeholder", "insecure-tls", "insecure-credentials"},
	})
	kept, found := s.create(c)
	same(t, "errors", found.errors(), []string{"auth-rejected"})
	same(t, "warnings", found.warnings(), []string{"insecure-certificate"})
	same(t, "first", code(found[0]), "auth-rejected")
	if kept.exists() {
		t.Errorf("kept %v", s.attributes(kept))
	}
}

// If this fails, apply contacts a server with settings that break a rule, should
// Terraform not validate them again.
func TestApplyAsksTheRules(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	wrong := r.login().with(config{"host": relayName + "\r\nRSET"})
	planned, found := s.plan(state{}, r.login().with(config{"host": later}))
	found.none(t)
	planned.config = wrong
	kept, found := s.carryOut(planned)
	found.only(t, []string{"host-control-character"}, nil)
	if kept.exists() || len(r.Dials()) > 0 {
		t.Errorf("kept %v after %d connections", s.attributes(kept), len(r.Dials()))
	}
}

// If this fails, an interrupted check goes on, or keeps something.
func TestInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRelay(t)
		r.down()
		r.up(smtptest.Config{GreetingDelay: 10 * time.Second})
		s := start(t, r, nil)
		planned, found := s.plan(state{}, r.login())
		found.none(t)
		ctx, interrupt := context.WithCancel(s.ctx)
		s.ctx = ctx
		time.AfterFunc(time.Second, interrupt)
		began := time.Now()
		kept, found := s.carryOut(planned)
		found.only(t, []string{"check-cancelled"}, nil)
		if kept.exists() {
			t.Errorf("kept %v", s.attributes(kept))
		}
		same(t, "time", time.Since(began), time.Second)
	})
}

// If this fails, the same mistakes come in another order each time, and you can't
// compare two plans of the same configuration.
func TestSteadyOrder(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	c := config{
		"host": "mail_relay.", "port": 25, "tls_mode": "none", "username": "app ", "password": "********", "access_token": "Bearer x",
		"from": "app", "rcpt_to": []any{"you"}, "ehlo_name": "[", "timeout": "1", "retry_attempts": 0, "verify": "auth",
		"ca_cert_pem": "x", "client_cert_pem": "x", "tls_server_name": "a b", "ignore_rules": []any{"no-such-a", "no-such-b", "host-empty"},
	}
	first := s.validateResource(c)
	if len(first) < 15 {
		t.Errorf("only %d mistakes: %v", len(first), first.errors())
	}
	for range 20 {
		if again := s.validateResource(c); again.text() != first.text() {
			t.Fatalf("first:\n%s\nthen:\n%s", first.text(), again.text())
		}
	}
	warned := false
	for _, d := range first {
		warning := d.Severity == tfprotov6.DiagnosticSeverityWarning
		if warned && !warning {
			t.Errorf("%s comes after a warning", code(d))
		}
		warned = warned || warning
	}
}
