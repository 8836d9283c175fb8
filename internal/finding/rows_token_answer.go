package finding

// tokenAnswerRows are what a token service was seen to do.
var tokenAnswerRows = []Row{
	{
		Code: "oauth2-offline", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
		Summary: "No token can be fetched: the provider is offline",
		Cause:   Say("offline = true in the provider block, or SMTP_OFFLINE in the environment, keeps it from contacting anything. An empty token in place of one would be handed on to whatever takes it."),
		Prose:   []string{"no offline in the provider block and no SMTP_OFFLINE in the environment", "count = 0 on this block while offline"},
	},
	{
		Code: "oauth2-service-unreachable", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
		Summary: "The token service {host} can't be reached",
		Cause:   Say("{reason}", "The request goes through the proxy that HTTPS_PROXY names, if it is set. Nothing was sent twice."),
		Prose:   []string{"the host in token_url", "a way from this machine to {host}: name resolution, firewall, HTTPS_PROXY and NO_PROXY"},
	},
	{
		Code: "oauth2-service-timeout", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
		Summary: "The token service {host} did not answer in time",
		Cause:   Say("The time for the request was {timeout}."),
		Prose:   []string{`timeout = "60s"`, "a way from this machine to {host}: a firewall may swallow the packets"},
	},
	{
		Code: "oauth2-service-certificate", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
		Summary: "There is no safe connection to the token service {host}",
		Cause:   Say("{reason}", "Nothing was sent to it. The provider's ca_cert_pem is for mail servers; it does not count here."),
		Prose:   []string{"the host in token_url, if the certificate is for another one", `ca_cert_pem = file("ca.pem") in this block, if the service or a proxy has a private authority`},
	},
	{
		Code: "oauth2-service-redirect", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
		Summary:   "The token service {host} sends the request elsewhere (HTTP {status})",
		Cause:     Say("It points to {target}.", "A redirect is not followed: it would take the client secret and the refresh token to another place."),
		Prose:     []string{"token_url = the address that gives tokens itself, as the service documents it"},
		Reference: "RFC 6749 section 3.2, RFC 9700 section 4.12",
	},
	{
		Code: "oauth2-answer-too-large", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
		Summary: "The answer of {host} is larger than {limit}",
		Cause:   Say("An answer with a token has some thousand bytes. This is likely another page."),
		Prose:   []string{"token_url = the address that gives tokens, as the service documents it"},
	},
	{
		Code: "oauth2-answer-not-json", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
		Summary:   "The answer of {host} is not that of a token service (HTTP {status})",
		Cause:     Say("It is {what} where JSON is due."),
		Prose:     []string{"token_url = the address that gives tokens, not the one of a login page", "a proxy or portal on the way to {host}, if the page comes from there"},
		Reference: "RFC 6749 section 5.1",
	},
	{
		Code: "oauth2-service-error", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
		Summary: "The token service {host} answers HTTP {status}",
		Cause:   Say("It says: {reply}", "Statuses of 500 and more are trouble of the service and mostly pass; 404 and 405 mean that token_url is another address."),
		Prose:   []string{"another attempt later", "token_url = the address that gives tokens, as the service documents it"},
	},
	{
		Code: "oauth2-answer-no-token", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
		Summary:   "The answer of {host} holds no access token",
		Cause:     Say("In place of it there is {instead}.", "The answer is JSON and reports no error."),
		Prose:     []string{"scopes that ask for SMTP, not for a login with OpenID alone", "token_url = the address that gives tokens, as the service documents it"},
		Reference: "RFC 6749 section 5.1",
	},
	{
		Code: "oauth2-token-type", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
		Summary:   "The token of {host} is of type {type}, which SMTP can't send",
		Cause:     Say("XOAUTH2 and OAUTHBEARER carry bearer tokens alone."),
		Prose:     []string{"a client of the token service that is given bearer tokens"},
		Reference: "RFC 6750, RFC 7628 section 3.1",
	},
	{
		Code: "oauth2-client-rejected", Stage: Apply, Severity: SeverityError, Attribute: "client_id",
		Summary: "{host} does not accept the client (invalid_client)",
		Cause: Say(
			"It says: {reply}",
			"{number}: {meaning}",
			"Either it knows no such client_id, or client_secret is wrong, over or missing. Nothing else was tried.",
		),
		Prose: []string{
			"client_id and client_secret of one and the same client, as the service shows them",
			"a new client secret, if the old one is over",
			"token_url of the tenant or realm that the client is registered in",
		},
		Reference: "RFC 6749 section 5.2",
	},
	{
		Code: "oauth2-refresh-token-rejected", Stage: Apply, Severity: SeverityError, Attribute: "client_id",
		Summary: "{host} does not accept the refresh token (invalid_grant)",
		Cause: Say(
			"It says: {reply}",
			"{number}: {meaning}",
			"Refresh tokens are over when their time has come, when the person takes the access back or changes the password, when they were not used for months, and they work for the client_id alone that they were made for.",
			"{google} ends the refresh tokens of an app after 7 days as long as its consent screen is for external users and in testing; after 6 months without use; and with a new password, where the scopes include Gmail.",
		),
		Prose: []string{
			"refresh_token = a new one, from a new consent of the owner of the mailbox",
			"the publishing status In production for the app in the {google} Cloud console, and then a new refresh token",
			"client_id and client_secret of the client that the refresh token was made for",
		},
		Reference: "RFC 6749 section 5.2, https://developers.google.com/identity/protocols/oauth2#expiration, https://learn.microsoft.com/entra/identity-platform/reference-error-codes",
	},
	{
		Code: "oauth2-assertion-rejected", Stage: Apply, Severity: SeverityError, Attribute: "client_id",
		Summary: "{host} does not accept what private_key_pem signed ({error})",
		Cause: Say(
			"It says: {reply}",
			"The statement was made at {time} by the clock of this machine, and holds for five minutes.",
			"It is refused when that clock is off, when private_key_pem (and private_key_id) is not a key of issuer, when audience is not how the service calls itself, and when subject is no user there.",
		),
		Prose: []string{
			"private_key_pem, private_key_id and issuer from one and the same key file (private_key, private_key_id and client_email in one of Google's)",
			"the clock of this machine set right",
			"subject = the address of a mailbox that the issuer may act for",
		},
		Reference: "RFC 7523 section 3.1, https://developers.google.com/identity/protocols/oauth2/service-account",
	},
	{
		Code: "oauth2-scope-rejected", Stage: Apply, Severity: SeverityError, Attribute: "scopes",
		Summary: "{host} does not accept the scopes (invalid_scope)",
		Cause:   Say("It says: {reply}", "{number}: {meaning}", "They are unknown there, don't go together, or go beyond what was agreed to."),
		Prose: []string{
			`scopes = ["https://mail.google.com/"] with Google`,
			`scopes = ["https://outlook.office.com/SMTP.Send", "offline_access"] with a refresh token of Microsoft's`,
			`scopes = ["https://outlook.office365.com/.default"] with an application of its own in Microsoft Entra`,
		},
		Reference: "RFC 6749 section 5.2",
	},
	{
		Code: "oauth2-grant-not-allowed", Stage: Apply, Severity: SeverityError, Attribute: "client_id",
		Summary: "{host} knows the client, but does not let it ask in this way ({error})",
		Cause: Say(
			"It says: {reply}",
			"{number}: {meaning}",
			"It was asked by the grant {grant}.",
			"With {google} a service account needs domain-wide delegation for the scope {scope}, set by an administrator of the Workspace.",
		),
		Prose: []string{
			"the grant allowed for the client at the token service",
			"the numeric client ID of the service account under Security, API controls, Domain-wide delegation in the {google} Admin console",
		},
		Reference: "RFC 6749 section 5.2, https://developers.google.com/identity/protocols/oauth2/service-account",
	},
	{
		Code: "oauth2-request-rejected", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
		Summary:   "{host} gives no token: {error}",
		Cause:     Say("It says: {reply}", "{number}: {meaning}", "It was asked by the grant {grant}."),
		Prose:     []string{"what the service's documentation says of {error}", "another attempt later, if it says that it is busy"},
		Reference: "RFC 6749 section 5.2",
	},
	{
		Code: "oauth2-refresh-token-rotated", Stage: Apply, Severity: SeverityWarning, Attribute: "client_id",
		Summary: "{host} gave a new refresh token, and it is lost",
		Cause: Say(
			"Services that rotate refresh tokens give a new one with each access token. This block runs at plan and again at apply and keeps nothing, so that both used the same one, and the new ones are gone.",
			"{kept} goes on accepting the old one until its own time is over (90 days since it was made); then the owner of the mailbox has to agree again.",
			"{unsure} may end a refresh token once it was used, and take its second use for theft: then the next run fails, and the owner of the mailbox has to agree again.",
		),
		Prose: []string{
			"client_credentials (client_id, client_secret and scopes, without refresh_token), which has nothing to rotate",
			"rotation switched off for this client at the token service",
			"access_token from a program that keeps the newest refresh token, in place of this block",
		},
		Reference: "RFC 6749 section 6, RFC 9700 section 4.14, https://learn.microsoft.com/entra/identity-platform/refresh-tokens",
	},
	{
		Code: "oauth2-scope-narrowed", Stage: Apply, Severity: SeverityWarning, Attribute: "scopes",
		Summary:   "{host} gave a token for less than was asked for",
		Cause:     Say("Not granted: {lacking}.", "Granted: {granted}.", "A mail server refuses a token that lacks its scope."),
		Prose:     []string{"a new consent of the owner of the mailbox, with every box ticked, and the refresh token from it", "scopes without what is not needed"},
		Reference: "RFC 6749 section 3.3",
	},
}
