package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// serviceRules are about what the mail service of the host expects. They apply where
// no general rule explains the same mistake.
var serviceRules = []rule{
	wrongPort("service-port", func(s services.Service) bool { return s.PortsComplete }),
	wrongPort("service-port-unlisted", func(s services.Service) bool { return !s.PortsComplete }),
	wrongMode("service-mode", services.Documented),
	wrongMode("service-mode-unlisted", services.Secondary),
	{"service-mechanism", func(s settings.Settings) (finding.Facts, bool) {
		service, facts, ok := service(s)
		mechanism, given := s.AuthMechanism.Get()
		if !ok || !given || len(service.Mechanisms) == 0 || !slices.Contains(settings.Mechanisms(), mechanism) {
			return nil, false
		}
		facts["mechanism"], facts["mechanisms"] = string(mechanism), join(service.Mechanisms)
		return facts, !slices.Contains(service.Mechanisms, mechanism)
	}},
	{"service-login", func(s settings.Settings) (finding.Facts, bool) {
		service, facts, ok := service(s)
		facts["hint"], facts["secret"], facts["auth"] = service.Username.Hint, service.Password.Hint, string(service.Auth())
		return facts, ok && service.RequiresLogin() && !s.HasCredentials().Or(true) &&
			s.Username.IsUnset() && !s.Verify.IsUnknown() && s.Verify.Or("") != settings.VerifyAuth
	}},
	{"service-username", wrongUsername(func(u services.Username) bool {
		return u.Kind == services.UsernameFixed && u.Confidence == services.Documented
	})},
	{"service-username-unusual", wrongUsername(func(u services.Username) bool {
		return u.Kind != services.UsernameEmail && (u.Kind != services.UsernameFixed || u.Confidence != services.Documented)
	})},
	{"service-username-address", wrongUsername(func(u services.Username) bool { return u.Kind == services.UsernameEmail })},
	{"service-token-twice", func(s settings.Settings) (finding.Facts, bool) {
		service, facts, ok := service(s)
		name, named := s.Username.Get()
		password, given := s.Password.Get()
		facts["hint"], facts["secret"], facts["argument"] = service.Username.Hint, service.Password.Hint, s.Argument("password")
		return facts, ok && named && given && service.Username.Kind == services.UsernameSame && name != password.Reveal()
	}},
	wrongSecret("service-secret-shape", services.Documented),
	wrongSecret("service-secret-unusual", services.Secondary),
	{"service-decides-after-data", func(s settings.Settings) (finding.Facts, bool) {
		service, facts, ok := service(s)
		facts["undecided"] = service.AfterData
		return facts, ok && s.Verify.Or("") == settings.VerifyEnvelope && service.AfterData != ""
	}},
	{"service-oauth2-only", func(s settings.Settings) (finding.Facts, bool) {
		service, facts, ok := service(s)
		return facts, ok && usesPassword(s) && service.AuthConfidence == services.Documented &&
			service.PasswordPolicy == services.PasswordRefused && service.OAuth2 != services.OAuth2None
	}},
	{"service-password-withdrawn", func(s settings.Settings) (finding.Facts, bool) {
		service, facts, ok := service(s)
		return facts, ok && usesPassword(s) && service.PasswordPolicy == services.PasswordWithdrawn
	}},
	{"service-no-oauth2", func(s settings.Settings) (finding.Facts, bool) {
		service, facts, ok := service(s)
		facts["hint"] = service.Password.Hint
		return facts, ok && (s.AccessToken.IsKnown() || s.AuthKind.Or("") == settings.AuthOAuth2) && service.OAuth2 == services.OAuth2None
	}},
}

// usesPassword reports whether there is a password, given or stated by auth.
func usesPassword(s settings.Settings) bool {
	return s.Password.IsKnown() || s.AuthKind.Or("") == settings.AuthPassword
}

// service returns the service of the host, with the facts that all rules about
// services share. Hosts with another purpose have their own rules.
func service(s settings.Settings) (services.Service, finding.Facts, bool) {
	facts := finding.Facts{}
	h, ok := host(s)
	if !ok {
		return services.Service{}, facts, false
	}
	found, ok := services.ByHost(h.Name)
	if _, _, other := services.Mistaken(h.Name); !ok || other {
		return services.Service{}, facts, false
	}
	facts["service"] = found.Name
	if found.Page != "" {
		facts["page"] = found.Page
	}
	facts["example_username"] = found.Username.HCL()
	facts["example_password"] = found.Password.HCL()
	facts["best_port"] = strconv.Itoa(found.Recommended.Port)
	facts["best_mode"] = string(found.Recommended.TLSMode)
	return found, facts, true
}

