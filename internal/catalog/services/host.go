package services

import (
	"maps"
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// OptionError says that no host of a service goes with an option. It implements
// [finding.Coded] and never repeats the value.
type OptionError struct {
	Service string   // id
	Option  string   // such as region
	Value   string   // empty where the option is missing
	Known   []string // values that exist, sorted; new ones may have come since
}

func (e *OptionError) Error() string {
	return string(e.Code()) + ": " + finding.New(e.Code(), e.Evidence()).Summary
}

// Code implements [finding.Coded].
func (e *OptionError) Code() finding.Code {
	if e.Value == "" {
		return "function-option-missing"
	}
	return "function-option-unknown"
}

// Evidence implements [finding.Coded].
func (e *OptionError) Evidence() finding.Evidence {
	facts := finding.Facts{"service": e.Service, "option": e.Option}
	if len(e.Known) > 0 {
		facts["known"], facts["example"] = strings.Join(e.Known, ", "), e.Known[0]
	}
	return finding.Evidence{Facts: facts}
}

var _ finding.Coded = (*OptionError)(nil)

// Host returns the submission host that the options choose, such as region =
// "eu"; without options the service's default. A wrong or missing option is an
// [*OptionError].
func (s Service) Host(options map[string]string) (string, error) {
	for _, h := range s.Hosts {
		name, ok := h.with(options)
		if !ok {
			continue
		}
		if _, missing, _, open := split(name); open {
			return "", &OptionError{Service: s.ID, Option: missing, Known: s.values(missing)}
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
	return "", &OptionError{Service: s.ID, Option: option, Value: options[option], Known: s.values(option)}
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
// access token where passwords are refused or being switched off.
func (s Service) Auth() settings.Auth {
	switch {
	case s.Username.Kind == UsernameNone:
		return settings.AuthNone
	case s.PasswordPolicy != PasswordAccepted && s.OAuth2 != OAuth2None:
		return settings.AuthOAuth2
	}
	return settings.AuthPassword
}

// Choose returns the endpoint with the given port and mode: the recommended one
// where neither is given, else the first that has what is given.
func (s Service) Choose(port settings.Value[int64], mode settings.Value[settings.TLSMode]) (Endpoint, bool) {
	fits := func(e Endpoint) bool {
		return int(port.Or(int64(e.Port))) == e.Port && mode.Or(e.TLSMode) == e.TLSMode
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
