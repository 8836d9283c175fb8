package provider

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
)

// documented is the version whose documentation diagnostics link to. [Serve] sets it
// once, before it serves anything.
var documented = "latest"

// released matches a version whose documentation the registry has.
var released = lazyregexp.New(`^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$`)

// documentation returns the URL of a finding in the registry's documentation.
func documentation(code finding.Code) string {
	host, name, _ := strings.Cut(Address, "/")
	return "https://" + host + "/providers/" + name + "/" + documented + "/docs/guides/" + finding.Page(code) + "#" + string(code)
}

// diagnostic shows a finding at a place in the configuration. Its last line links to the
// documentation; Terraform doesn't wrap it because it begins with spaces.
func diagnostic(f finding.Finding, at path.Path) diag.Diagnostic {
	detail := f.Detail() + "\n\n  see " + documentation(f.Code)
	if f.Severity == finding.SeverityWarning {
		return diag.NewAttributeWarningDiagnostic(at, f.Summary, detail)
	}
	return diag.NewAttributeErrorDiagnostic(at, f.Summary, detail)
}

// diagnostics shows each finding at the argument to change, or at host if that argument
// is sensitive or doesn't exist in the kind of block: Terraform prints the source line at
// the place, with a literal secret in it.
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
