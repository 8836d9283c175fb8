package finding

// refusedMessageRows are refusals of the message itself: by its size before it is
// sent, by its content after that.
var refusedMessageRows = []Row{
	{
		Code: "message-too-large", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Message,
		Summary:   "{host} finds the message too large",
		Cause:     Say("It says: {reply}", "The test message has about one kilobyte, so the server's limit is far lower than usual."),
		Fixes:     []Fix{Do("Raise the size limit of the server, if it is yours.")},
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
		Summary: "{host} takes the message for spam",
		Cause:   Say("It says: {reply}", "The verdict rests on the sender's domain and the client's address as much as on the text. The test message says plainly that it is automatic."),
		Fixes: []Fix{
			Do("Set up SPF, DKIM and DMARC for the domain of from."),
			Do("Send through a submission service that the recipient's server trusts."),
		},
	},
	{
		Code: "message-headers", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Message,
		Summary:   "{host} refused the headers of the message",
		Cause:     Say("It says: {reply}", "The test message has the headers that RFC 5322 wants: From, To, Date, Message-ID and Subject, once each."),
		Fixes:     []Fix{Example(`from = "noreply@example.com" # a plain address in a domain of yours`), Do("Look into the server's log for the header that it means.")},
		Reference: "RFC 5322 section 3.6",
	},
	{
		Code: "message-loop", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Message,
		Summary:   "{host} says that the message goes round in a circle",
		Cause:     Say("It says: {reply}", "Servers hand the message to each other: a relay points at itself, or an alias leads back."),
		Fixes:     []Fix{Do("Repair the routes or aliases of the server, if it is yours."), Example(`rcpt_to = ["you@example.com"] # another recipient`)},
		Reference: "RFC 5321 section 6.3",
	},
	{
		Code: "message-line-length", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Message,
		Summary:   "{host} refused the line ends or lengths of the message",
		Cause:     Say("It says: {reply}", "The test message has short lines that end in CRLF. Something on the way rewrites it."),
		Fixes:     []Fix{implicitInstead},
		Reference: "RFC 5321 sections 2.3.8 and 4.5.3.1.6",
	},
	{
		Code: "message-unconfirmed", Stage: Apply, Severity: SeverityError, Attribute: "host",
		Summary: "{host} did not confirm the message: it may have been sent or not",
		Cause:   Say("The message went out, and the connection or the time ended before the server's reply. It is not sent again by itself, so that no recipient gets it twice."),
		Fixes: []Fix{
			Do("Look into the mailbox of a recipient, or into the server's log."),
			Do("Run terraform apply again if the message did not arrive; that sends another one."),
		},
		Reference: "RFC 5321 section 4.5.3.2.6",
	},
}
