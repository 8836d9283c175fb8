package provider_test

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/tfcli"
)

// secretsConfiguration has every way to hand a secret over without its being
// stored, and one way in which it is.
const secretsConfiguration = `
variable "port" { type = number }
variable "ca" { type = string }
variable "cert" { type = string }
variable "key" {
  type      = string
  ephemeral = true
}
variable "unstored" {
  type      = string
  ephemeral = true
}
variable "stored" { sensitive = true }

locals { user = "app@example.test" }

provider "smtp" { ca_cert_pem = var.ca }

resource "smtp_connection" "password" {
  host                = "127.0.0.1"
  port                = var.port
  tls_mode            = "implicit"
  tls_server_name     = "mail.example.test"
  username            = local.user
  password_wo         = var.unstored
  password_wo_version = 1
}

resource "smtp_connection" "token" {
  host                    = "127.0.0.1"
  port                    = var.port
  tls_mode                = "implicit"
  tls_server_name         = "mail.example.test"
  username                = local.user
  access_token_wo         = var.unstored
  access_token_wo_version = 1
}

resource "smtp_connection" "key" {
  host                      = "127.0.0.1"
  port                      = var.port
  tls_mode                  = "implicit"
  tls_server_name           = "mail.example.test"
  client_cert_pem           = var.cert
  client_key_pem_wo         = var.key
  client_key_pem_wo_version = 1
}

ephemeral "smtp_connection" "url" {
  host            = "127.0.0.1"
  port            = var.port
  tls_mode        = "implicit"
  tls_server_name = "mail.example.test"
  username        = local.user
  password        = var.unstored
  verify          = "auth"
}

resource "smtp_connection" "stored" {
  host            = "127.0.0.1"
  port            = var.port
  tls_mode        = "implicit"
  tls_server_name = "mail.example.test"
  username        = "stored@example.test"
  password        = var.stored
}
`

// TestBinary holds what only the built provider under the real CLI can show.
func TestBinary(t *testing.T) {
	plugins := built(t)
	t.Run("nothing write-only is stored", func(t *testing.T) {
		t.Parallel()
		nothingWriteOnlyIsStored(t, plugins)
	})
	t.Run("literals at validate, variables at plan", func(t *testing.T) {
		t.Parallel()
		literalsAtValidate(t, plugins)
	})
	t.Run("plan opens no socket", func(t *testing.T) {
		t.Parallel()
		planOpensNoSocket(t, plugins)
	})
}

