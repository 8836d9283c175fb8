package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
)

var (
	_ datasource.DataSourceWithConfigure      = (*connectionDataSource)(nil)
	_ datasource.DataSourceWithValidateConfig = (*connectionDataSource)(nil)
)

// What on_failure may be.
const (
	onFailureError  = "error"
	onFailureReport = "report"
)

func newConnectionDataSource() datasource.DataSource { return &connectionDataSource{} }

type connectionDataSource struct{ backend *backend }

type connectionDataSourceModel struct {
	arguments
	planned
	probed
	OnFailure types.String `tfsdk:"on_failure"`
	OK        types.Bool   `tfsdk:"ok"`
	Findings  types.List   `tfsdk:"findings"`
	Timings   types.List   `tfsdk:"timings"`
}

// reports reports whether findings become outputs. While on_failure is unknown, they
// may.
func (m connectionDataSourceModel) reports() bool {
	return m.OnFailure.IsUnknown() || m.OnFailure.ValueString() == onFailureReport
}

func (d *connectionDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_connection"
}

func (d *connectionDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Settings of a connection to an SMTP server, checked by the same rules as the resource. It contacts nothing unless `verify` asks for it; asked for here, the check runs at every plan, apply and destroy, logins included. A secret given here is kept in the state.",
		Attributes:          dataSourceAttributes(connectionRows()),
	}
}

func (d *connectionDataSource) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.backend, _ = req.ProviderData.(*backend)
}

// ValidateConfig applies the rules. If findings become outputs, only unreadable values
// fail.
func (d *connectionDataSource) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var m connectionDataSourceModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	found := applyRules(ctx, d.backend.declared(m.settings()), req.Config.Raw.IsFullyKnown())
	if m.reports() {
		found = slices.DeleteFunc(found, finding.Finding.Reportable)
	}
	resp.Diagnostics.Append(diagnostics(found, inDataSource)...)
}

func (d *connectionDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m connectionDataSourceModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	s := d.backend.declared(m.settings())
	m.Port, m.TLSMode, m.planned = derive(s)
	waiting := m.settle()
	m.probed = unprobed()
	found := rules.Check(s)
	news := slices.DeleteFunc(slices.Clone(found), func(f finding.Finding) bool {
		return f.Severity == finding.SeverityWarning // ValidateConfig has shown it
	})
	if !hasError(found) {
		var seen []finding.Finding
		m.probed, _, seen = d.backend.check(ctx, s)
		if !hasError(seen) {
			seen = append(seen, notIgnored(s, leftOut(waiting))...)
		}
		found, news = append(found, seen...), seen
	}
	finding.ErrorsFirst(found)
	m.OK = types.BoolValue(!hasError(found))
	m.Findings = findingList(found)
	m.Timings = timings(found)
	if m.reports() {
		news = slices.DeleteFunc(news, finding.Finding.Reportable)
	}
	resp.Diagnostics.Append(diagnostics(news, inDataSource)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
	}
}

// leftOut warns of arguments of the provider block that the settings leave out because they
// are not known yet: a data source can't wait for them.
func leftOut(arguments []string) []finding.Finding {
	var found []finding.Finding
	for _, name := range arguments {
		f := finding.New("provider-value-later", finding.Facts{"argument": name})
		f.Attribute = name
		found = append(found, f)
	}
	return found
}
