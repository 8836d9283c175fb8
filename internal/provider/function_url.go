package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

var urlFunction = providerFunction{
	name: "url",
	definition: function.Definition{
		Summary:             "Settings as a URL without credentials",
		MarkdownDescription: "Returns the connection as a URL: `smtps://` for implicit TLS, `smtp://` for STARTTLS, `smtp+insecure://` for none. It holds no credentials. Programs read such URLs in different ways; `client_settings` knows how each one wants its own.",
		Parameters:          []function.Parameter{settingsParameter},
		Return:              function.StringReturn{},
	},
	run: func(ctx context.Context, arguments function.ArgumentsData) (attr.Value, *function.FuncError) {
		var given types.Dynamic
		if failed := arguments.Get(ctx, &given); failed != nil {
			return nil, failed
		}
		object, known, err := settingsKind.read(given)
		if err != nil {
			return nil, badArgument(0, err)
		}
		if !known {
			return types.StringUnknown(), nil
		}
		text, err := urlOf(object)
		if err != nil {
			return nil, badArgument(0, err)
		}
		return textOf(text), nil
	},
}

// urlOf returns the URL of an object of settings, unknown as soon as a part is.
func urlOf(o *objectArgument) (settings.Value[string], error) {
	s := declared(o)
	if o.failed != nil {
		return settings.Value[string]{}, o.failed
	}
	var host settings.Host
	if !s.Host.IsUnknown() {
		var err error
		if host, err = settings.ParseHost(s.Host.Or("")); err != nil {
			return settings.Value[string]{}, err
		}
	}
	port, mode := s.ResolvedPort(), s.ResolvedMode()
	if m, known := mode.Get(); known && !slices.Contains(settings.TLSModes, m) {
		return settings.Value[string]{}, o.kind.problem("function-argument-word", finding.Facts{
			"attribute": "tls_mode", "words": codeList(settings.TLSModes),
		})
	}
	if number, known := port.Get(); known && (number < 1 || number > 65535) {
		return settings.Value[string]{}, &finding.Error{Code: "function-port"}
	}
	if port.IsUnset() {
		return settings.Value[string]{}, &finding.Error{Code: "port-required"}
	}
	if s.Host.IsUnknown() || port.IsUnknown() || mode.IsUnknown() {
		return settings.Unknown[string](), nil
	}
	return settings.Of(settings.URL(host, port.Or(0), mode.Or(""))), nil
}