// If this fails, a write-only or ephemeral secret gets into the state, the plan file,
// the output, or a TRACE log, in any form.
func nothingWriteOnlyIsStored(t *testing.T, plugins string) {
	const unstored = "Pq8/Geheim+7x=Löwe"
	ca, err := smtptest.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	cert, key, err := ca.IssueClient("app@example.test")
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := ca.Issue(smtptest.Leaf{Names: []string{relayName}})
	if err != nil {
		t.Fatal(err)
	}
	server, err := smtptest.Start(smtptest.Config{
		Mode: settings.Implicit, Certificate: leaf, Mechanisms: []settings.Mechanism{settings.Plain, settings.XOAuth2},
		Users:  map[string]string{"app@example.test": unstored, "stored@example.test": loud},
		Tokens: map[string]string{"app@example.test": unstored},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	w := newWorkspace(t, plugins, secretsConfiguration, map[string]string{
		"port": fmt.Sprint(server.Port()), "ca": ca.PEM(), "cert": cert, "key": key, "unstored": unstored, "stored": loud,
	})
	w.env = append(w.env, "TF_LOG=TRACE", "TF_LOG_PATH="+filepath.Join(w.dir, "trace.log"))
	var printed strings.Builder
	printed.WriteString(w.run("plan", "-input=false", "-out=saved.tfplan"))
	printed.WriteString(w.run("show", "-json", "saved.tfplan"))
	printed.WriteString(w.run("apply", "-input=false", "saved.tfplan"))
	printed.WriteString(w.run("show", "-json"))
	w.write("wrong.tf", `
resource "smtp_connection" "wrong" {
  host            = "127.0.0.1"
  port            = var.port
  tls_mode        = "implicit"
  tls_server_name = "mail.example.test"
  username        = "nobody@example.test"
  password_wo     = var.unstored
}
`)
	out, err := w.try("apply", "-input=false", "-auto-approve")
	if err == nil {
		t.Fatalf("a wrong login passed:\n%s", out)
	}
	printed.WriteString(out)
	all := w.everything() + printed.String()
	hides(t, all, unstored)
	body := strings.Split(strings.TrimSpace(key), "\n")
	hides(t, all, body[1])

	// The same search finds what is stored, in the state, marked as sensitive.
	state := w.read("terraform.tfstate")
	contains(t, state, loud)
	if c := core(t); c.Product != tfcli.OpenTofu || c.AtLeast("1.12") { // OpenTofu 1.11 marks nothing in the state
		contains(t, state, `"value": "password"`)
	}
	contains(t, w.read("trace.log"), "smtp transcript")
	contains(t, all, "auth-rejected")
	if n := server.Record().AuthCommands; n < 4 {
		t.Errorf("%d logins: not every secret was used", n)
	}
	if strings.Contains(w.run("state", "list"), "smtp_connection.wrong") {
		t.Error("a failed check left something in the state")
	}
}

const socketsConfiguration = `
variable "host" { default = "mail.example.test" }
variable "port" { type = number }
variable "ca" { type = string }
variable "password" { sensitive = true }

resource "smtp_connection" "mail" {
  host            = var.host
  port            = var.port
  tls_mode        = "starttls"
  tls_server_name = "mail.example.test"
  username        = "app@example.test"
  password        = var.password
  ca_cert_pem     = var.ca
  ignore_rules    = ["host-placeholder"]
}

data "smtp_connection" "mail" {
  host     = var.host
  port     = var.port
  tls_mode = "starttls"
}
`

// connected matches a connection to another machine or to this one, by IPv4 or
// IPv6, in the output of strace.
var connected = regexp.MustCompile(`connect\(\d+, \{sa_family=AF_INET6?, .*`)

// If this fails, something other than apply opens a connection or looks up a name:
// validate, plan with and without state, and destroy run under strace. So does apply,
// which shows that strace sees connections.
func planOpensNoSocket(t *testing.T, plugins string) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Fatal("strace is not installed, and nothing else shows that plan opens no socket; Debian's package is strace")
	}
	ca, err := smtptest.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := ca.Issue(smtptest.Leaf{Names: []string{relayName}})
	if err != nil {
		t.Fatal(err)
	}
	server, err := smtptest.Start(smtptest.Config{
		Mode: settings.StartTLS, Certificate: leaf, Mechanisms: []settings.Mechanism{settings.Plain},
		Users: map[string]string{"app@example.test": relayPassword},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	w := newWorkspace(t, plugins, socketsConfiguration, map[string]string{
		"port": fmt.Sprint(server.Port()), "ca": ca.PEM(), "password": relayPassword,
	})
	w.cli = append([]string{strace, "-f", "--seccomp-bpf", "-qq", "-e", "trace=connect,execve", "-o", "trace"}, w.cli...)
	here := "-var=host=127.0.0.1"
	for _, step := range []struct {
		args     []string
		connects bool
	}{
		{[]string{"validate"}, false},
		{[]string{"plan", "-input=false"}, false},
		{[]string{"plan", "-input=false", here}, false},
		{[]string{"apply", "-input=false", "-auto-approve", here}, true},
		{[]string{"plan", "-input=false", "-detailed-exitcode", here}, false},
		{[]string{"destroy", "-input=false", "-auto-approve", here}, false},
	} {
		w.run(step.args...)
		trace := w.read("trace")
		contains(t, trace, `terraform-provider-smtp"`) // the provider was traced
		seen := connected.FindAllString(trace, -1)
		if !step.connects && len(seen) > 0 {
			t.Errorf("%v connects:\n%s", step.args, strings.Join(seen, "\n"))
		}
		if step.connects && !strings.Contains(strings.Join(seen, "\n"), fmt.Sprintf("sin_port=htons(%d)", server.Port())) {
			t.Errorf("%v does not connect to port %d; strace saw %v", step.args, server.Port(), seen)
		}
	}
	if n := server.Record().AuthCommands; n != 1 {
		t.Errorf("%d logins, want 1, by apply", n)
	}
}

// If this fails, a mistake in a literal passes validate, one in a variable passes
// plan, or either is shown at another line than its own.
func literalsAtValidate(t *testing.T, plugins string) {
	for _, tt := range []struct {
		port   string
		valid  bool
		place  string
		config string
	}{
		{"25", false, `7:   port = 25`, ""},
		{"var.port", true, `7:   port = var.port`, "\nvariable \"port\" { default = 25 }\n"},
	} {
		w := newWorkspace(t, plugins, "resource \"smtp_connection\" \"mail\" {\n  port = "+tt.port+"\n  host = \"smtp.corp.internal\"\n}\n"+tt.config, nil)
		out, err := w.try("validate", "-no-color")
		if (err == nil) != tt.valid {
			t.Errorf("validate with port = %s: %v\n%s", tt.port, err, out)
		}
		out, err = w.try("plan", "-input=false", "-no-color")
		if err == nil {
			t.Errorf("plan with port = %s passed:\n%s", tt.port, out)
		}
		contains(t, out, tt.place)
		contains(t, out, "code      port-25")
	}
}
