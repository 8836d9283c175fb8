package finding

// sameName is said where a certificate of the issuer's name is at hand, and is not
// that of the issuer.
const sameName = "A certificate named {issuer} does stand in {namesake}, but with another key{keys}, so it proves nothing here. An authority that was set up anew keeps its name and has a new key; so would an impostor's."

var renewedChain = Do("In the chain file of the server (in Postfix smtpd_tls_chain_files, in Dovecot ssl_cert), replace the certificate of {issuer} with the one that came with the server's certificate, and reload the mail server.").If(Is("namesake", "the server's chain"))

// nameAlone holds where nothing else is wrong with the certificate.
var nameAlone = Lacks("untrusted").And(Lacks("besides"))

// certificateRows are what the TLS handshake and the server's certificate
// showed. None about trust advises insecure = true: a login would then go to
// any server that answers.
func certificateRows() []Row {
	return []Row{
		{
			Code: "certificate-name-mismatch", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "The server's certificate is not for {name}",
			Cause: Say("It is for {names}.").
				If(Has("wildcard"), "The wildcard {wildcard} stands for exactly one label, so it does not cover {name}.").
				If(Has("address"), "{address} is an IP address: only a certificate that lists it as such covers it, and public authorities rarely issue one.").
				If(Has("unrelated"), "None of these names shares a domain with {unrelated}. Likely this is the default certificate of a machine that serves many domains, or another server than the one that was meant."),
			Fixes: []Fix{
				Set(`host = "{best}"`).If(Has("best").And(nameAlone)),
				Set(`host = "{second}"`).If(Has("second").And(nameAlone)),
				Set(`host = "{third}"`).If(Has("third").And(nameAlone)),
				Set(`tls_server_name = "{best}"`).If(Has("best").And(Lacks("third")).And(nameAlone)),
				Do("To keep host as it is, set tls_server_name to one of these names.").If(Has("third").And(nameAlone)),
				Example(`tls_server_name = "{best}"`, `ca_cert_pem = file("ca.pem") # it is not trusted either: {untrusted}`).If(Has("best").And(Has("untrusted")).And(Lacks("besides"))),
				Do("Install a certificate on the server that has {name} and none of the other defects.").If(Has("besides")),
				Example(`host = "{other}" # if your mail service gives this name`).If(Has("other")),
				Do("Set host to the name that your mail service gives for its server."),
			},
			Reference: "RFC 7817 section 3, RFC 9525 section 6",
		},
		{
			Code: "certificate-no-san", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "The server's certificate names no host",
			Cause: Say("It has no subject alternative names, which are what clients compare with the host.").
				If(Has("cn"), "The common name {cn} does not count: current TLS libraries, this one among them, no longer look at it, while some older programs still do."),
			Fixes: []Fix{
				Do("Install a new certificate on the server, with {name} as a subject alternative name (for OpenSSL: -addext subjectAltName={san}).").If(Has("san")),
				Do("Install a new certificate on the server, with {name} as a subject alternative name.").If(Lacks("san")),
			},
			Reference: "RFC 9525 section 6.3",
		},
		{
			Code: "certificate-self-signed", Stage: Apply, Severity: SeverityError, Attribute: "ca_cert_pem",
			Summary: "The server's certificate is signed by itself, and nothing here trusts it",
			Cause: Say("Anyone can make such a certificate, so it proves nothing unless it was given to you beforehand. Mail servers make one when they are installed.").
				If(Has("trusted"), "Trusted here: {trusted}.").If(Has("namesake"), sameName),
			Fixes: []Fix{
				renewedChain,
				Example(`ca_cert_pem = file("ca.pem") # this certificate, copied from the server itself`),
				Do("Install a certificate of a public authority on the server, with its full chain."),
			},
			Reference: "RFC 8314 section 5.3, RFC 5280 section 6",
		},
		{
			Code: "certificate-private-root", Stage: Apply, Severity: SeverityError, Attribute: "ca_cert_pem",
			Summary: `The authority {root} of the server's certificate is not trusted here`,
			Cause: Say("The chain that the server sent is complete. Its root is a private authority, or a public one that is newer than the list of trusted roots here; or TLS is opened on the way by a firewall with an authority of its own.").
				If(Has("trusted"), "Trusted here: {trusted}.").
				If(Has("public"), "The certificate {public}; ca_cert_pem takes their place.").If(Has("namesake"), sameName),
			Fixes: []Fix{
				renewedChain,
				Remove("ca_cert_pem").If(Has("public")),
				Example(`ca_cert_pem = file("ca.pem") # the certificate of {root}`).If(Has("root")),
			},
			Reference: "RFC 5280 section 6",
		},
		{
			Code: "certificate-missing-intermediate", Stage: Apply, Severity: SeverityError, Attribute: "ca_cert_pem",
			Summary: "The server does not send the certificate of its issuer {issuer}",
			Cause: Say("Its own certificate was issued by {issuer}, and that issuer's certificate was neither sent nor is it trusted here. Likely it is an intermediate one: a server has to send all of those up to the root.", "Browsers hide this mistake, because they fetch what is missing; mail programs and libraries don't.").
				If(Has("aia"), "The missing certificate is published at {aia}.").
				If(Has("trusted"), "Trusted here: {trusted}.").If(Has("namesake"), sameName),
			Fixes: []Fix{
				renewedChain,
				Do("Install the full chain on the server: in Postfix smtpd_tls_chain_files, in Dovecot ssl_cert, with fullchain.pem in place of cert.pem."),
				Example(`ca_cert_pem = file("chain.pem") # the certificate of {issuer}`).If(Has("issuer")),
			},
			Reference: "RFC 8446 section 4.4.2, RFC 5246 section 7.4.2",
		},
		{
			Code: "certificate-unknown-authority", Stage: Apply, Severity: SeverityError, Attribute: "ca_cert_pem",
			Summary: "The server's certificate was issued by {issuer}, which is not trusted here",
			Cause: Say("The certificate of {issuer} was neither sent by the server nor is it trusted here, so what it signed can't be verified. Likely it is a private authority, or the server leaves out a part of its chain.").
				If(Has("trusted"), "Trusted here: {trusted}.").
				If(Has("public"), "The certificate {public}; ca_cert_pem takes their place.").If(Has("namesake"), sameName),
			Fixes: []Fix{
				renewedChain,
				Remove("ca_cert_pem").If(Has("public")),
				Example(`ca_cert_pem = file("ca.pem") # the certificate of {issuer}`).If(Has("issuer")),
				Do("If {issuer} is an intermediate authority, install the full chain on the server.").If(Has("issuer")),
			},
			Reference: "RFC 5280 section 6",
		},
		{
			Code: "certificate-no-system-roots", Stage: Apply, Severity: SeverityError, Attribute: "ca_cert_pem",
			Summary: "This machine has no list of trusted authorities",
			Cause:   Say("Without such a list, no certificate can be verified. Small container images come without one. Nothing is known against the server's certificate."),
			Fixes: []Fix{
				Do("Install the package ca-certificates on the machine that runs Terraform."),
				Example(`ca_cert_pem = file("ca.pem") # the root of the server's certificate`),
			},
			Reference: "RFC 5280 section 6",
		},
		{
			Code: "certificate-expired", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{which} expired {ago} ago, on {date}",
			Cause: If(Is("element", "leaf"), "Every client that verifies certificates refuses the server until it has a new one. A renewed file alone is not enough: mail servers read it when they are reloaded.").
				If(Is("element", "intermediate"), "The server sends it along with its own certificate. Most likely an old chain file stayed in place when the certificate was renewed.").
				If(Is("element", "ca_cert_pem"), "The server's certificate leads to it. A renewed certificate of the same authority often has the same name and key.").
				If(Is("element", "system"), "The server's certificate leads to it. This machine's list of trusted authorities is out of date.").
				Say("The clock here says {now}."),
			Fixes: []Fix{
				Do("Install the renewed certificate on the server and reload the mail server.").If(Is("element", "leaf")),
				Do("Replace the chain file on the server (in Postfix smtpd_tls_chain_files, in Dovecot ssl_cert) with the one that came with the current certificate, and reload the mail server.").If(Is("element", "intermediate")),
				Example(`ca_cert_pem = file("ca.pem") # the renewed certificate of the authority`).If(Is("element", "ca_cert_pem")),
				Do("Update the package ca-certificates on the machine that runs Terraform.").If(Is("element", "system")),
				Do("If the clock of the machine that runs Terraform is wrong, set it right."),
			},
			Reference: "RFC 5280 section 4.1.2.5",
		},
		{
			Code: "certificate-not-yet-valid", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{which} is valid only from {date}, in {ahead}",
			Cause: Say(
				"Most likely the clock of the machine that runs Terraform is behind: authorities date certificates no later than the hour in which they issue them.",
				"The clock here says {now}.",
			),
			Fixes: []Fix{
				Do("If the clock of the machine that runs Terraform is wrong, set it right."),
				Do("Install a certificate on the server that is valid now and reload the mail server.").If(Is("element", "leaf")),
				Do("Replace the chain file on the server with one whose certificates are valid now, and reload the mail server.").If(Is("element", "intermediate")),
				Example(`ca_cert_pem = file("ca.pem") # a certificate of the authority that is valid now`).If(Is("element", "ca_cert_pem")),
			},
			Reference: "RFC 5280 section 4.1.2.5",
		},
		{
			Code: "certificate-not-for-servers", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "The server's certificate was not issued for servers",
			Cause:   Say("Its extended key usage allows {usages}, but not server authentication."),
			Fixes: []Fix{
				Do("Install a certificate on the server that has the extended key usage serverAuth."),
			},
			Reference: "RFC 5280 section 4.2.1.12",
		},
		{
			Code: "certificate-weak-signature", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{which} is signed with {algorithm}, which proves nothing any more",
			Cause:   Say("Such signatures can be forged, and no current TLS library accepts them."),
			Fixes: []Fix{
				Do("Install a new certificate on the server, signed with SHA-256 or better."),
			},
			Reference: "RFC 9155, RFC 5246 section 7.4.2",
		},
		{
			Code: "certificate-weak-key", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{which} has an RSA key of only {bits} bits",
			Cause:   Say("2048 bits are the least that counts as safe; many clients refuse shorter keys."),
			Fixes: []Fix{
				Do("Install a new certificate on the server, with an RSA key of at least 2048 bits or an ECDSA key."),
			},
			Reference: "RFC 9325 section 4.5",
		},
		{
			Code: "certificate-chain-invalid", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "The chain of the server's certificate breaks a rule: {reason}",
			Cause:   Say("The authority is trusted, but what it signed does not follow the rules for chains."),
			Fixes: []Fix{
				Do("Install a newly issued certificate on the server, with its full chain."),
			},
			Reference: "RFC 5280 section 6.1",
		},
		{
			Code: "certificate-expires-soon", Stage: Apply, Severity: SeverityWarning, Attribute: "host",
			Summary: "{which} expires in {left}, on {date}",
			Cause: If(Is("element", "leaf"), "Automatic renewal mostly happens earlier than that, so it may have failed; or the mail server was not reloaded since.").
				If(Not("element", "leaf"), "The server's certificate leads to it, so both are refused from that day on."),
			Fixes: []Fix{
				Do("Install the renewed certificate on the server and reload the mail server.").If(Is("element", "leaf")),
				Do("Replace the chain file on the server with the current one and reload the mail server.").If(Is("element", "intermediate")),
				Example(`ca_cert_pem = file("ca.pem") # the renewed certificate of the authority`).If(Is("element", "ca_cert_pem")),
				Do("Update the package ca-certificates on the machine that runs Terraform.").If(Is("element", "system")),
			},
			Reference: "RFC 5280 section 4.1.2.5",
		},
		{
			Code: "weak-certificate-accepted", Stage: Apply, Severity: SeverityWarning, Attribute: "host",
			Summary: "{which} has an RSA key of only {bits} bits, which many clients refuse",
			Cause:   Say("OpenSSL as Debian, Ubuntu and Fedora ship it refuses RSA keys under 2048 bits, and with it Python, PHP, Ruby and Node.js there."),
			Fixes: []Fix{
				Do("Install a new certificate on the server, with an RSA key of at least 2048 bits or an ECDSA key."),
			},
			Reference: "RFC 9325 section 4.5",
		},
		{
			Code: "insecure-certificate", Stage: Apply, Severity: SeverityWarning, Attribute: "insecure",
			Summary: "insecure = true accepted a certificate that clients refuse",
			Cause:   Say("An attacker's certificate would be accepted in the same way."),
			Fixes: []Fix{
				Example(`ca_cert_pem = file("ca.pem")`).Without("insecure"),
				Set(`tls_server_name = "{best}"`).Without("insecure").If(Has("best")),
				Do("Install a certificate without these defects on the server, and remove insecure."),
			},
			Reference: "RFC 8314 section 5.3, RFC 7817",
		},
		{
			Code: "client-certificate-required", Stage: Apply, Severity: SeverityError, Attribute: "client_cert_pem",
			Summary: "{host}:{port} requires a client certificate",
			Cause: Say("The client showed no certificate, and the server goes no further without one.").
				If(Has("reply"), "Its reply: {reply}").
				If(Has("general"), `It asked for a certificate, got none, and ended TLS with the alert "{general}", probably for that reason.`).If(Has("closed"), "It asked for a certificate, got none, and closed the connection without a word, probably for that reason."),
			Fixes: []Fix{
				Example(`client_cert_pem = file("client.pem")`, `client_key_pem = file("client.key")`),
				Do("Try another port of the server: some demand certificates only on the one for other mail servers."),
			},
			Reference: "RFC 8446 section 4.4.2.4, RFC 5246 section 7.4.6",
		},
		{
			Code: "client-certificate-rejected", Stage: Apply, Severity: SeverityError, Attribute: "client_cert_pem",
			Summary: "{host}:{port} refused the client certificate",
			Cause: If(Has("alert"), "The server ended TLS with the alert: {alert}.").
				If(Has("reply"), "Its reply: {reply}").
				If(Has("meaning"), "{meaning}").
				If(Has("client"), "The certificate in client_cert_pem: {client}."),
			Fixes: []Fix{
				Example(`client_cert_pem = file("client.pem") # of an authority that the server trusts`, `client_key_pem = file("client.key")`),
				Do("Add this certificate's fingerprint or authority to the server's list (in Postfix relay_clientcerts, smtpd_tls_CAfile)."),
			},
			Reference: "RFC 8446 section 6.2",
		},
		{
			Code: "tls-version-too-low", Stage: Apply, Severity: SeverityError, Attribute: "tls_min_version",
			Summary: "{host}:{port} does not speak TLS {min} or newer",
			Cause: If(Has("chosen"), "The server chose TLS {chosen}.").
				If(Has("lower"), "TLS {lower} is probably what it speaks, and still safe with the cipher suites offered here.").
				If(Has("old"), "TLS 1.0 and 1.1 are withdrawn and never used here. Current clients refuse {old} in the same way until it is updated."),
			Fixes: []Fix{
				Set(`tls_min_version = "{lower}"`).If(Has("lower")),
				Do("Enable TLS {min} or newer on the server."),
			},
			Reference: "RFC 8996, RFC 9325 section 3.1.1",
		},
		{
			Code: "tls-no-common-cipher", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host}:{port} refused the TLS handshake: likely no cipher suite in common",
			Cause: Say(
				`The server answered "{alert}". Offered were the cipher suites with forward secrecy: ECDHE with AES-GCM and ChaCha20-Poly1305, which RFC 9325 recommends, and with AES-CBC for older servers. A server that has only static RSA, 3DES or RC4 shares none of them.`,
				"Some servers answer in the same way where they demand a client certificate.",
			),
			Fixes: []Fix{
				Do("Enable cipher suites with ECDHE on the server, such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256."),
				Example(`client_cert_pem = file("client.pem") # if the server demands one`, `client_key_pem = file("client.key")`),
			},
			Reference: "RFC 9325 section 4.2, RFC 5246 section 7.2.2",
		},
		{
			Code: "tls-unrecognized-name", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host}:{port} has no certificate for the name {name}",
			Cause:   Say("The name was sent with the handshake (SNI), and the server ended it because it does not serve this name."),
			Fixes: []Fix{
				Do("Set host to the name that your mail service gives for its server."),
				Example(`tls_server_name = "smtp.example.com" # the name that the server knows`),
			},
			Reference: "RFC 6066 section 3",
		},
		{
			Code: "tls-alert", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host}:{port} ended TLS with the alert {alert} ({number})",
			Cause:   Say("The server, or something on the way that opens TLS, refused to go on. Its log says more than an alert can."),
			Fixes: []Fix{
				Do("Look into the log of the mail server at this time."),
			},
			Reference: "RFC 8446 section 6.2",
		},
		{
			Code: "tls-handshake-failed", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "TLS with {host}:{port} failed",
			Cause:   Say("{error}", "What came from the server is no valid TLS, or was changed on the way."),
			Fixes: []Fix{
				Do("Look into the log of the mail server at this time."),
				Do("Try from another network, to see whether something on the way is the cause."),
			},
			Reference: "RFC 8446 section 6",
		},
	}
}
