package finding

// sameName is for certificates with the issuer's name and another key.
const sameName = "There is a certificate named {issuer} in {namesake}, but it has a different key{keys}, so it proves nothing here. An authority that was recreated keeps its name and has a new key; an impostor's authority looks the same."

var renewedChain = Do("In the chain file of the server (in Postfix smtpd_tls_chain_files, in Dovecot ssl_cert), replace the certificate of {issuer} with the one that came with the server's certificate, and reload the mail server.").If(Is("namesake", "the server's chain"))

// nameAlone holds if nothing but the name is wrong with the certificate.
var nameAlone = Lacks("untrusted").And(Lacks("besides"))

// certificateRows are about what the TLS handshake and the server's certificate
// showed. No row about trust advises insecure = true: the provider would then log in
// to any server that answers.
func certificateRows() []Row {
	return []Row{
		{
			Code: "certificate-name-mismatch", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "The server's certificate is not for {name}",
			Cause: Say("It is for {names}.").
				If(Has("wildcard"), "The wildcard {wildcard} stands for exactly one label, so it does not cover {name}.").
				If(Has("address"), "{address} is an IP address: only a certificate that lists this address covers it, and public authorities rarely issue one.").
				If(Has("unrelated"), "None of these names shares a domain with {unrelated}. This is probably the default certificate of a machine that serves many domains, or not the server that you mean."),
			Fixes: []Fix{
				Set(`host = "{best}"`).If(Has("best").And(nameAlone)),
				Set(`host = "{second}"`).If(Has("second").And(nameAlone)),
				Set(`host = "{third}"`).If(Has("third").And(nameAlone)),
				Set(`tls_server_name = "{best}"`).If(Has("best").And(Lacks("third")).And(nameAlone)),
				Do("To keep host as it is, set tls_server_name to one of these names.").If(Has("third").And(nameAlone)),
				Example(`tls_server_name = "{best}"`, `ca_cert_pem = file("ca.pem") # it is not trusted either: {untrusted}`).If(Has("best").And(Has("untrusted")).And(Lacks("besides"))),
				Do("Install a certificate on the server that contains {name} and has none of the other defects.").If(Has("besides")),
				Example(`host = "{other}" # if your mail service gives this name`).If(Has("other")),
				Do("Set host to the name that your mail service gives for its server."),
			},
			Reference: "RFC 7817 section 3, RFC 9525 section 6",
		},
		{
			Code: "certificate-no-san", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "The server's certificate has no subject alternative names",
			Cause: Say("Clients compare the host with these names, so this certificate is valid for no host.").
				If(Has("cn"), "The common name {cn} does not count: current TLS libraries, including this provider's, no longer look at it. Some older programs still do."),
			Fixes: []Fix{
				Do("Install a new certificate on the server, with {name} as a subject alternative name (for OpenSSL: -addext subjectAltName={san}).").If(Has("san")),
				Do("Install a new certificate on the server, with {name} as a subject alternative name.").If(Lacks("san")),
			},
			Reference: "RFC 9525 section 6.3",
		},
		{
			Code: "certificate-self-signed", Stage: Apply, Severity: SeverityError, Attribute: "ca_cert_pem",
			Summary: "The server's certificate is self-signed, and nothing here trusts it",
			Cause: Say("Anyone can make such a certificate, so it proves nothing unless you got it from the server's operator beforehand. Many mail servers make one when they are installed.").
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
			Summary: "The authority {root} of the server's certificate is not trusted here",
			Cause: Say("The server sent a complete chain. Its root is a private authority, a public one that is newer than the list of trusted roots here, or the authority of a firewall on the path that intercepts TLS.").
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
			Cause: Say("{issuer} issued the server's certificate. The server did not send the certificate of {issuer}, and nothing here trusts it. It is probably an intermediate certificate: a server must send all of these, up to the root.", "Browsers hide this mistake, because they fetch the missing certificate. Mail programs and libraries don't.").
				If(Has("aia"), "The missing certificate is published at {aia}.").
				If(Has("trusted"), "Trusted here: {trusted}.").If(Has("namesake"), sameName),
			Fixes: []Fix{
				renewedChain,
				Do("Install the full chain on the server: fullchain.pem instead of cert.pem (in Postfix smtpd_tls_chain_files, in Dovecot ssl_cert)."),
				Example(`ca_cert_pem = file("chain.pem") # the certificate of {issuer}`).If(Has("issuer")),
			},
			Reference: "RFC 8446 section 4.4.2, RFC 5246 section 7.4.2",
		},
		{
			Code: "certificate-unknown-authority", Stage: Apply, Severity: SeverityError, Attribute: "ca_cert_pem",
			Summary: "The server's certificate was issued by {issuer}, which is not trusted here",
			Cause: Say("The server did not send the certificate of {issuer}, and nothing here trusts it, so the server's certificate can't be verified. {issuer} is probably a private authority, or the server leaves out part of its chain.").
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
			Cause:   Say("Without such a list, no certificate can be verified. Small container images come without one. The server's certificate may be valid."),
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
				If(Is("element", "ca_cert_pem"), "The server's chain ends in it. A renewed certificate of the same authority often has the same name and key.").
				If(Is("element", "system"), "The server's chain ends in it. This machine's list of trusted authorities is out of date.").
				Say("The clock here says {now}."),
			Fixes: []Fix{
				Do("Install the renewed certificate on the server and reload the mail server.").If(Is("element", "leaf")),
				Do("Replace the chain file on the server (in Postfix smtpd_tls_chain_files, in Dovecot ssl_cert) with the one that came with the current certificate, and reload the mail server.").If(Is("element", "intermediate")),
				Example(`ca_cert_pem = file("ca.pem") # the renewed certificate of the authority`).If(Is("element", "ca_cert_pem")),
				Do("Update the package ca-certificates on the machine that runs Terraform.").If(Is("element", "system")),
				Do("If the clock of the machine that runs Terraform is wrong, set it."),
			},
			Reference: "RFC 5280 section 4.1.2.5",
		},
		{
			Code: "certificate-not-yet-valid", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{which} is not valid until {date}, in {ahead}",
			Cause: Say(
				"The clock of the machine that runs Terraform is probably slow: authorities rarely issue certificates that start in the future.",
				"The clock here says {now}.",
			),
			Fixes: []Fix{
				Do("If the clock of the machine that runs Terraform is wrong, set it."),
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
			Summary: "{which} is signed with {algorithm}, which is no longer secure",
			Cause:   Say("Such signatures can be forged, and no current TLS library accepts them."),
			Fixes: []Fix{
				Do("Install a new certificate on the server, signed with SHA-256 or better."),
			},
			Reference: "RFC 9155, RFC 5246 section 7.4.2",
		},
		{
			Code: "certificate-weak-key", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{which} has an RSA key of only {bits} bits",
			Cause:   Say("RSA keys shorter than 2048 bits are not safe, and many clients refuse them."),
			Fixes: []Fix{
				Do("Install a new certificate on the server, with an RSA key of at least 2048 bits or an ECDSA key."),
			},
			Reference: "RFC 9325 section 4.5",
		},
		{
			Code: "certificate-chain-invalid", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "The chain of the server's certificate breaks a rule: {reason}",
			Cause:   Say("The authority is trusted, but a certificate below it does not follow the rules for chains."),
			Fixes: []Fix{
				Do("Install a newly issued certificate on the server, with its full chain."),
			},
			Reference: "RFC 5280 section 6.1",
		},
		{
			Code: "certificate-expires-soon", Stage: Apply, Severity: SeverityWarning, Attribute: "host",
			Summary: "{which} expires in {left}, on {date}",
			Cause: If(Is("element", "leaf"), "Automatic renewal usually happens earlier, so it may have failed, or the mail server was not reloaded after it.").
				If(Not("element", "leaf"), "The server's certificate depends on it, so clients refuse both from that day on."),
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
			Cause:   Say("On Debian, Ubuntu and Fedora, OpenSSL refuses RSA keys under 2048 bits, and so do Python, PHP, Ruby and Node.js there."),
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
			Summary: "{host}:{port} asks for a client certificate, and none is set",
			Cause: If(Has("reply"), "It says: {reply}").
				If(Has("general"), `The server asked for a certificate, got none, and ended TLS with the alert "{general}", probably for that reason.`).
				If(Has("closed"), "The server asked for a certificate, got none, and closed the connection without a reason: probably this one.").
				If(Lacks("general").And(Lacks("closed")), "The client presented no certificate, and the server does not continue without one."),
			Fixes: []Fix{
				Example(`client_cert_pem = file("client.pem")`, "client_key_pem = var.smtp_client_key"),
				Do("Try another port of the server: some require certificates only on the port for other mail servers."),
			},
			Reference: "RFC 8446 section 4.4.2.4, RFC 5246 section 7.4.6",
		},
		{
			Code: "client-certificate-rejected", Stage: Apply, Severity: SeverityError, Attribute: "client_cert_pem",
			Summary: "{host}:{port} refused the client certificate",
			Cause: If(Has("alert"), `The server ended TLS with the alert "{alert}".`).
				If(Has("reply"), "It says: {reply}").
				If(Has("meaning"), "{meaning}").
				If(Has("client"), "The certificate in client_cert_pem: {client}."),
			Fixes: []Fix{
				Example(`client_cert_pem = file("client.pem") # of an authority that the server trusts`, "client_key_pem = var.smtp_client_key"),
				Do("Add this certificate's fingerprint or authority to the server's list (in Postfix relay_clientcerts, smtpd_tls_CAfile)."),
			},
			Reference: "RFC 8446 section 6.2",
		},
		{
			Code: "tls-version-too-low", Stage: Apply, Severity: SeverityError, Attribute: "tls_min_version",
			Summary: "{host}:{port} does not speak TLS {min} or newer",
			Cause: If(Has("chosen"), "The server chose TLS {chosen}.").
				If(Has("lower"), "It probably speaks TLS {lower}, which is still safe with the cipher suites that the provider offers.").
				If(Has("old"), "TLS 1.0 and 1.1 are withdrawn, and the provider never uses them. Current clients refuse {old} too, until it is updated."),
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
				`The server answered "{alert}". The provider offered the cipher suites with forward secrecy: ECDHE with AES-GCM and ChaCha20-Poly1305, which RFC 9325 recommends, and with AES-CBC for older servers. A server that has only static RSA, 3DES or RC4 shares none of them.`,
				"Some servers also answer like this when they require a client certificate.",
			),
			Fixes: []Fix{
				Do("Enable cipher suites with ECDHE on the server, such as TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256."),
				Example(`client_cert_pem = file("client.pem") # if the server requires one`, "client_key_pem = var.smtp_client_key"),
			},
			Reference: "RFC 9325 section 4.2, RFC 5246 section 7.2.2",
		},
		{
			Code: "tls-unrecognized-name", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host}:{port} has no certificate for the name {name}",
			Cause:   Say("The provider sent this name in the handshake (SNI), and the server ended the handshake because it does not serve the name."),
			Fixes: []Fix{
				Do("Set host to the name that your mail service gives for its server."),
				Example(`tls_server_name = "smtp.example.com" # the name that the server knows`),
			},
			Reference: "RFC 6066 section 3",
		},
		{
			Code: "tls-alert", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host}:{port} ended TLS with the alert {alert} ({number})",
			Cause:   Say("The server, or something on the path that intercepts TLS, ended the handshake. Its log may say why."),
			Fixes: []Fix{
				Do("Look at the mail server's log for the time of this check."),
			},
			Reference: "RFC 8446 section 6.2",
		},
		{
			Code: "tls-handshake-failed", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "TLS with {host}:{port} failed",
			Cause:   Say("{error}", "What the server sent is not valid TLS, or was changed on the path."),
			Fixes: []Fix{
				Do("Look at the mail server's log for the time of this check."),
				Do("Run terraform apply from another network, to see whether something on the path is the cause."),
			},
			Reference: "RFC 8446 section 6",
		},
	}
}
