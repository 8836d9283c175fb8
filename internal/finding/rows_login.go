package finding

import "slices"

// anotherLogin are the fixes where the mechanism is at fault.
var anotherLogin = []Fix{
	Remove("auth_mechanism").If(Given("auth_mechanism")),
	Do("Give another auth_mechanism of those that the server offers."),
	Do("Update the server, if it is yours."),
}

// choiceRows are about the choice of a mechanism: nothing was sent.
var choiceRows = []Row{
	{
		Code: "auth-not-offered", Stage: Apply, Severity: SeverityError, Attribute: "port",
		Summary: "{host}:{port} offers no login",
		Cause: Say("The server's list of extensions has no AUTH, and credentials are declared. Nothing of them was sent.").
			If(Is("tls", "no"), "The connection is in clear text: many servers offer AUTH only under TLS.").
			If(Is("port", "25"), "Port 25 is for mail between servers; most take no logins there."),
		Fixes: []Fix{
			submissionPorts,
			Remove("username", "password", "access_token"),
		},
		Reference: "RFC 4954 section 3, RFC 6409 section 4.3",
	},
	{
		Code: "auth-mechanism-not-offered", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
		Summary:   "{host}:{port} does not offer {mechanism}",
		Cause:     Say("It offers: {offered}. No login was attempted, and no other mechanism is taken when one is declared."),
		Fixes:     []Fix{Remove("auth_mechanism"), Do("Give one of {offered} as auth_mechanism.")},
		Reference: "RFC 4954 section 4",
	},
	{
		Code: "auth-no-common-mechanism", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary: "{host}:{port} offers no mechanism that these credentials fit",
		Cause: Say("It offers: {offered}. No login was attempted.").
			If(Is("tls", "no"), "The connection is in clear text: many servers offer more under TLS."),
		Fixes: []Fix{
			Do("Give credentials of a kind that {offered} take, as the mail service documents them."),
			submissionPorts,
		},
		Reference: "RFC 4954 section 4",
	},
	{
		Code: "oauth2-required", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "{host}:{port} takes only OAuth2 tokens, but a password is given",
		Cause:     Say("It offers: {offered}. The password was not sent: as a token it would be refused, and shown to a service that did not ask for it."),
		Fixes:     []Fix{Example("access_token = var.smtp_access_token").Without("password")},
		Reference: "RFC 7628",
	},
	{
		Code: "oauth2-not-offered", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "{host}:{port} takes only passwords, but an OAuth2 token is given",
		Cause:     Say("It offers: {offered}. The token was not sent."),
		Fixes:     []Fix{Example("password = var.smtp_password").Without("access_token")},
		Reference: "RFC 7628",
	},
	{
		Code: "credential-unsendable", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary: "{argument} holds a character that {mechanism} can't send",
		Cause: If(Lacks("prepared"), "NUL and line ends divide the fields of a login; with tokens 0x01 does too. Nothing was sent.").
			If(Is("prepared", "refused"), "SCRAM sends username and password through SASLprep, which refuses control characters, a mix of right-to-left and left-to-right text, and what Unicode 3.2 did not know, such as emoji. Nothing was sent."),
		Fixes: []Fix{
			Set(`auth_mechanism = "{instead}"`).If(Is("prepared", "refused")),
			Do("Remove the character from {argument}: trimspace() takes off a line end that came along with file()."),
		},
		Reference: "RFC 4616 section 2, RFC 5802 section 5.1, RFC 4013",
	},
}

