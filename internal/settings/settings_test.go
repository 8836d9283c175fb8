package settings_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

type s = settings.Settings

var (
	mode    = settings.Of[settings.TLSMode]
	port    = settings.Of[int64]
	text    = settings.Of[string]
	anyPort = settings.Unknown[int64]()
	anyMode = settings.Unknown[settings.TLSMode]()
)

func hidden(text string) settings.Value[secret.String] { return settings.Of(secret.New(text)) }

// If this fails, an unset port or mode takes another default than the documented one,
// or takes one although it depends on something unknown.
func TestPortAndMode(t *testing.T) {
	tests := []struct {
		name     string
		given    s
		wantPort settings.Value[int64]
		wantMode settings.Value[settings.TLSMode]
	}{
		{"neither", s{}, port(465), mode("implicit")},
		{"465", s{Port: port(465)}, port(465), mode("implicit")},
		{"2465", s{Port: port(2465)}, port(2465), mode("implicit")},
		{"587", s{Port: port(587)}, port(587), mode("starttls")},
		{"2587", s{Port: port(2587)}, port(2587), mode("starttls")},
		{"2525", s{Port: port(2525)}, port(2525), mode("starttls")},
		{"25", s{Port: port(25)}, port(25), mode("starttls")},
		{"implicit", s{TLSMode: mode("implicit")}, port(465), mode("implicit")},
		{"starttls", s{TLSMode: mode("starttls")}, port(587), mode("starttls")},
		{"none", s{TLSMode: mode("none")}, settings.Value[int64]{}, mode("none")},
		{"a word that is no mode", s{TLSMode: mode("tls")}, settings.Value[int64]{}, mode("tls")},
		{"both, at odds", s{Port: port(465), TLSMode: mode("starttls")}, port(465), mode("starttls")},
		{"unknown port", s{Port: anyPort}, anyPort, anyMode},
		{"unknown port, mode given", s{Port: anyPort, TLSMode: mode("none")}, anyPort, mode("none")},
		{"unknown mode", s{TLSMode: anyMode}, anyPort, anyMode},
		{"unknown mode, port given", s{Port: port(465), TLSMode: anyMode}, port(465), anyMode},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.given.ResolvedPort(); got != tt.wantPort {
				t.Errorf("port = %v, want %v", got, tt.wantPort)
			}
			if got := tt.given.ResolvedMode(); got != tt.wantMode {
				t.Errorf("mode = %v, want %v", got, tt.wantMode)
			}
		})
	}
}

// If this fails, a check logs in unasked, or skips the login although there are
// credentials.
func TestAuthAndVerify(t *testing.T) {
	auth, verify := settings.Of[settings.Auth], settings.Of[settings.Verify]
	later := settings.Unknown[secret.String]()
	tests := []struct {
		name       string
		given      s
		wantAuth   settings.Value[settings.Auth]
		wantVerify settings.Value[settings.Verify]
	}{
		{"nothing", s{}, auth("none"), verify("handshake")},
		{"password", s{Username: text("u"), Password: hidden("p")}, auth("password"), verify("auth")},
		{"user name alone", s{Username: text("u")}, auth("password"), verify("auth")},
		{"token", s{Username: text("u"), AccessToken: hidden("t")}, auth("oauth2"), verify("auth")},
		{"both", s{Password: hidden("p"), AccessToken: hidden("t")}, auth("oauth2"), verify("auth")},
		{"unknown password", s{Password: later}, settings.Unknown[settings.Auth](), settings.Unknown[settings.Verify]()},
		{"unknown password, user name", s{Username: text("u"), Password: later}, auth("password"), verify("auth")},
		{"unknown token", s{AccessToken: later}, settings.Unknown[settings.Auth](), settings.Unknown[settings.Verify]()},
		{"unknown token, user name", s{Username: text("u"), AccessToken: later}, settings.Unknown[settings.Auth](), verify("auth")},
		{"EXTERNAL", s{AuthMechanism: settings.Of(settings.External)}, auth("none"), verify("auth")},
		{"kind handed over", s{AuthKind: auth("oauth2")}, auth("oauth2"), verify("auth")},
		{"kind handed over, none", s{AuthKind: auth("none"), Username: text("u")}, auth("none"), verify("handshake")},
		{"unknown kind", s{AuthKind: settings.Unknown[settings.Auth]()}, settings.Unknown[settings.Auth](), settings.Unknown[settings.Verify]()},
		{"asked for less", s{Username: text("u"), Password: hidden("p"), Verify: verify("none")}, auth("password"), verify("none")},
		{"unknown verify", s{Verify: settings.Unknown[settings.Verify]()}, auth("none"), settings.Unknown[settings.Verify]()},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.given.ResolvedVerify(); tt.given.Verify.IsUnset() && got != verify("none") {
				t.Errorf("a data source would check %v unasked", got)
			}
			tt.given.VerifyByDefault = true
			if got := tt.given.Auth(); got != tt.wantAuth {
				t.Errorf("auth = %v, want %v", got, tt.wantAuth)
			}
			if got := tt.given.ResolvedVerify(); got != tt.wantVerify {
				t.Errorf("verify = %v, want %v", got, tt.wantVerify)
			}
		})
	}
}

// If this fails, an IPv6 address loses its brackets, or a URL doesn't say the mode.
func TestURLAndAddress(t *testing.T) {
	tests := []struct {
		host          string
		port          int64
		mode          settings.TLSMode
		address, want string
	}{
		{"smtp.example.com", 465, "implicit", "smtp.example.com:465", "smtps://smtp.example.com:465"},
		{"smtp.example.com", 587, "starttls", "smtp.example.com:587", "smtp://smtp.example.com:587"},
		{"127.0.0.1", 1025, "none", "127.0.0.1:1025", "smtp+insecure://127.0.0.1:1025"},
		{"[2001:db8::1]", 465, "implicit", "[2001:db8::1]:465", "smtps://[2001:db8::1]:465"},
		{"fe80::1%eth0", 465, "implicit", "[fe80::1%eth0]:465", "smtps://[fe80::1%25eth0]:465"},
		{"müller.example", 587, "starttls", "xn--mller-kva.example:587", "smtp://xn--mller-kva.example:587"},
	}
	for _, tt := range tests {
		h, err := settings.ParseHost(tt.host)
		if err != nil {
			t.Fatal(err)
		}
		if got := settings.Address(h, tt.port); got != tt.address {
			t.Errorf("address = %q, want %q", got, tt.address)
		}
		if got := settings.URL(h, tt.port, tt.mode); got != tt.want {
			t.Errorf("url = %q, want %q", got, tt.want)
		}
		if u, err := url.Parse(tt.want); err != nil || u.Hostname() != h.Name {
			t.Errorf("%q is read as %v, %v", tt.want, u, err)
		}
	}
}

// If this fails, settings in a log or an error show a secret.
func TestSettingsPrintNoSecret(t *testing.T) {
	given := s{Password: hidden("hunter2"), AccessToken: hidden("hunter2"), ClientKeyPEM: hidden("hunter2")}
	encoded, err := json.Marshal(given)
	if err != nil {
		t.Fatal(err)
	}
	for _, got := range []string{fmt.Sprintf("%v %+v %#v %v", given, given, given, &given), string(encoded)} {
		if containsFold(got, "hunter2") {
			t.Errorf("printed: %s", got)
		}
	}
}
