package provider_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, a secret that stands in front of a host, in any argument, is on the
// screen: in the text of a diagnostic, or on the source line that Terraform prints at
// its place.
func TestLiteralSecretsStayOffTheScreen(t *testing.T) {
	s := start(t, smtptest.NewNetwork(0), nil)
	literals := []string{
		"smtps://app:" + canary + "@smtp.corp.internal:2525", "app:" + canary + "@smtp.corp.internal", "//app:p/" + canary + "@corp",
		"https://app:p@" + canary + "@login.corp.internal/token?a=b", "app:" + canary + "\n@smtp.corp.internal",
		"smtp.corp.internal?password=" + canary, "https://login.corp.internal/token?a=b&client_secret=" + canary,
		"smtp.corp.internal api_key=" + canary, "app%3A" + canary + "%40smtp.corp.internal", "app:" + canary + "＠smtp.corp.internal",
	}
	blocks := []struct {
		name     string
		schema   *tfprotov6.Schema
		given    config
		validate func(*served, config) found
	}{
		{"provider", s.schemas.Provider, config{}, (*served).validateProvider},
		{"resource", s.resourceSchema(), config{"host": corp}, func(s *served, c config) found {
			all := s.validateResource(c)
			_, more := s.plan(state{}, c)
			return append(all, more...)
		}},
		{"data source", s.dataSourceSchema(), config{"host": corp}, func(s *served, c config) found {
			all := s.validateDataSource(c)
			_, more := s.readDataSource(c)
			return append(all, more...)
		}},
		{"ephemeral", s.ephemeralSchema(connection), config{"host": corp}, func(s *served, c config) found {
			return s.validateEphemeral(connection, c)
		}},
		{"token", s.ephemeralSchema(tokenType), config{"token_url": "https://login.corp.internal/token"}, func(s *served, c config) found {
			return s.validateEphemeral(tokenType, c)
		}},
	}
	values, diagnostics := 0, 0
	for _, b := range blocks {
		for _, a := range b.schema.Block.Attributes {
			if !a.Optional && !a.Required || !holdsText(a.Type) {
				continue
			}
			for _, literal := range literals {
				var value any = literal
				switch a.Type.(type) {
				case tftypes.List, tftypes.Set:
					value = []any{literal}
				case tftypes.Map:
					value = map[string]any{"key": literal}
				}
				found := b.validate(s.in(t), b.given.with(config{a.Name: value}))
				values++
				diagnostics += len(found)
				if strings.Contains(found.text(), canary) {
					t.Errorf("%s: %s = %q is shown:\n%s", b.name, a.Name, literal, found.text())
				}
				for _, d := range found {
					if d.Attribute != nil && d.Attribute.Equal(tftypes.NewAttributePath().WithAttributeName(a.Name)) {
						t.Errorf("%s: %s = %q: %s stands at its line", b.name, a.Name, literal, d.Summary)
					}
				}
			}
		}
	}
	if values < 300 || diagnostics < 200 {
		t.Errorf("%d values, %d diagnostics: the test proves little", values, diagnostics)
	}
}

// holdsText reports whether a type is that of a text, or of several.
func holdsText(typ tftypes.Type) bool {
	return slices.ContainsFunc([]tftypes.Type{
		tftypes.String, tftypes.List{ElementType: tftypes.String}, tftypes.Set{ElementType: tftypes.String}, tftypes.Map{ElementType: tftypes.String},
	}, typ.Equal)
}
