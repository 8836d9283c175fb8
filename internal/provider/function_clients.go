package provider

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
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

// clientObject returns the settings of the client, or nil if not even their names are
// known yet.
func clientObject(ctx context.Context, arguments function.ArgumentsData) (clients.Object, *function.FuncError) {
	var given types.Dynamic
	var client string
	if failed := arguments.Get(ctx, &given, &client); failed != nil {
		return nil, failed
	}
	cases, failed := clientConnections(given, client)
	if failed != nil {
		return nil, failed
	}
	return inAllCases(cases, func(conn clients.Connection) (clients.Object, error) { return clients.Settings(client, conn) })
}

// inAllCases renders each case that the settings may turn out to be. A value that differs
// between cases is known only at apply; if the names differ, nothing is known. A case
// that the client can't express fails at apply.
func inAllCases(cases []clients.Connection, render func(clients.Connection) (clients.Object, error)) (clients.Object, *function.FuncError) {
	if len(cases) == 0 {
		return nil, nil
	}
	whole, err := render(cases[0])
	if err != nil {
		return nil, settingsError(err)
	}
	for _, conn := range cases[1:] {
		other, err := render(conn)
		if err != nil {
			continue
		}
		same := false
		if whole, same = whole.Common(other); !same {
			return nil, nil
		}
	}
	return whole, nil
}

// clientKind is an object of settings, with what a client must know about the place where
// it runs.
var clientKind = objectKind{
	argument: settingsKind.argument,
	known:    slices.Concat(settingsKind.known, []string{"username", "ca_file", "cert_file", "key_file", "secret_name"}),
	beside:   besideSettings,
	example:  settingsKind.example,
}

// clientConnections reads the settings and returns all cases that they may turn out to
// be. There is none while mode or auth is unknown: everything depends on these.
func clientConnections(given types.Dynamic, client string) ([]clients.Connection, *function.FuncError) {
	object, known, err := clientKind.read(given)
	if err != nil {
		return nil, badArgument(0, err)
	}
	if _, exists := clients.Lookup(client); !exists {
		return nil, settingsError(clients.Check(client, clients.Connection{})[0])
	}
	if !known {
		return nil, nil
	}
	s := declared(object)
	port, mode := s.ResolvedPort(), s.ResolvedMode()
	conn := clients.Connection{
		Host: s.Host.Or(""), Port: int(port.Or(0)), Mode: mode.Or(""), Auth: s.AuthKind.Or(""), From: s.From.Or(""),
		EHLOName: s.EHLOName.Or(""), ServerName: s.TLSServerName.Or(""), Insecure: s.Insecure.Or(false),
	}
	later := map[string]bool{
		"host": s.Host.IsUnknown(), "port": port.IsUnknown(), "from": s.From.IsUnknown(),
		"ehlo_name": s.EHLOName.IsUnknown(), "tls_server_name": s.TLSServerName.IsUnknown(),
	}
	for name, held := range map[string]*string{
		"username": &conn.Username, "ca_file": &conn.CAFile, "cert_file": &conn.CertFile,
		"key_file": &conn.KeyFile, "secret_name": &conn.SecretName,
	} {
		text := object.text(name)
		*held, later[name] = text.Or(""), text.IsUnknown()
	}
	ca := said(object.boolean("private_ca"), object.text("ca_cert_pem"))
	certificate := said(object.boolean("client_certificate"), object.text("client_cert_pem"))
	conn.PrivateCA, conn.ClientCertificate = ca.Or(false), certificate.Or(false)
	if object.failed != nil {
		return nil, badArgument(0, object.failed)
	}
	if wrong := impossible(s, object); wrong != nil {
		return nil, wrong
	}
	if mode.IsUnknown() || s.AuthKind.IsUnknown() {
		return nil, nil
	}
	for _, name := range slices.Sorted(maps.Keys(later)) {
		if later[name] {
			conn.Later = append(conn.Later, name)
		}
	}
	cases := byMechanism(conn, s, object.boolean("auth_mechanism_declared"))
	conn = cases[0]
	for _, name := range conn.Later { // which may turn out to be null
		if name != "host" && name != "port" {
			cases = append(cases, conn.Without(name))
		}
	}
	for _, turn := range []struct {
		open bool
		on   func(*clients.Connection)
	}{
		{ca.IsUnknown(), func(c *clients.Connection) { c.PrivateCA = true }},
		{certificate.IsUnknown(), func(c *clients.Connection) { c.ClientCertificate = true }},
		{s.Insecure.IsUnknown(), func(c *clients.Connection) { c.Insecure = true }},
		{later["host"] && conn.ServerName != "", func(c *clients.Connection) { c.ServerName = "" }}, // it may be the host's
	} {
		if turn.open {
			other := conn
			turn.on(&other)
			cases = append(cases, other)
		}
	}
	return cases, nil
}

