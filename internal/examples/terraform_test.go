package examples

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/provider"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/tfcli"
)

// source is the folder of the examples.
const source = "../../examples"

// workspace is a copy of all examples in which the CLI is run, with the provider
// in this process.
type workspace struct {
	testing.TB
	dir string // of the example
	env []string

	written *written
}

// open copies the examples and enters the one at path, relative to examples/.
func open(t *testing.T, n provider.Network, path string, variables map[string]any) *workspace {
	t.Helper()
	w := prepare(t, n, path, variables)
	w.run("init", "-input=false")
	return w
}

// prepare is open without an init.
func prepare(t *testing.T, n provider.Network, path string, variables map[string]any) *workspace {
	t.Helper()
	home := t.TempDir()
	if err := os.CopyFS(home, os.DirFS(source)); err != nil {
		t.Fatal(err)
	}
	w := enter(t, n, filepath.Join(home, filepath.FromSlash(path)))
	w.fill(variables)
	return w
}

// enter returns a workspace in a folder.
func enter(t *testing.T, n provider.Network, dir string) *workspace {
	t.Helper()
	configuration, err := filepath.Abs(filepath.Join(source, "empty.tfrc"))
	if err != nil {
		t.Fatal(err)
	}
	sink := &written{values: map[string]string{}}
	return within(t, dir, configuration, serve(t, n, others(t, sink)), sink)
}

// within returns a workspace in a folder, with a configuration of the CLI and what
// tells it where providers are served.
func within(t *testing.T, dir, configuration, served string, sink *written) *workspace {
	t.Helper()
	return &workspace{TB: t, dir: dir, written: sink, env: append(os.Environ(),
		"CHECKPOINT_DISABLE=1",
		"TF_IN_AUTOMATION=1",
		"TF_LOG=", "TF_LOG_PROVIDER=",
		"TF_CLI_CONFIG_FILE="+configuration,
		"TF_REATTACH_PROVIDERS="+served,
	)}
}

// serve serves the provider in this process, as for a debugger, beside the recorded
// schemas of others. It returns the variable by which the CLI finds them.
func serve(t *testing.T, n provider.Network, beside map[string]recorded) string {
	t.Helper()
	all := map[string]reattached{}
	add := func(address string, server func() tfprotov6.ProviderServer) {
		all[address] = reattach(t, address, server)
		all[strings.Replace(address, "terraform.io", "opentofu.org", 1)] = all[address]
	}
	add(provider.Address, provider.NewServer(provider.NewOn("test", n)()))
	for address, other := range beside {
		add(address, func() tfprotov6.ProviderServer { return other })
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// reattached says where a provider is served, in the words of the CLI.
type reattached struct {
	Protocol        string
	ProtocolVersion int
	Pid             int
	Test            bool
	Addr            struct{ Network, String string }
}

// reattach serves a provider until the test ends.
func reattach(t *testing.T, address string, server func() tfprotov6.ProviderServer) reattached {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	served, closed, failed := make(chan *plugin.ReattachConfig), make(chan struct{}), make(chan error, 1)
	go func() {
		failed <- tf6server.Serve(address, server,
			tf6server.WithDebug(ctx, served, closed), tf6server.WithGoPluginLogger(hclog.NewNullLogger()),
			tf6server.WithLoggingSink(t))
	}()
	t.Cleanup(func() {
		cancel()
		<-closed
	})
	var at *plugin.ReattachConfig
	select {
	case at = <-served:
	case err := <-failed:
		t.Fatal(err)
	}
	r := reattached{Protocol: string(at.Protocol), ProtocolVersion: at.ProtocolVersion, Pid: at.Pid, Test: true}
	r.Addr.Network, r.Addr.String = at.Addr.Network(), at.Addr.String()
	return r
}

var variableBlock = regexp.MustCompile(`(?m)^variable "(\w+)"`)

// fill gives the variables that the example declares their values.
func (w *workspace) fill(values map[string]any) {
	w.Helper()
	given := map[string]any{}
	for _, m := range variableBlock.FindAllStringSubmatch(w.text(), -1) {
		if value, ok := values[m[1]]; ok {
			given[m[1]] = value
		}
	}
	text, err := json.Marshal(given)
	if err != nil {
		w.Fatal(err)
	}
	w.write("filled.auto.tfvars.json", string(text))
}

// text returns all configuration files of the example.
func (w *workspace) text() string {
	w.Helper()
	files, err := filepath.Glob(filepath.Join(w.dir, "*.tf"))
	if err != nil || len(files) == 0 {
		w.Fatalf("%s holds no configuration (%v)", w.dir, err)
	}
	var all strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			w.Fatal(err)
		}
		all.Write(append(text, '\n'))
	}
	return all.String()
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

// cli is the Terraform or OpenTofu under test.
func cli() string { return cmp.Or(tfcli.Chosen(), "terraform") }

// core is the CLI under test, and what it is.
var core = sync.OnceValues(func() (tfcli.CLI, error) { return tfcli.At(context.Background(), cli()) })

// try runs a command of the CLI and returns all that it prints.
func (w *workspace) try(args ...string) (string, error) {
	w.Helper()
	out, err := w.command(args...).CombinedOutput()
	return string(out), err
}

func (w *workspace) command(args ...string) *exec.Cmd {
	cmd := exec.CommandContext(w.Context(), cli(), args...)
	cmd.Dir, cmd.Env = w.dir, w.env
	return cmd
}

// run runs a command that has to succeed.
func (w *workspace) run(args ...string) string {
	w.Helper()
	out, err := w.try(args...)
	if err != nil {
		w.Fatalf("%s %s: %v\n%s", cli(), strings.Join(args, " "), err, out)
	}
	return out
}

// outputs returns the outputs in the state, each as JSON.
func (w *workspace) outputs() map[string]string {
	w.Helper()
	var all map[string]struct{ Value json.RawMessage }
	if err := json.Unmarshal([]byte(w.run("output", "-json", "-no-color")), &all); err != nil {
		w.Fatal(err)
	}
	out := map[string]string{}
	for name, output := range all {
		var compact bytes.Buffer
		if err := json.Compact(&compact, output.Value); err != nil {
			w.Fatal(err)
		}
		out[name] = compact.String()
	}
	return out
}
