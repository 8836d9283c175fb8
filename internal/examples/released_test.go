//go:build interopclients

package examples

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
