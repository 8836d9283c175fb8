package finding

// refusedRecipientRows are refusals of a recipient.
func refusedRecipientRows() []Row {
	return []Row{
		{
			Code: "recipient-unknown", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
			Summary: "{host} says that a recipient does not exist",
			Cause: Say("It says: {reply}", "Usually the server has no such mailbox. Some servers say the same about domains that they don't accept mail for.").
				If(Is("login", "none"), `The client did not log in. OpenSMTPD says "Invalid recipient" also when it relays only for clients that log in.`),
			Fixes: []Fix{
				Example(`rcpt_to = ["you@example.com"] # addresses that exist`),
				Do("If the recipient exists, set username and password.").If(Is("login", "none")),
			},
			Reference: "RFC 3463 section 3.2 (X.1.1)",
		},
		{
			Code: "recipient-sandbox", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
			Summary: "The account is in a sandbox that sends to verified recipients only",
			Cause:   Say("It says: {reply}", "Trial accounts and sandbox domains can only send to verified addresses."),
			Fixes: []Fix{
				Example(`rcpt_to = ["you@example.com"] # an address that is verified at the service`),
				Do("Ask the service to take the account out of the sandbox, or send from your own domain."),
			},
		},
		{
			Code: "recipient-mailbox-full", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
			Summary:   "The mailbox of a recipient is full",
			Cause:     Say("It says: {reply}", "Everything up to this recipient worked. The mailbox accepts no more until its owner frees some space."),
			Fixes:     []Fix{Example(`rcpt_to = ["you@example.com"] # a mailbox with room`)},
			Reference: "RFC 3463 section 3.3 (X.2.2)",
		},
		{
			Code: "recipient-disabled", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
			Summary:   "The mailbox of a recipient is closed",
			Cause:     Say("It says: {reply}", "The mailbox accepts no mail: it is disabled, suspended or abandoned."),
			Fixes:     []Fix{Example(`rcpt_to = ["you@example.com"] # a mailbox that is in use`)},
			Reference: "RFC 3463 section 3.3 (X.2.1)",
		},
		{
			Code: "recipient-greylisted", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
			Summary:   "{host} greylists: it accepts this mail on a later attempt",
			Cause:     Say("It says: {reply}", "The server delays the first mail from an unknown client, sender and recipient, usually for a few minutes. Mail servers try again; this check doesn't wait that long."),
			Fixes:     []Fix{Do("Run terraform apply again after the time that the reply names, or after five minutes.")},
			Reference: "RFC 6647",
		},
		{
			Code: "recipient-rate-limited", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
			Summary:   "A recipient gets too much mail at the moment",
			Cause:     Say("It says: {reply}", "The server limits how much mail one mailbox receives in a given time."),
			Fixes:     []Fix{tryAgain, Example(`rcpt_to = ["you@example.com"] # another mailbox`)},
			Reference: "RFC 5321 section 4.2.1",
		},
		{
			Code: "recipients-too-many", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Message,
			Summary:   "{host} accepts fewer recipients per message",
			Cause:     Say("It says: {reply}", "The server limits the recipients of one message. Applications can split their messages; this check names all addresses in rcpt_to at once."),
			Fixes:     []Fix{Do("Use fewer addresses in rcpt_to; one is enough.")},
			Reference: "RFC 5321 section 4.5.3.1.10",
		},
		{
			Code: "relay-denied", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
			Summary: "{host} does not relay mail to a recipient",
			Cause: Say("It says: {reply}").If(Is("login", "none"), "The server accepts mail for its own domains, and for others only from clients that it knows. The client did not log in.").
				If(Is("login", "made"), `The login as "{username}" succeeded. The account may have no right to send from this sender or to this domain, or the server decides by the client's address.`),
			Fixes: []Fix{
				Example(`username = "user@example.com"`, "password = var.smtp_password").If(Is("login", "none")),
				Do("Give the account the right to send to other domains, in the settings of the server.").If(Is("login", "made")),
				Do("Allow this machine's address to relay, in the settings of the server."),
				Do("If host is the server that receives mail for a domain (its MX), set host to your submission service."),
			},
			Reference: "RFC 5321 section 3.6.2, RFC 6409 section 6.1",
		},
		{
			Code: "recipient-domain-no-dns", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
			Summary:   "{host} can't find the domain of a recipient",
			Cause:     Say("It says: {reply}", "The domain has no DNS records for delivering mail."),
			Fixes:     []Fix{Example(`rcpt_to = ["you@example.com"] # in a domain that accepts mail`)},
			Reference: "RFC 3463 section 3.2 (X.1.2), RFC 7505",
		},
		{
			Code: "recipient-malformed", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
			Summary:   "{host} can't read a recipient as an address",
			Cause:     Say("It says: {reply}", "The server is stricter than the standard, or expects a domain."),
			Fixes:     []Fix{Example(`rcpt_to = ["you@example.com"]`)},
			Reference: "RFC 5321 section 4.1.2",
		},
		{
			Code: "recipient-suppressed", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
			Summary: "The mail service has stopped sending to a recipient",
			Cause:   Say("It says: {reply}", "Services keep a list of addresses that bounced, complained or unsubscribed, and send nothing to them."),
			Fixes:   []Fix{Do("Remove the address from the suppression list in the service's console."), Example(`rcpt_to = ["you@example.com"] # another address`)},
		},
		{
			Code: "recipient-not-permitted", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
			Summary: "A recipient does not accept mail from this sender",
			Cause: Say("It says: {reply}", "The mailbox or list only accepts mail from some senders, such as those of its own organisation.").
				If(Is("login", "none"), "The client did not log in, so the server treats this sender as an outsider."),
			Fixes:     []Fix{Do("Have the owner of the recipient allow the sender."), Example(`rcpt_to = ["you@example.com"] # a mailbox that accepts mail from everyone`)},
			Reference: "RFC 3463 section 3.8 (X.7.2)",
		},
	}
}
