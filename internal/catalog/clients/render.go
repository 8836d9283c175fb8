package clients

import (
	"regexp"
	"slices"
	"strconv"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Object is a set of settings by name. Each value is a string, an int64, a bool,
// an Object, or a [Later].
type Object map[string]any

// Settings returns the connection in the client's own names, types and nesting,
// without any setting that holds a credential. A connection that it can't express,
// and a host that is none, come as a [*finding.Error].
func Settings(id string, c Connection) (Object, error) {
	client, c, err := able(id, c)
	if err != nil {
		return nil, err
	}
	return client.template(c.Mode, c.Auth).fill(words{plain: c.plain(), later: later(c.Later...)}), nil
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
func SecretSettings(id string, c Connection, credentials Credentials) (map[string]any, error) {
	client, c, err := able(id, c)
	if err != nil {
		return nil, err
	}
	if err := client.takes(c, credentials); err != nil {
		return nil, err
	}
	filled := client.template(c.Mode, c.Auth).fill(words{
		plain:       c.plain(),
		credentials: credentials.secret(),
		later:       later(append(slices.Clone(c.Later), credentials.Later...)...),
	})
	flat := filled.Flat()
	for name, value := range flat {
		if text, ok := value.(string); ok {
			flat[name] = secret.New(text)
		}
	}
	return flat, nil
}

// template merges the client's settings for one mode and one kind of credentials.
// The more specific ones come later and win.
func (c Client) template(mode settings.TLSMode, auth settings.Auth) template {
	whole := template{}
	for _, part := range []template{c.Settings, c.Auth[auth], c.Modes[mode].Settings, c.Modes[mode].Auth[auth]} {
		whole.merge(part)
	}
	return whole
}

// merge lays other over t; objects in both are merged.
func (t template) merge(other template) {
	for name, value := range other {
		if inner, ok := value.(map[string]any); ok {
			both := template{}
			if mine, ok := t[name].(map[string]any); ok {
				both.merge(mine)
			}
			both.merge(inner)
			value = map[string]any(both)
		}
		t[name] = value
	}
}

// words are what placeholders stand for. Those of credentials are nil where none
// are asked for.
type words struct {
	plain, credentials map[string]string
	later              map[string]bool
}

// fill fills the placeholders. Without credentials it leaves out the settings
// that hold one; with them, all the others. A setting whose placeholder has no
// value is left out either way, and so is an object without settings.
func (t template) fill(w words) Object {
	filled := Object{}
	for name, value := range t {
		switch value := value.(type) {
		case map[string]any:
			if inner := template(value).fill(w); len(inner) > 0 {
				filled[name] = inner
			}
		case string:
			if v, ok := w.expand(value); ok {
				filled[name] = v
			}
		case bool:
			if w.credentials == nil {
				filled[name] = value
			}
		}
	}
	return filled
}

var placeholder = regexp.MustCompile(`\{([a-z.]+)(?:\|([a-z]+))?\}`)

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
		if !ok && isCredential(name) {
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

// Flat returns the settings as texts under their names joined by dots; what is
// known only at apply stays a [Later].
func (o Object) Flat() map[string]any {
	flat := map[string]any{}
	flatten(flat, "", o)
	return flat
}

func flatten(into map[string]any, prefix string, object Object) {
	for name, value := range object {
		switch value := value.(type) {
		case Object:
			flatten(into, prefix+name+".", value)
		case int64:
			into[prefix+name] = strconv.FormatInt(value, 10)
		case bool:
			into[prefix+name] = strconv.FormatBool(value)
		default:
			into[prefix+name] = value
		}
	}
}
