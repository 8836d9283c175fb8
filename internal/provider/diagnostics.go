package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// diagnostic shows a finding at a place in the configuration.
func diagnostic(f finding.Finding, at path.Path) diag.Diagnostic {
	if f.Severity == finding.SeverityWarning {
		return diag.NewAttributeWarningDiagnostic(at, f.Summary, f.Detail())
	}
	return diag.NewAttributeErrorDiagnostic(at, f.Summary, f.Detail())
}

// diagnostics shows each finding at the argument to change. Terraform prints the
// source line at that place, with a literal secret in it; so a place is taken
// only from the arguments of the kind that are not sensitive, else it is host.
func diagnostics(findings []finding.Finding, in kind) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, f := range findings {
		at := path.Root("host")
		for _, a := range argumentRows {
			if a.name == f.Attribute && a.kinds&in != 0 && !a.sensitive {
				at = path.Root(a.name)
			}
		}
		diags.Append(diagnostic(f, at))
	}
	return diags
}
