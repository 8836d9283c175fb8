package provider

import (
	"context"
	"net/url"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

var parseURLFunction = providerFunction{
	name: "parse_url",
	definition: function.Definition{
		Summary: "Settings that a URL says",
		MarkdownDescription: "Reads the URL of a mail server and returns an object of the shape of `settings`: `smtps://` and `submissions://` are implicit TLS (port 465 if none is given), `smtp://` and `submission://` STARTTLS (587), `smtp+insecure://` clear text (no default port). " +
			"A user name or password in it makes `auth` be `password`; neither is returned nor shown in an error. A path, a query or a fragment is an error. The combination itself is not judged: hand the result to `validate`.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "url", MarkdownDescription: "URL such as `smtps://smtp.example.com:465`, user name and password percent-encoded if it has them. A sensitive one makes the result sensitive."},
		},
		Return: function.ObjectReturn{AttributeTypes: settingsTypes},
	},
	run: func(ctx context.Context, arguments function.ArgumentsData) (attr.Value, *function.FuncError) {
		var given string
		if failed := arguments.Get(ctx, &given); failed != nil {
			return nil, failed
		}
		s, err := parseURL(given)
		if err != nil {
			return nil, badArgument(0, err)
		}
		return settingsObject(s, implied(s)), nil
	},
}

// parseURL reads a URL. Unlike the errors of [url.Parse], its errors never repeat any part
// of it.
func parseURL(text string) (settings.Settings, error) {
	u, err := url.Parse(text)
	if err != nil || u.Opaque != "" {
		return settings.Settings{}, &finding.Error{Code: "function-url-unreadable"}
	}
	mode, ok := settings.ModeOfScheme(u.Scheme)
	if !ok {
		return settings.Settings{}, &finding.Error{Code: "function-url-scheme"}
	}
	if u.Path != "" && u.Path != "/" || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" {
		return settings.Settings{}, &finding.Error{Code: "function-url-extra"}
	}
	host, err := settings.ParseHost(u.Hostname())
	if err != nil {
		return settings.Settings{}, err
	}
	s := settings.Settings{Host: settings.Of(host.Name), TLSMode: settings.Of(mode), AuthKind: settings.Of(settings.AuthNone)}
	if u.User != nil {
		s.AuthKind = settings.Of(settings.AuthPassword)
	}
	if digits := u.Port(); digits != "" {
		port, err := strconv.ParseUint(digits, 10, 16)
		if err != nil || port == 0 {
			return settings.Settings{}, &finding.Error{Code: "function-port"}
		}
		s.Port = settings.Of(int64(port))
	}
	if s.Port = s.ResolvedPort(); s.Port.IsUnset() {
		return settings.Settings{}, &finding.Error{Code: "port-required"}
	}
	return s, nil
}
