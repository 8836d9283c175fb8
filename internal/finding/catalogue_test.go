package finding_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// attributes are those a finding may stand at: the arguments of the connection
// that hold no secret, of the provider and of functions.
var attributes = []string{
	"host", "port", "tls_mode", "username", "auth_mechanism", "from", "rcpt_to", "ca_cert_pem", "client_cert_pem",
	"tls_server_name", "tls_min_version", "insecure", "ehlo_name", "verify", "message_subject", "clients", "ignore_rules",
	"retry_attempts", "timeout", "token_url", "client_id", "scopes", "offline", "max_connections_per_host", "refresh",
	"settings", "url", "name", "options", // of functions
}

// nothingToFix are the codes that tell of no mistake in the settings.
var nothingToFix = []finding.Code{"check-cancelled", "handshake-drift", finding.Unexpected}

// finished is a text that ends as a sentence does, with a fact (a reply or a page), or
// with a command to paste.
var finished = regexp.MustCompile(`[.?]$|\{[a-z_]+\}$|\.\)$| \$false$`)

var kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// If this fails, a finding comes without a cause or a fix, points at an argument that
// does not exist or whose line holds a secret, or has a code that can't be an anchor.
func TestRowsAreComplete(t *testing.T) {
	for _, row := range finding.Catalogue() {
		t.Run(string(row.Code), func(t *testing.T) {
			if !kebab.MatchString(string(row.Code)) {
				t.Error("the code is not kebab-case")
			}
			if row.Stage != finding.Plan && row.Stage != finding.Apply {
				t.Errorf("stage = %q", row.Stage)
			}
			if row.Severity != finding.SeverityError && row.Severity != finding.SeverityWarning {
				t.Errorf("severity = %q", row.Severity)
			}
			if !slices.Contains(attributes, row.Attribute) {
				t.Errorf("attribute = %q", row.Attribute)
			}
			if row.Summary == "" || strings.ContainsAny(row.Summary, "\n") || strings.HasSuffix(row.Summary, ".") {
				t.Errorf("the summary is not one line without a full stop: %q", row.Summary)
			}
			if n := utf8.RuneCountInString(row.Summary); n > 80 {
				t.Errorf("the summary has %d characters, want at most 80: %q", n, row.Summary)
			}
			if len(row.Cause) == 0 && row.Code != finding.Unexpected || len(row.Fixes) == 0 && !slices.Contains(nothingToFix, row.Code) {
				t.Error("no cause, or no fix")
			}
			if edits := slices.ContainsFunc(row.Fixes, finding.Fix.IsEdit); row.Stage == finding.Plan && edits != (row.NoEdit == "") {
				t.Errorf("it has edits: %t; why it has none: %q", edits, row.NoEdit)
			}
			texts := []string{row.Summary, row.Reference}
			for _, line := range row.Cause {
				texts = append(texts, line.Text)
				if !finished.MatchString(line.Text) {
					t.Errorf("the paragraph has no end: %q", line.Text)
				}
			}
			for _, fix := range row.Fixes {
				texts = append(texts, fix.Do)
				if !fix.IsEdit() && !finished.MatchString(fix.Do) {
					t.Errorf("the instruction is not a sentence: %q", fix.Do)
				}
			}
			for _, text := range texts {
				if text != strings.TrimSpace(text) || strings.Contains(text, "  ") {
					t.Errorf("stray white space: %q", text)
				}
			}
			if found, ok := finding.Lookup(row.Code); !ok || found.Summary != row.Summary {
				t.Error("not found by its code")
			}
		})
	}
}

// If this fails, a cure for what other tools say names an argument that doesn't
// exist, or needs a fact that nobody has there.
func TestCures(t *testing.T) {
	known := append([]string{"password", "access_token", "client_key_pem", "client_secret", "refresh_token"}, attributes...)
	for code, symptom := range finding.Symptoms() {
		for _, cure := range symptom.Cure {
			for _, a := range cure.Set {
				if !slices.Contains(known, a.Name) {
					t.Errorf("%s: no argument is called %s", code, a.Name)
				}
			}
			if len(placeholders(cure.String())) > 0 {
				t.Errorf("%s: %s", code, cure)
			}
		}
	}
}

func placeholders(text string) []string {
	var names []string
	for _, p := range regexp.MustCompile(`\{[a-z_]+\}`).FindAllString(text, -1) {
		names = append(names, strings.Trim(p, "{}"))
	}
	return names
}

// If this fails, somebody can ignore a guard, or an error that the provider saw the
// server cause.
func TestWhatMayBeIgnored(t *testing.T) {
	tests := []struct {
		code finding.Code
		want bool
	}{
		{"port-25", true},
		{"implicit-tls-port", true},
		{"host-placeholder", true},
		{"host-control-character", false},
		{"credential-line-end", false},
		{"credential-control-character", false},
		{"certificate-self-signed", false},
	}
	for _, tt := range tests {
		row, ok := finding.Lookup(tt.code)
		if !ok || row.Ignorable() != tt.want || finding.New(tt.code, nil).Ignorable != tt.want {
			t.Errorf("%s: ignorable = %t", tt.code, row.Ignorable())
		}
	}
}

// If this fails, the guide explains a finding that no code reports any more.
func TestEveryRowIsUsed(t *testing.T) {
	source := allSource(t, "..")
	for _, row := range finding.Catalogue() {
		if row.Code != finding.Unexpected && !strings.Contains(source, `"`+string(row.Code)+`"`) {
			t.Errorf("%s is found by nothing", row.Code)
		}
	}
}

// allSource is the code beside this package, tests left out.
func allSource(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		path := dir + "/" + e.Name()
		switch {
		case e.IsDir() && e.Name() != "finding" && e.Name() != "snippets":
			b.WriteString(allSource(t, path))
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(content)
		}
	}
	return b.String()
}
