package finding

// refusedMessageRows are refusals of the message itself: for its size before it is
// sent, for its content after that.
func refusedMessageRows() []Row {
	return []Row{
		{
			Code: "message-too-large", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Message,
			Summary:   "{host} says that the message is too large",
			Cause:     Say("It says: {reply}", "The test message has about one kilobyte, so the server's limit is far lower than usual."),
			Fixes:     []Fix{Do("If the server is yours, raise its size limit.")},
			Reference: "RFC 1870 section 6",
		},
		{
			Code: "message-content", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Message,
			Summary: "{host} refused the content of the message",
			Cause:   Say("It says: {reply}", "A filter of the server matched the test message: its headers, its subject or its text."),
			Fixes:   []Fix{Example(`message_subject = "Delivery test" # another subject`), Do("Find the rule that matched in the server's log or the service's console.")},
		},
		{
			Code: "message-spam", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Message,
			Summary: "{host} rejected the message as spam",
			Cause:   Say("It says: {reply}", "Filters judge the sender's domain and the client's address as much as the text."),
			Fixes: []Fix{
				Do("Set up SPF, DKIM and DMARC for the sender's domain."),
				Do("Send through a submission service that the recipient's server trusts."),
			},
		},
		{
			Code: "message-headers", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Message,
			Summary:   "{host} refused the headers of the message",
			Cause:     Say("It says: {reply}", "The test message has the headers that RFC 5322 asks for: From, To, Date, Message-ID and Subject, once each."),
			Fixes:     []Fix{Example(`from = "noreply@example.com" # a plain address in your domain`), Do("Find the header in question in the server's log.")},
			Reference: "RFC 5322 section 3.6",
		},
		{
			Code: "message-loop", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Message,
			Summary:   "{host} says that the message loops",
			Cause:     Say("It says: {reply}", "Servers hand the message to each other: a relay points at itself, or an alias leads back."),
			Fixes:     []Fix{Do("If the server is yours, fix its routes and aliases."), Example(`rcpt_to = ["you@example.com"] # another recipient`)},
			Reference: "RFC 5321 section 6.3",
		},
		{
			Code: "message-line-length", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Message,
			Summary:   "{host} refused the line ends or lengths of the message",
			Cause:     Say("It says: {reply}", "The test message has short lines that end in CRLF. Something on the network path probably rewrites it."),
			Fixes:     []Fix{implicitInstead},
			Reference: "RFC 5321 sections 2.3.8 and 4.5.3.1.6",
		},
		{
			Code: "message-unconfirmed", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} did not confirm the message, which may have been sent",
			Cause:   Say("The message went out, and the connection or the time ended before the server's reply. The provider doesn't send it again, so that no recipient gets it twice."),
			Fixes: []Fix{
				Do("Look for the message in a recipient's mailbox or in the server's log."),
				Do("If the message did not arrive, run terraform apply again, which sends another one."),
			},
			Reference: "RFC 5321 section 4.5.3.2.6",
		},
	}
}
