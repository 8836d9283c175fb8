package provider

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// If this fails, a diagnostic can stand at an argument that holds a secret, or at one
// that the block doesn't have: Terraform shows the line of the argument.
func TestPlaces(t *testing.T) {
	tests := []struct {
		attribute string
		in        kind
		want      path.Path
	}{
		{"port", inResource, path.Root("port")},
		{"port", inDataSource, path.Root("port")},
		{"refresh", inResource, path.Root("refresh")},
		{"refresh", inDataSource, path.Root("host")},
		{"password", inResource, path.Root("host")},
		{"password_wo", inResource, path.Root("host")},
		{"access_token", inEphemeral, path.Root("host")},
		{"client_key_pem", inDataSource, path.Root("host")},
		{"verified", inResource, path.Root("host")},
		{"", inResource, path.Root("host")},
	}
	for _, tt := range tests {
		shown := diagnostics([]finding.Finding{{Severity: finding.SeverityError, Attribute: tt.attribute, Summary: "x"}}, tt.in)
		if len(shown) != 1 {
			t.Fatalf("%d diagnostics", len(shown))
		}
		at, ok := shown[0].(diag.DiagnosticWithPath)
		if !ok || !at.Path().Equal(tt.want) {
			t.Errorf("%q in kind %d stands at %v, want %v", tt.attribute, tt.in, shown[0], tt.want)
		}
	}
}
