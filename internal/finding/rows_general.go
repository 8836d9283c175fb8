package finding

var generalRows = []Row{
	{
		Code: Unexpected, Stage: Apply, Severity: Error, Attribute: "host",
		Summary: "The connection could not be checked",
		Cause:   []string{"{error}", "This error has no entry in the catalogue of findings; please report it."},
	},
}
