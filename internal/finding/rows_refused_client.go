package finding

// refusedClientRows are refusals of this client: its EHLO name, its address, its
// manners. Servers say them at any step.
var refusedClientRows = []Row{
	{
		Code: "ehlo-name-refused", Stage: Apply, Severity: SeverityError, Attribute: "ehlo_name", Refused: Client,
		Summary: "{host} refused the name that this client gives in EHLO",
		Cause: Say("It says: {reply}").If(Has("ehlo"), `The name was "{ehlo}".`).
			If(Is("named", "no"), "Many servers, Google's relay among them, refuse address literals, localhost and names without a domain, and some answer 421 or say so only at RCPT TO. Retries don't help.").
			If(Is("named", "yes"), "The server wants a name that DNS can resolve, often to the address that the connection comes from."),
		Fixes:     []Fix{Example(`ehlo_name = "app.example.com" # a name that DNS knows`)},
		Reference: "RFC 5321 sections 4.1.1.1 and 4.1.4",
	},
	{
		Code: "client-reverse-name", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
		Summary: "{host} found no valid reverse DNS name for this machine's address",
		Cause: Say("It says: {reply}", "The server looks up the name of the address that the connection comes from (PTR), and that name's address, and wants the two to match.").
			If(Is("login", "none"), "No login was made. Submission servers rarely check this after one."),
		Fixes: []Fix{
			Do("Have the owner of the address set a PTR record, and give that name an A or AAAA record with the same address."),
			Example(`username = "user@example.com"`, "password = var.smtp_password").If(Is("login", "none")),
			Do("Send through a relay or submission service that takes this machine's address."),
		},
		Reference: "RFC 8601 section 2.7.3, RFC 7372 section 3.3",
	},
	{
		Code: "client-address-blocked", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
		Summary: "{host} blocks this machine's address",
		Cause: Say("It says: {reply}", "The address is on a block list, has a bad reputation, or is of a kind (dynamic, residential, another country) that the server takes no mail from. The words of the reply mostly name the list.").
			If(Is("login", "none"), "No login was made. Submission servers mostly take logged-in clients from any address."),
		Fixes: []Fix{
			Example(`username = "user@example.com"`, "password = var.smtp_password").If(Is("login", "none")),
			Do("Ask the list that the reply names to remove the address, once the reason is gone."),
			Do("Send from another address, or through a relay that takes this one."),
		},
		Reference: "RFC 5782",
	},
	{
		Code: "client-address-not-allowed", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
		Summary: "{host} does not allow this machine's address",
		Cause: Say("It says: {reply}", "The server takes mail from addresses that it knows, and this machine's is not one of them.").
			If(Is("login", "none"), "No login was made. Many servers allow any address after one."),
		Fixes: []Fix{
			Do("Add the public address of this machine to the addresses that the server or service allows."),
			Example(`username = "user@example.com"`, "password = var.smtp_password").If(Is("login", "none")),
		},
		Reference: "RFC 5321 section 7.9",
	},
	{
		Code: "microsoft-connector-missing", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
		Summary: "Microsoft 365 relays for this address only through a connector",
		Cause:   Say("It says: {reply}", "On the MX host of a Microsoft 365 organisation (direct send), mail to other organisations needs an inbound connector that knows this machine by its address or certificate. A user name does not help there."),
		Fixes: []Fix{
			Do("Create an inbound connector in the Exchange admin center for the public address or the certificate of this machine."),
			Do("Send only to mailboxes of the organisation itself."),
			Set(`host = "smtp.office365.com"`, "port = 587", `tls_mode = "starttls"`),
		},
		Reference: "https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365",
	},
	{
		Code: "google-relay-not-registered", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
		Summary: "Google's relay does not know this client",
		Cause:   Say("It says: {reply}", "The relay of Google Workspace knows its clients by an address registered in the Admin console, by a login, or by the organisation's domain in EHLO and MAIL FROM. Nothing of that fits."),
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
		Cause:   Say("It says: {reply}", "The server limits connections that are open at the same time, for each client or in all. The limit passes when some of them end."),
		Fixes: []Fix{
			Do("Set max_connections_per_host = 1 in the provider block."),
			retry,
			tryAgain,
		},
		Reference: "RFC 5321 section 3.8",
	},
	{
		Code: "client-rate-limited", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
		Summary: "{host} takes no more from this client for now",
		Cause:   Say("It says: {reply}", "The server limits how much a client may do in a given time: connections, messages, recipients or TLS sessions. More attempts make the wait longer."),
		Fixes: []Fix{
			Do("Run terraform apply again after some minutes."),
			Do("Set max_connections_per_host = 1 in the provider block."),
			Do("Find what else sends through this server from the same address."),
		},
		Reference: "RFC 5321 section 4.2.1",
	},
	{
		Code: "tls-required", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode", Refused: Client,
		Summary:   "{host} wants TLS before it takes mail",
		Cause:     Say("It says: {reply}", "The connection was in clear text, as declared."),
		Fixes:     []Fix{Set(`tls_mode = "starttls"`), implicitInstead},
		Reference: "RFC 3207 section 4",
	},
	{
		Code: "starttls-unavailable", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode", Refused: Client,
		Summary: "{host}:{port} offers STARTTLS but can't do it now",
		Cause:   Say("It says: {reply}", "The server's certificate or key mostly can't be read. Nothing was sent after this reply."),
		Fixes: []Fix{
			Do("Renew or repair the TLS certificate and key of the server, if it is yours."),
			implicitInstead,
			clearTextOnly.If(Is("login", "none")),
		},
		Reference: "RFC 3207 section 4",
	},
	{
		Code: "client-protocol-error", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
		Summary:   "{host} takes this client for one that breaks the protocol",
		Cause:     Say("It says: {reply}", "This client sends one command at a time, in the order of RFC 5321, and waits for each reply. A proxy or firewall on the way may rewrite commands, or the server counts errors of other clients with the same address."),
		Fixes:     []Fix{Do("Compare the server's log with the transcript (TF_LOG=trace shows all of it)."), implicitInstead},
		Reference: "RFC 5321 section 4.1.4",
	},
	{
		Code: "proxy-protocol", Stage: Apply, Severity: SeverityError, Attribute: "port", Refused: Client,
		Summary: "{host}:{port} expects the PROXY protocol of a load balancer",
		Cause:   Say("It says: {reply}", "The port waits for a header that a load balancer or proxy puts before the client's words. Clients that connect to it directly are refused."),
		Fixes: []Fix{
			Do("Give host and port of the load balancer, or of a listener of the server that clients may connect to."),
			Do("Turn the PROXY protocol off for this listener, if no load balancer stands before it."),
		},
		Reference: "https://www.haproxy.org/download/2.8/doc/proxy-protocol.txt",
	},
	{
		Code: "command-unsupported", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
		Summary:   "{host} does not know {step}",
		Cause:     Say("It says: {reply}", "The command is part of the standard, so this is no mail server for sending, or something on the way rewrites commands."),
		Fixes:     []Fix{asDocumented, implicitInstead},
		Reference: "RFC 5321 section 4.2.4",
	},
	{
		Code: "parameter-unsupported", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Client,
		Summary:   "{host} does not take a parameter of {step}",
		Cause:     Say("It says: {reply}", "Parameters such as SMTPUTF8 are sent only where the server lists the extension. The server lists it and then refuses it."),
		Fixes:     []Fix{Do("Use addresses with ASCII characters only in from and rcpt_to."), Do("Update the server, if it is yours.")},
		Reference: "RFC 5321 section 4.1.1.11",
	},
}
