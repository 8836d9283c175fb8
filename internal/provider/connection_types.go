package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// The types of the computed objects, from their rows in the schema.
var (
	clientOptionTypes = fieldTypes(plannedRows, "client_options")
	settingsTypes     = fieldTypes(plannedRows, "settings")
	serverTypes       = fieldTypes(probedRows, "server_info")
	tlsTypes          = fieldTypes(probedRows, "tls_session")
	findingTypes      = fieldTypes(probedRows, "findings")
	fixTypes          = fieldTypes(fieldsOf(probedRows, "findings"), "fixes")
	certificateTypes  = fieldTypes(fieldsOf(probedRows, "tls_session"), "certificate")
)

func fieldTypes(rows []attribute, name string) map[string]attr.Type {
	return typesOf(fieldsOf(rows, name))
}

func fieldsOf(rows []attribute, name string) []attribute {
	for _, a := range rows {
		if a.name == name {
			return a.fields
		}
	}
	panic("provider: no object is called " + name)
}

func typesOf(rows []attribute) map[string]attr.Type {
	out := map[string]attr.Type{}
	for _, a := range rows {
		switch a.shape {
		case text:
			out[a.name] = types.StringType
		case number:
			out[a.name] = types.Int64Type
		case boolean:
			out[a.name] = types.BoolType
		case textList:
			out[a.name] = types.ListType{ElemType: types.StringType}
		case textSet:
			out[a.name] = types.SetType{ElemType: types.StringType}
		case textMap:
			out[a.name] = types.MapType{ElemType: types.StringType}
		case object:
			out[a.name] = types.ObjectType{AttrTypes: typesOf(a.fields)}
		case objectList:
			out[a.name] = types.ListType{ElemType: types.ObjectType{AttrTypes: typesOf(a.fields)}}
		}
	}
	return out
}
