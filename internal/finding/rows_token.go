package finding

// freshToken is for tokens that are too old.
var freshToken = Do("Take access_token from a source that makes a new one for each apply, such as the ephemeral smtp_oauth2_token.")

// setClock is for times that don't fit.
var setClock = Do("Set the clock of the machine that runs Terraform.")

// tokenRows are about OAuth2 access tokens: what a server says about one, and what the
// token says about itself.
func tokenRows() []Row {
	return []Row{
		{
			Code: "oauth2-token-rejected", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "{host} rejected the access token",
			Cause: If(Has("reply"), "It says: {reply}").
				If(Has("status"), "It reports status {status} for the token.").
				If(Has("scope"), "It asks for a token with the scope {scope}.").
				If(Has("audience"), "The token says that it is for {audience}.").
				If(Has("permissions"), "The token says that it allows {permissions}.").
				Say("Usually the token has expired (most live for an hour), lacks the scope for SMTP, or belongs to an account other than username."),
			Fixes: []Fix{
				freshToken,
				Do("Request the token with the scope for SMTP: https://mail.google.com/ at Google, SMTP.Send or SMTP.SendAsApp at Microsoft."),
				Do("Set username to the address of the mailbox that the token was made for."),
			},
			Reference: "RFC 7628 section 3.2.2",
		},
		{
			Code: "oauth2-token-expired", Stage: Apply, Severity: SeverityError, Attribute: "username",
			Summary: "The access token expired {ago} ago",
			Cause: Say("It was valid until {expired}.").
				If(Has("reply"), "The server says: {reply}").
				Say("Most access tokens live for one hour. A token in a variable or in the state has expired by the next run."),
			Fixes:     []Fix{freshToken, Do("If that time is in the future, set the clock of the machine that runs Terraform.")},
			Reference: "RFC 7519 section 4.1.4",
		},
		{
			Code: "oauth2-token-audience", Stage: Apply, Severity: SeverityError, Attribute: "username",
			Summary: "The access token is for a service other than SMTP",
			Cause: Say("It says that it is for {audience}. Exchange Online accepts only tokens for https://outlook.office365.com (or outlook.office.com).").
				If(Has("reply"), "The server says: {reply}"),
			Fixes:     []Fix{Do("Request the token with the scope https://outlook.office365.com/.default instead of one for Microsoft Graph.")},
			Reference: "https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth",
		},
		{
			Code: "oauth2-token-scope", Stage: Apply, Severity: SeverityError, Attribute: "username",
			Summary: "The access token does not allow sending over SMTP",
			Cause: Say("It says that it allows {permissions}. SMTP needs SMTP.Send (for a user) or SMTP.SendAsApp (for an application).").
				If(Has("reply"), "The server says: {reply}"),
			Fixes: []Fix{
				Do("In Microsoft Entra ID, grant the application permission SMTP.SendAsApp, consent to it, and request a new token."),
				Do("Add the delegated permission SMTP.Send to the scopes, and request a new token."),
			},
			Reference: "https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth",
		},
	}
}
