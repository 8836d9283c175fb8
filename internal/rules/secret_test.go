package rules_test

import (
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules/snippets"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, a finding about a secret in username stands at username: Terraform
// prints the source line there.
func TestSecretInUsernameIsNotPointedAt(t *testing.T) {
	for _, code := range []finding.Code{"secret-in-username", "username-equals-password", "service-token-twice"} {
		if row, ok := finding.Lookup(code); !ok || row.Attribute != "host" {
			t.Errorf("%s stands at %q", code, row.Attribute)
		}
	}
	for _, name := range []string{snippets.References["var.sendgrid_api_key"], "hunter2-hunter2"} {
		given := s{Host: text("smtp.corp.internal"), Username: text(name), Password: settings.Of(secret.New(name))}
		found := rules.Check(given)
		if len(found) == 0 {
			t.Errorf("nothing is said of a secret in username")
		}
		for _, f := range found {
			hidesSecrets(t, given, f.Summary+f.Detail())
		}
	}
}

// If this fails, some settings make a rule panic, or a finding lacks its texts or
// shows a password.
func FuzzCheck(f *testing.F) {
	f.Add("smtp.gmail.com", int64(465), "implicit", "robot", "hunter2", "PLAIN")
	f.Add("", int64(-1), "", "", "", "")
	f.Add("imap.", int64(25), "none", "\r\n", "{", "EXTERNAL")
	f.Add("email-smtp..amazonaws.com", int64(8465), "starttls", "SG.", "ya29.", "NTLM")
	f.Fuzz(func(t *testing.T, host string, port int64, mode, username, password, mechanism string) {
		given := s{
			Host: text(host), Port: settings.Of(port), TLSMode: settings.Of(settings.TLSMode(mode)),
			Username: text(username), Password: settings.Of(secret.New("hunter2-" + password)),
			AuthMechanism: settings.Of(settings.Mechanism(mechanism)), VerifyByDefault: true,
		}
		for _, found := range rules.Check(given) {
			if found.Summary == "" || found.Code == finding.Unexpected {
				t.Errorf("a finding without words: %+v", found)
			}
			if strings.Contains(found.Summary+found.Detail(), "hunter2-") && !strings.Contains(host+mode+mechanism, "hunter2-") {
				t.Errorf("the password is shown: %+v", found)
			}
		}
	})
}
