package services

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, a data file says something that the rules, the function
// service() or the documentation would take at its word and that can't be true.
func TestData(t *testing.T) {
	services, err := decode(data)
	if err != nil {
		t.Fatal(err)
	}
	if len(services) < 135 {
		t.Errorf("%d services, want at least 135", len(services))
	}
	var (
		id       = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
		year     = regexp.MustCompile(`\b20[12]\d\b`)
		dates    = regexp.MustCompile(`\b20[12]\d-(0[1-9]|1[0-2])(-[0-3]\d)?\b`)
		date     = regexp.MustCompile(`^20[12]\d-(0[1-9]|1[0-2])(-[0-3]\d)?$`)
		page     = regexp.MustCompile(`^https://[a-z0-9.-]+/[\w./-]+$`)
		hostName = regexp.MustCompile(`^([a-z0-9-]|\{[a-z]+\})+(\.([a-z0-9-]|\{[a-z]+\})+)+$`)
		grades   = []Confidence{Documented, Secondary}
		ids      = map[string]bool{}
		owner    = map[string]string{}
	)
	for _, s := range services {
		t.Run(s.ID, func(t *testing.T) {
			check := func(ok bool, format string, args ...any) {
				t.Helper()
				if !ok {
					t.Errorf(format, args...)
				}
			}
			check(id.MatchString(s.ID) && !ids[s.ID], "id is malformed or taken")
			ids[s.ID] = true
			check(s.Name != "" && len(s.Sources) > 0, "name and sources are required")
			stops := s.Username.Kind == UsernameFixed && s.Username.Confidence == Documented ||
				s.Password.Confidence == Documented && (s.Password.Pattern != "" || s.Password.Prefix != "" || len(s.Password.Others) > 0)
			check(page.MatchString(s.Page) || s.Page == "" && !stops, "page = %q; a plan that stops names it", s.Page)
			check(date.MatchString(s.AsOf), "as_of = %q", s.AsOf)
			check(slices.Contains([]Category{Sending, Mailbox, Hosting, Testing}, s.Category), "category = %q", s.Category)
			check(len(s.Hosts) > 0 && len(s.Endpoints) > 0, "no host or no endpoint")
			for _, h := range s.Hosts {
				check(hostName.MatchString(h.Name) && len(h.Name) <= 253, "host %q", h.Name)
				check(slices.Contains(grades, h.Confidence), "host %q: confidence %q", h.Name, h.Confidence)
				check(isLocal(h.Name) || owner[h.Name] == "", "host %q also belongs to %q", h.Name, owner[h.Name])
				owner[h.Name] = s.ID
				check(strings.Count(h.Name, "{") <= 1, "host %q has two placeholders", h.Name)
				check(len(h.Values) == 0 || strings.Contains(h.Name, "{"), "host %q has values without a placeholder", h.Name)
				for _, v := range h.Values {
					check(isLabel(v), "value %q of %q", v, h.Name)
				}
			}
			there := map[Endpoint]bool{}
			for _, e := range s.Endpoints {
				pair := Endpoint{Port: e.Port, TLSMode: e.TLSMode}
				check(e.Port > 0 && e.Port < 65536 && !there[pair], "port %d is impossible, or there twice with the same mode", e.Port)
				there[pair] = true
				check(slices.Contains(settings.TLSModes, e.TLSMode), "port %d: tls_mode %q", e.Port, e.TLSMode)
				check(slices.Contains(grades, e.Confidence), "port %d: confidence %q", e.Port, e.Confidence)
				// Against the standard, only what the service or the ISPDB says counts.
				usual := e.TLSMode == settings.ModeOfPort(e.Port)
				check(usual || e.Port != 465 && e.Port != 587 || e.Confidence == Documented, "port %d in mode %q", e.Port, e.TLSMode)
			}
			check(slices.Contains(s.Endpoints, s.Recommended), "recommended %v is no endpoint", s.Recommended)
			check(s.Recommended.Port != 25 || len(s.Endpoints) == 1, "port 25 is recommended")
			check(slices.ContainsFunc(s.Sources, year.MatchString), "no source has a date")
			for _, read := range dates.FindAllString(strings.Join(s.Sources, "; "), -1) {
				check(read <= s.AsOf || strings.HasPrefix(read, s.AsOf), "as_of = %q, and a source is of %s", s.AsOf, read)
			}
			check(s.Recommended.TLSMode != settings.NoTLS || s.Category == Testing, "clear text is recommended")
			for _, m := range s.Mechanisms {
				check(slices.Contains(settings.Mechanisms(), m), "mechanism %q", m)
			}
			checkCredentials(t, s, grades)
			for _, o := range s.OtherHosts {
				check(hostName.MatchString(o.Name), "other host %q", o.Name)
				check(slices.Contains([]Role{RoleMX, RoleIncoming, RoleWeb, RoleFormer, RoleWrong}, o.Role), "%q: role %q", o.Name, o.Role)
				check(slices.Contains(grades, o.Confidence) && o.Source != "", "%q: confidence %q, source %q", o.Name, o.Confidence, o.Source)
				check(slices.ContainsFunc(s.Hosts, func(h HostPattern) bool { return h.Name == o.Use }), "%q: use = %q is no host", o.Name, o.Use)
			}
			for _, text := range slices.Concat(s.Notes, s.Sources, []string{s.Name, s.Username.Hint, s.Password.Hint}) {
				check(text == strings.TrimSpace(text) && !strings.Contains(text, "\n"), "text %q", text)
				check(!strings.Contains(text, "memory"), "%q rests on memory", text)
			}
		})
	}
	for _, s := range services {
		for _, o := range s.OtherHosts {
			if o.Role != RoleMX && owner[o.Name] != "" {
				t.Errorf("%s: %s is also a submission host, of %s", s.ID, o.Name, owner[o.Name])
			}
		}
	}
}

