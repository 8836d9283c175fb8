package finding

// tokenRequestRows are about the arguments that request an access token.
func tokenRequestRows() []Row {
	return []Row{
		{
			Code: "oauth2-token-url", Stage: Plan, Severity: SeverityError, Attribute: "token_url", Guard: true,
			Summary: "token_url is not the URL of a token service: {reason}",
			Cause:   Say("The client secret and the refresh token are sent there, so it must use https, unless it is this machine itself."),
			Fixes: []Fix{
				Set(`token_url = "{meant}"`).If(Has("meant")),
				Example(`token_url = "https://oauth2.googleapis.com/token" # Google`).If(Lacks("meant")),
				Example(`token_url = "https://login.microsoftonline.com/${var.tenant_id}/oauth2/v2.0/token" # Microsoft`).If(Lacks("meant")),
			},
			Reference: "RFC 6749 section 3.2",
		},
		{
			Code: "oauth2-token-url-page", Stage: Plan, Severity: SeverityError, Attribute: "token_url",
			Summary: "token_url is a login page, not the endpoint that issues tokens",
			Cause:   Say("Its path ends in /{end}, as the authorization endpoint of {service} does. That one answers browsers with HTML."),
			Fixes: []Fix{
				Set(`token_url = "{endpoint}"`).If(Has("endpoint")),
				Do("Set token_url to the token endpoint of the same service; its URL usually ends in /token.").If(Lacks("endpoint")),
			},
			Reference: "RFC 6749 sections 3.1 and 3.2",
		},
		{
			Code: "oauth2-grant-missing", Stage: Plan, Severity: SeverityError, Attribute: "token_url", Guard: true,
			Summary: "The token request needs {missing}",
			Cause: If(Has("grant"), "The other arguments are those of the grant {grant}.").
				If(Lacks("grant"), "No argument says how to request a token."),
			Fixes: []Fix{
				Example("client_id = var.client_id").If(Is("missing", "client_id")),
				Example(`issuer = "robot@project.iam.gserviceaccount.com" # client_email in the key file`).If(Is("missing", "issuer")),
				Set(`scopes = ["https://mail.google.com/"]`).If(Is("missing", "scopes").And(Is("service", "Google"))),
				Set(`scopes = ["https://outlook.office365.com/.default"]`).If(Is("missing", "scopes").And(Is("service", "Microsoft"))),
				Example("client_id = var.client_id", "refresh_token = var.refresh_token # for a person's mailbox").If(Lacks("grant")),
				Example("client_id = var.client_id", "client_secret = var.client_secret", `scopes = ["…"] # for an application`).If(Lacks("grant")),
				Example("private_key_pem = var.private_key", `issuer = "…"`, `scopes = ["…"] # for a service account`).If(Lacks("grant")),
			},
			Reference: "RFC 6749 sections 4.4 and 6, RFC 7523 section 2.1",
		},
		{
			Code: "oauth2-grant-ambiguous", Stage: Plan, Severity: SeverityError, Attribute: "token_url", Guard: true,
			Summary: "{first} and {second} are both set",
			Cause:   Say("They belong to two grants, {first_grant} and {second_grant}. The provider uses one grant, and does not try one after the other."),
			Fixes: []Fix{
				Remove("{second}"),
				Remove("client_secret").If(Is("first", "client_secret")),
				Remove("refresh_token", "client_secret").If(Is("first", "refresh_token")),
			},
			Reference: "RFC 6749 section 4",
		},
		{
			Code: "oauth2-claims-unused", Stage: Plan, Severity: SeverityWarning, Attribute: "token_url",
			Summary:   "{argument} has no effect without private_key_pem",
			Cause:     Say("It is part of the assertion that the private key signs."),
			Fixes:     []Fix{Remove("{argument}"), Example("private_key_pem = var.private_key")},
			Reference: "RFC 7523 section 3",
		},
		{
			Code: "oauth2-private-key-unreadable", Stage: Plan, Severity: SeverityError, Attribute: "token_url", Guard: true,
			Summary: "private_key_pem is not a private key that can sign: {reason}",
			Cause:   Say("It takes an RSA key of at least 2048 bits (RS256) or one on the curve P-256 (ES256), in PEM form and without a passphrase."),
			Fixes: []Fix{
				Example("private_key_pem = jsondecode(var.service_account).private_key # Google's key file"),
				Example("private_key_pem = var.private_key # the text of the key file"),
			},
			Reference: "RFC 7518 sections 3.3 and 3.4",
		},
		{
			Code: "oauth2-scope-invalid", Stage: Plan, Severity: SeverityError, Attribute: "scopes", Guard: true,
			Summary:   "An element of scopes is not a single scope",
			Cause:     Say("Each element is one scope: printable ASCII without spaces, quotation marks and backslashes."),
			Fixes:     []Fix{Example(`scopes = ["https://outlook.office.com/SMTP.Send", "offline_access"]`)},
			Reference: "RFC 6749 section 3.3",
		},
		{
			Code: "oauth2-scope-service", Stage: Plan, Severity: SeverityError, Attribute: "scopes",
			Summary:   `"{scope}" gives no token for SMTP at {service}`,
			Cause:     Say("For SMTP, {service} needs the scope {want}. Its mail servers reject a token for another API."),
			Fixes:     []Fix{Set(`scopes = ["{want}"]`)},
			Reference: "https://developers.google.com/workspace/gmail/imap/xoauth2-protocol, https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth",
		},
		{
			Code: "oauth2-secret-id", Stage: Plan, Severity: SeverityError, Attribute: "client_id",
			Summary:   "client_secret is the ID of a secret, not the secret",
			Cause:     Say("Microsoft Entra lists each client secret with a Secret ID, which is a UUID, and a Value, which it shows once, when the secret is created. Only the value works; the ID gets AADSTS7000215."),
			Fixes:     []Fix{Example("client_secret = var.client_secret # the column Value")},
			Reference: "https://learn.microsoft.com/azure/developer/java/sdk/troubleshooting-authentication-service-principal",
		},
		{
			Code: "oauth2-refresh-token-kind", Stage: Plan, Severity: SeverityError, Attribute: "client_id",
			Summary:   "refresh_token is {kind}",
			Cause:     Say("The token service returns the refresh token when the authorization code is exchanged, in the field refresh_token."),
			Fixes:     []Fix{Example("refresh_token = var.refresh_token # the field refresh_token of the answer")},
			Reference: "RFC 6749 section 4.1.4, https://developers.google.com/identity/protocols/oauth2/web-server",
		},
		{
			Code: "oauth2-token-url-unusual", Stage: Plan, Severity: SeverityWarning, Attribute: "token_url",
			Summary: "token_url looks like a login page",
			Cause:   Say("Its path ends in /{end}, as the authorization endpoint of many services does. The token endpoint of the same service usually ends in /token."),
			Fixes: []Fix{
				Set(`token_url = "{endpoint}"`).If(Has("endpoint")),
				Do("Set token_url to the token endpoint that your service documents.").If(Lacks("endpoint")),
			},
		},
	}
}
