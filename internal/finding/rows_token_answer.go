package finding

// tokenURL is for hosts where something other than a token service answers.
var tokenURL = Do("Set token_url to the token endpoint that the service documents.")

// tokenAnswerRows are what a token service was seen to do.
func tokenAnswerRows() []Row {
	return []Row{
		{
			Code: "oauth2-offline", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
			Summary: "No token can be requested: the provider is offline",
			Cause:   Say("The provider block sets offline = true, or SMTP_OFFLINE is set in the environment. The provider returns no empty token instead, because the configuration would pass it on."),
			Fixes: []Fix{
				Set("count = 0 # while offline"),
				Do("Remove offline from the provider block, or unset SMTP_OFFLINE."),
			},
		},
		{
			Code: "oauth2-service-unreachable", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
			Summary: "The token service {host} can't be reached",
			Cause:   Say("{reason}", "The request goes through the proxy that HTTPS_PROXY names, if it is set. Nothing was sent twice."),
			Fixes: []Fix{
				Do("Check the host in token_url."),
				Do("Check name resolution, firewall, HTTPS_PROXY and NO_PROXY on the machine that runs Terraform."),
			},
		},
		{
			Code: "oauth2-service-timeout", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
			Summary: "The token service {host} did not answer in time",
			Cause:   Say("The provider waited {timeout}."),
			Fixes:   []Fix{waitLonger, Do("Check that no firewall drops the packets to {host}.")},
		},
		{
			Code: "oauth2-service-certificate", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
			Summary: "There is no secure connection to the token service {host}",
			Cause:   Say("{reason}", "Nothing was sent to it. The provider block's ca_cert_pem is for mail servers and has no effect here."),
			Fixes: []Fix{
				Do("If the certificate is for another name, correct the host in token_url."),
				Do(`If the service or a proxy uses a private authority, set ca_cert_pem = file("ca.pem") in this block.`),
			},
		},
		{
			Code: "oauth2-service-redirect", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
			Summary:   "The token service {host} redirects the request (HTTP {status})",
			Cause:     If(Has("target"), "It points to {target}.").Say("The provider does not follow redirects: they would take the client secret and the refresh token elsewhere."),
			Fixes:     []Fix{tokenURL},
			Reference: "RFC 6749 section 3.2, RFC 9700 section 4.12",
		},
		{
			Code: "oauth2-answer-too-large", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
			Summary: "The answer of {host} is larger than {limit}",
			Cause:   Say("An answer with a token has a few thousand bytes. This one is probably a web page."),
			Fixes:   []Fix{tokenURL},
		},
		{
			Code: "oauth2-answer-not-json", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
			Summary:   "{host} does not answer like a token service (HTTP {status})",
			Cause:     Say("The answer is {what}, not JSON."),
			Fixes:     []Fix{tokenURL, Do("If a proxy or portal on the path sends the page, let this request through.")},
			Reference: "RFC 6749 section 5.1",
		},
		{
			Code: "oauth2-service-error", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
			Summary: "The token service {host} answered HTTP {status}",
			Cause:   If(Has("reply"), "It says: {reply}").Say("A status of 500 or more is a fault of the service and usually passes. 404 and 405 mean that token_url is wrong."),
			Fixes:   []Fix{tryAgain, tokenURL},
		},
		{
			Code: "oauth2-answer-no-token", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
			Summary:   "The answer of {host} contains no access token",
			Cause:     If(Has("instead"), "It contains {instead} instead.").Say("The answer is JSON and reports no error."),
			Fixes:     []Fix{Do("Request the scopes for SMTP, not only those for a login with OpenID."), tokenURL},
			Reference: "RFC 6749 section 5.1",
		},
		{
			Code: "oauth2-token-type", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
			Summary:   "{host} issues tokens of type {type}, which SMTP can't send",
			Cause:     Say("XOAUTH2 and OAUTHBEARER carry only bearer tokens."),
			Fixes:     []Fix{Do("Configure the client at the token service to receive bearer tokens.")},
			Reference: "RFC 6750, RFC 7628 section 3.1",
		},
		{
			Code: "oauth2-client-rejected", Stage: Apply, Severity: SeverityError, Attribute: "client_id",
			Summary: "{host} rejected the client (invalid_client)",
			Cause: If(Has("reply"), "It says: {reply}").
				If(Has("number"), "{number}: {meaning}").
				Say("Either it doesn't know this client_id, or client_secret is wrong, expired or missing. The provider tried nothing else."),
			Fixes: []Fix{
				Do("Copy client_id and client_secret of the same client from the service's console."),
				Do("Create a new client secret, if the old one has expired."),
				Do("Set token_url to that of the tenant or realm in which the client is registered."),
			},
			Reference: "RFC 6749 section 5.2",
		},
		{
			Code: "oauth2-refresh-token-rejected", Stage: Apply, Severity: SeverityError, Attribute: "client_id",
			Summary: "{host} rejected the refresh token (invalid_grant)",
			Cause: If(Has("reply"), "It says: {reply}").
				If(Has("number"), "{number}: {meaning}").
				Say("Refresh tokens expire, and are revoked when the user withdraws consent or changes the password. They work only with the client_id that they were issued to.").
				If(Is("service", "Google"), "Google revokes an app's refresh tokens after 7 days while its consent screen is external and in testing, after 6 months without use, and, with Gmail scopes, when the password changes."),
			Fixes: []Fix{
				Do("Have the owner of the mailbox consent again, and use the new refresh token."),
				Do("In the Google Cloud console, set the app's publishing status to In production, then get a new refresh token.").If(Is("service", "Google")),
				Do("Use the client_id and client_secret that the refresh token was issued to."),
			},
			Reference: "RFC 6749 section 5.2, https://developers.google.com/identity/protocols/oauth2#expiration, https://learn.microsoft.com/entra/identity-platform/reference-error-codes",
		},
		{
			Code: "oauth2-assertion-rejected", Stage: Apply, Severity: SeverityError, Attribute: "client_id",
			Summary: "{host} rejected the assertion that private_key_pem signed ({error})",
			Cause: If(Has("reply"), "It says: {reply}").
				Say(
					"The assertion was made at {time} by this machine's clock, and is valid for five minutes.",
					"The service rejects it if that clock is wrong, if private_key_pem is not a key of issuer, if audience is not the service's own name, or if subject is not a user there.",
				),
			Fixes: []Fix{
				Do("Take private_key_pem, private_key_id and issuer from the same key file (private_key, private_key_id and client_email in Google's)."),
				setClock,
				Do("Set subject to the address of a mailbox that the issuer may act for."),
			},
			Reference: "RFC 7523 section 3.1, https://developers.google.com/identity/protocols/oauth2/service-account",
		},
		{
			Code: "oauth2-scope-rejected", Stage: Apply, Severity: SeverityError, Attribute: "scopes",
			Summary: "{host} rejected the scopes (invalid_scope)",
			Cause: If(Has("reply"), "It says: {reply}").
				If(Has("number"), "{number}: {meaning}").
				Say("The service doesn't know them, they can't be combined, or they go beyond what the user agreed to."),
			Fixes: []Fix{
				Example(`scopes = ["https://mail.google.com/"] # Google`).If(Not("service", "Microsoft")),
				Example(`scopes = ["https://outlook.office.com/SMTP.Send", "offline_access"] # Microsoft, with a refresh token`).If(Not("service", "Google")),
				Example(`scopes = ["https://outlook.office365.com/.default"] # Microsoft, for an application`).If(Not("service", "Google")),
			},
			Reference: "RFC 6749 section 5.2",
		},
		{
			Code: "oauth2-grant-not-allowed", Stage: Apply, Severity: SeverityError, Attribute: "client_id",
			Summary: "{host} does not allow this client the grant {grant} ({error})",
			Cause: If(Has("reply"), "It says: {reply}").
				If(Has("number"), "{number}: {meaning}").
				Say("It knows the client, but not for this grant.").
				If(Is("service", "Google").And(Has("scope")), "At Google, a service account needs domain-wide delegation for the scope {scope}, which an administrator of the Workspace grants."),
			Fixes: []Fix{
				Do("Allow the grant {grant} for this client at the token service."),
				Do("In the Google Admin console, add the service account's numeric client ID under Security, API controls, Domain-wide delegation.").If(Is("service", "Google")),
			},
			Reference: "RFC 6749 section 5.2, https://developers.google.com/identity/protocols/oauth2/service-account",
		},
		{
			Code: "oauth2-request-rejected", Stage: Apply, Severity: SeverityError, Attribute: "token_url",
			Summary: "{host} refused to issue a token: {error}",
			Cause: If(Has("reply"), "It says: {reply}").
				If(Has("number"), "{number}: {meaning}").
				Say("The request used the grant {grant}."),
			Fixes:     []Fix{Do("Look up {error} in the service's documentation."), tryAgain},
			Reference: "RFC 6749 section 5.2",
		},
		{
			Code: "oauth2-refresh-token-rotated", Stage: Apply, Severity: SeverityWarning, Attribute: "client_id",
			Summary: "{host} issued a new refresh token, and it is lost",
			Cause: Say("Some services replace the refresh token each time it is used. This block runs at plan and again at apply and stores nothing, so the new tokens are gone.").
				If(Is("service", "Microsoft"), "Microsoft keeps accepting the old one until it expires, 90 days after it was issued. Then the owner of the mailbox has to consent again.").
				If(Not("service", "Microsoft"), "{host} may revoke a refresh token after its first use, and treat a second use as theft. Then the next run fails, and the owner of the mailbox has to consent again."),
			Fixes: []Fix{
				Do("Use client_secret and scopes without refresh_token (client_credentials): there is nothing to rotate."),
				Do("Turn off rotation for this client at the token service."),
				Do("Set access_token from a program that stores the newest refresh token, instead of this block."),
			},
			Reference: "RFC 6749 section 6, RFC 9700 section 4.14, https://learn.microsoft.com/entra/identity-platform/refresh-tokens",
		},
		{
			Code: "oauth2-scope-narrowed", Stage: Apply, Severity: SeverityWarning, Attribute: "scopes",
			Summary: "{host} issued a token for less than was requested",
			Cause:   Say("Not granted: {lacking}.", "Granted: {granted}.", "A mail server rejects a token that lacks its scope."),
			Fixes: []Fix{
				Do("Have the owner of the mailbox consent again, with every box ticked, and use the new refresh token."),
				Do("Remove the scopes that you don't need."),
			},
			Reference: "RFC 6749 section 3.3",
		},
	}
}
