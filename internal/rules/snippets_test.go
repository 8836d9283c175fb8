package rules_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules/snippets"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

func codes(s settings.Settings) []string {
	found := []string{}
	for _, f := range rules.Check(s) {
		found = append(found, string(f.Code))
	}
	slices.Sort(found)
	return found
}

func pemFiles(t *testing.T) map[string]string {
	t.Helper()
	ca, caKey := certificate(t, 2030)
	cert, key := certificate(t, 2030)
	oldCA, _ := certificate(t, 2020)
	oldCert, oldKey := certificate(t, 2020)
	return map[string]string{
		"ca.pem": ca, "ca.key": caKey, "client.pem": cert, "client.key": key,
		"old-ca.pem": oldCA, "old-client.pem": oldCert, "old-client.key": oldKey,
	}
}

// If this fails, a rule no longer finds its mistake, finds it where nothing is wrong,
// reports it together with another rule, or shows a secret; or the guide shows a
// configuration that does something else than it says.
func TestSnippets(t *testing.T) {
	files := pemFiles(t)
	for _, row := range finding.Catalogue() {
		s, ok := snippets.Lookup(row.Code)
		if !ok {
			continue
		}
		t.Run(string(s.Code), func(t *testing.T) {
			wrong := read(t, s.Wrong, files)
			if got := codes(wrong); !slices.Equal(got, []string{string(s.Code)}) {
				t.Errorf("the wrong one gives %v", got)
			}
			if got := codes(read(t, s.Right, files)); len(got) != 0 {
				t.Errorf("the right one gives %v", got)
			}
			for _, f := range rules.Check(wrong) {
				row, _ := finding.Lookup(f.Code)
				if f.Summary == "" || len(f.Cause) == 0 || len(f.Fixes) == 0 {
					t.Errorf("a text is missing: %+v", f)
				}
				for _, text := range []string{f.Summary, f.Detail()} {
					if placeholder.MatchString(text) {
						t.Errorf("a placeholder was left: %s", text)
					}
					hidesSecrets(t, wrong, text)
				}
				for _, paragraph := range f.Cause {
					if first := lowerCase.FindString(paragraph); first != "" && !slices.Contains(argumentWords, strings.TrimSpace(first)) {
						t.Errorf("a sentence begins in lower case: %s", paragraph)
					}
				}
				if row.Stage != finding.Plan {
					t.Errorf("a rule with the words of stage %s", row.Stage)
				}
			}
		})
	}
}

var placeholder = regexp.MustCompile(`(^|[^$])\{[a-z_]+\}`)

// lowerCase is a first word in lower case that looks like none of a host or of HCL.
var lowerCase = regexp.MustCompile(`^[a-z'/]+ `)

// argumentWords are arguments whose names are English words too.
var argumentWords = []string{"host", "port", "username", "password", "from", "insecure", "verify", "clients", "timeout"}

// hidesSecrets fails where any eight characters in a row of a secret are shown.
// A name of a file in the place of a key is none.
func hidesSecrets(t *testing.T, s settings.Settings, text string) {
	t.Helper()
	for _, secret := range []string{s.Password.Or(secretless).Reveal(), s.AccessToken.Or(secretless).Reveal(), s.ClientKeyPEM.Or(secretless).Reveal()} {
		for i := 0; len(secret) >= 12 && i+8 <= len(secret); i++ {
			if strings.Contains(text, secret[i:i+8]) {
				t.Fatalf("a part of a secret is shown: %s", text)
			}
		}
	}
}

// If this fails, a rule has no example, or a finding of the plan has no rule.
func TestEveryRuleHasASnippet(t *testing.T) {
	plan := 0
	for _, row := range finding.Catalogue() {
		if row.Stage != finding.Plan || elsewhere(row.Code) {
			continue
		}
		plan++
		if _, ok := snippets.Lookup(row.Code); !ok {
			t.Errorf("%s has no snippet", row.Code)
		}
	}
	if plan < 100 {
		t.Errorf("only %d codes at plan", plan)
	}
}

// elsewhere reports whether a code of the plan is about something other than the
// settings of a connection. Tests of their own cover those: requests for tokens, the
// provider block, functions, values of another kind, older versions of Terraform, and
// imports.
func elsewhere(code finding.Code) bool {
	return slices.ContainsFunc([]string{"provider-", "oauth2-", "function-"}, func(prefix string) bool {
		return strings.HasPrefix(string(code), prefix)
	}) || slices.Contains([]finding.Code{
		"number-unusable", "word-unknown", "element-null", "client-settings-unfit", "client-settings-lack", "client-credentials", "client-credential-characters",
		"message-outside-resource", "service-refuses-literals",
		"write-only-unsupported", "import-unsupported",
	}, code)
}
