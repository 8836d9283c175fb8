package provider

import (
	"context"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/oauth2token"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

var (
	_ ephemeral.EphemeralResourceWithConfigure      = (*tokenEphemeral)(nil)
	_ ephemeral.EphemeralResourceWithValidateConfig = (*tokenEphemeral)(nil)
)

func newTokenEphemeral() ephemeral.EphemeralResource { return &tokenEphemeral{} }

// tokenEphemeral has neither Renew nor Close: a token mostly outlasts a run, and expires
// by itself.
type tokenEphemeral struct{ backend *backend }

type tokenEphemeralModel struct {
	TokenURL      types.String `tfsdk:"token_url"`
	ClientID      types.String `tfsdk:"client_id"`
	ClientSecret  types.String `tfsdk:"client_secret"`
	RefreshToken  types.String `tfsdk:"refresh_token"`
	PrivateKeyPEM types.String `tfsdk:"private_key_pem"`
	PrivateKeyID  types.String `tfsdk:"private_key_id"`
	Issuer        types.String `tfsdk:"issuer"`
	Subject       types.String `tfsdk:"subject"`
	Audience      types.String `tfsdk:"audience"`
	Scopes        types.List   `tfsdk:"scopes"`
	CACertPEM     types.String `tfsdk:"ca_cert_pem"`
	Timeout       types.String `tfsdk:"timeout"`
	IgnoreRules   types.Set    `tfsdk:"ignore_rules"`

	AccessToken   types.String `tfsdk:"access_token"`
	ExpiresAt     types.String `tfsdk:"expires_at"`
	TokenType     types.String `tfsdk:"token_type"`
	GrantedScopes types.List   `tfsdk:"granted_scopes"`
}

// tokenRows are the arguments and outputs of smtp_oauth2_token.
var tokenRows = []attribute{
	{name: "token_url", kinds: inEphemeral, shape: text, required: true,
		description: "Token endpoint of the service, with https (http only on this machine): `https://oauth2.googleapis.com/token` with Google, `https://login.microsoftonline.com/TENANT/oauth2/v2.0/token` with Microsoft. Redirects are not followed."},
	{name: "client_id", kinds: inEphemeral, shape: text, optional: true,
		description: "ID of the client (the app), as registered at the service. Needed unless `private_key_pem` is given."},
	{name: "client_secret", kinds: inEphemeral, shape: text, optional: true, sensitive: true,
		description: "Secret of the client. Without `refresh_token`, the token is for the application itself (`client_credentials`, RFC 6749 section 4.4). The secret is sent in the body of the request."},
	{name: "refresh_token", kinds: inEphemeral, shape: text, optional: true, sensitive: true,
		description: "Refresh token that the owner of the mailbox has consented to; the token is then for that mailbox (RFC 6749 section 6)."},
	{name: "private_key_pem", kinds: inEphemeral, shape: text, optional: true, sensitive: true,
		description: "Private key in PEM that signs the request, as in the key file of a Google service account (`jwt_bearer`, RFC 7523 section 2.1): RSA of 2048 bits or more, or P-256."},
	{name: "private_key_id", kinds: inEphemeral, shape: text, optional: true,
		description: "ID of the key: `kid` in the signed request, `private_key_id` in Google's key file."},
	{name: "issuer", kinds: inEphemeral, shape: text, optional: true,
		description: "Who signs: `iss` in the signed request, `client_email` in Google's key file. Default: `client_id`."},
	{name: "subject", kinds: inEphemeral, shape: text, optional: true,
		description: "Whom the token is for: `sub` in the signed request. With Google, the Workspace mailbox that the service account acts for. Default: `issuer`; with Google none."},
	{name: "audience", kinds: inEphemeral, shape: text, optional: true,
		description: "Name of the token service: `aud` in the signed request. Default: `token_url`."},
	{name: "scopes", kinds: inEphemeral, shape: textList, optional: true,
		description: "What the token is for: `https://mail.google.com/` with Google; with Microsoft `https://outlook.office.com/SMTP.Send` for a refresh token and `https://outlook.office365.com/.default` for an application. Default: those of the service, or with a refresh token those that it was issued for."},
	{name: "ca_cert_pem", kinds: inEphemeral, shape: text, optional: true,
		description: "Certificates in PEM that are the only roots trusted for `token_url`. Default: the roots of the system. The provider's `ca_cert_pem` is for mail servers and is not used here."},
	{name: "timeout", kinds: inEphemeral, shape: text, optional: true,
		description: "Time for the request, `1s` to `10m`. Default: the provider's `timeout`, else `30s`."},
	{name: "ignore_rules", kinds: inEphemeral, shape: textSet, optional: true,
		description: "Codes of rules and warnings to ignore, as shown in diagnostics, such as `oauth2-refresh-token-rotated`."},

	{name: "access_token", kinds: inEphemeral, shape: text, computed: true, sensitive: true,
		description: "The access token, for `access_token` and `access_token_wo` of `smtp_connection`."},
	{name: "expires_at", kinds: inEphemeral, shape: text, computed: true,
		description: "When it expires, in UTC (RFC 3339); null if the service doesn't say."},
	{name: "token_type", kinds: inEphemeral, shape: text, computed: true,
		description: "Type of the token, `Bearer` (RFC 6750)."},
	{name: "granted_scopes", kinds: inEphemeral, shape: textList, computed: true,
		description: "What the token is for. If the service doesn't say, those that were asked for (RFC 6749 section 5.1); null if none were."},
}

func (m tokenEphemeralModel) declared() oauth2token.Declared {
	return oauth2token.Declared{
		TokenURL:      textValue(m.TokenURL),
		ClientID:      textValue(m.ClientID),
		ClientSecret:  secretValue(m.ClientSecret),
		RefreshToken:  secretValue(m.RefreshToken),
		PrivateKeyPEM: secretValue(m.PrivateKeyPEM),
		PrivateKeyID:  textValue(m.PrivateKeyID),
		Issuer:        textValue(m.Issuer),
		Subject:       textValue(m.Subject),
		Audience:      textValue(m.Audience),
		Scopes:        texts(m.Scopes),
		CACertPEM:     textValue(m.CACertPEM),
		Timeout:       textValue(m.Timeout),
		IgnoreRules:   texts(m.IgnoreRules),
	}
}

func (e *tokenEphemeral) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_oauth2_token"
}

