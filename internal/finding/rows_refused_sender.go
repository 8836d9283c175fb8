package finding

// refusedSenderRows are refusals of the sender, at MAIL FROM, at RCPT TO, or when
// the whole message is there.
func refusedSenderRows() []Row {
	return []Row{
		{
			Code: "sender-not-allowed", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Sender,
			Summary: "{host} does not let this account use the sender address",
			Cause: Say("It says: {reply}").If(Is("login", "made"), `The login as "{username}" succeeded, but from is not an address of that account.`).
				If(Is("login", "none"), "The address belongs to an account, and the client did not log in."),
			Fixes: []Fix{
				Example(`from = "user@example.com" # the address of the account that logs in`),
				Do("Give the account the right to send as that address (Send As, alias or sender identity), in the settings of the mail service."),
			},
			Reference: "RFC 6409 section 6.1",
		},
		{
			Code: "sender-not-verified", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Sender,
			Summary: "The mail service has not verified an address",
			Cause:   Say("It says: {reply}", "The service only sends from addresses and domains that you have verified. In a sandbox the same applies to recipients."),
			Fixes: []Fix{
				Do("Verify the address or its domain in the service's console, in the region that host is in."),
				Example(`from = "noreply@example.com" # an address that the service has verified`),
			},
		},
		{
			Code: "sender-domain-not-set-up", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Sender,
			Summary: "The mail service does not send for the sender's domain",
			Cause:   Say("It says: {reply}", "The domain is not registered, verified or enabled with this account."),
			Fixes: []Fix{
				Do("Add and verify the domain in the service's console."),
				Example(`from = "noreply@example.com" # an address in a domain that is set up`),
			},
		},
		{
			Code: "sender-domain-no-dns", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Sender,
			Summary:   "{host} can't find the sender's domain in DNS",
			Cause:     Say("It says: {reply}", "The server looks up MX and address records of the sender's domain, and finds none, or none that accepts mail."),
			Fixes:     []Fix{Example(`from = "noreply@example.com" # an address in a domain that accepts mail`), Do("Give the domain an MX record.")},
			Reference: "RFC 5321 section 5.1, RFC 7505",
		},
		{
			Code: "sender-authentication", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Sender,
			Summary: "The sender fails the SPF, DKIM or DMARC check of {host}",
			Cause:   Say("It says: {reply}", "The DNS records of the sender's domain don't allow this client, or require a signature that the message doesn't have. Receiving servers check this; a submission service that you log in to signs for you."),
			Fixes: []Fix{
				Do("Add this server or service to the SPF record of the sender's domain, and set up its DKIM keys."),
				Example(`from = "noreply@example.com" # an address in a domain that this server may send for`),
			},
			Reference: "RFC 7208, RFC 6376, RFC 7489, RFC 7372",
		},
		{
			Code: "sender-malformed", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Sender,
			Summary:   "{host} can't read the sender as an address",
			Cause:     Say("It says: {reply}", "The server is stricter than the standard, expects a domain, or accepts no empty sender."),
			Fixes:     []Fix{Example(`from = "noreply@example.com"`)},
			Reference: "RFC 5321 section 4.1.2",
		},
		{
			Code: "sender-unknown", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Sender,
			Summary:   "{host} can't find the sender's mailbox",
			Cause:     Say("It says: {reply}", "The server looks in its own list, or asks the mail server of the sender's domain, whether that mailbox accepts replies."),
			Fixes:     []Fix{Example(`from = "noreply@example.com" # an address that accepts mail`), Do("Create a mailbox or alias for that address.")},
			Reference: "RFC 3463 section 3.2 (X.1.8)",
		},
		{
			Code: "sender-blocked", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Sender,
			Summary: "{host} blocks the sender",
			Cause:   Say("It says: {reply}", "The address or its domain is on a list of the server."),
			Fixes:   []Fix{Example(`from = "noreply@example.com" # another sender`), Do("Ask the operator of the server, or of the list that the reply names, to remove the sender.")},
		},
		{
			Code: "sender-rate-limited", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Sender,
			Summary:   "{host} accepts no more from this sender for now",
			Cause:     Say("It says: {reply}", "The server limits how much one sender may send in a given time."),
			Fixes:     []Fix{tryAgain},
			Reference: "RFC 5321 section 4.2.1",
		},
	}
}
