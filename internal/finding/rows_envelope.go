package finding

// envelopeRows are about sender and recipients, beside what servers refuse.
func envelopeRows() []Row {
	return []Row{
		{
			Code: "smtputf8-not-offered", Stage: Apply, Severity: SeverityError, Attribute: "from",
			Summary:   "{host} accepts no addresses with non-ASCII characters",
			Cause:     Say("from or rcpt_to has such characters before the @, which needs SMTPUTF8, and the server does not offer it. (The provider sends a domain with such characters in its ASCII form.)"),
			Fixes:     []Fix{Do("Use addresses with ASCII characters before the @ in from and rcpt_to.")},
			Reference: "RFC 6531 section 3.1",
		},
	}
}
