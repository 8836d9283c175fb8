package finding

import "slices"

// loginRows are what AUTH can end in.
var loginRows = slices.Concat(refusalRows, mechanismRows, loginServiceRows)

// refusalRows are the choice of a mechanism, and the answers that RFC 4954 and
// its successors define.
var refusalRows = []Row{
	{
		Code: "auth-not-offered", Stage: Apply, Severity: SeverityError, Attribute: "port",
		Summary: "{host}:{port} offers no login",
		Cause: Say(
			"Its list of extensions has no AUTH, and credentials are declared. Nothing of them was sent.",
			"The connection is in {clear}: many servers offer AUTH under TLS alone.",
			"Port {relay_port} is for mail between servers; most take no logins there.",
		),
		Prose: []string{
			`port = 465 with tls_mode = "implicit"`,
			`port = 587 with tls_mode = "starttls"`,
			`no username, password and access_token, if this server knows its clients by their address`,
		},
		Reference: "RFC 4954 section 3, RFC 6409 section 4.3",
	},
	{
		Code: "auth-mechanism-not-offered", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
		Summary:   "{host}:{port} does not offer {mechanism}",
		Cause:     Say("It offers: {offered}. No login was attempted, and no other mechanism is taken when one is declared."),
		Prose:     []string{"no auth_mechanism, to take the safest that is offered and fits", "auth_mechanism = one of {offered}"},
		Reference: "RFC 4954 section 4",
	},
	{
		Code: "auth-no-common-mechanism", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary: "{host}:{port} offers no mechanism that these credentials fit",
		Cause: Say(
			"It offers: {offered}. No login was attempted.",
			"The connection is in {clear}: many servers offer more under TLS.",
		),
		Prose: []string{
			"credentials of a kind that {offered} take, as the mail service documents them",
			`port = 465 with tls_mode = "implicit", or port = 587 with tls_mode = "starttls", if this is another port`,
		},
		Reference: "RFC 4954 section 4",
	},
	{
		Code: "oauth2-required", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "{host}:{port} takes OAuth2 tokens alone, but a password is given",
		Cause:     Say("It offers: {offered}. The password was not sent: as a token it would be refused, and shown to a service that did not ask for it."),
		Prose:     []string{"access_token = … in place of the password"},
		Reference: "RFC 7628",
	},
	{
		Code: "oauth2-not-offered", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "{host}:{port} takes passwords alone, but an OAuth2 token is given",
		Cause:     Say("It offers: {offered}. The token was not sent."),
		Prose:     []string{"password_wo = … with password_wo_version = 1, in place of access_token"},
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
	{
		Code: "auth-rejected", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary: "{host} rejects the credentials",
		Cause: Say(
			"Its reply: {reply}",
			`The login was made once, with {mechanism}, as "{username}". Servers don't tell a wrong password from an unknown user.`,
		).
			If(Has("prepared"), "SASLprep changed the {prepared} before it was sent, as {mechanism} demands: it replaces characters such as ½, ² and the no-break space. A server that keeps what was typed then refuses the right credentials.").
			If(Is("mechanism", "NTLM"), `NTLM was spoken in version 2, the only one here. A server that knows version 1 alone, such as Exim with its driver spa, refuses the right credentials too, and one with a Windows domain may want DOMAIN\user.`).
			If(Is("mechanism", "NTLM"), "The server also offers {others}.").
			Say("Likely reasons: the password is that of the web site where the service wants an app password or an API key; the username is a login name where it wants the full address, or the other way round; the credentials belong to another region or tenant."),
		Fixes: []Fix{
			Set(`auth_mechanism = "{instead}"`).If(Has("prepared")),
			Set(`auth_mechanism = "{instead}"`).If(Is("mechanism", "NTLM")),
		},
		Prose: []string{
			`username as the mail service documents it for SMTP: mostly the full address, with some a fixed word such as "apikey"`,
			"password = the one that is meant for SMTP; where it is password_wo, with password_wo_version raised by one",
		},
		Reference: "RFC 4954 section 6 (535 5.7.8)",
	},
	{
		Code: "auth-refused", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "{host} refuses the login",
		Cause:     Say("Its reply: {reply}", "This is none of the codes that RFC 4954 knows for a refused login, so only the words of the server say why."),
		Prose:     []string{"what the reply names", "the operator of {host}, with the reply and the time of this attempt"},
		Reference: "RFC 4954 section 6",
	},
	{
		Code: "auth-temporary", Stage: Apply, Severity: SeverityError, Attribute: "host",
		Summary:   "{host} can't check logins now",
		Cause:     Say("Its reply: {reply}", "This says nothing about the credentials: the server could not ask the service behind it. Nothing was tried again, because servers count attempts."),
		Prose:     []string{"terraform apply again in some minutes"},
		Reference: "RFC 4954 section 6 (454 4.7.0)",
	},
	{
		Code: "auth-throttled", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "{host} takes no more logins for now: too many attempts",
		Cause:     Say("Its reply: {reply}", "The credentials may be right. This check made one attempt; others with the same account, or from the same address, made the rest. More of them make the wait longer."),
		Prose:     []string{"terraform apply again after the wait: minutes with most services, up to 24 hours with Google", "whatever else logs in with an old password of this account stopped first"},
		Reference: "RFC 4954 section 6 (454 4.7.0)",
	},
	{
		Code: "auth-password-transition", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
		Summary:   "{host} does not have the password in the form that {mechanism} needs",
		Cause:     Say("Its reply: {reply}", "One login with PLAIN under TLS lets it make that form. Where that was PLAIN already, only the mail service can help."),
		Prose:     []string{`auth_mechanism = "PLAIN" for one apply, under TLS`},
		Reference: "RFC 4954 section 6 (432 4.7.12)",
	},
	{
		Code: "auth-password-expired", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "The password has expired, says {host}",
		Cause:     Say("Its reply: {reply}"),
		Prose:     []string{"a new password set with the mail service, then password = the new one; where it is password_wo, with password_wo_version raised by one"},
		Reference: "RFC 4954 section 6",
	},
	{
		Code: "auth-account-disabled", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "{host} says that this account is disabled",
		Cause:     Say("Its reply: {reply}", "The server does not take this as a wrong password."),
		Prose:     []string{"the account enabled again by whoever administers it", "username of an account that is in use"},
		Reference: "IANA SMTP Enhanced Status Codes, X.7.13 (RFC 5248)",
	},
	{
		Code: "auth-tls-required", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
		Summary:   "{host} takes logins under TLS alone",
		Cause:     Say("Its reply: {reply}", "The login went out in {clear}: whoever could read along may have the credentials now."),
		Prose:     []string{`tls_mode = "starttls"`, `tls_mode = "implicit" with port = 465`},
		Reference: "RFC 4954 section 6 (530, 538), RFC 3207 section 4",
	},
	{
		Code: "auth-mechanism-too-weak", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
		Summary:   "{host} finds {mechanism} too weak for this account",
		Cause:     Say("Its reply: {reply}"),
		Prose:     []string{"no auth_mechanism, to take the safest that is offered and fits", "access_token in place of the password, if the service has turned to OAuth2", "an app password, if the account has two-step verification"},
		Reference: "RFC 4954 section 6 (534 5.7.9)",
	},
	{
		Code: "auth-mechanism-unsupported", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
		Summary: "{host} offers {mechanism} and then does not know it",
		Cause: Say(
			"Its reply: {reply}",
			"The connection is in {clear}: some servers answer so when they want TLS first.",
		),
		Prose:     []string{"another auth_mechanism of those that the server offers", `tls_mode = "starttls" or "implicit", if it is "none"`},
		Reference: "RFC 4954 section 4 (504)",
	},
	{
		Code: "auth-syntax", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
		Summary:   "{host} can't read the login with {mechanism}",
		Cause:     Say("Its reply: {reply}", "Either the server has the mechanism wrong, or something between reads along and does not know it. Some answer so to credentials that they find malformed, such as a username without a domain."),
		Prose:     []string{"another auth_mechanism of those that the server offers", "username as a full address, if it is not one"},
		Reference: "RFC 4954 section 4 (501)",
	},
	{
		Code: "auth-line-too-long", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
		Summary:   "The login with {mechanism} is longer than {host} reads",
		Cause:     Say("Its reply: {reply}", "Access tokens with many claims can have some thousand characters, and old servers read 512 or 1024."),
		Prose:     []string{"a token with fewer scopes and claims", "the server's limit raised to the 12288 characters of RFC 4954, if it is yours"},
		Reference: "RFC 4954 sections 4 and 6 (500 5.5.6)",
	},
	{
		Code: "auth-twice", Stage: Apply, Severity: SeverityError, Attribute: "host",
		Summary: "{host} takes AUTH for out of order",
		Cause: Say(
			"Its reply: {reply}",
			"AUTH was sent once, after EHLO. Either the server counts this connection as logged in already, by its address or client certificate, or it wants something else first.",
			"The connection is in {clear}: some servers answer so when they want TLS first.",
		),
		Prose: []string{
			`tls_mode = "starttls" or "implicit", if it is "none"`,
			"no username, password and access_token, if the server knows this client by its address or certificate",
		},
		Reference: "RFC 4954 section 4 (503)",
	},
	{
		Code: "auth-closed", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "{host} closed the connection in place of an answer to the login",
		Cause:     Say("Some servers do that to addresses and accounts with too many failed logins, some to mechanisms that crash them, and some relays when the server behind them is down. Whether the credentials are right is not known, and nothing was tried again."),
		Prose:     []string{"terraform apply again in some minutes", "another auth_mechanism of those that the server offers", "the server's log, if it is yours"},
		Reference: "RFC 4954 section 4",
	},
	{
		Code: "auth-external-refused", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
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
