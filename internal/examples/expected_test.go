package examples

import "github.com/seed-77eeb0cc/terraform-provider-smtp/internal/tfcli"

// expected is the result of an example.
type expected struct {
	outputs map[string]string // as JSON; outputs that aren't named may be anything
	stores  map[string]string // what the secret store was given, by the secret's name, as JSON
	written map[string]string // what write-only arguments of other providers were given
	stored  bool              // whether the state holds the password
	logins  int
	unused  int // how many of the logins are by an ephemeral at apply that nothing uses
}

// loginsOn returns how many logins a CLI makes: OpenTofu opens an ephemeral that
// nothing uses at plan and, from 1.12 on, not at apply.
func (e expected) loginsOn(c tfcli.CLI) int {
	if c.Product == tfcli.OpenTofu && c.AtLeast("1.12") {
		return e.logins - e.unused
	}
	return e.logins
}

// examples are all of them, by their folder.
var examples = map[string]expected{
	"provider": {logins: 1, outputs: map[string]string{
		"grafana": `{"GF_SMTP_EHLO_IDENTITY":"ci.example.org","GF_SMTP_ENABLED":"true","GF_SMTP_FROM_ADDRESS":"noreply@example.org","GF_SMTP_HOST":"smtp.example.org:587","GF_SMTP_SKIP_VERIFY":"false","GF_SMTP_STARTTLS_POLICY":"MandatoryStartTLS"}`,
	}},
	"quickstart": {logins: 1, outputs: map[string]string{
		"app_environment": `{"SMTP_ENCRYPTION":"TLS","SMTP_FROM":"noreply@example.org","SMTP_HOST":"smtp.example.org","SMTP_PORT":"465","SMTP_SECURE":"true"}`,
	}},
	"resources/smtp_connection": {logins: 4, outputs: map[string]string{
		"mail": `{"auth":"password","auth_mechanism":null,"auth_mechanism_declared":false,"client_certificate":false,"ehlo_name":null,"from":"noreply@example.org","host":"smtp.example.org","insecure":false,"port":465,"private_ca":false,"tls_mode":"implicit","tls_server_name":null}`,
	}},
	"data-sources/smtp_connection": {outputs: map[string]string{
		"encryption":    `"STARTTLS"`,
		"mail_findings": `["host-placeholder"]`,
	}},
	"functions/validate":  {outputs: map[string]string{"errors": `["implicit-tls-port"]`}},
	"functions/parse_url": {outputs: map[string]string{"settings": `{"auth":"password","auth_mechanism":null,"auth_mechanism_declared":false,"client_certificate":false,"ehlo_name":null,"from":null,"host":"smtp.example.org","insecure":false,"port":465,"private_ca":false,"tls_mode":"implicit","tls_server_name":null}`}},
	"functions/url":       {outputs: map[string]string{"url": `"smtp://smtp.example.org:587"`}},
	"functions/tls_mode":  {outputs: map[string]string{"tls_mode": `"implicit"`}},
	"functions/service": {outputs: map[string]string{
		"gmail": `{"auth":"password","auth_mechanism":null,"auth_mechanism_declared":false,"client_certificate":false,"ehlo_name":null,"from":null,"host":"smtp.gmail.com","insecure":false,"port":465,"private_ca":false,"tls_mode":"implicit","tls_server_name":null}`,
		"ses":   `{"auth":"password","auth_mechanism":null,"auth_mechanism_declared":false,"client_certificate":false,"ehlo_name":null,"from":"noreply@example.org","host":"email-smtp.eu-west-1.amazonaws.com","insecure":false,"port":2465,"private_ca":false,"tls_mode":"implicit","tls_server_name":null}`,
	}},
	"functions/client_settings": {outputs: map[string]string{
		"nodemailer": `{"host":"smtp.example.org","port":587,"requireTLS":true,"secure":false}`,
	}},
	"functions/client_env": {outputs: map[string]string{
		"environment": `{"GF_SMTP_ENABLED":"true","GF_SMTP_HOST":"smtp.example.org:465","GF_SMTP_SKIP_VERIFY":"false"}`,
	}},
	"functions/client_secrets": {logins: 1},
	// Ephemeral blocks are opened at plan and at apply, and log in each time.
	"ephemeral-resources/smtp_connection":    {logins: 2, unused: 1},
	"ephemeral-resources/smtp_oauth2_token":  {logins: 4, unused: 1},
	"login/password-from-ephemeral-variable": {logins: 1},
	"login/google-refresh-token":             {logins: 1},
	"login/microsoft-refresh-token":          {logins: 1},
	"login/ntlm":                             {logins: 1},
	"login/client-certificate":               {logins: 1},
	"services/gmail":                         {logins: 1, outputs: map[string]string{"verified": `true`}},
	"services/microsoft365":                  {logins: 1, outputs: map[string]string{"verified": `true`}},
	"services/amazon-ses":                    {logins: 1, outputs: map[string]string{"verified": `true`}},
	"validation-module": {outputs: map[string]string{
		"url":          `"smtps://relay.corp.internal:465"`,
		"environments": `{"grafana":{"GF_SMTP_ENABLED":"true","GF_SMTP_HOST":"relay.corp.internal:465","GF_SMTP_SKIP_VERIFY":"false"},"keycloak":{"auth":"true","host":"relay.corp.internal","port":"465","ssl":"true","starttls":"false"}}`,
		"warnings":     `[]`,
	}},
	"guides/getting-started": {logins: 3, outputs: map[string]string{
		"settings":            `{"auth":"password","auth_mechanism":null,"auth_mechanism_declared":false,"client_certificate":false,"ehlo_name":null,"from":null,"host":"smtp.example.org","insecure":false,"port":587,"private_ca":false,"tls_mode":"starttls","tls_server_name":null}`,
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
			`"image":"n8nio/n8n","name":"n8n",` +
			`"secrets":[` +
			`{"name":"N8N_SMTP_PASS","valueFrom":"arn:aws:secretsmanager:eu-central-1:123456789012:secret:mail:N8N_SMTP_PASS::"},` +
			`{"name":"N8N_SMTP_USER","valueFrom":"arn:aws:secretsmanager:eu-central-1:123456789012:secret:mail:N8N_SMTP_USER::"}]}`},
		written: map[string]string{"aws_secretsmanager_secret_version.secret_string_wo": `{"N8N_SMTP_PASS":"correct horse battery staple","N8N_SMTP_USER":"app"}`},
	},
	"consumers/kubernetes": {logins: 1,
		outputs: map[string]string{
			"config_map": `{"DEFAULT_FROM_EMAIL":"noreply@example.org","EMAIL_HOST":"smtp.example.org",` +
				`"EMAIL_PORT":"587","EMAIL_USE_SSL":"False","EMAIL_USE_TLS":"True"}`,
		},
		written: map[string]string{"kubernetes_secret_v1.data_wo": `{"EMAIL_HOST_PASSWORD":"correct horse battery staple","EMAIL_HOST_USER":"app"}`},
	},
	"consumers/helm-values": {logins: 1,
		outputs: map[string]string{"values": `"\"env\":\n` +
			`  \"GF_SMTP_ENABLED\": \"true\"\n` +
			`  \"GF_SMTP_FROM_ADDRESS\": \"noreply@example.org\"\n` +
			`  \"GF_SMTP_HOST\": \"smtp.example.org:587\"\n` +
			`  \"GF_SMTP_SKIP_VERIFY\": \"false\"\n` +
			`  \"GF_SMTP_STARTTLS_POLICY\": \"MandatoryStartTLS\"\n` +
			`\"envFromSecret\": \"grafana-mail\"\n"`},
		written: map[string]string{"kubernetes_secret_v1.data_wo": `{"GF_SMTP_PASSWORD":"correct horse battery staple","GF_SMTP_USER":"app"}`},
	},
	"consumers/keycloak": {logins: 1, stored: true,
		outputs: map[string]string{
			"smtp_server": `{"auth":{"username":"app"},"from":"noreply@example.org","host":"smtp.example.org","port":"465","ssl":true,"starttls":false}`,
		},
	},
	"consumers/terraform-enterprise": {logins: 1,
		outputs: map[string]string{
			"settings": `{"auth":"plain","enabled":true,"host":"smtp.example.org","port":587,"sender":"noreply@example.org","username":"app"}`,
		},
		written: map[string]string{"tfe_admin_smtp_settings.password_wo": password},
	},
	"recipes/vault": {logins: 1,
		written: map[string]string{"vault_kv_secret_v2.data_json_wo": `{"GF_SMTP_PASSWORD":"correct horse battery staple","GF_SMTP_USER":"app"}`},
	},
	"recipes/aws-secrets-manager": {logins: 1},
	"recipes/several-connections": {logins: 1},
	"recipes/testing":             {outputs: map[string]string{"verified": "false"}},
	"recipes/microsoft-365-with-a-password": {logins: 1, outputs: map[string]string{
		"gitlab": `{"gitlab_email_from":"app@example.org","smtp_address":"smtp.office365.com","smtp_authentication":"login","smtp_enable":true,` +
			`"smtp_enable_starttls_auto":true,"smtp_openssl_verify_mode":"peer","smtp_port":587,"smtp_tls":false}`,
	}},
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
		written: map[string]string{"aws_secretsmanager_secret_version.secret_string_wo": `{"auth.pass":"correct horse battery staple","auth.user":"app"}`},
	},
}
