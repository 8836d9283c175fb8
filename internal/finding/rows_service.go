package finding

// serviceRows are what a known mail service documents. Rows that stop a plan
// rest on documented facts alone; what others say of a service warns.
var serviceRows = []Row{
	{
		Code: "service-port", Stage: Plan, Severity: SeverityError, Attribute: "port",
		Summary: "{service} does not take mail on port {port}",
		Cause:   Say("Its documentation lists these: {ports}.", "According to: {source}."),
		Prose:   []string{`port = {best_port} with tls_mode = "{best_mode}"`},
	},
	{
		Code: "service-port-unlisted", Stage: Plan, Severity: SeverityWarning, Attribute: "port",
		Summary: "Port {port} is none of those that {service} is known to take mail on",
		Cause:   Say("Known are these: {ports}. There may be others that the sources leave out.", "According to: {source}."),
		Prose:   []string{`port = {best_port} with tls_mode = "{best_mode}"`},
	},
	{
		Code: "service-mode", Stage: Plan, Severity: SeverityError, Attribute: "tls_mode",
		Summary:   `{service} speaks {right} on port {port}, but tls_mode is "{mode}"`,
		Cause:     Say("Client and server would not understand each other: one of them waits for a TLS handshake, the other for plain text.", "According to: {source}."),
		Prose:     []string{`tls_mode = "{right}"`, `port = {best_port} with tls_mode = "{best_mode}"`},
		Reference: "RFC 8314 section 3",
	},
	{
		Code: "service-mode-unlisted", Stage: Plan, Severity: SeverityWarning, Attribute: "tls_mode",
		Summary:   `{service} likely speaks {right} on port {port}, but tls_mode is "{mode}"`,
		Cause:     Say("Client and server would then not understand each other: one of them waits for a TLS handshake, the other for plain text.", "According to: {source}."),
		Prose:     []string{`tls_mode = "{right}"`, `port = {best_port} with tls_mode = "{best_mode}"`},
		Reference: "RFC 8314 section 3",
	},
	{
		Code: "service-mechanism", Stage: Plan, Severity: SeverityWarning, Attribute: "auth_mechanism",
		Summary: "{service} is not known to offer {mechanism}",
		Cause:   Say("Known are these: {mechanisms}.", "According to: {source}."),
		Prose:   []string{"no auth_mechanism, to take the best that the server offers"},
	},
	{
		Code: "service-login", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
		Summary: "{service} takes no mail without a login, and the connection has no credentials",
		Cause:   Say("settings.auth is \"none\", so an application that gets it does not log in, and the server refuses its mail.", "According to: {source}."),
		Fixes: []Fix{
			Example(`username = "{value}"`, "password = var.smtp_password # {secret}").If(Has("value").And(Not("auth", "oauth2"))),
			Example(`username = "robot@example.org" # {hint}`, "password = var.smtp_password # {secret}").If(Lacks("value").And(Not("auth", "oauth2"))),
			Example(`username = "robot@example.org" # {hint}`, "access_token = var.access_token").If(Is("auth", "oauth2")),
		},
	},
	{
		Code: "service-username", Stage: Plan, Severity: SeverityError, Attribute: "username",
		Summary: "{service} takes another user name: {hint}",
		Cause:   Say("The user name is the same for every customer; who logs in is told by the secret.", "According to: {source}."),
		Prose:   []string{`username = "{value}"`},
	},
	{
		Code: "service-username-unusual", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
		Summary: "username does not have the form that {service} gives its user names",
		Cause:   Say("Expected is {hint}.", "According to: {source}."),
		Prose:   []string{`username = "{value}"`, "username = {hint}"},
	},
	{
		Code: "service-username-address", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
		Summary: "{service} takes an e-mail address as user name, and username is none",
		Cause:   Say("Expected is {hint}.", "According to: {source}."),
		Prose:   []string{`username = the complete address, with "@" and the domain`},
	},
	{
		Code: "service-token-twice", Stage: Plan, Severity: SeverityWarning, Attribute: "host",
		Summary: "{service} takes its token twice, and username is not the same as {argument}",
		Cause:   Say("Expected is {hint}.", "According to: {source}."),
		Prose:   []string{"username and password = the token, once each"},
	},
	{
		Code: "service-secret-shape", Stage: Plan, Severity: SeverityError, Attribute: "username",
		Summary: "{argument} does not have the form that {service} gives its passwords",
		Cause: Say(
			"Expected is {hint}.",
			"It has the length and the characters of {looks}.",
			"According to: {source}. No part of the secret is shown here.",
		),
		Prose: []string{"{argument} = {hint}"},
	},
	{
		Code: "service-secret-unusual", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
		Summary: "{argument} likely is not what {service} takes as a password",
		Cause: Say(
			"Expected is {hint}.",
			"It has the length and the characters of {looks}.",
			"According to: {source}. No part of the secret is shown here.",
		),
		Prose: []string{"{argument} = {hint}"},
	},
	{
		Code: "service-oauth2-only", Stage: Plan, Severity: SeverityError, Attribute: "username",
		Summary:   "{service} refuses passwords and wants an OAuth2 access token",
		Cause:     Say("The login would be refused, whatever the password.", "According to: {source}."),
		Prose:     []string{"access_token = … in place of the password; ephemeral smtp_oauth2_token gets one"},
		Reference: "RFC 7628",
	},
	{
		Code: "service-password-withdrawn", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
		Summary:   "{service} is switching off logins with a password",
		Cause:     Say("It may still work for your account today, and stop without a change of yours. OAuth2 access tokens are what stays.", "According to: {source}."),
		Prose:     []string{"access_token = … in place of the password; ephemeral smtp_oauth2_token gets one"},
		Reference: "RFC 7628",
	},
	{
		Code: "service-no-oauth2", Stage: Plan, Severity: SeverityWarning, Attribute: "username",
		Summary: "{service} is not known to take OAuth2 access tokens",
		Cause:   Say("Expected is {hint}.", "According to: {source}."),
		Prose:   []string{"password_wo = {hint}, in place of the token"},
	},
}
