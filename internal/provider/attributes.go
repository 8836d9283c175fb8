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
// share. The framework has a schema package for each kind; [resourceAttributes] and
// its siblings turn the rows into its types.
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

// forms are an attribute in the schema package of each kind of block. One is nil if that
// kind has no attribute of the shape.
type forms struct {
	resource   resourceschema.Attribute
	dataSource datasourceschema.Attribute
	ephemeral  ephemeralschema.Attribute
}

// forms makes an attribute for each kind. Data sources and ephemerals have the same
// structs. An unknown shape is a mistake in a row.
func (a attribute) forms() forms {
	switch a.shape {
	case text:
		made := datasourceschema.StringAttribute{
			Required: a.required, Optional: a.optional, Computed: a.computed, Sensitive: a.sensitive,
			MarkdownDescription: a.description, Validators: a.words(),
		}
		return forms{resourceschema.StringAttribute{
			Required: a.required, Optional: a.optional, Computed: a.computed, Sensitive: a.sensitive, WriteOnly: a.writeOnly,
			MarkdownDescription: a.description, Validators: a.words(),
		}, made, ephemeralschema.StringAttribute(made)}
	case number:
		made := datasourceschema.Int64Attribute{
			Required: a.required, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
		}
		if a.optional {
			made.CustomType = wholeNumberType{}
		}
		return forms{resourceschema.Int64Attribute{
			CustomType: made.CustomType, Required: a.required, Optional: a.optional, Computed: a.computed,
			MarkdownDescription: a.description,
		}, made, ephemeralschema.Int64Attribute(made)}
	case boolean:
		made := datasourceschema.BoolAttribute{
			Required: a.required, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
		}
		return forms{resourceschema.BoolAttribute{
			Required: a.required, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
		}, made, ephemeralschema.BoolAttribute(made)}
	case textList:
		made := datasourceschema.ListAttribute{
			ElementType: types.StringType, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
			Validators: []validator.List{withoutNull{}},
		}
		return forms{resourceschema.ListAttribute{
			ElementType: types.StringType, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
			Validators: made.Validators,
		}, made, ephemeralschema.ListAttribute(made)}
	case textSet:
		made := datasourceschema.SetAttribute{
			ElementType: types.StringType, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
			Validators: []validator.Set{withoutNull{}},
		}
		return forms{resourceschema.SetAttribute{
			ElementType: types.StringType, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
			Validators: made.Validators,
		}, made, ephemeralschema.SetAttribute(made)}
	case textMap:
		made := datasourceschema.MapAttribute{
			ElementType: types.StringType, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
		}
		return forms{resourceschema.MapAttribute{
			ElementType: types.StringType, Optional: a.optional, Computed: a.computed, MarkdownDescription: a.description,
		}, made, ephemeralschema.MapAttribute(made)}
	case object:
		return forms{
			resourceschema.SingleNestedAttribute{
				Computed: a.computed, MarkdownDescription: a.description, Attributes: resourceAttributes(a.fields),
			},
			datasourceschema.SingleNestedAttribute{
				Computed: a.computed, MarkdownDescription: a.description, Attributes: dataSourceAttributes(a.fields),
			},
			ephemeralschema.SingleNestedAttribute{
				Computed: a.computed, MarkdownDescription: a.description, Attributes: ephemeralAttributes(a.fields),
			},
		}
	case objectList:
		return forms{dataSource: datasourceschema.ListNestedAttribute{
			Computed: a.computed, MarkdownDescription: a.description,
			NestedObject: datasourceschema.NestedAttributeObject{Attributes: dataSourceAttributes(a.fields)},
		}}
	}
	panic("provider: " + a.name + " has an unknown shape")
}

func resourceAttributes(rows []attribute) map[string]resourceschema.Attribute {
	return collect(rows, inResource, func(f forms) resourceschema.Attribute { return f.resource })
}

func dataSourceAttributes(rows []attribute) map[string]datasourceschema.Attribute {
	return collect(rows, inDataSource, func(f forms) datasourceschema.Attribute { return f.dataSource })
}

func ephemeralAttributes(rows []attribute) map[string]ephemeralschema.Attribute {
	return collect(rows, inEphemeral, func(f forms) ephemeralschema.Attribute { return f.ephemeral })
}

// collect returns the attributes of one kind. It is a mistake if that kind has no
// attribute of a row's shape.
func collect[T any](rows []attribute, in kind, form func(forms) T) map[string]T {
	out := map[string]T{}
	for _, a := range rows {
		if a.kinds&in == 0 {
			continue
		}
		made := form(a.forms())
		if any(made) == nil {
			panic("provider: no attribute of its kind has the shape of " + a.name)
		}
		out[a.name] = made
	}
	return out
}