// refusedLoginRows are the server's answers to AUTH.
var refusedLoginRows = []Row{
	{
		Code: "auth-rejected", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
		Summary: "{host} rejected the credentials",
		Cause: Say("Its reply: {reply}").
			If(Has("username"), `The login was made once, with {mechanism}, as "{username}". Servers don't tell a wrong password from an unknown user.`).
			If(Has("prepared"), "SASLprep changed the {prepared} before it was sent, as {mechanism} demands: it replaces characters such as ½, ² and the no-break space. A server that keeps what was typed then refuses the right credentials.").
			If(Is("mechanism", "NTLM"), `NTLM was spoken in version 2, the only one here. A server that knows only version 1, such as Exim with its driver spa, refuses the right credentials too.`).
			If(Is("mechanism", "NTLM").And(Is("domain", "no")), `The username names no domain. Exchange and Samba mostly want DOMAIN\user or user@domain with NTLM.`).
			If(Is("mechanism", "NTLM").And(Has("others")), "The server also offers {others}.").
			Say("Likely reasons: the password is that of the web site where the service wants an app password or an API key; the username is a login name where it wants the full address, or the other way round; the credentials belong to another region or tenant."),
		Fixes: []Fix{
			Set(`auth_mechanism = "{instead}"`).If(Has("prepared")),
			Set(`auth_mechanism = "{instead}"`).If(Is("mechanism", "NTLM").And(Has("instead"))),
			Example(`username = "DOMAIN\\user"`).If(Is("mechanism", "NTLM").And(Is("domain", "no"))),
			Do("Give username as the mail service documents it for SMTP: mostly the full address, with some a fixed word."),
			Do("Give the password that is meant for SMTP; raise password_wo_version by one where it is password_wo."),
		},
		Reference: "RFC 4954 section 6 (535 5.7.8)",
	},
	{
		Code: "auth-refused", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
		Summary: "{host} refused the login",
		Cause: If(Has("reply"), "Its reply: {reply}").
			Say("Only the words of the server say why. They don't have to be about the password."),
		Fixes:     []Fix{Do("Do what the reply names."), Do("Ask the operator of {host}, with the reply and the time of this attempt.")},
		Reference: "RFC 4954 section 6",
	},
	{
		Code: "auth-temporary-refused", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Account,
		Summary:   "{host} refused the login for now",
		Cause:     Say("Its reply: {reply}", "The server says that this will pass. Nothing was tried again, because servers count attempts."),
		Fixes:     []Fix{Do("Run terraform apply again in some minutes."), Do("Do what the reply names.")},
		Reference: "RFC 5321 section 4.2.1",
	},
	{
		Code: "auth-temporary", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Server,
		Summary:   "{host} can't check logins now",
		Cause:     Say("Its reply: {reply}", "This says nothing about the credentials: the server could not ask the service behind it. Nothing was tried again, because servers count attempts."),
		Fixes:     []Fix{Do("Run terraform apply again in some minutes.")},
		Reference: "RFC 4954 section 6 (454 4.7.0)",
	},
	{
		Code: "auth-throttled", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
		Summary: "{host} takes no more logins for now: too many attempts",
		Cause:   Say("Its reply: {reply}", "The credentials may be right. This check made at most one attempt; others with the same account, or from the same address, made the rest. More of them make the wait longer."),
		Fixes: []Fix{
			Do("Run terraform apply again after the wait: minutes with most services, up to 24 hours with Google."),
			Do("Stop whatever else logs in with an old password of this account."),
		},
		Reference: "RFC 4954 section 6 (454 4.7.0)",
	},
	{
		Code: "auth-password-transition", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism", Refused: Account,
		Summary:   "{host} does not have the password in the form that {mechanism} needs",
		Cause:     Say("Its reply: {reply}", "One login with PLAIN under TLS lets it make that form. Where that was PLAIN already, only the mail service can help."),
		Fixes:     []Fix{Set(`auth_mechanism = "PLAIN" # for one apply, under TLS`)},
		Reference: "RFC 4954 section 6 (432 4.7.12)",
	},
	{
		Code: "auth-password-expired", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
		Summary:   "The password has expired, says {host}",
		Cause:     Say("Its reply: {reply}"),
		Fixes:     []Fix{Do("Set a new password with the mail service and give it here; raise password_wo_version by one where it is password_wo.")},
		Reference: "RFC 4954 section 6",
	},
	{
		Code: "auth-tls-required", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode", Refused: Client,
		Summary: "{host} takes logins only under TLS",
		Cause: Say("Its reply: {reply}").
			If(Is("tls", "no"), "The login went out in clear text: anyone who could read along may have the credentials now."),
		Fixes:     []Fix{Set(`tls_mode = "starttls"`), implicitInstead},
		Reference: "RFC 4954 section 6 (530, 538), RFC 3207 section 4",
	},
	{
		Code: "auth-mechanism-too-weak", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism", Refused: Account,
		Summary: "{host} finds {mechanism} too weak for this account",
		Cause:   Say("Its reply: {reply}"),
		Fixes: []Fix{
			Remove("auth_mechanism").If(Given("auth_mechanism")),
			Example("access_token = var.smtp_access_token # where the service has turned to OAuth2").Without("password"),
			Do("Make an app password, if the account has two-step verification."),
		},
		Reference: "RFC 4954 section 6 (534 5.7.9)",
	},
	{
		Code: "auth-mechanism-unsupported", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism", Refused: Account,
		Summary: "{host} offers {mechanism} and then does not know it",
		Cause: Say("Its reply: {reply}").
			If(Is("tls", "no"), "The connection is in clear text: some servers answer so when they want TLS first."),
		Fixes:     slices.Concat(anotherLogin, []Fix{submissionPorts.If(Is("tls", "no"))}),
		Reference: "RFC 4954 section 4 (504)",
	},
	{
		Code: "auth-not-available", Stage: Apply, Severity: SeverityError, Attribute: "port", Refused: Client,
		Summary: "{host}:{port} takes no logins here, though it lists AUTH",
		Cause: Say("Its reply: {reply}").
			If(Is("tls", "no"), "The connection is in clear text: some servers answer so when they want TLS first."),
		Fixes: []Fix{
			submissionPorts,
			Remove("username", "password", "access_token"),
		},
		Reference: "RFC 4954 section 4, RFC 5321 section 4.2.4",
	},
	{
		Code: "auth-syntax", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism", Refused: Account,
		Summary:   "{host} can't read the login with {mechanism}",
		Cause:     Say("Its reply: {reply}", "Either the server has the mechanism wrong, or something between reads along and does not know it. Some answer so to credentials that they find malformed, such as a username without a domain."),
		Fixes:     slices.Concat(anotherLogin, []Fix{Example(`username = "user@example.com" # the full address`)}),
		Reference: "RFC 4954 section 4 (501)",
	},
	{
		Code: "auth-line-too-long", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism", Refused: Account,
		Summary: "The login with {mechanism} is longer than {host} reads",
		Cause:   Say("Its reply: {reply}", "Access tokens with many claims can have some thousand characters, and old servers read 512 or 1024."),
		Fixes: []Fix{
			Do("Ask for a token with fewer scopes and claims."),
			Do("Raise the server's limit to the 12288 characters of RFC 4954, if it is yours."),
		},
		Reference: "RFC 4954 sections 4 and 6 (500 5.5.6)",
	},
	{
		Code: "auth-twice", Stage: Apply, Severity: SeverityError, Attribute: "host", Refused: Client,
		Summary: "{host} takes AUTH for out of order",
		Cause: Say("Its reply: {reply}", "AUTH was sent once, after EHLO. Either the server counts this connection as logged in already, by its address or client certificate, or it wants something else first.").
			If(Is("tls", "no"), "The connection is in clear text: some servers answer so when they want TLS first."),
		Fixes: []Fix{
			Remove("username", "password", "access_token"),
			submissionPorts.If(Is("tls", "no")),
		},
		Reference: "RFC 4954 section 4 (503)",
	},
	{
		Code: "auth-closed", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary: "{host} closed the connection in place of an answer to the login",
		Cause:   Say("Some servers do that to addresses and accounts with too many failed logins, some to mechanisms that crash them, and some relays when the server behind them is down. Whether the credentials are right is not known, and nothing was tried again."),
		Fixes: []Fix{
			Do("Run terraform apply again in some minutes."),
			Do("Give another auth_mechanism of those that the server offers."),
			Do("Look into the server's log, if it is yours."),
		},
		Reference: "RFC 4954 section 4",
	},
	{
		Code: "auth-external-refused", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism", Refused: Account,
		Summary: "{host} does not take the client certificate for a login",
		Cause:   Say("Its reply: {reply}", "EXTERNAL sends no secret: the server derives the account from the certificate of the TLS handshake. Likely it has none that belongs to this certificate, or none arrived."),
		Fixes: []Fix{
			Do("Give the certificate and key that are enrolled with the server as client_cert_pem and client_key_pem."),
			Remove("username").If(Has("username")),
			Do("If the server wants it, give the account's name as username.").If(Lacks("username")),
			Do("Log in with username and password in place of auth_mechanism, if the server offers that."),
		},
		Reference: "RFC 4422 appendix A",
	},
}
