package settings_test

import (
	"cmp"
	"maps"
	"slices"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// everything gives each argument a value.
func everything() s {
	return s{
		Host: text("smtp.corp.internal"), Port: port(587), TLSMode: mode("starttls"), Username: text("robot"),
		Password: hidden("p"), AccessToken: hidden("t"), AuthMechanism: settings.Of(settings.Plain), From: text("a@corp.internal"),
		RcptTo: settings.Of([]string{"b@corp.internal"}), MessageSubject: text("Test"), CACertPEM: text("ca"), ClientCertPEM: text("cert"),
		ClientKeyPEM: hidden("key"), TLSServerName: text("mail.corp.internal"), TLSMinVersion: text("1.3"), Insecure: settings.Of(true),
		EHLOName: text("app.corp.internal"), Verify: settings.Of(settings.VerifyAuth), Clients: settings.Of([]string{"grafana"}),
		IgnoreRules: settings.Of([]string{"port-25"}), RetryAttempts: settings.Of[int64](3), Timeout: text("30s"),
	}
}

// If this fails, a fix is judged in another block than the one that you have once you
// make it.
func TestEdited(t *testing.T) {
	stored := everything()
	writeOnly := stored
	writeOnly.TakesWriteOnly = true
	writeOnly.WriteOnly = []string{"password_wo", "password_wo_version", "access_token_wo", "client_key_pem_wo"}
	writeOnly.MayBeNull = []string{"access_token_wo"}
	both := stored
	both.TakesWriteOnly, both.WriteOnly, both.Twice = true, []string{"password_wo"}, []string{"password"}
	for kind, given := range map[string]s{"stored": stored, "write-only": writeOnly, "in both ways": both} {
		before := given.Block().Given
		for name, value := range before {
			want := maps.Clone(before)
			delete(want, name)
			if got := given.Edited(finding.Remove(name)).Block().Given; !maps.Equal(got, want) {
				t.Errorf("%s, without %s: %v, want %v", kind, name, got, want)
			}
			if got, set := (s{}).Edited(finding.Set(name + " = " + cmp.Or(value, "var.x"))).Block().Given[name]; !set || got != value && isLiteral(name) {
				t.Errorf("%s = %s becomes %q, %t", name, value, got, set)
			}
		}
	}
	if again := writeOnly.Edited(finding.Set("access_token_wo = var.token")); !again.GivesWriteOnly("access_token_wo") {
		t.Error("an argument that an edit gives may be null")
	}
}

// isLiteral reports whether an edit can know the value of an argument.
func isLiteral(name string) bool {
	return !slices.Contains([]string{"rcpt_to", "clients", "ignore_rules"}, name)
}
