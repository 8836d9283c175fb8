// Command demo shows the provider's main job on its own mail server: a plan that fails on a
// misconfiguration, an apply that fails on a mistake that only the server reveals, and an
// apply whose verified outputs feed a module.
//
// It installs the provider into the local plugin directory and leaves nothing
// else behind.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// The account of the demo's server.
const (
	username = "app"
	password = "correct horse battery staple"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1) //nolint:gocritic // the deferred stop only restores signals
	}
}

func run(ctx context.Context) error {
	say("The provider is built and installed into the local plugin directory.")
	if err := install(ctx); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "smtp-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	cli, err := findCLI(ctx, dir)
	if err != nil {
		return err
	}
	if err := os.CopyFS(dir, os.DirFS("examples/quickstart")); err != nil {
		return err
	}
	server, ca, err := startServer()
	if err != nil {
		return err
	}
	defer server.Close()

	_, port, err := net.SplitHostPort(server.Addr().String())
	if err != nil {
		return err
	}
	t := terraform{cli: cli, dir: dir, env: append(os.Environ(),
		"CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_CLI_CONFIG_FILE="+filepath.Join(dir, "empty.tfrc"),
		"TF_VAR_host=localhost", "TF_VAR_port="+port, "TF_VAR_ca_cert_pem="+ca,
		"TF_VAR_username="+username, "TF_VAR_password="+password,
	)}
	if err := os.WriteFile(filepath.Join(dir, "empty.tfrc"), nil, 0o600); err != nil {
		return err
	}
	if err := scenes(ctx, t, port); err != nil {
		return err
	}
	logins := server.Record().Logins
	say("The server saw " + strconv.Itoa(len(logins)) + " login in all of this. Everything is destroyed; the installed provider stays for your own configuration.")
	return nil
}

// scenes runs what the demo shows, in order.
func scenes(ctx context.Context, t terraform, port string) error {
	if err := t.run(ctx, "init", "-input=false", "-no-color"); err != nil {
		return err
	}
	say(`1. A misconfiguration: port 465 with tls_mode = "starttls". The plan fails; nothing is contacted.`)
	if err := t.fails(ctx, "plan", "-input=false", "-var", "port=465", "-var", "tls_mode=starttls"); err != nil {
		return err
	}
	say(`2. What no plan can know: this server speaks TLS from the first byte on port ` + port + `. Other clients wait for minutes; apply names the cause in two seconds and saves nothing.`)
	if err := t.fails(ctx, "apply", "-input=false", "-auto-approve", "-var", "tls_mode=starttls"); err != nil {
		return err
	}
	say("3. The right settings: handshake, certificate and one login are proved, and the app module gets its settings.")
	if err := t.run(ctx, "apply", "-input=false", "-auto-approve", "-var", "tls_mode=implicit"); err != nil {
		return err
	}
	say("Look at app_environment (what the module received), server and tls (what was seen) above.")
	return t.run(ctx, "destroy", "-input=false", "-auto-approve", "-var", "tls_mode=implicit")
}

// startServer starts the embedded server on loopback, with implicit TLS, and
// returns the PEM of its authority.
func startServer() (*smtptest.Server, string, error) {
	authority, err := smtptest.NewAuthority()
	if err != nil {
		return nil, "", err
	}
	certificate, err := authority.Issue(smtptest.Leaf{Names: []string{"localhost"}})
	if err != nil {
		return nil, "", err
	}
	server, err := smtptest.Start(smtptest.Config{
		Mode:        settings.Implicit,
		Certificate: certificate,
		Name:        "mail.example.org",
		Mechanisms:  []settings.Mechanism{settings.Plain, settings.Login},
		Users:       map[string]string{username: password},
		Size:        10 << 20,
	})
	return server, authority.PEM(), err
}

// terraform runs the CLI in the demo's directory.
type terraform struct {
	cli, dir string
	env      []string
}

func (t terraform) run(ctx context.Context, args ...string) error {
	fmt.Printf("\n$ %s %s\n", filepath.Base(t.cli), args[0])
	cmd := exec.CommandContext(ctx, t.cli, args...)
	cmd.Dir, cmd.Env = t.dir, t.env
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	return cmd.Run()
}

// fails runs a command that must not succeed.
func (t terraform) fails(ctx context.Context, args ...string) error {
	err := t.run(ctx, args...)
	var exit *exec.ExitError
	switch {
	case err == nil:
		return fmt.Errorf("%s should have failed", args[0])
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.As(err, &exit):
		return nil
	}
	return err
}

func say(text string) { fmt.Printf("\n=== %s\n", text) }
