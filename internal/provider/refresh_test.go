package provider_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// drifts are what may happen to a server between two refreshes, and whether the
// verified handshake would fail afterwards.
var drifts = []struct {
	name   string
	happen func(*relay)
	code   string // in the warning; "" where nothing has drifted
}{
	{"nothing", func(*relay) {}, ""},
	{"a renewed certificate", func(r *relay) { r.down(); r.up(smtptest.Config{}) }, ""},
	{"another greeting", func(r *relay) { r.down(); r.up(smtptest.Config{Greeting: "220 new.example.test ESMTP"}) }, ""},
	{"another password", func(r *relay) {
		r.down()
		r.up(smtptest.Config{Users: map[string]string{relayUser: "new-horse-battery"}})
	}, ""},
	{"another size", func(r *relay) { r.down(); r.up(smtptest.Config{Size: 1 << 20}) }, ""},
	{"stopped", func(r *relay) { r.down() }, "connect-refused"},
	{"no answer", func(r *relay) { r.BlackHole(relayAddress) }, "connect-timeout"},
	{"no name", func(r *relay) { delete(r.Names, relayName) }, "dns-not-found"},
	{"another name in the certificate", func(r *relay) {
		r.down()
		r.leaf.Names = []string{"other.example.test"}
		r.up(smtptest.Config{})
	}, "certificate-name-mismatch"},
	{"expired", func(r *relay) {
		r.down()
		r.leaf.NotAfter = time.Now().Add(-time.Hour)
		r.up(smtptest.Config{})
	}, "certificate-expired"},
	{"a temporary refusal", func(r *relay) {
		r.down()
		r.up(smtptest.Config{Greeting: "421 4.3.2 mail.example.test is going down"})
	}, "server-closing"},
}

// If this fails, a refresh reports drift where there is none, or overlooks it; drift
// is an error, changes more than verified, or logs in; or the next plan does not check
// again, in place, and heal.
func TestRefresh(t *testing.T) {
	for _, tt := range drifts {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRelay(t)
				s := start(t, r, nil)
				c := r.login().with(config{"refresh": "handshake", "timeout": "15s"})
				before, found := s.create(c)
				found.none(t)
				tt.happen(r)
				logins := r.logins()
				after, found := s.refresh(before)
				if r.logins() != logins {
					t.Errorf("the refresh logged in")
				}
				if tt.code == "" {
					found.none(t)
					same(t, "state", s.attributes(after), s.attributes(before))
					return
				}
				found.only(t, nil, []string{"handshake-drift"})
				contains(t, found.text(), "found "+tt.code+".")
				want := s.attributes(before)
				want["verified"] = false
				same(t, "state", s.attributes(after), want)
				s.heals(r, after, c)
			})
		})
	}
}

// heals looks at the plan after drift: a check in place, which fails while the server
// is wrong and passes when it is right again.
func (s *served) heals(r *relay, drifted state, c config) {
	s.Helper()
	planned, found := s.plan(drifted, c)
	found.none(s)
	if planned.empty() {
		s.Fatal("no check is planned")
	}
	for _, name := range probeOutputs {
		if got := s.get(planned, name); got != later {
			s.Errorf("%s is planned as %v", name, got)
		}
	}
	kept, found := s.apply(planned, c)
	if !found.failed() {
		s.Error("a check of a wrong server passed")
	}
	same(s, "state after a failed check", s.attributes(kept), s.attributes(drifted))
	again, found := s.refresh(kept) // looks no more: the check is due anyway
	found.none(s)
	repaired := newRelay(s)
	repaired.ca = r.ca
	repaired.down()
	repaired.up(smtptest.Config{})
	other := start(s, repaired, nil)
	healed, found := other.update(again, c)
	found.none(s)
	if got := s.attributes(healed); got["verified"] != true {
		s.Errorf("healed into %v", got)
	}
	if quiet, _ := other.plan(healed, c); !quiet.empty() {
		s.Error("changes are planned after all was healed")
	}
}

// If this fails, a refresh contacts a server without refresh = "handshake", or one
// that was never verified.
func TestRefreshLooksOnlyIfAsked(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	for _, c := range []config{
		r.login(),
		r.login().with(config{"refresh": "none"}),
		r.login().with(config{"refresh": "handshake", "verify": "none"}),
	} {
		st, found := s.create(c)
		found.none(t)
		before := len(r.Dials())
		after, found := s.refresh(st)
		found.none(t)
		same(t, "state", s.attributes(after), s.attributes(st))
		if n := len(r.Dials()) - before; n != 0 {
			t.Errorf("%d connections with %v", n, c)
		}
	}
}

// If this fails, a client key that isn't stored makes a refresh see drift, or hides
// drift.
func TestRefreshWithoutTheKey(t *testing.T) {
	r := newRelay(t)
	r.down()
	r.up(smtptest.Config{ClientCAs: r.ca.Pool()})
	cert, key, err := r.ca.IssueClient(relayUser)
	if err != nil {
		t.Fatal(err)
	}
	s := start(t, r, nil)
	stored := r.login().with(config{"refresh": "handshake", "client_cert_pem": cert, "client_key_pem": key})
	unstored := stored.without("client_key_pem").with(config{"client_key_pem_wo": key, "client_key_pem_wo_version": 1})
	for _, c := range []config{stored, unstored} {
		st, found := s.create(c)
		found.none(t)
		after, found := s.refresh(st)
		found.none(t)
		same(t, "state", s.attributes(after), s.attributes(st))
	}
	st, found := s.create(unstored)
	found.none(t)
	r.down()
	_, found = s.refresh(st)
	found.only(t, nil, []string{"handshake-drift"})
}

// If this fails, you can't ignore the warning about drift like others, or ignoring it
// hides the drift itself.
func TestRefreshIgnored(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	st, found := s.create(r.login().with(config{"refresh": "handshake", "ignore_rules": []any{"host-placeholder", "handshake-drift"}}))
	found.none(t)
	r.down()
	after, found := s.refresh(st)
	found.none(t)
	same(t, "verified", s.attributes(after)["verified"], false)
}

// If this fails, destroy contacts something.
func TestDestroy(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	st, found := s.create(r.login().with(config{"refresh": "none"}))
	found.none(t)
	r.down()
	before := len(r.Dials())
	gone, found := s.destroy(st)
	found.none(t)
	if gone.exists() {
		t.Errorf("kept %v", s.attributes(gone))
	}
	if n := len(r.Dials()) - before; n != 0 {
		t.Errorf("%d connections", n)
	}
}

// If this fails, a refresh goes on after an interrupt, or reports drift although it
// has seen nothing.
func TestRefreshInterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRelay(t)
		s := start(t, r, nil)
		before, found := s.create(r.login().with(config{"refresh": "handshake"}))
		found.none(t)
		r.down()
		r.up(smtptest.Config{GreetingDelay: 10 * time.Second})
		ctx, interrupt := context.WithCancel(s.ctx)
		s.ctx = ctx
		time.AfterFunc(time.Second, interrupt)
		began := time.Now()
		after, found := s.refresh(before)
		found.none(t)
		same(t, "state", s.attributes(after), s.attributes(before))
		same(t, "time", time.Since(began), time.Second)
	})
}
