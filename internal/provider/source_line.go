package provider

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
)

// Terraform prints the source line at the place of a diagnostic. Where that line may
// hold a literal secret, as in host = "smtp://app:secret@smtp.example.com", the
// diagnostic moves to an argument that is not given: Terraform then prints the head
// of the block. What a text repeats of such a value loses the secret.

// blockKind is what a configuration belongs to.
type blockKind uint8

const (
	providerBlock blockKind = iota
	resourceBlock
	dataSourceBlock
	ephemeralBlock
)

// discreet keeps the secrets in the values of a block out of its diagnostics.
func (s server) discreet(kind blockKind, name string, config *tfprotov6.DynamicValue, diags []*tfprotov6.Diagnostic) {
	if len(diags) == 0 || config == nil {
		return
	}
	values := s.values(kind, name, config)
	risky, found := map[string]bool{}, []string{}
	for argument, value := range values {
		for _, text := range textsIn(value) {
			if parts := secretsIn(text); len(parts) > 0 {
				risky[argument], found = true, append(found, parts...)
			}
		}
	}
	if len(found) == 0 {
		return
	}
	parts := make([]secret.String, 0, len(found))
	for _, part := range found {
		parts = append(parts, secret.New(part))
	}
	eraser := secret.NewEraser(parts...)
	for _, d := range diags {
		if at, ok := rootOf(d.Attribute); ok && risky[at] {
			d.Attribute = notGiven(values)
		}
		for _, part := range found { // the eraser leaves a short one
			d.Summary, d.Detail = withhold(d.Summary, part), withhold(d.Detail, part)
		}
		d.Summary, d.Detail = eraser.Erase(d.Summary), strings.Join(eraser.EraseLines(strings.Split(d.Detail, "\n")), "\n")
	}
}

func withhold(text, part string) string { return strings.ReplaceAll(text, ":"+part+"@", ":…@") }

// values returns the arguments of a block.
func (s server) values(kind blockKind, name string, config *tfprotov6.DynamicValue) map[string]tftypes.Value {
	schemas, err := s.schemas()
	if err != nil {
		return nil
	}
	schema := map[blockKind]*tfprotov6.Schema{
		providerBlock: schemas.Provider, resourceBlock: schemas.ResourceSchemas[name],
		dataSourceBlock: schemas.DataSourceSchemas[name], ephemeralBlock: schemas.EphemeralResourceSchemas[name],
	}[kind]
	if schema == nil {
		return nil
	}
	block, err := config.Unmarshal(schema.ValueType())
	values := map[string]tftypes.Value{}
	if err != nil || block.As(&values) != nil {
		return nil
	}
	return values
}

// textsIn returns the texts of a value, or in it.
func textsIn(value tftypes.Value) []string {
	var texts []string
	_ = tftypes.Walk(value, func(_ *tftypes.AttributePath, v tftypes.Value) (bool, error) {
		var text string
		if v.IsKnown() && !v.IsNull() && v.Type().Is(tftypes.String) && v.As(&text) == nil {
			texts = append(texts, text)
		}
		return true, nil
	})
	return texts
}

// named is a secret by its name, as in a query: password=secret.
var named = lazyregexp.New(`(?i)(?:^|[?&;,\s#])[\w.-]*(?:pass|passwd|password|pwd|pw|secret|token|api[-_]?key|key|credential)s?=([^&;,\s#]+)`)

// secretsIn returns the secret in user:secret@, with or without a scheme before it, and
// the values in a query whose names are those of secrets. It returns them as typed, also
// where the separators are percent-encoded or full-width characters.
func secretsIn(text string) []string {
	var found []string
	for _, match := range named.FindAllStringSubmatch(text, -1) {
		found = append(found, match[1])
	}
	for _, typed := range []string{text, separators.Replace(text)} {
		if part := userinfoSecret(typed); part != "" {
			return append(found, part)
		}
	}
	return found
}

var separators = strings.NewReplacer("%3A", ":", "%3a", ":", "%40", "@", "：", ":", "＠", "@")

