// Package provider is the surface that Terraform sees: it decodes HCL into
// settings, calls the rules and the probe, and turns findings into diagnostics.
// It is the only package that knows Terraform, and it judges nothing itself.
package provider

import (
	"context"
	"os"
	"slices"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/oauth2token"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/dial"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Address is the address of the provider in the registry.
const Address = "registry.terraform.io/seed-77eeb0cc/smtp"

// offlineVariable is the environment variable that works like offline = true.
const offlineVariable = "SMTP_OFFLINE"

const defaultPerHost = 4

var (
	_ provider.Provider                       = (*smtpProvider)(nil)
	_ provider.ProviderWithValidateConfig     = (*smtpProvider)(nil)
	_ provider.ProviderWithEphemeralResources = (*smtpProvider)(nil)
	_ provider.ProviderWithFunctions          = (*smtpProvider)(nil)
)

// Network is how the provider finds and reaches servers.
type Network interface {
	dial.Resolver
	dial.Dialer
}

// New returns the provider's constructor as Terraform uses it.
func New(version string) func() provider.Provider { return NewOn(version, dial.System{}) }

// NewOn returns the constructor of a provider on another network, for tests.
func NewOn(version string, n Network) func() provider.Provider {
	return func() provider.Provider { return &smtpProvider{version: version, network: n} }
}

type smtpProvider struct {
	version string
	network Network
}

func (p *smtpProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "smtp"
	resp.Version = p.version
}

func (p *smtpProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Checks the SMTP settings of your applications: settings that can't work fail the plan, and apply connects to prove the rest. Applications then get the verified settings in the exact words of their library.\n\nRules and functions contact nothing. The resource contacts its server when it is created or changed, and at refresh only where `refresh` asks; the data source and the ephemeral `smtp_connection` contact it only where `verify` asks. The ephemeral `smtp_oauth2_token` contacts a token service whenever it is opened. The only message is the test message of a resource with `verify = \"message\"`. Nothing in the provider block is required.",
		Attributes: map[string]schema.Attribute{
			"timeout": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Time for all attempts of one check together, `1s` to `10m`. Default: `30s`. Connections may set their own.",
			},
			"ehlo_name": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Name that the client gives in EHLO (RFC 5321 section 4.1.1.1). Connections may set their own. It is part of their `settings`, so that applications give it too.",
			},
			"ca_cert_pem": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: "Certificates in PEM that are the only roots trusted. Default: the roots of the system. Connections may set their own. Their `settings` say that there is one, so that applications are made to trust it too.",
			},
			"max_connections_per_host": schema.Int64Attribute{
				Optional:            true,
				CustomType:          wholeNumberType{},
				Validators:          []validator.Int64{perHost{1, mostPerHost}},
				MarkdownDescription: "How many checks of one host run at the same time, 1 to 100. Default: 4.",
			},
			"offline": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Never contact a server: apply then succeeds with a warning and `verified = false`, and the next plan that is not offline checks the connection. The environment variable `SMTP_OFFLINE` (any value but empty, `0` and `false`) does the same. Default: `false`.",
			},
		},
	}
}

type providerModel struct {
	Timeout               types.String `tfsdk:"timeout"`
	EHLOName              types.String `tfsdk:"ehlo_name"`
	CACertPEM             types.String `tfsdk:"ca_cert_pem"`
	MaxConnectionsPerHost wholeNumber  `tfsdk:"max_connections_per_host"`
	Offline               types.Bool   `tfsdk:"offline"`
}

// head returns the path of an unset argument, so that Terraform prints the first line of
// the block.
func (m providerModel) head() path.Path {
	switch {
	case m.Offline.IsNull():
		return path.Root("offline")
	case m.MaxConnectionsPerHost.IsNull():
		return path.Root("max_connections_per_host")
	}
	return path.Empty()
}

