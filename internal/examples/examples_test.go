// Package examples runs what users copy: every example with the real CLI, against
// servers in memory.
package examples

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/provider"
)

// expected is what an example has to come to.
type expected struct {
	outputs map[string]string // as JSON; outputs that aren't named may be anything
	stores  map[string]string // what the secret store was given, by the secret's name, as JSON
	stored  bool              // whether the state holds the password
	logins  int
}

// examples are all of them, by their folder.
var examples = map[string]expected{
	"provider": {logins: 1, outputs: map[string]string{
		"grafana": `{"GF_SMTP_ENABLED":"true","GF_SMTP_FROM_ADDRESS":"noreply@example.org","GF_SMTP_HOST":"smtp.example.org:587","GF_SMTP_SKIP_VERIFY":"false","GF_SMTP_STARTTLS_POLICY":"MandatoryStartTLS"}`,
	}},
	"quickstart": {logins: 1, outputs: map[string]string{
		"app_environment": `{"SMTP_ENCRYPTION":"TLS","SMTP_FROM":"noreply@example.org","SMTP_HOST":"smtp.example.org","SMTP_PORT":"465","SMTP_SECURE":"true"}`,
	}},
	"resources/smtp_connection": {logins: 4, outputs: map[string]string{
		"mail": `{"auth":"password","from":"noreply@example.org","host":"smtp.example.org","port":465,"tls_mode":"implicit"}`,
	}},
	"data-sources/smtp_connection": {outputs: map[string]string{
		"encryption":    `"STARTTLS"`,
		"mail_findings": `["host-placeholder"]`,
	}},
	"functions/validate":  {outputs: map[string]string{"errors": `["implicit-tls-port"]`}},
	"functions/parse_url": {outputs: map[string]string{"settings": `{"auth":"password","from":null,"host":"smtp.example.org","port":465,"tls_mode":"implicit"}`}},
	"functions/url":       {outputs: map[string]string{"url": `"smtp://smtp.example.org:587"`}},
	"functions/tls_mode":  {outputs: map[string]string{"tls_mode": `"implicit"`}},
	"functions/service": {outputs: map[string]string{
		"gmail": `{"auth":"password","from":null,"host":"smtp.gmail.com","port":465,"tls_mode":"implicit"}`,
		"ses":   `{"auth":"password","from":"noreply@example.org","host":"email-smtp.eu-west-1.amazonaws.com","port":2465,"tls_mode":"implicit"}`,
	}},
	"functions/client_settings": {outputs: map[string]string{
		"nodemailer": `{"host":"smtp.example.org","port":587,"requireTLS":true,"secure":false}`,
	}},
	"functions/client_env": {outputs: map[string]string{
		"environment": `{"GF_SMTP_ENABLED":"true","GF_SMTP_HOST":"smtp.example.org:465","GF_SMTP_SKIP_VERIFY":"false"}`,
	}},
	"functions/client_secrets": {logins: 1},
	// Ephemeral blocks are opened at plan and at apply, and log in each time.
	"ephemeral-resources/smtp_connection":    {logins: 2},
	"ephemeral-resources/smtp_oauth2_token":  {logins: 4},
	"login/password-from-ephemeral-variable": {logins: 1},
	"login/google-refresh-token":             {logins: 1},
	"login/microsoft-refresh-token":          {logins: 1},
	"login/ntlm":                             {logins: 1},
	"login/client-certificate":               {logins: 1},
	"validation-module": {outputs: map[string]string{
		"url":          `"smtps://relay.corp.internal:465"`,
		"environments": `{"grafana":{"GF_SMTP_ENABLED":"true","GF_SMTP_HOST":"relay.corp.internal:465","GF_SMTP_SKIP_VERIFY":"false"},"keycloak":{"auth":"true","host":"relay.corp.internal","port":"465","ssl":"true","starttls":"false"}}`,
		"warnings":     `[]`,
	}},
	"guides/getting-started": {logins: 3, outputs: map[string]string{
		"settings":            `{"auth":"password","from":null,"host":"smtp.example.org","port":587,"tls_mode":"starttls"}`,
		"words":               `{"secure":false,"ssl_tls_none":"TLS","tls_starttls_none":"STARTTLS"}`,
		"certificate_expires": `"2099-12-31T00:00:00Z"`,
	}},
	"guides/secrets": {logins: 2, stored: true,
		stores: map[string]string{"mail-url": `{"SMTP_URL":"smtp://app:correct%20horse%20battery%20staple@smtp.example.org:587"}`},
	},
	"guides/checks-and-pipelines": {outputs: map[string]string{
		"mail_settings_ok":       `true`,
		"mail_settings_findings": `[]`,
	}},
	"consumers/container-environment": {logins: 1,
		outputs: map[string]string{"container": `{"environment":[` +
			`{"name":"N8N_EMAIL_MODE","value":"smtp"},` +
			`{"name":"N8N_SMTP_HOST","value":"smtp.example.org"},` +
			`{"name":"N8N_SMTP_PORT","value":"465"},` +
			`{"name":"N8N_SMTP_SENDER","value":"noreply@example.org"},` +
			`{"name":"N8N_SMTP_SSL","value":"true"},` +
			`{"name":"N8N_SMTP_STARTTLS","value":"false"}],` +
			`"secrets":[` +
			`{"name":"N8N_SMTP_PASS","valueFrom":"n8n-mail:N8N_SMTP_PASS"},` +
			`{"name":"N8N_SMTP_USER","valueFrom":"n8n-mail:N8N_SMTP_USER"}]}`},
		stores: map[string]string{"n8n-mail": `{"N8N_SMTP_PASS":"correct horse battery staple","N8N_SMTP_USER":"app"}`},
	},
	"consumers/kubernetes": {logins: 1,
		outputs: map[string]string{
			"config_map": `{"DEFAULT_FROM_EMAIL":"noreply@example.org","EMAIL_HOST":"smtp.example.org",` +
				`"EMAIL_PORT":"587","EMAIL_USE_SSL":"False","EMAIL_USE_TLS":"True"}`,
			"environment_from": `[{"configMapRef":"healthchecks-mail"},{"secretRef":"healthchecks-mail"}]`,
		},
		stores: map[string]string{"healthchecks-mail": `{"EMAIL_HOST_PASSWORD":"correct horse battery staple","EMAIL_HOST_USER":"app"}`},
	},
	"consumers/helm-values": {logins: 1,
		outputs: map[string]string{"values": `"\"env\":\n` +
			`  \"GF_SMTP_ENABLED\": \"true\"\n` +
			`  \"GF_SMTP_FROM_ADDRESS\": \"noreply@example.org\"\n` +
			`  \"GF_SMTP_HOST\": \"smtp.example.org:587\"\n` +
			`  \"GF_SMTP_SKIP_VERIFY\": \"false\"\n` +
			`  \"GF_SMTP_STARTTLS_POLICY\": \"MandatoryStartTLS\"\n` +
			`\"envFromSecret\": \"grafana-mail\"\n"`},
		stores: map[string]string{"grafana-mail": `{"GF_SMTP_PASSWORD":"correct horse battery staple","GF_SMTP_USER":"app"}`},
	},
	"consumers/keycloak": {logins: 1,
		outputs: map[string]string{
			"smtp_server": `{"from":"noreply@example.org","host":"smtp.example.org","port":"465","ssl":true,"starttls":false}`,
		},
		stores: map[string]string{"keycloak-realm": `{"auth.password":"correct horse battery staple","auth.username":"app"}`},
	},
	"consumers/grafana": {logins: 1,
		outputs: map[string]string{"environment_file": `"GF_SMTP_ENABLED=true\n` +
			`GF_SMTP_FROM_ADDRESS=noreply@example.org\n` +
			`GF_SMTP_HOST=smtp.example.org:587\n` +
			`GF_SMTP_SKIP_VERIFY=false\n` +
			`GF_SMTP_STARTTLS_POLICY=MandatoryStartTLS"`},
		stores: map[string]string{"grafana": `{"GF_SMTP_PASSWORD":"correct horse battery staple","GF_SMTP_USER":"app"}`},
	},
	"consumers/gitlab": {logins: 1,
		outputs: map[string]string{"gitlab_rb": `"gitlab_rails['gitlab_email_from'] = \"noreply@example.org\"\n` +
			`gitlab_rails['smtp_address'] = \"smtp.example.org\"\n` +
			`gitlab_rails['smtp_authentication'] = \"plain\"\n` +
			`gitlab_rails['smtp_enable'] = true\n` +
			`gitlab_rails['smtp_enable_starttls_auto'] = false\n` +
			`gitlab_rails['smtp_openssl_verify_mode'] = \"peer\"\n` +
			`gitlab_rails['smtp_port'] = 465\n` +
			`gitlab_rails['smtp_tls'] = true"`},
		stores: map[string]string{"gitlab": `{"smtp_password":"correct horse battery staple","smtp_user_name":"app"}`},
	},
	"consumers/lambda": {logins: 1,
		outputs: map[string]string{"environment": `{"SMTP_FROM":"noreply@example.org",` +
			`"SMTP_OPTIONS":"{\"host\":\"smtp.example.org\",\"port\":587,\"requireTLS\":true,\"secure\":false}",` +
			`"SMTP_SECRET":"lambda-mail"}`},
		stores: map[string]string{"lambda-mail": `{"auth.pass":"correct horse battery staple","auth.user":"app"}`},
	},
}

