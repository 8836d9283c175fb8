package provider_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules/snippets"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// loud is a secret that looks different in each form it may be written in.
const loud = "Zq7/Kanarie+9w=Krähe"

// traces are the forms in which a secret may show: as it is, in URLs, in
// hexadecimal, and in base64 alone or as a part of what was encoded.
func traces(secret string) []string {
	forms := []string{
		secret, url.QueryEscape(secret), url.PathEscape(secret),
		hex.EncodeToString([]byte(secret)), strings.ToUpper(hex.EncodeToString([]byte(secret))),
	}
	for offset := range 3 {
		encoded := base64.StdEncoding.EncodeToString(append(make([]byte, offset), secret...))
		// The characters that also depend on what stands beside are left out.
		inner := strings.TrimRight(encoded, "=")
		inner = inner[min(len(inner), (offset*8+5)/6) : len(inner)-1]
		forms = append(forms, inner, strings.NewReplacer("+", "-", "/", "_").Replace(inner))
	}
	return forms
}

// hides fails the test where a text shows any form of a secret.
func hides(t testing.TB, text, secret string) {
	t.Helper()
	for _, form := range traces(secret) {
		if strings.Contains(text, form) {
			t.Fatalf("the secret is shown as %q in:\n%s", form, text)
		}
	}
}

// hidesParts fails the test where a text shows ten characters in a row of any
// secret that a block holds. The names of files in the place of a key are none.
func (s *served) hidesParts(text string, c config) {
	s.Helper()
	for _, name := range s.secrets() {
		secret, _ := c[name].(string)
		if block, _ := pem.Decode([]byte(secret)); block != nil {
			secret = base64.StdEncoding.EncodeToString(block.Bytes)
		}
		for i := 0; len(secret) > 10 && i+10 <= len(secret); i++ {
			if strings.Contains(text, secret[i:i+10]) {
				s.Fatalf("a part of %s is shown in:\n%s", name, text)
			}
		}
	}
}

// literals are secrets in forms that have findings.
var literals = []string{
	loud, loud + "\n", " " + loud, "a\x00" + loud, "Bearer " + loud, "ya29." + loud, "1//" + loud, `{"access_token": "` + loud + `"}`,
	"<" + loud + ">", "-----BEGIN PRIVATE KEY-----\n" + loud + "\n-----END PRIVATE KEY-----\n", loud + "\r\nRSET\r\n", strings.Repeat(loud, 500),
}

// If this fails, something that a plan says shows a secret, or stands at an argument
// that holds one: Terraform prints the line of the argument, with the literal in it.
// The test puts a secret into every sensitive attribute of the schema, in turn, of
// every configuration that breaks a rule.
func TestNoSecretAtPlan(t *testing.T) {
	s := start(t, smtptest.NewNetwork(0), nil)
	if names := s.secrets(); !slices.Contains(names, "password") || !slices.Contains(names, "client_key_pem_wo") {
		t.Fatalf("sensitive are %v", names)
	}
	files := pemFiles(t)
	for _, row := range finding.Catalogue() {
		snippet, ok := snippets.Lookup(row.Code)
		if !ok {
			continue
		}
		t.Run(string(snippet.Code), func(t *testing.T) {
			s := s.in(t)
			wrong := argumentsOf(t, snippet.Wrong, files)
			heard, text := s.says(wrong)
			s.hidesParts(text, wrong)
			for _, name := range s.secrets() {
				if _, given := wrong[name]; !given {
					more, text := s.says(wrong.with(config{name: loud}))
					s.hidesParts(text, wrong)
					heard = append(heard, more...)
				}
			}
			if !slices.Contains(heard, string(snippet.Code)) {
				t.Errorf("%s was not provoked, but %v", snippet.Code, heard)
			}
		})
	}
	for _, c := range corpus(t) {
		_, text := s.says(c)
		s.hidesParts(text, c)
	}
	for _, name := range s.secrets() {
		for _, literal := range literals {
			for _, c := range []config{{"host": corp}, {"host": corp, "username": literal}, {"host": "smtps://app:" + literal + "@smtp.corp.internal"}, {"host": literal}} {
				s.says(c.with(config{name: literal}))
			}
		}
	}
}

// says validates and plans a block as a resource and as a data source. It ends the
// test where a text shows the loud secret, or a finding stands at a secret. It returns
// the codes and the whole text.
func (s *served) says(c config) (codes []string, text string) {
	s.Helper()
	validated := s.validateResource(c)
	_, planned := s.plan(state{}, c)
	data := config{}
	for _, a := range s.dataSourceSchema().Block.Attributes {
		if value, given := c[a.Name]; given {
			data[a.Name] = value
		}
		if value, given := c[a.Name+"_wo"]; given {
			data[a.Name] = value
		}
	}
	all := slices.Concat(validated, planned, s.validateDataSource(data))
	hides(s, all.text(), loud)
	for _, d := range all {
		if at := all.at(code(d)); slices.Contains(s.secrets(), at) {
			s.Errorf("%s stands at %s", code(d), at)
		}
	}
	return append(all.errors(), all.warnings()...), all.text()
}

// If this fails, a failed check, its findings as outputs or its log show a secret:
// here the servers send back what they got.
func TestNoSecretFromTheProbe(t *testing.T) {
	encoded := base64.StdEncoding.EncodeToString([]byte("\x00" + relayUser + "\x00" + loud))
	refusals := []string{
		"535 5.7.8 no such password: " + loud,
		"535 5.7.8 what is " + encoded + "?",
		"535 5.7.8 see https://mail.example.test/login?pw=" + url.QueryEscape(loud),
		"535 5.7.8 " + hex.EncodeToString([]byte(loud)),
		"454 4.7.0 " + loud + " is tried too often",
	}
	for _, secret := range []string{"password", "password_wo", "access_token", "access_token_wo"} {
		for _, refusal := range refusals {
			t.Run(secret+" "+refusal[:12], func(t *testing.T) {
				r := newRelay(t)
				r.down()
				r.up(smtptest.Config{Refusal: refusal, Mechanisms: []settings.Mechanism{settings.Plain, settings.XOAuth2}})
				s := start(t, r, nil)
				log := &bytes.Buffer{}
				s.ctx = tflogtest.RootLogger(s.ctx, log)
				c := r.login().without("password").with(config{secret: loud})
				st, found := s.create(c)
				if !found.failed() || st.exists() {
					t.Fatalf("the login passed: %v", s.attributes(st))
				}
				hides(t, found.text(), loud)
				if stored, isStored := strings.CutSuffix(secret, "_wo"); !isStored {
					outputs, found := s.readDataSource(c.with(config{stored: loud, "verify": "auth", "on_failure": "report"}))
					found.none(t)
					if outputs["ok"] != false {
						t.Fatal("the login passed")
					}
					var shown strings.Builder
					for _, f := range outputs["findings"].([]any) {
						for _, part := range f.(map[string]any) {
							fmt.Fprintln(&shown, part)
						}
					}
					hides(t, shown.String(), loud)
				}
				contains(t, log.String(), "smtp transcript")
				hides(t, log.String(), loud)
				if r.logins() == 0 {
					t.Error("no login was tried")
				}
			})
		}
	}
}
