package provider_test

import (
	"slices"
	"testing"
)

// If this fails, the ephemeral contacts a server unasked, gives other outputs than the
// data source, or a URL that doesn't match the arguments.
func TestEphemeralUnchecked(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	got, found := s.open(connection, r.login())
	found.none(t)
	read, found := s.readDataSource(r.login())
	found.none(t)
	for name, value := range read {
		if !slices.Contains([]string{"on_failure", "ok", "findings", "timings"}, name) {
			same(t, name, got[name], value)
		}
	}
	same(t, "port", got["port"], 465)
	same(t, "verified", got["verified"], false)
	same(t, "url", got["url"], "smtps://mail.example.test:465")
	same(t, "dials", len(r.Dials()), 0)
}

// If this fails, software that reads url_with_credentials logs in with another user
// name or password, or sends a token as a password.
func TestURLWithCredentials(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	tests := []struct {
		name    string
		changes config
		want    any
	}{
		{"plain", config{}, "smtps://app%40example.test:correct-horse-battery@mail.example.test:465"},
		{"STARTTLS", config{"port": 587}, "smtp://app%40example.test:correct-horse-battery@mail.example.test:587"},
		{"reserved", config{"username": "a:b/c", "password": "p@ss/w?r#d+1 %41&=;,!*'()[]~"},
			"smtps://a%3Ab%2Fc:p%40ss%2Fw%3Fr%23d%2B1%20%2541%26%3D%3B%2C%21%2A%27%28%29%5B%5D~@mail.example.test:465"},
		{"UTF-8", config{"username": "jürgen", "password": "пароль"},
			"smtps://j%C3%BCrgen:%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C@mail.example.test:465"},
		{"IPv6", config{"host": "2001:db8::25", "ignore_rules": []any{"host-placeholder"}},
			"smtps://app%40example.test:correct-horse-battery@[2001:db8::25]:465"},
		{"no password", config{"password": nil}, nil},
		{"no user name", config{"username": nil}, nil},
		{"a token", config{"password": nil, "access_token": "ya29.example"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, found := s.open(connection, r.login().with(tt.changes))
			if found.failed() {
				t.Fatal(found.text())
			}
			same(t, "url_with_credentials", got["url_with_credentials"], tt.want)
		})
	}
}

// If this fails, verify doesn't check at Open, or checks to another depth.
func TestEphemeralChecked(t *testing.T) {
	for _, tt := range []struct {
		verify    string
		mechanism any
		logins    int
	}{{"handshake", nil, 0}, {"auth", "PLAIN", 1}, {"envelope", "PLAIN", 1}} {
		t.Run(tt.verify, func(t *testing.T) {
			r := newRelay(t)
			s := start(t, r, nil)
			got, found := s.open(connection, r.login().with(config{"verify": tt.verify, "from": "app@example.test"}))
			found.none(t)
			same(t, "verified", got["verified"], true)
			same(t, "auth_mechanism_used", got["auth_mechanism_used"], tt.mechanism)
			same(t, "logins", r.logins(), tt.logins)
			same(t, "address", got["server_info"].(map[string]any)["address"], "192.0.2.25:465")
		})
	}
}

// If this fails, a refused login passes, is tried again, stands at a line with the
// password, or returns a result.
func TestEphemeralRefused(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	got, found := s.open(connection, r.login().with(config{"verify": "auth", "password": "wrong-horse-battery"}))
	found.only(t, []string{"auth-rejected"}, nil)
	same(t, "place", found.at("auth-rejected"), "username")
	same(t, "logins", r.logins(), 1)
	if got != nil {
		t.Errorf("result %v", got)
	}
}

// If this fails, an offline ephemeral contacts the server.
func TestEphemeralOffline(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, config{"offline": true})
	got, found := s.open(connection, r.login().with(config{"verify": "auth"}))
	found.only(t, nil, []string{"offline"})
	same(t, "verified", got["verified"], false)
	same(t, "dials", len(r.Dials()), 0)
}

// If this fails, an ephemeral is checked with a default in place of a value of the
// provider block that is not known yet.
func TestEphemeralProviderUnknown(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, config{"timeout": later})
	_, found := s.open(connection, r.login().with(config{"verify": "auth"}))
	found.only(t, []string{"provider-value-unknown"}, nil)
	same(t, "place", found.at("provider-value-unknown"), "timeout")
	_, found = s.open(connection, r.login())
	found.none(t)
	same(t, "dials", len(r.Dials()), 0)
}

// If this fails, the ephemeral judges settings in another way than the data source, or
// ignores ignore_rules.
func TestEphemeralRules(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	for name, changes := range map[string]config{
		"port and mode":   {"port": 465, "tls_mode": "starttls"},
		"ignored":         {"port": 25, "ignore_rules": []any{"host-placeholder", "port-25"}},
		"port 25":         {"port": 25},
		"half pair":       {"password": nil, "verify": "auth"},
		"two secrets":     {"access_token": "ya29.example"},
		"unknown":         {"port": later, "tls_mode": "none"},
		"unknown secret":  {"password": later, "verify": "auth"},
		"line end":        {"password": "correct-horse-battery\n"},
		"unknown ignored": {"port": 25, "ignore_rules": later},
		"code misspelt":   {"ignore_rules": []any{"host-placeholder", "port25"}},
	} {
		t.Run(name, func(t *testing.T) {
			c := r.login().with(changes)
			want := s.validateDataSource(c)
			got := s.validateEphemeral(connection, c)
			got.only(t, want.errors(), want.warnings())
			if got.text() != want.text() {
				t.Errorf("got\n%s\nwant\n%s", got.text(), want.text())
			}
		})
	}
}

// If this fails, a secret of an ephemeral is shown, an attribute has no description,
// or an argument is missing that the data source has.
func TestEphemeralSchemas(t *testing.T) {
	s := serve(t, newRelay(t))
	secrets := map[string][]string{
		connection: {"access_token", "client_key_pem", "password", "url_with_credentials"},
		tokenType:  {"access_token", "client_secret", "private_key_pem", "refresh_token"},
	}
	for name, want := range secrets {
		var sensitive []string
		for _, a := range s.ephemeralSchema(name).Block.Attributes {
			if a.Description == "" {
				t.Errorf("%s.%s has no description", name, a.Name)
			}
			if a.Sensitive {
				sensitive = append(sensitive, a.Name)
			}
		}
		slices.Sort(sensitive)
		same(t, name, sensitive, want)
	}
	var names, wanted []string
	for _, a := range s.ephemeralSchema(connection).Block.Attributes {
		names = append(names, a.Name)
	}
	for _, a := range s.dataSourceSchema().Block.Attributes {
		if !slices.Contains([]string{"on_failure", "ok", "findings", "timings"}, a.Name) {
			wanted = append(wanted, a.Name)
		}
	}
	wanted = append(wanted, "url_with_credentials")
	slices.Sort(names)
	slices.Sort(wanted)
	same(t, "attributes", names, wanted)
}
