package finding

// refusedServerRows are refusals for which nothing has to change on this side.
var refusedServerRows = []Row{
	{
		Code: "server-busy", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Server,
		Summary: "{host} is busy or does not take mail for now",
		Cause: Say("It says: {reply}", "The server speaks of its own state, not of this client or its mail.").
			If(Is("step", "greeting"), "A port that expects the PROXY protocol from a load balancer answers like that too, after some seconds, when a client does not send its header."),
		Fixes: []Fix{
			retry,
			tryAgain,
		},
		Reference: "RFC 5321 section 3.8",
	},
	{
		Code: "server-closing", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Server,
		Summary: "{host} closed the service in answer to {step}",
		Cause:   Say("It says: {reply}", "The server shuts down, restarts or has waited too long, and may say so at any moment."),
		Fixes: []Fix{
			retry,
			Do("Look into the server's log if it happens again."),
		},
		Reference: "RFC 5321 section 3.8",
	},
	{
		Code: "server-storage-full", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Server,
		Summary: "{host} has no room for mail",
		Cause:   Say("It says: {reply}", "The disk or the queue of the server is full."),
		Fixes: []Fix{
			Do("Make room on the server, if it is yours."),
			retry,
		},
		Reference: "RFC 5321 section 4.2.2 (452)",
	},
	{
		Code: "server-local-error", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Server,
		Summary: "{host} has a fault of its own",
		Cause: Say("It says: {reply}", "The server reports an error in its configuration, a database or a service behind it.").
			If(Is("step", "greeting"), "A port that expects the PROXY protocol from a load balancer answers like that too, after some seconds, when a client does not send its header."),
		Fixes: []Fix{
			Do("Look into the server's log, if it is yours, or tell its operator the reply and the time."),
			retry,
		},
		Reference: "RFC 5321 section 4.2.2 (451)",
	},
	{
		Code: "server-no-mail", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Server,
		Summary:   "{host}:{port} takes no mail from anyone",
		Cause:     Say("It says: {reply}", "The host says that it offers no mail service here."),
		Fixes:     []Fix{asDocumented},
		Reference: "RFC 7504, RFC 5321 section 3.1",
	},
}
