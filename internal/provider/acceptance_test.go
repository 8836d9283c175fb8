package provider_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	tfconfig "github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

const mail = "smtp_connection.mail"

// accept runs steps with the real Terraform, with the provider in this process on
// the relay's network. Such tests are never left out (IsUnitTest).
func (r *relay) accept(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	resource.ParallelTest(t, resource.TestCase{
		IsUnitTest: true, ProtoV6ProviderFactories: factories(r), Steps: steps,
	})
}

// block is a connection to the relay in Terraform's language, with the given
// lines instead of its own or beside them.
func (r *relay) block(kind string, lines ...string) string {
	own := map[string]string{
		"host": `"mail.example.test"`, "username": `"app@example.test"`, "password": `"correct-horse-battery"`,
		"ca_cert_pem": fmt.Sprintf("%q", r.ca.PEM()), "ignore_rules": `["host-placeholder"]`,
	}
	for _, line := range lines {
		name, expression, _ := strings.Cut(line, "=")
		own[strings.TrimSpace(name)] = strings.TrimSpace(expression)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s \"smtp_connection\" \"mail\" {\n", kind)
	for name, expression := range own {
		fmt.Fprintf(&b, "  %s = %s\n", name, expression)
	}
	return b.String() + "}\n"
}

func diagnosed(code string) *regexp.Regexp { return regexp.MustCompile(`code +` + code + `\n`) }

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(mail, action)}}
}

func attribute(name string, want knownvalue.Check) []statecheck.StateCheck {
	return []statecheck.StateCheck{statecheck.ExpectKnownValue(mail, tfjsonpath.New(name), want)}
}

// If this fails, Terraform itself doesn't see this: a plan fails on a mistake, a
// failed create leaves nothing behind, an update happens in place and keeps the old
// state if it fails, drift heals, and destroy needs no server.
func TestAccLifeCycle(t *testing.T) {
	r := newRelay(t)
	right := r.block("resource", `refresh = "handshake"`)
	r.accept(t,
		resource.TestStep{Config: r.block("resource", `port = 587`, `tls_mode = "implicit"`), ExpectError: diagnosed("starttls-port-implicit")},
		resource.TestStep{Config: r.block("resource", `password = "wrong-horse-battery"`), ExpectError: diagnosed("auth-rejected")},
		resource.TestStep{Config: right, ConfigPlanChecks: planned(plancheck.ResourceActionCreate), ConfigStateChecks: attribute("verified", knownvalue.Bool(true))},
		resource.TestStep{Config: right, PlanOnly: true},
		resource.TestStep{
			Config:           r.block("resource", `refresh = "handshake"`, `port = 587`, `triggers = { run = "2" }`),
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: attribute("url", knownvalue.StringExact("smtp://mail.example.test:587")),
		},
		resource.TestStep{Config: r.block("resource", `refresh = "handshake"`, `password = "wrong-horse-battery"`), ExpectError: diagnosed("auth-rejected")},
		resource.TestStep{ // the old state was kept, so that this is no change
			Config: r.block("resource", `refresh = "handshake"`, `port = 587`, `triggers = { run = "2" }`), PlanOnly: true,
		},
		resource.TestStep{
			PreConfig: r.down, Config: r.block("resource", `refresh = "handshake"`, `port = 587`, `triggers = { run = "2" }`),
			ExpectError: diagnosed("connect-refused"), ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
		},
		resource.TestStep{
			PreConfig: func() { r.up(smtptest.Config{}) }, Config: r.block("resource", `refresh = "handshake"`, `port = 587`, `triggers = { run = "2" }`),
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: attribute("verified", knownvalue.Bool(true)),
		},
		resource.TestStep{PreConfig: r.down, Config: right, Destroy: true},
	)
}

// If this fails, Terraform's plan accepts a client that can't do what the provider block
// adds to the check, settings don't carry that, or a change of it doesn't lead to a new
// check.
func TestAccInherited(t *testing.T) {
	r := newRelay(t)
	block := func(more string, lines ...string) string {
		return fmt.Sprintf("provider \"smtp\" {\n  ca_cert_pem = %q\n%s}\n", r.ca.PEM(), more) +
			r.block("resource", append(lines, "ca_cert_pem = null")...)
	}
	handed := func(name string, want knownvalue.Check) []statecheck.StateCheck {
		return []statecheck.StateCheck{statecheck.ExpectKnownValue(mail, tfjsonpath.New("settings").AtMapKey(name), want)}
	}
	r.accept(t,
		resource.TestStep{Config: block("", `clients = ["tf-supabase-settings-auth"]`), ExpectError: diagnosed("client-private-ca")},
		resource.TestStep{Config: block(""), ConfigStateChecks: handed("private_ca", knownvalue.Bool(true))},
		resource.TestStep{Config: block(""), PlanOnly: true},
		resource.TestStep{
			Config:           block("  ehlo_name = \"app.example.net\"\n"),
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate), ConfigStateChecks: handed("ehlo_name", knownvalue.StringExact("app.example.net")),
		},
	)
}

