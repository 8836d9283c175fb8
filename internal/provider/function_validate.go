package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// validateKind is an object of settings, with every other argument of a connection that is
// no secret.
var validateKind = objectKind{
	argument: "settings",
	known:    slices.Concat(settingsKind.known, besideSettings),
	example:  "the computed object of a connection, or a variable's object without the secrets in it",
}

var validationTypes = map[string]attr.Type{
	"valid":    types.BoolType,
	"errors":   types.ListType{ElemType: types.ObjectType{AttrTypes: findingTypes}},
	"warnings": types.ListType{ElemType: types.ObjectType{AttrTypes: findingTypes}},
}

var validateFunction = providerFunction{
	name: "validate",
	definition: function.Definition{
		Summary: "What is wrong with settings",
		MarkdownDescription: "Judges settings by the rules of `smtp_connection`, without contacting anything, and returns `valid`, `errors` and `warnings`. Both lists hold objects as in `findings` of the data source: `code`, `severity`, `attribute`, `summary`, `detail`, `fix`, `fixes` and others. Made for `variable` blocks, so that a module refuses what can't work:\n\n" +
			"```terraform\nvalidation {\n  condition     = provider::smtp::validate(var.smtp).valid\n  error_message = join(\"\\n\", provider::smtp::validate(var.smtp).errors[*].summary)\n}\n```\n\n" +
			"Beside the attributes of `settings` the object may hold any other argument of a connection but the secrets: " + codeList(besideSettings) + ". Without `auth`, a `username` stands for a login with a password. While a part is known only at apply, `valid` is false if an error is certain already, else unknown; `errors` and `warnings` are unknown, so an `error_message` made of them can't be shown until then.",
		Parameters: []function.Parameter{settingsParameter},
		Return:     function.ObjectReturn{AttributeTypes: validationTypes},
	},
	run: func(ctx context.Context, arguments function.ArgumentsData) (attr.Value, *function.FuncError) {
		var given types.Dynamic
		if failed := arguments.Get(ctx, &given); failed != nil {
			return nil, failed
		}
		object, known, err := validateKind.read(given)
		if err != nil {
			return nil, badArgument(0, err)
		}
		if !known {
			return types.ObjectUnknown(validationTypes), nil
		}
		s := judged(object)
		if object.failed != nil {
			return nil, badArgument(0, object.failed)
		}
		return validation(rules.Check(s), object.complete()), nil
	},
}

// judged returns the settings for the rules. A secret that auth implies is unknown.
func judged(o *objectArgument) settings.Settings {
	s := declared(o)
	s.Username = o.text("username")
	s.TLSMinVersion = o.text("tls_min_version")
	s.Verify = settings.Map(o.text("verify"), func(word string) settings.Verify { return settings.Verify(word) })
	s.RcptTo = o.texts("rcpt_to", texts)
	s.MessageSubject = o.text("message_subject")
	s.Clients = o.texts("clients", knownTexts)
	s.IgnoreRules = o.texts("ignore_rules", texts)
	s.RetryAttempts = o.number("retry_attempts")
	s.Timeout = o.text("timeout")
	s.VerifyByDefault = true
	if s.Host.IsUnset() {
		s.Host = settings.Of("")
	}
	s.ClientKeyPEM = settings.Unknown[secret.String]()
	if s.AuthKind.IsUnset() {
		s.AuthKind = settings.Of(settings.AuthNone)
	}
	switch kind, known := s.AuthKind.Get(); {
	case !known:
		s.Password, s.AccessToken = settings.Unknown[secret.String](), settings.Unknown[secret.String]()
	case kind == settings.AuthPassword:
		s.Password = settings.Unknown[secret.String]()
	case kind == settings.AuthOAuth2:
		s.AccessToken = settings.Unknown[secret.String]()
	}
	return s
}

// validation returns the findings. An error is certain, whatever the unknown values turn
// out to be. That there is none, and the complete lists, are certain only once everything
// is known.
func validation(found []finding.Finding, complete bool) attr.Value {
	unknown := types.ListUnknown(types.ObjectType{AttrTypes: findingTypes})
	split := slices.IndexFunc(found, func(f finding.Finding) bool { return f.Severity != finding.SeverityError })
	if split < 0 {
		split = len(found)
	}
	switch {
	case complete:
		return types.ObjectValueMust(validationTypes, map[string]attr.Value{
			"valid": types.BoolValue(split == 0), "errors": findingList(found[:split]), "warnings": findingList(found[split:]),
		})
	case split > 0:
		return types.ObjectValueMust(validationTypes, map[string]attr.Value{
			"valid": types.BoolValue(false), "errors": unknown, "warnings": unknown,
		})
	}
	return types.ObjectUnknown(validationTypes)
}
