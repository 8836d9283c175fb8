package finding

func authRows() []Row {
	return []Row{
		{
			Code: "username-without-secret", Stage: Plan, Severity: SeverityError, Attribute: "username",
			Summary: "username is set, but there is no password or token",
			Cause:   Say(`verify = "{verify}" logs in, which needs a password or a token as well as a user name.`),
			Fixes: []Fix{
				Example("password = var.smtp_password"),
				Example("access_token = var.access_token # OAuth2"),
				Set(`verify = "handshake" # everything but the login`),
			},
			Guard: true,
		},
		{
			Code: "secret-without-username", Stage: Plan, Severity: SeverityError, Attribute: "username",
			Summary: "A password or token is set, but no username",
			Cause:   Say(`verify = "{verify}" logs in, which needs a user name too. Services that have no user names document a fixed word, such as "apikey" or "resend".`),
			Fixes: []Fix{
				Example(`username = "app@example.com" # as your mail service gives it`),
				Set(`verify = "handshake" # everything but the login`),
			},
			Guard: true,
		},
		{
			Code: "login-without-credentials", Stage: Plan, Severity: SeverityError, Attribute: "verify",
			Summary: `verify = "{verify}" needs credentials, and none are set`,
			Cause:   Say("This level logs in to the server."),
			Fixes: []Fix{
				Example(`username = "app@example.com"`, "password = var.smtp_password"),
				Set(`verify = "handshake" # everything but the login`),
			},
			Guard: true,
		},
		{
			Code: "two-secrets", Stage: Plan, Severity: SeverityError, Attribute: "username", Guard: true,
			Summary: "{first} and {second} are both set",
			Cause: If(Is("first", "client_key_pem"), "A client certificate has one private key. Terraform stores client_key_pem in the state, but not client_key_pem_wo.").
				If(Not("first", "client_key_pem"), "A login has one secret. The provider never tries a second one, because servers count refused logins."),
			Fixes: []Fix{Remove("{first}"), Remove("{second}")},
		},
		{
			Code: "auth-mechanism-word", Stage: Plan, Severity: SeverityError, Attribute: "auth_mechanism", Guard: true,
			Summary: `auth_mechanism = "{word}" is not a supported mechanism`,
			Cause:   Say("The provider supports {known}. Without auth_mechanism it picks the safest one that the server offers and that fits the credentials."),
			Fixes:   []Fix{Set(`auth_mechanism = "{meant}"`).If(Has("meant")), Remove("auth_mechanism")},
		},
		{
			Code: "mechanism-needs-password", Stage: Plan, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary: "{mechanism} logs in with a password, but an access token is set",
			Cause:   Say("The server would refuse the token as a password, and would have seen it by then."),
			Fixes: []Fix{
				Remove("auth_mechanism"),
				Set(`auth_mechanism = "XOAUTH2"`),
				Set(`auth_mechanism = "OAUTHBEARER"`),
				Example("password = var.smtp_password").Without("access_token"),
			},
			Guard: true,
		},
		{
			Code: "mechanism-needs-token", Stage: Plan, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary: "{mechanism} logs in with an access token, but a password is set",
			Cause:   Say("The server would refuse the password as a token, and could pass it on to a token service that logs it."),
			Fixes: []Fix{
				Remove("auth_mechanism"),
				Example("access_token = var.access_token").Without("password"),
			},
			Guard: true,
		},
		{
			Code: "credential-line-end", Stage: Plan, Severity: SeverityError, Attribute: "username", Guard: true,
			Summary:   "{argument} begins or ends with a line break",
			Cause:     Say("The line break is not part of the credential, so the server would refuse the login. It usually comes from file(), a heredoc or echo."),
			Fixes:     []Fix{Example("{argument} = trimspace(var.{variable})")},
			Reference: "RFC 4013 section 2.3, RFC 6750 section 2.1",
		},
		{
			Code: "credential-white-space", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
			Summary: "{argument} begins or ends with white space",
			Cause:   Say("It usually comes from copying. Few credentials really begin or end with a space."),
			Fixes:   []Fix{Example("{argument} = trimspace(var.{variable})")},
		},
		{
			Code: "credential-control-character", Stage: Plan, Severity: SeverityError, Attribute: "username", Guard: true,
			Summary:   "{argument} contains a control character",
			Cause:     Say("Line breaks and NUL separate the fields of a login on the wire. A credential that contains one can't be sent, and could forge a command."),
			Fixes:     []Fix{Example("{argument} = var.{variable} # without control characters")},
			Reference: "RFC 4616 section 2, RFC 4954 section 4",
		},
		{
			Code: "credential-empty", Stage: Plan, Severity: SeverityError, Attribute: "username", Guard: true,
			Summary: "{argument} is empty",
			Cause:   Say("An empty string is not the same as no value. It often comes from a variable with default = \"\"; use null for no value."),
			Fixes: []Fix{
				Example("{argument} = var.{variable}"),
				Remove("username", "password", "access_token"),
			},
		},
		{
			Code: "challenge-without-tls", Stage: Plan, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary: `Without TLS, {mechanism} does not protect the password`,
			Cause: Say(
				"It sends a value that is computed from the password. Anyone on the network path can test guesses against that value, and can change the mail that follows.",
			),
			Fixes:     toSubmission,
			Reference: "RFC 2195 section 4, RFC 5802 section 9, RFC 8314 section 4.1",
		},
		{
			Code: "binding-without-tls", Stage: Plan, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary:   `{mechanism} needs TLS to log in, but tls_mode is "none"`,
			Cause:     Say("Without TLS the client shows no certificate, and there is no TLS connection to bind the login to."),
			Fixes:     toSubmission,
			Reference: "RFC 5802 section 6, RFC 5929, RFC 4422 appendix A",
		},
		{
			Code: "external-without-certificate", Stage: Plan, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary: "EXTERNAL logs in with the client certificate, and there is none",
			Cause:   Say("The mechanism sends no secret: the client identifies itself in the TLS handshake."),
			Fixes: []Fix{
				Example(`client_cert_pem = file("client.pem")`, "client_key_pem = var.smtp_client_key").Without("password", "access_token"),
				Remove("auth_mechanism"),
			},
			Reference: "RFC 4422 appendix A",
		},
		{
			Code: "external-with-secret", Stage: Plan, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary:   "EXTERNAL logs in with the client certificate and never sends {argument}",
			Cause:     Say("Either the mechanism or the secret is a mistake."),
			Fixes:     []Fix{Remove("{argument}"), Remove("auth_mechanism")},
			Reference: "RFC 4422 appendix A",
		},
		{
			Code: "secret-placeholder", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
			Summary: "{argument} looks like a mask or a placeholder, not a secret",
			Cause:   Say("Programs show such characters instead of a secret, and examples contain such words. The value was probably copied from a screen, from an API that hides secrets, or from an example."),
			Fixes:   []Fix{Example("{argument} = var.{variable}")},
		},
		{
			Code: "secret-in-username", Stage: Plan, Severity: SeverityError, Attribute: "host",
			Summary: "username has the form of {kind}",
			Cause:   Say("A user name is not hidden: plans show it and the state keeps it. The secret is probably in the wrong argument."),
			Fixes: []Fix{
				Example(`username = "app@example.com" # as your mail service gives it`).
					Also(NotGiven("password").And(NotGiven("access_token")), "password = var.smtp_password"),
			},
		},
		{
			Code: "username-equals-password", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary: "username and {argument} are the same",
			Cause:   Say("A user name is not hidden: plans show it and the state keeps it, and with it the secret. Few services expect the same text twice; one of the two is probably wrong."),
			Fixes:   []Fix{Example(`username = "app@example.com" # as your mail service gives it`)},
		},
		{
			Code: "token-with-scheme", Stage: Plan, Severity: SeverityError, Attribute: "username",
			Summary:   `access_token begins with the word "Bearer"`,
			Cause:     Say("HTTP headers write it that way. Here the mechanism adds the word, so the server would get it twice and refuse the login."),
			Fixes:     []Fix{Example(`access_token = trimprefix(var.access_token, "Bearer ")`)},
			Reference: "RFC 6750 section 2.1, RFC 7628 section 3.1",
		},
		{
			Code: "token-white-space", Stage: Plan, Severity: SeverityError, Attribute: "username",
			Summary:   "access_token contains white space",
			Cause:     Say("No access token does. The space or line end usually comes from copying, or from a file."),
			Fixes:     []Fix{Example(`access_token = replace(var.access_token, "/\\s/", "")`)},
			Reference: "RFC 6750 section 2.1",
		},
		{
			Code: "token-wrong-kind", Stage: Plan, Severity: SeverityError, Attribute: "username",
			Summary: "access_token has the form of {kind}",
			Cause:   Say("A mail server only accepts the access token: what the token service returns as access_token, valid for about an hour."),
			Fixes: []Fix{
				Example("access_token = var.access_token # what the token service returns as access_token"),
				Do("Let the ephemeral smtp_oauth2_token fetch one with the refresh token or the client secret."),
			},
			Reference: "RFC 6749 sections 1.4 and 1.5",
		},
		{
			Code: "password-is-token", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
			Summary:   "{argument} has the form of {kind}",
			Cause:     Say("Tokens and passwords need different mechanisms, so the server would probably refuse the login."),
			Fixes:     []Fix{Example("access_token = var.access_token").Without("password")},
			Reference: "RFC 7628 section 3",
		},
		{
			Code: "write-only-unversioned", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary: "{argument} has no {argument}_version",
			Cause:   Say("Terraform doesn't store a write-only argument, so it can't see that the value changes: the next apply neither uses nor checks the new value. Increment {argument}_version whenever the value changes, and Terraform sees it."),
			Fixes:   []Fix{Set("{argument}_version = 1")},
		},
		{
			Code: "write-only-version-unused", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary: "{version} has no effect without {argument}",
			Cause: If(Has("stored"), "Terraform stores {stored}, so it sees each change without a version.").
				If(Lacks("stored"), "It tells Terraform that the value of {argument} changed, and {argument} is not set."),
			Fixes: []Fix{Remove("{version}")},
		},
		{
			Code: "write-only-unsupported", Stage: Plan, Severity: SeverityError, Attribute: "host", Guard: true,
			Summary: "{argument} needs Terraform or OpenTofu 1.11 or newer",
			Cause:   Say("This version has no write-only arguments: it stores every argument in the state."),
			Fixes: []Fix{
				Do("Run Terraform or OpenTofu 1.11 or newer."),
				Example("{stored} = var.{stored} # stored in the state").Without("{argument}", "{argument}_version"),
			},
			Reference: "https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only",
		},
	}
}