// listed reports whether the service of the host has the port. While host is unknown,
// it may have it.
func listed(s settings.Settings, port int) bool {
	if s.Host.IsUnknown() {
		return true
	}
	h, ok := host(s)
	service, known := services.ByHost(h.Name)
	return ok && known && len(service.On(port)) > 0
}

// documented reports whether the service of the host speaks the mode on the port,
// whatever the port means elsewhere. While host is unknown, it may be any service.
func documented(s settings.Settings, port int, mode settings.TLSMode) bool {
	if s.Host.IsUnknown() {
		return slices.ContainsFunc(services.All(), func(service services.Service) bool { return service.Speaks(port, mode) })
	}
	service, _, ok := service(s)
	return ok && service.Speaks(port, mode)
}

func wrongPort(code finding.Code, applies func(services.Service) bool) rule {
	return rule{code, func(s settings.Settings) (finding.Facts, bool) {
		service, facts, ok := service(s)
		number, known := s.ResolvedPort().Get()
		port := int(number)
		if !ok || !known || !applies(service) || listed(s, port) || saidOfPort(port, service.PortsComplete) {
			return nil, false
		}
		ports := make([]string, 0, len(service.Endpoints))
		for _, e := range service.Endpoints {
			ports = append(ports, fmt.Sprintf("%d (%s)", e.Port, e.TLSMode))
		}
		facts["port"], facts["ports"] = strconv.Itoa(port), strings.Join(ports, ", ")
		return facts, true
	}}
}

// saidOfPort reports whether a rule about ports explains why this one is wrong. Where
// the service documents all its ports, its documentation says more than custom does.
func saidOfPort(port int, complete bool) bool {
	_, other := otherProtocols[port]
	_, custom := customary[port]
	_, slip := mistyped[port]
	return other || !complete && (custom || slip) || port == 25 || port < 1 || port > 65535
}

func wrongMode(code finding.Code, confidence services.Confidence) rule {
	return rule{code, func(s settings.Settings) (finding.Facts, bool) {
		service, facts, ok := service(s)
		port, mode, decided := endpoint(s)
		known := service.On(port)
		if !ok || !decided || len(known) == 0 || known[0].Confidence != confidence ||
			service.Speaks(port, mode) || contradicts(port, mode) {
			return nil, false
		}
		// A server with STARTTLS may accept mail without it. The rules about clear text
		// warn about that.
		if mode == settings.NoTLS && service.Speaks(port, settings.StartTLS) {
			return nil, false
		}
		if port == service.Recommended.Port {
			delete(facts, "best_port") // the other fix says it all
		}
		facts["port"], facts["mode"], facts["right"] = strconv.Itoa(port), string(mode), string(known[0].TLSMode)
		return facts, true
	}}
}

func wrongUsername(applies func(services.Username) bool) func(settings.Settings) (finding.Facts, bool) {
	return func(s settings.Settings) (finding.Facts, bool) {
		service, facts, ok := service(s)
		name, given := s.Username.Get()
		if !ok || !given || !applies(service.Username) || !clean(name) || kindOf(name, secretForms) != "" {
			return nil, false
		}
		facts["hint"] = service.Username.Hint
		if service.Username.Value != "" {
			facts["value"] = service.Username.Value
		}
		return facts, !service.Username.Fits(name)
	}
}

// wrongSecret compares the form alone; no part of the secret becomes a fact.
func wrongSecret(code finding.Code, confidence services.Confidence) rule {
	return rule{code, func(s settings.Settings) (finding.Facts, bool) {
		service, facts, ok := service(s)
		password, given := s.Password.Get()
		text := password.Reveal()
		if !ok || !given || service.Password.Confidence != confidence || !clean(text) ||
			isMask(text) && confidence != services.Documented ||
			kindOf(text, tokenForms) != "" || service.Password.Fits(text) {
			return nil, false
		}
		facts["hint"], facts["argument"] = service.Password.Hint, s.Argument("password")
		if looks := service.Password.Looks(text); looks != "" {
			facts["looks"] = looks
		}
		return facts, true
	}}
}

// clean reports whether the rules about white space and control characters accept a
// credential.
func clean(text string) bool { return text != "" && text == strings.TrimSpace(text) }
