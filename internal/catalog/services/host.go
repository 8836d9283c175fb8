package services

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// OptionError says that no host of a service goes with an option.
type OptionError struct {
	Service string   // id
	Option  string   // such as region
	Value   string   // empty where the option is missing
	Known   []string // values that exist, sorted; new ones may have come since
}

func (e *OptionError) Error() string {
	known := strings.Join(e.Known, ", ")
	switch {
	case e.Value == "":
		return fmt.Sprintf("%s needs the option %s, one of %s", e.Service, e.Option, known)
	case len(e.Known) == 0:
		return fmt.Sprintf("%s has no option %s", e.Service, e.Option)
	}
	return fmt.Sprintf("%s has no host for this %s; known are %s", e.Service, e.Option, known)
}

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
