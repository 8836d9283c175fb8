package finding

// refusedClientRows are refusals of this client: of its EHLO name, its address or
// what it does. Servers send them at any step.
func refusedClientRows() []Row {
	return []Row{
		{
			Code: "ehlo-name-refused", Stage: Apply, Severity: SeverityError, Attribute: "ehlo_name", Refused: Client,
			Summary: "{host} refused this client's EHLO name",
			Cause: Say("It says: {reply}").If(Has("ehlo"), `The name was "{ehlo}".`).
				If(Is("named", "no"), "Many servers, Google's relay among them, refuse address literals, localhost and names without a domain. Some answer 421, and some only at RCPT TO. Retries don't help.").
				If(Is("named", "yes"), "The server expects a name that DNS can resolve, often to the address of the connection."),
			Fixes:     []Fix{Example(`ehlo_name = "app.example.com" # a name that DNS knows`)},
			Reference: "RFC 5321 sections 4.1.1.1 and 4.1.4",
		},
		{
			Code: "client-reverse-name", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
			Summary: "{host} found no valid reverse DNS name for this machine's address",
			Cause: Say("It says: {reply}", "The server looks up the name of this machine's address (PTR), and then the address of that name. It expects to get the same address.").
				If(Is("login", "none"), "The client did not log in. Submission servers rarely check this after a login."),
			Fixes: []Fix{
				Do("Have the owner of the address set a PTR record, and give that name an A or AAAA record with the same address."),
				Example(`username = "user@example.com"`, "password = var.smtp_password").If(Is("login", "none")),
				Do("Send through a relay or submission service that accepts this machine's address."),
			},
			Reference: "RFC 8601 section 2.7.3, RFC 7372 section 3.3",
		},
		{
			Code: "client-address-blocked", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
			Summary: "{host} blocks this machine's address",
			Cause: Say("It says: {reply}", "The address is on a block list, has a bad reputation, or is of a kind that the server accepts no mail from (dynamic, residential, another country). The reply usually names the list.").
				If(Is("login", "none"), "The client did not log in. Submission servers usually accept logged-in clients from any address."),
			Fixes: []Fix{
				Example(`username = "user@example.com"`, "password = var.smtp_password").If(Is("login", "none")),
				Do("Ask the list that the reply names to remove the address, once the reason is gone."),
				Do("Send from another address, or through a relay that accepts this one."),
			},
			Reference: "RFC 5782",
		},
		{
			Code: "client-address-not-allowed", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
			Summary: "{host} does not allow this machine's address",
			Cause: Say("It says: {reply}", "The server accepts mail only from addresses that it knows, and it doesn't know this machine's.").
				If(Is("login", "none"), "The client did not log in. Many servers allow any address after a login."),
			Fixes: []Fix{
				registerAddress,
				Example(`username = "user@example.com"`, "password = var.smtp_password").If(Is("login", "none")),
			},
			Reference: "RFC 5321 section 7.9",
		},
		{
			Code: "microsoft-connector-missing", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
			Summary: "Microsoft 365 relays for this address only through a connector",
			Cause:   Say("It says: {reply}", "On the MX host of a Microsoft 365 organisation (direct send), mail to other organisations needs an inbound connector that knows this machine by its address or certificate. A login does not help there."),
			Fixes: []Fix{
				Do("Create an inbound connector in the Exchange admin center for the public address or the certificate of this machine."),
				Do("Send only to mailboxes of the organisation itself."),
				Do(`Send through smtp.office365.com, port 587, tls_mode = "starttls", with the login of a mailbox.`),
			},
			Reference: "https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365",
		},
		{
			Code: "google-relay-not-registered", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
			Summary: "Google's relay does not know this client",
			Cause:   Say("It says: {reply}", "The relay of Google Workspace knows its clients by an address registered in the Admin console, by a login, or by the organisation's domain in EHLO and MAIL FROM. None of these matches."),
			Fixes: []Fix{
				Do("Register the public address of this machine in the Admin console: Apps, Google Workspace, Gmail, Routing, SMTP relay service."),
				Example(`username = "user@example.com"`, "password = var.smtp_password").If(Is("login", "none")),
				Example(`ehlo_name = "app.example.com" # a name in the organisation's domain`),
			},
			Reference: "https://support.google.com/a/answer/2956491, https://support.google.com/a/answer/6140680",
		},
		{
			Code: "connection-limit", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
			Summary: "{host} has too many connections",
			Cause:   Say("It says: {reply}", "The server limits how many connections are open at the same time, per client or in total."),
			Fixes: []Fix{
				Do("Set max_connections_per_host = 1 in the provider block."),
				retry,
				tryAgain,
			},
			Reference: "RFC 5321 section 3.8",
		},
		{
			Code: "client-rate-limited", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
			Summary: "{host} accepts no more from this client for now",
			Cause:   Say("It says: {reply}", "The server limits how many connections, messages, recipients or TLS sessions a client may have in a given time. Further attempts prolong the wait."),
			Fixes: []Fix{
				tryAgain,
				Do("Set max_connections_per_host = 1 in the provider block."),
				Do("Find out what else sends through this server from the same address."),
			},
			Reference: "RFC 5321 section 4.2.1",
		},
		{
			Code: "tls-required", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode", Refused: Client,
			Summary:   "{host} requires TLS before it accepts mail",
			Cause:     Say("It says: {reply}", "The connection was in clear text, as declared."),
			Fixes:     []Fix{Set(`tls_mode = "starttls"`), implicitInstead},
			Reference: "RFC 3207 section 4",
		},
		{
			Code: "tls-unknown-to-server", Stage: Apply, Severity: SeverityError, Attribute: "port", Refused: Client,
			Summary: "{host} asks for TLS on a connection that is already encrypted",
			Cause:   Say("It says: {reply}", "The server doesn't know that this connection is encrypted: usually a proxy in front of it terminates TLS."),
			Fixes: []Fix{
				Do(`Use the port where the server itself does TLS, usually port = 587 with tls_mode = "starttls".`).If(Not("port", "587")),
				Do("Have the proxy announce TLS to the server, or let the server terminate TLS itself."),
			},
			Reference: "RFC 3207 section 4",
		},
		{
			Code: "starttls-unavailable", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode", Refused: Client,
			Summary: "{host}:{port} offers STARTTLS but can't start TLS now",
			Cause:   Say("It says: {reply}", "Usually the server can't read its certificate or key. The provider sent nothing after this reply."),
			Fixes: []Fix{
				Do("If the server is yours, fix its TLS certificate and key, and reload it."),
				implicitInstead,
				clearTextOnly.If(Is("login", "none")),
			},
			Reference: "RFC 3207 section 4",
		},
		{
			Code: "client-protocol-error", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
			Summary:   "{host} says that this client breaks the protocol",
			Cause:     Say("It says: {reply}", "The provider sends one command at a time, in the order of RFC 5321, and waits for each reply. A proxy or firewall in between may rewrite commands, or the server counts errors of other clients with the same address."),
			Fixes:     []Fix{Do("Compare the server's log with the transcript (TF_LOG=trace shows it in full)."), implicitInstead},
			Reference: "RFC 5321 section 4.1.4",
		},
		{
			Code: "proxy-protocol", Stage: Apply, Severity: SeverityError, Attribute: "port", Refused: Client,
			Summary: "{host}:{port} expects the PROXY protocol of a load balancer",
			Cause:   Say("It says: {reply}", "The port waits for a header that a load balancer or proxy sends first, and refuses clients that connect directly."),
			Fixes: []Fix{
				Do("Set host and port to the load balancer, or to a port that is meant for clients."),
				Do("If no load balancer is in front of this port, turn off the PROXY protocol on it."),
			},
			Reference: "https://www.haproxy.org/download/2.8/doc/proxy-protocol.txt",
		},
		{
			Code: "command-unsupported", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
			Summary:   "{host} does not support {step}",
			Cause:     Say("It says: {reply}", "The command is part of the standard. This is probably not a mail server for sending, or something on the network path rewrites commands."),
			Fixes:     []Fix{asDocumented, implicitInstead},
			Reference: "RFC 5321 section 4.2.4",
		},
		{
			Code: "parameter-unsupported", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Client,
			Summary:   "{host} does not accept a parameter of {step}",
			Cause:     Say("It says: {reply}", "The provider sends parameters such as SMTPUTF8 only if the server lists the extension. This server lists it and then refuses it."),
			Fixes:     []Fix{Do("Use only ASCII characters in from and rcpt_to."), updateServer},
			Reference: "RFC 5321 section 4.1.1.11",
		},
	}
}
