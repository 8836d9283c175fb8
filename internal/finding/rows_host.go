package finding

// bareHost puts the server's name in the place of what was given, and keeps the
// port and the mode that it said.
var bareHost = []Fix{
	Set(`host = "{host}"`).Also(Has("port"), "port = {port}").
		Also(Has("scheme"), `tls_mode = "{mode}" # what {scheme}:// means`).If(Has("host")),
	Example(`host = "smtp.example.com"`).If(Lacks("host")),
}

func hostRows() []Row {
	return []Row{
		{
			Code: "host-empty", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary: "host is empty",
			Cause:   Say("There is no server to connect to. An empty value often comes from a variable without a value, or from an output that is not set."),
			Fixes:   []Fix{Example(`host = "smtp.example.com"`)},
		},
		{
			Code: "host-control-character", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary: "host contains a control character or an invisible one",
			Cause:   Say("Line breaks come from file() and heredocs, invisible characters from text copied off a web page. DNS can't look up a name with one of them, and a line break could forge a command to the server."),
			Fixes:   bareHost,
		},
		{
			Code: "host-white-space", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary: "host contains white space",
			Cause:   Say("A server name has no spaces in it or around it."),
			Fixes:   bareHost,
		},
		{
			Code: "host-has-scheme", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary:   "host is a URL, not a server name",
			Cause:     Say("host takes the bare name. What a URL says with its scheme, you say with tls_mode."),
			Fixes:     bareHost,
			Reference: "RFC 3986 section 3.1",
		},
		{
			Code: "host-has-user", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary: "host contains a user part (…@…)",
			Cause:   Say("host takes only the server's name. An e-mail address or the user part of a URL belongs in username."),
			Fixes:   bareHost,
		},
		{
			Code: "host-has-path", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary: "host contains a path or a query",
			Cause:   Say("SMTP has no paths: host takes only the server's name."),
			Fixes:   bareHost,
		},
		{
			Code: "host-has-port", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary: "host contains a port",
			Cause:   Say("The name is also compared with the server's certificate, so the port is an argument of its own."),
			Fixes:   bareHost,
		},
		{
			Code: "host-invalid-character", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary:   "host contains a character that no server name has",
			Cause:     Say("host takes one server. Its name consists of letters, digits and hyphens, in parts separated by dots. You can write an IPv6 address with or without brackets."),
			Reference: "RFC 1123 section 2.1",
			Fixes:     bareHost,
		},
		{
			Code: "host-empty-label", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary:   "host has an empty part between two dots, or begins with a dot",
			Cause:     Say(`This often comes from a template such as "${var.region}.example.com" with an empty variable.`),
			Reference: "RFC 1035 section 2.3.1",
			Fixes:     []Fix{Example(`host = "smtp.example.com"`), Do("Give the variable before the dot a value, or remove the extra dot.")},
		},
		{
			Code: "host-label-too-long", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary:   "A part of host is longer than 63 characters",
			Cause:     Say("DNS has no names that long. Such a value is often a token or a key in the wrong argument."),
			Reference: "RFC 1035 section 2.3.4",
			Fixes:     []Fix{Example(`host = "smtp.example.com"`)},
		},
		{
			Code: "host-too-long", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary:   "host is longer than 253 characters",
			Cause:     Say("DNS has no names that long. Such a value is often a token or a key in the wrong argument."),
			Reference: "RFC 1035 section 2.3.4",
			Fixes:     []Fix{Example(`host = "smtp.example.com"`)},
		},
		{
			Code: "host-label-hyphen", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary:   "A part of host begins or ends with a hyphen",
			Cause:     Say(`This often comes from a template such as "smtp-${var.region}.example.com" with an empty variable.`),
			Reference: "RFC 1123 section 2.1",
			Fixes:     []Fix{Example(`host = "smtp.example.com"`), Do("Give the variable beside the hyphen a value, or remove the hyphen.")},
		},
		{
			Code: "host-idn-invalid", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary:   "host has non-ASCII characters that no domain name may contain",
			Cause:     Say("DNS and certificates use the ASCII form of international names (xn--…). This name has none."),
			Reference: "RFC 5891 section 4",
			Fixes:     []Fix{Example(`host = "xn--bcher-kva.example" # the name in the form that your mail service gives`)},
		},
		{
			Code: "host-trailing-dot", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary:   "host ends with a dot",
			Cause:     Say("In DNS the dot is the root. Certificates have no such dot, and some client libraries then refuse the certificate. The computed outputs leave it out."),
			Reference: "RFC 6066 section 3",
			Fixes:     []Fix{Set(`host = "{host}"`)},
		},
		{
			Code: "host-underscore", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary:   "host has an underscore",
			Cause:     Say("Host names have no underscores, although some private DNS zones and container networks use them. Public authorities issue no certificates for such names, and several client libraries refuse them."),
			Reference: "RFC 1123 section 2.1",
			Fixes:     []Fix{Do("Give the server a second DNS name with hyphens instead of underscores, and use that name.")},
			NoEdit:    "the new name has to exist in DNS first",
		},
		{
			Code: "host-ip-without-name", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary:   "host is an IP address, so the server's certificate must contain that address",
			Cause:     Say("Certificates of mail services contain names, and rarely addresses. If this one has no address, every client that verifies it refuses the server, and apply fails with certificate-name-mismatch."),
			Reference: "RFC 9525 section 6.5",
			Fixes: []Fix{
				Example(`host = "smtp.example.com" # the server's name`),
				Example(`tls_server_name = "smtp.example.com" # the name in its certificate`),
			},
		},
		{
			Code: "host-address-unusable", Stage: Plan, Severity: SeverityError, Attribute: "host",
			Summary: "host = {host} is {kind}, not the address of a server",
			Cause: Say("You can't connect to this address.").
				If(Is("kind", "the wildcard address"), "It often comes from the settings of a server, where it means that the server listens on all its addresses."),
			Fixes: []Fix{
				Set(`host = "localhost" # a server on the machine that runs Terraform`).If(Is("kind", "the wildcard address")),
				Example(`host = "smtp.example.com"`),
			},
			Reference: "RFC 6890 section 2.2, RFC 5771, RFC 4291 section 2",
		},
		{
			Code: "host-ip-incomplete", Stage: Plan, Severity: SeverityError, Attribute: "host",
			Summary:   "host looks like an IP address but is not one",
			Cause:     Say("Its last part is a number, and no top-level domain is a number. An IPv4 address has four numbers from 0 to 255, without leading zeros."),
			Fixes:     []Fix{Example(`host = "192.0.2.25" # the complete address`), Example(`host = "smtp.example.com"`)},
			Reference: "RFC 1123 section 2.1, RFC 3696 section 2",
		},
		{
			Code: "host-placeholder", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary:   "host = {host} is a name reserved for examples",
			Cause:     Say("verify = \"{verify}\" contacts this host, and probably nothing answers: the name is reserved for documentation and tests."),
			Fixes:     []Fix{Example(`host = var.smtp_host # the name that your mail service gives`), Set(`verify = "none" # contacts nothing`)},
			Reference: "RFC 2606, RFC 6761",
		},
		{
			Code: "host-mx", Stage: Plan, Severity: SeverityError, Attribute: "host",
			Summary: "{host} accepts mail from other servers (MX), not from applications",
			Cause: Say(
				"{service} receives mail for its own domains there: without login, without relaying to other domains, and only on port 25.",
			).If(Has("page"), "See {page}"),
			Fixes:     []Fix{Set(`host = "{use}"`)},
			Reference: "RFC 5321 section 5.1, RFC 6409 section 3.1",
		},
		{
			Code: "host-incoming", Stage: Plan, Severity: SeverityError, Attribute: "host",
			Summary: "{host} is for reading mail, not for sending it",
			Cause: Say(
				"Mail programs have two servers: the incoming one (IMAP or POP3) and the outgoing one (SMTP). This is the incoming one of {service}.",
			).If(Has("page"), "See {page}"),
			Fixes: []Fix{Set(`host = "{use}"`)},
		},
		{
			Code: "host-web", Stage: Plan, Severity: SeverityError, Attribute: "host",
			Summary: "{host} is the web interface or the HTTPS API of {service}, not its mail server",
			Cause:   Say("No SMTP server answers there.").If(Has("page"), "See {page}"),
			Fixes:   []Fix{Set(`host = "{use}"`)},
		},
		{
			Code: "host-former", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary: "{host} is an earlier name of the mail server of {service}",
			Cause:   Say("It may still answer, but the service no longer documents it, and its certificate may no longer contain this name.").If(Has("page"), "See {page}"),
			Fixes:   []Fix{Set(`host = "{use}"`)},
		},
		{
			Code: "host-not-submission", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary: "{host} is probably not where {service} accepts mail for sending",
			Cause:   Say("It is known as {role}.").If(Has("page"), "See {page}"),
			Fixes:   []Fix{Set(`host = "{use}"`)},
		},
		{
			Code: "host-name-incoming", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary: `host begins with "{label}.", as servers for reading mail do`,
			Cause:   Say("Mail programs have two servers: the incoming one (IMAP or POP3) and the outgoing one (SMTP). This is probably the incoming one."),
			Fixes:   []Fix{Example(`host = "smtp.{rest}" # if your mail service gives this name for sending`)},
		},
		{
			Code: "host-name-web", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary: `host begins with "{label}.", as web servers do`,
			Cause:   Say("It is probably for browsers or API clients, and no SMTP server answers there."),
			Fixes:   []Fix{Example(`host = "smtp.{rest}" # if your mail service gives this name for sending`)},
		},
		{
			Code: "host-name-mx", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary:   `host begins with "{label}.", as servers that receive mail from other servers do`,
			Cause:     Say("It is probably the mail exchanger (MX) of a domain: it accepts mail for that domain on port 25, and no logins."),
			Fixes:     []Fix{Example(`host = "smtp.{rest}" # if your mail service gives this name for sending`)},
			Reference: "RFC 5321 section 5.1, RFC 6409 section 3.1",
		},
		{
			Code: "host-domain-only", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary: "{host} is the domain of {service}, not its mail server",
			Cause:   Say("The part before the domain is probably missing."),
			Fixes: []Fix{
				Set(`host = "{use}"`).If(Lacks("form")),
				Example(`host = "{use}" # your own name of the form {form}`).If(Has("form")),
			},
		},
		{
			Code: "host-near-service", Stage: Plan, Severity: SeverityError, Attribute: "host",
			Summary: "host = {host} looks like a mistyped {meant}",
			Cause:   Say("{meant} is a server of {service}. Somebody else can own the mistyped name: they would get your credentials, and could have a valid certificate for it."),
			Fixes:   []Fix{Set(`host = "{meant}"`)},
		},
		{
			Code: "host-unlisted", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary: "{host} is not a known server of {service}",
			Cause:   Say("{meant} is one, and the names differ by a letter or two. Both are in the domain of the service, so nobody else can own {host}, but it may not exist."),
			Fixes:   []Fix{Set(`host = "{meant}"`)},
		},
	}
}
