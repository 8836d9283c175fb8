package finding

// tokenRequestRows are about what an access token is asked for with.
var tokenRequestRows = []Row{
	{
		Code: "oauth2-token-url", Stage: Plan, Severity: SeverityError, Attribute: "token_url", Guard: true,
		Summary:   "token_url is not the address of a token service: {reason}",
		Cause:     Say("Client secret and refresh token are sent there, so that it has to be https, or this machine itself."),
		Prose:     []string{`token_url = "https://oauth2.googleapis.com/token"`, `token_url = "https://login.microsoftonline.com/${var.tenant_id}/oauth2/v2.0/token"`},
		Reference: "RFC 6749 section 3.2",
	},
	{
		Code: "oauth2-token-url-page", Stage: Plan, Severity: SeverityError, Attribute: "token_url",
		Summary:   "token_url is the page where people log in, not the address that gives tokens",
		Cause:     Say("Its path ends in /{end}, as the authorization endpoint of OAuth2 does. That one answers browsers with HTML."),
		Prose:     []string{"token_url = the token endpoint of the same service, mostly the same address ending in /token", `token_url = "https://oauth2.googleapis.com/token" with Google`},
		Reference: "RFC 6749 sections 3.1 and 3.2",
	},
	{
		Code: "oauth2-grant-missing", Stage: Plan, Severity: SeverityError, Attribute: "token_url", Guard: true,
		Summary: "{missing} is missing to ask for a token",
		Cause:   Say("What is given fits the grant {grant}.", "Nothing is given that a token could be asked for with."),
		Prose: []string{
			"client_id and refresh_token (and client_secret, where the service gave one) for the mailbox of a person",
			"client_id, client_secret and scopes for an application of its own",
			"private_key_pem, issuer and scopes (and subject, with Google) for a service account",
		},
		Reference: "RFC 6749 sections 4.4 and 6, RFC 7523 section 2.1",
	},
	{
		Code: "oauth2-grant-ambiguous", Stage: Plan, Severity: SeverityError, Attribute: "token_url", Guard: true,
		Summary: "{first} and {second} are both given",
		Cause:   Say("Each asks for a token in a way of its own ({first_grant}, {second_grant}), and only one can be meant. None is tried after another."),
		Prose:   []string{"{first} alone", "{second} alone"},
	},
	{
		Code: "oauth2-claims-unused", Stage: Plan, Severity: SeverityWarning, Attribute: "token_url",
		Summary:   "{argument} has no effect without private_key_pem",
		Cause:     Say("It is a part of the statement that the private key signs."),
		Prose:     []string{"private_key_pem", "no {argument}"},
		Reference: "RFC 7523 section 3",
	},
	{
		Code: "oauth2-private-key-unreadable", Stage: Plan, Severity: SeverityError, Attribute: "token_url", Guard: true,
		Summary:   "private_key_pem is not a private key that can sign: {reason}",
		Cause:     Say("It has to be an RSA key of 2048 bits or more (RS256) or one on the curve P-256 (ES256), in PEM and without a passphrase."),
		Prose:     []string{`private_key_pem = jsondecode(file("service-account.json")).private_key`, `private_key_pem = file("key.pem")`},
		Reference: "RFC 7518 sections 3.3 and 3.4",
	},
	{
		Code: "oauth2-scope-invalid", Stage: Plan, Severity: SeverityError, Attribute: "scopes", Guard: true,
		Summary:   "scopes holds something that is not one scope",
		Cause:     Say("Each element is a single scope: printable ASCII without spaces, quotation marks and backslashes."),
		Prose:     []string{`scopes = ["https://outlook.office.com/SMTP.Send", "offline_access"]`},
		Reference: "RFC 6749 section 3.3",
	},
	{
		Code: "oauth2-scope-service", Stage: Plan, Severity: SeverityError, Attribute: "scopes",
		Summary:   `"{scope}" gives no token for SMTP with {service}`,
		Cause:     Say("{service} takes {want} here. A token for another API is refused by its mail servers."),
		Prose:     []string{`scopes = ["{want}"]`},
		Reference: "https://developers.google.com/workspace/gmail/imap/xoauth2-protocol, https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth",
	},
	{
		Code: "oauth2-secret-id", Stage: Plan, Severity: SeverityError, Attribute: "client_id",
		Summary:   "client_secret has the form of an ID, not of a secret",
		Cause:     Say("Microsoft Entra lists each client secret with a Secret ID, which is a UUID, and a Value, which is shown once, when it is made. Only the value logs in; with the ID it answers AADSTS7000215."),
		Prose:     []string{"client_secret = the column Value of a new client secret"},
		Reference: "https://learn.microsoft.com/azure/developer/java/sdk/troubleshooting-authentication-service-principal",
	},
	{
		Code: "oauth2-refresh-token-kind", Stage: Plan, Severity: SeverityError, Attribute: "client_id",
		Summary: "refresh_token has the form of {kind}",
		Cause:   Say("A refresh token comes in the answer of the token service when a person has agreed to lasting access; it is none of the other codes and tokens on the way there."),
		Prose:   []string{"refresh_token = the value of refresh_token in the answer that the authorization code was exchanged for"},
	},
}
