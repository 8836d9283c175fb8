package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

var clientParameter = function.StringParameter{
	Name: "client", MarkdownDescription: "Id of the client, such as `grafana` or `django`. The guide to clients lists every one.",
}

const clientErrors = " If the client can't express the connection, the error says why, and with which port or mode it could."

var clientSettingsFunction = providerFunction{
	name: "client_settings",
	definition: function.Definition{
		Summary:             "Settings in the names and types of a client",
		MarkdownDescription: "Returns an object with exactly the settings that a library or application expects for the connection, in its own names, types and nesting. No setting in it holds a credential; those come from `client_secrets`." + clientErrors,
		Parameters:          []function.Parameter{settingsParameter, clientParameter},
		Return:              function.DynamicReturn{},
	},
	run: func(ctx context.Context, arguments function.ArgumentsData) (attr.Value, *function.FuncError) {
		object, failed := clientObject(ctx, arguments)
		if failed != nil {
			return nil, failed
		}
		if object == nil {
			return types.DynamicUnknown(), nil
		}
		return types.DynamicValue(objectOf(object)), nil
	},
}

var clientEnvFunction = providerFunction{
	name: "client_env",
	definition: function.Definition{
		Summary:             "Settings of a client as a flat map of texts",
		MarkdownDescription: "Returns the same settings as `client_settings`, flat and as texts: for the environment of a container, config maps and `for_each`. The names of nested settings are joined by dots." + clientErrors,
		Parameters:          []function.Parameter{settingsParameter, clientParameter},
		Return:              function.MapReturn{ElementType: types.StringType},
	},
	run: func(ctx context.Context, arguments function.ArgumentsData) (attr.Value, *function.FuncError) {
		object, failed := clientObject(ctx, arguments)
		if failed != nil {
			return nil, failed
		}
		if object == nil {
			return types.MapUnknown(types.StringType), nil
		}
		return mapOf(object.Flat()), nil
	},
}

// clientObject returns the settings of the client, or nil where not even their
// names are known yet.
func clientObject(ctx context.Context, arguments function.ArgumentsData) (clients.Object, *function.FuncError) {
	var given types.Dynamic
	var client string
	if failed := arguments.Get(ctx, &given, &client); failed != nil {
		return nil, failed
	}
	conn, decided, failed := clientConnection(given, client)
	if failed != nil || !decided {
		return nil, failed
	}
	object, err := clients.Settings(client, conn)
	if err != nil {
		return nil, unfit(err)
	}
	// A sender that turns out to be null takes its settings away.
	without := conn
	without.Later = slices.DeleteFunc(slices.Clone(conn.Later), func(part string) bool { return part == "from" })
	other, err := clients.Settings(client, without)
	if err != nil {
		return nil, unfit(err)
	}
	if len(other.Flat()) != len(object.Flat()) {
		return nil, nil
	}
	return object, nil
}

// clientConnection reads the settings. It is undecided while mode or auth are
// unknown: which settings a client has depends on them.
func clientConnection(given types.Dynamic, client string) (clients.Connection, bool, *function.FuncError) {
	object, known, err := settingsKind.read(given)
	if err != nil {
		return clients.Connection{}, false, badArgument(0, err)
	}
	if _, exists := clients.Lookup(client); !exists {
		return clients.Connection{}, false, unfit(clients.Check(client, clients.Connection{})[0])
	}
	if !known {
		return clients.Connection{}, false, nil
	}
	s := declared(object)
	if object.failed != nil {
		return clients.Connection{}, false, badArgument(0, object.failed)
	}
	port, mode := s.ResolvedPort(), s.ResolvedMode()
	conn := clients.Connection{
		Host: s.Host.Or(""), Port: int(port.Or(0)), Mode: mode.Or(""), Auth: s.AuthKind.Or(""), From: s.From.Or(""),
	}
	for _, part := range []struct {
		name  string
		later bool
	}{{"host", s.Host.IsUnknown()}, {"port", port.IsUnknown()}, {"from", s.From.IsUnknown()}} {
		if part.later {
			conn.Later = append(conn.Later, part.name)
		}
	}
	return conn, !mode.IsUnknown() && !s.AuthKind.IsUnknown(), nil
}

// unfit shows what keeps a client from using the connection at the argument that
// it is about.
func unfit(err error) *function.FuncError {
	position := int64(0)
	switch finding.Of(err).Code {
	case "client-unknown", "client-mode-impossible", "client-cannot-express":
		position = 1
	case "client-credentials", "client-credential-characters":
		position = 2
	}
	return badArgument(position, err)
}

// objectOf returns the settings with the client's types and nesting.
func objectOf(o clients.Object) types.Object {
	typed, values := map[string]attr.Type{}, map[string]attr.Value{}
	for name, value := range o {
		switch v := value.(type) {
		case clients.Object:
			inner := objectOf(v)
			typed[name], values[name] = types.ObjectType{AttrTypes: inner.AttributeTypes(context.Background())}, inner
		case int64:
			typed[name], values[name] = types.Int64Type, types.Int64Value(v)
		case bool:
			typed[name], values[name] = types.BoolType, types.BoolValue(v)
		case string:
			typed[name], values[name] = types.StringType, types.StringValue(v)
		case clients.Later:
			typed[name], values[name] = types.StringType, types.StringUnknown()
			if v.Number {
				typed[name], values[name] = types.Int64Type, types.Int64Unknown()
			}
		}
	}
	return types.ObjectValueMust(typed, values)
}
