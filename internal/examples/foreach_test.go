package examples

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"
)

// mapped is a module whose connection is new and whose host is known only at
// apply; $EXPRESSION makes the keys of for_each.
const mapped = `
terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}

variable "smtp_password" {
  type      = string
  ephemeral = true
}

resource "terraform_data" "server" {
  input = "smtp.example.org"
}

resource "smtp_connection" "mail" {
  host                = terraform_data.server.output
  port                = 587
  username            = "app"
  password_wo         = var.smtp_password
  password_wo_version = 1
}

resource "terraform_data" "setting" {
  for_each = $EXPRESSION
  input    = each.value
}

output "settings" {
  value = { for key, setting in terraform_data.setting : key => setting.output }
}
`

// If this fails, you can't use what the functions and the connection return as the
// keys of for_each before the connection is created, or a value that is known then is
// unknown, or changes at apply.
func TestForEachAtTheFirstPlan(t *testing.T) {
	const known = "smtp.example.org" // at apply, that is
	django := map[string]any{
		"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": known, "EMAIL_PORT": float64(587),
		"EMAIL_USE_SSL": false, "EMAIL_USE_TLS": true,
	}
	tests := []struct {
		name, expression string
		want             map[string]any
		later            string // the setting that is known only at apply
	}{
		{"client_settings", `provider::smtp::client_settings(smtp_connection.mail.settings, "django")`, django, "EMAIL_HOST"},
		{"client_env", `provider::smtp::client_env(smtp_connection.mail.settings, "grafana")`, map[string]any{
			"GF_SMTP_ENABLED": "true", "GF_SMTP_HOST": known + ":587", "GF_SMTP_SKIP_VERIFY": "false",
			"GF_SMTP_STARTTLS_POLICY": "MandatoryStartTLS",
		}, "GF_SMTP_HOST"},
		{"client_secrets", `provider::smtp::client_secrets(smtp_connection.mail.settings, "django", { username = "app", password = terraform_data.server.output })`, map[string]any{
			"EMAIL_HOST_USER": "app", "EMAIL_HOST_PASSWORD": known,
		}, "EMAIL_HOST_PASSWORD"},
		{"service", `provider::smtp::service("mailgun", { region = "eu", from = smtp_connection.mail.host })`, whole(map[string]any{
			"host": "smtp.eu.mailgun.org", "port": float64(587), "tls_mode": "starttls", "auth": "password", "from": known,
		}), "from"},
		{"parse_url", `provider::smtp::parse_url("smtps://app@smtp.example.org")`, whole(map[string]any{
			"host": known, "port": float64(465), "tls_mode": "implicit", "auth": "password", "from": nil,
		}), ""},
		{"validate", `{ for f in provider::smtp::validate({ host = "smtp.corp.internal", port = smtp_connection.mail.port - 562 }).errors : f.code => f.attribute }`, map[string]any{
			"port-25": "port",
		}, ""},
		{"url and tls_mode", `{ mode = provider::smtp::tls_mode(smtp_connection.mail.port), url = provider::smtp::url(smtp_connection.mail.settings) }`, map[string]any{
			"mode": "starttls", "url": "smtp://" + known + ":587",
		}, "url"},
		{"settings", "smtp_connection.mail.settings", whole(map[string]any{
			"host": known, "port": float64(587), "tls_mode": "starttls", "auth": "password", "from": nil,
		}), "host"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			n := newInternet(t)
			w := enter(t, n, t.TempDir())
			w.write("main.tf", strings.Replace(mapped, "$EXPRESSION", tt.expression, 1))
			w.fill(n.variables(t))
			w.run("init", "-input=false")
			w.run("plan", "-input=false", "-out=first.tfplan")
			planned := w.planned("first.tfplan", "terraform_data.setting")
			for key, want := range tt.want {
				switch got, ok := planned[key]; {
				case key == tt.later && ok:
					t.Errorf("%s is known at plan: %v", key, got)
				case key != tt.later && got != want:
					t.Errorf("%s is planned as %v, not %v", key, got, want)
				}
			}
			w.run("apply", "-input=false", "first.tfplan")
			var got map[string]any
			if err := json.Unmarshal([]byte(w.outputs()["settings"]), &got); err != nil {
				t.Fatal(err)
			}
			if !maps.Equal(got, tt.want) {
				t.Errorf("applied %v, not %v", got, tt.want)
			}
		})
	}
}

// whole adds what settings hold where nothing more is declared.
func whole(settings map[string]any) map[string]any {
	all := map[string]any{
		"auth_mechanism": nil, "auth_mechanism_declared": false, "ehlo_name": nil, "tls_server_name": nil,
		"private_ca": false, "client_certificate": false, "insecure": false,
	}
	maps.Copy(all, settings)
	return all
}

// planned returns what the instances of a terraform_data get for input, by their
// keys, as far as that is known in the plan.
func (w *workspace) planned(file, address string) map[string]any {
	w.Helper()
	var plan struct {
		Changes []struct {
			Address string
			Index   any
			Change  struct{ After map[string]any }
		} `json:"resource_changes"`
	}
	if err := json.Unmarshal([]byte(w.run("show", "-json", file)), &plan); err != nil {
		w.Fatal(err)
	}
	out := map[string]any{}
	for _, c := range plan.Changes {
		if key, ok := c.Index.(string); ok && strings.HasPrefix(c.Address, address+"[") {
			if value, known := c.Change.After["input"]; known {
				out[key] = value
			}
		}
	}
	return out
}
