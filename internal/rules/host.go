package rules

import (
	"errors"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

var hostRules = append(hostForms(),
	rule{"host-trailing-dot", func(s settings.Settings) (finding.Facts, bool) {
		h, ok := host(s)
		return finding.Facts{"host": h.Name}, ok && strings.HasSuffix(s.Host.Or(""), ".")
	}},
	rule{"host-underscore", func(s settings.Settings) (finding.Facts, bool) {
		h, ok := host(s)
		return nil, ok && strings.Contains(h.Name, "_")
	}},
	rule{"host-ip-without-name", func(s settings.Settings) (finding.Facts, bool) {
		h, ok := host(s)
		mode, known := s.ResolvedMode().Get()
		return nil, ok && h.IsIP() && unusable(h) == "" && known && mode != settings.NoTLS &&
			s.TLSServerName.IsUnset() && !s.Insecure.IsUnknown() && !s.Insecure.Or(false)
	}},
)

// hostForms are the rules about the form of host: [settings.ParseHost] names
// the one that is broken.
func hostForms() []rule {
	codes := []finding.Code{
		"host-empty", "host-control-character", "host-white-space", "host-has-scheme", "host-has-user",
		"host-has-path", "host-has-port", "host-invalid-character", "host-empty-label",
		"host-label-too-long", "host-too-long", "host-label-hyphen", "host-idn-invalid",
	}
	rules := make([]rule, 0, len(codes))
	for _, code := range codes {
		rules = append(rules, rule{code, func(s settings.Settings) (finding.Facts, bool) {
			text, known := s.Host.Get()
			if !known {
				return nil, false
			}
			_, err := settings.ParseHost(text)
			var bad *finding.Error
			if !errors.As(err, &bad) || bad.Code != code {
				return nil, false
			}
			port, _ := strconv.Atoi(bad.Facts["port"])
			if _, slip := mistyped[port]; slip || saidOfPort(port, true) {
				delete(bad.Facts, "port") // no fix proposes what another rule refuses
			}
			return bad.Facts, true
		}})
	}
	return rules
}
