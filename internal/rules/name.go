package rules

import (
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// nameRules are about which server a well-formed host names.
var nameRules = []rule{
	{"host-address-unusable", func(s settings.Settings) (finding.Facts, bool) {
		h, ok := host(s)
		kind := unusable(h)
		return finding.Facts{"host": h.Name, "kind": kind}, ok && kind != ""
	}},
	{"host-ip-incomplete", func(s settings.Settings) (finding.Facts, bool) {
		h, ok := host(s)
		return nil, ok && !h.IsIP() && strings.Trim(h.Name[strings.LastIndex(h.Name, ".")+1:], "0123456789") == ""
	}},
	{"host-placeholder", func(s settings.Settings) (finding.Facts, bool) {
		h, ok := host(s)
		verify, known := s.ResolvedVerify().Get()
		return finding.Facts{"host": h.Name, "verify": string(verify)},
			ok && known && verify != settings.VerifyNone && slices.Contains(settings.Verifies, verify) && isPlaceholder(h.Name)
	}},
	mistaken("host-mx", func(o services.OtherHost) bool { return o.Role == services.RoleMX && certain(o) }),
	mistaken("host-incoming", func(o services.OtherHost) bool { return o.Role == services.RoleIncoming && certain(o) }),
	mistaken("host-web", func(o services.OtherHost) bool { return o.Role == services.RoleWeb && certain(o) }),
	mistaken("host-former", func(o services.OtherHost) bool { return o.Role == services.RoleFormer }),
	mistaken("host-not-submission", func(o services.OtherHost) bool {
		return o.Role == services.RoleWrong || o.Role != services.RoleFormer && !certain(o)
	}),
	named("host-name-incoming", lazyregexp.New(`^(imaps?|imap4|pop3?s?|incoming)$`)),
	named("host-name-web", lazyregexp.New(`^(www|webmail|owa|api|autodiscover|autoconfig)$`)),
	named("host-name-mx", lazyregexp.New(`^(a?mx[0-9]*|aspmx[0-9]*|inbound|inbound-smtp)$`)),
	{"host-domain-only", func(s settings.Settings) (finding.Facts, bool) {
		h, ok := stranger(s)
		if !ok {
			return nil, false
		}
		for _, service := range services.All() {
			for _, pattern := range service.Hosts {
				if _, domain, _ := strings.Cut(pattern.Name, "."); domain != h.Name {
					continue
				}
				use := pattern.Example()
				if _, known := services.ByHost(use); !known {
					continue // a program on this machine
				}
				facts := finding.Facts{"host": h.Name, "service": service.Name, "use": use}
				if use != pattern.Name {
					facts["form"] = pattern.Name
				}
				return facts, true
			}
		}
		return nil, false
	}},
	lookalike("host-near-service", false),
	lookalike("host-unlisted", true),
}

// lookalike is the rule that host is no typo of a known host: in somebody else's
// domain or, if own, in that of the service, where nobody else can have it.
func lookalike(code finding.Code, own bool) rule {
	return rule{code, func(s settings.Settings) (finding.Facts, bool) {
		h, ok := stranger(s)
		if !ok {
			return nil, false
		}
		meant, _, near := services.Nearest(h.Name)
		if !near || services.SameDomain(h.Name, meant) != own {
			return nil, false
		}
		service, _ := services.ByHost(meant)
		return finding.Facts{"host": h.Name, "meant": meant, "service": service.Name}, true
	}}
}

// roles say in words what a host is for.
var roles = map[services.Role]string{
	services.RoleMX:       "a server that takes mail from other servers (MX)",
	services.RoleIncoming: "a server for reading mail (IMAP or POP3)",
	services.RoleWeb:      "a web interface or an HTTPS API",
	services.RoleFormer:   "an earlier name",
	services.RoleWrong:    "no host of the service, though people write it",
}

func certain(o services.OtherHost) bool { return o.Confidence == services.Documented }

// mistaken is the rule that host must not be one of a known service's other hosts. It
// accepts a host that also takes mail without a login, on the port that the service
// documents for that.
func mistaken(code finding.Code, is func(services.OtherHost) bool) rule {
	return rule{code, func(s settings.Settings) (finding.Facts, bool) {
		h, ok := host(s)
		if !ok {
			return nil, false
		}
		service, other, found := services.Mistaken(h.Name)
		if !found || !is(other) {
			return nil, false
		}
		if direct, takesMail := services.ByHost(h.Name); takesMail && !s.HasCredentials().Or(false) {
			port, known := s.ResolvedPort().Get()
			if len(direct.On(int(port))) > 0 || !known || s.HasCredentials().IsUnknown() {
				return nil, false
			}
		}
		facts := finding.Facts{"host": h.Name, "service": service.Name, "role": roles[other.Role], "use": other.Use}
		if service.Page != "" {
			facts["page"] = service.Page
		}
		return facts, true
	}}
}

// named is the rule that the first label of an unknown name must not be one that by
// custom belongs to another kind of server.
func named(code finding.Code, label *lazyregexp.Regexp) rule {
	return rule{code, func(s settings.Settings) (finding.Facts, bool) {
		h, ok := stranger(s)
		first, rest, more := strings.Cut(h.Name, ".")
		return finding.Facts{"label": first, "rest": rest}, ok && more && label.MatchString(first)
	}}
}

// stranger returns the host if it is a name that no known service uses.
func stranger(s settings.Settings) (settings.Host, bool) {
	h, ok := host(s)
	if !ok || h.IsIP() {
		return h, false
	}
	_, known := services.ByHost(h.Name)
	_, _, other := services.Mistaken(h.Name)
	return h, !known && !other
}

// reserved are the domains that can't be registered (RFC 2606, RFC 6761).
var reserved = []string{"example.com", "example.net", "example.org", "example", "test", "invalid"}

// toFillIn matches labels that documentation puts in place of a name.
var toFillIn = lazyregexp.New(`^(your|my)[-_]?(domain|company|organi[sz]ation|host|hostname|mail-?server|smtp-?server|provider|tenant)[-_]?(name|here)?$|^(change-?me|replace-?me)$`)

func isPlaceholder(name string) bool {
	for _, domain := range reserved {
		if name == domain || strings.HasSuffix(name, "."+domain) {
			return true
		}
	}
	for label := range strings.SplitSeq(name, ".") {
		if toFillIn.MatchString(label) {
			return true
		}
	}
	return false
}

// unusable says what kind of address the host is, where it is one that no server has.
func unusable(h settings.Host) string {
	switch {
	case !h.IsIP():
		return ""
	case h.IP.IsUnspecified():
		return "the wildcard address"
	case h.IP.IsMulticast():
		return "a multicast address"
	case h.Name == "255.255.255.255":
		return "the broadcast address"
	}
	return ""
}