func checkCredentials(t *testing.T, s Service, grades []Confidence) {
	t.Helper()
	u, p := s.Username, s.Password
	kinds := []UsernameKind{
		UsernameEmail, UsernameLocalPart, UsernameFixed, UsernameSame,
		UsernameGenerated, UsernameAny, UsernameNone,
	}
	if !slices.Contains(kinds, u.Kind) || !slices.Contains(grades, u.Confidence) || u.Hint == "" {
		t.Errorf("username %+v", u)
	}
	if (u.Kind == UsernameFixed) != (u.Value != "") || u.Value != "" && !u.Fits(u.Value) {
		t.Errorf("username of kind %q with value %q", u.Kind, u.Value)
	}
	takesPassword := u.Kind != UsernameNone && u.Kind != UsernameAny
	passwords := []PasswordKind{PasswordAccount, PasswordApp, PasswordAPIKey, PasswordSMTP, PasswordClientSecret}
	if takesPassword && (!slices.Contains(passwords, p.Kind) || !slices.Contains(grades, p.Confidence) || p.Hint == "") {
		t.Errorf("password %+v", p)
	}
	for _, o := range p.Others {
		if o.Pattern == "" || o.Is == "" {
			t.Errorf("other secret %+v", o)
		}
	}
	if p.Prefix != "" && p.Pattern != "" {
		t.Error("password has both a prefix and a pattern")
	}
	if !slices.Contains([]PasswordPolicy{PasswordAccepted, PasswordWithdrawn, PasswordRefused}, s.PasswordPolicy) {
		t.Errorf("password_policy = %q", s.PasswordPolicy)
	}
	if !slices.Contains([]OAuth2Policy{OAuth2None, OAuth2Supported, OAuth2Required}, s.OAuth2) {
		t.Errorf("oauth2 = %q", s.OAuth2)
	}
	if s.PasswordPolicy == PasswordRefused && s.OAuth2 == OAuth2None && u.Kind != UsernameNone {
		t.Error("neither passwords nor tokens are taken")
	}
	if !slices.Contains(grades, s.AuthConfidence) {
		t.Errorf("auth_confidence = %q", s.AuthConfidence)
	}
}

// If this fails, a misspelt field would be dropped in silence.
func TestDecodeIsStrict(t *testing.T) {
	for name, text := range map[string]string{
		"unknown field":    `{"id": "x", "prots_complete": true}`,
		"unknown inside":   `{"id": "x", "endpoints": [{"port": 465, "mode": "implicit"}]}`,
		"two values":       `{"id": "x"} {"id": "y"}`,
		"broken other":     `{"id": "x", "password": {"others": [{"pattern": "(", "is": "a key"}]}}`,
		"broken pattern":   `{"id": "x", "password": {"pattern": "("}}`,
		"no JSON":          `id = "x"`,
		"port of no int":   `{"endpoints": [{"port": "465"}]}`,
		"username pattern": `{"username": {"pattern": "[" }}`,
	} {
		if _, err := decode(fstest.MapFS{"data/x.json": {Data: []byte(text)}}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
