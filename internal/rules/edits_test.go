package rules_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules/snippets"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// edited makes an edit in the arguments of a block as its data says.
func edited(t *testing.T, text string, fix finding.Fix) string {
	t.Helper()
	file := parsed(t, text)
	for _, a := range fix.Set {
		expression := parsed(t, "x = "+a.Expression+"\n").Body().GetAttribute("x").Expr()
		file.Body().SetAttributeRaw(a.Name, expression.BuildTokens(nil))
	}
	for _, name := range fix.Remove {
		file.Body().RemoveAttribute(name)
	}
	return string(file.Bytes())
}

// pasted makes an edit as a person does: the printed lines take the place of those
// with the same names.
func pasted(t *testing.T, text, lines string) string {
	t.Helper()
	file := parsed(t, text)
	for name, attribute := range parsed(t, lines+"\n").Body().Attributes() {
		file.Body().SetAttributeRaw(name, attribute.Expr().BuildTokens(nil))
	}
	return string(file.Bytes())
}

func parsed(t *testing.T, text string) *hclwrite.File {
	t.Helper()
	file, diags := hclwrite.ParseConfig([]byte(strings.TrimRight(text, "\n")+"\n"), "main.tf", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatalf("%s\nis not HCL: %v", text, diags)
	}
	return file
}

// asHCL writes arguments as one would type them.
func asHCL(t *testing.T, arguments map[string]any) string {
	t.Helper()
	var b strings.Builder
	for name, value := range arguments {
		var expression strings.Builder
		encoder := json.NewEncoder(&expression)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(value); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%s = %s\n", name, strings.TrimSpace(expression.String()))
	}
	return b.String()
}

// wrongOnes are configurations with findings: the wrong snippets, the settings of the
// corpus, every combination of a few hosts, ports, modes and credentials, and hosts
// that are more than a name.
func wrongOnes(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, row := range finding.Catalogue() {
		if s, ok := snippets.Lookup(row.Code); ok {
			all = append(all, s.Wrong)
		}
	}
	files, err := filepath.Glob("testdata/corpus/*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var entries []struct{ Arguments map[string]any }
		if err := json.Unmarshal(content, &entries); err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			all = append(all, asHCL(t, e.Arguments))
		}
	}
	for _, host := range []string{"smtp.corp.internal", "localhost", "smtp.gmail.com", "smtp.office365.com"} {
		for _, port := range []int{0, 25, 465, 578, 587, 1025, 2465, 2525} {
			for _, mode := range []string{"", "implicit", "starttls", "none", "tls", "plain"} {
				for _, login := range []string{"", "username = \"app@corp.internal\"\npassword = \"correct-horse-battery\"", "username = \"app@corp.internal\"\naccess_token_wo = \"token-of-an-hour\"\nauth_mechanism = \"CRAM-MD5\""} {
					text := "host = " + finding.Quoted(host) + "\n" + login
					if port != 0 {
						text += fmt.Sprintf("\nport = %d", port)
					}
					if mode != "" {
						text += "\ntls_mode = " + finding.Quoted(mode)
					}
					all = append(all, text)
				}
			}
		}
	}
	for _, host := range hostsWithMore {
		for _, beside := range []string{"", "port = 587", "tls_mode = \"starttls\"", "port = 465\ntls_mode = \"implicit\""} {
			all = append(all, "host = "+finding.Quoted(host.text)+"\n"+beside)
		}
	}
	return all
}

// If this fails, an edit doesn't paste, leaves its finding, leads to another error, or
// changes nothing. The test prints how many edits it made and how many it left out.
func TestEveryEditCures(t *testing.T) {
	files := pemFiles(t)
	cured, placeholders := 0, 0
	instructed := map[finding.Code]bool{}
	seen := map[string]bool{}
	for _, text := range wrongOnes(t) {
		for _, writeOnly := range []bool{true, false} {
			if !writeOnly && !strings.Contains(text, "password") && !strings.Contains(text, "token") {
				continue // the same as before
			}
			before := read(t, text, files)
			before.TakesWriteOnly = writeOnly
			found := rules.Check(before)
			errors := rules.Broken(before)
			for _, f := range found {
				if dropped := f.Dropped(); dropped != nil && !seen[dropped[0]] {
					seen[dropped[0]] = true
					t.Errorf("%s lacks a fact for %q in\n%s", f.Code, dropped, text)
				}
				if len(f.Fixes) == 0 && !seen[string(f.Code)] {
					seen[string(f.Code)] = true
					t.Errorf("%s: nothing to do in\n%s", f.Code, text)
				}
				if !slices.ContainsFunc(f.Fixes, finding.Fix.IsEdit) {
					instructed[f.Code] = true
				}
				for _, fix := range f.Fixes {
					switch {
					case !fix.IsEdit():
						continue
					case fix.Placeholder:
						placeholders++
						parsed(t, fix.String())
						continue
					}
					cured++
					key := string(f.Code) + fix.String()
					for how, after := range map[string]string{"as data": edited(t, text, fix), "as text": pasted(t, text, fix.String())} {
						s := read(t, after, files)
						s.TakesWriteOnly = writeOnly
						now := rules.Broken(s)
						if slices.Contains(now, f.Code) && !seen[key] {
							seen[key] = true
							t.Errorf("%s: the edit does not cure it (%s):\n%s\nin\n%s", f.Code, how, fix, text)
						}
						for _, code := range now {
							row, _ := finding.Lookup(code)
							if row.Severity == finding.SeverityError && !slices.Contains(errors, code) && !seen[key] {
								seen[key] = true
								t.Errorf("%s: the edit leads to %s (%s):\n%s\nin\n%s", f.Code, code, how, fix, text)
							}
						}
					}
				}
			}
		}
	}
	t.Logf("plan: %d edits applied and cured, %d with placeholders left out, %d findings with instructions alone", cured, placeholders, len(instructed))
	if cured < 1000 {
		t.Errorf("only %d edits", cured)
	}
}

