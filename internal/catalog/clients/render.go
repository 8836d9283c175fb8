package clients

import (
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Object is a set of settings by name. Each value is a string, an int64, a bool,
// an Object, a List, or a [Later].
type Object map[string]any

// List is a setting that is a list, mostly of objects.
type List []any

// Settings returns the connection in the client's own names, types and nesting,
// without any setting that holds a credential. A connection that it can't express,
// and a host that is none, come as a [*finding.Error].
func Settings(id string, c Connection) (Object, error) {
	client, c, err := able(id, c)
	if err != nil {
		return nil, err
	}
	return client.template(c).render(words{plain: c.plain(), later: later(c.Later...), named: c.named()}), nil
}

// queryKey is where a template holds the parameters of a URL, for a client that
// takes in its URL what others take as settings. They become {query}.
const queryKey = "?"

// render fills the placeholders, the parameters of a URL first.
func (t template) render(w words) Object {
	parameters, _ := t[queryKey].(map[string]any)
	delete(t, queryKey)
	plain := words{plain: w.plain, later: w.later, named: w.named}
	var query []string
	for name, value := range template(parameters).fill(plain).Flat() {
		text, known := value.(string)
		w.later["query"] = w.later["query"] || !known
		query = append(query, settings.PercentEncode(name)+"="+settings.PercentEncode(text))
	}
	slices.Sort(query)
	w.plain["query"] = ""
	if len(query) > 0 {
		w.plain["query"] = "?" + strings.Join(query, "&")
	}
	return t.fill(w)
}

// Env returns the same as [Settings], flat and as texts: for environments,
// config maps and for_each. The names of nested settings are joined by dots.
// What is known only at apply is left out; [Object.Flat] keeps it.
func Env(id string, c Connection) (map[string]string, error) {
	object, err := Settings(id, c)
	if err != nil {
		return nil, err
	}
	env := map[string]string{}
	for name, value := range object.Flat() {
		if text, ok := value.(string); ok {
			env[name] = text
		}
	}
	return env, nil
}

// Secrets returns the settings that hold a credential, user name included,
// named as in [Env]. Credentials that don't fit the connection or the client
// come as a [*finding.Error], which never repeats them.
func Secrets(id string, c Connection, credentials Credentials) (map[string]secret.String, error) {
	object, err := SecretSettings(id, c, credentials)
	if err != nil {
		return nil, err
	}
	secrets := map[string]secret.String{}
	for name, value := range object {
		if text, ok := value.(secret.String); ok {
			secrets[name] = text
		}
	}
	return secrets, nil
}

// SecretSettings is [Secrets] for what is known in part: each value is a
// [secret.String] or a [Later].
func SecretSettings(id string, c Connection, credentials Credentials) (Object, error) {
	client, c, err := able(id, c)
	if err != nil {
		return nil, err
	}
	if credentials.Username == "" && !slices.Contains(credentials.Later, "username") {
		credentials.Username = c.Username
		if slices.Contains(c.Later, "username") {
			credentials.Later = append(slices.Clone(credentials.Later), "username")
		}
	}
	if err := client.takes(c, credentials); err != nil {
		return nil, err
	}
	filled := client.template(c).render(words{
		plain:       c.plain(),
		credentials: credentials.secret(),
		named:       c.named(),
		later:       later(append(slices.Clone(c.Later), credentials.Later...)...),
	})
	flat := Object(filled.Flat())
	for name, value := range flat {
		if text, ok := value.(string); ok {
			flat[name] = secret.New(text)
		}
	}
	return flat, nil
}

// template merges the client's settings for a connection. The more specific ones
// come later and win.
func (c Client) template(conn Connection) template {
	mode, whole := c.Modes[conn.Mode], template{}
	for _, part := range append([]template{c.Settings, c.Auth[conn.Auth], mode.Settings, mode.Auth[conn.Auth]}, c.told(conn)...) {
		whole.merge(part)
	}
	return whole
}

// merge lays other over t.
func (t template) merge(other template) {
	for name, value := range other {
		t[name] = merged(t[name], value)
	}
}

// merged lays one value over another. Objects in both are merged, and so are lists
// of the same length, place by place.
func merged(under, over any) any {
	switch over := over.(type) {
	case map[string]any:
		both := template{}
		if under, ok := under.(map[string]any); ok {
			both.merge(under)
		}
		both.merge(over)
		return map[string]any(both)
	case []any:
		below, ok := under.([]any)
		if !ok || len(below) != len(over) {
			below = make([]any, len(over))
		}
		both := make([]any, 0, len(over))
		for i, value := range over {
			both = append(both, merged(below[i], value))
		}
		return both
	}
	return over
}

// words are what placeholders stand for. Those of credentials are nil where none
// are asked for.
type words struct {
	plain, credentials map[string]string
	later              map[string]bool
	named              bool // the user name stands among the settings
}

// fill fills the placeholders. Without credentials it leaves out the settings
// that hold one; with them, all the others. A setting whose placeholder has no
// value is left out either way, and so is an object without settings.
func (t template) fill(w words) Object {
	filled := Object{}
	for name, value := range t {
		if v, ok := w.value(value); ok {
			filled[name] = v
		}
	}
	return filled
}

// value fills one value, and reports whether anything of it belongs to what is
// asked for. A list keeps its places.
func (w words) value(value any) (any, bool) {
	switch value := value.(type) {
	case map[string]any:
		inner := template(value).fill(w)
		return inner, len(inner) > 0
	case []any:
		list, belongs := List{}, false
		for _, element := range value {
			v, ok := w.value(element)
			if !ok {
				v = Object{}
			}
			list, belongs = append(list, v), belongs || ok
		}
		return list, belongs
	case string:
		return w.expand(value)
	case float64:
		return int64(value), w.credentials == nil
	case bool:
		return value, w.credentials == nil
	}
	return nil, false
}

var placeholder = lazyregexp.New(`\{([a-z.]+)(?:\|([a-z]+))?\}`)

// filters change how a value is written. "number" stands for a setting that is
// a number.
var filters = map[string]func(string) string{
	"":       func(text string) string { return text },
	"url":    settings.PercentEncode,
	"number": func(text string) string { return text },
}

// expand fills one text, and reports whether it belongs to what is asked for.
func (w words) expand(text string) (any, bool) {
	isSecret, complete, isNumber, isLater := false, true, false, false
	filled := placeholder.ReplaceAllStringFunc(text, func(p string) string {
		parts := placeholder.FindStringSubmatch(p)
		name, filter := parts[1], parts[2]
		value, ok := w.plain[name]
		if !ok && isCredential(name) && (name != "username" || !w.named) {
			isSecret = true
			value, ok = w.credentials[name]
		}
		complete = complete && (ok || w.later[name])
		isLater = isLater || w.later[name]
		isNumber = filter == "number"
		if name == "host" && filter == "url" {
			return inURL(value)
		}
		return filters[filter](value)
	})
	switch {
	case !complete || isSecret != (w.credentials != nil):
		return nil, false
	case isLater:
		return Later{Number: isNumber}, true
	case isNumber:
		n, err := strconv.ParseInt(filled, 10, 64)
		return n, err == nil
	}
	return filled, true
}

// Common returns what holds for both of two renderings of a client's settings: a
// value in which they differ is a [Later]. It is not ok where they differ in their
// names or types.
func (o Object) Common(other Object) (both Object, ok bool) {
	if len(o) != len(other) {
		return nil, false
	}
	both = Object{}
	for name, value := range o {
		second, there := other[name]
		if both[name], ok = common(value, second); !there || !ok {
			return nil, false
		}
	}
	return both, true
}

func common(a, b any) (any, bool) {
	if reflect.DeepEqual(a, b) {
		return a, true
	}
	switch a := a.(type) {
	case Object:
		if b, ok := b.(Object); ok {
			return a.Common(b)
		}
		return nil, false
	case List:
		b, ok := b.(List)
		if !ok || len(a) != len(b) {
			return nil, false
		}
		both := make(List, 0, len(a))
		for i := range a {
			element, ok := common(a[i], b[i])
			if !ok {
				return nil, false
			}
			both = append(both, element)
		}
		return both, true
	}
	kind, plain := laterOf(a)
	other, too := laterOf(b)
	return kind, plain && too && kind == other
}

// laterOf returns what stands for a value while it is not known, and whether it is
// no object or list.
func laterOf(value any) (Later, bool) {
	switch value := value.(type) {
	case Later:
		return value, true
	case int64:
		return Later{Number: true}, true
	case bool:
		return Later{Bool: true}, true
	case Object, List, nil:
		return Later{}, false
	}
	return Later{}, true
}

// Flat returns the settings as texts under their names joined by dots; what is
// known only at apply stays a [Later].
func (o Object) Flat() map[string]any {
	flat := map[string]any{}
	flatten(flat, "", o)
	return flat
}

func flatten(into map[string]any, prefix string, object map[string]any) {
	for name, value := range object {
		switch value := value.(type) {
		case Object:
			flatten(into, prefix+name+".", value)
		case map[string]any:
			flatten(into, prefix+name+".", value)
		case List:
			flatten(into, prefix+name+".", byPlace(value))
		case []any:
			flatten(into, prefix+name+".", byPlace(value))
		case int64:
			into[prefix+name] = strconv.FormatInt(value, 10)
		case bool:
			into[prefix+name] = strconv.FormatBool(value)
		default:
			into[prefix+name] = value
		}
	}
}

// byPlace names the elements of a list by their places.
func byPlace(list []any) map[string]any {
	elements := map[string]any{}
	for i, element := range list {
		elements[strconv.Itoa(i)] = element
	}
	return elements
}

// placeholders are the names of those in the texts, however deep.
func (t template) placeholders() []string {
	var found []string
	for _, value := range Object(t).Flat() {
		text, _ := value.(string)
		for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
			found = append(found, match[1])
		}
	}
	return found
}