func (e *tokenEphemeral) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An OAuth2 access token for SMTP, fetched from the token service whenever Terraform opens the block: at plan, at apply and at destroy. Nothing is stored, neither the token nor the credentials.\n\nThe grant follows from what you give: `refresh_token`, `private_key_pem`, or `client_secret` alone. Each time one request is made, and no other after a refusal. If the service answers with a new refresh token, a warning says so (`oauth2-refresh-token-rotated`), because Terraform can't keep it. Needs Terraform 1.10 or OpenTofu 1.11.",
		Attributes:          ephemeralAttributes(tokenRows),
	}
}

func (e *tokenEphemeral) Configure(_ context.Context, req ephemeral.ConfigureRequest, _ *ephemeral.ConfigureResponse) {
	e.backend, _ = req.ProviderData.(*backend)
}

func (e *tokenEphemeral) ValidateConfig(ctx context.Context, req ephemeral.ValidateConfigRequest, resp *ephemeral.ValidateConfigResponse) {
	var m tokenEphemeralModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(tokenDiagnostics(checkToken(m.declared()))...)
	}
}

// checkToken applies the rules about requests, and those about arguments that connections
// have too.
func checkToken(d oauth2token.Declared) []finding.Finding {
	shared := []string{"ca_cert_pem", "timeout", "ignore_rules"}
	found := oauth2token.Check(d)
	for _, f := range rules.Check(settings.Settings{
		Host:        settings.Unknown[string](),
		CACertPEM:   d.CACertPEM,
		Timeout:     d.Timeout,
		IgnoreRules: d.IgnoreRules,
		Now:         time.Now(),
	}) {
		if slices.Contains(shared, f.Attribute) {
			found = append(found, f)
		}
	}
	return found
}

// Open fetches a token. Terraform calls it once all arguments are known.
func (e *tokenEphemeral) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var m tokenEphemeralModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	found := slices.DeleteFunc(checkToken(m.declared()), func(f finding.Finding) bool {
		return f.Severity == finding.SeverityWarning // ValidateConfig has shown it
	})
	if len(found) == 0 {
		var token oauth2token.Token
		token, found = e.backend.fetch(ctx, m.declared())
		m.AccessToken = types.StringValue(token.AccessToken.Reveal())
		m.TokenType = types.StringValue(token.Type)
		m.ExpiresAt = types.StringNull()
		if !token.Expires.IsZero() {
			m.ExpiresAt = rfc3339(token.Expires)
		}
		m.GrantedScopes = types.ListNull(types.StringType)
		if token.Scopes != nil {
			m.GrantedScopes = textsOf(token.Scopes)
		}
	}
	resp.Diagnostics.Append(tokenDiagnostics(found)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.Result.Set(ctx, &m)...)
	}
}

// fetch asks the token service for a token, unless the provider is offline. From the
// provider block, a request inherits only the timeout.
func (b *backend) fetch(ctx context.Context, d oauth2token.Declared) (oauth2token.Token, []finding.Finding) {
	switch {
	case b == nil:
		return oauth2token.Token{}, []finding.Finding{finding.Of(errUnconfigured)}
	case b.offline.IsUnknown():
		return oauth2token.Token{}, []finding.Finding{unknownInProvider("offline", finding.Facts{})}
	case b.offline.Or(false):
		return oauth2token.Token{}, []finding.Finding{finding.New("oauth2-offline", nil)}
	case d.Timeout.IsUnset() && b.timeout.IsUnknown():
		return oauth2token.Token{}, []finding.Finding{unknownInProvider("timeout", finding.Facts{"here": "timeout"})}
	case d.Timeout.IsUnset():
		d.Timeout = b.timeout
	}
	token, err := b.tokens.Fetch(ctx, d)
	for i := range token.Warnings {
		token.Warnings[i] = token.Warnings[i].In(d.Block())
	}
	if err != nil {
		f := finding.Of(err).In(d.Block())
		tflog.Debug(ctx, "oauth2 token not given", map[string]any{"code": string(f.Code)})
		return token, []finding.Finding{f}
	}
	tflog.Debug(ctx, "oauth2 token given", map[string]any{"expires_at": token.Expires.UTC().Format(time.RFC3339)})
	return token, notIgnored(settings.Settings{IgnoreRules: d.IgnoreRules}, token.Warnings)
}

// tokenDiagnostics shows each finding at the argument to change, or at token_url if that
// argument is sensitive.
func tokenDiagnostics(found []finding.Finding) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, f := range found {
		at := path.Root("token_url")
		for _, a := range tokenRows {
			if a.name == f.Attribute && !a.sensitive && !a.computed {
				at = path.Root(a.name)
			}
		}
		diags.Append(diagnostic(f, at))
	}
	return diags
}
