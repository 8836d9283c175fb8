package provider

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, a plan for a service that refuses address literals doesn't warn on a
// machine without a full name, or warns although there is a name.
func TestEHLOWarning(t *testing.T) {
	own := machineName
	defer func() { machineName = own }()
	relay := settings.Settings{Host: settings.Of("smtp-relay.gmail.com"), VerifyByDefault: true}
	with := func(change func(*settings.Settings)) settings.Settings {
		s := relay
		change(&s)
		return s
	}
	for name, tt := range map[string]struct {
		machine string
		block   backend
		s       settings.Settings
		want    finding.Code
	}{
		"no name":                {"", backend{}, relay, "service-refuses-literals"},
		"the machine has a name": {"app.example.org", backend{}, relay, ""},
		"the block has one":      {"", backend{}, with(func(s *settings.Settings) { s.EHLOName = settings.Of("app.example.org") }), ""},
		"the block may have one": {"", backend{}, with(func(s *settings.Settings) { s.EHLOName = settings.Unknown[string]() }), ""},
		"the provider has one":   {"", backend{ehloName: settings.Of("app.example.org")}, relay, ""},
		"nothing is contacted":   {"", backend{}, with(func(s *settings.Settings) { s.Verify = settings.Of(settings.VerifyNone) }), ""},
		"another service":        {"", backend{}, with(func(s *settings.Settings) { s.Host = settings.Of("smtp.sendgrid.net") }), ""},
		"another server":         {"", backend{}, with(func(s *settings.Settings) { s.Host = settings.Of("mail.corp.internal") }), ""},
		"ignored": {"", backend{}, with(func(s *settings.Settings) {
			s.IgnoreRules = settings.Of([]string{"service-refuses-literals"})
		}), ""},
	} {
		t.Run(name, func(t *testing.T) {
			machineName = func() string { return tt.machine }
			found := tt.block.ehloWarning(tt.s)
			if (tt.want == "") != (len(found) == 0) || len(found) > 0 && found[0].Code != tt.want {
				t.Errorf("%v", found)
			}
		})
	}
}
