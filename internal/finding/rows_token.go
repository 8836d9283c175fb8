package finding

// tokenRows are OAuth2 access tokens: what a server says of one, and what the
// token says of itself.
var tokenRows = []Row{
	{
		Code: "oauth2-token-rejected", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary: "{host} rejects the access token",
		Cause: Say(
			"Its reply: {reply}",
			"Of the token it says: status {status}.",
			"It wants a token with the scope {scope}.",
			"The token says of itself that it is for {audience}.",
			"The token says of itself that it allows: {permissions}.",
			"Likely reasons: the token is older than its lifetime, mostly one hour; it lacks the scope for SMTP; it belongs to another account than username.",
		),
		Prose: []string{
			"access_token from a source that makes a new one at each apply",
			"a token with the scope for SMTP: https://mail.google.com/ with Google, SMTP.Send or SMTP.SendAsApp with Microsoft",
			"username = the address of the mailbox that the token was made for",
		},
		Reference: "RFC 7628 section 3.2.2",
	},
	{
		Code: "oauth2-token-expired", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary: "The access token expired {ago} ago",
		Cause: Say(
			"It says of itself that it was valid until {expired}.",
			"The reply to it: {reply}",
			"Most access tokens live for one hour. One that is kept in a variable or in the state is over at the next run.",
		),
		Prose:     []string{"access_token from a source that makes a new one at each apply", "the clock of this machine set right, if the time above is not over"},
		Reference: "RFC 7519 section 4.1.4",
	},
	{
		Code: "oauth2-token-audience", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "The access token was likely made for another service than SMTP",
		Cause:     Say("It says of itself that it is for {audience}, and Exchange Online takes tokens for https://outlook.office365.com (or outlook.office.com) alone.", "The reply to it: {reply}"),
		Prose:     []string{"the token asked for with the scope https://outlook.office365.com/.default, in place of one for Microsoft Graph"},
		Reference: "https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth",
	},
	{
		Code: "oauth2-token-scope", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "The access token likely does not allow to send over SMTP",
		Cause:     Say("It says of itself that it allows: {permissions}. SMTP needs SMTP.Send (of a user) or SMTP.SendAsApp (of an application).", "The reply to it: {reply}"),
		Prose:     []string{"the application permission SMTP.SendAsApp granted and consented to in Microsoft Entra ID, and a new token", "the delegated permission SMTP.Send among the scopes asked for, and a new token"},
		Reference: "https://learn.microsoft.com/exchange/client-developer/legacy-protocols/how-to-authenticate-an-imap-pop-smtp-application-by-using-oauth",
	},
}
