package provider_test

import (
	"slices"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// TestCreate would fail if right settings did not apply, or if what a plan can
// know, or the server's own words, came out wrong.
func TestCreate(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	planned, found := s.plan(state{}, r.login())
	found.none(t)
	for name, want := range map[string]any{
		"port": 465, "tls_mode": "implicit", "address": "mail.example.test:465", "url": "smtps://mail.example.test:465",
		"verified": later, "verified_at": later, "server": later, "tls": later, "auth_mechanism_used": later,
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
	server := got["server"].(map[string]any)
	if server["address"] != "192.0.2.25:465" || !slices.Equal(server["auth_mechanisms"].([]any), []any{"PLAIN", "LOGIN"}) {
		t.Errorf("server %v", server)
	}
	if r.logins() != 1 {
		t.Errorf("%d logins, want 1", r.logins())
	}
}

// TestFailedCreate would fail if a failed check left something in the state.
func TestFailedCreate(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	st, found := s.create(r.login().with(config{"password": "wrong-horse-battery"}))
	found.only(t, []string{"auth-rejected"}, nil)
	if st.exists() {
		t.Errorf("kept %v", s.attributes(st))
	}
}

// TestFailedUpdate would fail if a failed check changed the state.
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
