package provider_test

import (
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules/snippets"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// pemFiles are the files that the snippets read.
func pemFiles(t testing.TB) map[string]string {
	t.Helper()
	ca, err := smtptest.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"ca.pem": ca.PEM()}
	files["client.pem"], files["client.key"] = pemPair(t, smtptest.Leaf{Names: []string{relayUser}})
	files["ca.key"] = files["client.key"]
	expired := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	files["old-client.pem"], files["old-client.key"] = pemPair(t, smtptest.Leaf{Names: []string{relayUser}, NotAfter: expired})
	files["old-ca.pem"] = files["old-client.pem"]
	return files
}

// pemPair returns a self-signed certificate and its key.
func pemPair(t testing.TB, leaf smtptest.Leaf) (cert, key string) {
	t.Helper()
	ca, err := smtptest.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	leaf.SelfSigned = true
	pair, err := ca.Issue(leaf)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]})),
		string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
}

// argumentsOf reads the arguments of a snippet: literals and the references of the snippets,
// and nothing else of Terraform's language.
func argumentsOf(t testing.TB, text string, files map[string]string) config {
	t.Helper()
	out := config{}
	for line := range strings.Lines(text) {
		name, expression, ok := strings.Cut(line, "=")
		if !ok {
			t.Fatalf("not an argument: %q", line)
		}
		name, expression = strings.TrimSpace(name), strings.TrimSpace(expression)
		file, isFile := strings.CutPrefix(strings.TrimSuffix(expression, `")`), `file("`)
		switch value, ok := snippets.References[expression]; {
		case ok:
			out[name] = value
		case isFile && files[file] != "":
			out[name] = files[file]
		default:
			var value any
			if err := json.Unmarshal([]byte(expression), &value); err != nil {
				t.Fatalf("can't evaluate %s: %v", expression, err)
			}
			out[name] = value
		}
	}
	return out
}

// corpus are the settings that package rules is tested with.
func corpus(t testing.TB) []config {
	t.Helper()
	names, err := filepath.Glob("../rules/testdata/corpus/*.json")
	if err != nil {
		t.Fatal(err)
	}
	var all []config
	for _, name := range names {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var entries []struct{ Arguments config }
		if err := json.Unmarshal(content, &entries); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, e := range entries {
			all = append(all, e.Arguments)
		}
	}
	if len(all) < 150 {
		t.Fatalf("only %d settings in the corpus", len(all))
	}
	return all
}
