package provider

import (
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// arguments are the arguments that the three kinds of smtp_connection share.
type arguments struct {
	Host          types.String `tfsdk:"host"`
	Port          wholeNumber  `tfsdk:"port"`
	TLSMode       types.String `tfsdk:"tls_mode"`
	Username      types.String `tfsdk:"username"`
	Password      types.String `tfsdk:"password"`
	AccessToken   types.String `tfsdk:"access_token"`
	AuthMechanism types.String `tfsdk:"auth_mechanism"`
	From          types.String `tfsdk:"from"`
	RcptTo        types.List   `tfsdk:"rcpt_to"`
	CACertPEM     types.String `tfsdk:"ca_cert_pem"`
	ClientCertPEM types.String `tfsdk:"client_cert_pem"`
	ClientKeyPEM  types.String `tfsdk:"client_key_pem"`
	TLSServerName types.String `tfsdk:"tls_server_name"`
	TLSMinVersion types.String `tfsdk:"tls_min_version"`
	Insecure      types.Bool   `tfsdk:"insecure"`
	EHLOName      types.String `tfsdk:"ehlo_name"`
	Verify        types.String `tfsdk:"verify"`
	Clients       types.Set    `tfsdk:"clients"`
	IgnoreRules   types.Set    `tfsdk:"ignore_rules"`
	RetryAttempts wholeNumber  `tfsdk:"retry_attempts"`
	Timeout       types.String `tfsdk:"timeout"`
}

// planned are the outputs that follow from the arguments.
type planned struct {
	Address       types.String `tfsdk:"address"`
	URL           types.String `tfsdk:"url"`
	ClientOptions types.Object `tfsdk:"client_options"`
	Settings      types.Object `tfsdk:"settings"`
}

// probed are the outputs of a check.
type probed struct {
	Verified          types.Bool   `tfsdk:"verified"`
	Server            types.Object `tfsdk:"server_info"`
	TLS               types.Object `tfsdk:"tls_session"`
	AuthMechanismUsed types.String `tfsdk:"auth_mechanism_used"`
}

// settings returns the arguments for the rules and the probe.
func (a arguments) settings() settings.Settings {
	return settings.Settings{
		Host:          textValue(a.Host),
		Port:          value(a.Port, a.Port.ValueInt64()),
		TLSMode:       word[settings.TLSMode](a.TLSMode),
		Username:      textValue(a.Username),
		Password:      secretValue(a.Password),
		AccessToken:   secretValue(a.AccessToken),
		AuthMechanism: word[settings.Mechanism](a.AuthMechanism),
		From:          textValue(a.From),
		RcptTo:        texts(a.RcptTo),
		CACertPEM:     textValue(a.CACertPEM),
		ClientCertPEM: textValue(a.ClientCertPEM),
		ClientKeyPEM:  secretValue(a.ClientKeyPEM),
		TLSServerName: textValue(a.TLSServerName),
		TLSMinVersion: textValue(a.TLSMinVersion),
		Insecure:      value(a.Insecure, a.Insecure.ValueBool()),
		EHLOName:      textValue(a.EHLOName),
		Verify:        word[settings.Verify](a.Verify),
		Clients:       knownTexts(a.Clients),
		IgnoreRules:   texts(a.IgnoreRules),
		RetryAttempts: value(a.RetryAttempts, a.RetryAttempts.ValueInt64()),
		Timeout:       textValue(a.Timeout),
		Now:           time.Now(),
	}
}

// value turns a value of the framework, with its content if that is known, into a
// [settings.Value].
func value[T any](v attr.Value, held T) settings.Value[T] {
	switch {
	case v.IsUnknown():
		return settings.Unknown[T]()
	case v.IsNull():
		return settings.Value[T]{}
	}
	return settings.Of(held)
}

func textValue(v types.String) settings.Value[string] { return value(v, v.ValueString()) }

func word[T ~string](v types.String) settings.Value[T] { return value(v, T(v.ValueString())) }

func secretValue(v types.String) settings.Value[secret.String] {
	return value(v, secret.New(v.ValueString()))
}

// elements are the values of a list, a set or a tuple.
type elements interface {
	attr.Value
	Elements() []attr.Value
}

// texts returns the elements of a list or set of texts. If one element is unknown, the
// result is.
func texts(v elements) settings.Value[[]string] {
	if slices.ContainsFunc(v.Elements(), attr.Value.IsUnknown) {
		return settings.Unknown[[]string]()
	}
	return knownTexts(v)
}

// knownTexts returns the elements that are known. [withoutNull] reports those that are null.
func knownTexts(v elements) settings.Value[[]string] {
	var out []string
	for _, element := range v.Elements() {
		if text, ok := element.(basetypes.StringValue); ok && !text.IsUnknown() && !text.IsNull() {
			out = append(out, text.ValueString())
		}
	}
	return value(v, out)
}

// derive returns port, tls_mode and the outputs that follow from the arguments:
// from these alone, never from what a plan proposes, so that an argument taken
// out of the configuration takes its default again.
func derive(s settings.Settings) (port wholeNumber, mode types.String, out planned) {
	out = planned{
		Address:       types.StringUnknown(),
		URL:           types.StringUnknown(),
		ClientOptions: types.ObjectUnknown(clientOptionTypes),
		Settings:      types.ObjectUnknown(settingsTypes),
	}
	p, m := s.ResolvedPort(), s.ResolvedMode()
	port.Int64Value, mode = types.Int64Unknown(), types.StringUnknown()
	if number, known := p.Get(); known {
		port.Int64Value = types.Int64Value(number)
	} else if p.IsUnset() {
		port.Int64Value = types.Int64Null()
	}
	hostKnown := false
	var host settings.Host
	if text, known := s.Host.Get(); known {
		var err error
		if host, err = settings.ParseHost(text); err == nil {
			hostKnown = true
		}
	}
	if word, known := m.Get(); known {
		mode = types.StringValue(string(word))
		options := word.ClientOptions()
		out.ClientOptions = types.ObjectValueMust(clientOptionTypes, map[string]attr.Value{
			"ssl_tls_none":      types.StringValue(options.SSLTLSNone),
			"tls_starttls_none": types.StringValue(options.TLSStartTLSNone),
			"secure":            types.BoolValue(options.Secure),
		})
	}
	if hostKnown && p.IsKnown() {
		out.Address = types.StringValue(settings.Address(host, p.Or(0)))
		if m.IsKnown() {
			out.URL = types.StringValue(settings.URL(host, p.Or(0), m.Or("")))
		}
	}
	s.Host, s.Port, s.TLSMode, s.AuthKind = settings.Unknown[string](), p, m, s.Auth()
	if hostKnown {
		s.Host = settings.Of(host.Name)
	}
	out.Settings = settingsObject(s, implied(s))
	return port, mode, out
}

// settle sets to null those parts of the settings that wait for the provider block: what is
// saved can't wait. It returns the arguments that they wait for.
func (p *planned) settle() (waiting []string) {
	members := p.Settings.Attributes()
	for _, part := range []struct {
		name, argument string
		null           attr.Value
	}{
		{"ehlo_name", "ehlo_name", types.StringNull()},
		{"private_ca", "ca_cert_pem", types.BoolNull()},
	} {
		if value, ok := members[part.name]; ok && value.IsUnknown() {
			members[part.name] = part.null
			waiting = append(waiting, part.argument)
		}
	}
	if len(waiting) > 0 {
		p.Settings = types.ObjectValueMust(settingsTypes, members)
	}
	return waiting
}

// rfc3339 writes a time in UTC (RFC 3339), to the second.
func rfc3339(t time.Time) types.String {
	return types.StringValue(t.UTC().Format(time.RFC3339))
}
