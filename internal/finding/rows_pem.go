package finding

// pemRows are what is wrong with certificates and keys that were given as text.
// Rows about a private key in the wrong place stand at host: Terraform prints
// the source line at the place of a finding, and with it a literal key.
var pemRows = []Row{
	{
		Code: "ca-pem-private-key", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary: "ca_cert_pem holds a private key",
		Cause: Say(
			"It wants the certificate of the authority alone. Its value is not sensitive, so the key would be shown in plans and kept in the state; and the key of an authority belongs on no other machine.",
		),
		Prose: []string{`ca_cert_pem = file("ca.pem"), with only the blocks "-----BEGIN CERTIFICATE-----" in the file`},
	},
	{
		Code: "ca-pem-unreadable", Stage: Plan, Severity: SeverityError, Attribute: "ca_cert_pem", Guard: true,
		Summary:   "ca_cert_pem can't be read: {reason}",
		Cause:     Say("It wants the text of one or more certificates in PEM form. They become the only roots that are trusted."),
		Prose:     []string{`ca_cert_pem = file("ca.pem")`, "no ca_cert_pem, for a server with a certificate of a public authority"},
		Reference: "RFC 7468 section 5",
	},
	{
		Code: "client-cert-pem-private-key", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
		Summary: "client_cert_pem holds a private key",
		Cause:   Say("Its value is not sensitive, so the key would be shown in plans. The key belongs in client_key_pem."),
		Prose: []string{
			`client_cert_pem = file("client.pem") with client_key_pem = file("client.key"), each with its own blocks alone`,
		},
	},
	{
		Code: "client-cert-pem-unreadable", Stage: Plan, Severity: SeverityError, Attribute: "client_cert_pem", Guard: true,
		Summary:   "client_cert_pem can't be read: {reason}",
		Cause:     Say("It wants the client's certificate in PEM form, then those between it and its root."),
		Prose:     []string{`client_cert_pem = file("client.pem")`},
		Reference: "RFC 7468 section 5",
	},
	{
		Code: "client-key-pem-unreadable", Stage: Plan, Severity: SeverityError, Attribute: "client_cert_pem", Guard: true,
		Summary:   "client_key_pem can't be read: {reason}",
		Cause:     Say("It wants the private key of the client certificate in PEM form, without a passphrase."),
		Prose:     []string{`client_key_pem = file("client.key")`},
		Reference: "RFC 7468 section 10",
	},
	{
		Code: "client-key-mismatch", Stage: Plan, Severity: SeverityError, Attribute: "client_cert_pem", Guard: true,
		Summary: "client_key_pem is not the key of client_cert_pem: {reason}",
		Cause:   Say("A certificate is of use only together with the key that it was issued for. After a renewal both files change."),
		Prose:   []string{`client_cert_pem = file("client.pem") with client_key_pem = file("client.key"), both of the same renewal`},
	},
	{
		Code: "client-cert-without-key", Stage: Plan, Severity: SeverityError, Attribute: "client_cert_pem", Guard: true,
		Summary: "client_cert_pem is given without client_key_pem",
		Cause:   Say("The client has to sign with the key to show that the certificate is its own."),
		Prose:   []string{`client_key_pem = file("client.key")`, "no client_cert_pem, if the server does not demand a client certificate"},
	},
	{
		Code: "client-key-without-cert", Stage: Plan, Severity: SeverityError, Attribute: "client_cert_pem", Guard: true,
		Summary: "client_key_pem is given without client_cert_pem",
		Cause:   Say("The key alone is of no use: the server is shown the certificate."),
		Prose:   []string{`client_cert_pem = file("client.pem")`, "no client_key_pem, if the server does not demand a client certificate"},
	},
	{
		Code: "ca-pem-expired", Stage: Plan, Severity: SeverityError, Attribute: "ca_cert_pem",
		Summary: "ca_cert_pem expired on {date}",
		Cause: Say(
			"No certificate in it is valid any more. They are the only roots that are trusted, so every handshake would fail with certificate-expired or certificate-unknown-authority.",
		),
		Prose:     []string{`ca_cert_pem = file("ca.pem"), with the authority's present certificate`, "no ca_cert_pem, for a server with a certificate of a public authority"},
		Reference: "RFC 5280 section 4.1.2.5",
	},
	{
		Code: "client-cert-pem-expired", Stage: Plan, Severity: SeverityError, Attribute: "client_cert_pem",
		Summary:   "client_cert_pem expired on {date}",
		Cause:     Say("A server that demands a client certificate refuses one whose time is over."),
		Prose:     []string{`client_cert_pem = file("client.pem") with client_key_pem = file("client.key"), both renewed`},
		Reference: "RFC 5280 section 4.1.2.5",
	},
}
