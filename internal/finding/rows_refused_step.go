package finding

// refusedStepRows are for refusals of a step whose words are all that is known.
func refusedStepRows() []Row {
	return []Row{
		{
			Code: "greeting-refused", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
			Summary: "{host}:{port} refuses mail from this machine",
			Cause:   Say("It says: {reply}", "The server refuses before the client has said anything, so the reason is the client's address, or it refuses all clients."),
			Fixes: []Fix{
				registerAddress,
				asDocumented,
			},
			Reference: "RFC 5321 section 3.1, RFC 7504",
		},
		{
			Code: "greeting-temporary", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
			Summary: "{host}:{port} refuses mail for now",
			Cause:   Say("It says: {reply}", "The server says that this is temporary."),
			Fixes: []Fix{
				retry,
				tryAgain,
			},
			Reference: "RFC 5321 section 3.8",
		},
		{
			Code: "greeting-unexpected", Stage: Apply, Severity: SeverityError, Attribute: "port",
			Summary:   "{host}:{port} does not greet like a mail server",
			Cause:     Say("It says: {reply}", "A mail server greets with 220, or refuses with a code that begins with 4 or 5."),
			Fixes:     []Fix{submissionPorts},
			Reference: "RFC 5321 section 4.3.2",
		},
		{
			Code: "session-ended", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary:   "{host} ended the session at {step}",
			Cause:     Say("It says: {reply}", "421 means that the server closes the connection. It may be shutting down, or refusing this client; only the reply says which."),
			Fixes:     []Fix{retry, tryAgain, ownLog},
			Reference: "RFC 5321 section 3.8",
		},
		{
			Code: "ehlo-temporary", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
			Summary: "{host} refused EHLO for now",
			Cause:   Say("It says: {reply}", "The server says that this is temporary.").If(Has("ehlo"), `The name in EHLO was "{ehlo}".`),
			Fixes: []Fix{
				retry,
				tryAgain,
				Example(`ehlo_name = "app.example.com" # a name that DNS knows`).If(Is("named", "no")),
			},
			Reference: "RFC 5321 section 4.2.1",
		},
		{
			Code: "ehlo-refused", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
			Summary:   "{host} refused EHLO",
			Cause:     Say("It says: {reply}", "Only the server's reply says why. Without EHLO there is no conversation.").If(Has("ehlo"), `The name in EHLO was "{ehlo}".`),
			Fixes:     []Fix{followReply, Do("If the reply is about the name, set ehlo_name to a name that DNS knows."), asDocumented},
			Reference: "RFC 5321 section 3.2",
		},
		{
			Code: "starttls-refused", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode", Refused: Client,
			Summary: "{host}:{port} offers STARTTLS and then refuses it",
			Cause:   Say("It says: {reply}", "Only 220 starts TLS. The server is misconfigured, or an attacker on the network path wants to keep the connection in clear text. The provider sent nothing after that."),
			Fixes: []Fix{
				implicitInstead,
				Do("If the server is yours, fix its TLS settings."),
			},
			Reference: "RFC 3207 section 4",
		},
		{
			Code: "sender-refused", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Sender,
			Summary:   "{host} refused {step}",
			Cause:     Say("It says: {reply}", "Only the server's reply says why: it may be about the sender, this client or its login."),
			Fixes:     []Fix{followReply, Do("If the reply is about the sender, set from to an address that the server knows as yours.")},
			Reference: "RFC 5321 section 4.1.1.2",
		},
		{
			Code: "sender-temporary", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Sender,
			Summary: "{host} refused {step} for now",
			Cause:   Say("It says: {reply}", "The server says that this is temporary."),
			Fixes: []Fix{
				retry,
				tryAgain,
			},
			Reference: "RFC 5321 section 4.2.1",
		},
		{
			Code: "recipient-refused", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
			Summary:   "{host} refused {step}",
			Cause:     Say("It says: {reply}", "Only the server's reply says why: it may be about the recipient, the sender, this client or its login."),
			Fixes:     []Fix{followReply, Do("If the reply is about the recipient, set rcpt_to to another address.")},
			Reference: "RFC 5321 section 4.1.1.3",
		},
		{
			Code: "recipient-temporary", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
			Summary: "{host} refused {step} for now",
			Cause:   Say("It says: {reply}", "The server says that this is temporary."),
			Fixes: []Fix{
				tryAgain,
				retry,
			},
			Reference: "RFC 5321 section 4.2.1",
		},
		{
			Code: "message-refused", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Message,
			Summary:   "{host} refused the message",
			Cause:     Say("It says: {reply}", "Only the server's reply says why. It had accepted sender and recipients."),
			Fixes:     []Fix{followReply, Do("Look for this message in the server's log or the service's console.")},
			Reference: "RFC 5321 section 4.1.1.4",
		},
		{
			Code: "message-temporary", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Message,
			Summary:   "{host} refused the message for now",
			Cause:     Say("It says: {reply}", "The server says that this is temporary. The provider doesn't send it again, so that no recipient gets it twice."),
			Fixes:     []Fix{tryAgain},
			Reference: "RFC 5321 section 4.2.1",
		},
		{
			Code: "command-refused", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary:   "{host} refused {step}",
			Cause:     Say("It says: {reply}", "A server has no reason to refuse this command; its log may say more."),
			Fixes:     []Fix{Do("Run terraform apply again."), Do("If it happens again, look at the server's log.")},
			Reference: "RFC 5321 section 4.2.3",
		},
	}
}
