package finding

// clearTextOnly is for servers that have no TLS at all.
var clearTextOnly = Do(`If the server runs on this machine or in your private network and needs no login, set tls_mode = "none".`)

// otherPort is for servers that may also listen on the usual port of the declared mode.
var otherPort = Do(`If the server also listens on {other}, set port = {other} and tls_mode = "{other_mode}".`).If(Has("other"))

// These are for servers that speak the unusual mode on a port. A rule refuses the pair
// unless ignore_rules names it.
var (
	startTLSOn465 = Do(`To use port 465 as it is, set tls_mode = "starttls" and ignore_rules = ["implicit-tls-port"].`).If(Is("port", "465"))
	implicitOn587 = Do(`To use port 587 as it is, set tls_mode = "implicit" and ignore_rules = ["starttls-port-implicit"].`).If(Is("port", "587"))
)

// submissionPorts is for ports where something other than a mail server answers.
var submissionPorts = Do(`Use the port that your mail service gives for sending: usually 465 with tls_mode = "implicit", or 587 with tls_mode = "starttls".`)

// implicitInstead is for paths on which something changes the clear-text part of a
// connection.
var implicitInstead = Do(`If the server offers TLS from the first byte, set port = 465 and tls_mode = "implicit": nobody on the path can change that conversation.`).If(Not("mode", "implicit"))

func handshakeRows() []Row {
	return []Row{
		{
			Code: "server-speaks-implicit-tls", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
			Summary:   `Port {port} of {host} speaks TLS from the first byte, but tls_mode is "{mode}"`,
			Cause:     Say("The provider waited for a greeting in clear text while the server waited for a TLS handshake. Each would have waited for the other until one gave up."),
			Fixes:     []Fix{Set(`tls_mode = "implicit"`, "port = {port}"), otherPort, implicitOn587},
			Reference: "RFC 8314 section 3.3",
		},
		{
			Code: "server-speaks-starttls", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
			Summary: `Port {port} of {host} offers STARTTLS, but tls_mode is "implicit"`,
			Cause: Say(
				`Client and server both spoke first: the TLS handshake met the server's greeting. Other tools report this as "wrong version number" or "first record does not look like a TLS handshake".`,
				`With tls_mode = "starttls" the connection is just as encrypted: the provider requires TLS before it sends anything secret.`,
			),
			Fixes:     []Fix{Set(`tls_mode = "starttls"`, "port = {port}"), otherPort, startTLSOn465},
			Reference: "RFC 3207 section 4",
		},
		{
			Code: "server-speaks-clear-text", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
			Summary:   `Port {port} of {host} has no TLS at all, but tls_mode is "implicit"`,
			Cause:     Say("The TLS handshake met a greeting in clear text, and the server does not offer STARTTLS either."),
			Fixes:     []Fix{submissionPorts, clearTextOnly},
			Reference: "RFC 3207 section 4",
		},
		{
			Code: "server-greets-in-clear", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
			Summary:   `Port {port} of {host} starts in clear text, but tls_mode is "implicit"`,
			Cause:     Say("The TLS handshake met a greeting in clear text. The conversation ended before the provider could ask whether the server offers STARTTLS."),
			Fixes:     []Fix{Set(`tls_mode = "starttls"`, "port = {port}"), otherPort, startTLSOn465},
			Reference: "RFC 3207 section 4",
		},
		{
			Code: "clear-text-in-handshake", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
			Summary: "{host}:{port} answered the TLS handshake in clear text",
			Cause: If(Is("mode", "implicit"), "The port most likely starts in clear text and switches to TLS with STARTTLS.").
				If(Is("mode", "starttls"), "The server, or something on the path, agreed to STARTTLS and then did not speak TLS."),
			Fixes: []Fix{
				Set(`tls_mode = "starttls"`, "port = {port}").If(Is("mode", "implicit")),
				Do("Check the server's TLS settings and its log, if the server is yours.").If(Is("mode", "starttls")),
				implicitInstead,
			},
			Reference: "RFC 3207 section 4",
		},
		{
			Code: "tls-without-smtp", Stage: Apply, Severity: SeverityError, Attribute: "port",
			Summary: "Port {port} of {host} speaks {protocol} inside TLS, not SMTP",
			Cause:   Say("The TLS handshake succeeded, but no mail server answers inside it."),
			Fixes:   []Fix{submissionPorts},
		},
		{
			Code: "starttls-not-offered", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
			Summary:   "{host}:{port} does not offer STARTTLS",
			Cause:     Say("Either the server has no TLS on this port, or something on the path removes the offer, as some firewalls and attackers do. The provider sent nothing after that."),
			Fixes:     []Fix{implicitInstead, clearTextOnly},
			Reference: "RFC 3207 section 6, RFC 8314 section 3",
		},
		{
			Code: "starttls-blanked", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
			Summary:   "Something on the path to {host}:{port} blanks out STARTTLS",
			Cause:     Say(`The list of extensions contains a run of X's where STARTTLS belongs. That is the work of a firewall's SMTP inspection ("ESMTP fixup").`),
			Fixes:     []Fix{Do("Turn off SMTP inspection in the firewall for this connection."), implicitInstead},
			Reference: "RFC 3207 section 6",
		},
		{
			Code: "starttls-under-tls", Stage: Apply, Severity: SeverityWarning, Attribute: "host",
			Summary:   "{host}:{port} offers STARTTLS on a connection that is already encrypted",
			Cause:     Say("The server doesn't know that the connection is encrypted: usually a proxy terminates TLS and passes the connection on in clear text. The server may then refuse logins, and anyone behind the proxy can read the traffic. The provider ignored the offer."),
			Fixes:     []Fix{Do("Have the proxy announce TLS to the server, or let the server terminate TLS itself."), Do("If the server terminates TLS itself on another port, use that port.")},
			Reference: "RFC 3207 section 4.2",
		},
	}
}
