package rules_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules/snippets"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// read turns the arguments of a snippet into settings. It knows literals and
// the references of the snippets, and nothing else of HCL.
func read(t *testing.T, text string, files map[string]string) settings.Settings {
	t.Helper()
	arguments := map[string]any{}
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		name, expression, ok := strings.Cut(line, "=")
		name, expression = strings.TrimSpace(name), strings.TrimSpace(expression)
		if _, twice := arguments[name]; !ok || twice {
			t.Fatalf("not an argument: %q", line)
		}
		arguments[name] = evaluate(t, expression, files)
	}
	return build(t, arguments)
}

func evaluate(t *testing.T, expression string, files map[string]string) any {
	t.Helper()
	if value, ok := snippets.References[expression]; ok {
		return value
	}
	if name, ok := strings.CutPrefix(expression, `file("`); ok {
		if text, exists := files[strings.TrimSuffix(name, `")`)]; exists {
			return text
		}
	}
	var value any
	if err := json.Unmarshal([]byte(expression), &value); err != nil {
		t.Fatalf("can't evaluate %s: %v", expression, err)
	}
	return value
}

// now is when the settings of tests are judged.
var now = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// build makes settings out of arguments by their names, as a resource does.
func build(t *testing.T, arguments map[string]any) settings.Settings {
	t.Helper()
	s := settings.Settings{VerifyByDefault: true, Now: now}
	for name, value := range arguments {
		if strings.Contains(name, "_wo") && value != nil {
			s.TakesWriteOnly, s.WriteOnly = true, append(s.WriteOnly, name)
		}
		if strings.HasSuffix(name, "_wo_version") || value == nil {
			continue
		}
		if err := set(&s, strings.TrimSuffix(name, "_wo"), value); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func set(s *settings.Settings, name string, value any) error {
	texts := map[string]*settings.Value[string]{
		"host": &s.Host, "username": &s.Username, "from": &s.From, "ca_cert_pem": &s.CACertPEM,
		"client_cert_pem": &s.ClientCertPEM, "tls_server_name": &s.TLSServerName, "timeout": &s.Timeout,
		"tls_min_version": &s.TLSMinVersion, "ehlo_name": &s.EHLOName, "message_subject": &s.MessageSubject,
	}
	hidden := map[string]*settings.Value[secret.String]{
		"password": &s.Password, "access_token": &s.AccessToken, "client_key_pem": &s.ClientKeyPEM,
	}
	lists := map[string]*settings.Value[[]string]{"rcpt_to": &s.RcptTo, "ignore_rules": &s.IgnoreRules, "clients": &s.Clients}
	switch v := value.(type) {
	case string:
		if field, ok := texts[name]; ok {
			*field = settings.Of(v)
			return nil
		}
		if field, ok := hidden[name]; ok {
			*field = settings.Of(secret.New(v))
			return nil
		}
		switch name {
		case "tls_mode":
			s.TLSMode = settings.Of(settings.TLSMode(v))
			return nil
		case "auth_mechanism":
			s.AuthMechanism = settings.Of(settings.Mechanism(v))
			return nil
		case "verify":
			s.Verify = settings.Of(settings.Verify(v))
			return nil
		}
	case float64:
		number, err := strconv.ParseInt(strconv.FormatFloat(v, 'f', -1, 64), 10, 64)
		if field, ok := map[string]*settings.Value[int64]{"port": &s.Port, "retry_attempts": &s.RetryAttempts}[name]; ok && err == nil {
			*field = settings.Of(number)
			return nil
		}
	case bool:
		if name == "insecure" {
			s.Insecure = settings.Of(v)
			return nil
		}
	case []any:
		if field, ok := lists[name]; ok {
			*field = settings.Of(slices.Collect(func(yield func(string) bool) {
				for _, element := range v {
					if !yield(fmt.Sprint(element)) {
						return
					}
				}
			}))
			return nil
		}
	}
	return fmt.Errorf("no argument %s takes %T", name, value)
}

// secretless stands for an argument that is not given.
var secretless = secret.New("")
