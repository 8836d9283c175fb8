package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// settingsKind is the first parameter of most functions.
var settingsKind = objectKind{
	argument: "settings",
	known: []string{
		"host", "port", "tls_mode", "auth", "from",
		"auth_mechanism", "auth_mechanism_declared", "ehlo_name", "tls_server_name", "private_ca", "client_certificate", "insecure",
	},
	beside:  besideSettings,
	example: "the computed object of a connection as it is: smtp_connection.mail.settings",
}

// besideSettings are the other arguments of a connection that are no secret. Every
// function accepts them, so that a module can pass on the object that it validates.
var besideSettings = []string{
	"username", "tls_min_version", "ca_cert_pem", "client_cert_pem", "verify", "rcpt_to", "message_subject", "clients",
	"ignore_rules", "retry_attempts", "timeout",
}

const settingsDescription = "The computed object `settings` of a connection (never the whole connection), or a plain object of its shape: `host`, `port`, `tls_mode`, `auth` (`none`, `password` or `oauth2`), `from`, and what else the check did: `auth_mechanism`, `ehlo_name`, `tls_server_name`, `private_ca`, `client_certificate`, `insecure`. `port` and `tls_mode` follow from each other where one is left out or null, as in the connection; all others but `auth` may be left out. The other arguments of a connection may stand beside them, as for `validate`: without `auth` a `username` stands for a login with a password, and certificates for `private_ca` and `client_certificate`. Secrets are refused. What is known only at apply leaves unknown what depends on it alone."

var settingsParameter = function.DynamicParameter{
	Name: "settings", AllowUnknownValues: true, MarkdownDescription: settingsDescription,
}

// declared returns the settings of an object of that shape. A mechanism that only
// follows from the service is not declared. A user name without auth stands for a
// login with a password; one that is unknown may be null.
func declared(o *objectArgument) settings.Settings {
	s := settings.Settings{
		Host:     o.text("host"),
		Port:     o.number("port"),
		TLSMode:  settings.Map(o.text("tls_mode"), func(word string) settings.TLSMode { return settings.TLSMode(word) }),
		From:     o.text("from"),
		AuthKind: oneOf(o, "auth", settings.Auths),

		AuthMechanism: settings.Map(o.text("auth_mechanism"), func(word string) settings.Mechanism { return settings.Mechanism(word) }),
		EHLOName:      o.text("ehlo_name"),
		TLSServerName: o.text("tls_server_name"),
		Insecure:      o.boolean("insecure"),
		CACertPEM:     presence(o.boolean("private_ca")),
		ClientCertPEM: presence(o.boolean("client_certificate")),
	}
	if !o.boolean("auth_mechanism_declared").Or(true) {
		s.AuthMechanism = settings.Value[settings.Mechanism]{}
	}
	if pem := o.text("ca_cert_pem"); !pem.IsUnset() {
		s.CACertPEM = pem
	}
	if pem := o.text("client_cert_pem"); !pem.IsUnset() {
		s.ClientCertPEM = pem
	}
	if s.AuthKind.IsUnset() {
		s.AuthKind = settings.Map(o.text("username"), func(string) settings.Auth { return settings.AuthPassword })
	}
	return s
}

// presence returns an unknown value if a certificate is there, and otherwise none: the
// certificate itself is no part of the settings.
func presence(there settings.Value[bool]) settings.Value[string] {
	if is, known := there.Get(); known && !is || there.IsUnset() {
		return settings.Value[string]{}
	}
	return settings.Unknown[string]()
}

// settingsObject is the inverse of declared, with the mechanism that follows from
// the service where none is declared.
func settingsObject(s settings.Settings, implied settings.Value[settings.Mechanism]) types.Object {
	mechanism := s.AuthMechanism
	if mechanism.IsUnset() {
		mechanism = implied
	}
	return types.ObjectValueMust(settingsTypes, map[string]attr.Value{
		"host":     textOf(s.Host),
		"port":     numberOf(s.Port),
		"tls_mode": textOf(s.TLSMode),
		"auth":     textOf(s.AuthKind),
		"from":     textOf(s.From),

		"auth_mechanism":          textOf(mechanism),
		"auth_mechanism_declared": given(s.AuthMechanism),
		"ehlo_name":               textOf(s.CheckedEHLOName()),
		"tls_server_name":         textOf(s.TLSServerName),
		"private_ca":              given(s.CheckedCACertPEM()),
		"client_certificate":      given(s.ClientCertPEM),
		"insecure":                booleanOf(s.Insecure, false),
	})
}

// implied is the only mechanism that the service of the host takes for such
// credentials.
func implied(s settings.Settings) settings.Value[settings.Mechanism] {
	switch auth := s.Auth(); {
	case auth.Or("") == settings.AuthNone:
	case auth.IsUnknown() || s.Host.IsUnknown():
		return settings.Unknown[settings.Mechanism]()
	default:
		service, _ := services.ByHost(s.Host.Or(""))
		return only(service, auth.Or(""))
	}
	return settings.Value[settings.Mechanism]{}
}

// only is the mechanism that the service takes for a kind of credentials, if there is
// exactly one.
func only(service services.Service, auth settings.Auth) settings.Value[settings.Mechanism] {
	if offers := service.Offers(auth); len(offers) == 1 {
		return settings.Of(offers[0])
	}
	return settings.Value[settings.Mechanism]{}
}

// given reports whether an argument is given.
func given[T any](v settings.Value[T]) types.Bool {
	if v.IsUnknown() {
		return types.BoolUnknown()
	}
	return types.BoolValue(v.IsKnown())
}

func booleanOf(v settings.Value[bool], otherwise bool) types.Bool {
	if v.IsUnknown() {
		return types.BoolUnknown()
	}
	return types.BoolValue(v.Or(otherwise))
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
