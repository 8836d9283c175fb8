package provider_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// valuesOf are what the arguments of a resource may be in [TestPlansStayTrue]: right,
// wrong, and null.
func valuesOf(t *testing.T) map[string][]any {
	t.Helper()
	pem := pemFiles(t)
	return map[string][]any{
		"host":     {corp, "localhost", "127.0.0.1", "smtp.gmail.com", "smtp.gmial.com", "BÜCHER.example.test", "smtps://h:465", "2001:db8::25"},
		"port":     {465, 587, 25, 2525, 10025, 70000},
		"tls_mode": {"implicit", "starttls", "none", "ssl"},
		"username": {"app@corp.internal", "", "apikey"},
		"password": {"correct-horse-battery", "app@corp.internal"}, "password_wo": {"correct-horse-battery", ""}, "password_wo_version": {1, 2},
		"access_token": {"token-of-an-hour"}, "access_token_wo": {"token-of-an-hour", "Bearer x"}, "access_token_wo_version": {1},
		"client_cert_pem": {pem["client.pem"], "x"}, "client_key_pem": {pem["client.key"]}, "client_key_pem_wo": {pem["client.key"], pem["old-client.key"]},
		"client_key_pem_wo_version": {1},
		"auth_mechanism":            {"PLAIN", "XOAUTH2", "EXTERNAL", "CRAM-MD5", "plain"},
		"from":                      {"app@corp.internal", "App <app@corp.internal>"},
		"rcpt_to":                   {[]any{"you@corp.internal"}, []any{"you", later}, []any{}},
		"ca_cert_pem":               {pem["ca.pem"], pem["old-ca.pem"], ""},
		"tls_server_name":           {"mail.corp.internal", "a b"},
		"tls_min_version":           {"1.3", "1.1"},
		"insecure":                  {true, false},
		"ehlo_name":                 {"app.corp.internal", "a b"},
		"verify":                    {"none", "handshake", "auth", "envelope", "message", "login"},
		"message_subject":           {"Test", "a\nb"},
		"clients":                   {[]any{"grafana", "django"}, []any{"system-net-mail", later}, []any{"tf-keycloak-realm"}, []any{}},
		"ignore_rules":              {[]any{"port-25"}, []any{"client-stores-secret", later}, []any{"nothing"}, []any{}},
		"retry_attempts":            {3, 0},
		"timeout":                   {"20s", "20"},
		"triggers":                  {map[string]any{"a": "b"}, map[string]any{"a": later}},
		"refresh":                   {"handshake", "none"},
	}
}

// If this fails, a plan with unknown values reports something that doesn't hold for every
// value, null included; what it plans changes during apply, and Terraform stops with
// "Provider produced inconsistent final plan"; or the plan after apply shows changes.
func TestPlansStayTrue(t *testing.T) {
	s := start(t, smtptest.NewNetwork(0), config{"offline": true})
	values := valuesOf(t)
	names := slices.Sorted(maps.Keys(values))
	random := rand.New(rand.NewPCG(5, 6))
	choose := func(name string) any { // in half of all cases the first, which is right
		all := values[name]
		return all[max(0, random.IntN(2*len(all))-len(all))]
	}
	said, applied := 0, 0
	for range 400 {
		given := config{"host": choose("host")}
		for _, i := range random.Perm(len(names))[:3+random.IntN(8)] {
			given[names[i]] = later
			if random.IntN(3) > 0 {
				given[names[i]] = choose(names[i])
			}
		}
		early := s.validateResource(given)
		said += len(early)
		var planned change
		if !early.failed() {
			planned, early = s.plan(state{}, given)
		}
		for range 4 {
			final := config{}
			for _, name := range sortedNames(given) {
				value := given[name]
				if value == later {
					value = nil
					if name == "host" || random.IntN(4) > 0 {
						value = choose(name)
					}
				}
				final[name] = settled(value)
			}
			late := s.validateResource(final)
			for _, code := range slices.Concat(early.errors(), early.warnings()) {
				if !late.covers(code, early.at(code)) {
					t.Fatalf("%s is said of\n%v\nand not of\n%v", code, given, final)
				}
			}
			if early.failed() || late.failed() {
				continue
			}
			applied++
			kept, found := s.apply(planned, final) // which compares the two plans
			if quiet, _ := s.plan(kept, final); !found.failed() && !quiet.empty() {
				t.Errorf("after apply, there are still changes: %v", final)
			}
		}
	}
	if said < 500 || applied < 100 {
		t.Errorf("%d findings beside unknowns, %d applied: the test proves little", said, applied)
	}
}

// covers reports whether a finding is still there, or an error in its place.
func (f found) covers(code, at string) bool {
	return slices.Contains(f.warnings(), code) || slices.ContainsFunc(f.errors(), func(other string) bool {
		return other == code || f.at(other) == at
	})
}

// settled puts a value in the place of each unknown one in a list or a map.
func settled(value any) any {
	switch v := value.(type) {
	case []any:
		out := []any{}
		for _, element := range v {
			if element == later {
				element = "client-weaker-tls"
			}
			out = append(out, element)
		}
		return out
	case map[string]any:
		return map[string]any{"a": "b"}
	}
	return value
}
