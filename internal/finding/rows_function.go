package finding

// functionRows are what a function says of its arguments. Their facts never
// repeat an argument: Terraform prints them even where the argument is
// sensitive.
var functionRows = []Row{
	{
		Code: "function-argument-object", Stage: Plan, Severity: SeverityError, Attribute: "settings", Guard: true,
		Summary: "{argument} is not an object",
		Cause:   Say("It takes {known}."),
		Prose:   []string{"{example}"},
	},
	{
		Code: "function-argument-attribute", Stage: Plan, Severity: SeverityError, Attribute: "settings", Guard: true,
		Summary: "{argument} holds an attribute that it doesn't take",
		Cause:   Say("It takes {known}. Other attributes are refused, so that a slip in a name shows and no secret makes the whole result sensitive."),
		Prose:   []string{"{example}"},
	},
	{
		Code: "function-argument-type", Stage: Plan, Severity: SeverityError, Attribute: "settings", Guard: true,
		Summary: "{attribute} in {argument} is not {type}",
		Cause:   Say("The argument has no fixed type, so that attributes may be left out of it, and each one is read as it is."),
		Prose:   []string{"{attribute} with {type} in it"},
	},
	{
		Code: "function-argument-word", Stage: Plan, Severity: SeverityError, Attribute: "settings", Guard: true,
		Summary: "{attribute} in {argument} is none of the words that it can be",
		Cause:   Say("It can be {words}."),
		Prose:   []string{"{attribute} with one of them"},
	},
	{
		Code: "function-port", Stage: Plan, Severity: SeverityError, Attribute: "port", Guard: true,
		Summary: "port is not a port number",
		Cause:   Say("Ports are whole numbers from 1 to 65535."),
		Prose:   []string{"465 for implicit TLS, 587 for STARTTLS"},
	},
	{
		Code: "function-url-unreadable", Stage: Plan, Severity: SeverityError, Attribute: "url", Guard: true,
		Summary:   "url can't be read as a URL",
		Cause:     Say("Most often a user name or a password in it holds a character that ends a part of a URL, such as @ : / ? # or %. It has to be percent-encoded."),
		Prose:     []string{"urlencode(…) around user name and password", "a URL of the form smtps://smtp.example.com:465"},
		Reference: "RFC 3986 section 3.2",
	},
	{
		Code: "function-url-scheme", Stage: Plan, Severity: SeverityError, Attribute: "url", Guard: true,
		Summary: "The scheme of url is none of a connection for sending mail",
		Cause:   Say("It says when TLS starts: smtps:// and submissions:// from the first byte, smtp:// and submission:// with STARTTLS, smtp+insecure:// never."),
		Prose:   []string{"smtps:// for port 465", "smtp:// for port 587"},
	},
	{
		Code: "function-url-extra", Stage: Plan, Severity: SeverityError, Attribute: "url", Guard: true,
		Summary: "url goes on after host and port",
		Cause:   Say("A path, a query or a fragment means something to one program alone, such as skipping the verification of the certificate. Dropping it in silence would check something else than what was written."),
		Prose:   []string{"the URL without what follows the port", "urlencode(…) around user name and password, if one of them holds / ? or #"},
	},
	{
		Code: "function-service-unknown", Stage: Plan, Severity: SeverityError, Attribute: "name", Guard: true,
		Summary: "There is no such mail service in the catalogue",
		Cause:   Say("Near to it are: {near}.", "The guide \"Services\" lists every service by its id."),
		Prose:   []string{`"{nearest}" in its place`, `an object of your own: { host = "smtp.example.com", port = 587, tls_mode = "starttls", auth = "password", from = null }`},
	},
	{
		Code: "function-option-missing", Stage: Plan, Severity: SeverityError, Attribute: "options", Guard: true,
		Summary: "{service} needs the option {option}",
		Cause:   Say("Its host differs from {option} to {option}.", "Known are: {known}."),
		Prose:   []string{`{ {option} = "{example}" } as a further argument`, "an object that holds {option}, as a further argument"},
	},
	{
		Code: "function-option-unknown", Stage: Plan, Severity: SeverityError, Attribute: "options", Guard: true,
		Summary: "{service} has no host for this {option}",
		Cause:   Say("Known are: {known}."),
		Prose:   []string{"one of those, or no {option} for the usual host"},
	},
	{
		Code: "function-endpoint-unknown", Stage: Plan, Severity: SeverityError, Attribute: "options", Guard: true,
		Summary: "{service} takes no mail at the port or in the mode asked for",
		Cause:   Say("It takes mail on {ports}."),
		Prose:   []string{"port = {best_port}", "no port and no tls_mode, for the endpoint that it recommends"},
	},
}
