//go:build interop

package interop

import (
	"context"
	"errors"
	"fmt"
	"net/textproto"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/provider"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

const address = "smtp_connection.mail"

// The tag interop asks for these tests, so TF_ACC doesn't count (IsUnitTest): they
// are never skipped.
var providers = map[string]func() (tfprotov6.ProviderServer, error){
	"smtp": func() (tfprotov6.ProviderServer, error) {
		return provider.NewServer(provider.NewOn("test", network{})())(), nil
	},
}

// declared is the configuration of one connection.
type declared struct {
	port           uint16
	mode, ca       string
	password       string
	certificateFor string // tls_server_name; "" leaves it out
	trigger        string
}

func (d declared) hcl() string {
	name := "null"
	if d.certificateFor != "" {
		name = fmt.Sprintf("%q", d.certificateFor)
	}
	return fmt.Sprintf(`
resource "smtp_connection" "mail" {
  host            = %q
  port            = %d
  tls_mode        = %q
  username        = "app"
  password        = %q
  ca_cert_pem     = %q
  tls_server_name = %s
  triggers        = { run = %q }
}
`, ServerName, d.port, d.mode, d.password, d.ca, name, d.trigger)
}

// Fails if settings that are right for a real server don't apply or show other
// capabilities than it has, if a wrong one doesn't end in its own finding or
// leaves something in the state, or if the login is made more often than once, or
// before the server is known to be the right one.
func (f *fleet) connection(t *testing.T) {
	stranger := newAuthority(t)
	for _, s := range f.all() {
		for mode, port := range map[string]uint16{"starttls": s.STARTTLS, "implicit": s.Implicit} {
			right := declared{port: port, mode: mode, ca: f.ca.PEM(), password: "correct horse"}
			t.Run(s.Name+"/"+mode+"/right", func(t *testing.T) {
				capabilities, mechanisms := capabilitiesOf(t, s, f.ca, mode == "implicit")
				attempts := s.Log.Attempts(t, func() {
					resource.Test(t, resource.TestCase{
						IsUnitTest:               true,
						ProtoV6ProviderFactories: providers,
						Steps: []resource.TestStep{{
							Config: right.hcl(),
							ConfigStateChecks: []statecheck.StateCheck{
								isTrue("verified"),
								texts("capabilities", capabilities),
								texts("auth_mechanisms", mechanisms),
							},
						}},
					})
				})
				if attempts != 1 {
					t.Errorf("%d AUTH in the log, want 1: by apply, none by plan, refresh and destroy", attempts)
				}
			})
			for name, wrong := range map[string]struct {
				change   func(*declared)
				code     map[string]string // by mode; "" for both
				attempts int
			}{
				"password": {
					func(d *declared) { d.password = "correct horsf" },
					map[string]string{"": "auth-rejected"}, 1,
				},
				"certificate name": {
					func(d *declared) { d.certificateFor = "smtp.example.test" },
					map[string]string{"": "certificate-name-mismatch"}, 0,
				},
				"authority": {
					func(d *declared) { d.ca = stranger.PEM() },
					// The servers know the authority, so that they send its certificate along.
					map[string]string{"": "certificate-private-root"}, 0,
				},
				"mode": {
					func(d *declared) { d.mode = map[string]string{"starttls": "implicit", "implicit": "starttls"}[d.mode] },
					map[string]string{"starttls": "server-speaks-starttls", "implicit": "server-speaks-implicit-tls"}, 0,
				},
			} {
				t.Run(s.Name+"/"+mode+"/wrong "+name, func(t *testing.T) {
					d := right
					wrong.change(&d)
					attempts := s.Log.Attempts(t, func() { applyFails(t, d, wrong.code[""]+wrong.code[mode]) })
					if attempts != wrong.attempts {
						t.Errorf("%d AUTH in the log, want %d", attempts, wrong.attempts)
					}
				})
			}
		}
	}
}

// applyFails applies a connection that ends in the given finding, and looks at
// what a plan after that would do: only with an empty state it creates.
func applyFails(t *testing.T, d declared, code string) {
	t.Helper()
	resource.Test(t, resource.TestCase{
		IsUnitTest:               true,
		ProtoV6ProviderFactories: providers,
		Steps: []resource.TestStep{
			{Config: d.hcl(), ExpectError: regexp.MustCompile(`code +` + regexp.QuoteMeta(code) + `\n`)},
			{
				Config: d.hcl(), PlanOnly: true, ExpectNonEmptyPlan: true,
				ConfigPlanChecks: resource.ConfigPlanChecks{PostApplyPreRefresh: []plancheck.PlanCheck{
					createsAll{},
				}},
			},
		},
	})
}

// Fails if plan, refresh or destroy of a connection, in either mode, need its
// server.
func TestServersStopped(t *testing.T) {
	f := newFleet(t, map[string]string{"app": "correct horse"}, nil)
	for _, s := range f.all() { // Dovecot last: a Postfix asks it
		both := func(trigger string) string {
			d := declared{port: s.STARTTLS, mode: "starttls", ca: f.ca.PEM(), password: "correct horse", trigger: trigger}
			first := d.hcl()
			d.port, d.mode = s.Implicit, "implicit"
			return first + strings.Replace(d.hcl(), `"mail"`, `"implicit"`, 1)
		}
		t.Run(s.Name, func(t *testing.T) {
			resource.Test(t, resource.TestCase{
				IsUnitTest:               true,
				ProtoV6ProviderFactories: providers,
				Steps: []resource.TestStep{
					{Config: both("")},
					{PreConfig: s.Stop, Config: both(""), PlanOnly: true},
					{RefreshState: true},
					{Config: both("second"), PlanOnly: true, ExpectNonEmptyPlan: true},
					// The positive control: an apply does need the server.
					{Config: both("second"), ExpectError: regexp.MustCompile(`(?s)code +connect-refused\n.*code +connect-refused\n`)},
					{Config: both(""), PlanOnly: true},
				},
			})
		})
	}
}

// capabilitiesOf asks a server for its extensions with Go's own client, and
// returns them as it lists them, and the mechanisms among them.
func capabilitiesOf(t *testing.T, s *Server, ca *smtptest.Authority, implicit bool) (extensions, mechanisms []string) {
	t.Helper()
	c := dialServer(t, s, ca, implicit)
	reply := ehlo(t, c.Text)
	_ = c.Quit()                                          // what is asked was answered
	for _, line := range strings.Split(reply, "\n")[1:] { // the first is the server's name
		extensions = append(extensions, line)
		if list, ok := strings.CutPrefix(line, "AUTH "); ok {
			mechanisms = strings.Fields(list)
		}
	}
	return extensions, mechanisms
}

func ehlo(t *testing.T, conn *textproto.Conn) string {
	t.Helper()
	if err := conn.PrintfLine("EHLO client.example.test"); err != nil {
		t.Fatal(err)
	}
	_, reply, err := conn.ReadResponse(250)
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

func isTrue(name string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), knownvalue.Bool(true))
}

// texts checks a list of the output server.
func texts(name string, want []string) statecheck.StateCheck {
	elements := make([]knownvalue.Check, 0, len(want))
	for _, text := range want {
		elements = append(elements, knownvalue.StringExact(text))
	}
	return statecheck.ExpectKnownValue(address, tfjsonpath.New("server_info").AtMapKey(name), knownvalue.ListExact(elements))
}

// createsAll fails where a plan finds something in the state.
type createsAll struct{}

// CheckPlan implements [plancheck.PlanCheck].
func (createsAll) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	if len(req.Plan.ResourceChanges) == 0 {
		resp.Error = errors.New("the plan changes nothing")
	}
	for _, change := range req.Plan.ResourceChanges {
		if !change.Change.Actions.Create() {
			resp.Error = fmt.Errorf("%s is not to be created: %v", change.Address, change.Change.Actions)
		}
	}
}
