package services_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, a rule would judge settings by the wrong service, or none.
func TestByHost(t *testing.T) {
	for host, want := range map[string]string{
		"smtp.gmail.com":                                "gmail",
		"SMTP.Gmail.COM.":                               "gmail",
		"smtp-relay.gmail.com":                          "google-workspace-relay",
		"email-smtp.eu-central-1.amazonaws.com":         "amazon-ses",
		"email-smtp.xx-future-9.amazonaws.com":          "amazon-ses",
		"smtp.eu.mailgun.org":                           "mailgun",
		"smtp.zoho.com.au":                              "zoho",
		"example-com.mail.protection.outlook.com":       "microsoft365-direct-send",
		"smtpdm-ap-southeast-1.aliyuncs.com":            "alibaba-directmail",
		"email-smtp..amazonaws.com":                     "",
		"email-smtp.-.amazonaws.com":                    "",
		"email-smtp.a.b.amazonaws.com":                  "",
		"email-smtp.amazonaws.com":                      "",
		"smtp.gmail.com.example.org":                    "",
		"notsmtp.gmail.com":                             "",
		"127.0.0.1":                                     "",
		"localhost":                                     "",
		"":                                              "",
		"smtp.example.com":                              "",
		"email-smtp.eu-central-1.amazonaws.com.evil.io": "",
	} {
		s, ok := services.ByHost(host)
		if s.ID != want || ok != (want != "") {
			t.Errorf("ByHost(%q) = %q, %v; want %q", host, s.ID, ok, want)
		}
	}
}

// If this fails, the hints for hosts that are not for sending point nowhere.
func TestMistaken(t *testing.T) {
	for _, c := range []struct {
		host    string
		service string
		role    services.Role
		use     string
	}{
		{"imap.gmail.com", "gmail", services.RoleIncoming, "smtp.gmail.com"},
		{"POP.gmx.net", "gmx", services.RoleIncoming, "mail.gmx.net"},
		{"aspmx.l.google.com", "gmail", services.RoleMX, "smtp.gmail.com"},
		{"example-com.mail.protection.outlook.com", "microsoft365", services.RoleMX, "smtp.office365.com"},
		{"inbound-smtp.eu-west-1.amazonaws.com", "amazon-ses", services.RoleMX, "email-smtp.eu-west-1.amazonaws.com"},
		{"email.us-east-1.amazonaws.com", "amazon-ses", services.RoleWeb, "email-smtp.us-east-1.amazonaws.com"},
		{"in.mailjet.com", "mailjet", services.RoleFormer, "in-v3.mailjet.com"},
		{"smtpdm-ap-southeast-1.aliyun.com", "alibaba-directmail", services.RoleFormer, "smtpdm-ap-southeast-1.aliyuncs.com"},
		{"smtp.sendgrid.com", "sendgrid", services.RoleWrong, "smtp.sendgrid.net"},
	} {
		s, other, ok := services.Mistaken(c.host)
		if !ok || s.ID != c.service || other.Role != c.role || other.Use != c.use {
			t.Errorf("Mistaken(%q) = %q, %+v, %v", c.host, s.ID, other, ok)
		}
	}
	for _, host := range []string{"smtp.gmail.com", "mail.gandi.net", "imap.example.com", ""} {
		if s, _, ok := services.Mistaken(host); ok {
			t.Errorf("Mistaken(%q) = %q", host, s.ID)
		}
	}
}

