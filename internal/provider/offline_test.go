package provider_test

import (
	"testing"
)

// If this fails, an offline apply fails, contacts something, calls itself verified or
// is repeated while offline, or the check is forgotten once the provider is online
// again.
func TestOffline(t *testing.T) {
	r := newRelay(t)
	offline, online := start(t, r, config{"offline": true}), start(t, r, config{"offline": false})
	c := r.login()
	st, found := offline.create(c)
	found.only(t, nil, []string{"offline"})
	got := offline.attributes(st)
	for name, want := range map[string]any{
		"verified": false, "verified_at": nil, "server_info": nil, "tls_session": nil, "auth_mechanism_used": nil,
		"address": "mail.example.test:465",
	} {
		same(t, name, got[name], want)
	}
	st, found = offline.refresh(st)
	found.none(t)
	if quiet, _ := offline.plan(st, c); !quiet.empty() {
		t.Error("offline, a check is planned again")
	}
	// An update still passes, and warns.
	st, found = offline.update(st, c.with(config{"timeout": "20s"}))
	found.only(t, nil, []string{"offline"})
	if n := len(r.Dials()); n != 0 {
		t.Errorf("%d connections while offline", n)
	}
	c = c.with(config{"timeout": "20s"})
	planned, found := online.plan(st, c)
	found.none(t)
	if planned.empty() || online.get(planned, "verified") != later {
		t.Fatalf("online, planned is %v", online.attributes(planned.planned))
	}
	same(t, "planned address", online.get(planned, "address"), "mail.example.test:465")
	st, found = online.apply(planned, c)
	found.none(t)
	same(t, "verified", online.attributes(st)["verified"], true)
	// Offline again, what was verified stays so, and a refresh looks at nothing.
	c = c.with(config{"refresh": "handshake"})
	st, found = online.update(st, c)
	found.none(t)
	r.down()
	st, found = offline.refresh(st)
	found.none(t)
	same(t, "verified after a refresh", online.attributes(st)["verified"], true)
	if quiet, _ := offline.plan(st, c); !quiet.empty() {
		t.Error("offline, a verified connection is changed")
	}
}

// If this fails, a connection that is never checked gets a warning, or the plan shows
// a check.
func TestOfflineAndVerifyNone(t *testing.T) {
	r := newRelay(t)
	offline, online := start(t, r, config{"offline": true}), start(t, r, nil)
	c := r.login().with(config{"verify": "none"})
	st, found := offline.create(c)
	found.none(t)
	for _, s := range []*served{offline, online} {
		if quiet, found := s.plan(st, c); !quiet.empty() || len(found) > 0 {
			t.Errorf("planned is %v\n%s", s.attributes(quiet.planned), found.text())
		}
	}
	if n := len(r.Dials()); n != 0 {
		t.Errorf("%d connections", n)
	}
}

// If this fails, a pipeline that is offline on purpose can't silence the warning.
func TestOfflineIgnored(t *testing.T) {
	r := newRelay(t)
	c := r.login().with(config{"ignore_rules": []any{"host-placeholder", "offline"}})
	st, found := start(t, r, config{"offline": true}).create(c)
	found.none(t)
	if !st.exists() {
		t.Error("nothing was kept")
	}
}

// If this fails, SMTP_OFFLINE is read in another way than documented, or the provider
// block can switch it off.
func TestOfflineVariable(t *testing.T) {
	r := newRelay(t)
	tests := []struct {
		word    string
		block   config
		offline bool
	}{
		{"", nil, false},
		{"0", nil, false},
		{"false", nil, false},
		{"False", nil, false},
		{"FALSE", nil, false},
		{"1", nil, true},
		{"true", nil, true},
		{"yes", nil, true},
		{"1", config{"offline": false}, true},
		{"1", config{"offline": later}, true},
		{"", config{"offline": true}, true},
	}
	for _, tt := range tests {
		t.Run(tt.word, func(t *testing.T) {
			t.Setenv("SMTP_OFFLINE", tt.word)
			before := len(r.Dials())
			st, found := start(t, r, tt.block).create(r.login())
			if tt.offline {
				found.only(t, nil, []string{"offline"})
			} else {
				found.none(t)
			}
			s := serve(t, r)
			same(t, "verified", s.attributes(st)["verified"], !tt.offline)
			if dialled := len(r.Dials()) > before; dialled == tt.offline {
				t.Errorf("dialled: %t", dialled)
			}
		})
	}
}

// If this fails, a data source with a check is an error offline, or says that all is
// well.
func TestOfflineDataSource(t *testing.T) {
	r := newRelay(t)
	outputs, found := start(t, r, config{"offline": true}).readDataSource(r.login().with(config{"verify": "auth"}))
	found.only(t, nil, []string{"offline"})
	same(t, "verified", outputs["verified"], false)
	same(t, "findings", codesOf(outputs["findings"]), []string{"offline"})
	if n := len(r.Dials()); n != 0 {
		t.Errorf("%d connections", n)
	}
}
