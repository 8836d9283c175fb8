package finding

// inTheCall is why findings about arguments of functions have no edit.
const inTheCall = "the remedy is in the call of the function, not in an argument of a block"

// functionRows are what a function says of its arguments. Their facts never
// repeat an argument: Terraform prints them even where the argument is
// sensitive.
func functionRows() []Row {
	return []Row{
		{
			Code: "function-argument-object", Stage: Plan, Severity: SeverityError, Attribute: "settings", Guard: true,
			Summary: "{argument} is not an object",
			Cause:   Say("It may have these attributes: {known}."),
			Fixes:   []Fix{Do("Pass {example}.")},
			NoEdit:  inTheCall,
		},
		{
			Code: "function-argument-attribute", Stage: Plan, Severity: SeverityError, Attribute: "settings", Guard: true,
			Summary: "{argument} has {attribute}, which the function doesn't take",
			Cause: Say("It may have these attributes: {known}. The function refuses others, so that a typo doesn't go unnoticed and a secret doesn't make the whole result sensitive.").
				If(Has("meant"), "Did you mean {meant}?"),
			Fixes: []Fix{
				Do("Pass {secret} to client_secrets alone.").If(Has("secret")),
				Do("Pass {example}."),
			},
			NoEdit: inTheCall,
		},
		{
			Code: "function-argument-type", Stage: Plan, Severity: SeverityError, Attribute: "settings", Guard: true,
			Summary: "{argument}.{attribute} is not {type}",
			Cause:   Say("Attributes of {argument} may be left out, so Terraform doesn't check their types; the function does."),
			Fixes:   []Fix{Do("Set {attribute} to {type}, or leave it out.")},
			NoEdit:  inTheCall,
		},
		{
			Code: "function-argument-word", Stage: Plan, Severity: SeverityError, Attribute: "settings", Guard: true,
			Summary: "{argument}.{attribute} has an unsupported value",
			Cause:   Say("It can be {words}. Values are case-sensitive. In a test with mock_provider, computed values are random text."),
			Fixes: []Fix{
				Do("Set {attribute} to one of them."),
				Do("In a test with mock_provider, give the mocked smtp_connection its settings, with mock_resource or override_resource."),
			},
			NoEdit: inTheCall,
		},
		{
			Code: "function-port-mode", Stage: Plan, Severity: SeverityError, Attribute: "settings",
			Summary: "port and tls_mode contradict each other",
			Cause:   Say("465 and 2465 speak TLS from the first byte; 587 and 2587 begin in clear text and switch to TLS by STARTTLS. With the other mode, client and server wait for each other."),
			Fixes: []Fix{
				Do("Leave tls_mode out: it follows from the port."),
				Do("If the server really speaks another mode there, hand over the computed settings of a connection that ignores the rule."),
			},
			NoEdit:    "the settings are the argument of a function",
			Reference: "RFC 8314 section 3.3, RFC 6409 section 3.1",
		},
		{
			Code: "function-port", Stage: Plan, Severity: SeverityError, Attribute: "port", Guard: true,
			Summary: "port is not a port number",
			Cause:   Say("Ports are whole numbers from 1 to 65535."),
			Fixes:   []Fix{Do("Use 465 for implicit TLS, or 587 for STARTTLS.")},
			NoEdit:  inTheCall,
		},
		{
			Code: "function-url-unreadable", Stage: Plan, Severity: SeverityError, Attribute: "url", Guard: true,
			Summary: "url is not a valid URL",
			Cause:   Say("Most often the user name or the password contains a character with a meaning in URLs, such as @ : / ? # or %, and it isn't percent-encoded."),
			Fixes: []Fix{
				Do("Encode the user name and the password in it with urlencode()."),
				Do("Use a URL of the form smtps://smtp.example.com:465."),
			},
			NoEdit:    inTheCall,
			Reference: "RFC 3986 section 3.2",
		},
		{
			Code: "function-url-scheme", Stage: Plan, Severity: SeverityError, Attribute: "url", Guard: true,
			Summary: "The scheme of url is not for SMTP",
			Cause:   Say("The scheme says when TLS starts: smtps:// and submissions:// from the first byte, smtp:// and submission:// with STARTTLS, smtp+insecure:// never."),
			Fixes:   []Fix{Do("Use smtps://smtp.example.com:465 or smtp://smtp.example.com:587.")},
			NoEdit:  inTheCall,
		},
		{
			Code: "function-url-extra", Stage: Plan, Severity: SeverityError, Attribute: "url", Guard: true,
			Summary: "url continues after the port",
			Cause:   Say("Only the program that defines a path, query or fragment knows what it means: some turn off certificate verification. If the provider ignored it, it would check something other than what you wrote."),
			Fixes: []Fix{
				Do("Remove everything after the port."),
				Do("If the user name or the password contains / ? or #, encode it with urlencode()."),
			},
			NoEdit: inTheCall,
		},
		{
			Code: "function-service-unknown", Stage: Plan, Severity: SeverityError, Attribute: "name", Guard: true,
			Summary: "The catalogue has no mail service with this name",
			Cause:   If(Has("near"), "Similar: {near}.").Say(`The guide "Mail services" lists all of them.`),
			Fixes: []Fix{
				Do(`Use "{nearest}".`).If(Has("nearest")),
				Do(`Pass an object of your own instead: { host = "smtp.example.com", port = 587, tls_mode = "starttls", auth = "password", from = null }.`),
			},
			NoEdit: inTheCall,
		},
		{
			Code: "function-option-missing", Stage: Plan, Severity: SeverityError, Attribute: "options", Guard: true,
			Summary: "{service} needs the option {option}",
			Cause:   Say("Each {option} has its own host.").If(Has("known"), "Known values: {known}."),
			Fixes: []Fix{
				Do(`Add an argument to the call: { {option} = "{example}" }.`).If(Has("example")),
				Do(`Add an argument to the call: { {option} = "…" }.`).If(Lacks("example")),
			},
			NoEdit: inTheCall,
		},
		{
			Code: "function-option-unknown", Stage: Plan, Severity: SeverityError, Attribute: "options", Guard: true,
			Summary: "{service} has no host for this {option}",
			Cause:   If(Has("known"), "Known values: {known}.").If(Lacks("known"), "A {option} is one part of a host name: letters, digits and hyphens."),
			Fixes: []Fix{
				Do("Use one of the known values, or leave {option} out for the default host.").If(Has("known")),
				Do("Correct {option}, or leave it out for the default host.").If(Lacks("known")),
			},
			NoEdit: inTheCall,
		},
		{
			Code: "function-endpoint-unknown", Stage: Plan, Severity: SeverityError, Attribute: "options", Guard: true,
			Summary: "{service} doesn't offer this port and TLS mode",
			Cause:   Say("It offers {ports}."),
			Fixes: []Fix{
				Do("Use port = {best_port}."),
				Do("Leave out port and tls_mode; the recommended ones follow."),
			},
			NoEdit: inTheCall,
		},
	}
}