// If this fails, a write-only password doesn't reach the server, gets into the state,
// or isn't tried again when its version changes.
func TestAccWriteOnly(t *testing.T) {
	r := newRelay(t)
	step := func(version int, password string) resource.TestStep {
		return resource.TestStep{
			Config: `variable "secret" {
  type      = string
  ephemeral = true
}
` + r.block("resource", "password = null", "password_wo = var.secret", fmt.Sprintf("password_wo_version = %d", version)),
			ConfigVariables: tfconfig.Variables{"secret": tfconfig.StringVariable(password)},
		}
	}
	first, same, bumped, right := step(1, relayPassword), step(1, "new-horse-battery"), step(2, "new-horse-battery"), step(2, relayPassword)
	first.ConfigStateChecks = attribute("password_wo", knownvalue.Null())
	same.ConfigPlanChecks = planned(plancheck.ResourceActionNoop)
	bumped.ExpectError = diagnosed("auth-rejected")
	right.ConfigPlanChecks = planned(plancheck.ResourceActionUpdate)
	r.accept(t, first, same, bumped, right)
	if n := r.logins(); n != 3 {
		t.Errorf("%d logins, want 3: at create, with the wrong password, with the right one", n)
	}
}

// If this fails, values that are known only at apply are judged too early or not at
// all, or Terraform calls the plan inconsistent.
func TestAccUnknown(t *testing.T) {
	r := newRelay(t)
	source := "resource \"terraform_data\" \"from\" {\n  input = { host = %q, port = %d }\n}\n"
	block := r.block("resource", "host = terraform_data.from.output.host", "port = terraform_data.from.output.port", "triggers = { t = timestamp() }") +
		r.block("data", "host = terraform_data.from.output.host", `verify = "handshake"`) +
		"output \"read\" { value = data.smtp_connection.mail.verified }\n"
	r.accept(t,
		resource.TestStep{Config: fmt.Sprintf(source, relayName, 25) + block, ExpectError: diagnosed("port-25")},
		resource.TestStep{
			Config: fmt.Sprintf(source, relayName, 587) + block, ExpectNonEmptyPlan: true,
			ConfigStateChecks: append(attribute("address", knownvalue.StringExact("mail.example.test:587")),
				statecheck.ExpectKnownOutputValue("read", knownvalue.Bool(true))),
		},
		resource.TestStep{
			Config: fmt.Sprintf(source, relayName, 465) + block, ExpectNonEmptyPlan: true, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			ConfigStateChecks: attribute("tls_mode", knownvalue.StringExact("implicit")),
		},
	)
}

// If this fails, a failing data source in a check block is more than a warning, or an
// unreadable value there is less than an error.
func TestAccCheckBlock(t *testing.T) {
	r := newRelay(t)
	r.down()
	check := func(lines ...string) string {
		return "resource \"terraform_data\" \"other\" {}\ncheck \"mail\" {\n" + r.block("data", lines...) + `
  assert {
    condition     = data.smtp_connection.mail.verified
    error_message = "The relay is not as declared."
  }
}
`
	}
	r.accept(t,
		resource.TestStep{Config: check(`verify = "handshake"`), ExpectNonEmptyPlan: true},
		resource.TestStep{Config: check(`verify = "handshake"`, `on_failure = "report"`), ExpectNonEmptyPlan: true},
		resource.TestStep{Config: check(`host = "mail.example.test:587"`), ExpectError: diagnosed("host-has-port")},
		resource.TestStep{Config: check(`verify = "none"`), ExpectNonEmptyPlan: true},
	)
}

// If this fails, a data source that reports can't feed an output, or one that contacts
// nothing keeps you from planning or destroying without a server.
func TestAccDataSource(t *testing.T) {
	r := newRelay(t)
	report := r.block("data", `verify = "auth"`, `on_failure = "report"`, `password = "wrong-horse-battery"`) + `
output "codes" { value = data.smtp_connection.mail.findings[*].code }
output "ok" { value = data.smtp_connection.mail.ok }
`
	silent := r.block("data", `verify = "none"`) + "output \"url\" { value = data.smtp_connection.mail.url }\n"
	r.accept(t,
		resource.TestStep{Config: report, ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownOutputValue("codes", knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("auth-rejected")})),
			statecheck.ExpectKnownOutputValue("ok", knownvalue.Bool(false)),
		}},
		resource.TestStep{PreConfig: r.down, Config: silent, ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownOutputValue("url", knownvalue.StringExact("smtps://mail.example.test:465")),
		}},
		resource.TestStep{Config: silent, Destroy: true},
	)
}

// If this fails, you can't use what a plan knows where Terraform needs it at plan.
func TestAccKnownAtPlan(t *testing.T) {
	r := newRelay(t)
	r.accept(t, resource.TestStep{Config: r.block("resource", `from = "app@example.test"`) + `
resource "terraform_data" "tls" {
  count = smtp_connection.mail.settings.tls_mode == "implicit" && smtp_connection.mail.client_options.secure ? 1 : 0
}
output "words" { value = [for family, word in smtp_connection.mail.client_options : "${family}=${word}"] }
`, ConfigStateChecks: []statecheck.StateCheck{
		statecheck.ExpectKnownOutputValue("words", knownvalue.ListExact([]knownvalue.Check{
			knownvalue.StringExact("secure=true"), knownvalue.StringExact("ssl_tls_none=SSL"), knownvalue.StringExact("tls_starttls_none=TLS"),
		})),
	}})
}
