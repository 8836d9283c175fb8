package finding

func generalRows() []Row {
	return []Row{
		{
			Code: Unexpected, Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "The check failed for a reason that the provider doesn't know",
			Cause:   Say("{error}", "Please report this error: it has no entry in the provider's documentation."),
		},
		{
			Code: "provider-value-unknown", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary: "{argument} in the provider block is not known yet, and this check needs it",
			Cause:   Say("The check runs during the plan. It would use a default instead, and check something other than what you declared."),
			Fixes: []Fix{
				Set(`verify = "none" # contacts nothing`).If(Given("host")),
				Do("Set {here} in this block.").If(Has("here")),
				Do("In the provider block, set {argument} to a value that is known at plan."),
			},
		},
		{
			Code: "handshake-drift", Stage: Apply, Severity: SeverityWarning, Attribute: "host",
			Summary: "The server would no longer pass the check: {summary}",
			Cause:   Say(`refresh = "handshake" checked the server without credentials, and found {code}. The next apply checks the connection again, and fails as long as this lasts.`),
		},
		{
			Code: "import-unsupported", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary: "There is nothing to import into smtp_connection",
			Cause:   Say("The resource creates nothing on the server: it declares a connection, and apply checks it."),
			Fixes:   []Fix{Do("Write the resource without an import; the next apply checks the connection.")},
			NoEdit:  "an import is no argument of the resource",
		},
	}
}
