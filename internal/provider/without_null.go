package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// withoutNull refuses null among the elements of a list or set: to leave it out might leave
// out a recipient.
type withoutNull struct{}

func (withoutNull) Description(context.Context) string { return "no null among the elements" }

// MarkdownDescription is the same.
func (w withoutNull) MarkdownDescription(ctx context.Context) string { return w.Description(ctx) }

// ValidateList implements [validator.List].
func (withoutNull) ValidateList(_ context.Context, req validator.ListRequest, resp *validator.ListResponse) {
	resp.Diagnostics.Append(nullAmong(req.ConfigValue, req.Path)...)
}

// ValidateSet implements [validator.Set].
func (withoutNull) ValidateSet(_ context.Context, req validator.SetRequest, resp *validator.SetResponse) {
	resp.Diagnostics.Append(nullAmong(req.ConfigValue, req.Path)...)
}

func nullAmong(v elements, at path.Path) diag.Diagnostics {
	if !slices.ContainsFunc(v.Elements(), attr.Value.IsNull) {
		return nil
	}
	return diag.Diagnostics{diagnostic(finding.New("element-null", finding.Facts{"argument": at.String()}), at)}
}
