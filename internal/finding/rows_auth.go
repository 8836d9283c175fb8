package finding

var authRows = []Row{
	{
		Code: "username-without-secret", Stage: Plan, Severity: Error, Attribute: "username",
		Summary: "username is given, but nothing to log in with",
		Cause:   []string{`verify = "{verify}" logs in at apply, and a user name alone can't.`},
		Fixes: []string{
			"password_wo = var.smtp_password with password_wo_version = 1 (or password, which is kept in the state)",
			"access_token = … for OAuth2",
			`verify = "handshake" to check everything but the login`,
		},
		Guard: true,
	},
	{
		Code: "secret-without-username", Stage: Plan, Severity: Error, Attribute: "username",
		Summary: "A password or token is given, but no username",
		Cause:   []string{`verify = "{verify}" logs in at apply, and every mechanism that sends a secret needs to say whose it is. Where a service knows no user names it documents a fixed word, such as "apikey" or "resend".`},
		Fixes: []string{
			`username = "…" as your mail service gives it`,
			`verify = "handshake" to check everything but the login`,
		},
		Guard: true,
	},
	{
		Code: "login-without-credentials", Stage: Plan, Severity: Error, Attribute: "verify",
		Summary: `verify = "{verify}" needs credentials, and none are given`,
		Cause:   []string{"There is nothing to log in with."},
		Fixes:   []string{"username and password_wo (or password, or access_token)", `verify = "handshake"`},
		Guard:   true,
	},
	{
		Code: "two-secrets", Stage: Plan, Severity: Error, Attribute: "username", Guard: true,
		Summary: "{first} and {second} are both given",
		Cause:   []string{"Only one of them can be the secret of this login, and none is tried after another: a server counts each refused login."},
		Fixes:   []string{"{first} alone", "{second} alone"},
	},
	{
		Code: "auth-mechanism-word", Stage: Plan, Severity: Error, Attribute: "auth_mechanism", Guard: true,
		Summary: `auth_mechanism = "{word}" is not a mechanism this provider has`,
		Cause:   []string{"It has {known}. Without auth_mechanism it takes the safest that the server offers and the credentials fit."},
		Fixes:   []string{`auth_mechanism = "{meant}"`, "no auth_mechanism"},
	},
	{
		Code: "mechanism-needs-password", Stage: Plan, Severity: Error, Attribute: "auth_mechanism",
		Summary: "{mechanism} logs in with a password, but an access token is given",
		Cause:   []string{"A token sent as a password would be refused, and shown to a server that did not ask for it."},
		Fixes:   []string{`auth_mechanism = "XOAUTH2"`, `auth_mechanism = "OAUTHBEARER"`, "password_wo in place of the token"},
		Guard:   true,
	},
	{
		Code: "mechanism-needs-token", Stage: Plan, Severity: Error, Attribute: "auth_mechanism",
		Summary: "{mechanism} logs in with an OAuth2 access token, but a password is given",
		Cause:   []string{"A password sent as a bearer token would be refused, and could end up in the logs of a token service."},
		Fixes:   []string{"access_token = … in place of the password", "no auth_mechanism, to take the best that the server offers for a password"},
		Guard:   true,
	},
	{
		Code: "credential-line-end", Stage: Plan, Severity: Error, Attribute: "username", Guard: true,
		Summary: "{argument} begins or ends with a line end",
		Cause:   []string{"It came along with file(), a heredoc or echo, and is not a part of the credential: the login would be refused."},
		Fixes:   []string{`{argument} = trimspace(file("…"))`},
	},
	{
		Code: "credential-white-space", Stage: Plan, Severity: Error, Attribute: "username",
		Summary: "{argument} begins or ends with white space",
		Cause:   []string{"It mostly came along with copying. Few credentials really begin or end with a space."},
		Fixes:   []string{"{argument} = trimspace(…)"},
	},
	{
		Code: "credential-control-character", Stage: Plan, Severity: Error, Attribute: "username", Guard: true,
		Summary:   "{argument} holds a control character",
		Cause:     []string{"Line ends and NUL divide the fields of a login on the wire; a credential that holds one can't be sent, and could forge a command."},
		Fixes:     []string{"{argument} without control characters; chomp(…) cuts a line end"},
		Reference: "RFC 4616 section 2, RFC 4954 section 4",
	},
	{
		Code: "credential-empty", Stage: Plan, Severity: Error, Attribute: "username", Guard: true,
		Summary: "{argument} is empty",
		Cause:   []string{"An empty text is not the same as no value. It often comes from a variable with default = \"\"; null is the way to say that there is none."},
		Fixes:   []string{"{argument} = null where there is none", "a value for {argument}"},
	},
}
