package finding

// bareHost puts the server's name in the place of what was given, and keeps the
// port and the mode that it said.
var bareHost = []Fix{
	Set(`host = "{host}"`).Also(Has("port"), "port = {port}").
		Also(Has("scheme"), `tls_mode = "{mode}" # what {scheme}:// means`).If(Has("host")),
	Example(`host = "smtp.example.com"`).If(Lacks("host")),
}

var hostRows = []Row{
	{
		Code: "host-empty", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary: "host is empty",
		Cause:   Say("There is no server to connect to. An empty value often comes from a variable without a value, or from an output that is not set."),
		Fixes:   []Fix{Example(`host = "smtp.example.com"`)},
	},
	{
		Code: "host-control-character", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary: "host holds a control character or an invisible one",
		Cause:   Say("Line ends come along with file() and heredocs; invisible characters come along with text copied from a web page. A name with one of them can't be looked up, and a line end could forge a command to the server."),
		Fixes:   bareHost,
	},
	{
		Code: "host-white-space", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary: "host holds white space",
		Cause:   Say("A server name has no white space in it or around it."),
		Fixes:   bareHost,
	},
	{
		Code: "host-has-scheme", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary:   "host is a URL, not a server name",
		Cause:     Say("host takes the bare name; what a URL says with its scheme is said with tls_mode here."),
		Fixes:     bareHost,
		Reference: "RFC 3986 section 3.1",
	},
	{
		Code: "host-has-user", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary: "host holds a user part (…@…)",
		Cause:   Say("host takes the server's name alone. An e-mail address or the user part of a URL belongs in username."),
		Fixes:   bareHost,
	},
	{
		Code: "host-has-path", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary: "host holds a path or a query",
		Cause:   Say("SMTP has no paths: host takes the server's name alone."),
		Fixes:   bareHost,
	},
	{
		Code: "host-has-port", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary: "host holds a port",
		Cause:   Say("The name is also what the server's certificate must bear, so the port stands on its own."),
		Fixes:   bareHost,
	},
	{
		Code: "host-invalid-character", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary:   "host holds a character that no server name has",
		Cause:     Say("A server name is made of letters, digits and hyphens, in parts that dots divide. An IPv6 address may stand in brackets or without."),
		Reference: "RFC 1123 section 2.1",
		Fixes:     []Fix{Example(`host = "smtp.example.com"`)},
	},
	{
		Code: "host-empty-label", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary:   "host has an empty part between two dots, or begins with a dot",
		Cause:     Say(`This often comes from a template such as "${var.region}.example.com" with an empty variable.`),
		Reference: "RFC 1035 section 2.3.1",
		Fixes:     []Fix{Example(`host = "smtp.example.com"`), Do("Give the variable before the dot a value, or take the extra dot out.")},
	},
	{
		Code: "host-label-too-long", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary:   "A part of host is longer than 63 characters",
		Cause:     Say("DNS has no such names. A value that long is often a token or a key in the wrong argument."),
		Reference: "RFC 1035 section 2.3.4",
		Fixes:     []Fix{Example(`host = "smtp.example.com"`)},
	},
	{
		Code: "host-too-long", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary:   "host is longer than 253 characters",
		Cause:     Say("DNS has no such names. A value that long is often a token or a key in the wrong argument."),
		Reference: "RFC 1035 section 2.3.4",
		Fixes:     []Fix{Example(`host = "smtp.example.com"`)},
	},
	{
		Code: "host-label-hyphen", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary:   "A part of host begins or ends with a hyphen",
		Cause:     Say(`This often comes from a template such as "smtp-${var.region}.example.com" with an empty variable.`),
		Reference: "RFC 1123 section 2.1",
		Fixes:     []Fix{Example(`host = "smtp.example.com"`), Do("Give the variable beside the hyphen a value, or take the hyphen out.")},
	},
	{
		Code: "host-idn-invalid", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary:   "host has characters outside ASCII that no domain name may hold",
		Cause:     Say("Internationalised names are mapped to A-labels (xn--…) for DNS and the certificate; this one has no such form."),
		Reference: "RFC 5891 section 4",
		Fixes:     []Fix{Example(`host = "xn--bcher-kva.example" # the name in the form that your mail service gives`)},
	},
	{
		Code: "host-trailing-dot", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
		Summary:   "host ends with a dot",
		Cause:     Say("DNS takes the dot for the root; certificates and most client libraries compare names without it, and some then refuse the certificate. The computed outputs leave it out."),
		Reference: "RFC 6066 section 3",
		Fixes:     []Fix{Set(`host = "{host}"`)},
	},
	{
		Code: "host-underscore", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
		Summary:   "host has an underscore",
		Cause:     Say("Names of hosts have no underscore, though some private DNS zones and container networks use it. Public certificate authorities issue none for such names, and several client libraries refuse them."),
		Reference: "RFC 1123 section 2.1",
		Fixes:     []Fix{Do("Give the server a second name in DNS, with hyphens in place of the underscores, and use that one.")},
		NoEdit:    "the new name has to exist in DNS first",
	},
	{
		Code: "host-ip-without-name", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
		Summary:   "host is an IP address and TLS is on, so the certificate must bear that address",
		Cause:     Say("Certificates of mail services bear names; few bear an address. Unless this server's does, every client that verifies it refuses the server; a check at apply then fails with certificate-name-mismatch."),
		Reference: "RFC 9525 section 6.5",
		Fixes: []Fix{
			Example(`host = "smtp.example.com" # the server's name`),
			Example(`tls_server_name = "smtp.example.com" # the name in its certificate`),
		},
	},
	{
		Code: "host-address-unusable", Stage: Plan, Severity: SeverityError, Attribute: "host",
		Summary: "host = {host} is {kind}, not the address of one server",
		Cause:   Say("Nothing can be reached there by name of a connection. Such addresses come from the settings of a server, where they say on which of its own addresses it listens."),
		Fixes: []Fix{
			Example(`host = "smtp.example.com"`),
			Set(`host = "localhost" # a server on the machine that runs Terraform`).If(Is("kind", "an address that stands for every one of a machine")),
		},
		Reference: "RFC 6890 section 2.2, RFC 5771, RFC 4291 section 2",
	},
	{
		Code: "host-ip-incomplete", Stage: Plan, Severity: SeverityError, Attribute: "host",
		Summary:   "host looks like an IP address but is none",
		Cause:     Say("Its last part is a number, and no top-level domain is one. An IPv4 address has four numbers from 0 to 255, without leading zeros."),
		Fixes:     []Fix{Example(`host = "192.0.2.25" # the complete address`), Example(`host = "smtp.example.com"`)},
		Reference: "RFC 1123 section 2.1, RFC 3696 section 2",
	},
	{
		Code: "host-placeholder", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
		Summary:   "host = {host} is a name for examples",
		Cause:     Say("verify = \"{verify}\" contacts it at apply, and likely nothing answers there: the name was set aside for documentation and tests, or stands for one that was to be filled in."),
		Fixes:     []Fix{Example(`host = var.smtp_host # the name that your mail service gives`), Set(`verify = "none" # contact nothing`)},
		Reference: "RFC 2606, RFC 6761",
	},
	{
		Code: "host-mx", Stage: Plan, Severity: SeverityError, Attribute: "host",
		Summary: "{host} takes mail from other servers (MX), not from applications",
		Cause: Say(
			"It is where {service} receives mail for its own domains: there is no login, no relaying to other domains, and only port 25.",
			"According to: {source}.",
		),
		Fixes:     []Fix{Set(`host = "{use}"`)},
		Reference: "RFC 5321 section 5.1, RFC 6409 section 3.1",
	},
	{
		Code: "host-incoming", Stage: Plan, Severity: SeverityError, Attribute: "host",
		Summary: "{host} is where mail of {service} is read, not sent",
		Cause: Say(
			"Mail programs ask for two servers: the incoming one (IMAP or POP3) and the outgoing one (SMTP). This is the incoming one.",
			"According to: {source}.",
		),
		Fixes: []Fix{Set(`host = "{use}"`)},
	},
	{
		Code: "host-web", Stage: Plan, Severity: SeverityError, Attribute: "host",
		Summary: "{host} is the web interface or the HTTPS API of {service}, not its mail server",
		Cause:   Say("No SMTP server answers there.", "According to: {source}."),
		Fixes:   []Fix{Set(`host = "{use}"`)},
	},
	{
		Code: "host-former", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
		Summary: "{host} is an earlier name of the mail server of {service}",
		Cause:   Say("It may still answer, but it is no longer the one that is given to customers, and its certificate may no longer bear the name.", "According to: {source}."),
		Fixes:   []Fix{Set(`host = "{use}"`)},
	},
	{
		Code: "host-not-submission", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
		Summary: "{host} is likely not where {service} takes mail for sending",
		Cause:   Say("It is known as {role}.", "According to: {source}."),
		Fixes:   []Fix{Set(`host = "{use}"`)},
	},
	{
		Code: "host-name-incoming", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
		Summary: `host begins with "{label}.", as servers for reading mail do`,
		Cause:   Say("Mail programs ask for two servers: the incoming one (IMAP or POP3) and the outgoing one (SMTP). Likely this is the incoming one."),
		Fixes:   []Fix{Example(`host = "smtp.{rest}" # if your mail service gives this name for sending`)},
	},
	{
		Code: "host-name-web", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
		Summary: `host begins with "{label}.", as web servers do`,
		Cause:   Say("Likely a browser or an API client talks to it, and no SMTP server answers there."),
		Fixes:   []Fix{Example(`host = "smtp.{rest}" # if your mail service gives this name for sending`)},
	},
	{
		Code: "host-name-mx", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
		Summary:   `host begins with "{label}.", as servers that take mail from other servers do`,
		Cause:     Say("Likely it is the mail exchanger (MX) of a domain: it takes mail for that domain on port 25, and no logins."),
		Fixes:     []Fix{Example(`host = "smtp.{rest}" # if your mail service gives this name for sending`)},
		Reference: "RFC 5321 section 5.1, RFC 6409 section 3.1",
	},
	{
		Code: "host-domain-only", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
		Summary: "{host} is the domain of {service}, not its mail server",
		Cause:   Say("Likely the part before the domain was left out."),
		Fixes:   []Fix{Set(`host = "{use}"`)},
	},
	{
		Code: "host-near-service", Stage: Plan, Severity: SeverityError, Attribute: "host",
		Summary: "host = {host} looks like a mistyped {meant}",
		Cause:   Say("{meant} is a server of {service}. The mistyped name belongs to somebody else, who would get your credentials and could show a valid certificate for it."),
		Fixes:   []Fix{Set(`host = "{meant}"`)},
	},
	{
		Code: "host-unlisted", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
		Summary: "{host} is not a known server of {service}",
		Cause:   Say("{meant} is, and the names differ by a letter or two. Both are in the same domain, so nobody else can own this one, but it may not exist."),
		Fixes:   []Fix{Set(`host = "{meant}"`)},
	},
}
