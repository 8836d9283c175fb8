package rules_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, the first fix of a malformed value loses what the person meant.
func TestFixKeepsWhatWasMeant(t *testing.T) {
	for _, test := range []struct{ given, want string }{
		{`host = "//relay.corp.internal:2587"`, "host = \"relay.corp.internal\"\nport = 2587"},
		{`host = "relay-1.corp.internal,relay-2.corp.internal"`, `host = "relay-1.corp.internal"`},
		{`host = "relay-1.corp.internal:2587;relay-2.corp.internal:2587"`, "host = \"relay-1.corp.internal\"\nport = 2587"},
		{`ehlo_name = "198.51.100.7"`, `ehlo_name = "[198.51.100.7]"`},
		{`ehlo_name = "[IPv6:fe80::1%eth0]"`, `ehlo_name = "[IPv6:fe80::1]"`},
		{`ehlo_name = "https://app.corp.internal/"`, `ehlo_name = "app.corp.internal"`},
		{`ehlo_name = "app.corp.internal\r\nMAIL FROM:<x>"`, `ehlo_name = null # remove it`},
		{`from = "mailto:robot@corp.example?subject=x"`, `from = "robot@corp.example"`},
		{`from = "robot @corp.example"`, `from = "robot@corp.example"`},
		{`from = "robot@@corp.example"`, `from = "robot@corp.example"`},
		{`from = "Robot <robot@corp.example>; other@corp.example"`, `from = "robot@corp.example"`},
		{`from = "robot.corp.example"`, `from = "noreply@example.com"`},
		{`from = "robot:se,cret@corp.example"`, `from = "noreply@example.com"`},
		{`rcpt_to = ["Ann <ann@corp.example>", "nobody", "ben@corp.example", "ann@corp.example"]`, `rcpt_to = ["ann@corp.example", "ben@corp.example"] # only the addresses`},
		{`timeout = "45 seconds"`, `timeout = "45s"`},
		{`timeout = "2 min"`, `timeout = "2m"`},
		{`timeout = "90"`, `timeout = "90s"`},
		{`timeout = "1h"`, `timeout = "10m"`},
		{`timeout = "200ms"`, `timeout = "1s"`},
		{`timeout = "soon"`, `timeout = "30s"`},
		{`retry_attempts = 0`, `retry_attempts = 1`},
		{`retry_attempts = 40`, `retry_attempts = 10`},
		{`tls_mode = "starttls_required"`, `tls_mode = "starttls"`},
		{`tls_mode = "opportunistic"`, `tls_mode = "starttls"`},
		{"port = 587\ntls_mode = \"encrypted\"", `tls_mode = "starttls"`},
	} {
		arguments := test.given
		if !strings.HasPrefix(arguments, "host") {
			arguments = "host = \"smtp.corp.internal\"\n" + arguments
		}
		found := rules.Check(read(t, arguments, nil))
		if len(found) == 0 || len(found[0].Fixes) == 0 {
			t.Errorf("%s: %v", test.given, found)
			continue
		}
		if got := found[0].Fixes[0].String(); got != test.want {
			t.Errorf("%s: the first fix is\n%s", test.given, got)
		}
	}
}

// If this fails, the text of a fix shows a part of a password.
func TestMeantHostIsNoPassword(t *testing.T) {
	for _, text := range []string{"app:se,cret@smtp.corp.internal", "//app:se.cr,et@smtp.corp.internal", "app:se;cret@smtp.corp.internal,x"} {
		for _, f := range rules.Check(settings.Settings{Host: settings.Of(text)}) {
			if shown := f.Summary + f.Detail(); strings.Contains(shown, "cr") && strings.Contains(shown, "se.") || strings.Contains(shown, "cret") {
				t.Errorf("%q: %s", text, shown)
			}
		}
	}
}

// If this fails, a person repairs one value, and only then hears of the next.
func TestEachBadValueIsReported(t *testing.T) {
	pair := map[string]string{"empty.pem": ""}
	for given, want := range map[string][]string{
		"username = \"robot\\n\"\npassword_wo = \"kept apart\\n\"\npassword_wo_version = 1": {
			"username begins or ends with a line break", "password_wo begins or ends with a line break"},
		"username = \"\"\npassword = \"\"": {"username is empty", "password is empty"},
		"client_cert_pem = file(\"empty.pem\")\nclient_key_pem_wo = file(\"empty.pem\")\nclient_key_pem_wo_version = 1": {
			"client_cert_pem is not a certificate in PEM form: it is empty", "client_key_pem_wo is not a usable private key: it is empty"},
		"username = \"robot\"\naccess_token_wo = \"Bearer abc\"\naccess_token_wo_version = 1": {`access_token_wo begins with the word "Bearer"`},
		`username = "smtps://robot:kept-apart@smtp.corp.internal"` + "\npassword_wo = var.smtp_password\npassword_wo_version = 1": {
			"username has the form of user:password@host, as in a URL"},
	} {
		var got []string
		for _, f := range rules.Check(read(t, "host = \"smtp.corp.internal\"\n"+given, pair)) {
			got = append(got, f.Summary)
			if !slices.ContainsFunc(f.Fixes, finding.Fix.IsEdit) {
				t.Errorf("%s: %s has no edit: %v", given, f.Summary, f.Fixes)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s:\n%q", given, got)
		}
	}
}
