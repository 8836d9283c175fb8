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
			Code: "provider-value-later", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary: "{argument} in the provider block is not known yet, so settings leave it out",
			Cause:   Say("Terraform reads this data source during the plan. Applications that get its settings are set up without {argument} now, and changed by the next apply."),
			Fixes: []Fix{
				Do("Set {argument} in this block to the same value, so that Terraform reads the data source during apply."),
				Do("Use a resource smtp_connection instead: its settings wait for the provider block."),
				Do("In the provider block, set {argument} to a value that is known at plan."),
			},
			NoEdit: "the expression in the provider block is not visible",
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
