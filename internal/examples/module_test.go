package examples

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tested is the example of a module with tests of its own.
const tested = "validation-module"

// If this fails, the variables of the module no longer refuse what can't work,
// refuse what can, or its tests don't see the difference.
func TestModuleTestsItself(t *testing.T) {
	const passed, missed = "Success! 15 passed, 0 failed.", "Missing expected failure"
	tests := []struct {
		name   string
		change *strings.Replacer // of the variables
		want   string
	}{
		{"as it is", strings.NewReplacer(), passed},
		{"settings unchecked", strings.NewReplacer("provider::smtp::validate(var.smtp).valid", "provider::smtp::validate(var.smtp).valid || true"), missed},
		{"clients unchecked", strings.NewReplacer("provider::smtp::validate(merge(var.smtp, { clients = var.clients })).valid", "length(var.clients) >= 0"), missed},
		{"URL unread", strings.NewReplacer("can(provider::smtp::parse_url(var.fallback_url))", "var.fallback_url != \"\""), missed},
		{"port unchecked", strings.NewReplacer("try(provider::smtp::tls_mode(var.tunnel_port) == \"implicit\", false)", "var.tunnel_port >= 0"), missed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := open(t, newInternet(t), tested, nil)
			file := filepath.Join(w.dir, "variables.tf")
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			changed := tt.change.Replace(string(text))
			if (changed == string(text)) != (tt.want == passed) {
				t.Fatal("the module's variables are written in another way than this test expects")
			}
			w.write("variables.tf", changed)
			out, err := w.try("test", "-no-color")
			if (err == nil) != (tt.want == passed) || !strings.Contains(out, tt.want) {
				t.Errorf("not %q: %v\n%s", tt.want, err, out)
			}
		})
	}
}
