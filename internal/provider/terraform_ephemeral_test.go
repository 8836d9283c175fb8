package provider_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	tfconfig "github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/echoprovider"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/tfcli"
)

// terraform runs steps with the real Terraform, the provider on the relay's
// network, and a provider that keeps what ephemerals give. It runs whether or not
// TF_ACC is set (IsUnitTest). What an error shows is searched for the secrets.
func (r *relay) terraform(t *testing.T, secrets []string, steps ...resource.TestStep) {
	t.Helper()
	empty, err := filepath.Abs("../../examples/empty.tfrc")
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("TF_CLI_CONFIG_FILE", empty)
	t.Setenv("CHECKPOINT_DISABLE", "1")
	listsOpens := core(t).Product == tfcli.OpenTofu && !core(t).AtLeast("1.12")
	for i := range steps {
		if strings.Contains(steps[i].Config, `variable "client_secret"`) {
			steps[i].ConfigVariables = tfconfig.Variables{"client_secret": tfconfig.StringVariable(loud)}
		}
		// OpenTofu 1.11 lists the opening of an ephemeral among the changes of a plan.
		steps[i].ExpectNonEmptyPlan = listsOpens && steps[i].ExpectError == nil
	}
	providers := factories(r)
	providers["echo"] = echoprovider.NewProviderServer()
	resource.Test(t, resource.TestCase{
		IsUnitTest:               true,
		ProtoV6ProviderFactories: providers,
		ErrorCheck: func(err error) error {
			for _, secret := range secrets {
				hides(t, err.Error(), secret)
			}
			return err
		},
		Steps: steps,
	})
}

// chain is a token that logs in: as a write-only argument and in an ephemeral. Its
// secret is a variable, as OpenTofu shows the literals of ephemeral blocks in the
// JSON of a plan.
func (r *relay) chain(service *tokenService, m settings.Mechanism) string {
	return fmt.Sprintf(`
variable "client_secret" {
  type      = string
  ephemeral = true
}

provider "smtp" {
  ca_cert_pem = %q
}

ephemeral "smtp_oauth2_token" "mail" {
  token_url     = %q
  client_id     = "robot"
  client_secret = var.client_secret
  scopes        = ["smtp"]
}

ephemeral "smtp_connection" "mail" {
  host           = "mail.example.test"
  port           = 587
  username       = "app@example.test"
  access_token   = ephemeral.smtp_oauth2_token.mail.access_token
  auth_mechanism = %q
  verify         = "auth"
  ignore_rules   = ["host-placeholder"]
}

resource "smtp_connection" "mail" {
  host                    = "mail.example.test"
  username                = "app@example.test"
  access_token_wo         = ephemeral.smtp_oauth2_token.mail.access_token
  access_token_wo_version = 1
  auth_mechanism          = %q
  ignore_rules            = ["host-placeholder"]
}
`, r.ca.PEM(), service.url, m, m)
}

const echoed = `
provider "echo" {
  data = { token = ephemeral.smtp_oauth2_token.mail, connection = ephemeral.smtp_connection.mail }
}

resource "echo" "seen" {}
`

// bearers are the mechanisms that send a token.
var bearers = []settings.Mechanism{settings.XOAuth2, settings.OAuthBearer}

func tokenRelay(t *testing.T, m settings.Mechanism) (*relay, *tokenService) {
	t.Helper()
	r := newRelay(t)
	r.down()
	r.up(smtptest.Config{Mechanisms: []settings.Mechanism{m}, Tokens: map[string]string{relayUser: loudToken}})
	return r, serveTokens(t, r.Network, 200, `{"access_token":"`+loudToken+`","token_type":"Bearer","expires_in":3599}`)
}

// If this fails, a token does not get from the service to the login under the
// real Terraform, or the ephemerals give something else than they say.
func TestTerraformTokenLogsIn(t *testing.T) {
	for _, m := range bearers {
		t.Run(string(m), func(t *testing.T) {
			r, service := tokenRelay(t, m)
			at := func(names ...string) tfjsonpath.Path {
				path := tfjsonpath.New("data")
				for _, name := range names {
					path = path.AtMapKey(name)
				}
				return path
			}
			r.terraform(t, []string{loud, loudToken}, resource.TestStep{
				Config: r.chain(service, m) + echoed,
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue("smtp_connection.mail", tfjsonpath.New("auth_mechanism_used"), knownvalue.StringExact(string(m))),
					statecheck.ExpectKnownValue("smtp_connection.mail", tfjsonpath.New("verified"), knownvalue.Bool(true)),
					statecheck.ExpectKnownValue("smtp_connection.mail", tfjsonpath.New("access_token_wo"), knownvalue.Null()),
					statecheck.ExpectKnownValue("echo.seen", at("token", "access_token"), knownvalue.StringExact(loudToken)),
					statecheck.ExpectKnownValue("echo.seen", at("token", "token_type"), knownvalue.StringExact("Bearer")),
					statecheck.ExpectKnownValue("echo.seen", at("token", "expires_at"), knownvalue.NotNull()),
					statecheck.ExpectKnownValue("echo.seen", at("token", "granted_scopes"), knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact("smtp")})),
					statecheck.ExpectKnownValue("echo.seen", at("connection", "auth_mechanism_used"), knownvalue.StringExact(string(m))),
					statecheck.ExpectKnownValue("echo.seen", at("connection", "verified"), knownvalue.Bool(true)),
					statecheck.ExpectKnownValue("echo.seen", at("connection", "url"), knownvalue.StringExact("smtp://mail.example.test:587")),
					statecheck.ExpectKnownValue("echo.seen", at("connection", "url_with_credentials"), knownvalue.Null()),
				},
			})
			if n := len(r.servers[465].Record().Logins); n != 1 {
				t.Errorf("the resource logged in %d times, want 1", n)
			}
			for _, server := range r.servers {
				for _, login := range server.Record().Logins {
					if !login.OK || login.Mechanism != string(m) || login.InClear {
						t.Errorf("login %+v", login)
					}
				}
			}
			want := url.Values{"grant_type": {"client_credentials"}, "client_id": {"robot"}, "client_secret": {loud}, "scope": {"smtp"}}
			for _, asked := range service.requests() {
				same(t, "request", asked, want)
			}
		})
	}
}

