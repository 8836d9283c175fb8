package services

import "strings"

// index finds values by host name: exact names first, then names with one
// {placeholder}.
type index[T any] struct {
	exact    map[string]T
	patterns []pattern[T]
}

type pattern[T any] struct {
	before, after string
	value         T
}

func (x *index[T]) add(name string, value T) {
	if before, _, after, ok := split(name); ok {
		x.patterns = append(x.patterns, pattern[T]{before, after, value})
		return
	}
	if x.exact == nil {
		x.exact = map[string]T{}
	}
	x.exact[name] = value
}

// find returns the value for a folded name, and what its placeholder stands for.
func (x *index[T]) find(name string) (value T, filled string, ok bool) {
	if v, found := x.exact[name]; found {
		return v, "", true
	}
	for _, p := range x.patterns {
		rest, begins := strings.CutPrefix(name, p.before)
		middle, ends := strings.CutSuffix(rest, p.after)
		if begins && ends && isLabel(middle) {
			return p.value, middle, true
		}
	}
	return value, "", false
}

// split takes a name apart at its placeholder.
func split(name string) (before, placeholder, after string, ok bool) {
	before, rest, opened := strings.Cut(name, "{")
	placeholder, after, closed := strings.Cut(rest, "}")
	return before, placeholder, after, opened && closed
}

// fill puts a value in the place of the placeholder, if there is one.
func fill(name, value string) string {
	before, _, after, ok := split(name)
	if !ok {
		return name
	}
	return before + value + after
}

// isLabel reports whether a text can stand for a placeholder: letters, digits
// and hyphens, no dot, and no hyphen at either end.
func isLabel(text string) bool {
	return text != "" && len(text) <= 63 && strings.Trim(text, "-") == text && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// names are the host names that a pattern is known to stand for.
func (h HostPattern) names() []string {
	if _, _, _, ok := split(h.Name); !ok {
		return []string{h.Name}
	}
	names := make([]string, 0, len(h.Values))
	for _, v := range h.Values {
		names = append(names, fill(h.Name, v))
	}
	return names
}

// Example returns a name of the pattern: the pattern itself if it has no placeholder,
// else with a known value, or with "example" if none is known.
func (h HostPattern) Example() string {
	if names := h.names(); len(names) > 0 {
		return names[0]
	}
	return fill(h.Name, "example")
}

// fold brings a host into the form of the data.
func fold(host string) string { return strings.ToLower(strings.TrimSuffix(host, ".")) }
