package provider_test

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/provider"
)

// connection is the type of the resource, the data source and the ephemeral.
const connection = "smtp_connection"

// served is a provider, spoken to in the protocol as Terraform does it.
type served struct {
	testing.TB
	tfprotov6.ProviderServer
	schemas *tfprotov6.GetProviderSchemaResponse
	ctx     context.Context // of all calls
}

// Context is that of all calls.
func (s *served) Context() context.Context { return s.ctx }

// in returns the same provider for a test below.
func (s *served) in(t testing.TB) *served {
	return &served{t, s.ProviderServer, s.schemas, t.Context()}
}

// serve returns a provider on a network of its own that isn't configured yet.
func serve(t testing.TB, n provider.Network) *served {
	t.Helper()
	server := provider.NewServer(provider.NewOn("test", n)())()
	schemas, err := server.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range schemas.Diagnostics {
		t.Fatalf("schema: %s: %s", d.Summary, d.Detail)
	}
	return &served{t, server, schemas, t.Context()}
}

// start returns a provider that is configured by the given block.
func start(t testing.TB, n provider.Network, block config) *served {
	t.Helper()
	s := serve(t, n)
	s.configure(block).none(t)
	return s
}

// dynamic writes a block in the wire's form.
func (s *served) dynamic(schema *tfprotov6.Schema, value any) *tfprotov6.DynamicValue {
	s.Helper()
	typ := schema.ValueType()
	d, err := tfprotov6.NewDynamicValue(typ, encode(s, typ, value))
	if err != nil {
		s.Fatal(err)
	}
	return &d
}

// value reads the wire's form of a block; what is absent is null.
func (s *served) value(schema *tfprotov6.Schema, d *tfprotov6.DynamicValue) tftypes.Value {
	s.Helper()
	if d == nil {
		return tftypes.NewValue(schema.ValueType(), nil)
	}
	v, err := d.Unmarshal(schema.ValueType())
	if err != nil {
		s.Fatal(err)
	}
	return v
}

func (s *served) resourceSchema() *tfprotov6.Schema   { return s.schemas.ResourceSchemas[connection] }
func (s *served) dataSourceSchema() *tfprotov6.Schema { return s.schemas.DataSourceSchemas[connection] }

// ok ends the test on an error of the protocol itself.
func (s *served) ok(err error) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
}

// validateProvider is what Terraform asks about the provider block first.
func (s *served) validateProvider(block config) found {
	s.Helper()
	resp, err := s.ValidateProviderConfig(s.Context(), &tfprotov6.ValidateProviderConfigRequest{
		Config: s.dynamic(s.schemas.Provider, block),
	})
	s.ok(err)
	return resp.Diagnostics
}

func (s *served) configure(block config) found {
	s.Helper()
	if found := s.validateProvider(block); found.failed() {
		return found
	}
	resp, err := s.ConfigureProvider(s.Context(), &tfprotov6.ConfigureProviderRequest{
		Config: s.dynamic(s.schemas.Provider, block),
	})
	s.ok(err)
	return resp.Diagnostics
}

func (s *served) validateResource(c config) found {
	s.Helper()
	resp, err := s.ValidateResourceConfig(s.Context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: connection, Config: s.dynamic(s.resourceSchema(), c),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
	})
	s.ok(err)
	return resp.Diagnostics
}

func (s *served) validateDataSource(c config) found {
	s.Helper()
	resp, err := s.ValidateDataResourceConfig(s.Context(), &tfprotov6.ValidateDataResourceConfigRequest{
		TypeName: connection, Config: s.dynamic(s.dataSourceSchema(), c),
	})
	s.ok(err)
	return resp.Diagnostics
}

// readDataSource validates the block and reads it; the outputs are nil where
// that failed.
func (s *served) readDataSource(c config) (map[string]any, found) {
	s.Helper()
	before := s.validateDataSource(c)
	if before.failed() {
		return nil, before
	}
	resp, err := s.ReadDataSource(s.Context(), &tfprotov6.ReadDataSourceRequest{
		TypeName: connection, Config: s.dynamic(s.dataSourceSchema(), c),
	})
	s.ok(err)
	if found := found(resp.Diagnostics); found.failed() {
		return nil, found
	}
	outputs, _ := decode(s, s.value(s.dataSourceSchema(), resp.State)).(map[string]any)
	return outputs, resp.Diagnostics
}

// found are the diagnostics of one call.
type found []*tfprotov6.Diagnostic

var codeLine = regexp.MustCompile(`(?m)^  code +(\S+)$`)

// code returns the code of a diagnostic, or the summary of one that has none.
func code(d *tfprotov6.Diagnostic) string {
	if m := codeLine.FindStringSubmatch(d.Detail); m != nil {
		return m[1]
	}
	return d.Summary
}

func (f found) of(severity tfprotov6.DiagnosticSeverity) []string {
	codes := []string{}
	for _, d := range f {
		if d.Severity == severity {
			codes = append(codes, code(d))
		}
	}
	return codes
}

// errors returns the codes of the errors, in their order.
func (f found) errors() []string { return f.of(tfprotov6.DiagnosticSeverityError) }

// warnings returns the codes of the warnings, in their order.
func (f found) warnings() []string { return f.of(tfprotov6.DiagnosticSeverityWarning) }

func (f found) failed() bool { return len(f.errors()) > 0 }

// at returns the argument that the diagnostic with a code stands at; "" where it
// stands at the block, or there is none.
func (f found) at(wanted string) string {
	for _, d := range f {
		if code(d) == wanted && d.Attribute != nil && len(d.Attribute.Steps()) > 0 {
			name, _ := d.Attribute.Steps()[0].(tftypes.AttributeName)
			return string(name)
		}
	}
	return ""
}

// text returns all that a person would see.
func (f found) text() string {
	var b strings.Builder
	for _, d := range f {
		b.WriteString(d.Severity.String() + ": " + d.Summary + "\n" + d.Detail + "\n")
	}
	return b.String()
}

// none ends the test where there is any diagnostic.
func (f found) none(t testing.TB) {
	t.Helper()
	if len(f) > 0 {
		t.Fatal(f.text())
	}
}

// only ends the test unless these errors and these warnings were found, in any
// order.
func (f found) only(t testing.TB, errors, warnings []string) {
	t.Helper()
	for _, kind := range []struct {
		name      string
		got, want []string
	}{{"errors", f.errors(), errors}, {"warnings", f.warnings(), warnings}} {
		got, want := slices.Sorted(slices.Values(kind.got)), slices.Sorted(slices.Values(kind.want))
		if !slices.Equal(got, want) {
			t.Fatalf("%s %v, want %v\n%s", kind.name, got, want, f.text())
		}
	}
}
