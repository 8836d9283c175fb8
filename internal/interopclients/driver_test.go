//go:build interop && interopclients

package interopclients

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/interop"
)

// patience is how long a driver may take. A client that waits for ever has
// refused nothing, so the end of it is a failure.
const patience = 45 * time.Second

// task is what a driver gets on its standard input: what the catalogue emits, and
// the message. Drivers of software that writes the message itself use From or
// what the settings say.
type task struct {
	Settings clients.Object    `json:"settings"`
	Secrets  map[string]string `json:"secrets"`
	From     string            `json:"from"`
	To       string            `json:"to"`
	Message  string            `json:"message"`
}

// report is what became of a driver.
type report struct {
	version string // the first line that it printed
	output  string
	sent    bool // it exited with success
}

// send has a consumer send a message.
type send func(*testing.T, task) report

// run returns a driver: a program that is told of its task in some form.
func run(told form, driver ...string) send {
	return func(t *testing.T, k task) report {
		t.Helper()
		input, err := told(k)
		if err != nil {
			t.Fatal(err)
		}
		return execute(t, driver, input)
	}
}

// postfix is the driver of Postfix, which sends in the background: the settings
// are those of main.cf.
func postfix(t *testing.T, k task) report {
	t.Helper()
	all := maps.Clone(k.Secrets)
	for name, value := range k.Settings {
		all[name] = fmt.Sprint(value)
	}
	o := interop.PostfixOutgoing(t, all)
	defer o.Stop()
	line, sent := o.Send(t, k.From, k.To, k.Message)
	version, err := exec.Command("postconf", "-dh", "mail_version").Output()
	if err != nil {
		t.Error(err)
	}
	return report{version: "Postfix " + strings.TrimSpace(string(version)), output: line, sent: sent}
}

func execute(t *testing.T, driver []string, input []byte) report {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, driver[0], absolute(t, driver[1:])...)
	cmd.Dir = t.TempDir()
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "LANG=C.UTF-8", "HOME=" + cmd.Dir,
		builtEnv + "=" + os.Getenv(builtEnv),
		"NODE_PATH=" + filepath.Join(os.Getenv(builtEnv), "node_modules"),
		"NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt", // Node has roots of its own
	}
	cmd.Stdin = bytes.NewReader(input)
	var stdout, both bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &both
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	err := cmd.Run()
	if ctx.Err() != nil {
		t.Errorf("%s doesn't end by itself", driver)
	}
	version, rest, _ := strings.Cut(stdout.String(), "\n")
	return report{version, rest + both.String(), err == nil}
}

// absolute returns the arguments of a driver, those that are files of the folder
// drivers with their paths.
func absolute(t *testing.T, args []string) []string {
	t.Helper()
	var found []string
	for _, arg := range args {
		if path, err := filepath.Abs(filepath.Join("drivers", arg)); err != nil {
			t.Fatal(err)
		} else if _, err := os.Stat(path); err == nil {
			arg = path
		}
		found = append(found, arg)
	}
	return found
}

// form is how a driver is told of its task.
type form func(task) ([]byte, error)

// asJSON is the form of all that can read it.
func asJSON(k task) ([]byte, error) { return json.Marshal(k) }

// asProperties is Java's: the names in one file, the message's among them.
func asProperties(k task) ([]byte, error) {
	all := map[string]string{"test.from": k.From, "test.to": k.To}
	for name, value := range k.Settings {
		text, ok := value.(string)
		if !ok {
			return nil, fmt.Errorf("%s is no text", name)
		}
		all[name] = text
	}
	maps.Copy(all, k.Secrets)
	escape := strings.NewReplacer(`\`, `\\`, " ", `\ `, ":", `\:`, "=", `\=`, "#", `\#`, "!", `\!`)
	var b bytes.Buffer
	for name, value := range all {
		fmt.Fprintf(&b, "%s=%s\n", escape.Replace(name), escape.Replace(value))
	}
	return b.Bytes(), nil
}
