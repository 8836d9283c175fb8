package provider_test

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/tfcli"
)

// workspace is a folder in which the real CLI runs the real provider, each in a
// process of its own.
type workspace struct {
	testing.TB
	dir string
	env []string
	cli []string // the command and what goes before its arguments
}

// tested is the CLI under test: the chosen one, or terraform.
var tested = sync.OnceValues(func() (tfcli.CLI, error) {
	return tfcli.At(context.Background(), cmp.Or(tfcli.Chosen(), "terraform"))
})

func core(t testing.TB) tfcli.CLI {
	t.Helper()
	c, err := tested()
	if err != nil {
		t.Fatalf("there is no CLI to test with: %v", err)
	}
	return c
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
	w := &workspace{t, t.TempDir(), nil, []string{core(t).Path}}
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

// everything returns the content of every file in the folder, and of every file in its
// archives.
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
			if _, err := io.Copy(&all, r); err != nil {
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
