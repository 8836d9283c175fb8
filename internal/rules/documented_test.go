package rules_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// If this fails, the rules contradict the catalogue: something is wrong, they say,
// with what a mail service documents.
func TestDocumentedEndpoints(t *testing.T) {
	judged := 0
	for _, service := range services.All() {
		for _, pattern := range service.Hosts {
			for _, name := range hostsOf(pattern) {
				for _, e := range service.Endpoints {
					given := s{
						Host: text(name), Port: settings.Of(int64(e.Port)), TLSMode: settings.Of(e.TLSMode),
						AuthKind: settings.Of(service.Auth()), VerifyByDefault: true,
					}
					truths := []string{}
					here := name == "localhost" || strings.HasPrefix(name, "127.")
					if e.TLSMode == settings.NoTLS {
						given.AuthKind = settings.Of(settings.AuthNone) // a login would be in clear
						if !here {
							truths = append(truths, "clear-text-off-host")
						}
						if service.RequiresLogin() && !here {
							truths = append(truths, "service-login")
						}
					}
					switch given.AuthKind.Or("") {
					case settings.AuthPassword:
						given.Password = settings.Unknown[secret.String]()
					case settings.AuthOAuth2:
						given.AccessToken = settings.Unknown[secret.String]()
					}
					if e.Port == 25 && len(service.Endpoints) > 1 {
						truths = append(truths, "port-25-blocked")
					}
					slices.Sort(truths)
					judged++
					if got := codes(given); !slices.Equal(got, truths) {
						t.Errorf("%s: %s:%d %s gives %v, want %v", service.ID, name, e.Port, e.TLSMode, got, truths)
					}
					given.TLSMode = settings.Value[settings.TLSMode]{}
					if got := codes(given); settings.ModeOfPort(e.Port) == e.TLSMode && !slices.Equal(got, truths) {
						t.Errorf("%s: %s:%d gives %v, want %v", service.ID, name, e.Port, got, truths)
					}
				}
			}
		}
	}
	if judged < 300 {
		t.Errorf("only %d endpoints", judged)
	}
}

// hostsOf are the names that a pattern stands for, with one that is not listed.
func hostsOf(pattern services.HostPattern) []string {
	before, rest, open := strings.Cut(pattern.Name, "{")
	if !open {
		return []string{pattern.Name}
	}
	_, after, _ := strings.Cut(rest, "}")
	names := []string{before + "xy-later-9" + after}
	for _, value := range pattern.Values {
		names = append(names, before+value+after)
	}
	return names
}

// If this fails, a machine of the service's own is refused because it resembles
// another one: nobody else can have a name below the service's domain.
func TestNamesBelowTheServicesDomain(t *testing.T) {
	for _, service := range services.All() {
		for _, pattern := range service.Hosts {
			for _, name := range hostsOf(pattern) {
				first, domain, _ := strings.Cut(name, ".")
				if name == "localhost" || strings.HasPrefix(name, "127.") || !strings.Contains(domain, ".") {
					continue
				}
				for _, label := range []string{"smtp", "smtps", "asmtp", "smtpauth", "smtpauths", "mail", "out", "relay", "send", first + "2", first + "s", "a" + first, strings.TrimSuffix(first, "s"), first[1:] + first[:1]} {
					host := label + "." + domain
					if _, _, known := services.Mistaken(host); known || !services.SameDomain(host, name) || label == "" || strings.Trim(label, "-") != label {
						continue
					}
					for _, f := range rules.Check(s{Host: text(host), AuthKind: settings.Of(settings.AuthPassword)}) {
						if strings.HasPrefix(string(f.Code), "host-") && f.Severity == finding.SeverityError {
							t.Errorf("%s: %s is refused as %s", service.ID, host, f.Code)
						}
					}
				}
			}
		}
	}
}

