package provider_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	tfconfig "github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// run runs steps with the real Terraform, and fails without one.
func run(t *testing.T, r *relay, steps ...resource.TestStep) {
	t.Helper()
	resource.Test(t, resource.TestCase{IsUnitTest: true, ProtoV6ProviderFactories: factories(r), Steps: steps})
}

// If this fails, the credentials that a function returns lose their protection on the
// way, get into the state, or are not those that a server accepts.
func TestSecretsOfAClient(t *testing.T) {
	t.Parallel()
	secrets := func(variable string) string {
		return fmt.Sprintf(`
variable "password" {
  type = string
  %s = true
}

locals {
  secrets = provider::smtp::client_secrets(
    { host = %q, port = 465, tls_mode = "implicit", auth = "password" }, "django",
    { username = %q, password = var.password },
  )
}
`, variable, relayName, relayUser)
	}
	given := tfconfig.Variables{"password": tfconfig.StringVariable(relayPassword)}
	r := newRelay(t)
	tests := []struct {
		name  string
		steps []resource.TestStep
	}{
		{"sensitive stays sensitive", []resource.TestStep{{
			Config:      secrets("sensitive") + `output "secrets" { value = local.secrets }`,
			ExpectError: regexp.MustCompile(`Output refers to sensitive values`),
		}}},
		{"ephemeral stays ephemeral", []resource.TestStep{{
			Config:      secrets("ephemeral") + `resource "terraform_data" "kept" { input = local.secrets["EMAIL_HOST_PASSWORD"] }`,
			ExpectError: regexp.MustCompile(`Invalid use of ephemeral value|Ephemeral value used in non-ephemeral context`),
		}}},
		{"feeds write-only arguments", []resource.TestStep{{
			Config: secrets("ephemeral") + fmt.Sprintf(`
resource "smtp_connection" "mail" {
  host                = %q
  port                = 465
  username            = %q
  password_wo         = local.secrets["EMAIL_HOST_PASSWORD"]
  password_wo_version = 1
  ca_cert_pem         = %q
  ignore_rules        = ["host-placeholder"]
}
`, relayName, relayUser, r.ca.PEM()),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("smtp_connection.mail", tfjsonpath.New("verified"), knownvalue.Bool(true)),
				statecheck.ExpectKnownValue("smtp_connection.mail", tfjsonpath.New("auth_mechanism_used"), knownvalue.StringExact("PLAIN")),
			},
			Check: func(s *terraform.State) error {
				if strings.Contains(s.String(), relayPassword) {
					return fmt.Errorf("the password is in the state")
				}
				if r.logins() != 1 {
					return fmt.Errorf("%d logins, want 1", r.logins())
				}
				return nil
			},
		}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for i := range tt.steps {
				tt.steps[i].ConfigVariables = given
			}
			run(t, r, tt.steps...)
		})
	}
}

// If this fails, a module can't refuse its own settings, with the reason, before
// anything is planned.
func TestValidationOfVariables(t *testing.T) {
	t.Parallel()
	const text = `
variable "smtp" {
  type = object({ host = string, port = optional(number), tls_mode = optional(string) })

  validation {
    condition     = provider::smtp::validate(var.smtp).valid
    error_message = join("\n", provider::smtp::validate(var.smtp).errors[*].summary)
  }
}

output "warnings" {
  value = provider::smtp::validate(var.smtp).warnings[*].code
}
`
	smtp := func(host string, port int) tfconfig.Variables {
		return tfconfig.Variables{"smtp": tfconfig.ObjectVariable(map[string]tfconfig.Variable{
			"host": tfconfig.StringVariable(host), "port": tfconfig.IntegerVariable(port),
		})}
	}
	r := newRelay(t)
	run(t, r,
		resource.TestStep{Config: text, ConfigVariables: smtp("smtp.gmial.com", 465),
			ExpectError: regexp.MustCompile(`host = smtp.gmial.com looks like a mistyped smtp.gmail.com`)},
		resource.TestStep{Config: text, ConfigVariables: smtp("smtp.corp.internal", 25),
			ExpectError: regexp.MustCompile(`Port 25 is for mail between servers`)},
		resource.TestStep{Config: text, ConfigVariables: smtp("smtp.corp.internal.", 465),
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownOutputValue("warnings",
				knownvalue.TupleExact([]knownvalue.Check{knownvalue.StringExact("host-trailing-dot")}))}},
	)
}
