package finding

// refusedRecipientRows are refusals of a recipient.
var refusedRecipientRows = []Row{
	{
		Code: "recipient-unknown", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
		Summary:   "A recipient does not exist",
		Cause:     Say("It says: {reply}", "The server knows the domain, and no such mailbox in it."),
		Fixes:     []Fix{Example(`rcpt_to = ["you@example.com"] # addresses that exist`)},
		Reference: "RFC 3463 section 3.2 (X.1.1)",
	},
	{
		Code: "recipient-sandbox", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
		Summary: "The account is in a sandbox that sends to verified recipients only",
		Cause:   Say("It says: {reply}", "Trial accounts and sandbox domains of mail services reach a few addresses that were verified before."),
		Fixes: []Fix{
			Example(`rcpt_to = ["you@example.com"] # an address that is verified at the service`),
			Do("Ask the service to take the account out of the sandbox, or send from a domain of your own."),
		},
	},
	{
		Code: "recipient-mailbox-full", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
		Summary:   "The mailbox of a recipient is full",
		Cause:     Say("It says: {reply}", "Everything up to this recipient worked. The mailbox takes no more until its owner makes room."),
		Fixes:     []Fix{Example(`rcpt_to = ["you@example.com"] # a mailbox with room`)},
		Reference: "RFC 3463 section 3.3 (X.2.2)",
	},
	{
		Code: "recipient-disabled", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
		Summary:   "The mailbox of a recipient is closed",
		Cause:     Say("It says: {reply}", "The mailbox exists or existed, and takes no mail: it is disabled, suspended or abandoned."),
		Fixes:     []Fix{Example(`rcpt_to = ["you@example.com"] # a mailbox that is in use`)},
		Reference: "RFC 3463 section 3.3 (X.2.1)",
	},
	{
		Code: "recipient-greylisted", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
		Summary:   "{host} greylists: it takes this mail on a later try",
		Cause:     Say("It says: {reply}", "The server puts off the first mail from an unknown client, sender and recipient, mostly for some minutes. Mail programs that queue get through; this check does not wait that long."),
		Fixes:     []Fix{Do("Run terraform apply again after the time that the reply names, or after five minutes.")},
		Reference: "RFC 6647",
	},
	{
		Code: "recipient-rate-limited", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
		Summary:   "A recipient gets too much mail at the moment",
		Cause:     Say("It says: {reply}", "The server limits what one mailbox receives in a given time."),
		Fixes:     []Fix{tryAgain, Example(`rcpt_to = ["you@example.com"] # another mailbox`)},
		Reference: "RFC 5321 section 4.2.1",
	},
	{
		Code: "recipients-too-many", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Message,
		Summary:   "{host} takes fewer recipients in one message",
		Cause:     Say("It says: {reply}", "The server limits the recipients of one message. Applications split their messages; this check asks about all of rcpt_to at once."),
		Fixes:     []Fix{Do("Give fewer addresses in rcpt_to; one is enough to prove that mail is taken.")},
		Reference: "RFC 5321 section 4.5.3.1.10",
	},
	{
		Code: "relay-denied", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
		Summary: "{host} does not relay to a recipient",
		Cause: Say("It says: {reply}").If(Is("login", "none"), "The server takes mail for its own domains, and for the rest of the world only from clients that it knows. No login was made.").
			If(Is("login", "made"), `The login as "{username}" succeeded, so the account may not relay from this sender or to this domain, or the server looks at the client's address instead.`),
		Fixes: []Fix{
			Example(`username = "user@example.com"`, "password = var.smtp_password").If(Is("login", "none")),
			Do("Give the account the right to send to other domains, in the settings of the server.").If(Is("login", "made")),
			Do("Have the server allow this machine's address to relay."),
			Do("Give the host of your submission service, if host is the server that receives mail for a domain (its MX)."),
		},
		Reference: "RFC 5321 section 3.6.2, RFC 6409 section 6.1",
	},
	{
		Code: "recipient-domain-no-dns", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
		Summary:   "{host} can't find the domain of a recipient",
		Cause:     Say("It says: {reply}", "The domain has no DNS records that mail could be delivered by."),
		Fixes:     []Fix{Example(`rcpt_to = ["you@example.com"] # in a domain that takes mail`)},
		Reference: "RFC 3463 section 3.2 (X.1.2), RFC 7505",
	},
	{
		Code: "recipient-malformed", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
		Summary:   "{host} can't read a recipient as an address",
		Cause:     Say("It says: {reply}", "The server is stricter than the standard, or wants a domain."),
		Fixes:     []Fix{Example(`rcpt_to = ["you@example.com"]`)},
		Reference: "RFC 5321 section 4.1.2",
	},
	{
		Code: "recipient-suppressed", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
		Summary: "The mail service has stopped sending to a recipient",
		Cause:   Say("It says: {reply}", "Services keep a list of addresses that bounced, complained or unsubscribed, and send them nothing more."),
		Fixes:   []Fix{Do("Take the address off the suppression list in the service's console."), Example(`rcpt_to = ["you@example.com"] # another address`)},
	},
	{
		Code: "recipient-not-permitted", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
		Summary: "A recipient does not take mail from this sender",
		Cause: Say("It says: {reply}", "The mailbox or list takes mail from some senders only, such as those of its own organisation.").
			If(Is("login", "none"), "No login was made, so the server takes this sender for an outsider."),
		Fixes:     []Fix{Do("Have the owner of the recipient allow the sender."), Example(`rcpt_to = ["you@example.com"] # a mailbox that takes mail from everyone`)},
		Reference: "RFC 3463 section 3.8 (X.7.2)",
	},
}
