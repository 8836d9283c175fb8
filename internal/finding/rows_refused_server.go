package finding

// refusedServerRows are refusals for which nothing has to change on this side.
func refusedServerRows() []Row {
	return []Row{
		{
			Code: "server-busy", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Server,
			Summary: "{host} is busy or accepts no mail for now",
			Cause: Say("It says: {reply}", "The reply is about the server's own state, not about this client or its mail.").
				If(Is("step", "greeting"), "A port that expects a load balancer's PROXY protocol header also answers like this, after some seconds, to clients that send none."),
			Fixes: []Fix{
				retry,
				tryAgain,
			},
			Reference: "RFC 5321 section 3.8",
		},
		{
			Code: "server-closing", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Server,
			Summary: "{host} ended the connection at {step}",
			Cause:   Say("It says: {reply}", "The server is shutting down or restarting, or has waited too long. It may say so at any step."),
			Fixes: []Fix{
				retry,
				Do("If it happens again, look at the server's log."),
			},
			Reference: "RFC 5321 section 3.8",
		},
		{
			Code: "server-storage-full", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Server,
			Summary: "{host} has no room for mail",
			Cause:   Say("It says: {reply}", "The server's disk or queue is full."),
			Fixes: []Fix{
				Do("If the server is yours, free some space."),
				retry,
			},
			Reference: "RFC 5321 section 4.2.2 (452)",
		},
		{
			Code: "server-local-error", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Server,
			Summary: "{host} has an internal error",
			Cause: Say("It says: {reply}", "The server reports an error in its configuration, a database or a service behind it.").
				If(Is("step", "greeting"), "A port that expects a load balancer's PROXY protocol header also answers like this, after some seconds, to clients that send none."),
			Fixes: []Fix{
				Do("If the server is yours, look at its log; otherwise report the reply and the time to its operator."),
				retry,
			},
			Reference: "RFC 5321 section 4.2.2 (451)",
		},
		{
			Code: "server-no-mail", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Server,
			Summary:   "{host}:{port} accepts no mail from anyone",
			Cause:     Say("It says: {reply}", "The host says that it has no mail service."),
			Fixes:     []Fix{asDocumented},
			Reference: "RFC 7504, RFC 5321 section 3.1",
		},
	}
}
