package rules

import (
	"strconv"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

var tlsRules = []rule{
	{"implicit-tls-port", func(s settings.Settings) (finding.Facts, bool) {
		port, mode, ok := endpoint(s)
		return pair(port, mode), ok && contradicts(port, mode) && mode != settings.Implicit && !documented(s, port, mode)
	}},
	{"starttls-port-implicit", func(s settings.Settings) (finding.Facts, bool) {
		port, mode, ok := endpoint(s)
		return pair(port, mode), ok && contradicts(port, mode) && mode == settings.Implicit && !documented(s, port, mode)
	}},
	{"credentials-in-clear", func(s settings.Settings) (finding.Facts, bool) {
		m := s.AuthMechanism.Or("")
		return nil, exposed(s) && s.HasCredentials().Or(false) && !s.AuthMechanism.IsUnknown() && !challenges(m) && !binds(m)
	}},
	{"clear-text-off-host", func(s settings.Settings) (finding.Facts, bool) {
		h, _ := host(s)
		return finding.Facts{"host": h.Name}, exposed(s) && !s.HasCredentials().Or(true) && !h.IP.IsUnspecified()
	}},
	{"tls-argument-without-tls", func(s settings.Settings) (finding.Facts, bool) {
		if !inClear(s) {
			return nil, false
		}
		for _, argument := range []struct {
			name  string
			given bool
		}{
			{"ca_cert_pem", s.CACertPEM.IsKnown()},
			{"client_cert_pem", s.ClientCertPEM.IsKnown()},
			{"tls_server_name", s.TLSServerName.IsKnown()},
			{"tls_min_version", s.TLSMinVersion.IsKnown()},
			{"insecure", s.Insecure.Or(false)},
		} {
			if argument.given {
				return finding.Facts{"argument": argument.name}, true
			}
		}
		return nil, false
	}},
	{"insecure-tls", func(s settings.Settings) (finding.Facts, bool) {
		mode, known := s.ResolvedMode().Get()
		return nil, s.Insecure.Or(false) && known && mode != settings.NoTLS
	}},
	{"insecure-credentials", func(s settings.Settings) (finding.Facts, bool) {
		verify, known := s.ResolvedVerify().Get()
		return nil, s.Insecure.Or(false) && known && verify.Reaches(settings.VerifyAuth) && s.HasCredentials().Or(false)
	}},
}

// contradicts reports whether a port is standardised for another mode than the given
// one (465: RFC 8314, 587: RFC 6409). What other ports speak is custom.
func contradicts(port int, mode settings.TLSMode) bool {
	return (port == 465 || port == 587) && settings.Contradicts(port, mode)
}

func pair(port int, mode settings.TLSMode) finding.Facts {
	facts := finding.Facts{"port": strconv.Itoa(port), "mode": string(mode)}
	if other, ok := settings.Counterpart(port); ok {
		facts["other"] = strconv.Itoa(other)
	}
	return facts
}

func inClear(s settings.Settings) bool { return s.TLSMode.Or("") == settings.NoTLS }

// exposed reports whether the connection crosses a network in clear text. A host that
// is not known yet may turn out to be this machine.
func exposed(s settings.Settings) bool {
	h, ok := host(s)
	return ok && inClear(s) && !h.IsLoopback()
}
