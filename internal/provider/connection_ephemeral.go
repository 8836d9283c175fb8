package provider

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

var (
	_ ephemeral.EphemeralResourceWithConfigure      = (*connectionEphemeral)(nil)
	_ ephemeral.EphemeralResourceWithValidateConfig = (*connectionEphemeral)(nil)
)

func newConnectionEphemeral() ephemeral.EphemeralResource { return &connectionEphemeral{} }

// connectionEphemeral has neither Renew nor Close: it keeps nothing open.
type connectionEphemeral struct{ backend *backend }

type connectionEphemeralModel struct {
	arguments
	planned
	probed
	URLWithCredentials types.String `tfsdk:"url_with_credentials"`
}

// settings returns the declared connection, which is never stored.
func (m connectionEphemeralModel) settings() settings.Settings {
	s := m.arguments.settings()
	s.Ephemeral = true
	return s
}

func (e *connectionEphemeral) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_connection"
}

func (e *connectionEphemeral) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A connection to an SMTP server whose credentials are stored nowhere. It contacts nothing unless `verify` asks for it; asked for here, the check runs whenever Terraform opens the block: at plan, at apply and at destroy, logins included.\n\nThe settings are checked by the same rules as those of the resource. `url_with_credentials` is for other providers' write-only arguments and for provider blocks. Needs Terraform 1.10 or OpenTofu 1.11.",
		Attributes:          ephemeralAttributes(connectionRows()),
	}
}

func (e *connectionEphemeral) Configure(_ context.Context, req ephemeral.ConfigureRequest, _ *ephemeral.ConfigureResponse) {
	e.backend, _ = req.ProviderData.(*backend)
}

func (e *connectionEphemeral) ValidateConfig(ctx context.Context, req ephemeral.ValidateConfigRequest, resp *ephemeral.ValidateConfigResponse) {
	var m connectionEphemeralModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	found := applyRules(ctx, e.backend.declared(m.settings()), req.Config.Raw.IsFullyKnown())
	resp.Diagnostics.Append(diagnostics(found, inEphemeral)...)
}

// Open checks the connection as far as verify asks. Terraform calls it once all arguments
// are known.
func (e *connectionEphemeral) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var m connectionEphemeralModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	s := e.backend.declared(m.settings())
	m.Port, m.TLSMode, m.planned = derive(s)
	m.settle()
	m.URLWithCredentials = urlWithCredentials(s)
	m.probed = unprobed()
	found := slices.DeleteFunc(rules.Check(s), func(f finding.Finding) bool {
		return f.Severity == finding.SeverityWarning // ValidateConfig has shown it
	})
	if len(found) == 0 {
		m.probed, _, found = e.backend.check(ctx, s)
	}
	resp.Diagnostics.Append(diagnostics(found, inEphemeral)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.Result.Set(ctx, &m)...)
	}
}

// urlWithCredentials is the URL with user name and password. It is null unless both are
// given, and with an access token: software that reads such a URL would send the token
// as a password.
func urlWithCredentials(s settings.Settings) types.String {
	username, named := s.Username.Get()
	password, given := s.Password.Get()
	host, err := settings.ParseHost(s.Host.Or(""))
	port, hasPort := s.ResolvedPort().Get()
	mode, hasMode := s.ResolvedMode().Get()
	if err != nil || !hasPort || !hasMode || !named || !given || !s.AccessToken.IsUnset() {
		return types.StringNull()
	}
	return types.StringValue(settings.URLWithUserinfo(host, port, mode, username, password.Reveal()))
}
