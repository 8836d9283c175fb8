package finding

// publicAuthority is for servers whose certificate every machine trusts.
var publicAuthority = Do("If a public authority issued the server's certificate, remove ca_cert_pem.")

// pemRows are what is wrong with certificates and keys that were given as text.
// Rows about a private key in the wrong place stand at host: Terraform prints
// the source line at the place of a finding, and with it a literal key.
func pemRows() []Row {
	return []Row{
		{
			Code: "ca-pem-private-key", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary: "ca_cert_pem contains a private key",
			Cause:   Say("It takes only the authority's certificate. The value is not sensitive, so plans and the state would show the key. An authority's key must stay on the authority's own machine."),
			Fixes:   []Fix{Example(`ca_cert_pem = file("ca.pem") # only the CERTIFICATE blocks`)},
		},
		{
			Code: "ca-pem-unreadable", Stage: Plan, Severity: SeverityError, Attribute: "ca_cert_pem", Guard: true,
			Summary:   "ca_cert_pem is not a certificate in PEM form: {reason}",
			Cause:     Say("It takes the text of one or more certificates in PEM form. They become the only roots that are trusted."),
			Fixes:     []Fix{Example(`ca_cert_pem = file("ca.pem")`), publicAuthority},
			Reference: "RFC 7468 section 5",
		},
		{
			Code: "client-cert-pem-private-key", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary: "client_cert_pem contains a private key",
			Cause:   Say("The value is not sensitive, so plans would show the key. It belongs in client_key_pem."),
			Fixes:   []Fix{Example(`client_cert_pem = file("client.pem") # only the CERTIFICATE blocks`, `client_key_pem = var.smtp_client_key`)},
		},
		{
			Code: "client-cert-pem-unreadable", Stage: Plan, Severity: SeverityError, Attribute: "client_cert_pem", Guard: true,
			Summary:   "client_cert_pem is not a certificate in PEM form: {reason}",
			Cause:     Say("It takes the client's certificate in PEM form, followed by its intermediate certificates."),
			Fixes:     []Fix{Example(`client_cert_pem = file("client.pem")`)},
			Reference: "RFC 7468 section 5",
		},
		{
			Code: "client-key-pem-unreadable", Stage: Plan, Severity: SeverityError, Attribute: "client_cert_pem", Guard: true,
			Summary:   "client_key_pem is not a usable private key: {reason}",
			Cause:     Say("It takes the private key of the client certificate in PEM form, without a passphrase."),
			Fixes:     []Fix{Example("client_key_pem = var.smtp_client_key # the text of the key file")},
			Reference: "RFC 7468 section 10",
		},
		{
			Code: "client-key-mismatch", Stage: Plan, Severity: SeverityError, Attribute: "client_cert_pem", Guard: true,
			Summary: "client_key_pem is not the key of client_cert_pem: {reason}",
			Cause:   Say("A certificate works only with the key that it was issued for. A renewal usually changes both files."),
			Fixes:   []Fix{Example(`client_cert_pem = file("client.pem")`, "client_key_pem = var.smtp_client_key # both from the same renewal")},
		},
		{
			Code: "client-cert-without-key", Stage: Plan, Severity: SeverityError, Attribute: "client_cert_pem", Guard: true,
			Summary: "client_cert_pem is given without client_key_pem",
			Cause:   Say("The client signs with the key to prove that the certificate is its own."),
			Fixes:   []Fix{Example("client_key_pem = var.smtp_client_key"), Remove("client_cert_pem")},
		},
		{
			Code: "client-key-without-cert", Stage: Plan, Severity: SeverityError, Attribute: "client_cert_pem", Guard: true,
			Summary: "client_key_pem is given without client_cert_pem",
			Cause:   Say("The key alone does nothing: the client shows the server the certificate."),
			Fixes:   []Fix{Example(`client_cert_pem = file("client.pem")`), Remove("client_key_pem")},
		},
		{
			Code: "ca-pem-expired", Stage: Plan, Severity: SeverityError, Attribute: "ca_cert_pem",
			Summary:   "ca_cert_pem expired on {date}",
			Cause:     Say("Every certificate in it has expired. They are the only roots that are trusted, so every handshake would fail."),
			Fixes:     []Fix{Example(`ca_cert_pem = file("ca.pem") # the authority's current certificate`), publicAuthority},
			Reference: "RFC 5280 section 4.1.2.5",
		},
		{
			Code: "client-cert-pem-expired", Stage: Plan, Severity: SeverityWarning, Attribute: "client_cert_pem",
			Summary:   "client_cert_pem expired on {date}",
			Cause:     Say("A server that requires a client certificate rejects an expired one."),
			Fixes:     []Fix{Example(`client_cert_pem = file("client.pem")`, "client_key_pem = var.smtp_client_key # both renewed")},
			Reference: "RFC 5280 section 4.1.2.5",
		},
	}
}
