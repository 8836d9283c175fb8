package finding

var handshakeRows = []Row{
	{
		Code: "server-speaks-implicit-tls", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
		Summary: `Port {port} of {host} speaks TLS from the first byte, but tls_mode is "{mode}"`,
		Cause: Say(
			"The first connection waited for a greeting in clear text while the server waited for a TLS handshake: each would have waited for the other until one gave up.",
		),
		Prose:     []string{`tls_mode = "implicit"`, `port = {other} with tls_mode = "starttls", if the server listens there`},
		Reference: "RFC 8314 section 3.3",
	},
	{
		Code: "server-speaks-starttls", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
		Summary: `Port {port} of {host} starts in clear text and offers STARTTLS, but tls_mode is "implicit"`,
		Cause: Say(
			`Client and server both spoke at once: the TLS handshake met the greeting. Other tools report this as "wrong version number" or "first record does not look like a TLS handshake".`,
			`With tls_mode = "starttls" the connection is just as encrypted: TLS is demanded before anything secret is sent.`,
		),
		Prose:     []string{`tls_mode = "starttls"`, `port = {other} with tls_mode = "implicit", if the server listens there`},
		Reference: "RFC 3207 section 4",
	},
	{
		Code: "server-speaks-clear-text", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
		Summary: `Port {port} of {host} speaks SMTP in clear text and offers no TLS, but tls_mode is "implicit"`,
		Cause:   Say("The TLS handshake met a greeting in clear text, and the server's list of extensions has no STARTTLS."),
		Prose: []string{
			`port = 465, if the server listens there with TLS`,
			`port = 587 with tls_mode = "starttls", if the server listens there`,
			`tls_mode = "none", for a server on this machine or in a private network alone, and without credentials`,
		},
		Reference: "RFC 3207 section 4",
	},
	{
		Code: "server-greets-in-clear", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
		Summary:   `Port {port} of {host} starts in clear text, but tls_mode is "implicit"`,
		Cause:     Say("The TLS handshake met a greeting in clear text. Whether the server offers STARTTLS could not be asked, because the conversation ended there."),
		Prose:     []string{`tls_mode = "starttls"`, `port = {other} with tls_mode = "implicit", if the server listens there`},
		Reference: "RFC 3207 section 4",
	},
	{
		Code: "clear-text-in-handshake", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
		Summary:   "{host}:{port} answered the TLS handshake in clear text",
		Cause:     Say("With implicit TLS this means that the port likely starts in clear text; after STARTTLS it means that the server, or something on the way, agreed to TLS and then did not speak it."),
		Prose:     []string{`tls_mode = "starttls", if it was "implicit"`, `port = 465 with tls_mode = "implicit", if it was "starttls"`},
		Reference: "RFC 3207 section 4",
	},
	{
		Code: "tls-without-smtp", Stage: Apply, Severity: SeverityError, Attribute: "port",
		Summary: "Port {port} of {host} speaks {protocol} inside TLS, not SMTP",
		Cause:   Say("The TLS handshake succeeded, but what answers inside is no mail server."),
		Prose:   []string{"port = 465 (TLS from the first byte)", `port = 587 with tls_mode = "starttls"`},
	},
	{
		Code: "starttls-not-offered", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
		Summary: "{host}:{port} does not offer STARTTLS",
		Cause: Say(
			"Nothing was sent after that. Either the server has no TLS on this port, or something between here and there removes the offer: the oldest attack on mail, and also the work of some firewalls.",
		),
		Prose: []string{
			`port = 465 with tls_mode = "implicit", which nobody on the way can strip`,
			`tls_mode = "none", for a server on this machine or in a private network alone, and without credentials`,
		},
		Reference: "RFC 3207 section 6, RFC 8314 section 3",
	},
	{
		Code: "starttls-blanked", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
		Summary:   "Something between here and {host}:{port} blanks out STARTTLS",
		Cause:     Say(`The list of extensions holds a keyword of X's where STARTTLS stood: that is what the "SMTP inspection" (ESMTP fixup) of some firewalls does.`),
		Prose:     []string{`port = 465 with tls_mode = "implicit", which inspection can't change`, "the firewall's SMTP inspection off for this connection"},
		Reference: "RFC 3207 section 6",
	},
	{
		Code: "starttls-under-tls", Stage: Apply, Severity: SeverityWarning, Attribute: "host",
		Summary: "{host}:{port} offers STARTTLS though the connection is encrypted already",
		Cause: Say(
			"A server must not offer it again. Likely something in front of it ends TLS and hands the rest on in clear, so that the server itself sees no TLS: it may then refuse logins, and what lies between the two can be read there. The offer was not taken.",
		),
		Prose:     []string{"the proxy set up to tell the server of TLS, or the server set up to end TLS itself", `another tls_mode and port, if the server ends TLS itself there`},
		Reference: "RFC 3207 section 4.2",
	},
}
