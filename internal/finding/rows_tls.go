package finding

var tlsRows = []Row{
	{
		Code: "tls-mode-word", Stage: Plan, Severity: Error, Attribute: "tls_mode", Guard: true,
		Summary: `tls_mode = "{word}" is none of "implicit", "starttls", "none"`,
		Cause: []string{
			"{meaning}",
			`The words are those of RFC 8314, because "SSL" and "TLS" mean different things in different libraries: "TLS" is STARTTLS in some and TLS from the first byte in others.`,
		},
		Fixes: []string{
			`tls_mode = "{meant}"`,
			`tls_mode = "{implicit}" for TLS from the first byte (port 465; elsewhere called SSL, SSL/TLS, SMTPS or secure = true)`,
			`tls_mode = "{starttls}" for TLS by command (port 587; elsewhere called TLS, STARTTLS or secure = false)`,
		},
		Reference: "RFC 8314 section 3",
	},
	{
		Code: "tls-min-version", Stage: Plan, Severity: Error, Attribute: "tls_min_version", Guard: true,
		Summary:   `tls_min_version = "{word}" is neither "1.2" nor "1.3"`,
		Cause:     []string{"Older versions are withdrawn and never used here."},
		Fixes:     []string{`tls_min_version = "1.2"`, `tls_min_version = "1.3"`},
		Reference: "RFC 8996",
	},
	{
		Code: "implicit-tls-port", Stage: Plan, Severity: Error, Attribute: "tls_mode",
		Summary: `Port {port} speaks TLS from the first byte, but tls_mode is "{mode}"`,
		Cause: []string{
			"The client would wait for the server's greeting and the server for the client's TLS handshake: each waits for the other until one gives up, without an error that says why.",
		},
		Fixes:     []string{`tls_mode = "implicit"`, `port = {other} with tls_mode = "starttls"`},
		Reference: "RFC 8314 section 3.3",
	},
	{
		Code: "starttls-port-implicit", Stage: Plan, Severity: Error, Attribute: "tls_mode",
		Summary: `Port {port} starts in clear text and switches to TLS by STARTTLS, but tls_mode is "implicit"`,
		Cause: []string{
			`Client and server would both talk at once: the client's TLS handshake meets the server's greeting, and libraries then report "wrong version number" or "first record does not look like a TLS handshake".`,
			`With tls_mode = "starttls" the connection is just as encrypted: TLS is demanded before anything secret is sent.`,
		},
		Fixes:     []string{`tls_mode = "starttls"`, `port = {other} with tls_mode = "implicit"`},
		Reference: "RFC 6409 section 3.1, RFC 3207 section 4",
	},
	{
		Code: "credentials-in-clear", Stage: Plan, Severity: Error, Attribute: "tls_mode",
		Summary: `tls_mode = "none" would send the credentials in clear text`,
		Cause:   []string{"Everyone on the way could read and reuse them. STARTTLS is never tried with this mode, even where the server offers it."},
		Fixes: []string{
			`tls_mode = "implicit" with port = 465`, `tls_mode = "starttls" with port = 587`,
			"no username and no secret, if the server takes mail without a login",
		},
		Reference: "RFC 8314 section 4.1, RFC 4954 section 4",
	},
	{
		Code: "clear-text-off-host", Stage: Plan, Severity: Warning, Attribute: "tls_mode",
		Summary:   `tls_mode = "none" sends every message in clear text over the network`,
		Cause:     []string{"{host} is not on this machine, so addresses and contents can be read and changed on the way."},
		Fixes:     []string{`tls_mode = "starttls"`, `port = 465 with tls_mode = "implicit"`},
		Reference: "RFC 8314 section 4.1",
	},
	{
		Code: "tls-argument-without-tls", Stage: Plan, Severity: Warning, Attribute: "tls_mode",
		Summary: `{argument} has no effect with tls_mode = "none"`,
		Cause:   []string{"Without TLS no certificate is seen, so nothing is verified."},
		Fixes:   []string{`tls_mode = "starttls"`, `tls_mode = "implicit"`, "no {argument}"},
	},
	{
		Code: "insecure-tls", Stage: Plan, Severity: Warning, Attribute: "insecure",
		Summary:   "insecure = true accepts any certificate, an attacker's too",
		Cause:     []string{"TLS then protects against listening only by somebody who can't also redirect the connection."},
		Fixes:     []string{`ca_cert_pem = file("ca.pem") for a private authority`, "tls_server_name = the name in the certificate, where only the name differs"},
		Reference: "RFC 8314 section 5.4, RFC 7817",
	},
	{
		Code: "insecure-credentials", Stage: Plan, Severity: Error, Attribute: "insecure",
		Summary:   "insecure = true would send the credentials to whoever answers",
		Cause:     []string{"A login may not be tried where the server's certificate was not verified: an attacker in the middle would receive it."},
		Fixes:     []string{`ca_cert_pem = file("ca.pem") instead of insecure`, "tls_server_name = the name in the certificate, instead of insecure", `verify = "handshake", if only the handshake is to be looked at, and no credentials`},
		Reference: "RFC 4954 section 14",
	},
}
