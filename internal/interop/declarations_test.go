//go:build interop

package interop

import (
	"fmt"
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

// Fails if what a person declares of logins, certificates and envelopes doesn't
// reach a real server, or its refusal doesn't come back as the finding, with
// nothing in the state and no more logins than one.
func TestDeclarations(t *testing.T) {
	ca := newAuthority(t)
	ports := map[string]Port{"demands": ports["demands"], "owners": envelopePorts["owners"]}
	postfix := PostfixWithCyrus(t, ca, passwords, ports)
	dovecot := Dovecot(t, ca, NewRelay(t), passwords, accessTokens)
	certPEM, key := clientCertificate(t, ca, usual)
	certificate := fmt.Sprintf("client_cert_pem = %q\nclient_key_pem = %q\n", certPEM, key.Reveal())
	const (
		login = "username = \"app\"\npassword = \"correct horse\"\n"
		wrong = "username = \"app\"\npassword = \"correct horsf\"\n"
	)
	envelope := func(from, to string) string {
		return fmt.Sprintf("verify = \"envelope\"\nfrom = %q\nrcpt_to = [%q]\n", from, to)
	}
	for name, tt := range map[string]struct {
		server    *Server
		port      uint16
		arguments string
		mechanism string // that was used, "" for none
		code      string // "" where it applies
		attempts  int
	}{
		"postfix, envelope":              {postfix, postfix.STARTTLS, login + envelope("app@example.test", "you@example.com"), "SCRAM-SHA-512", "", 1},
		"postfix, another's address":     {postfix, postfix.More["owners"], login + envelope("boss@example.test", "you@example.com"), "", "sender-not-allowed", 1},
		"postfix, relay denied":          {postfix, postfix.STARTTLS, envelope("app@example.test", "you@example.com"), "", "relay-denied", 0},
		"postfix, certificate":           {postfix, postfix.More["demands"], login + certificate, "SCRAM-SHA-512", "", 1},
		"postfix, certificate missing":   {postfix, postfix.More["demands"], login, "", "client-certificate-required", 0},
		"postfix, NTLM":                  {postfix, postfix.STARTTLS, login + "auth_mechanism = \"NTLM\"\n", "NTLM", "", 1},
		"postfix, mechanism not offered": {postfix, postfix.STARTTLS, "username = \"app\"\naccess_token = \"ya29.of-nobody\"\n", "", "oauth2-not-offered", 0},
		"dovecot, envelope":              {dovecot, dovecot.STARTTLS, login + envelope("app@example.test", "you@example.com"), "SCRAM-SHA-256", "", 1},
		"dovecot, sender refused":        {dovecot, dovecot.STARTTLS, login + envelope("stranger@example.test", "you@example.com"), "", "sender-not-allowed", 1},
		"dovecot, relay denied":          {dovecot, dovecot.STARTTLS, login + envelope("app@example.test", "far@example.com"), "", "relay-denied", 1},
		"dovecot, EXTERNAL":              {dovecot, dovecot.STARTTLS, certificate + "auth_mechanism = \"EXTERNAL\"\n", "EXTERNAL", "", 1},
		"dovecot, token":                 {dovecot, dovecot.STARTTLS, fmt.Sprintf("username = \"app\"\naccess_token = %q\n", accessTokens[usual]), "OAUTHBEARER", "", 1},
		"dovecot, wrong token":           {dovecot, dovecot.STARTTLS, "username = \"app\"\naccess_token = \"ya29.of-nobody\"\nauth_mechanism = \"XOAUTH2\"\n", "", "oauth2-token-rejected", 1},
		"dovecot, the same login thrice": {dovecot, dovecot.STARTTLS, wrong + "count = 3\n", "", "auth-rejected", 1},
	} {
		t.Run(name, func(t *testing.T) {
			config := fmt.Sprintf(`
resource "smtp_connection" "mail" {
  host        = %q
  port        = %d
  tls_mode    = "starttls"
  ca_cert_pem = %q
  %s
}
`, ServerName, tt.port, ca.PEM(), tt.arguments)
			steps := []resource.TestStep{{
				Config:            config,
				ConfigStateChecks: []statecheck.StateCheck{isTrue("verified"), used(tt.mechanism)},
			}}
			if tt.code != "" {
				steps = []resource.TestStep{
					{Config: config, ExpectError: regexp.MustCompile(`code +` + regexp.QuoteMeta(tt.code) + `\n`)},
					{Config: config, PlanOnly: true, ExpectNonEmptyPlan: true, ConfigPlanChecks: resource.ConfigPlanChecks{
						PostApplyPreRefresh: []plancheck.PlanCheck{createsAll{}},
					}},
				}
			}
			attempts := tt.server.Log.Attempts(t, func() {
				resource.Test(t, resource.TestCase{IsUnitTest: true, ProtoV6ProviderFactories: providers, Steps: steps})
			})
			if attempts != tt.attempts {
				t.Errorf("%d AUTH in the log, want %d", attempts, tt.attempts)
			}
		})
	}
}

func used(mechanism string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New("auth_mechanism_used"), knownvalue.StringExact(mechanism))
}
