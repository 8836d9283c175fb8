package provider_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// canary is a part of every secret of these tests, and of nothing else.
const canary = "Zq7Kanarie9w"

// If this fails, some configuration makes the provider panic, say something unreadable
// or show a secret, point at a secret, or say something else at plan than at validate.
func FuzzValidate(f *testing.F) {
	for _, row := range matrix {
		host, _ := row.host.(string)
		port, _ := row.port.(int)
		mode, _ := row.mode.(string)
		name, _ := row.with["username"].(string)
		word, _ := row.with["verify"].(string)
		f.Add(host, int64(port), mode, name, "correct-horse", word, "PLAIN", uint64(0))
	}
	for i, row := range badInput {
		if text, ok := row.value.(string); ok && len(text) < 1000 {
			f.Add(text, int64(i), text, text, text, text, text, uint64(1)<<(i%48))
		}
	}
	n := smtptest.NewNetwork(0)
	s := start(f, n, config{"offline": true})
	f.Fuzz(func(t *testing.T, host string, port int64, mode, name, secret, word, text string, absent uint64) {
		s := s.in(t)
		secret = shown(secret)
		given := config{
			"host": host, "port": number64(port), "tls_mode": mode, "username": name, "password": secret,
			"password_wo": secret, "access_token": secret, "access_token_wo": secret, "client_key_pem": secret,
			"client_key_pem_wo": secret, "auth_mechanism": text, "from": text, "rcpt_to": []any{text, name},
			"ca_cert_pem": text, "client_cert_pem": text, "tls_server_name": text, "tls_min_version": word,
			"insecure": port%2 == 0, "ehlo_name": text, "verify": word, "ignore_rules": []any{word, text + "."},
			"retry_attempts": number64(port), "timeout": text, "triggers": map[string]any{text: name},
		}
		// Two bits for each argument: given, null, unknown, given.
		for i, name := range sortedNames(given) {
			switch absent >> (2 * i) & 3 {
			case 1:
				given[name] = nil
			case 2:
				given[name] = later
			}
		}
		validated := s.validateResource(given)
		s.harmless(validated)
		planned, found := s.plan(state{}, given)
		s.harmless(found)
		if !slices.Equal(validated.errors(), found.errors()) {
			t.Errorf("at validate %v, at plan %v", validated.errors(), found.errors())
		}
		if !found.failed() && !holdsUnknown(given) {
			_, found = s.apply(planned, given)
			s.harmless(found)
		}
		for name := range given {
			if strings.HasSuffix(name, "_wo") || name == "triggers" {
				delete(given, name)
			}
		}
		s.harmless(s.validateDataSource(given))
		if len(n.Dials()) > 0 {
			t.Error("something was contacted")
		}
	})
}

// shown makes a secret of a text, the canary in its middle.
func shown(text string) string {
	return text[:len(text)/2] + canary + text[len(text)/2:]
}

func number64(n int64) tftypes.Value { return tftypes.NewValue(tftypes.Number, n) }

// harmless fails the test where a diagnostic can't be read, shows a secret, or
// stands at one.
func (s *served) harmless(f found) {
	s.Helper()
	f.readable(s)
	if strings.Contains(f.text(), canary) {
		s.Errorf("a secret is shown:\n%s", f.text())
	}
	for _, d := range f {
		if at := f.at(code(d)); slices.Contains(s.secrets(), at) {
			s.Errorf("%s stands at %s", code(d), at)
		}
	}
}

// secrets are the names of all sensitive attributes, write-only ones included.
func (s *served) secrets() []string {
	var names []string
	for _, a := range slices.Concat(s.resourceSchema().Block.Attributes, s.dataSourceSchema().Block.Attributes) {
		if a.Sensitive && !slices.Contains(names, a.Name) {
			names = append(names, a.Name)
		}
	}
	return names
}
