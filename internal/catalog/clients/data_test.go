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
	if len(all) < 100 {
		t.Errorf("%d clients, want at least 100", len(all))
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
			for _, u := range c.Unfit {
				obstacles := 0
				for _, is := range []bool{u.Characters != "", u.NonASCII, u.Edges != "", u.Wrapped != "", u.Longest > 0} {
					if is {
						obstacles++
					}
				}
				check(obstacles == 1 && u.Reason != "" && !strings.HasSuffix(u.Reason, "."), "credentials_without: %+v", u)
			}
			check(len(c.Modes) == len(settings.TLSModes), "%d modes", len(c.Modes))
			checkLogins(t, c.Auth)
			checkConstraints(t, c)
			checkAbilities(t, c)
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
		if mode.Settings != nil || mode.Auth != nil || mode.Enforcement != "" || mode.Verification != "" {
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
		checkTemplate(t, c.template(Connection{Mode: name, Auth: auth}), c.Form)
	}
	if !satisfiable(c, name) {
		t.Errorf("%s: no port and no credentials satisfy its constraints; it should be impossible", name)
	}
}

// checkConstraints makes sure that a constraint concerns modes that exist, and
// says so once.
func checkConstraints(t *testing.T, c Client) {
	t.Helper()
	seen := map[Kind]bool{}
	for _, k := range c.Constraints {
		if _, known := violations[k.Kind]; !known || k.Reason == "" || strings.HasSuffix(k.Reason, ".") {
			t.Errorf("constraint %+v", k)
		}
		aboutPorts := k.Kind == PortDecides || k.Kind == OnlyPorts || k.Kind == NotPorts
		if (len(k.Ports) > 0) != aboutPorts {
			t.Errorf("constraint %q with ports %v", k.Kind, k.Ports)
		}
		if k.Kind == PortDecides && len(k.Modes) == 0 {
			t.Error("a port that decides, and nothing to decide on")
		}
		if seen[k.Kind] {
			t.Errorf("constraint %q is written twice", k.Kind)
		}
		seen[k.Kind] = true
		for i, mode := range k.Modes {
			if !slices.Contains(settings.TLSModes, mode) || slices.Contains(k.Modes[:i], mode) || c.Modes[mode].Impossible != "" && k.Kind != PortDecides {
				t.Errorf("constraint %q in mode %q", k.Kind, mode)
			}
		}
	}
}

// If this fails, a constraint stands in one mode and is missing in another that
// begins in the same way: a client that turns to TLS on a port by itself does so
// whether STARTTLS or no TLS was asked for.
func TestNoConstraintHasAGap(t *testing.T) {
	for _, c := range All() {
		if c.Modes[settings.StartTLS].Impossible != "" || c.Modes[settings.NoTLS].Impossible != "" {
			continue
		}
		for _, port := range []int{25, 465, 587, 2465, 2525, 2587} {
			conn := Connection{Host: "localhost", Port: port, Mode: settings.StartTLS, Auth: settings.AuthPassword, From: "robot@example.org"}
			if _, can := c.Auth[settings.AuthNone]; can {
				conn.Auth = settings.AuthNone
			}
			starttls := c.able(conn)
			conn.Mode = settings.NoTLS
			if none := c.able(conn); none != starttls {
				t.Errorf("%s on %d: starttls %t, none %t", c.ID, port, starttls, none)
			}
		}
	}
}

// checkAbilities makes sure that what is said to be told is told, and by settings
// that the form has.
func checkAbilities(t *testing.T, c Client) {
	t.Helper()
	a := c.Abilities
	for m, told := range a.Mechanisms {
		if !slices.Contains(settings.Mechanisms(), m) {
			t.Errorf("mechanism %q", m)
		}
		if len(told) == 0 && !slices.Contains(a.Chooses, m) && m != settings.External && len(c.Auth[settings.CredentialOf(m)]) == 0 {
			t.Errorf("nothing makes it use %s", m)
		}
		checkTemplate(t, told, c.Form)
	}
	for _, m := range a.Chooses {
		if _, has := a.Mechanisms[m]; !has {
			t.Errorf("it chooses %q, which it does not have", m)
		}
	}
	for _, kind := range []settings.Auth{settings.AuthPassword, settings.AuthOAuth2} {
		_, takes := c.Auth[kind]
		has := slices.ContainsFunc(settings.Mechanisms(), func(m settings.Mechanism) bool {
			_, has := a.Mechanisms[m]
			return has && settings.CredentialOf(m) == kind
		})
		if a.Mechanisms != nil && takes != has {
			t.Errorf("auth %q: taken %t, has a mechanism %t", kind, takes, has)
		}
	}
	for name, row := range map[string]struct {
		ability Ability
		word    string
		can     []Can
	}{
		"ehlo_name":          {a.EHLOName, "ehlo", []Can{"", BySetting, Outside, Cannot}},
		"server_name":        {a.ServerName, "servername", []Can{"", BySetting, Outside, Cannot}},
		"private_ca":         {a.PrivateCA, "cafile", []Can{"", BySetting, Outside, Cannot}},
		"client_certificate": {a.ClientCertificate, "certfile", []Can{"", BySetting, Outside, Cannot}},
		"skip_verification":  {a.SkipVerification, "", []Can{"", BySetting, Outside, Cannot}},
		"smtputf8":           {a.SMTPUTF8, "", []Can{"", BySetting, Outside, Always, Cannot}},
	} {
		if !slices.Contains(row.can, row.ability.Can) {
			t.Errorf("%s: can = %q", name, row.ability.Can)
		}
		if (row.ability.Can == BySetting) != (len(row.ability.Settings) > 0) {
			t.Errorf("%s: can = %q with settings %v", name, row.ability.Can, row.ability.Settings)
		}
		if row.word != "" && row.ability.Can == BySetting && !slices.Contains(row.ability.Settings.placeholders(), row.word) {
			t.Errorf("%s: its settings don't hold {%s}", name, row.word)
		}
		if row.ability.How == "" && row.ability.Can == Outside || strings.HasSuffix(row.ability.How, ".") {
			t.Errorf("%s: how = %q", name, row.ability.How)
		}
		checkTemplate(t, row.ability.Settings, c.Form)
	}
}

