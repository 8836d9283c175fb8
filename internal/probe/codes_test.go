package probe_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// ofEngine are the codes that the tables of this package's tests provoke through
// the engine: each is a want that its test compares with what came.
func ofEngine() map[finding.Code]bool {
	codes := map[finding.Code]bool{}
	for _, r := range races {
		codes[r.implicit.code], codes[r.starttls.code], codes[r.none.code] = true, true, true
	}
	for _, r := range replies {
		codes[r.want] = true
	}
	for _, h := range handshakes {
		codes[h.want] = true
	}
	for _, f := range unconnected {
		codes[f.want] = true
	}
	for _, a := range tlsAnswers {
		codes[a.want] = true
	}
	for _, w := range warned {
		for code := range strings.FieldsSeq(w.want) {
			codes[finding.Code(code)] = true
		}
	}
	delete(codes, "") // success
	return codes
}

// inTests returns the texts quoted in test files below folders, each also in its
// words: some tables hold several codes in one text.
func inTests(t *testing.T, folders ...string) map[string]bool {
	t.Helper()
	quoted := map[string]bool{}
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, "_test.go") {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			ast.Inspect(file, func(n ast.Node) bool {
				literal, ok := n.(*ast.BasicLit)
				if ok && literal.Kind == token.STRING {
					text, _ := strconv.Unquote(literal.Value)
					for word := range strings.FieldsSeq(text) {
						quoted[word] = true
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return quoted
}

// fewestOfEngine is how many of the codes the engine's own tests have to provoke.
const fewestOfEngine = 45

// If this fails, the catalogue promises a finding that nothing is known to lead
// to, or a test waits for one that is not in it. What the engine's tables don't
// provoke is quoted by a test of the rooms below, of the token's, or, for what only
// Terraform can bring about, of the provider's.
func TestEveryCodeIsProvoked(t *testing.T) {
	engine := ofEngine()
	for code := range engine {
		if row, ok := finding.Lookup(code); !ok || row.Stage != finding.Apply {
			t.Errorf("%s is no finding of the probe", code)
		}
	}
	if len(engine) < fewestOfEngine {
		t.Errorf("%d codes are provoked through the engine, want at least %d", len(engine), fewestOfEngine)
	}
	quoted := inTests(t, ".", filepath.Join("..", "interop"), filepath.Join("..", "oauth2token"), filepath.Join("..", "provider"))
	for _, row := range finding.Catalogue() {
		if row.Stage == finding.Apply && !engine[row.Code] && !quoted[string(row.Code)] {
			t.Errorf("no test provokes %s", row.Code)
		}
	}
}