var localSource = regexp.MustCompile(`(?m)^\s*source\s*=\s*"(\.[^"]*)"`)

// roots returns the folders with configuration that no other one calls as a
// module, relative to examples/.
func roots(t *testing.T) []string {
	t.Helper()
	folders, called := map[string]bool{}, map[string]bool{}
	err := filepath.WalkDir(source, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(file, ".tf") {
			return err
		}
		folder := path.Dir(strings.TrimPrefix(filepath.ToSlash(file), source+"/"))
		folders[folder] = true
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for _, m := range localSource.FindAllStringSubmatch(string(text), -1) {
			called[path.Join(folder, m[1])] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for folder := range folders {
		if !called[folder] {
			out = append(out, folder)
		}
	}
	slices.Sort(out)
	return out
}

// If this fails, an example that users copy doesn't plan, doesn't apply, gives
// other outputs than it says, logs in more often than it should, shows changes
// right after apply, or can't be destroyed.
func TestEveryExampleApplies(t *testing.T) {
	found := roots(t)
	for folder := range examples {
		if !slices.Contains(found, folder) {
			t.Errorf("there is no example %s", folder)
		}
	}
	for _, folder := range found {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			want, ok := examples[folder]
			if !ok {
				t.Fatalf("nothing is expected of example %s: add it to the table", folder)
			}
			n := newInternet(t)
			w := open(t, n, folder, authority.PEM(), n.variables(t))
			w.run("apply", "-input=false", "-auto-approve", "-no-color")
			got := w.outputs()
			for name, value := range want.outputs {
				if got[name] != value {
					t.Errorf("output %s is\n%s\nnot\n%s", name, got[name], value)
				}
			}
			for name, data := range want.stores {
				if got := w.read(name + ".json"); got != data {
					t.Errorf("the store has %s of %s, not %s", got, name, data)
				}
			}
			for _, secret := range secrets {
				stored := secret == password && want.stored
				if holds := strings.Contains(w.read("terraform.tfstate"), secret); holds != stored {
					t.Errorf("the state holds %q: %v, not %v", secret, holds, stored)
				}
			}
			if n := n.logins(); n != want.logins {
				t.Errorf("%d logins at apply, not %d", n, want.logins)
			}
			if out, err := w.try("plan", "-input=false", "-detailed-exitcode", "-no-color"); err != nil {
				t.Errorf("a plan after apply shows changes: %v\n%s", err, out)
			}
			w.run("destroy", "-input=false", "-auto-approve", "-no-color")
			n.harmless(t)
		})
	}
}

