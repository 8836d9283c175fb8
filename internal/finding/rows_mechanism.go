package finding

// checkNetworkPath is for TLS connections that end before the server.
var checkNetworkPath = Do("Check the network path to the server for a proxy or load balancer that terminates TLS.")

// mechanismRows are logins that the provider cancelled, because it can't answer a
// challenge of the server or must not trust it.
func mechanismRows() []Row {
	return []Row{
		{
			Code: "auth-challenge-unexpected", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary:   "{host} sent another challenge after the end of {mechanism}",
			Cause:     Say("{mechanism} had nothing more to send, and the server neither accepted nor rejected the login. The provider cancelled it.").If(Has("reply"), "Then it replied: {reply}"),
			Fixes:     []Fix{otherMechanism, updateServer},
			Reference: "RFC 4422 section 3",
		},
		{
			Code: "auth-accepted-early", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary:   "{host} accepts the login before it has seen the credentials",
			Cause:     Say("The server replied 235 without asking for the password. It would accept wrong credentials too, so this login proves nothing.").If(Has("reply"), "It replied: {reply}"),
			Fixes:     []Fix{otherMechanism, updateServer},
			Reference: "RFC 4954 section 4",
		},
		{
			Code: "auth-challenge-malformed", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary:   "{host} sent a challenge that {mechanism} can't answer",
			Cause:     Say("The challenge is empty or malformed. The provider cancelled the login.").If(Has("reply"), "Then it replied: {reply}"),
			Fixes:     []Fix{otherMechanism, updateServer},
			Reference: "RFC 4422 section 3",
		},
		{
			Code: "scram-binding-impossible", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary: "{mechanism} needs TLS to bind the login to, and there is none",
			Cause:   Say("Mechanisms with -PLUS bind the login to the TLS connection. This connection has no TLS, or none that a login can be bound to. The provider sent nothing."),
			Fixes: []Fix{
				Remove("auth_mechanism"),
				Do(`If the server offers TLS, set tls_mode = "starttls" or "implicit" with the port for it.`),
			},
			Reference: "RFC 5802 section 6, RFC 9266",
		},
		{
			Code: "scram-binding-mismatch", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} sees a different TLS connection",
			Cause:   Say("The login was bound to the TLS connection that the provider opened, and the server sees a different one. A load balancer, a proxy or an attacker terminates TLS in between. The password was not revealed."),
			Fixes: []Fix{
				checkNetworkPath,
				Do(`If the mail service itself terminates TLS on a load balancer, set auth_mechanism = "SCRAM-SHA-256".`),
			},
			Reference: "RFC 5802 section 7, RFC 5929",
		},
		{
			Code: "scram-binding-unsupported", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary: "{host} doesn't support the channel binding of this TLS version",
			Cause:   Say("The binding is tls-exporter under TLS 1.3, and tls-unique or tls-server-end-point under TLS 1.2. The server offers {mechanism} but rejects this binding."),
			Fixes: []Fix{
				Do("Set auth_mechanism to a mechanism without -PLUS that the server offers."),
				updateServer,
			},
			Reference: "RFC 5802 section 7, RFC 9266",
		},
		{
			Code: "scram-downgrade", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "Something removed the -PLUS mechanisms that {host} offers",
			Cause:   Say("The server says that it offers them, but the list that arrived here has none: a proxy or an attacker removed them, so that the login is not bound to TLS. The password was not revealed."),
			Fixes: []Fix{
				checkNetworkPath,
				Do(`If the server also listens on port 465, set port = 465 and tls_mode = "implicit".`),
			},
			Reference: "RFC 5802 section 6",
		},
		{
			Code: "scram-iterations-too-many", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary: "{host} asks for too many hash iterations: {iterations}",
			Cause:   Say("The provider computes at most {most}: more would keep this machine busy, and well-configured servers don't ask for more. The provider cancelled the login."),
			Fixes: []Fix{
				Do("If the server is yours, configure fewer iterations and set the password again."),
				Do(`If you trust the server and it offers PLAIN, set auth_mechanism = "PLAIN".`),
			},
			Reference: "RFC 5802 section 9",
		},
		{
			Code: "scram-iterations-too-few", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary: "{host} asks for only {iterations} hash iterations without verified TLS",
			Cause:   Say("With fewer than {fewest}, an eavesdropper can guess the password from the login. The provider cancelled the login."),
			Fixes: []Fix{
				Remove("insecure"),
				Do("If the server is yours, configure at least {fewest} iterations and set the password again."),
			},
			Reference: "RFC 7677 section 4",
		},
		{
			Code: "scram-nonce-wrong", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary:   "{host} answered a different login",
			Cause:     Say("Its first message must begin with the random number that the provider sent, and doesn't: the message is a replay, or the server is faulty. The provider cancelled the login before it revealed anything."),
			Fixes:     []Fix{checkNetworkPath, updateServer},
			Reference: "RFC 5802 section 5.1",
		},
		{
			Code: "scram-malformed", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary:   "{host} sent a malformed SCRAM message",
			Cause:     Say("The message breaks the rules of {mechanism}. The provider cancelled the login.").If(Has("reply"), "Then it replied: {reply}"),
			Fixes:     []Fix{otherMechanism, updateServer},
			Reference: "RFC 5802 section 7",
		},
		{
			Code: "scram-signature-invalid", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} can't prove that it knows the password",
			Cause:   Say("SCRAM authenticates the server too, and its proof is wrong: this is not the server that you mean, or its record of the password is damaged. The password was not revealed."),
			Fixes: []Fix{
				Do("Check host and port."),
				Do("Set the password again at the mail service, which creates a new record."),
			},
			Reference: "RFC 5802 section 5",
		},
		{
			Code: "scram-signature-missing", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} accepts the login without proving that it knows the password",
			Cause:   Say("SCRAM authenticates the server too, and this one sent no proof. A server that accepts every login does that, and so does an impostor. The password was not revealed."),
			Fixes: []Fix{
				Do("Check host and port."),
				Do(`If this is a test server that accepts every login, set auth_mechanism = "PLAIN".`),
			},
			Reference: "RFC 5802 section 5",
		},
		{
			Code: "ntlm-challenge-malformed", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary: "{host} sent an NTLM challenge that can't be read",
			Cause:   Say("{problem}. The provider cancelled the login."),
			Fixes: []Fix{
				Do("If the server offers LOGIN or PLAIN under TLS, set auth_mechanism to one of them."),
				updateServer,
			},
			Reference: "[MS-NLMP] section 2.2.1.2",
		},
		{
			Code: "ntlm-unsupported", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary: "{host} requires a kind of NTLM that the provider doesn't support",
			Cause:   Say("The server requires NTLMv1 or key exchange. The provider supports NTLMv2 without key exchange. The provider cancelled the login."),
			Fixes: []Fix{
				Do("If the server offers LOGIN or PLAIN under TLS, set auth_mechanism to one of them."),
				Do("If the server is yours, allow NTLMv2 without key exchange on its connector."),
			},
			Reference: "[MS-NLMP] section 2.2.2.5",
		},
	}
}
