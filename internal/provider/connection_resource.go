package provider

import (
	"context"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

var (
	_ resource.ResourceWithConfigure      = (*connectionResource)(nil)
	_ resource.ResourceWithValidateConfig = (*connectionResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*connectionResource)(nil)
	_ resource.ResourceWithImportState    = (*connectionResource)(nil)
)

// What refresh may be.
const (
	refreshNone      = "none"
	refreshHandshake = "handshake"
)

func newConnectionResource() resource.Resource { return &connectionResource{} }

type connectionResource struct{ backend *backend }

type connectionResourceModel struct {
	arguments
	planned
	probed
	PasswordWO            types.String `tfsdk:"password_wo"`
	PasswordWOVersion     wholeNumber  `tfsdk:"password_wo_version"`
	AccessTokenWO         types.String `tfsdk:"access_token_wo"`
	AccessTokenWOVersion  wholeNumber  `tfsdk:"access_token_wo_version"`
	ClientKeyPEMWO        types.String `tfsdk:"client_key_pem_wo"`
	ClientKeyPEMWOVersion wholeNumber  `tfsdk:"client_key_pem_wo_version"`
	MessageSubject        types.String `tfsdk:"message_subject"`
	Triggers              types.Map    `tfsdk:"triggers"`
	Refresh               types.String `tfsdk:"refresh"`
	VerifiedAt            types.String `tfsdk:"verified_at"`
	ServerReply           types.String `tfsdk:"server_reply"`
}

// settings returns the declared connection, with a write-only secret in the
// place of the stored one.
func (m connectionResourceModel) settings() settings.Settings {
	s := m.arguments.settings()
	s.VerifyByDefault = true
	s.MessageSubject = textValue(m.MessageSubject)
	s.TakesWriteOnly = true
	for _, secret := range []struct {
		name      string
		stored    *settings.Value[secret.String]
		writeOnly types.String
		version   wholeNumber
	}{
		{"password_wo", &s.Password, m.PasswordWO, m.PasswordWOVersion},
		{"access_token_wo", &s.AccessToken, m.AccessTokenWO, m.AccessTokenWOVersion},
		{"client_key_pem_wo", &s.ClientKeyPEM, m.ClientKeyPEMWO, m.ClientKeyPEMWOVersion},
	} {
		stored := !secret.stored.IsUnset()
		if !stored {
			*secret.stored = secretValue(secret.writeOnly)
		}
		if !secret.writeOnly.IsNull() {
			s.WriteOnly = append(s.WriteOnly, secret.name)
			if stored {
				s.Twice = append(s.Twice, strings.TrimSuffix(secret.name, "_wo"))
			}
		}
		if !secret.version.IsNull() {
			s.WriteOnly = append(s.WriteOnly, secret.name+"_version")
		}
		if secret.writeOnly.IsUnknown() {
			s.MayBeNull = append(s.MayBeNull, secret.name)
		}
		if secret.version.IsUnknown() {
			s.MayBeNull = append(s.MayBeNull, secret.name+"_version")
		}
	}
	return s
}

func (r *connectionResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_connection"
}

func (r *connectionResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A connection to an SMTP server. A plan fails on settings that can't work, without contacting anything. Apply contacts the server when the resource is created or changed, and proves the rest: greeting, TLS, certificate and one login. Refresh contacts it, without credentials, only with `refresh = \"handshake\"`. Destroy never contacts the server; nothing was created there.",
		Attributes:          resourceAttributes(connectionRows()),
	}
}

func (r *connectionResource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	r.backend, _ = req.ProviderData.(*backend)
}

// ValidateConfig asks the rules. Terraform calls it at validate with literals,
// at plan with variables, and at apply with final values.
func (r *connectionResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var m connectionResourceModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(diagnostics(append(duplicateSecrets(m), applyRules(ctx, r.backend.declared(m.settings()), req.Config.Raw.IsFullyKnown())...), inResource)...)
}

// duplicateSecrets reports secrets set both as a stored and as a write-only argument.
func duplicateSecrets(m connectionResourceModel) []finding.Finding {
	var found []finding.Finding
	for _, pair := range []struct {
		stored, unstored types.String
		name             string
	}{
		{m.Password, m.PasswordWO, "password"},
		{m.AccessToken, m.AccessTokenWO, "access_token"},
		{m.ClientKeyPEM, m.ClientKeyPEMWO, "client_key_pem"},
	} {
		if secretValue(pair.stored).IsKnown() && secretValue(pair.unstored).IsKnown() {
			found = append(found, finding.New("two-secrets", finding.Facts{"first": pair.name, "second": pair.name + "_wo"}).In(m.settings().Block()))
		}
	}
	return found
}

