package provider_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// workspace is a folder in which the real CLI runs the real provider, each in a
// process of its own.
type workspace struct {
	testing.TB
	dir string
	env []string
	cli []string // the command and what goes before its arguments
}

// built builds the provider and returns the folder that holds it alone.
func built(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	build := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(dir, "terraform-provider-smtp"), "../..")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return dir
}

// newWorkspace returns a folder with a configuration that uses the provider in
// the folder plugins.
func newWorkspace(t *testing.T, plugins, configuration string, variables map[string]string) *workspace {
	t.Helper()
	cli, err := exec.LookPath("terraform")
	if err != nil {
		t.Fatal("terraform is not on PATH")
	}
	w := &workspace{t, t.TempDir(), nil, []string{cli}}
	w.write("main.tf", `terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}
`+configuration)
	rc := filepath.Join(t.TempDir(), "overrides.tfrc")
	text := fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"seed-77eeb0cc/smtp\" = %q\n  }\n  direct {}\n}\n", plugins)
	if err := os.WriteFile(rc, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	w.env = append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_CLI_CONFIG_FILE="+rc)
	for name, value := range variables {
		w.env = append(w.env, "TF_VAR_"+name+"="+value)
	}
	return w
}

func (w *workspace) write(name, text string) {
	w.Helper()
	if err := os.WriteFile(filepath.Join(w.dir, name), []byte(text), 0o600); err != nil {
		w.Fatal(err)
	}
}

func (w *workspace) read(name string) string {
	w.Helper()
	text, err := os.ReadFile(filepath.Join(w.dir, name))
	if err != nil {
		w.Fatal(err)
	}
	return string(text)
}

func (w *workspace) try(args ...string) (string, error) {
	w.Helper()
	args = append(w.cli[1:len(w.cli):len(w.cli)], args...)
	cmd := exec.CommandContext(w.Context(), w.cli[0], args...)
	cmd.Dir, cmd.Env = w.dir, w.env
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err := cmd.Run()
	return out.String(), err
}

// run runs a command that has to succeed.
func (w *workspace) run(args ...string) string {
	w.Helper()
	out, err := w.try(args...)
	if err != nil {
		w.Fatalf("terraform %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return out
}

// everything returns the content of every file in the folder, of archives that
// of what is in them.
func (w *workspace) everything() string {
	w.Helper()
	var all bytes.Buffer
	err := filepath.WalkDir(w.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		all.Write(content)
		archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			return nil //nolint:nilerr // it is no archive
		}
		for _, f := range archive.File {
			r, err := f.Open()
			if err != nil {
				return err
			}
			if _, err := io.Copy(&all, r); err != nil { //nolint:gosec // our own plan file
				return err
			}
		}
		return nil
	})
	if err != nil {
		w.Fatal(err)
	}
	return all.String()
}

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
	t.Run("plan opens no socket", func(t *testing.T) {
		t.Parallel()
		planOpensNoSocket(t, plugins)
	})
}

// nothingWriteOnlyIsStored would fail if a write-only or ephemeral secret came
// into the state, the plan file, what is printed, or a TRACE log, in any form.
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
	contains(t, state, `"value": "password"`)
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

// planOpensNoSocket would fail if anything but apply opened a connection, or
// looked up a name: validate, plan with and without state, and destroy run under
// strace. Apply does it too, and shows that strace sees it.
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