// If this fails, "did you mean" stays silent on a slip, or accuses a host that
// is right as it is.
func TestNearest(t *testing.T) {
	for host, want := range map[string]string{
		"smtp.gmial.com":                       "smtp.gmail.com",
		"smtp.gmal.com":                        "smtp.gmail.com",
		"smtp.gmaill.com":                      "smtp.gmail.com",
		"smtp.gmail.con":                       "smtp.gmail.com",
		"smtpgmail.com":                        "smtp.gmail.com",
		"stmp.gmail.com":                       "smtp.gmail.com",
		"smpt.office365.com":                   "smtp.office365.com",
		"smtp.ofice365.com":                    "smtp.office365.com",
		"smtp.office356.com":                   "smtp.office365.com",
		"smtp.sendgird.net":                    "smtp.sendgrid.net",
		"smtp.mailgunn.org":                    "smtp.mailgun.org",
		"smtp.postmarkap.com":                  "smtp.postmarkapp.com",
		"SMTP.YANDX.COM.":                      "smtp.yandex.com",
		"email-smtp.eu-cental-1.amazonaws.com": "email-smtp.eu-central-1.amazonaws.com",
		"emial-smtp.us-east-1.amazonaws.com":   "email-smtp.us-east-1.amazonaws.com",
		"pasteo.de":                            "posteo.de",

		"smtp.gmail.com":                      "", // known
		"imap.gmail.com":                      "", // known for something else
		"smtp.mail.com":                       "", // known
		"smtp.ymail.com":                      "", // somebody else's names
		"smtp.email.com":                      "",
		"smtp.hmail.com":                      "",
		"smtp.zoho.co":                        "", // a top-level domain that exists
		"smtp.gmail.co":                       "",
		"smtps.gmail.com":                     "", // further machines of the same owner
		"asmtp.mail.com":                      "",
		"smtp2.mail.com":                      "",
		"smtp.162.com":                        "", // too short to tell
		"smtp.qc.com":                         "",
		"email-smtp.us-est-1.amazonaws.com":   "", // east or west
		"email-smtp.us-east-9.amazonaws.com":  "",
		"email-smtp.af-south-1.amazonaws.com": "",
		"email-smtp.eu-south-1.amazonaws.com": "",
		"smtp.example.com":                    "",
		"mail.example.test":                   "",
		"smtp.company.lan":                    "",
		"127.0.0.1":                           "",
		"::1":                                 "",
		"":                                    "",
		".":                                   "",
		"smtp..com":                           "",
	} {
		got, distance, ok := services.Nearest(host)
		if got != want || ok != (want != "") || ok && (distance < 1 || distance > 2) {
			t.Errorf("Nearest(%q) = %q, %d, %v; want %q", host, got, distance, ok, want)
		}
	}
	for _, s := range services.All() {
		for _, h := range s.Hosts {
			if got, _, ok := services.Nearest(h.Name); ok && s.Category != services.Testing {
				t.Errorf("%s: known host %s is said to be a slip of %s", s.ID, h.Name, got)
			}
		}
	}
}

// If this fails, service("ses") gets no answer that helps.
func TestNearestID(t *testing.T) {
	for word, want := range map[string]string{
		"gmial": "gmail", "ses": "amazon-ses", "sendgird": "sendgrid", "hotmail": "outlook",
		"Outlook.com": "outlook", "sendinblue": "brevo", "365": "microsoft365",
	} {
		if got := services.NearestID(word); !slices.Contains(got, want) || len(got) > 3 {
			t.Errorf("NearestID(%q) = %q, want %q among up to three", word, got, want)
		}
	}
	for _, word := range []string{"", "  ", "zzzzzzzz"} {
		if got := services.NearestID(word); len(got) != 0 {
			t.Errorf("NearestID(%q) = %q", word, got)
		}
	}
}

