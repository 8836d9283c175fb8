package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

var credentialsKind = objectKind{
	argument: "credentials",
	known:    []string{"username", "password", "access_token"},
	example:  `{ username = …, password = … } or { username = …, access_token = … }`,
}

var clientSecretsFunction = providerFunction{
	name: "client_secrets",
	definition: function.Definition{
		Summary:             "The settings of a client that hold credentials",
		MarkdownDescription: "Returns the settings of a client that hold a credential, named as in `client_env`, user name included: one service's user name is its token. For clients that take a URL it is the whole URL. Sensitive credentials make the result sensitive, and ephemeral ones make it ephemeral as a whole, so that it can feed write-only attributes and is never stored. A user name that is no secret can stand in the settings instead, as `username`: it is then among those of `client_settings`, and only the secrets are here." + clientErrors,
		Parameters: []function.Parameter{
			settingsParameter, clientParameter,
			function.DynamicParameter{
				Name: "credentials", AllowUnknownValues: true, AllowNullValue: true,
				MarkdownDescription: "Object of `username` and `password`, or of `username` and `access_token`, of the kind that `auth` in the settings says; `{}` or null for `none`.",
			},
		},
		Return: function.MapReturn{ElementType: types.StringType},
	},
	run: func(ctx context.Context, arguments function.ArgumentsData) (attr.Value, *function.FuncError) {
		var given, secrets types.Dynamic
		var client string
		if failed := arguments.Get(ctx, &given, &client, &secrets); failed != nil {
			return nil, failed
		}
		cases, failed := clientConnections(given, client)
		if failed != nil {
			return nil, failed
		}
		object, known, err := credentialsKind.read(secrets)
		if err != nil {
			return nil, badArgument(2, err)
		}
		if !known {
			return types.MapUnknown(types.StringType), nil
		}
		credentials := credentialsOf(object)
		if object.failed != nil {
			return nil, badArgument(2, object.failed)
		}
		flat, failed := inAllCases(cases, func(conn clients.Connection) (clients.Object, error) {
			return clients.SecretSettings(client, conn, credentials)
		})
		if failed != nil {
			return nil, failed
		}
		if flat == nil {
			return types.MapUnknown(types.StringType), nil
		}
		return mapOf(flat), nil
	},
}

func credentialsOf(o *objectArgument) clients.Credentials {
	var c clients.Credentials
	for _, part := range []struct {
		name string
		keep func(string)
	}{
		{"username", func(text string) { c.Username = text }},
		{"password", func(text string) { c.Password = secret.New(text) }},
		{"access_token", func(text string) { c.AccessToken = secret.New(text) }},
	} {
		v := o.text(part.name)
		if text, known := v.Get(); known {
			part.keep(text)
		} else if v.IsUnknown() {
			c.Later = append(c.Later, part.name)
		}
	}
	return c
}

// mapOf returns flat settings as a map of texts, including secrets: Terraform marks the
// result like the arguments.
func mapOf(flat map[string]any) types.Map {
	values := map[string]attr.Value{}
	for name, value := range flat {
		switch v := value.(type) {
		case string:
			values[name] = types.StringValue(v)
		case secret.String:
			values[name] = types.StringValue(v.Reveal())
		default:
			values[name] = types.StringUnknown()
		}
	}
	return types.MapValueMust(types.StringType, values)
}
