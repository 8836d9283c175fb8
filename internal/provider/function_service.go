package provider

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/services"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

var serviceFunction = providerFunction{
	name: "service",
	definition: function.Definition{
		Summary:             "Settings of a known mail service",
		MarkdownDescription: "Returns the settings that a mail service documents, as an object of the shape of `settings`: its host, and the port and TLS mode that it recommends. The guide to services lists every service with its id, its options and its sources.",
		Parameters: []function.Parameter{
			function.StringParameter{Name: "name", MarkdownDescription: "Id of the service, such as `amazon-ses` or `gmail`."},
		},
		VariadicParameter: function.DynamicParameter{
			Name: "options", AllowUnknownValues: true, AllowNullValue: true,
			MarkdownDescription: "Objects of options, of which later ones win: what chooses the host (`region`, `stream` or `tenant`, as the guide says for the service), `port` and `tls_mode` to choose another of its endpoints, `auth` (default: `password`; `oauth2` where passwords are refused or being switched off; `none` where there is no login) and `from`.",
		},
		Return: function.ObjectReturn{AttributeTypes: settingsTypes},
	},
	run: func(ctx context.Context, arguments function.ArgumentsData) (attr.Value, *function.FuncError) {
		var name string
		var given []types.Dynamic
		if failed := arguments.Get(ctx, &name, &given); failed != nil {
			return nil, failed
		}
		service, ok := services.ByID(name)
		if !ok {
			return nil, badArgument(0, unknownService(name))
		}
		options, known, err := serviceOptions(service, given)
		if err != nil {
			return nil, badArgument(1, err)
		}
		if !known {
			return types.ObjectUnknown(settingsTypes), nil
		}
		s, err := serviceSettings(service, options)
		if err != nil {
			return nil, badArgument(1, err)
		}
		implied := settings.Unknown[settings.Mechanism]()
		if auth, known := s.AuthKind.Get(); known {
			implied = only(service, auth)
		}
		return settingsObject(s, implied), nil
	},
}

func unknownService(name string) error {
	facts := finding.Facts{}
	if near := services.NearestID(name); len(near) > 0 {
		facts["nearest"], facts["near"] = near[0], strings.Join(near, ", ")
	}
	return &finding.Error{Code: "function-service-unknown", Facts: facts}
}

// serviceOptions merges the objects of options; one that is null has none.
func serviceOptions(service services.Service, given []types.Dynamic) (*objectArgument, bool, error) {
	kind := objectKind{
		argument: "options",
		known:    append(service.Options(), "port", "tls_mode", "auth", "from"),
		example:  fmt.Sprintf(`an option of %s, such as { port = %d }`, service.Name, service.Recommended.Port),
	}
	all := &objectArgument{kind: kind, members: map[string]attr.Value{}}
	for _, one := range given {
		object, known, err := kind.read(one)
		if err != nil || !known {
			return nil, known, err
		}
		maps.Copy(all.members, object.members)
	}
	return all, true, nil
}

// serviceSettings returns the settings that the options choose. What depends on an option
// that is known only at apply is unknown too.
func serviceSettings(service services.Service, o *objectArgument) (settings.Settings, error) {
	s := declared(o)
	endpoint, ok := service.Choose(s.Port, s.TLSMode)
	if !ok {
		return settings.Settings{}, noEndpoint(service)
	}
	decided := !s.Port.IsUnknown() && !s.TLSMode.IsUnknown()
	s.Port = orLater(s.Port, decided, int64(endpoint.Port))
	s.TLSMode = orLater(s.TLSMode, decided, endpoint.TLSMode)
	if s.AuthKind.IsUnset() {
		s.AuthKind = settings.Of(service.Auth())
	}
	chosen, later := map[string]string{}, false
	for _, option := range service.Options() {
		value := o.text(option)
		later = later || value.IsUnknown()
		if text, known := value.Get(); known {
			chosen[option] = text
		}
	}
	if o.failed != nil {
		return settings.Settings{}, o.failed
	}
	if later {
		s.Host = settings.Unknown[string]()
		return s, nil
	}
	host, err := service.Host(chosen)
	s.Host = settings.Of(host)
	return s, err
}

// orLater returns the given value, else what follows if that is decided.
func orLater[T any](given settings.Value[T], decided bool, follows T) settings.Value[T] {
	switch {
	case !given.IsUnset():
		return given
	case decided:
		return settings.Of(follows)
	}
	return settings.Unknown[T]()
}

func noEndpoint(service services.Service) error {
	ports := make([]string, 0, len(service.Endpoints))
	for _, e := range service.Endpoints {
		ports = append(ports, fmt.Sprintf("%d (%s)", e.Port, e.TLSMode))
	}
	return &finding.Error{Code: "function-endpoint-unknown", Facts: finding.Facts{
		"service": service.Name, "ports": strings.Join(slices.Compact(ports), ", "),
		"best_port": fmt.Sprint(service.Recommended.Port),
	}}
}