// If this fails, service() hands out a host of the wrong region, or one with a
// hole in it.
func TestHost(t *testing.T) {
	for _, c := range []struct {
		id      string
		options map[string]string
		want    string
	}{
		{"gmail", nil, "smtp.gmail.com"},
		{"mailgun", nil, "smtp.mailgun.org"},
		{"mailgun", map[string]string{"region": "eu"}, "smtp.eu.mailgun.org"},
		{"postmark", map[string]string{"stream": "broadcast"}, "smtp-broadcasts.postmarkapp.com"},
		{"amazon-ses", map[string]string{"region": "eu-west-1"}, "email-smtp.eu-west-1.amazonaws.com"},
		{"amazon-ses", map[string]string{"region": "XX-future-9"}, "email-smtp.xx-future-9.amazonaws.com"},
		{"alibaba-directmail", nil, "smtpdm.aliyun.com"},
		{"alibaba-directmail", map[string]string{"region": "cn"}, "smtpdm.aliyun.com"},
		{"alibaba-directmail", map[string]string{"region": "ap-southeast-1"}, "smtpdm-ap-southeast-1.aliyuncs.com"},
		{"microsoft365-direct-send", map[string]string{"tenant": "example-com"}, "example-com.mail.protection.outlook.com"},
	} {
		s, _ := services.ByID(c.id)
		if got, err := s.Host(c.options); got != c.want || err != nil {
			t.Errorf("%s.Host(%v) = %q, %v; want %q", c.id, c.options, got, err, c.want)
		}
	}
	for _, c := range []struct {
		id      string
		options map[string]string
		option  string
		known   []string
	}{
		{"mailgun", map[string]string{"region": "mars"}, "region", []string{"eu", "us"}},
		{"mailgun", map[string]string{"region": ""}, "region", []string{"eu", "us"}},
		{"gmail", map[string]string{"region": "eu"}, "region", nil},
		{"amazon-workmail", nil, "region", []string{"us-east-1"}},
		{"amazon-ses", map[string]string{"region": "evil.example.com/"}, "region", nil},
		{"amazon-ses", map[string]string{"region": "eu-west-1", "stream": "x"}, "stream", nil},
		{"amazon-ses", map[string]string{"region": ""}, "region", nil},
		{"amazon-ses", map[string]string{"region": "-eu-west-1"}, "region", nil},
		{"amazon-ses", map[string]string{"region": "eu-west-"}, "region", nil},
	} {
		s, _ := services.ByID(c.id)
		got, err := s.Host(c.options)
		var bad *finding.Error
		if got != "" || !errors.As(err, &bad) || bad.Facts["option"] != c.option || c.known != nil && bad.Facts["known"] != strings.Join(c.known, ", ") {
			t.Errorf("%s.Host(%v) = %q, %v", c.id, c.options, got, err)
		}
	}
}

// If this fails, rules about the shape of credentials misjudge them.
func TestFits(t *testing.T) {
	for _, c := range []struct {
		id, username string
		want         bool
	}{
		{"sendgrid", "apikey", true},
		{"sendgrid", "me@example.com", false},
		{"sparkpost", "SMTP_Injection", true},
		{"sparkpost", "SMTP_Injection:X-MSYS-SUBACCOUNT=7", true},
		{"sparkpost", "smtp", false},
		{"zeptomail", "emailapikey", true},
		{"zeptomail", "noreply@example.com", true},
		{"zeptomail", "apikey", false},
		{"gmail", "me@example.com", true},
		{"gmail", "me", false},
		{"gmail", "@example.com", false},
		{"webde", "me", true},
		{"mandrill", "anything", true},
	} {
		if s, ok := services.ByID(c.id); !ok || s.Username.Fits(c.username) != c.want {
			t.Errorf("%s: user name %q: want %v", c.id, c.username, c.want)
		}
	}
	for _, c := range []struct {
		id, password string
		want         bool
	}{
		{"sendgrid", "SG.abc.def", true},
		{"sendgrid", "hunter2", false},
		{"gmail", "abcdefghijklmnop", true},
		{"gmail", "abcd efgh ijkl mnop", true},
		{"gmail", "Tr0ub4dor&3", false},
		{"amazon-ses", "BAbcdefghijklmnopqrstuvwxyz0123456789+/ABCDE", true},
		{"amazon-ses", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", false},
		{"postmark", "any", true},
	} {
		if s, ok := services.ByID(c.id); !ok || s.Password.Fits(c.password) != c.want {
			t.Errorf("%s: password of %d characters: want %v", c.id, len(c.password), c.want)
		}
	}
}

// If this fails, the catalogue is not in the order that pages and completions
// rely on, or a caller can spoil it for others.
func TestAll(t *testing.T) {
	all := services.All()
	if !slices.IsSortedFunc(all, func(a, b services.Service) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	}) {
		t.Error("not sorted by id")
	}
	first := all[0].ID
	all[0] = services.Service{}
	if again := services.All(); again[0].ID != first {
		t.Error("a caller changed the catalogue")
	}
	if _, ok := services.ByID("no-such-service"); ok {
		t.Error("ByID found what isn't there")
	}
}

