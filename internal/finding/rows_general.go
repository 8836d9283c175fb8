package finding

var generalRows = []Row{
	{
		Code: Unexpected, Stage: Apply, Severity: Error, Attribute: "host",
		Summary: "The connection could not be checked",
		Cause:   []string{"{error}", "This error has no entry in the catalogue of findings; please report it."},
	},
	{
		Code: "provider-value-unknown", Stage: Plan, Severity: Error, Attribute: "host", Guard: true,
		Summary: "{argument} of the provider block is not known yet, and this check needs it",
		Cause:   []string{"The check would run during plan with a default in its place, and so check something else than what was declared."},
		Fixes:   []string{"{here} in this block", "{argument} in the provider block from something that is known at plan", `verify = "none" in this block, to contact nothing`},
	},
	{
		Code: "handshake-drift", Stage: Apply, Severity: Warning, Attribute: "host",
		Summary: "The handshake that was verified would fail now: {summary}",
		Cause:   []string{"refresh = \"handshake\" looked at the server without credentials ({code}). The next apply checks the connection again, and fails as long as this lasts."},
	},
}
