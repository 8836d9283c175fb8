package finding

// recommended is the endpoint that a service recommends.
var recommended = Set("port = {best_port}", `tls_mode = "{best_mode}"`)

// withToken is a login with an OAuth2 access token.
var withToken = Example("access_token = var.access_token # ephemeral smtp_oauth2_token fetches one").Without("password", "auth_mechanism")

// serviceRows are what a known mail service documents. Rows that stop a plan
// rest on documented facts alone; what others say of a service warns.
func serviceRows() []Row {
	return []Row{
		{
			Code: "service-port", Stage: Plan, Severity: SeverityError, Attribute: "port",
			Summary: "{service} doesn't accept mail on port {port}",
			Cause:   Say("Its ports are {ports}.").If(Has("page"), "See {page}"),
			Fixes:   []Fix{recommended},
		},
		{
			Code: "service-port-unlisted", Stage: Plan, Severity: SeverityWarning, Attribute: "port",
			Summary: "{service} is not known to accept mail on port {port}",
			Cause:   Say("Its known ports are {ports}. There may be others.").If(Has("page"), "See {page}"),
			Fixes:   []Fix{recommended},
		},
		{
			Code: "service-mode", Stage: Plan, Severity: SeverityError, Attribute: "tls_mode",
			Summary: `Port {port} of {service} needs tls_mode = "{right}", not "{mode}"`,
			Cause:   Say("Client and server would not understand each other: one waits for a TLS handshake, the other for plain text.").If(Has("page"), "See {page}"),
			Fixes: []Fix{
				Set("port = {port}", `tls_mode = "{right}"`),
				recommended.If(Has("best_port")),
			},
			Reference: "RFC 8314 section 3",
		},
		{
			Code: "service-mode-unlisted", Stage: Plan, Severity: SeverityWarning, Attribute: "tls_mode",
			Summary: `Port {port} of {service} probably needs tls_mode = "{right}", not "{mode}"`,
			Cause:   Say("Client and server would then not understand each other: one waits for a TLS handshake, the other for plain text.").If(Has("page"), "See {page}"),
			Fixes: []Fix{
				Set("port = {port}", `tls_mode = "{right}"`),
				recommended.If(Has("best_port")),
			},
			Reference: "RFC 8314 section 3",
		},
		{
			Code: "service-mechanism", Stage: Plan, Severity: SeverityWarning, Attribute: "auth_mechanism",
			Summary: "{service} is not known to offer {mechanism}",
			Cause:   Say("It is known to offer {mechanisms}. Without auth_mechanism the provider picks the best one that the server offers.").If(Has("page"), "See {page}"),
			Fixes:   []Fix{Remove("auth_mechanism")},
		},
		{
			Code: "service-login", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
			Summary: "{service} requires a login, and the connection has no credentials",
			Cause:   Say(`settings.auth is "none", so applications don't log in, and the server refuses their mail.`).If(Has("page"), "See {page}"),
			Fixes: []Fix{
				Example("username = {example_username} # {hint}", "password = {example_password} # {secret}").If(Not("auth", "oauth2")),
				Example("username = {example_username} # {hint}", "access_token = var.access_token # ephemeral smtp_oauth2_token fetches one").If(Is("auth", "oauth2")),
			},
		},
		{
			Code: "service-username", Stage: Plan, Severity: SeverityError, Attribute: "username",
			Summary: "The user name of {service} is {hint}",
			Cause:   Say("All customers have the same user name; the secret identifies the account.").Say("See {page}"),
			Fixes:   []Fix{Set("username = {example_username}")},
		},
		{
			Code: "service-username-unusual", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
			Summary: "username doesn't look like a user name of {service}",
			Cause:   Say("{service} expects {hint}.").If(Has("page"), "See {page}"),
			Fixes: []Fix{
				Set("username = {example_username}").If(Has("value")),
				Example("username = {example_username}").If(Lacks("value")),
			},
		},
		{
			Code: "service-username-address", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
			Summary: "The user name of {service} is an e-mail address, and username is not one",
			Cause:   Say("{service} expects {hint}.").If(Has("page"), "See {page}"),
			Fixes:   []Fix{Example("username = {example_username}")},
		},
		{
			Code: "service-token-twice", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
			Summary: "{service} expects its token in both username and {argument}; yours differ",
			Cause:   Say("username is {hint}.", "{argument} is {secret}.").If(Has("page"), "See {page}"),
			Fixes:   []Fix{Example("username = {example_password}", "password = {example_password}")},
		},
		{
			Code: "service-secret-shape", Stage: Plan, Severity: SeverityError, Attribute: "username",
			Summary: "{argument} doesn't look like a password of {service}",
			Cause:   Say("{service} expects {hint}.").If(Has("looks"), "The value looks like {looks}.").Say("See {page}"),
			Fixes:   []Fix{Example("password = {example_password}")},
		},
		{
			Code: "service-secret-unusual", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
			Summary: "{argument} is probably not what {service} expects as a password",
			Cause:   Say("{service} expects {hint}.").If(Has("looks"), "The value looks like {looks}.").If(Has("page"), "See {page}"),
			Fixes:   []Fix{Example("password = {example_password}")},
		},
		{
			Code: "service-oauth2-only", Stage: Plan, Severity: SeverityError, Attribute: "username",
			Summary:   "{service} refuses passwords and requires an OAuth2 access token",
			Cause:     Say("The server would refuse the login, whatever the password.").If(Has("page"), "See {page}"),
			Fixes:     []Fix{withToken},
			Reference: "RFC 7628",
		},
		{
			Code: "service-password-withdrawn", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
			Summary:   "{service} is switching off logins with a password",
			Cause:     Say("A password may still work for your account today, but can stop working without notice. OAuth2 access tokens will keep working.").If(Has("page"), "See {page}"),
			Fixes:     []Fix{withToken},
			Reference: "RFC 7628",
		},
		{
			Code: "service-no-oauth2", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
			Summary: "{service} is not known to accept OAuth2 access tokens",
			Cause:   Say("{service} expects {hint}.").If(Has("page"), "See {page}"),
			Fixes:   []Fix{Example("password = {example_password}").Without("access_token", "auth_mechanism")},
		},
		{
			Code: "service-decides-after-data", Stage: Plan, Severity: SeverityWarning, Attribute: "verify",
			Summary: `verify = "envelope" proves less with {service}`,
			Cause:   Say("Only when it has the whole message, {service} decides {undecided}. The check ends before that, so the service may still refuse the first real mail."),
			Fixes: []Fix{
				Example(`verify = "message" # sends one test message at apply`, `rcpt_to = ["you@example.com"]`),
			},
		},
		{
			Code: "service-refuses-literals", Stage: Plan, Severity: SeverityWarning, Attribute: "ehlo_name",
			Summary:   "{service} refuses clients without a real name in EHLO",
			Cause:     Say("This machine has no name with a domain, and ehlo_name is not set, so the client gives an address in brackets as its name. {service} answers that with 421 and closes the connection; retries don't help."),
			Fixes:     []Fix{Example(`ehlo_name = "app.example.com" # a name that DNS knows`), Do("Set ehlo_name in the provider block, for all connections of this machine.")},
			Reference: "RFC 5321 section 4.1.4",
		},
	}
}
