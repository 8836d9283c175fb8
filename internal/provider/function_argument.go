package provider

import (
	"maps"
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/nearest"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// An objectKind is a parameter that takes an object. It has no fixed type: with one,
// Terraform would refuse an object that lacks an attribute, and an unknown attribute would
// make the whole result unknown.
type objectKind struct {
	argument string
	known    []string // attributes that the function uses
	beside   []string // attributes that it accepts and ignores
	example  string
}

// An objectArgument is an argument for such a parameter. Its first unreadable attribute
// sets failed.
type objectArgument struct {
	kind    objectKind
	members map[string]attr.Value
	failed  error
}

// read takes the argument apart. known is false if the whole object is known only at
// apply; null is an object without attributes.
func (k objectKind) read(value types.Dynamic) (o *objectArgument, known bool, err error) {
	o = &objectArgument{kind: k}
	switch underlying := value.UnderlyingValue().(type) {
	case basetypes.ObjectValue:
		if underlying.IsUnknown() {
			return nil, false, nil
		}
		o.members = underlying.Attributes()
	case basetypes.MapValue:
		if underlying.IsUnknown() {
			return nil, false, nil
		}
		o.members = underlying.Elements()
	default:
		if value.IsUnknown() {
			return nil, false, nil
		}
		if !value.IsNull() {
			return nil, true, k.problem("function-argument-object", nil)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.members)) {
		if !slices.Contains(k.known, name) && !slices.Contains(k.beside, name) {
			_, isMap := value.UnderlyingValue().(basetypes.MapValue)
			return nil, true, k.foreign(name, isMap)
		}
	}
	return o, true, nil
}

// foreign says which attribute the function doesn't take. The keys of a map may be
// anything, secrets too, so it shows only those that are arguments of a connection.
func (k objectKind) foreign(name string, isMap bool) error {
	facts := finding.Facts{"attribute": finding.Quote(name)}
	isArgument := slices.ContainsFunc(argumentRows, func(a attribute) bool { return a.name == name })
	isSecret := slices.ContainsFunc(argumentRows, func(a attribute) bool { return a.name == name && a.sensitive })
	switch meant, near := nearest.Of(name, k.known, 2); {
	case isMap && !isArgument:
		facts["attribute"] = "an attribute"
	case isSecret:
		facts["secret"] = name
	case near:
		facts["meant"] = meant
	}
	return k.problem("function-argument-attribute", facts)
}

func (k objectKind) problem(code finding.Code, facts finding.Facts) error {
	all := finding.Facts{"argument": k.argument, "known": strings.Join(k.known, ", "), "example": k.example}
	maps.Copy(all, facts)
	return &finding.Error{Code: code, Facts: all}
}

// wrongType records that an attribute has the wrong type.
func (o *objectArgument) wrongType(name, typ string) {
	if o.failed == nil {
		o.failed = o.kind.problem("function-argument-type", finding.Facts{"attribute": name, "type": typ})
	}
}

// member returns an attribute without the wrapping of an open type.
func (o *objectArgument) member(name string) attr.Value {
	v := o.members[name]
	if dynamic, ok := v.(basetypes.DynamicValue); ok && dynamic.UnderlyingValue() != nil {
		return dynamic.UnderlyingValue()
	}
	return v
}

// has reports whether the object has all of these attributes.
func (o *objectArgument) has(names []string) bool {
	return !slices.ContainsFunc(names, func(name string) bool { _, there := o.members[name]; return !there })
}

// complete reports whether nothing in the object is known only at apply.
func (o *objectArgument) complete() bool {
	for name := range o.members {
		v := o.member(name)
		if v != nil && v.IsUnknown() {
			return false
		}
		if list, ok := v.(elements); ok && slices.ContainsFunc(list.Elements(), attr.Value.IsUnknown) {
			return false
		}
	}
	return true
}

func (o *objectArgument) text(name string) settings.Value[string] {
	v := o.member(name)
	if text, ok := v.(basetypes.StringValue); ok {
		return textValue(text)
	}
	return untyped[string](o, name, v, "a text")
}

// number reads a whole number, or a text that contains one, as a variable of type string
// does.
func (o *objectArgument) number(name string) settings.Value[int64] {
	const typ = "a whole number"
	switch v := o.member(name).(type) {
	case basetypes.NumberValue:
		if v.IsNull() || v.IsUnknown() {
			return value(v, int64(0))
		}
		if n, exact := v.ValueBigFloat().Int64(); exact == big.Exact {
			return settings.Of(n)
		}
	case basetypes.StringValue:
		if v.IsNull() || v.IsUnknown() {
			return value(v, int64(0))
		}
		if n, err := strconv.ParseInt(v.ValueString(), 10, 64); err == nil {
			return settings.Of(n)
		}
	default:
		return untyped[int64](o, name, v, typ)
	}
	o.wrongType(name, typ)
	return settings.Value[int64]{}
}

func (o *objectArgument) boolean(name string) settings.Value[bool] {
	v := o.member(name)
	if word, ok := v.(basetypes.BoolValue); ok {
		return value(word, word.ValueBool())
	}
	return untyped[bool](o, name, v, "true or false")
}

// texts reads a list, a set or a tuple of texts with [texts] or [knownTexts].
func (o *objectArgument) texts(name string, read func(elements) settings.Value[[]string]) settings.Value[[]string] {
	const typ = "a list of texts"
	v, ok := o.member(name).(elements)
	if !ok {
		return untyped[[]string](o, name, o.member(name), typ)
	}
	for _, element := range v.Elements() {
		if _, isText := element.(basetypes.StringValue); element.IsNull() || !isText && !element.IsUnknown() {
			o.wrongType(name, typ)
		}
	}
	return read(v)
}

// untyped reads a value of another type. Null, and values that are known only at apply,
// may have no type at all.
func untyped[T any](o *objectArgument, name string, v attr.Value, typ string) settings.Value[T] {
	switch {
	case v == nil || v.IsNull():
		return settings.Value[T]{}
	case v.IsUnknown():
		return settings.Unknown[T]()
	}
	o.wrongType(name, typ)
	return settings.Value[T]{}
}

// oneOf reads a text that must be one of the given words.
func oneOf[T ~string](o *objectArgument, name string, words []T) settings.Value[T] {
	v := settings.Map(o.text(name), func(text string) T { return T(text) })
	if word, known := v.Get(); known && !slices.Contains(words, word) && o.failed == nil {
		o.failed = o.kind.problem("function-argument-word", finding.Facts{"attribute": name, "words": codeList(words)})
	}
	return v
}
