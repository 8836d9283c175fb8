package rules_test

import (
	"slices"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

type s = settings.Settings

func text(t string) settings.Value[string] { return settings.Of(t) }

// If this fails, a plan judges what is known only at apply, or no longer judges what
// is known beside it.
func TestUnknown(t *testing.T) {
	port, mode := settings.Unknown[int64](), settings.Unknown[settings.TLSMode]()
	hidden := settings.Unknown[secret.String]()
	host := text("smtp.corp.internal")
	tests := []struct {
		name  string
		given s
		want  []string
	}{
		{"everything", s{Host: settings.Unknown[string](), Port: port, TLSMode: mode, Username: settings.Unknown[string](), Password: hidden, Insecure: settings.Unknown[bool](), VerifyByDefault: true}, []string{}},
		{"port beside a wrong mode", s{Host: host, Port: port, TLSMode: settings.Of[settings.TLSMode]("ssl")}, []string{"tls-mode-word"}},
		{"mode beside an implicit port", s{Host: host, Port: settings.Of[int64](465), TLSMode: mode}, []string{}},
		{"mode beside port 25", s{Host: host, Port: settings.Of[int64](25), TLSMode: mode}, []string{"port-25"}},
		{"port without TLS", s{Host: text("localhost"), Port: port, TLSMode: settings.Of(settings.NoTLS)}, []string{}},
		{"password beside a user name", s{Host: host, Username: text("u"), Password: hidden, VerifyByDefault: true}, []string{}},
		{"user name beside a password", s{Host: host, Username: settings.Unknown[string](), Password: settings.Of(secret.New("p")), VerifyByDefault: true}, []string{}},
		{"mechanism beside a user name", s{Host: host, Username: text("u"), AuthMechanism: settings.Unknown[settings.Mechanism](), VerifyByDefault: true}, []string{}},
		{"port at a known service", s{Host: text("smtp.office365.com"), Port: port}, []string{"service-login"}},
		{"host beside a port that its service may have", s{Host: settings.Unknown[string](), Port: settings.Of[int64](80)}, []string{}},
		{"host beside a port that some service has without a login", s{Host: settings.Unknown[string](), Port: settings.Of[int64](25)}, []string{}},
		{"host beside a port and a mode that none has", s{Host: settings.Unknown[string](), Port: settings.Of[int64](465), TLSMode: settings.Of(settings.StartTLS)}, []string{"implicit-tls-port"}},
		{"host beside a port and a mode that some service has", s{Host: settings.Unknown[string](), Port: settings.Of[int64](587), TLSMode: settings.Of(settings.Implicit)}, []string{}},
		{"clients that are known", s{Host: host, Port: settings.Of[int64](2465), Clients: settings.Of([]string{"grafana"})}, []string{"client-cannot-express"}},
		{"port beside a client", s{Host: host, Port: port, TLSMode: settings.Of(settings.Implicit), Clients: settings.Of([]string{"grafana"})}, []string{}},
		{"verify with a name for examples", s{Host: text("smtp.example.com"), Verify: settings.Unknown[settings.Verify]()}, []string{}},
		{"ignore_rules beside what it may name", s{Host: host, Port: settings.Of[int64](25), IgnoreRules: settings.Unknown[[]string]()}, []string{}},
		{"ignore_rules beside a guard", s{Host: text(""), IgnoreRules: settings.Unknown[[]string]()}, []string{"host-empty"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := codes(tt.given); !slices.Equal(got, tt.want) {
				t.Errorf("found %v, want %v", got, tt.want)
			}
		})
	}
}

// If this fails, leaving an argument out hides a mistake that writing its default
// shows.
func TestDefaultsAreJudged(t *testing.T) {
	tests := []struct {
		name  string
		given s
		want  []string
	}{
		{"465 by default", s{Host: text("smtp.office365.com")}, []string{"service-login", "service-port"}},
		{"465 by mode", s{Host: text("smtp.office365.com"), TLSMode: settings.Of(settings.Implicit)}, []string{"service-login", "service-port"}},
		{"587 by mode", s{Host: text("smtp.office365.com"), TLSMode: settings.Of(settings.StartTLS)}, []string{"service-login"}},
		{"starttls by port", s{Host: text("192.0.2.1"), Port: settings.Of[int64](587)}, []string{"host-ip-without-name"}},
		{"login by credentials", s{Host: text("smtp.corp.internal"), Username: text("u"), VerifyByDefault: true}, []string{"username-without-secret"}},
		{"no login in a data source", s{Host: text("smtp.corp.internal"), Username: text("u")}, []string{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := codes(tt.given); !slices.Equal(got, tt.want) {
				t.Errorf("found %v, want %v", got, tt.want)
			}
		})
	}
}

// If this fails, ignore_rules silences another rule than the one it names, or one that
// guards against injection.
func TestIgnored(t *testing.T) {
	given := s{Host: text("smtp.corp.internal\r\nRSET"), Port: settings.Of[int64](25)}
	given.IgnoreRules = settings.Of([]string{"port-25"})
	if got := codes(given); !slices.Equal(got, []string{"host-control-character"}) {
		t.Errorf("found %v", got)
	}
	given.IgnoreRules = settings.Of([]string{"host-control-character"})
	if got := codes(given); !slices.Equal(got, []string{"host-control-character", "ignore-rules-guard", "port-25"}) {
		t.Errorf("found %v", got)
	}
}

// If this fails, a warning comes before the error that matters.
func TestErrorsFirst(t *testing.T) {
	found := rules.Check(s{Host: text("mail_relay."), Port: settings.Of[int64](25)})
	var got []finding.Code
	for _, f := range found {
		got = append(got, f.Code)
	}
	if want := []finding.Code{"port-25", "host-trailing-dot", "host-underscore"}; !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
}

// If this fails, "did you mean" names something else.
func TestSuggestions(t *testing.T) {
	tests := []struct {
		given s
		want  string
	}{
		{s{Host: text("smtps://robot:hunter2@smtp.corp.internal:465/")}, "host     = \"smtp.corp.internal\"\nport     = 465\ntls_mode = \"implicit\" # what smtps:// means"},
		{s{Host: text("smtp.gmial.com")}, `host = "smtp.gmail.com"`},
		{s{Host: text("contoso-com.mail.protection.outlook.com"), Port: settings.Of[int64](587)}, `host = "smtp.office365.com"`},
		{s{Host: text("inbound-smtp.eu-west-1.amazonaws.com")}, `host = "email-smtp.eu-west-1.amazonaws.com"`},
		{s{Host: text("a"), IgnoreRules: settings.Of([]string{"port25"})}, `ignore_rules = ["port-25"]`},
		{s{Host: text("a"), TLSMode: settings.Of[settings.TLSMode]("SSL/TLS")}, `tls_mode = "implicit"`},
		{s{Host: text("a"), Port: settings.Of[int64](587), TLSMode: settings.Of[settings.TLSMode]("TLS")}, `tls_mode = "starttls"`},
		{s{Host: text("a"), AuthMechanism: settings.Of[settings.Mechanism]("plain")}, `auth_mechanism = "PLAIN"`},
	}
	for _, tt := range tests {
		found := rules.Check(tt.given)
		if len(found) == 0 || len(found[0].Fixes) == 0 || found[0].Fixes[0].String() != tt.want {
			t.Errorf("want the fix %s, got %+v", tt.want, found)
		}
	}
}
