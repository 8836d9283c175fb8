package finding

// refusedStepRows are for replies whose words are all that is known: the server
// refused a step.
var refusedStepRows = []Row{
	{
		Code: "greeting-refused", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
		Summary: "{host}:{port} takes no mail from here",
		Cause:   Say("It says: {reply}", "A refusal in place of a greeting comes before the client has said anything, so it is about the client's address, if it is not about all clients."),
		Fixes: []Fix{
			Do("Have the server or service allow the public address of this machine."),
			asDocumented,
		},
		Reference: "RFC 5321 section 3.1, RFC 7504",
	},
	{
		Code: "greeting-temporary", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
		Summary: "{host}:{port} takes no mail at the moment",
		Cause:   Say("It says: {reply}", "The server says that this will pass."),
		Fixes: []Fix{
			retry,
			tryAgain,
		},
		Reference: "RFC 5321 section 3.8",
	},
	{
		Code: "greeting-unexpected", Stage: Apply, Severity: SeverityError, Attribute: "port",
		Summary:   "{host}:{port} greets as no mail server does",
		Cause:     Say("It says: {reply}", "A mail server greets with 220, or refuses with a code that begins with 4 or 5."),
		Fixes:     []Fix{submissionPorts},
		Reference: "RFC 5321 section 4.3.2",
	},
	{
		Code: "session-ended", Stage: Apply, Severity: SeverityError, Attribute: "host",
		Summary:   "{host} ended the session in answer to {step}",
		Cause:     Say("It says: {reply}", "421 means that the server closes the connection. It may shut down, or have had enough of this client; only its words say which."),
		Fixes:     []Fix{retry, tryAgain, ownLog},
		Reference: "RFC 5321 section 3.8",
	},
	{
		Code: "ehlo-temporary", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
		Summary: "{host} refused EHLO for now",
		Cause:   Say("It says: {reply}").If(Has("ehlo"), `The server says that this will pass. The name in EHLO was "{ehlo}".`),
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
		Cause:     Say("It says: {reply}", "Only the words of the server say why. Without EHLO nothing can be sent.").If(Has("ehlo"), `The name in EHLO was "{ehlo}".`),
		Fixes:     []Fix{Do("Do what the reply names."), Example(`ehlo_name = "app.example.com" # a name that DNS knows`), asDocumented},
		Reference: "RFC 5321 section 3.2",
	},
	{
		Code: "starttls-refused", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode", Refused: Client,
		Summary: "{host}:{port} offers STARTTLS and then refuses it",
		Cause:   Say("It says: {reply}", "Only 220 begins TLS. The server is set up wrongly, or somebody on the way keeps the connection in clear text. Nothing was sent after it."),
		Fixes: []Fix{
			implicitInstead,
			Do("Repair the TLS settings of the server, if it is yours."),
		},
		Reference: "RFC 3207 section 4",
	},
	{
		Code: "sender-refused", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Sender,
		Summary:   "{host} refused {step}",
		Cause:     Say("It says: {reply}", "Only the words of the server say why: its reply may be about the sender, this client or its login."),
		Fixes:     []Fix{Do("Do what the reply names."), Example(`from = "noreply@example.com" # an address that the server knows as yours`)},
		Reference: "RFC 5321 section 4.1.1.2",
	},
	{
		Code: "sender-temporary", Stage: Apply, Severity: SeverityError, Attribute: "from", Refused: Sender,
		Summary: "{host} refused {step} for now",
		Cause:   Say("It says: {reply}", "The server says that this will pass."),
		Fixes: []Fix{
			retry,
			tryAgain,
		},
		Reference: "RFC 5321 section 4.2.1",
	},
	{
		Code: "recipient-refused", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
		Summary:   "{host} refused {step}",
		Cause:     Say("It says: {reply}", "Only the words of the server say why: its reply may be about the recipient, the sender, this client or its login."),
		Fixes:     []Fix{Do("Do what the reply names."), Example(`rcpt_to = ["you@example.com"] # another recipient`)},
		Reference: "RFC 5321 section 4.1.1.3",
	},
	{
		Code: "recipient-temporary", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to", Refused: Recipient,
		Summary: "{host} refused {step} for now",
		Cause:   Say("It says: {reply}", "The server says that this will pass."),
		Fixes: []Fix{
			Do("Run terraform apply again in some minutes."),
			retry,
		},
		Reference: "RFC 5321 section 4.2.1",
	},
	{
		Code: "message-refused", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Message,
		Summary:   "{host} refused the message",
		Cause:     Say("It says: {reply}", "Only the words of the server say why. Sender and recipients were accepted before."),
		Fixes:     []Fix{Do("Do what the reply names."), Do("Look into the server's log or the service's console for this message.")},
		Reference: "RFC 5321 section 4.1.1.4",
	},
	{
		Code: "message-temporary", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Message,
		Summary:   "{host} did not take the message for now",
		Cause:     Say("It says: {reply}", "The server says that this will pass. Nothing is sent again by itself, so that no recipient gets the message twice."),
		Fixes:     []Fix{Do("Run terraform apply again in some minutes.")},
		Reference: "RFC 5321 section 4.2.1",
	},
	{
		Code: "command-refused", Stage: Apply, Severity: SeverityError, Attribute: "host",
		Summary:   "{host} refused {step}",
		Cause:     Say("It says: {reply}", "The server has no reason of its own to refuse this command; its log may say more."),
		Fixes:     []Fix{Do("Run terraform apply again."), Do("Look into the server's log if it happens again.")},
		Reference: "RFC 5321 section 4.2.3",
	},
}
