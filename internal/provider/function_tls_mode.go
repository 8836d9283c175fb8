package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

var tlsModeFunction = providerFunction{
	name: "tls_mode",
	definition: function.Definition{
		Summary:             "TLS mode that a port implies",
		MarkdownDescription: "Returns `implicit` for the ports 465 and 2465, which speak TLS from the first byte, and `starttls` for every other.",
		Parameters: []function.Parameter{
			function.NumberParameter{Name: "port", MarkdownDescription: "Port from 1 to 65535."},
		},
		Return: function.StringReturn{},
	},
	run: func(ctx context.Context, arguments function.ArgumentsData) (attr.Value, *function.FuncError) {
		var given types.Number
		if failed := arguments.Get(ctx, &given); failed != nil {
			return nil, failed
		}
		port, _ := given.ValueBigFloat().Int64()
		if !given.ValueBigFloat().IsInt() || port < 1 || port > 65535 {
			return nil, badArgument(0, &finding.Error{Code: "function-port"})
		}
		return types.StringValue(string(settings.ModeOfPort(int(port)))), nil
	},
}
