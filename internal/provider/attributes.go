package provider

import (
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	ephemeralschema "github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// kind is the kind of block an attribute stands in.
type kind uint8

const (
	inResource kind = 1 << iota
	inDataSource
	inEphemeral

	everywhere = inResource | inDataSource | inEphemeral
)

// shape is the type of an attribute's value.
type shape uint8

const (
	text shape = iota
	number
	boolean
	textList
	textSet
	textMap
	object
	objectList
)

// attribute is one row of the schema that the three kinds of smtp_connection
// share. The framework has a schema package for each kind; the rows are turned
// into those by [resourceAttributes] and its siblings.
type attribute struct {
	name        string
	kinds       kind
	shape       shape
	required    bool
	computed    bool // alone: an output; with optional: has a computed default
	optional    bool
	sensitive   bool
	writeOnly   bool
	oneOf       []string // the words that a text may be; nil: any
	description string
	fields      []attribute // of an object, or of the objects of a list
}

func (a attribute) words() []validator.String {
	if a.oneOf == nil {
		return nil
	}
	return []validator.String{oneOfWords(a.oneOf)}
}

func resourceAttributes(rows []attribute) map[string]resourceschema.Attribute {
	out := map[string]resourceschema.Attribute{}
	for _, a := range rows {
		if a.kinds&inResource == 0 {
			continue
		}
		switch a.shape {
		case text:
			out[a.name] = resourceschema.StringAttribute{
				Required: a.required, Optional: a.optional, Computed: a.computed,
				Sensitive: a.sensitive, WriteOnly: a.writeOnly, MarkdownDescription: a.description,
				Validators: a.words(),
			}
		case number:
			made := resourceschema.Int64Attribute{
				Required: a.required, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
			}
			if a.optional {
				made.CustomType = wholeNumberType{}
			}
			out[a.name] = made
		case boolean:
			out[a.name] = resourceschema.BoolAttribute{
				Required: a.required, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
			}
		case textList:
			out[a.name] = resourceschema.ListAttribute{
				ElementType: types.StringType, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
			}
		case textSet:
			out[a.name] = resourceschema.SetAttribute{
				ElementType: types.StringType, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
			}
		case textMap:
			out[a.name] = resourceschema.MapAttribute{
				ElementType: types.StringType, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
			}
		case object:
			out[a.name] = resourceschema.SingleNestedAttribute{
				Computed: a.computed, MarkdownDescription: a.description, Attributes: resourceAttributes(a.fields),
			}
		}
	}
	return out
}

func dataSourceAttributes(rows []attribute) map[string]datasourceschema.Attribute {
	out := map[string]datasourceschema.Attribute{}
	for _, a := range rows {
		if a.kinds&inDataSource == 0 {
			continue
		}
		switch a.shape {
		case text:
			out[a.name] = datasourceschema.StringAttribute{
				Required: a.required, Optional: a.optional, Computed: a.computed,
				Sensitive: a.sensitive, MarkdownDescription: a.description,
				Validators: a.words(),
			}
		case number:
			made := datasourceschema.Int64Attribute{
				Required: a.required, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
			}
			if a.optional {
				made.CustomType = wholeNumberType{}
			}
			out[a.name] = made
		case boolean:
			out[a.name] = datasourceschema.BoolAttribute{
				Required: a.required, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
			}
		case textList:
			out[a.name] = datasourceschema.ListAttribute{
				ElementType: types.StringType, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
			}
		case textSet:
			out[a.name] = datasourceschema.SetAttribute{
				ElementType: types.StringType, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
			}
		case object:
			out[a.name] = datasourceschema.SingleNestedAttribute{
				Computed: a.computed, MarkdownDescription: a.description, Attributes: dataSourceAttributes(a.fields),
			}
		case objectList:
			out[a.name] = datasourceschema.ListNestedAttribute{
				Computed: a.computed, MarkdownDescription: a.description,
				NestedObject: datasourceschema.NestedAttributeObject{Attributes: dataSourceAttributes(a.fields)},
			}
		}
	}
	return out
}

// ephemeralAttributes converts: the framework's schemas of data sources and
// ephemerals are made of the same structs.
func ephemeralAttributes(rows []attribute) map[string]ephemeralschema.Attribute {
	out := map[string]ephemeralschema.Attribute{}
	for _, a := range rows {
		if a.kinds&inEphemeral == 0 {
			continue
		}
		a.kinds = inDataSource
		switch made := dataSourceAttributes([]attribute{a})[a.name].(type) {
		case datasourceschema.StringAttribute:
			out[a.name] = ephemeralschema.StringAttribute(made)
		case datasourceschema.Int64Attribute:
			out[a.name] = ephemeralschema.Int64Attribute(made)
		case datasourceschema.BoolAttribute:
			out[a.name] = ephemeralschema.BoolAttribute(made)
		case datasourceschema.ListAttribute:
			out[a.name] = ephemeralschema.ListAttribute(made)
		case datasourceschema.SetAttribute:
			out[a.name] = ephemeralschema.SetAttribute(made)
		case datasourceschema.SingleNestedAttribute:
			out[a.name] = ephemeralschema.SingleNestedAttribute{
				Computed: made.Computed, MarkdownDescription: made.MarkdownDescription,
				Attributes: ephemeralAttributes(a.fields),
			}
		}
	}
	return out
}
