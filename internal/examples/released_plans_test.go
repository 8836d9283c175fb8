//go:build interopclients

package examples

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// workloads takes the settings of clients into the resources that hand them on:
// those of the environment into a config map, a secret, a container and a function,
// and those of charts into a release.
const workloads = `
locals {
  cases  = jsondecode(file("cases.json"))
  env    = { for id, c in local.cases.environment : id => provider::smtp::client_env(c, id) }
  charts = { for id, c in local.cases.charts : id => provider::smtp::client_settings(c, id) }
  secret = {
    for id, c in merge(local.cases.environment, local.cases.charts) : id => provider::smtp::client_secrets(c, id, {
      username = "app"
      password = "correct horse battery staple"
    })
  }
}

resource "kubernetes_config_map" "mail" {
  for_each = local.env

  metadata {
    name = "${each.key}-mail"
  }

  data = each.value
}

resource "kubernetes_secret" "mail" {
  for_each = local.secret

  metadata {
    name = "${each.key}-mail"
  }

  data = each.value
}

resource "helm_release" "mail" {
  for_each = local.charts

  name   = replace(each.key, "helm-", "")
  chart  = "${path.module}/chart"
  lint   = true
  values = [yamlencode(each.value)]
}

output "charts" {
  value = { for id, release in helm_release.mail : id => yamldecode(release.values[0]) }
}

resource "aws_ecs_task_definition" "mail" {
  for_each = local.env

  family = each.key
  container_definitions = jsonencode([{
    name        = each.key
    image       = "example/${each.key}"
    memory      = 128
    environment = [for name, value in each.value : { name = name, value = value }]
  }])
}

resource "aws_lambda_function" "mail" {
  for_each = local.env

  function_name = each.key
  role          = "arn:aws:iam::123456789012:role/mail"
  filename      = "function.zip"
  handler       = "index.handler"
  runtime       = "nodejs12.x"

  environment {
    variables = each.value
  }
}

resource "aws_secretsmanager_secret" "mail" {
  name = "mail"
}

resource "aws_secretsmanager_secret_version" "mail" {
  for_each = local.secret

  secret_id     = aws_secretsmanager_secret.mail.id
  secret_string = jsonencode(each.value)
}
`

// chart is one that renders all values that it gets.
var chart = map[string]string{
	"Chart.yaml":            "apiVersion: v2\nname: mail\nversion: 1.0.0\nicon: https://example.org/icon.png\n",
	"values.yaml":           "{}\n",
	"templates/values.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Release.Name }}\ndata:\n  values: |\n{{ toYaml .Values | indent 4 }}\n",
}

// workload is what the clients of a kind are given, and what has to become of it.
type workload struct {
	given map[string]any
	want  map[string]clients.Object
}

// workloadOf returns the clients of which a test is true, each with settings that
// it can express, under TLS where it can and with a password.
func workloadOf(t *testing.T, wanted func(clients.Client) bool) workload {
	t.Helper()
	w := workload{map[string]any{}, map[string]clients.Object{}}
	for _, c := range clients.All() {
		if !wanted(c) {
			continue
		}
		for _, mode := range settings.TLSModes {
			conn := clients.Connection{
				Host: "smtp.example.org", Port: defaultPorts[mode], Mode: mode, Auth: settings.AuthPassword, From: "noreply@example.org",
				SecretName: "mail",
			}
			object, err := clients.Settings(c.ID, conn)
			if err != nil {
				continue
			}
			w.given[c.ID] = map[string]any{
				"host": conn.Host, "port": conn.Port, "tls_mode": mode, "auth": conn.Auth, "from": conn.From, "secret_name": conn.SecretName,
			}
			w.want[c.ID] = object
			break
		}
	}
	if len(w.given) == 0 {
		t.Fatal("no client is tried")
	}
	return w
}

var defaultPorts = map[settings.TLSMode]int{settings.Implicit: 465, settings.StartTLS: 587, settings.NoTLS: 2525}

// If this fails, a provider that hands settings on to applications refuses what is
// emitted for one of them, or makes something else of it.
func TestProvidersTakeWhatIsEmitted(t *testing.T) {
	environment := workloadOf(t, func(c clients.Client) bool { return c.Form == clients.Environment })
	charts := workloadOf(t, func(c clients.Client) bool { return strings.HasPrefix(c.ID, "helm-") })
	w := released(t, workloads)
	cases, err := json.Marshal(map[string]any{"environment": environment.given, "charts": charts.given})
	if err != nil {
		t.Fatal(err)
	}
	w.write("cases.json", string(cases))
	if err := os.MkdirAll(filepath.Join(w.dir, "chart", "templates"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, text := range chart {
		w.write(filepath.Join("chart", name), text)
	}
	w.run("validate", "-no-color")
	w.run("plan", "-input=false", "-no-color", "-out=planned")
	out, err := w.command("show", "-json", "planned").Output()
	if err != nil {
		t.Fatal(err)
	}
	var plan struct {
		Planned struct {
			Outputs struct {
				Charts struct{ Value map[string]any }
			}
			Root struct {
				Resources []struct {
					Type   string
					Index  string
					Values struct {
						Data        map[string]string
						Containers  string `json:"container_definitions"`
						Environment []struct{ Variables map[string]string }
					}
				}
			} `json:"root_module"`
		} `json:"planned_values"`
	}
	if err := json.Unmarshal(out, &plan); err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for _, r := range plan.Planned.Root.Resources {
		counts[r.Type]++
		want := texts(t, environment.want[r.Index])
		switch r.Type {
		case "kubernetes_config_map":
			same(t, r.Type, r.Index, r.Values.Data, want)
		case "aws_lambda_function":
			same(t, r.Type, r.Index, r.Values.Environment[0].Variables, want)
		case "aws_ecs_task_definition":
			var containers []struct {
				Environment []struct{ Name, Value string }
			}
			if err := json.Unmarshal([]byte(r.Values.Containers), &containers); err != nil {
				t.Fatal(err)
			}
			got := map[string]string{}
			for _, variable := range containers[0].Environment {
				got[variable.Name] = variable.Value
			}
			same(t, r.Type, r.Index, got, want)
		case "helm_release":
			emitted, err := json.Marshal(charts.want[r.Index])
			if err != nil {
				t.Fatal(err)
			}
			planned, err := json.Marshal(plan.Planned.Outputs.Charts.Value[r.Index])
			if err != nil {
				t.Fatal(err)
			}
			if string(planned) != string(emitted) {
				t.Errorf("%s of %s: %s, emitted %s", r.Type, r.Index, planned, emitted)
			}
		}
	}
	for kind, want := range map[string]int{
		"kubernetes_config_map": len(environment.given), "aws_ecs_task_definition": len(environment.given),
		"aws_lambda_function": len(environment.given), "helm_release": len(charts.given),
		"kubernetes_secret": len(environment.given) + len(charts.given), "aws_secretsmanager_secret_version": len(environment.given) + len(charts.given),
	} {
		if counts[kind] != want {
			t.Errorf("%d of %s are planned, not %d", counts[kind], kind, want)
		}
	}
	t.Logf("planned: %v", counts)
}

// texts are the values of an environment.
func texts(t *testing.T, object clients.Object) map[string]string {
	t.Helper()
	all := map[string]string{}
	for name, value := range object {
		text, ok := value.(string)
		if !ok {
			t.Errorf("%s is no text", name)
		}
		all[name] = text
	}
	return all
}

func same(t *testing.T, kind, id string, got, want map[string]string) {
	t.Helper()
	if !maps.Equal(got, want) {
		t.Errorf("%s of %s: %v, emitted %v", kind, id, got, want)
	}
}