// satisfiable reports whether some connection in the mode can be expressed.
func satisfiable(c Client, mode settings.TLSMode) bool {
	for _, port := range []int{25, 465, 587, 2525, 2465} {
		for auth := range c.Auth {
			if c.able(Connection{Host: "smtp.example.com", Port: port, Mode: mode, Auth: auth, From: "robot@example.org"}) {
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
		for _, name := range template.placeholders() {
			wrong := map[settings.Auth][]string{
				settings.AuthNone:     {"username", "password", "token"},
				settings.AuthPassword: {"token"},
				settings.AuthOAuth2:   {"password", "userinfo"},
			}
			if slices.Contains(wrong[auth], name) {
				t.Errorf("auth %q uses %s", auth, name)
			}
		}
	}
}

// checkTemplate makes sure that every value can be rendered, in the types that
// the form has.
func checkTemplate(t *testing.T, whole template, form Form) {
	t.Helper()
	for name, value := range whole {
		checkValue(t, name, value, form)
	}
}

// placeholderNames are all that a template may hold.
var placeholderNames = []string{
	"host", "port", "addr", "from", "from.local", "from.domain", "username", "password", "token", "userinfo",
	"query", "ehlo", "servername", "cafile", "certfile", "keyfile", "secret",
}

func checkValue(t *testing.T, name string, value any, form Form) {
	t.Helper()
	textsOnly := form == Environment || form == Properties
	switch value := value.(type) {
	case map[string]any:
		checkTemplate(t, value, form)
	case []any:
		for _, element := range value {
			checkValue(t, name, element, form)
		}
	case string:
		rest := placeholder.ReplaceAllStringFunc(value, func(p string) string {
			parts := placeholder.FindStringSubmatch(p)
			if _, known := filters[parts[2]]; !known || !slices.Contains(placeholderNames, parts[1]) {
				t.Errorf("%s: unknown placeholder %s", name, p)
			}
			if parts[2] == "number" && (parts[1] != "port" || value != p || textsOnly) {
				t.Errorf("%s: %q is no number", name, value)
			}
			return ""
		})
		if regexp.MustCompile(`\{\w+[^\w :]*\}`).MatchString(rest) {
			t.Errorf("%s: a placeholder is misspelt in %q", name, value)
		}
	case float64:
		if textsOnly || value != float64(int64(value)) {
			t.Errorf("%s: only texts and whole numbers are possible here", name)
		}
	case bool:
		if textsOnly {
			t.Errorf("%s: only texts are possible here", name)
		}
	default:
		t.Errorf("%s: %v is of no type that a setting has", name, value)
	}
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
				used := c.template(Connection{Mode: mode, Auth: auth}).placeholders()
				whole := slices.Contains(used, "userinfo") ||
					slices.Contains(used, "username") && (slices.Contains(used, "password") || slices.Contains(used, "token"))
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
		"unknown field":  `{"id": "x", "constrains": []}`,
		"unknown inside": `{"id": "x", "modes": {"implicit": {"imposible": "no"}}}`,
		"constraint":     `{"id": "x", "constraints": [{"port": 465}]}`,
		"ability":        `{"id": "x", "abilities": {"ehlo": {"can": "no"}}}`,
		"two values":     `{"id": "x"} {"id": "y"}`,
		"one too many":   `{"id": "x"}]`,
		"no JSON":        `id = "x"`,
	} {
		if _, err := decode(fstest.MapFS{"data/x.json": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
