// Package examples runs what users copy: every example with the real CLI, against
// servers in memory.
package examples

import (
	"context"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	frameworkprovider "github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/provider"
)

var localSource = regexp.MustCompile(`(?m)^\s*source\s*=\s*"(\.[^"]*)"`)

// roots returns the folders with configuration that no other one calls as a
// module, relative to examples/.
func roots(t *testing.T) []string {
	t.Helper()
	folders, called := map[string]bool{}, map[string]bool{}
	err := filepath.WalkDir(source, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(file, ".tf") {
			return err
		}
		folder := path.Dir(strings.TrimPrefix(filepath.ToSlash(file), source+"/"))
		folders[folder] = true
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		for _, m := range localSource.FindAllStringSubmatch(string(text), -1) {
			called[path.Join(folder, m[1])] = true
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for folder := range folders {
		if !called[folder] {
			out = append(out, folder)
		}
	}
	slices.Sort(out)
	return out
}

// If this fails, an example that users copy doesn't plan or apply, has other outputs
// than it says, logs in more often than it should, shows changes right after apply, or
// can't be destroyed.
func TestEveryExampleApplies(t *testing.T) {
	found := roots(t)
	for folder := range examples {
		if !slices.Contains(found, folder) {
			t.Errorf("there is no example %s", folder)
		}
	}
	for _, folder := range found {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			want, ok := examples[folder]
			if !ok {
				t.Fatalf("nothing is expected of example %s: add it to the table", folder)
			}
			n := newInternet(t)
			w := prepare(t, n, folder, n.variables(t))
			c, err := core()
			if err != nil {
				t.Fatal(err)
			}
			text := configuration(t, folder)
			if needs := needed(c.Product, text); needs != "" && !c.AtLeast(needs) {
				w.refuses(demanded(text), c)
				return
			}
			w.run("init", "-input=false")
			w.run("apply", "-input=false", "-auto-approve", "-no-color")
			got := w.outputs()
			for name, value := range want.outputs {
				if got[name] != value {
					t.Errorf("output %s is\n%s\nnot\n%s", name, got[name], value)
				}
			}
			for name, data := range want.stores {
				if got := w.read(name + ".json"); got != data {
					t.Errorf("the store has %s of %s, not %s", got, name, data)
				}
			}
			if !maps.Equal(w.written.values, want.written) {
				t.Errorf("write-only arguments were given %v, not %v", w.written.values, want.written)
			}
			for _, secret := range secrets {
				stored := secret == password && want.stored
				if holds := strings.Contains(w.read("terraform.tfstate"), secret); holds != stored {
					t.Errorf("the state holds %q: %v, not %v", secret, holds, stored)
				}
			}
			if got, want := n.logins(), want.loginsOn(c); got != want {
				t.Errorf("%d logins at apply, not %d", got, want)
			}
			if out, err := w.try("plan", "-input=false", "-detailed-exitcode", "-no-color"); err != nil {
				t.Errorf("a plan after apply shows changes: %v\n%s", err, out)
			}
			w.run("destroy", "-input=false", "-auto-approve", "-no-color")
			n.harmless(t)
		})
	}
}

var passed = regexp.MustCompile(`Success! [1-9]\d* passed, 0 failed`)

// If this fails, the tests that come with a module don't pass, or test nothing.
func TestModulesPassTheirTests(t *testing.T) {
	var folders []string
	err := filepath.WalkDir(source, func(file string, _ fs.DirEntry, err error) error {
		folder := path.Dir(strings.TrimPrefix(filepath.ToSlash(file), source+"/"))
		folder = strings.TrimSuffix(folder, "/tests") // where "terraform test" looks too
		if err == nil && strings.HasSuffix(file, ".tftest.hcl") && !slices.Contains(folders, folder) {
			folders = append(folders, folder)
		}
		return err
	})
	if err != nil || len(folders) == 0 {
		t.Fatalf("no example has tests (%v)", err)
	}
	for _, folder := range folders {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			n := newInternet(t)
			w := open(t, n, folder, n.variables(t))
			if out := w.run("test", "-no-color"); !passed.MatchString(out) {
				t.Errorf("terraform test prints\n%s", out)
			}
			n.harmless(t)
		})
	}
}

// If this fails, the documentation of something that the provider offers has no
// example.
func TestEveryKindHasAnExample(t *testing.T) {
	p := provider.New("test")()
	wanted := []string{"provider/provider.tf"}
	for _, made := range p.Resources(context.Background()) {
		var resp resource.MetadataResponse
		made().Metadata(context.Background(), resource.MetadataRequest{ProviderTypeName: "smtp"}, &resp)
		wanted = append(wanted, "resources/"+resp.TypeName+"/resource.tf")
	}
	for _, made := range p.DataSources(context.Background()) {
		var resp datasource.MetadataResponse
		made().Metadata(context.Background(), datasource.MetadataRequest{ProviderTypeName: "smtp"}, &resp)
		wanted = append(wanted, "data-sources/"+resp.TypeName+"/data-source.tf")
	}
	if with, ok := p.(frameworkprovider.ProviderWithEphemeralResources); ok {
		for _, made := range with.EphemeralResources(context.Background()) {
			var resp ephemeral.MetadataResponse
			made().Metadata(context.Background(), ephemeral.MetadataRequest{ProviderTypeName: "smtp"}, &resp)
			wanted = append(wanted, "ephemeral-resources/"+resp.TypeName+"/ephemeral-resource.tf")
		}
	}
	if with, ok := p.(frameworkprovider.ProviderWithFunctions); ok {
		for _, made := range with.Functions(context.Background()) {
			var resp function.MetadataResponse
			made().Metadata(context.Background(), function.MetadataRequest{}, &resp)
			wanted = append(wanted, "functions/"+resp.Name+"/function.tf")
		}
	}
	for _, file := range wanted {
		if _, err := os.Stat(filepath.Join(source, file)); err != nil {
			t.Errorf("no example: %v", err)
		}
	}
	if len(wanted) < 3 {
		t.Errorf("the provider offers %q alone: this test looks in the wrong place", wanted)
	}
}

// If this fails, an example isn't formatted as terraform fmt does it.
func TestExamplesAreFormatted(t *testing.T) {
	w := &workspace{TB: t, dir: source, env: os.Environ()}
	if out, err := w.try("fmt", "-check", "-recursive", "-diff"); err != nil {
		t.Errorf("terraform fmt: %v\n%s", err, out)
	}
}
