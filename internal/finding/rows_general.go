package finding

var generalRows = []Row{
	{
		Code: Unexpected, Stage: Apply, Severity: SeverityError, Attribute: "host",
		Summary: "The connection could not be checked",
		Cause:   Say("{error}", "This error has no entry in the catalogue of findings; please report it."),
	},
	{
		Code: "provider-value-unknown", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary: "{argument} of the provider block is not known yet, and this check needs it",
		Cause:   Say("The check would run during plan with a default in its place, and so check something else than what was declared."),
		Prose:   []string{"{here} in this block", "{argument} in the provider block from something that is known at plan", `verify = "none" in this block, to contact nothing`},
	},
	{
		Code: "handshake-drift", Stage: Apply, Severity: SeverityWarning, Attribute: "host",
		Summary: "The handshake that was verified would fail now: {summary}",
		Cause:   Say("refresh = \"handshake\" looked at the server without credentials ({code}). The next apply checks the connection again, and fails as long as this lasts."),
	},
}