// If this fails, settings of a service get an endpoint that it doesn't document,
// port 25 where there is another, or credentials that it refuses.
func TestConnectionOfAService(t *testing.T) {
	type (
		port = settings.Value[int64]
		mode = settings.Value[settings.TLSMode]
	)
	for _, c := range []struct {
		id      string
		port    port
		mode    mode
		want    int // 0: none
		auth    settings.Auth
		options []string
	}{
		{"amazon-ses", port{}, mode{}, 587, "password", []string{"region"}},
		{"amazon-ses", settings.Of[int64](2465), mode{}, 2465, "password", []string{"region"}},
		{"amazon-ses", port{}, settings.Of(settings.Implicit), 465, "password", []string{"region"}},
		{"amazon-ses", settings.Of[int64](465), settings.Of(settings.StartTLS), 0, "password", []string{"region"}},
		{"microsoft365", port{}, mode{}, 587, "oauth2", nil},
		{"microsoft365", settings.Of[int64](25), mode{}, 25, "oauth2", nil},
		{"microsoft365", port{}, settings.Of(settings.Implicit), 0, "oauth2", nil},
		{"microsoft365-direct-send", port{}, mode{}, 25, "none", []string{"tenant"}},
	} {
		s, ok := services.ByID(c.id)
		if !ok {
			t.Fatalf("no service %s", c.id)
		}
		if e, found := s.Choose(c.port, c.mode); e.Port != c.want || found != (c.want != 0) {
			t.Errorf("%s: port %d, want %d", c.id, e.Port, c.want)
		}
		if s.Auth() != c.auth || !slices.Equal(s.Options(), c.options) {
			t.Errorf("%s: auth %s, options %v", c.id, s.Auth(), s.Options())
		}
	}
}

// If this fails, a port can speak one mode alone, or a service that can do without
// a login is said to need one.
func TestEndpointsAndLogin(t *testing.T) {
	both := services.Service{
		Endpoints: []services.Endpoint{
			{Port: 587, TLSMode: settings.StartTLS}, {Port: 587, TLSMode: settings.Implicit}, {Port: 465, TLSMode: settings.Implicit},
		},
		Recommended: services.Endpoint{Port: 587, TLSMode: settings.StartTLS},
	}
	if on := both.On(587); len(on) != 2 || len(both.On(25)) != 0 {
		t.Errorf("on 587: %v", on)
	}
	if !both.Speaks(587, settings.Implicit) || !both.Speaks(587, settings.StartTLS) || both.Speaks(587, settings.NoTLS) {
		t.Error("587 speaks two modes")
	}
	e, ok := both.Choose(settings.Of[int64](587), settings.Of(settings.Implicit))
	if !ok || e != both.Endpoints[1] {
		t.Errorf("chosen: %v", e)
	}
	for id, want := range map[string]bool{
		"gmail": true, "mandrill": true, "amazon-ses": true, "mailpit": false, "maildev": false,
		"google-workspace-relay": false, "microsoft365-direct-send": false, "mimecast": false,
	} {
		if s, _ := services.ByID(id); s.RequiresLogin() != want {
			t.Errorf("%s requires a login: %t", id, !want)
		}
	}
}