// unreadable are the rules about values that no client can use; contradicting are those
// about port and mode, which a connection may break on purpose. The rules have passed a
// computed object, which has all attributes, but not a plain one.
var (
	unreadable    = []finding.Code{"from-invalid", "ehlo-name-invalid", "tls-server-name-invalid"}
	contradicting = []finding.Code{"implicit-tls-port", "starttls-port-implicit"}
)

// impossible returns the first error among these rules.
func impossible(s settings.Settings, object *objectArgument) *function.FuncError {
	plain := !object.has(slices.Collect(maps.Keys(settingsTypes)))
	for _, f := range rules.Check(settings.Settings{
		Host: s.Host, Port: s.Port, TLSMode: s.TLSMode, From: s.From, EHLOName: s.EHLOName, TLSServerName: s.TLSServerName,
	}) {
		switch {
		case slices.Contains(unreadable, f.Code):
			return badArgument(0, &finding.Error{Code: f.Code})
		case plain && slices.Contains(contradicting, f.Code):
			return badArgument(0, &finding.Error{Code: "function-port-mode"})
		}
	}
	return nil
}

// said reports whether something is there: because a boolean says so, or because it is
// given.
func said(word settings.Value[bool], given settings.Value[string]) settings.Value[bool] {
	if given.IsUnset() || word.Or(false) {
		return word
	}
	return settings.Map(given, func(string) bool { return true })
}

// byMechanism returns a case for each mechanism with which the settings may turn out to
// log in, and for the offers of each service whose host the host may turn out to be.
func byMechanism(conn clients.Connection, s settings.Settings, said settings.Value[bool]) []clients.Connection {
	var cases []clients.Connection
	add := func(change func(*clients.Connection)) {
		other := conn
		change(&other)
		cases = append(cases, other)
	}
	mechanism, known := s.AuthMechanism.Get()
	if known {
		add(func(c *clients.Connection) { c.Mechanism = mechanism })
	}
	if s.AuthMechanism.IsUnset() || s.AuthMechanism.IsUnknown() || said.IsUnknown() {
		service, ok := services.ByHost(conn.Host)
		add(func(c *clients.Connection) {
			if ok {
				c.Offers, c.Documented = service.Offers(conn.Auth), service.AuthConfidence == services.Documented
			}
		})
		if s.Host.IsUnknown() {
			for _, offers := range services.AllOffers(conn.Auth) {
				add(func(c *clients.Connection) { c.Offers = offers })
			}
		}
	}
	if s.AuthMechanism.IsUnknown() {
		for _, m := range settings.Mechanisms() {
			if settings.CredentialOf(m) == conn.Auth || m == settings.External {
				add(func(c *clients.Connection) { c.Mechanism = m })
			}
		}
	}
	return cases
}

// settingsError shows why a client can't use the connection, at the argument to change.
func settingsError(err error) *function.FuncError {
	position := int64(0)
	switch finding.Of(err).Code {
	case "client-unknown", "client-mode-impossible", "client-cannot-express", "client-mechanism", "client-mechanism-service",
		"client-server-name", "client-private-ca", "client-certificate-impossible", "client-needs-login":
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
		values[name] = valueOf(value)
		typed[name] = values[name].Type(context.Background())
	}
	return types.ObjectValueMust(typed, values)
}

func valueOf(value any) attr.Value {
	switch v := value.(type) {
	case clients.Object:
		return objectOf(v)
	case clients.List:
		typed, values := make([]attr.Type, 0, len(v)), make([]attr.Value, 0, len(v))
		for _, element := range v {
			e := valueOf(element)
			typed, values = append(typed, e.Type(context.Background())), append(values, e)
		}
		return types.TupleValueMust(typed, values)
	case int64:
		return types.Int64Value(v)
	case bool:
		return types.BoolValue(v)
	case clients.Later:
		switch v {
		case clients.Later{Number: true}:
			return types.Int64Unknown()
		case clients.Later{Bool: true}:
			return types.BoolUnknown()
		}
		return types.StringUnknown()
	}
	text, _ := value.(string)
	return types.StringValue(text)
}