// ValidateConfig applies the rules to the values that connections inherit. A finding that
// stands at host in a connection, because it is about a key, stands at the block here.
func (p *smtpProvider) ValidateConfig(ctx context.Context, req provider.ValidateConfigRequest, resp *provider.ValidateConfigResponse) {
	var m providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	own := []string{"timeout", "ehlo_name", "ca_cert_pem"}
	for _, f := range rules.Check(settings.Settings{
		Host:      settings.Unknown[string](),
		Timeout:   textValue(m.Timeout),
		EHLOName:  textValue(m.EHLOName),
		CACertPEM: textValue(m.CACertPEM),
	}) {
		at := m.head()
		if slices.Contains(own, f.Attribute) {
			at = path.Root(f.Attribute)
		}
		resp.Diagnostics.Append(diagnostic(f, at))
	}
}

func (p *smtpProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var m providerModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	b := &backend{
		timeout:   textValue(m.Timeout),
		ehloName:  textValue(m.EHLOName),
		caCertPEM: textValue(m.CACertPEM),
		perHost:   value(m.MaxConnectionsPerHost, m.MaxConnectionsPerHost.ValueInt64()),
		offline:   value(m.Offline, m.Offline.ValueBool()),
	}
	word := os.Getenv(offlineVariable)
	if on, err := strconv.ParseBool(word); word != "" && (on || err != nil) {
		b.offline = settings.Of(true)
	}
	b.tokens = oauth2token.New(p.network, p.network)
	b.engine = probe.New(p.network, p.network, int(b.perHost.Or(defaultPerHost)))
	resp.DataSourceData, resp.ResourceData, resp.EphemeralResourceData = b, b, b
}

func (p *smtpProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{newConnectionResource}
}

func (p *smtpProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{newConnectionDataSource}
}

// EphemeralResources implements [provider.ProviderWithEphemeralResources].
func (p *smtpProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{newConnectionEphemeral, newTokenEphemeral}
}

// Functions implements [provider.ProviderWithFunctions].
func (p *smtpProvider) Functions(context.Context) []func() function.Function { return newFunctions() }

// backend is what the provider block configures, shared by all connections of
// one provider process.
type backend struct {
	engine    *probe.Engine
	tokens    *oauth2token.Client
	timeout   settings.Value[string]
	ehloName  settings.Value[string]
	caCertPEM settings.Value[string]
	perHost   settings.Value[int64]
	offline   settings.Value[bool]
}

// inherit fills arguments that a connection leaves out with the provider's. One
// that is still unknown is an error for a check: a default in its place would
// check something else than what was declared.
func (b *backend) inherit(s settings.Settings) (settings.Settings, []finding.Finding) {
	var unknown []finding.Finding
	for _, value := range []struct {
		name string
		own  *settings.Value[string]
		from settings.Value[string]
	}{
		{"timeout", &s.Timeout, b.timeout},
		{"ehlo_name", &s.EHLOName, b.ehloName},
		{"ca_cert_pem", &s.CACertPEM, b.caCertPEM},
	} {
		if !value.own.IsUnset() {
			continue
		}
		if value.from.IsUnknown() {
			unknown = append(unknown, unknownInProvider(value.name, finding.Facts{"here": value.name}))
		}
		*value.own = value.from
	}
	if b.perHost.IsUnknown() {
		unknown = append(unknown, unknownInProvider("max_connections_per_host", finding.Facts{}))
	}
	if b.offline.IsUnknown() {
		unknown = append(unknown, unknownInProvider("offline", finding.Facts{}))
	}
	return s, unknown
}

// declared returns the settings of a connection with what it inherits and has to
// hand on to applications.
func (b *backend) declared(s settings.Settings) settings.Settings {
	if b != nil {
		s.Inherited = settings.Inherited{CACertPEM: b.caCertPEM, EHLOName: b.ehloName}
	}
	return s
}

// unknownInProvider is said at the argument of the connection that would do
// instead, where there is one.
func unknownInProvider(name string, facts finding.Facts) finding.Finding {
	facts["argument"] = name
	f := finding.New("provider-value-unknown", facts)
	if here, ok := facts["here"]; ok {
		f.Attribute = here
	}
	return f
}
