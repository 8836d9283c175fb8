package finding

func tlsRows() []Row {
	return []Row{
		{
			Code: "tls-mode-word", Stage: Plan, Severity: SeverityError, Attribute: "tls_mode", Guard: true,
			Summary: `tls_mode = "{word}" is not "implicit", "starttls" or "none"`,
			Cause: If(Has("meaning"), "{meaning}").Say(
				`"SSL" and "TLS" mean different things in different libraries: "TLS" is STARTTLS in some, and TLS from the first byte in others. The three words of tls_mode have one meaning each.`,
			),
			Fixes: []Fix{
				Set(`tls_mode = "{meant}"`).If(Has("meant").And(Not("meant", "none"))),
				Set(`tls_mode = "none"`).If(Is("meant", "none").And(Given("port"))),
				Example("port = 1025", `tls_mode = "none"`).If(Is("meant", "none").And(NotGiven("port"))),
				Set(`tls_mode = "implicit" # from the first byte; elsewhere SSL, SSL/TLS or secure = true`).If(Not("meant", "implicit")),
				Set(`tls_mode = "starttls" # by command; elsewhere TLS or secure = false`).If(Not("meant", "starttls")),
			},
			Reference: "RFC 8314 section 3",
		},
		{
			Code: "tls-min-version", Stage: Plan, Severity: SeverityError, Attribute: "tls_min_version", Guard: true,
			Summary: `tls_min_version = "{word}" is neither "1.2" nor "1.3"`,
			Cause:   Say("Older versions are withdrawn, and the provider never uses them."),
			Fixes: []Fix{
				Set(`tls_min_version = "{meant}"`).If(Has("meant")),
				Set(`tls_min_version = "1.2"`).If(Lacks("meant")), Set(`tls_min_version = "1.3"`).If(Lacks("meant")),
			},
			Reference: "RFC 8996",
		},
		{
			Code: "implicit-tls-port", Stage: Plan, Severity: SeverityError, Attribute: "tls_mode",
			Summary: `Port {port} speaks TLS from the first byte, but tls_mode is "{mode}"`,
			Cause: Say(
				"The client would wait for the server's greeting, and the server for the client's TLS handshake, until one of them gives up without saying why.",
			),
			Fixes:     []Fix{Set(`tls_mode = "implicit"`, "port = {port}"), Set("port = {other}", `tls_mode = "starttls"`)},
			Reference: "RFC 8314 section 3.3",
		},
		{
			Code: "starttls-port-implicit", Stage: Plan, Severity: SeverityError, Attribute: "tls_mode",
			Summary: `Port {port} starts in clear text (STARTTLS), but tls_mode is "implicit"`,
			Cause: Say(
				`The client's TLS handshake would meet the server's greeting. Libraries then report "wrong version number" or "first record does not look like a TLS handshake".`,
				`tls_mode = "starttls" encrypts just as well: the client requires TLS before it sends anything secret.`,
			),
			Fixes:     []Fix{Set(`tls_mode = "starttls"`, "port = {port}"), Set("port = {other}", `tls_mode = "implicit"`)},
			Reference: "RFC 6409 section 3.1, RFC 3207 section 4",
		},
		{
			Code: "credentials-in-clear", Stage: Plan, Severity: SeverityError, Attribute: "tls_mode",
			Summary:   `tls_mode = "none" would send the credentials in clear text`,
			Cause:     Say("Anyone on the network path could read and reuse them. In this mode the client never tries STARTTLS, even if the server offers it."),
			Fixes:     append(toSubmission, withoutLogin),
			Reference: "RFC 8314 section 4.1, RFC 4954 section 4",
		},
		{
			Code: "clear-text-off-host", Stage: Plan, Severity: SeverityWarning, Attribute: "tls_mode",
			Summary:   `tls_mode = "none" sends every message in clear text over the network`,
			Cause:     Say("{host} is another machine, so anyone on the network path can read and change addresses and contents."),
			Fixes:     []Fix{Set(`tls_mode = "starttls"`), Set("port = 465", `tls_mode = "implicit"`)},
			Reference: "RFC 8314 section 4.1",
		},
		{
			Code: "tls-argument-without-tls", Stage: Plan, Severity: SeverityWarning, Attribute: "tls_mode",
			Summary: `{argument} has no effect with tls_mode = "none"`,
			Cause:   Say("Without TLS there is no certificate, so there is nothing to verify."),
			Fixes: []Fix{
				Remove("ca_cert_pem", "client_cert_pem", "client_key_pem", "tls_server_name", "tls_min_version", "insecure"),
				Set(`tls_mode = "starttls"`),
				Set("port = 465", `tls_mode = "implicit"`),
			},
		},
		{
			Code: "insecure-tls", Stage: Plan, Severity: SeverityWarning, Attribute: "insecure",
			Summary: "insecure = true accepts any certificate, even an attacker's",
			Cause:   Say("TLS then protects only against eavesdroppers who can't also redirect the connection."),
			Fixes: []Fix{
				Remove("insecure"),
				Example(`ca_cert_pem = file("ca.pem") # the private CA`).Without("insecure"),
				Example(`tls_server_name = "smtp.example.com" # the name in the certificate`).Without("insecure"),
			},
			Reference: "RFC 8314 section 5.3, RFC 7817",
		},
		{
			Code: "insecure-credentials", Stage: Plan, Severity: SeverityError, Attribute: "insecure",
			Summary: "insecure = true would send the credentials to any server that answers",
			Cause:   Say("Nothing verifies the server's certificate, so an attacker on the network path would get the credentials."),
			Fixes: []Fix{
				Remove("insecure"),
				Example(`ca_cert_pem = file("ca.pem") # the private CA`).Without("insecure"),
				Example(`tls_server_name = "smtp.example.com" # the name in the certificate`).Without("insecure"),
				Set(`verify = "handshake" # no login`),
			},
			Reference: "RFC 4954 section 14",
		},
	}
}