var passed = regexp.MustCompile(`Success! [1-9]\d* passed, 0 failed`)

// If this fails, the tests that come with a module don't pass, or test nothing.
func TestModulesPassTheirTests(t *testing.T) {
	var folders []string
	err := filepath.WalkDir(source, func(file string, _ fs.DirEntry, err error) error {
		folder := path.Dir(strings.TrimPrefix(filepath.ToSlash(file), source+"/"))
		folder = strings.TrimSuffix(folder, "/tests") // where "terraform test" looks too
		if err == nil && strings.HasSuffix(file, ".tftest.hcl") && !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
		return err
	})
	if err != nil || len(folders) == 0 {
		t.Fatalf("no example has tests (%v)", err)
	}
	for _, folder := range folders {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			n := newInternet(t)
			w := open(t, n, folder, authority.PEM(), n.variables(t))
			if out := w.run("test", "-no-color"); !passed.MatchString(out) {
				t.Errorf("terraform test prints\n%s", out)
			}
			n.harmless(t)
		})
	}
}

// If this fails, something that the provider offers is documented without an
// example.
func TestEveryKindHasAnExample(t *testing.T) {
	p := provider.New("test")()
	wanted := []string{"provider/provider.tf"}
	for _, made := range p.Resources(context.Background()) {
		var resp resource.MetadataResponse
		made().Metadata(context.Background(), resource.MetadataRequest{ProviderTypeName: "smtp"}, &resp)
		wanted = append(wanted, "resources/"+resp.TypeName+"/resource.tf")
	}
	for _, made := range p.DataSources(context.Background()) {
		var resp datasource.MetadataResponse
		made().Metadata(context.Background(), datasource.MetadataRequest{ProviderTypeName: "smtp"}, &resp)
		wanted = append(wanted, "data-sources/"+resp.TypeName+"/data-source.tf")
	}
	if with, ok := p.(frameworkprovider.ProviderWithEphemeralResources); ok {
		for _, made := range with.EphemeralResources(context.Background()) {
			var resp ephemeral.MetadataResponse
			made().Metadata(context.Background(), ephemeral.MetadataRequest{ProviderTypeName: "smtp"}, &resp)
			wanted = append(wanted, "ephemeral-resources/"+resp.TypeName+"/ephemeral-resource.tf")
		}
	}
	if with, ok := p.(frameworkprovider.ProviderWithFunctions); ok {
		for _, made := range with.Functions(context.Background()) {
			var resp function.MetadataResponse
			made().Metadata(context.Background(), function.MetadataRequest{}, &resp)
			wanted = append(wanted, "functions/"+resp.Name+"/function.tf")
		}
	}
	for _, file := range wanted {
		if _, err := os.Stat(filepath.Join(source, file)); err != nil {
			t.Errorf("no example: %v", err)
		}
	}
	if len(wanted) < 3 {
		t.Errorf("the provider offers %q alone: this test looks in the wrong place", wanted)
	}
}

// If this fails, an example isn't formatted as users' editors would format it.
func TestExamplesAreFormatted(t *testing.T) {
	w := &workspace{TB: t, dir: source, env: os.Environ()}
	if out, err := w.try("fmt", "-check", "-recursive", "-diff"); err != nil {
		t.Errorf("terraform fmt: %v\n%s", err, out)
	}
}
