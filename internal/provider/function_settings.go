package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// settingsKind is the argument that most functions take first.
var settingsKind = objectKind{
	argument: "settings",
	known:    []string{"host", "port", "tls_mode", "auth", "from"},
	example:  "the computed object of a connection as it is: smtp_connection.mail.settings",
}

const settingsDescription = "The computed object `settings` of a connection (never the whole connection), or a plain object of its shape: `host`, `port`, `tls_mode`, `auth` (`none`, `password` or `oauth2`), `from`. `port` and `tls_mode` follow from each other where one is left out or null, as in the connection; `from` may be left out. What is known only at apply leaves unknown what depends on it alone."

var settingsParameter = function.DynamicParameter{
	Name: "settings", AllowUnknownValues: true, MarkdownDescription: settingsDescription,
}

// declared returns the settings of an object of that shape.
func declared(o *objectArgument) settings.Settings {
	return settings.Settings{
		Host:     o.text("host"),
		Port:     o.number("port"),
		TLSMode:  settings.Map(o.text("tls_mode"), func(word string) settings.TLSMode { return settings.TLSMode(word) }),
		From:     o.text("from"),
		AuthKind: oneOf(o, "auth", settings.Auths),
	}
}

// settingsObject is the inverse of declared.
func settingsObject(s settings.Settings) types.Object {
	return types.ObjectValueMust(settingsTypes, map[string]attr.Value{
		"host":     textOf(s.Host),
		"port":     numberOf(s.Port),
		"tls_mode": textOf(s.TLSMode),
		"auth":     textOf(s.AuthKind),
		"from":     textOf(s.From),
	})
}

// textOf is the inverse of textValue and word.
func textOf[T ~string](v settings.Value[T]) types.String {
	switch word, known := v.Get(); {
	case known:
		return types.StringValue(string(word))
	case v.IsUnknown():
		return types.StringUnknown()
	}
	return types.StringNull()
}

func numberOf(v settings.Value[int64]) types.Int64 {
	switch number, known := v.Get(); {
	case known:
		return types.Int64Value(number)
	case v.IsUnknown():
		return types.Int64Unknown()
	}
	return types.Int64Null()
}
