package finding

import "slices"

// anotherLogin is for logins where the mechanism is at fault.
var anotherLogin = []Fix{
	Remove("auth_mechanism").If(Given("auth_mechanism")),
	otherMechanism,
	updateServer,
}

// withoutLogin is for servers that offer no login: they may not need one.
var withoutLogin = Do("If the server accepts mail without a login, remove username and the secret.")

// choiceRows are about the choice of a mechanism: nothing was sent.
func choiceRows() []Row {
	return []Row{
		{
			Code: "auth-not-offered", Stage: Apply, Severity: SeverityError, Attribute: "port",
			Summary: "{host}:{port} offers no login",
			Cause: Say("The server's list of extensions has no AUTH, so the credentials can't be used. The provider did not send them.").
				If(Is("tls", "no"), "The connection is in clear text: many servers offer AUTH only under TLS.").
				If(Is("port", "25"), "Port 25 is for mail between servers; most accept no logins there."),
			Fixes: []Fix{
				submissionPorts,
				withoutLogin,
			},
			Reference: "RFC 4954 section 3, RFC 6409 section 4.3",
		},
		{
			Code: "auth-mechanism-not-offered", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary:   "{host}:{port} does not offer {mechanism}",
			Cause:     Say("It offers {offered}. The provider did not log in: it uses only the mechanism that you declare."),
			Fixes:     []Fix{Remove("auth_mechanism"), Do("Set auth_mechanism to one of {offered}.")},
			Reference: "RFC 4954 section 4",
		},
		{
			Code: "auth-no-common-mechanism", Stage: Apply, Severity: SeverityError, Attribute: "username",
			Summary: "{host}:{port} offers no login mechanism for these credentials",
			Cause: Say("It offers {offered}. The provider did not log in.").
				If(Is("tls", "no"), "The connection is in clear text: many servers offer more under TLS."),
			Fixes: []Fix{
				Do("Use the kind of credentials that the mail service documents for {offered}."),
				submissionPorts,
			},
			Reference: "RFC 4954 section 4",
		},
		{
			Code: "oauth2-required", Stage: Apply, Severity: SeverityError, Attribute: "username",
			Summary:   "{host}:{port} accepts only OAuth2 tokens, but a password is set",
			Cause:     Say("It offers {offered}. The provider did not send the password: the server would refuse it as a token, and would have seen it by then."),
			Fixes:     []Fix{Example("access_token = var.smtp_access_token").Without("password")},
			Reference: "RFC 7628",
		},
		{
			Code: "oauth2-not-offered", Stage: Apply, Severity: SeverityError, Attribute: "username",
			Summary:   "{host}:{port} accepts only passwords, but an OAuth2 token is set",
			Cause:     Say("It offers {offered}. The provider did not send the token."),
			Fixes:     []Fix{Example("password = var.smtp_password").Without("access_token")},
			Reference: "RFC 7628",
		},
		{
			Code: "credential-unsendable", Stage: Apply, Severity: SeverityError, Attribute: "username",
			Summary: "{argument} contains a character that {mechanism} can't send",
			Cause: If(Lacks("prepared"), "NUL and line breaks separate the fields of a login; with tokens, 0x01 does too. The provider sent nothing.").
				If(Is("prepared", "refused"), "SCRAM sends username and password through SASLprep, which refuses control characters, a mix of right-to-left and left-to-right text, and characters that are newer than Unicode 3.2, such as emoji. The provider sent nothing."),
			Fixes: []Fix{
				Set(`auth_mechanism = "{instead}"`).If(Is("prepared", "refused")),
				Do("Remove the character from {argument}: trimspace() removes a line break that came from file()."),
			},
			Reference: "RFC 4616 section 2, RFC 5802 section 5.1, RFC 4013",
		},
	}
}

