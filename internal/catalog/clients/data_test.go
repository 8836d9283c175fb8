package clients

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, a data file says something that a plan or an application would
// take at its word and that can't be true.
func TestData(t *testing.T) {
	all, err := decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 60 {
		t.Errorf("%d clients, want at least 60", len(all))
	}
	files, err := data.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, strings.TrimSuffix(f.Name(), ".json"))
	}
	titles := map[string]bool{}
	for i, c := range all {
		t.Run(c.ID, func(t *testing.T) {
			check := func(ok bool, format string, args ...any) {
				t.Helper()
				if !ok {
					t.Errorf(format, args...)
				}
			}
			check(regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`).MatchString(c.ID) && slices.Contains(names, c.ID), "id is malformed or not the file's name")
			check(i == 0 || all[i-1].ID != c.ID, "id is taken")
			check(c.Name != "" && !titles[c.Name], "name %q is empty or taken", c.Name)
			titles[c.Name] = true
			check(slices.Contains([]Category{Library, Framework, Application, Terraform}, c.Category), "category = %q", c.Category)
			check((c.Language != "") == (c.Category == Library || c.Category == Framework), "language = %q", c.Language)
			check(strings.HasPrefix(c.Homepage, "https://"), "homepage = %q", c.Homepage)
			check(slices.Contains(forms, c.Form), "form = %q", c.Form)
			check(slices.Contains([]Evidence{Measured, LibraryMeasured, Source, Documentation}, c.Evidence), "evidence = %q", c.Evidence)
			check((c.MeasuredWith != "") == (c.Evidence == Measured || c.Evidence == LibraryMeasured), "evidence %q, measured_with %q", c.Evidence, c.MeasuredWith)
			check(len(c.Sources) > 0, "no source")
			for _, text := range slices.Concat(c.Notes, c.Sources, c.AlsoNeeds, []string{c.Name, c.AppliesTo, c.MeasuredWith, c.TLSWords}) {
				check(text == strings.TrimSpace(text) && !strings.Contains(text, "\n"), "text %q", text)
				check(!strings.Contains(text, "memory"), "%q rests on memory", text)
			}
			check(c.Unfit == nil || c.Unfit.Characters != "" && c.Unfit.Reason != "", "credentials_without is empty")
			check(len(c.Modes) == len(settings.TLSModes), "%d modes", len(c.Modes))
			checkLogins(t, c.Auth)
			for _, m := range settings.TLSModes {
				checkMode(t, c, m)
			}
		})
	}
}

var forms = []Form{Environment, Properties, Options, Code, URL, Constants, YAML, JSON, Ruby, PHP, File, Arguments, HCL}

func checkMode(t *testing.T, c Client, name settings.TLSMode) {
	t.Helper()
	mode, ok := c.Modes[name]
	if !ok {
		t.Errorf("%s is neither there nor impossible", name)
		return
	}
	if mode.Impossible != "" {
		if mode.Settings != nil || mode.Auth != nil || mode.Enforcement != "" || mode.Verification != "" || mode.Constraints != nil {
			t.Errorf("%s is impossible, and described all the same", name)
		}
		return
	}
	enforcements := []Enforcement{Required, Opportunistic, NotKnown}
	verifications := []Verification{Verified, Unverified, UnknownWhether}
	if name == settings.NoTLS {
		enforcements, verifications = []Enforcement{Never, Opportunistic, NotKnown}, []Verification{""}
	}
	if name == settings.Implicit {
		enforcements = []Enforcement{Required, NotKnown}
	}
	if !slices.Contains(enforcements, mode.Enforcement) || !slices.Contains(verifications, mode.Verification) {
		t.Errorf("%s: enforcement %q, certificate_verification %q", name, mode.Enforcement, mode.Verification)
	}
	checkLogins(t, mode.Auth)
	checkTemplate(t, mode.Settings, c.Form)
	for auth := range c.Auth {
		checkTemplate(t, c.template(name, auth), c.Form)
	}
	for _, k := range mode.Constraints {
		if _, known := violations[k.Kind]; !known || k.Reason == "" || strings.HasSuffix(k.Reason, ".") {
			t.Errorf("%s: constraint %+v", name, k)
		}
		if (len(k.Ports) > 0) != (k.Kind == OnlyPorts || k.Kind == NotPorts) {
			t.Errorf("%s: constraint %q with ports %v", name, k.Kind, k.Ports)
		}
	}
	if !satisfiable(c, name) {
		t.Errorf("%s: no port and no credentials satisfy its constraints; it should be impossible", name)
	}
}

// satisfiable reports whether some connection in the mode can be expressed.
func satisfiable(c Client, mode settings.TLSMode) bool {
	for _, port := range []int{25, 465, 587, 2525, 2465} {
		for auth := range c.Auth {
			if c.inability(Connection{Host: "smtp.example.com", Port: port, Mode: mode, Auth: auth}) == "" {
				return true
			}
		}
	}
	return false
}

func checkLogins(t *testing.T, l logins) {
	t.Helper()
	for auth, template := range l {
		if _, known := unusable[auth]; !known {
			t.Errorf("auth %q", auth)
		}
		for _, p := range placeholders(template) {
			name := placeholder.FindStringSubmatch(p)[1]
			wrong := map[settings.Auth][]string{
				settings.AuthNone:     {"username", "password", "token"},
				settings.AuthPassword: {"token"},
				settings.AuthOAuth2:   {"password", "userinfo"},
			}
			if slices.Contains(wrong[auth], name) {
				t.Errorf("auth %q uses %s", auth, p)
			}
		}
	}
}

// checkTemplate makes sure that every value can be rendered, in the types that
// the form has.
func checkTemplate(t *testing.T, whole template, form Form) {
	t.Helper()
	words := []string{"host", "port", "addr", "from", "from.local", "from.domain", "username", "password", "token", "userinfo"}
	for name, value := range whole {
		switch value := value.(type) {
		case map[string]any:
			checkTemplate(t, value, form)
		case string:
			rest := placeholder.ReplaceAllStringFunc(value, func(p string) string {
				parts := placeholder.FindStringSubmatch(p)
				if _, known := filters[parts[2]]; !known || !slices.Contains(words, parts[1]) {
					t.Errorf("%s: unknown placeholder %s", name, p)
				}
				if parts[2] == "number" && (parts[1] != "port" || value != p || form == Environment || form == Properties) {
					t.Errorf("%s: %q is no number", name, value)
				}
				return ""
			})
			if regexp.MustCompile(`\{\w+[^\w :]*\}`).MatchString(rest) {
				t.Errorf("%s: a placeholder is misspelt in %q", name, value)
			}
		case bool:
			if form == Environment || form == Properties {
				t.Errorf("%s: only texts are possible here", name)
			}
		default:
			t.Errorf("%s: %v is neither a text, a truth value nor an object", name, value)
		}
	}
}

func placeholders(t template) []string {
	var found []string
	for _, value := range t {
		switch value := value.(type) {
		case map[string]any:
			found = append(found, placeholders(value)...)
		case string:
			found = append(found, placeholder.FindAllString(value, -1)...)
		}
	}
	return found
}

// If this fails, a client is given credentials in a setting that everyone may
// read, or can't log in although it says it can.
func TestEveryLoginHasItsCredentials(t *testing.T) {
	for _, c := range All() {
		for mode := range c.Modes {
			for auth := range c.Auth {
				if auth == settings.AuthNone || c.Modes[mode].Impossible != "" {
					continue
				}
				used := strings.Join(placeholders(c.template(mode, auth)), "")
				whole := strings.Contains(used, "{userinfo}") ||
					strings.Contains(used, "{username") && (strings.Contains(used, "{password") || strings.Contains(used, "{token"))
				if !whole {
					t.Errorf("%s, %s, %s: only %s", c.ID, mode, auth, used)
				}
			}
		}
	}
}

// If this fails, a misspelt field would be dropped in silence.
func TestDecodeIsStrict(t *testing.T) {
	for name, text := range map[string]string{
		"unknown field":  `{"id": "x", "constraints": []}`,
		"unknown inside": `{"id": "x", "modes": {"implicit": {"imposible": "no"}}}`,
		"constraint":     `{"id": "x", "modes": {"implicit": {"constraints": [{"port": 465}]}}}`,
		"two values":     `{"id": "x"} {"id": "y"}`,
		"one too many":   `{"id": "x"}]`,
		"no JSON":        `id = "x"`,
	} {
		if _, err := decode(fstest.MapFS{"data/x.json": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
