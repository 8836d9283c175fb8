package provider_test

import (
	"math/big"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// object is an object as it is typed in HCL: it has the attributes that are in
// it, and null has no type.
type object map[string]any

// typed gives a value the type that Terraform infers for it.
func typed(t testing.TB, value any) tftypes.Value {
	t.Helper()
	switch v := value.(type) {
	case tftypes.Value:
		return v
	case nil:
		return tftypes.NewValue(tftypes.DynamicPseudoType, nil)
	case unknownValue:
		return tftypes.NewValue(tftypes.DynamicPseudoType, tftypes.UnknownValue)
	case string:
		return tftypes.NewValue(tftypes.String, v)
	case bool:
		return tftypes.NewValue(tftypes.Bool, v)
	case int:
		return tftypes.NewValue(tftypes.Number, big.NewFloat(float64(v)))
	case float64:
		return tftypes.NewValue(tftypes.Number, big.NewFloat(v))
	case []any:
		types, values := []tftypes.Type{}, []tftypes.Value{}
		for _, e := range v {
			element := typed(t, e)
			types, values = append(types, element.Type()), append(values, element)
		}
		return tftypes.NewValue(tftypes.Tuple{ElementTypes: types}, values)
	case object:
		types, values := map[string]tftypes.Type{}, map[string]tftypes.Value{}
		for name, e := range v {
			values[name] = typed(t, e)
			types[name] = values[name].Type()
		}
		return tftypes.NewValue(tftypes.Object{AttributeTypes: types}, values)
	}
	t.Fatalf("no type for %T", value)
	return tftypes.Value{}
}

// call calls a function as Terraform does; the result is in the form of
// [decode], the error nil where there is none.
func (s *served) call(name string, arguments ...any) (any, *tfprotov6.FunctionError) {
	s.Helper()
	result, failed := s.result(name, arguments...)
	if failed != nil {
		return nil, failed
	}
	return decode(s, result), nil
}

// result is call, in the form of the protocol.
func (s *served) result(name string, arguments ...any) (tftypes.Value, *tfprotov6.FunctionError) {
	s.Helper()
	definition, ok := s.schemas.Functions[name]
	if !ok {
		s.Fatalf("no function %s", name)
	}
	sent := make([]*tfprotov6.DynamicValue, 0, len(arguments))
	for i, argument := range arguments {
		parameter := definition.VariadicParameter
		if i < len(definition.Parameters) {
			parameter = definition.Parameters[i]
		}
		d, err := tfprotov6.NewDynamicValue(parameter.Type, typed(s, argument))
		s.ok(err)
		sent = append(sent, &d)
	}
	resp, err := s.CallFunction(s.Context(), &tfprotov6.CallFunctionRequest{Name: name, Arguments: sent})
	s.ok(err)
	if resp.Error != nil {
		return tftypes.Value{}, resp.Error
	}
	result, err := resp.Result.Unmarshal(definition.Return.Type)
	s.ok(err)
	return result, nil
}

// textMap is a map of texts with one key.
func textMap(key, value string) tftypes.Value {
	return tftypes.NewValue(tftypes.Map{ElementType: tftypes.String}, map[string]tftypes.Value{key: tftypes.NewValue(tftypes.String, value)})
}