// searched looks for secrets in plans and states as Terraform shows them in JSON,
// with sensitive values in clear.
type searched struct {
	t       *testing.T
	secrets []string
	stored  string // has to be found in the state
}

func (s searched) search(what any) string {
	s.t.Helper()
	text, err := json.Marshal(what)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, secret := range s.secrets {
		hides(s.t, string(text), secret)
	}
	return string(text)
}

func (s searched) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, _ *plancheck.CheckPlanResponse) {
	s.search(req.Plan)
}

func (s searched) CheckState(_ context.Context, req statecheck.CheckStateRequest, _ *statecheck.CheckStateResponse) {
	if text := s.search(req.State); !shows(text, s.stored) {
		s.t.Errorf("the search misses the stored password in %s", text)
	}
}

// unchanged is plancheck.ExpectEmptyPlan, but for ephemerals, which OpenTofu 1.11
// lists among the changes.
type unchanged struct{}

func (unchanged) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	for _, change := range req.Plan.ResourceChanges {
		if change.Mode != "ephemeral" && !change.Change.Actions.NoOp() {
			resp.Error = fmt.Errorf("%s: %v", change.Address, change.Change.Actions)
		}
	}
}

// If this fails, a token or what it was asked for with is in the plan or the
// state. The same search finds a password that is stored.
func TestTerraformStoresNoToken(t *testing.T) {
	r, service := tokenRelay(t, settings.XOAuth2)
	s := searched{t, []string{loud, loudToken}, "stored-horse-battery"}
	r.terraform(t, s.secrets, resource.TestStep{
		Config: r.chain(service, settings.XOAuth2) + `
resource "smtp_connection" "stored" {
  host         = "mail.example.test"
  username     = "app@example.test"
  password     = "stored-horse-battery"
  verify       = "handshake"
  ignore_rules = ["host-placeholder"]
}
`,
		ConfigPlanChecks:  resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{s}, PostApplyPostRefresh: []plancheck.PlanCheck{s, unchanged{}}},
		ConfigStateChecks: []statecheck.StateCheck{s},
	})
}

// If this fails, url_with_credentials does not reach another block as it should,
// or a password in it is not percent-encoded.
func TestTerraformURLWithCredentials(t *testing.T) {
	r := newRelay(t)
	r.terraform(t, nil, resource.TestStep{
		Config: `
ephemeral "smtp_connection" "mail" {
  host         = "mail.example.test"
  username     = "app@example.test"
  password     = "p@ss/w?r#d+1 %"
  ignore_rules = ["host-placeholder"]
}

provider "echo" {
  data = ephemeral.smtp_connection.mail.url_with_credentials
}

resource "echo" "seen" {}
`,
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("echo.seen", tfjsonpath.New("data"), knownvalue.StringExact("smtps://app%40example.test:p%40ss%2Fw%3Fr%23d%2B1%20%25@mail.example.test:465")),
		},
	})
	if n := len(r.Dials()); n != 0 {
		t.Errorf("%d connections", n)
	}
}

// If this fails, an ephemeral that can't be opened does not fail the plan, or the
// message lacks its code or shows a secret.
func TestTerraformEphemeralFails(t *testing.T) {
	for name, tt := range map[string]struct {
		status  int
		body    string
		changes *regexp.Regexp
		by      string
		code    string
	}{
		"token refused":  {status: 400, body: `{"error":"invalid_client","error_description":"` + loud + `"}`, code: "oauth2-client-rejected"},
		"login refused":  {status: 200, body: `{"access_token":"another"}`, code: "oauth2-token-rejected"},
		"nothing to ask": {changes: regexp.MustCompile(`client_secret = .*`), code: "oauth2-grant-missing"},
		"empty secret":   {changes: regexp.MustCompile(`client_secret = .*`), by: `client_secret = ""`, code: "credential-empty"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRelay(t)
			r.down()
			r.up(smtptest.Config{Mechanisms: bearers, Tokens: map[string]string{relayUser: loudToken}})
			hcl := r.chain(serveTokens(t, r.Network, tt.status, tt.body), settings.XOAuth2)
			if tt.changes != nil {
				hcl = tt.changes.ReplaceAllLiteralString(hcl, tt.by)
			}
			r.terraform(t, []string{loud, loudToken}, resource.TestStep{
				Config:      hcl,
				ExpectError: regexp.MustCompile(`(?m)^ +code +` + tt.code + `$`),
			})
		})
	}
}
