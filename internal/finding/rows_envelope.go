package finding

var envelopeRows = []Row{
	{
		Code: "sender-needs-login", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "{host} wants a login before it takes mail: {reply}",
		Cause:     Say("Either no credentials were given, or the login that succeeded gives no right to send."),
		Prose:     []string{"username with password_wo (or access_token)", "the right to send by SMTP for this account, in the mail service's settings"},
		Reference: "RFC 4954 section 6, RFC 6409 section 4.3",
	},
	{
		Code: "sender-needs-tls", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
		Summary:   "{host} takes mail under TLS alone: {reply}",
		Cause:     Say("The connection was in clear text, as declared."),
		Prose:     []string{`tls_mode = "starttls"`, `tls_mode = "implicit" with port = 465`},
		Reference: "RFC 3207 section 4",
	},
	{
		Code: "sender-not-allowed", Stage: Apply, Severity: SeverityError, Attribute: "from",
		Summary:   "{host} does not let this login send as from: {reply}",
		Cause:     Say("The login is right, but the address belongs to somebody else."),
		Prose:     []string{"from = the address of the account that logs in", "the right to send as that address (Send As), in the mail service's settings"},
		Reference: "RFC 6409 section 6.1",
	},
	{
		Code: "sender-not-verified", Stage: Apply, Severity: SeverityError, Attribute: "from",
		Summary: "The mail service has not verified an address: {reply}",
		Cause:   Say("Services send only from addresses or domains that were shown to be yours; in a sandbox the same holds for recipients."),
		Prose:   []string{"from with an address of a domain that is verified at the service", "the domain verified in the service's console"},
	},
	{
		Code: "sender-temporary", Stage: Apply, Severity: SeverityError, Attribute: "from",
		Summary:   "{host} can't take mail from this sender for now: {reply}",
		Cause:     Say("The server says that this will pass."),
		Prose:     []string{"retry_attempts = {attempts}", "terraform apply again later"},
		Reference: "RFC 5321 section 4.2.1",
	},
	{
		Code: "sender-refused", Stage: Apply, Severity: SeverityError, Attribute: "from",
		Summary:   "{host} does not take mail from this sender: {reply}",
		Cause:     Say("The address is unknown to the server, malformed in its eyes, or blocked."),
		Prose:     []string{"from with an address that the mail service knows as yours"},
		Reference: "RFC 5321 section 4.1.1.2",
	},
	{
		Code: "relay-denied", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to",
		Summary:   "{host} does not relay to a recipient: {reply}",
		Cause:     Say("The server takes mail for its own domains alone, or for the whole world only after a login."),
		Prose:     []string{"username with password_wo (or access_token)", "host of the submission service, in place of the one that receives mail for a domain"},
		Reference: "RFC 5321 section 3.6.2",
	},
	{
		Code: "recipient-temporary", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to",
		Summary:   "{host} can't take mail for a recipient for now: {reply}",
		Cause:     Say("The server says that this will pass; greylisting answers like that to a first try."),
		Prose:     []string{"terraform apply again in some minutes"},
		Reference: "RFC 5321 section 4.2.1, RFC 6647",
	},
	{
		Code: "recipient-refused", Stage: Apply, Severity: SeverityError, Attribute: "rcpt_to",
		Summary:   "{host} does not take mail for a recipient: {reply}",
		Cause:     Say("The address doesn't exist there, or is not allowed."),
		Prose:     []string{"rcpt_to with an address that exists"},
		Reference: "RFC 5321 section 4.1.1.3",
	},
	{
		Code: "smtputf8-not-offered", Stage: Apply, Severity: SeverityError, Attribute: "from",
		Summary:   "{host} takes no addresses with other characters than ASCII",
		Cause:     Say("from or rcpt_to has such characters before the @, and the server does not offer SMTPUTF8. (A domain with such characters is sent in its ASCII form.)"),
		Prose:     []string{"from and rcpt_to with ASCII before the @"},
		Reference: "RFC 6531 section 3.1",
	},
}
