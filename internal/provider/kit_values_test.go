package provider_test

import (
	"fmt"
	"maps"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// config is a configuration block, by the names of its arguments. Its values are
// texts, int, float64, bool, []any, map[string]any, nil for null, later for what
// is known only at apply, or a ready [tftypes.Value]. What is left out is null.
type config map[string]any

// later is a value that is unknown until apply.
const later = unknownValue("(known after apply)")

type unknownValue string

// with returns a copy of the block with some arguments changed.
func (c config) with(changes config) config {
	out := config{}
	maps.Copy(out, c)
	maps.Copy(out, changes)
	return out
}

// without returns a copy of the block that leaves an argument out.
func (c config) without(name string) config {
	out := c.with(nil)
	delete(out, name)
	return out
}

// encode turns a value into the protocol's form of the given type. A name that
// the type doesn't have ends the test.
func encode(t testing.TB, to tftypes.Type, value any) tftypes.Value {
	t.Helper()
	switch v := value.(type) {
	case tftypes.Value:
		return v
	case unknownValue:
		return tftypes.NewValue(to, tftypes.UnknownValue)
	case nil:
		return tftypes.NewValue(to, nil)
	case config:
		return encode(t, to, map[string]any(v))
	case int:
		return tftypes.NewValue(to, big.NewFloat(float64(v)))
	case float64:
		return tftypes.NewValue(to, big.NewFloat(v))
	case []any:
		element := elementType(t, to)
		elements := make([]tftypes.Value, 0, len(v))
		for _, e := range v {
			elements = append(elements, encode(t, element, e))
		}
		return tftypes.NewValue(to, elements)
	case map[string]any:
		return encodeMap(t, to, v)
	}
	return tftypes.NewValue(to, value)
}

func encodeMap(t testing.TB, to tftypes.Type, values map[string]any) tftypes.Value {
	t.Helper()
	out := map[string]tftypes.Value{}
	object, isObject := to.(tftypes.Object)
	if !isObject {
		for name, value := range values {
			out[name] = encode(t, elementType(t, to), value)
		}
		return tftypes.NewValue(to, out)
	}
	for name := range values {
		if _, has := object.AttributeTypes[name]; !has {
			t.Fatalf("the block has no argument %s", name)
		}
	}
	for name, typ := range object.AttributeTypes {
		out[name] = encode(t, typ, values[name])
	}
	return tftypes.NewValue(to, out)
}

func elementType(t testing.TB, of tftypes.Type) tftypes.Type {
	t.Helper()
	switch typ := of.(type) {
	case tftypes.List:
		return typ.ElementType
	case tftypes.Set:
		return typ.ElementType
	case tftypes.Map:
		return typ.ElementType
	}
	t.Fatalf("%s has no elements", of)
	return nil
}

// decode is the inverse of encode: numbers become int where they are whole.
func decode(t testing.TB, v tftypes.Value) any {
	t.Helper()
	var out any
	var err error
	switch {
	case !v.IsKnown():
		return later
	case v.IsNull():
		return nil
	case v.Type().Is(tftypes.String):
		var text string
		err = v.As(&text)
		out = text
	case v.Type().Is(tftypes.Bool):
		var word bool
		err = v.As(&word)
		out = word
	case v.Type().Is(tftypes.Number):
		var number big.Float
		err = v.As(&number)
		if whole, exact := number.Int64(); exact == big.Exact {
			out = int(whole)
		} else {
			out, _ = number.Float64()
		}
	case v.Type().Is(tftypes.Object{}), v.Type().Is(tftypes.Map{}):
		members := map[string]tftypes.Value{}
		err = v.As(&members)
		values := map[string]any{}
		for name, member := range members {
			values[name] = decode(t, member)
		}
		out = values
	default:
		var elements []tftypes.Value
		err = v.As(&elements)
		values := make([]any, 0, len(elements))
		for _, e := range elements {
			values = append(values, decode(t, e))
		}
		out = values
	}
	if err != nil {
		t.Fatal(fmt.Errorf("can't decode %s: %w", v, err))
	}
	return out
}

// same compares what a block holds with what it should, and shows both.
func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// contains ends the test unless the text has the part.
func contains(t testing.TB, text, part string) {
	t.Helper()
	if !strings.Contains(text, part) {
		t.Fatalf("%q is not in:\n%s", part, text)
	}
}

// sortedNames returns the names of a block's arguments.
func sortedNames(c config) []string { return slices.Sorted(maps.Keys(c)) }