// If this fails, the reader has to look up which port and mode both the client and the
// mail service have, or gets one that a service doesn't have.
func TestWhatClientAndServiceHave(t *testing.T) {
	for _, tt := range []struct{ host, port, client, code, fix string }{
		{"smtp.gmail.com", "465", "system-net-mail", "client-mode-impossible", "tls_mode = \"starttls\"\nport     = 587"},
		{"smtp.gmail.com", "587", "keycloak", "client-weaker-tls", "tls_mode = \"implicit\"\nport     = 465"},
		{"smtp.gmail.com", "587", "airflow", "client-unverified", "tls_mode = \"implicit\"\nport     = 465"},
		{"email-smtp.eu-west-1.amazonaws.com", "2465", "grafana", "client-cannot-express", "tls_mode = \"implicit\"\nport     = 465"},
		{"smtp.office365.com", "587", "keycloak", "client-weaker-tls", "Run a relay such as Postfix or msmtp beside the client, and let it require TLS."},
		{"smtp.corp.internal", "465", "system-net-mail", "client-mode-impossible", `Set tls_mode = "starttls" and port = 587, if your mail service offers that.`},
		{"smtp.corp.internal", "587", "keycloak", "client-weaker-tls", `Set tls_mode = "implicit" and port = 465, if your mail service offers that: nobody can strip TLS there.`},
	} {
		text := fmt.Sprintf("host = %q\nport = %s\nclients = [%q]", tt.host, tt.port, tt.client)
		found := rules.Check(read(t, text, nil))
		i := slices.IndexFunc(found, func(f finding.Finding) bool { return string(f.Code) == tt.code })
		if i < 0 || len(found[i].Fixes) == 0 || found[i].Fixes[0].String() != tt.fix {
			t.Errorf("%s\ngives %+v", text, found)
			continue
		}
		if fix := found[i].Fixes[0]; fix.IsEdit() && slices.Contains(rules.Broken(read(t, edited(t, text, fix), nil)), finding.Code(tt.code)) {
			t.Errorf("%s\ndoes not cure\n%s", fix, text)
		}
	}
}

// hostsWithMore are hosts that say more than a name, and what is meant by them.
var hostsWithMore = []struct {
	text, name string
	port       int64
	mode       settings.TLSMode
}{
	{"smtps://smtp.corp.internal:2525", "smtp.corp.internal", 2525, settings.Implicit},
	{"smtps://smtp.corp.internal", "smtp.corp.internal", 465, settings.Implicit},
	{"smtp://smtp.corp.internal:2525", "smtp.corp.internal", 2525, settings.StartTLS},
	{"smtp://smtp.corp.internal", "smtp.corp.internal", 587, settings.StartTLS},
	{"smtp://smtp.corp.internal:465", "smtp.corp.internal", 465, settings.Implicit},
	{"submissions://smtp.corp.internal", "smtp.corp.internal", 465, settings.Implicit},
	{"ssl://smtp.corp.internal", "smtp.corp.internal", 465, settings.Implicit},
	{"smtp+insecure://localhost:1025", "localhost", 1025, settings.NoTLS},
	{"https://smtp.corp.internal:587/", "smtp.corp.internal", 587, settings.StartTLS},
	{"https://smtp.corp.internal/", "smtp.corp.internal", 465, settings.Implicit},
	{"smtp.corp.internal:2525/", "smtp.corp.internal", 2525, settings.StartTLS},
	{"app@smtp.corp.internal:2525", "smtp.corp.internal", 2525, settings.StartTLS},
	{"app:hunter2hunter2@smtp.corp.internal", "smtp.corp.internal", 465, settings.Implicit},
	{"smtp.corp.internal:587", "smtp.corp.internal", 587, settings.StartTLS},
	{"smtp.corp.internal:465?tls=1", "smtp.corp.internal", 465, settings.Implicit},
	{" smtp.corp.internal:2525\n", "smtp.corp.internal", 2525, settings.StartTLS},
	{"[2001:db8::1]:587", "2001:db8::1", 587, settings.StartTLS},
}

// If this fails, the first fix of a URL in host loses its port, or what its scheme
// says about TLS.
func TestHostKeepsWhatItSays(t *testing.T) {
	for _, tt := range hostsWithMore {
		text := "host = " + finding.Quoted(tt.text)
		found := rules.Check(read(t, text, nil))
		if len(found) == 0 || len(found[0].Fixes) == 0 {
			t.Errorf("%q: nothing to do", tt.text)
			continue
		}
		s := read(t, edited(t, text, found[0].Fixes[0]), nil)
		if s.Host.Or("") != tt.name || s.ResolvedPort().Or(0) != tt.port || s.ResolvedMode().Or("") != tt.mode {
			t.Errorf("%q becomes %s, port %d, %s", tt.text, s.Host.Or(""), s.ResolvedPort().Or(0), s.ResolvedMode().Or(""))
		}
	}
}
