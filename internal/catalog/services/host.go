package services

import (
	"maps"
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// noHost says that no host of a service goes with an option, which is missing
// where its value is empty. It never repeats the value.
func (s Service) noHost(option, value string) error {
	e := &finding.Error{
		Code:  "function-option-unknown",
		Facts: finding.Facts{"service": s.ID, "option": option},
	}
	if value == "" {
		e.Code = "function-option-missing"
	}
	if known := s.values(option); len(known) > 0 { // new ones may have come since
		e.Facts["known"], e.Facts["example"] = strings.Join(known, ", "), known[0]
	}
	return e
}

// Host returns the submission host that the options choose, such as region =
// "eu"; without options the service's default. A wrong or missing option is an
// [*finding.Error].
func (s Service) Host(options map[string]string) (string, error) {
	for _, h := range s.Hosts {
		name, ok := h.with(options)
		if !ok {
			continue
		}
		if _, missing, _, open := split(name); open {
			return "", s.noHost(missing, "")
		}
		return name, nil
	}
	option := slices.Sorted(maps.Keys(options))[0]
	for _, o := range slices.Sorted(maps.Keys(options)) {
		if !slices.Contains(s.values(o), options[o]) {
			option = o
			break
		}
	}
	return "", s.noHost(option, options[option])
}

// with fills the options into a host; ok is false where one of them chooses
// another host.
func (h HostPattern) with(options map[string]string) (name string, ok bool) {
	_, placeholder, _, _ := split(h.Name)
	name = h.Name
	for option, value := range options {
		switch {
		case option == placeholder && isLabel(strings.ToLower(value)):
			name = fill(h.Name, strings.ToLower(value))
		case h.Options[option] != value || value == "":
			return "", false
		}
	}
	return name, true
}

// values lists what an option can be, sorted.
func (s Service) values(option string) []string {
	var values []string
	for _, h := range s.Hosts {
		if _, placeholder, _, _ := split(h.Name); placeholder == option {
			values = append(values, h.Values...)
		}
		if v, ok := h.Options[option]; ok {
			values = append(values, v)
		}
	}
	slices.Sort(values)
	return slices.Compact(values)
}

// Options lists the options that choose among the hosts, sorted.
func (s Service) Options() []string {
	known := map[string]bool{}
	for _, h := range s.Hosts {
		if _, placeholder, _, open := split(h.Name); open {
			known[placeholder] = true
		}
		for option := range h.Options {
			known[option] = true
		}
	}
	return slices.Sorted(maps.Keys(known))
}

// Auth returns the kind of credentials that a connection to the service has: an
// access token where passwords are refused or being switched off, and none in clear
// text.
func (s Service) Auth() settings.Auth {
	switch {
	case s.Username.Kind == UsernameNone, s.Recommended.TLSMode == settings.NoTLS:
		return settings.AuthNone
	case s.PasswordPolicy != PasswordAccepted && s.OAuth2 != OAuth2None:
		return settings.AuthOAuth2
	}
	return settings.AuthPassword
}

// Choose returns the endpoint with the given port and mode: the recommended one
// where neither is given, else the first that has what is given. One in clear text
// counts only where there is no login that it would show.
func (s Service) Choose(port settings.Value[int64], mode settings.Value[settings.TLSMode]) (Endpoint, bool) {
	fits := func(e Endpoint) bool {
		shown := e.TLSMode == settings.NoTLS && s.Auth() != settings.AuthNone
		return int(port.Or(int64(e.Port))) == e.Port && mode.Or(e.TLSMode) == e.TLSMode && !shown
	}
	if fits(s.Recommended) {
		return s.Recommended, true
	}
	i := slices.IndexFunc(s.Endpoints, func(e Endpoint) bool { return e.Port != 25 && fits(e) })
	if i < 0 {
		i = slices.IndexFunc(s.Endpoints, fits)
	}
	if i < 0 {
		return Endpoint{}, false
	}
	return s.Endpoints[i], true
}
