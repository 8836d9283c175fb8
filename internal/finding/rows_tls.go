package finding

var tlsRows = []Row{
	{
		Code: "tls-mode-word", Stage: Plan, Severity: SeverityError, Attribute: "tls_mode", Guard: true,
		Summary: `tls_mode = "{word}" is none of "implicit", "starttls", "none"`,
		Cause: If(Has("meaning"), "{meaning}").Say(
			`The words are those of RFC 8314, because "SSL" and "TLS" mean different things in different libraries: "TLS" is STARTTLS in some and TLS from the first byte in others.`,
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
		Cause:   Say("Older versions are withdrawn and never used here."),
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
			"The client would wait for the server's greeting and the server for the client's TLS handshake: each waits for the other until one gives up, without an error that says why.",
		),
		Fixes:     []Fix{Set(`tls_mode = "implicit"`, "port = {port}"), Set("port = {other}", `tls_mode = "starttls"`)},
		Reference: "RFC 8314 section 3.3",
	},
	{
		Code: "starttls-port-implicit", Stage: Plan, Severity: SeverityError, Attribute: "tls_mode",
		Summary: `Port {port} starts in clear text and switches to TLS by STARTTLS, but tls_mode is "implicit"`,
		Cause: Say(
			`Client and server would both talk at once: the client's TLS handshake meets the server's greeting, and libraries then report "wrong version number" or "first record does not look like a TLS handshake".`,
			`With tls_mode = "starttls" the connection is just as encrypted: TLS is demanded before anything secret is sent.`,
		),
		Fixes:     []Fix{Set(`tls_mode = "starttls"`, "port = {port}"), Set("port = {other}", `tls_mode = "implicit"`)},
		Reference: "RFC 6409 section 3.1, RFC 3207 section 4",
	},
	{
		Code: "credentials-in-clear", Stage: Plan, Severity: SeverityError, Attribute: "tls_mode",
		Summary:   `tls_mode = "none" would send the credentials in clear text`,
		Cause:     Say("Everyone on the way could read and reuse them. STARTTLS is never tried with this mode, even where the server offers it."),
		Fixes:     append(toSubmission, Do("If the server takes mail without a login, remove username and the secret.")),
		Reference: "RFC 8314 section 4.1, RFC 4954 section 4",
	},
	{
		Code: "clear-text-off-host", Stage: Plan, Severity: SeverityWarning, Attribute: "tls_mode",
		Summary:   `tls_mode = "none" sends every message in clear text over the network`,
		Cause:     Say("{host} is not on this machine, so addresses and contents can be read and changed on the way."),
		Fixes:     []Fix{Set(`tls_mode = "starttls"`), Set("port = 465", `tls_mode = "implicit"`)},
		Reference: "RFC 8314 section 4.1",
	},
	{
		Code: "tls-argument-without-tls", Stage: Plan, Severity: SeverityWarning, Attribute: "tls_mode",
		Summary: `{argument} has no effect with tls_mode = "none"`,
		Cause:   Say("Without TLS no certificate is seen, so nothing is verified."),
		Fixes: []Fix{
			Remove("ca_cert_pem", "client_cert_pem", "client_key_pem", "tls_server_name", "tls_min_version", "insecure"),
			Set(`tls_mode = "starttls"`),
			Set("port = 465", `tls_mode = "implicit"`),
		},
	},
	{
		Code: "insecure-tls", Stage: Plan, Severity: SeverityWarning, Attribute: "insecure",
		Summary: "insecure = true accepts any certificate, an attacker's too",
		Cause:   Say("TLS then protects against listening only by somebody who can't also redirect the connection."),
		Fixes: []Fix{
			Remove("insecure"),
			Example(`ca_cert_pem = file("ca.pem") # the private CA`).Without("insecure"),
			Example(`tls_server_name = "smtp.example.com" # the name in the certificate`).Without("insecure"),
		},
		Reference: "RFC 8314 section 5.3, RFC 7817",
	},
	{
		Code: "insecure-credentials", Stage: Plan, Severity: SeverityError, Attribute: "insecure",
		Summary: "insecure = true would send the credentials to whoever answers",
		Cause:   Say("A login may not be tried where the server's certificate was not verified: an attacker in the middle would receive it."),
		Fixes: []Fix{
			Remove("insecure"),
			Example(`ca_cert_pem = file("ca.pem") # the private CA`).Without("insecure"),
			Example(`tls_server_name = "smtp.example.com" # the name in the certificate`).Without("insecure"),
			Set(`verify = "handshake" # no login`),
		},
		Reference: "RFC 4954 section 14",
	},
}
