package provider

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
)

// documented is the version whose documentation the diagnostics point at. [Serve]
// sets it once, before anything is served.
var documented = "latest"

// released is a version that the registry has documentation of.
var released = lazyregexp.New(`^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$`)

// documentation returns the URL of a finding in the registry's documentation.
func documentation(code finding.Code) string {
	host, name, _ := strings.Cut(Address, "/")
	return "https://" + host + "/providers/" + name + "/" + documented + "/docs/guides/" + finding.Page(code) + "#" + string(code)
}

// diagnostic shows a finding at a place in the configuration. Its last line leads
// to the documentation; the spaces keep Terraform from breaking it.
func diagnostic(f finding.Finding, at path.Path) diag.Diagnostic {
	detail := f.Detail() + "\n\n  see " + documentation(f.Code)
	if f.Severity == finding.SeverityWarning {
		return diag.NewAttributeWarningDiagnostic(at, f.Summary, detail)
	}
	return diag.NewAttributeErrorDiagnostic(at, f.Summary, detail)
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
