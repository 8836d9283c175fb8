//go:build interopclients

package examples

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// builtEnv names the folder of what make interop-clients builds. Releases of other
// providers are in its folder terraform.
const builtEnv = "INTEROP_CLIENTS"

// released returns a workspace in which the releases of other providers stand
// beside this one, and what their configurations need to stay offline.
func released(t *testing.T, configuration string) *workspace {
	t.Helper()
	binaries := filepath.Join(os.Getenv(builtEnv), "terraform")
	found, err := filepath.Glob(filepath.Join(binaries, "terraform-provider-*"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no provider in %s (%v): run make interop-clients", binaries, err)
	}
	var overrides, required strings.Builder
	for _, binary := range found {
		name := strings.TrimPrefix(filepath.Base(binary), "terraform-provider-")
		fmt.Fprintf(&overrides, "    \"hashicorp/%s\" = %q\n", name, binaries)
		fmt.Fprintf(&required, "    %s = { source = \"hashicorp/%s\" }\n", name, name)
	}
	dir := t.TempDir()
	rc := filepath.Join(t.TempDir(), "released.tfrc")
	text := "provider_installation {\n  dev_overrides {\n" + overrides.String() + "  }\n}\n"
	if err := os.WriteFile(rc, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w := within(t, dir, rc, serve(t, newInternet(t), nil), nil)
	w.write("versions.tf", "terraform {\n  required_providers {\n"+required.String()+
		"    smtp = { source = \"seed-77eeb0cc/smtp\" }\n  }\n}\n"+offline)
	w.write("main.tf", configuration)
	return w
}

// offline configures the providers with a cluster and an account that don't exist:
// a plan asks neither.
const offline = `
provider "kubernetes" {
  load_config_file = false
  host             = "https://127.0.0.1:1"
}

provider "helm" {
  kubernetes {
    load_config_file = false
    host             = "https://127.0.0.1:1"
  }
}

provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "nobody"
  secret_key                  = "nothing"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}
`

// said is a schema in the words of "terraform providers schema -json".
type said struct {
	Attributes map[string]struct {
		Type                                    json.RawMessage
		Required, Optional, Computed, Sensitive bool
		WriteOnly                               bool `json:"write_only"`
	}
	Blocks map[string]struct {
		Nesting string `json:"nesting_mode"`
		Min     int    `json:"min_items"`
		Max     int    `json:"max_items"`
		Block   said
	} `json:"block_types"`
}

// If this fails, a recorded schema differs from what a release of the provider
// itself says, otherwise than the recording knows.
func TestRecordedSchemasAreThoseOfTheProviders(t *testing.T) {
	var all struct {
		Providers map[string]struct {
			Resources map[string]struct{ Block said } `json:"resource_schemas"`
		} `json:"provider_schemas"`
	}
	w := released(t, "")
	out, err := w.command("providers", "schema", "-json").Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(out, &all); err != nil {
		t.Fatal(err)
	}
	compared := map[string]bool{}
	for _, r := range recordings(t) {
		if r.Ran == nil {
			continue
		}
		compared[r.Provider] = true
		resource, ok := all.Providers["registry.terraform.io/"+r.Provider].Resources[r.Ran.Resource]
		if !ok {
			t.Errorf("%s %s has no %s", r.Provider, r.Ran.Version, r.Ran.Resource)
			continue
		}
		t.Run(r.Resource, func(t *testing.T) { r.Ran.compare(t, "", r.Arguments, resource.Block) })
	}
	if want := []string{"hashicorp/aws", "hashicorp/helm", "hashicorp/kubernetes"}; !slices.Equal(slices.Sorted(maps.Keys(compared)), want) {
		t.Errorf("compared %v, not %v", compared, want)
	}
}

// compare holds recorded arguments against a schema that a provider gives.
func (r ran) compare(t *testing.T, at string, arguments map[string]clients.Argument, block said) {
	t.Helper()
	for name, want := range arguments {
		full := at + name
		attribute, isAttribute := block.Attributes[name]
		nested, isBlock := block.Blocks[name]
		if slices.Contains(r.Lacks, full) {
			if isAttribute || isBlock {
				t.Errorf("%s is there, though it is recorded as newer", full)
			}
			continue
		}
		required := want.Required || slices.Contains(r.Requires, full)
		if want.Required && slices.Contains(r.Requires, full) {
			t.Errorf("%s is recorded as required twice", full)
		}
		switch {
		case want.Type == clients.Block && isBlock:
			if nested.Nesting != want.Nesting || nested.Max != want.Max || (nested.Min > 0) != required {
				t.Errorf("%s: %s of %d to %d, recorded %+v", full, nested.Nesting, nested.Min, nested.Max, want)
			}
			r.compare(t, full+".", want.Arguments, nested.Block)
		case want.Type != clients.Block && isAttribute:
			if got := string(attribute.Type); got != spelling[want.Type] || attribute.Required != required || attribute.Sensitive != want.Sensitive || attribute.WriteOnly != want.WriteOnly {
				t.Errorf("%s: %+v of type %s, recorded %+v", full, attribute, got, want)
			}
		default:
			t.Errorf("%s is missing, or no %s", full, want.Type)
		}
	}
	for name, attribute := range block.Attributes {
		if _, ok := arguments[name]; !ok && attribute.Required {
			t.Errorf("%s%s is required, and not recorded", at, name)
		}
	}
	for name, nested := range block.Blocks {
		if _, ok := arguments[name]; !ok && nested.Min > 0 {
			t.Errorf("%s%s is required, and not recorded", at, name)
		}
	}
}

var spelling = map[clients.Type]string{
	clients.Text: `"string"`, clients.JSONText: `"string"`, clients.Number: `"number"`, clients.Bool: `"bool"`,
	clients.TextMap: `["map","string"]`, clients.TextList: `["list","string"]`, clients.TextSet: `["set","string"]`,
}

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

// If this fails, the providers don't judge: they take what is wrong.
func TestProvidersRefuse(t *testing.T) {
	const metadata = "  metadata {\n    name = \"mail\"\n  }\n"
	const variable = "variable \"password\" {\n  default   = \"hunter2hunter2\"\n  ephemeral = true\n}\n"
	tests := []struct{ name, text, says string }{
		{"an argument of later releases", "resource \"kubernetes_secret\" \"mail\" {\n" + metadata + "  data_wo = { a = \"b\" }\n}\n", "Unsupported argument"},
		{"an ephemeral password that is stored", variable + "resource \"kubernetes_secret\" \"mail\" {\n" + metadata + "  data = { a = var.password }\n}\n", "phemeral value"},
		{"no metadata", "resource \"kubernetes_config_map\" \"mail\" {\n  data = { a = \"b\" }\n}\n", "Insufficient metadata blocks"},
		{"a port that is no text", "resource \"aws_ecs_task_definition\" \"mail\" {\n  family = \"mail\"\n" +
			"  container_definitions = jsonencode([{ name = \"a\", image = \"a\", memory = 128, environment = [{ name = \"SMTP_PORT\", value = 587 }] }])\n}\n",
			"cannot unmarshal number"},
		{"no chart", "resource \"helm_release\" \"mail\" {\n  name = \"mail\"\n}\n", "Missing required argument"},
		{"values that are no text", "resource \"helm_release\" \"mail\" {\n  name = \"mail\"\n  chart = \"./chart\"\n  values = [{ a = \"b\" }]\n}\n", "string required"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			out, err := released(t, tt.text).try("plan", "-input=false", "-no-color")
			if err == nil || !strings.Contains(strings.Join(strings.Fields(strings.ReplaceAll(out, "│", "")), " "), tt.says) {
				t.Errorf("%v, want %q\n%s", err, tt.says, out)
			}
			if strings.Contains(out, "hunter2hunter2") {
				t.Error("the plan shows the password")
			}
		})
	}
}
