package finding

func valueRows() []Row {
	return []Row{
		{
			Code: "ehlo-name-invalid", Stage: Plan, Severity: SeverityError, Attribute: "ehlo_name", Guard: true,
			Summary: "ehlo_name is neither a domain name nor an address literal",
			Cause:   Say("It is the name that the client gives in EHLO. Strict servers refuse anything but a domain name or an address literal."),
			Fixes: []Fix{
				Set(`ehlo_name = "{meant}"`).If(Has("meant")),
				Remove("ehlo_name"),
				Example(`ehlo_name = "app.example.com"`).If(Lacks("meant")),
			},
			Reference: "RFC 5321 sections 4.1.1.1 and 4.1.3",
		},
		{
			Code: "from-invalid", Stage: Plan, Severity: SeverityError, Attribute: "from", Guard: true,
			Summary: "from is not an e-mail address",
			Cause:   Say("It is the envelope sender: only an address, without a display name."),
			Fixes: []Fix{
				Set(`from = "{address}"`).If(Has("address")),
				Example(`from = "noreply@example.com"`).If(Lacks("address")),
			},
			Reference: "RFC 5321 section 4.1.2",
		},
		{
			Code: "rcpt-to-invalid", Stage: Plan, Severity: SeverityError, Attribute: "rcpt_to", Guard: true,
			Summary: "rcpt_to contains something that is not an e-mail address",
			Cause:   Say("Each recipient is only an address, without a display name."),
			Fixes: []Fix{
				Set("rcpt_to = {addresses}").If(Has("addresses").And(Lacks("dropped"))),
				Set("rcpt_to = {addresses} # only the addresses").If(Has("addresses").And(Has("dropped"))),
				Example(`rcpt_to = ["you@example.com"]`).If(Lacks("addresses")),
			},
			Reference: "RFC 5321 section 4.1.2",
		},
		{
			Code: "tls-server-name-invalid", Stage: Plan, Severity: SeverityError, Attribute: "tls_server_name", Guard: true,
			Summary: "tls_server_name is not a server name",
			Cause:   Say("It is the name that the certificate must contain, without scheme, port or path."),
			Fixes: []Fix{
				Set(`tls_server_name = "{host}"`).If(Has("host")),
				Example(`tls_server_name = "smtp.example.com"`).If(Lacks("host")),
				Remove("tls_server_name"),
			},
			Reference: "RFC 6066 section 3",
		},
		{
			Code: "verify-word", Stage: Plan, Severity: SeverityError, Attribute: "verify", Guard: true,
			Summary: `verify = "{word}" is not one of {known}`,
			Cause:   Say("verify says how far the check of the connection goes."),
			Fixes: []Fix{
				Set(`verify = "none" # contacts nothing`).If(Is("meant", "none")),
				Set(`verify = "auth" # also one login`).If(Is("meant", "auth").And(Given("username"))),
				Set(`verify = "envelope" # also asks about sender and recipients`).If(Is("meant", "envelope").And(Given("from"))),
				Set(`verify = "handshake" # greeting, TLS and certificate`).If(Not("meant", "none")),
				Set(`verify = "auth" # also one login`).If(Lacks("meant").And(Given("username"))),
				Set(`verify = "none" # contacts nothing`).If(Lacks("meant")),
			},
		},
		{
			Code: "timeout-invalid", Stage: Plan, Severity: SeverityError, Attribute: "timeout", Guard: true,
			Summary: "timeout is not a duration between 1s and 10m",
			Cause:   Say("It is the time for all attempts together, with a unit, such as 30s."),
			Fixes: []Fix{
				Set(`timeout = "{meant}"`).If(Has("meant")),
				Set(`timeout = "30s"`).If(Lacks("meant")),
			},
		},
		{
			Code: "ignore-rules-unknown", Stage: Plan, Severity: SeverityError, Attribute: "ignore_rules", Guard: true,
			Summary: `ignore_rules names "{word}", which is not a rule`,
			Cause:   Say("A misspelt code would ignore nothing."),
			Fixes: []Fix{
				Set("ignore_rules = {meant}").If(Has("meant")),
				Set("ignore_rules = {rest}").If(Has("rest")),
				Remove("ignore_rules").If(Lacks("rest")),
			},
		},
		{
			Code: "ignore-rules-guard", Stage: Plan, Severity: SeverityError, Attribute: "ignore_rules", Guard: true,
			Summary: `"{word}" can't be ignored`,
			Cause:   Say("You can't ignore findings that guard against forged commands, that mean a value can't be read, or that report what failed on the server."),
			Fixes: []Fix{
				Set("ignore_rules = {rest}").If(Has("rest")),
				Remove("ignore_rules").If(Lacks("rest")),
			},
		},
		{
			Code: "envelope-without-from", Stage: Plan, Severity: SeverityError, Attribute: "from", Guard: true,
			Summary: `verify = "{verify}" needs from`,
			Cause:   Say("The provider asks the server whether it would accept mail from that sender."),
			Fixes:   []Fix{Example(`from = "noreply@example.com"`), Remove("verify")},
		},
		{
			Code: "message-without-recipient", Stage: Plan, Severity: SeverityError, Attribute: "rcpt_to", Guard: true,
			Summary: `verify = "message" needs rcpt_to`,
			Cause:   Say("Apply sends one test message to each address in rcpt_to."),
			Fixes:   []Fix{Example(`rcpt_to = ["you@example.com"]`), Set(`verify = "envelope" # sends nothing`)},
		},
		{
			Code: "message-outside-resource", Stage: Plan, Severity: SeverityError, Attribute: "verify", Guard: true,
			Summary: `Only the resource takes verify = "message"`,
			Cause:   Say("Terraform reads data sources and opens ephemeral blocks at plan, apply and destroy, and the provider would send mail each time."),
			Fixes:   []Fix{Set(`verify = "envelope" # sends nothing`), Do("Move the block to a resource, which sends at apply.")},
		},
		{
			Code: "message-subject-invalid", Stage: Plan, Severity: SeverityError, Attribute: "message_subject", Guard: true,
			Summary:   "message_subject is not a subject",
			Cause:     Say("A subject is one line of at most 200 bytes. A line break in it would forge a header."),
			Fixes:     []Fix{Example(`message_subject = "Delivery test"`), Remove("message_subject")},
			Reference: "RFC 5322 section 2.2",
		},
		{
			Code: "message-subject-unused", Stage: Plan, Severity: SeverityWarning, Attribute: "message_subject",
			Summary: `message_subject has no effect with verify = "{verify}"`,
			Cause:   Say(`It is the subject of the test message of verify = "message".`),
			Fixes:   []Fix{Remove("message_subject")},
		},
		{
			Code: "word-unknown", Stage: Plan, Severity: SeverityError, Attribute: "refresh", Guard: true,
			Summary: `{argument} = "{word}" is not one of {known}`,
			Cause:   Say("Values are case-sensitive."),
			Fixes:   []Fix{Set(`{argument} = "{meant}"`).If(Has("meant")), Remove("{argument}").If(Lacks("meant"))},
		},
		{
			Code: "element-null", Stage: Plan, Severity: SeverityError, Attribute: "rcpt_to", Guard: true,
			Summary: "{argument} has an element that is null",
			Cause:   Say("Terraform leaves out an argument that is null, but not an element of a list or a set."),
			Fixes:   []Fix{Do("Put compact() around the value of {argument}: it leaves out null and empty elements.")},
			NoEdit:  "the expression of the argument is not visible",
		},
		{
			Code: "number-unusable", Stage: Plan, Severity: SeverityError, Attribute: "port", Guard: true,
			Summary: "{argument} can't be {number}",
			Cause:   Say("It takes whole numbers of at most 18 digits."),
			Fixes: []Fix{
				Set("{argument} = {meant}").If(Has("meant")),
				Do("Set {argument} to a whole number of at most 18 digits.").If(Lacks("meant")),
			},
		},
		{
			Code: "retry-attempts-invalid", Stage: Plan, Severity: SeverityError, Attribute: "retry_attempts", Guard: true,
			Summary: "retry_attempts = {word} is not between 1 and 10",
			Cause:   Say("It is the total number of attempts. The provider tries again only after transient failures before the login."),
			Fixes:   []Fix{Set("retry_attempts = {meant}")},
		},
		{
			Code: "rcpt-to-unused", Stage: Plan, Severity: SeverityWarning, Attribute: "rcpt_to",
			Summary: `rcpt_to has no effect with verify = "{verify}"`,
			Cause:   Say(`Only verify = "envelope" and "message" use recipients.`),
			Fixes: []Fix{
				Remove("rcpt_to"),
				Set(`verify = "envelope"`).If(Given("from")),
				Example(`from = "noreply@example.com"`, `verify = "envelope"`).If(NotGiven("from")),
			},
		},
		{
			Code: "provider-connections-per-host", Stage: Plan, Severity: SeverityError, Attribute: "max_connections_per_host", Guard: true,
			Summary: "max_connections_per_host = {number} is not between 1 and 100",
			Cause:   Say("It says how many checks of one host run at a time. To contact no server at all, use offline = true."),
			Fixes:   []Fix{Set("max_connections_per_host = 1 # one at a time"), Remove("max_connections_per_host")},
		},
	}
}