// ModifyPlan sets what is known at plan, from the configuration, the provider's own
// configuration and the prior state alone: it runs again during apply and must say
// the same there. Whatever differs from the state makes all outputs of the check
// unknown.
func (r *connectionResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() { // destroy
		return
	}
	var config, plan connectionResourceModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	plan.Port, plan.TLSMode, plan.planned = derive(r.backend.declared(config.settings()))
	resp.Diagnostics.Append(diagnostics(r.backend.ehloWarning(config.settings()), inResource)...)

	if req.State.Raw.IsNull() {
		plan.probed, plan.VerifiedAt, plan.ServerReply = unknownProbed(), types.StringUnknown(), types.StringUnknown()
		resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
		return
	}
	var state connectionResourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	same := plan
	same.probed, same.VerifiedAt, same.ServerReply = state.probed, state.VerifiedAt, state.ServerReply
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &same)...)
	if resp.Plan.Raw.Equal(req.State.Raw) && !r.needsCheck(state) {
		return
	}
	plan.probed, plan.VerifiedAt, plan.ServerReply = unknownProbed(), types.StringUnknown(), types.StringUnknown()
	resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
}

// needsCheck reports whether the connection in the state waits for a check: it was
// applied offline, or a refresh saw that the handshake would fail. If the provider
// goes offline between plan and apply, the update becomes none, which Terraform
// allows.
func (r *connectionResource) needsCheck(state connectionResourceModel) bool {
	offline := r.backend != nil && r.backend.offline.Or(false)
	return !offline && !state.Verified.ValueBool() &&
		state.settings().ResolvedVerify().Or(settings.VerifyNone) != settings.VerifyNone
}

func (r *connectionResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	resp.Diagnostics.Append(r.apply(ctx, req.Config, req.Plan, &resp.State)...)
}

func (r *connectionResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.Diagnostics.Append(r.apply(ctx, req.Config, req.Plan, &resp.State)...)
}

// apply checks the connection and saves the plan with what was seen. After an
// error nothing is saved: Create then taints nothing, and Update leaves the old
// state. Write-only values are in the configuration alone.
func (r *connectionResource) apply(ctx context.Context, config tfsdk.Config, plan tfsdk.Plan, state *tfsdk.State) diag.Diagnostics {
	var declared, saved connectionResourceModel
	diags := config.Get(ctx, &declared)
	diags.Append(plan.Get(ctx, &saved)...)
	if diags.HasError() {
		return diags
	}
	s := r.backend.declared(declared.settings())
	if found := rules.Check(s); hasError(found) {
		return diagnostics(found, inResource)
	}
	seen, reply, found := r.backend.check(ctx, s)
	saved.Port, saved.TLSMode, saved.planned = derive(s)
	saved.settle()
	saved.probed, saved.VerifiedAt, saved.ServerReply = seen, types.StringNull(), reply
	if seen.Verified.ValueBool() {
		saved.VerifiedAt = rfc3339(time.Now())
	}
	diags.Append(diagnostics(found, inResource)...)
	if !diags.HasError() {
		diags.Append(state.Set(ctx, &saved)...)
	}
	return diags
}

// Read contacts nothing unless refresh asks for a look, and is never an error: a
// server that is down must not keep anyone from planning or destroying. A look that
// was interrupted has seen nothing, so it changes nothing.
func (r *connectionResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var refresh types.String // alone: most connections need no more, and there may be many
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("refresh"), &refresh)...)
	if resp.Diagnostics.HasError() || refresh.ValueString() != refreshHandshake {
		return
	}
	var state connectionResourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || !r.checksAtRefresh(state) {
		return
	}
	s := withoutLogin(state.settings())
	if _, unknown := r.backend.inherit(s); len(unknown) > 0 {
		return
	}
	_, _, found := r.backend.check(ctx, s)
	withheld := s.ClientCertPEM.IsUnset() && !state.ClientCertPEM.IsNull()
	if !hasError(found) || ctx.Err() != nil || withheld && found[0].Code == "client-certificate-required" {
		return
	}
	state.Verified = types.BoolValue(false)
	resp.Diagnostics.Append(diagnostics(notIgnored(s, []finding.Finding{driftWarning(found)}), inResource)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// withoutLogin is the part of a connection that a refresh can check: all but the login.
// A client certificate whose key is write-only can't be shown; up to the server's
// demand for one, all has gone well.
func withoutLogin(s settings.Settings) settings.Settings {
	s.Verify = settings.Of(settings.VerifyHandshake)
	if s.ClientKeyPEM.IsUnset() {
		s.ClientCertPEM = settings.Value[string]{}
	}
	return s
}

// checksAtRefresh reports whether a refresh that was asked for contacts the server.
func (r *connectionResource) checksAtRefresh(state connectionResourceModel) bool {
	return state.Verified.ValueBool() && r.backend != nil && !r.backend.offline.Or(false)
}

// driftWarning is the warning that a check which passed would now fail as found, with the
// fixes of that.
func driftWarning(found []finding.Finding) finding.Finding {
	first := found[0]
	f := finding.New("handshake-drift", finding.Facts{"code": string(first.Code), "summary": first.Summary}, first.Seen...)
	f.Fixes = first.Fixes
	return f
}

// ImportState says what to do in place of an import: nothing exists that could be
// imported.
func (r *connectionResource) ImportState(_ context.Context, _ resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	f := finding.New("import-unsupported", nil)
	resp.Diagnostics.AddError(f.Summary, f.Detail())
}

// Delete contacts nothing: nothing was created on the server.
func (r *connectionResource) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {
}

func hasError(found []finding.Finding) bool {
	for _, f := range found {
		if f.Severity == finding.SeverityError {
			return true
		}
	}
	return false
}