func userinfoSecret(text string) string {
	before, _, found := cutLast(text, "@")
	if _, rest, isURL := strings.Cut(before, "://"); isURL {
		before = rest
	}
	user, part, _ := strings.Cut(before, ":")
	switch {
	case !found, strings.Contains(user, "@"), strings.EqualFold(user, "mailto"): // an address
	case part == "", unicode.IsSpace(rune(part[0])), part[0] == '<': // a header or a command
	default:
		return part
	}
	return ""
}

func cutLast(text, separator string) (before, after string, found bool) {
	if i := strings.LastIndex(text, separator); i >= 0 {
		return text[:i], text[i+len(separator):], true
	}
	return text, "", false
}

// rootOf returns the argument that a path begins with.
func rootOf(path *tftypes.AttributePath) (string, bool) {
	if path == nil || len(path.Steps()) == 0 {
		return "", false
	}
	name, ok := path.Steps()[0].(tftypes.AttributeName)
	return string(name), ok
}

// notGiven returns the path of an argument that the block doesn't give, or nil.
func notGiven(values map[string]tftypes.Value) *tftypes.AttributePath {
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if values[name].IsNull() && !isSecret(name) {
			return tftypes.NewAttributePath().WithAttributeName(name)
		}
	}
	return nil
}

// isSecret reports whether an argument is sensitive, so that its line must not be shown.
func isSecret(name string) bool {
	return slices.ContainsFunc(slices.Concat(argumentRows, tokenRows), func(a attribute) bool { return a.name == name && a.sensitive })
}

// ValidateProviderConfig implements [tfprotov6.ProviderServer].
func (s server) ValidateProviderConfig(ctx context.Context, req *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	resp, err := s.ProviderServer.ValidateProviderConfig(ctx, req)
	if err == nil {
		s.discreet(providerBlock, "", req.Config, resp.Diagnostics)
	}
	return resp, err
}

// PlanResourceChange implements [tfprotov6.ProviderServer].
func (s server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	resp, err := s.ProviderServer.PlanResourceChange(ctx, req)
	if err == nil {
		s.discreet(resourceBlock, req.TypeName, req.Config, resp.Diagnostics)
	}
	return resp, err
}

// ApplyResourceChange implements [tfprotov6.ProviderServer].
func (s server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	resp, err := s.ProviderServer.ApplyResourceChange(ctx, req)
	if err == nil {
		s.discreet(resourceBlock, req.TypeName, req.Config, resp.Diagnostics)
	}
	return resp, err
}

// ReadResource implements [tfprotov6.ProviderServer].
func (s server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	resp, err := s.ProviderServer.ReadResource(ctx, req)
	if err == nil {
		s.discreet(resourceBlock, req.TypeName, req.CurrentState, resp.Diagnostics)
	}
	return resp, err
}

// ValidateDataResourceConfig implements [tfprotov6.ProviderServer].
func (s server) ValidateDataResourceConfig(ctx context.Context, req *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	resp, err := s.ProviderServer.ValidateDataResourceConfig(ctx, req)
	if err == nil {
		s.discreet(dataSourceBlock, req.TypeName, req.Config, resp.Diagnostics)
	}
	return resp, err
}

// ReadDataSource implements [tfprotov6.ProviderServer].
func (s server) ReadDataSource(ctx context.Context, req *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	resp, err := s.ProviderServer.ReadDataSource(ctx, req)
	if err == nil {
		s.discreet(dataSourceBlock, req.TypeName, req.Config, resp.Diagnostics)
	}
	return resp, err
}

// ValidateEphemeralResourceConfig implements [tfprotov6.ProviderServer].
func (s server) ValidateEphemeralResourceConfig(ctx context.Context, req *tfprotov6.ValidateEphemeralResourceConfigRequest) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	resp, err := s.ProviderServer.ValidateEphemeralResourceConfig(ctx, req)
	if err == nil {
		s.discreet(ephemeralBlock, req.TypeName, req.Config, resp.Diagnostics)
	}
	return resp, err
}

// OpenEphemeralResource implements [tfprotov6.ProviderServer].
func (s server) OpenEphemeralResource(ctx context.Context, req *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	resp, err := s.ProviderServer.OpenEphemeralResource(ctx, req)
	if err == nil {
		s.discreet(ephemeralBlock, req.TypeName, req.Config, resp.Diagnostics)
	}
	return resp, err
}