// refusedLoginRows are the server's answers to AUTH.
func refusedLoginRows() []Row {
	return []Row{
		{
			Code: "auth-rejected", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "{host} rejected the credentials",
			Cause: Say("It says: {reply}").
				If(Has("username"), `The provider logged in once, with {mechanism}, as "{username}". Servers don't distinguish a wrong password from an unknown user.`).
				If(Has("prepared"), "SASLprep changed the {prepared} before it was sent, as {mechanism} requires: it replaces characters such as ½, ² and the no-break space. A server that keeps what was typed then refuses the right credentials.").
				If(Is("mechanism", "NTLM"), `The provider uses NTLM version 2 only. A server that knows only version 1, such as Exim with its driver spa, refuses even the right credentials.`).
				If(Is("mechanism", "NTLM").And(Is("domain", "no")), `The username has no domain. Exchange and Samba usually expect DOMAIN\user or user@domain with NTLM.`).
				If(Is("mechanism", "NTLM").And(Has("others")), "The server also offers {others}.").
				Say("Common reasons: the service expects an app password or an API key instead of the password of its website; it expects the full address as the user name, or only the part before the @; the credentials belong to another region or tenant."),
			Fixes: []Fix{
				Set(`auth_mechanism = "{instead}"`).If(Has("prepared")),
				Set(`auth_mechanism = "{instead}"`).If(Is("mechanism", "NTLM").And(Has("instead"))),
				Example(`username = "DOMAIN\\user"`).If(Is("mechanism", "NTLM").And(Is("domain", "no"))),
				Do("Set username to what the mail service documents for SMTP: usually the full address, sometimes a fixed word."),
				Do("Set the password that the mail service gives for SMTP; if it is in password_wo, increment password_wo_version."),
			},
			Reference: "RFC 4954 section 6 (535 5.7.8)",
		},
		{
			Code: "auth-refused", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "{host} refused the login",
			Cause: If(Has("reply"), "It says: {reply}").
				Say("Only the server's reply says why. It may not be about the password."),
			Fixes:     []Fix{followReply, Do("Ask the operator of {host}, with the reply and the time of this attempt.")},
			Reference: "RFC 4954 section 6",
		},
		{
			Code: "auth-temporary-refused", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Account,
			Summary:   "{host} refused the login for now",
			Cause:     Say("It says: {reply}", "The server says that this is temporary. The provider did not try again, because servers count attempts."),
			Fixes:     []Fix{tryAgain, followReply},
			Reference: "RFC 5321 section 4.2.1",
		},
		{
			Code: "auth-temporary", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Server,
			Summary:   "{host} can't check logins now",
			Cause:     Say("It says: {reply}", "This says nothing about the credentials: the server could not ask the service behind it. The provider did not try again, because servers count attempts."),
			Fixes:     []Fix{tryAgain},
			Reference: "RFC 4954 section 6 (454 4.7.0)",
		},
		{
			Code: "auth-throttled", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "{host} accepts no more logins for now: too many attempts",
			Cause:   Say("It says: {reply}", "The credentials may be right. This check made at most one attempt; other clients with the same account or address made the rest. Further attempts prolong the wait."),
			Fixes: []Fix{
				Do("Run terraform apply again after the wait: minutes with most services, up to 24 hours with Google."),
				Do("Find and stop other clients that log in with an old password of this account."),
			},
			Reference: "RFC 4954 section 6 (454 4.7.0)",
		},
		{
			Code: "auth-password-transition", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism", Refused: Account,
			Summary:   "{host} has not stored the password in the form that {mechanism} needs",
			Cause:     Say("It says: {reply}", "One login with PLAIN under TLS lets the server create that form. If this was PLAIN, only the mail service can help."),
			Fixes:     []Fix{Set(`auth_mechanism = "PLAIN" # for one apply, under TLS`)},
			Reference: "RFC 4954 section 6 (432 4.7.12)",
		},
		{
			Code: "auth-password-expired", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary:   "{host} says that the password has expired or must be changed",
			Cause:     Say("It says: {reply}"),
			Fixes:     []Fix{Do("Set a new password at the mail service and use it here; if it is in password_wo, increment password_wo_version.")},
			Reference: "RFC 4954 section 6",
		},
		{
			Code: "auth-tls-required", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode", Refused: Client,
			Summary: "{host} accepts logins only under TLS",
			Cause: Say("It says: {reply}").
				If(Is("tls", "no"), "The provider logged in over clear text: anyone on the network path may have the credentials now. Change them."),
			Fixes:     []Fix{Set(`tls_mode = "starttls"`), implicitInstead},
			Reference: "RFC 4954 section 6 (530, 538), RFC 3207 section 4",
		},
		{
			Code: "auth-mechanism-too-weak", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism", Refused: Account,
			Summary: "{host} considers {mechanism} too weak for this account",
			Cause:   Say("It says: {reply}"),
			Fixes: []Fix{
				Remove("auth_mechanism").If(Given("auth_mechanism")),
				Example("access_token = var.smtp_access_token # if the service requires OAuth2").Without("password"),
				Do("If the account has two-step verification, create an app password."),
			},
			Reference: "RFC 4954 section 6 (534 5.7.9)",
		},
		{
			Code: "auth-mechanism-unsupported", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism", Refused: Account,
			Summary: "{host} offers {mechanism} and then doesn't support it",
			Cause: Say("It says: {reply}").
				If(Is("tls", "no"), "The connection is in clear text: some servers answer like this when they require TLS first."),
			Fixes:     slices.Concat(anotherLogin, []Fix{submissionPorts.If(Is("tls", "no"))}),
			Reference: "RFC 4954 section 4 (504)",
		},
		{
			Code: "auth-not-available", Stage: Apply, Severity: SeverityError, Attribute: "port", Refused: Client,
			Summary: "{host}:{port} accepts no logins here, although it lists AUTH",
			Cause: Say("It says: {reply}").
				If(Is("tls", "no"), "The connection is in clear text: some servers answer like this when they require TLS first."),
			Fixes: []Fix{
				submissionPorts,
				withoutLogin,
			},
			Reference: "RFC 4954 section 4, RFC 5321 section 4.2.4",
		},
		{
			Code: "auth-syntax", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism", Refused: Account,
			Summary:   "{host} can't read the login with {mechanism}",
			Cause:     Say("It says: {reply}", "Either the server implements the mechanism incorrectly, or a proxy in between doesn't know it. Some servers answer like this to malformed credentials, such as a username without a domain."),
			Fixes:     slices.Concat(anotherLogin, []Fix{Example(`username = "user@example.com" # the full address`)}),
			Reference: "RFC 4954 section 4 (501)",
		},
		{
			Code: "auth-line-too-long", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism", Refused: Account,
			Summary: "The login with {mechanism} is longer than {host} reads",
			Cause:   Say("It says: {reply}", "Access tokens with many claims can have thousands of characters, and old servers read 512 or 1024."),
			Fixes: []Fix{
				Do("Request a token with fewer scopes and claims."),
				Do("If the server is yours, raise its limit to the 12288 characters of RFC 4954."),
			},
			Reference: "RFC 4954 sections 4 and 6 (500 5.5.6)",
		},
		{
			Code: "auth-twice", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
			Summary: "{host} rejects AUTH as out of sequence",
			Cause: Say("It says: {reply}", "The provider sent AUTH once, after EHLO. The server may have authenticated this connection already, by its address or client certificate, or it expects another command first.").
				If(Is("tls", "no"), "The connection is in clear text: some servers answer like this when they require TLS first."),
			Fixes: []Fix{
				Remove("username", "password", "access_token"),
				submissionPorts.If(Is("tls", "no")),
			},
			Reference: "RFC 4954 section 4 (503)",
		},
		{
			Code: "auth-closed", Stage: Apply, Severity: SeverityError, Attribute: "username",
			Summary: "{host} closed the connection instead of answering the login",
			Cause:   Say("Some servers do that after too many failed logins, or crash on a mechanism. Some relays do it when the server behind them is down. The credentials may be right. The provider did not try again."),
			Fixes: []Fix{
				tryAgain,
				otherMechanism,
				ownLog,
			},
			Reference: "RFC 4954 section 4",
		},
		{
			Code: "auth-external-refused", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism", Refused: Account,
			Summary: "{host} does not accept the client certificate as a login",
			Cause:   Say("It says: {reply}", "EXTERNAL sends no secret: the server derives the account from the certificate of the TLS handshake. The server probably has no account for this certificate, or got no certificate."),
			Fixes: []Fix{
				Do("Set client_cert_pem and client_key_pem to the certificate and key that are enrolled with the server."),
				Do("If the server takes the account from the certificate, remove username.").If(Has("username")),
				Do("If the server expects it, set username to the name of the account.").If(Lacks("username")),
				Do("If the server offers it, log in with username and password, without auth_mechanism."),
			},
			Reference: "RFC 4422 appendix A",
		},
	}
}
