package finding

// clientRows are about the consumers that the connection is meant for.
var clientRows = []Row{
	{
		Code: "client-unknown", Stage: Plan, Severity: SeverityError, Attribute: "clients", Guard: true,
		Summary: "There is no such client",
		Cause: Say(
			`"{id}" is not the id of any.`,
			"Near to it are: {near}.",
			"The guide \"Clients\" lists every client by its id.",
		),
		Prose: []string{`"{nearest}" in its place`, "an id that the guide has"},
	},
	{
		Code: "client-mode-impossible", Stage: Plan, Severity: SeverityError, Attribute: "clients",
		Summary: `{client} can't use tls_mode = "{mode}"`,
		Cause:   Say("The reason: {reason}.", "No settings of it lead to the connection that was declared."),
		Prose: []string{
			`tls_mode = "{fit_mode}" with port = {fit_mode_port}, if your mail service offers it`,
			"a relay beside the client that takes this connection, such as Postfix",
			`clients without "{id}"`,
		},
		Reference: "the entry of the client in the guide \"Clients\"",
	},
	{
		Code: "client-cannot-express", Stage: Plan, Severity: SeverityError, Attribute: "clients",
		Summary: `{client} can't be told to use this connection`,
		Cause: Say(
			`It is declared with port = {port} and tls_mode = "{mode}".`,
			"The reason: {reason}.",
			"Mail would hang or fail, or go another way than the one that was verified.",
		),
		Prose: []string{
			"port = {fit_port}, if your mail service offers it",
			`tls_mode = "{fit_mode}" with port = {fit_mode_port}, if your mail service offers it`,
			"a relay beside the client that takes this connection, such as Postfix",
			`clients without "{id}"`,
		},
		Reference: "the entry of the client in the guide \"Clients\"",
	},
	{
		Code: "client-weaker-tls", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
		Summary: "{client} can't require STARTTLS",
		Cause: Say(
			"Where the server, or someone on the way, does not offer STARTTLS, it goes on in clear and may send the password for anyone to read. What is verified here requires STARTTLS, so the client is weaker.",
		),
		Prose: []string{
			`tls_mode = "{better_mode}" with port = {better_port}, if your mail service offers it: there is nothing to strip there`,
			"a relay beside the client that requires TLS, such as Postfix or msmtp",
		},
		Reference: "RFC 8314 section 3, RFC 3207 section 6",
	},
	{
		Code: "client-tls-unknown", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
		Summary: "It is not known whether {client} insists on TLS",
		Cause: Say(
			`It has no option that would demand tls_mode = "{mode}", and its documentation does not say what it does when the server offers no TLS. Likely it goes on in clear.`,
		),
		Prose: []string{
			`tls_mode = "{better_mode}" with port = {better_port}, if your mail service offers it`,
			"a relay beside the client that requires TLS, such as Postfix or msmtp",
		},
		Reference: "RFC 8314 section 3",
	},
	{
		Code: "client-unverified", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
		Summary: `{client} does not verify the server's certificate with tls_mode = "{mode}"`,
		Cause: Say(
			"It has no option for it. Anyone on the way can answer in the server's place and read the password. What is verified here includes the certificate, so the client is weaker.",
		),
		Prose: []string{
			`tls_mode = "{better_mode}" with port = {better_port}, if your mail service offers it: the client verifies there`,
			"another client, or a relay beside it that verifies, such as msmtp or Postfix",
		},
		Reference: "RFC 7817 section 3",
	},
	{
		Code: "client-verification-unknown", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
		Summary: `It is not known whether {client} verifies the server's certificate`,
		Cause: Say(
			`Neither its source nor its documentation says so for tls_mode = "{mode}". What is verified here includes the certificate.`,
		),
		Prose: []string{
			`tls_mode = "{better_mode}" with port = {better_port}, if your mail service offers it: the client verifies there`,
			"a test of the client against a server with a certificate of another name: it has to fail",
		},
		Reference: "RFC 7817 section 3",
	},
	{
		Code: "client-settings-unfit", Stage: Plan, Severity: SeverityError, Attribute: "clients", Guard: true,
		Summary: "The settings have no {name}, or one that can't be",
		Cause:   Say("A client's settings follow from host, port, tls_mode and auth, so these have to be there."),
		Prose:   []string{"the computed object settings of the connection, handed on as it is"},
	},
	{
		Code: "client-credentials", Stage: Plan, Severity: SeverityError, Attribute: "username", Guard: true,
		Summary: `The settings say auth = "{auth}", but the credentials hold {given}`,
		Cause:   Say("They have to be the kind that was declared: {wanted}."),
		Prose:   []string{"credentials with {wanted}"},
	},
	{
		Code: "client-credential-characters", Stage: Plan, Severity: SeverityError, Attribute: "username", Guard: true,
		Summary: "{client} can't take these credentials as they are",
		Cause:   Say("They hold a character that it reads in another way: {reason}."),
		Prose:   []string{"credentials without it, made anew at your mail service"},
	},
}