// If this fails, a tunnel or a container on this machine is refused for its port.
func TestEveryPortOfThisMachine(t *testing.T) {
	ports := map[int][]settings.TLSMode{}
	for _, service := range services.All() {
		for _, e := range service.Endpoints {
			ports[e.Port] = append(ports[e.Port], e.TLSMode)
		}
	}
	for _, port := range []int{1, 21, 22, 24, 25, 53, 80, 110, 143, 443, 456, 464, 564, 578, 583, 588, 589, 993, 995, 1025, 2525, 3025, 4650, 5870, 5877, 8025, 8080, 10025, 65535} {
		ports[port] = append(ports[port], settings.NoTLS, settings.StartTLS, settings.Implicit)
	}
	for _, host := range []string{"localhost", "127.0.0.1", "127.8.9.10", "::1", "[::1]"} {
		for port, modes := range ports {
			for _, mode := range modes {
				if (port == 465 || port == 587) && settings.Contradicts(port, mode) {
					continue // what a standard says holds here too
				}
				given := s{Host: text(host), Port: settings.Of(int64(port)), TLSMode: settings.Of(mode), TLSServerName: text("smtp.corp.internal")}
				for _, f := range rules.Check(given) {
					if f.Severity == finding.SeverityError {
						t.Errorf("%s:%d %s is refused as %s", host, port, mode, f.Code)
					}
				}
			}
		}
	}
}

// If this fails, a login in clear text is refused although it doesn't leave this machine,
// or isn't although it does.
func TestLoginsInClear(t *testing.T) {
	credentials := map[string]s{
		"password": {Username: text("robot"), Password: settings.Unknown[secret.String]()},
		"token":    {Username: text("robot"), AccessToken: settings.Unknown[secret.String]()},
		"settings": {AuthKind: settings.Of(settings.AuthPassword)},
	}
	for host, crosses := range map[string]bool{
		"localhost": false, "LOCALHOST.": false, "127.0.0.1": false, "127.255.255.254": false, "[::1]": false, "::ffff:127.0.0.1": false,
		"smtp.corp.internal": true, "localhost.corp.internal": true, "smtp.localhost.test": true, "10.0.0.1": true, "128.0.0.1": true, "[::2]": true,
	} {
		for name, given := range credentials {
			for _, mechanism := range settings.Mechanisms() {
				if name == "password" && settings.CredentialOf(mechanism) != settings.AuthPassword || name == "token" && settings.CredentialOf(mechanism) != settings.AuthOAuth2 {
					continue
				}
				given.Host, given.Port, given.TLSMode, given.VerifyByDefault = text(host), settings.Of[int64](2525), settings.Of(settings.NoTLS), true
				given.AuthMechanism = settings.Of(mechanism)
				if settings.TraitsOf(mechanism).Binds || mechanism == settings.External {
					continue // binding-without-tls holds everywhere
				}
				got := slices.ContainsFunc(rules.Check(given), func(f finding.Finding) bool { return f.Severity == finding.SeverityError })
				if got != crosses {
					t.Errorf("%s, %s by %s: %v", host, name, mechanism, codes(given))
				}
			}
		}
	}
}

// If this fails, a name in somebody else's domain that resembles a service's is sent
// its credentials without a word.
func TestLookalikesAreRefused(t *testing.T) {
	for _, host := range []string{"smtp.gmial.com", "smtp.gmaill.com", "smtp.ofice365.com", "smtp.sendgird.net", "smtpgmail.com", "smtp.mailgunn.org", "smtp.gmail.con"} {
		if got := codes(s{Host: text(host)}); !slices.Contains(got, "host-near-service") {
			t.Errorf("%s gives %v", host, got)
		}
	}
	for host, want := range map[string]string{"stmp.gmail.com": "host-unlisted", "smpt.office365.com": "host-unlisted", "emial-smtp.us-east-1.amazonaws.com": "host-unlisted"} {
		if got := codes(s{Host: text(host), AuthKind: settings.Of(settings.AuthPassword)}); !slices.Equal(got, []string{want}) {
			t.Errorf("%s gives %v", host, got)
		}
	}
}
