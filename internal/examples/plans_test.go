package examples

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/tfcli"
)

var update = flag.Bool("update", false, "write what Terraform prints to testdata")

// marker is in every secret of the plans that fail.
const marker = "xyzzy"

// failing are the plans that fail, by their files in testdata/plans: the code that
// each prints, and the line at which it stands.
var failing = map[string]struct{ code, line string }{
	"01-implicit-port-with-starttls": {"implicit-tls-port", `tls_mode = "starttls"`},
	"02-starttls-port-with-implicit": {"starttls-port-implicit", `tls_mode = "implicit"`},
	"03-port-25":                     {"port-25", `port = 25`},
	"04-url-as-host":                 {"host-has-scheme", `resource "smtp_connection" "mail" {`},
	"05-misspelt-host":               {"host-near-service", `host     = "smtp.gmial.com"`},
	"06-host-for-reading":            {"host-incoming", `host = "imap.gmail.com"`},
	"07-password-in-clear":           {"credentials-in-clear", `tls_mode = "none"`},
	"08-half-a-login":                {"username-without-secret", `username = "app"`},
	"09-newline-of-a-file":           {"credential-line-end", `username = "app"`},
	"10-user-name-of-the-service":    {"service-username", `username = "app@contoso.com"`},
	"11-wrong-kind-of-secret":        {"service-secret-shape", `username = "AKIAIOSFODNN7EXAMPLE"`},
	"12-service-wants-oauth2":        {"service-oauth2-only", `username = "app@outlook.com"`},
	"13-port-of-the-service":         {"service-port", `port         = 465`},
	"14-key-as-certificate":          {"ca-pem-private-key", `host        = "smtp.corp.internal"`},
	"15-word-of-another-library":     {"tls-mode-word", `tls_mode = "ssl"`},
	"16-mechanism-for-tokens":        {"mechanism-needs-token", `auth_mechanism = "XOAUTH2"`},
	"17-login-without-verification":  {"insecure-credentials", `insecure = true`},
	"18-secret-given-twice":          {"two-secrets", `username            = "app"`},
	"19-client-that-cannot":          {"client-cannot-express", `clients = ["grafana", "django"]`},
	"20-misspelt-code":               {"ignore-rules-unknown", `ignore_rules = ["port25"]`},
	"21-data-source":                 {"host-white-space", `host = "smtp.corp.internal "`},
	"22-ephemeral":                   {"port-out-of-range", `port   = 0`},
	"23-function":                    {"function-url-unreadable", `value     = provider::smtp::parse_url(var.smtp_url).host`},
	"24-variable-of-a-module":        {"", `variable "smtp" {`},
}

var timings = regexp.MustCompile(`(?m)^.*: (Reading|Read complete|Opening).*\n`)

// If this fails, a plan that must fail passes, prints no cause or no fix, reports
// another line, shows a part of a secret, or reads differently from its file. Read the
// files aloud before you commit them: go test -run Plans -update.
func TestFailingPlans(t *testing.T) {
	files, err := filepath.Glob("testdata/plans/*.tf")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".tf")
		names = append(names, name)
		if _, ok := failing[name]; !ok {
			t.Errorf("nothing is expected of %s", file)
		}
	}
	for name, want := range failing {
		if !slices.Contains(names, name) {
			t.Errorf("no file %s.tf", name)
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := enter(t, newInternet(t), t.TempDir())
			text, err := os.ReadFile(filepath.Join("testdata", "plans", name+".tf"))
			if err != nil {
				t.Fatal(err)
			}
			w.write("main.tf", string(text))
			_, key, err := authority.IssueClient("app.example.org")
			if err != nil {
				t.Fatal(err)
			}
			w.write("ca.key", key)
			w.run("init", "-input=false")
			printed, err := w.try("plan", "-input=false", "-no-color")
			if err == nil {
				t.Errorf("the plan passes:\n%s", printed)
			}
			printed = strings.TrimLeft(timings.ReplaceAllString(printed, ""), "\n")
			printed = asTerraform(t, printed)
			explains(t, printed, string(text), want.code, want.line)
			if strings.Contains(printed, marker) || strings.Contains(printed, key[40:60]) {
				t.Errorf("a secret is shown:\n%s", printed)
			}
			golden(t, filepath.Join("testdata", "plans", name+".txt"), printed)
		})
	}
}

// asTerraform returns what a CLI printed under the name that the files say.
func asTerraform(t *testing.T, printed string) string {
	t.Helper()
	c, err := core()
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(printed, c.Product, tfcli.Terraform)
}

// explains checks that a code is printed with what to do, at the line of the
// configuration that reads as given.
func explains(t *testing.T, printed, text, code, line string) {
	t.Helper()
	at := slices.IndexFunc(strings.Split(text, "\n"), func(l string) bool { return strings.TrimSpace(l) == line }) + 1
	if at == 0 {
		t.Fatalf("no line %q", line)
	}
	number := strconv.Itoa(at)
	for _, want := range []string{code, "To fix it", "main.tf line " + number, number + ": "} {
		if !strings.Contains(printed, want) {
			t.Errorf("doesn't say %q:\n%s", want, printed)
		}
	}
}

// golden compares a text with a file, or writes it.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s says\n%s\nprinted is\n%s", file, want, got)
	}
}
