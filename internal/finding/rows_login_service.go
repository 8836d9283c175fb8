package finding

// oauth2InPlace is the fix where a service has turned to OAuth2.
var oauth2InPlace = Example("access_token = var.smtp_access_token").Without("password")

// newAppPassword are the fixes where a service wants an app password.
var newAppPassword = Do("Create an app password in the security settings of the account and use it as the password; if it is in password_wo, increment password_wo_version.")

// loginServiceRows are refusals that single mail services say in words of their
// own, and that need something else than a new password.
func loginServiceRows() []Row {
	return []Row{
		{
			Code: "auth-app-password-required", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary:   "{host} requires an app password for this account",
			Cause:     Say("Its reply: {reply}", "The account has two-step verification, or the service accepts no other passwords over SMTP. Services call it app password, authorisation code, device password, SMTP key or bridge password."),
			Fixes:     []Fix{newAppPassword, oauth2InPlace},
			Reference: "https://support.google.com/mail/?p=InvalidSecondFactor for Google; the mail service's page on app passwords",
		},
		{
			Code: "auth-google-bad-credentials", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "Google rejected the user name and password",
			Cause: Say(
				"Its reply: {reply}",
				"Google accepts only app passwords over SMTP. Google always refuses the account's own password with this reply, even if it is right.",
			),
			Fixes: []Fix{
				newAppPassword,
				Do("Set username to the full address of the account that the app password belongs to."),
				Example("access_token = var.smtp_access_token # with the scope https://mail.google.com/").Without("password"),
			},
			Reference: "https://support.google.com/mail/?p=BadCredentials",
		},
		{
			Code: "auth-web-login-required", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "{host} requires a login to this account in a browser first",
			Cause:   Say("Its reply: {reply}", "The service considers this login unusual: a new location, or suspicious use of the account. The password may be right."),
			Fixes: []Fix{
				Do("Log in to the account in a browser, answer the question there, and run terraform apply again."),
				Do("Use an app password or an access token, which services question less often."),
			},
			Reference: "https://support.google.com/mail/?p=WebLoginRequired",
		},
		{
			Code: "auth-ses-credentials", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "Amazon SES rejected the credentials",
			Cause: Say(
				"Its reply: {reply}",
				"SES has SMTP credentials of its own, one pair for each region. The secret access key of an IAM user is not the SMTP password: that is derived from the key and the region.",
			).
				If(Has("region"), "host is in {region}. The attribute ses_smtp_password_v4 of aws_iam_access_key follows the region of the aws provider that made the key, and not host.").
				If(Lacks("region"), "The attribute ses_smtp_password_v4 of aws_iam_access_key follows the region of the aws provider that made the key, and not host."),
			Fixes: []Fix{
				Example("username = aws_iam_access_key.smtp.id", "password = aws_iam_access_key.smtp.ses_smtp_password_v4"),
				Do(`Give aws_iam_access_key a provider with region = "{region}".`).If(Has("region")),
				Do("Set host to the region for which the credentials were created."),
			},
			Reference: "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html",
		},
		{
			Code: "auth-microsoft-rejected", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "Microsoft 365 refused the login without saying why",
			Cause: Say(
				"Its reply: {reply}",
				"5.7.3 stands for a wrong password, for SMTP AUTH turned off for the mailbox or the organisation, for multi-factor authentication or security defaults, and for an account without a mailbox. The sign-in log in Microsoft Entra tells these apart.",
			),
			Fixes: []Fix{
				Do("Turn on SMTP AUTH for the mailbox: Set-CASMailbox -Identity {username} -SmtpClientAuthenticationDisabled $false").If(Has("username")),
				oauth2InPlace,
				Do("Give the password of the mailbox, if the account has no second factor; if it is in password_wo, increment password_wo_version."),
			},
			Reference: "https://aka.ms/smtp_auth_disabled",
		},
		{
			Code: "auth-microsoft-smtp-disabled-tenant", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "SMTP logins are turned off for the whole Microsoft 365 organisation",
			Cause:   Say("Its reply: {reply}", "Microsoft did not check the password or token. The organisation's setting can be overridden for one mailbox."),
			Fixes: []Fix{
				Do("For this mailbox only, run: Set-CASMailbox -Identity {username} -SmtpClientAuthenticationDisabled $false").If(Has("username")),
				Do("For every mailbox, run: Set-TransportConfig -SmtpClientAuthenticationDisabled $false"),
			},
			Reference: "https://aka.ms/smtp_auth_disabled",
		},
		{
			Code: "auth-microsoft-smtp-disabled-mailbox", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary:   "SMTP logins are turned off for this Microsoft 365 mailbox",
			Cause:     Say("Its reply: {reply}", "Microsoft did not check the password or token."),
			Fixes:     []Fix{Do("Run: Set-CASMailbox -Identity {username} -SmtpClientAuthenticationDisabled $false").If(Has("username")), Do("Turn on Authenticated SMTP for the mailbox in the Microsoft 365 admin center.")},
			Reference: "https://aka.ms/smtp_auth_disabled",
		},
		{
			Code: "auth-microsoft-basic-disabled", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary:   "Microsoft accepts only OAuth2 tokens over SMTP for this account",
			Cause:     Say("Its reply: {reply}", "Microsoft or a policy of the organisation turned off basic authentication, so even the right password is refused."),
			Fixes:     []Fix{Example("access_token = var.smtp_access_token # scope https://outlook.office365.com/.default").Without("password")},
			Reference: "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online",
		},
		{
			Code: "auth-microsoft-security-defaults", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary:   "The security defaults of the Microsoft 365 organisation forbid this login",
			Cause:     Say("Its reply: {reply}", "Security defaults block every login with a password over SMTP, even the right one. The account itself is not locked."),
			Fixes:     []Fix{oauth2InPlace, Do("Have an administrator of the organisation replace security defaults with Conditional Access policies.")},
			Reference: "https://learn.microsoft.com/entra/fundamentals/security-defaults",
		},
		{
			Code: "auth-microsoft-conditional-access", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary:   "A policy of the Microsoft 365 organisation probably forbids this login",
			Cause:     Say("Its reply: {reply}", "Microsoft replies like this when the login doesn't satisfy a Conditional Access policy: for example a location, a device, or a second factor that SMTP can't provide. The account's sign-in log names the policy."),
			Fixes:     []Fix{oauth2InPlace, Do("Make an exception for this account in the policy that the sign-in log of Microsoft Entra names.")},
			Reference: "https://learn.microsoft.com/entra/identity/conditional-access/policy-block-legacy-authentication",
		},
		{
			Code: "auth-microsoft-locked", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "This Microsoft account is locked",
			Cause:   Say("Its reply: {reply}", "Too many failed logins lock an account for some minutes, and longer each time; an administrator can lock it too. Microsoft probably did not check the password."),
			Fixes: []Fix{
				Do("Stop other clients that log in with an old password, and run terraform apply again after the wait."),
				Do("Have an administrator unlock the account."),
			},
			Reference: "https://learn.microsoft.com/entra/identity/authentication/howto-password-smart-lockout",
		},
		{
			Code: "auth-microsoft-not-authenticated", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "Microsoft 365 reports the client as not authenticated",
			Cause: Say("Its reply: {reply}").
				If(Is("login", "made"), "Microsoft accepted the login, but it doesn't allow sending: SMTP AUTH is turned off for the mailbox or the organisation, the token lacks SMTP.Send, or it belongs to an application or user without access to the mailbox.").
				If(Not("login", "made"), "The login did not complete: SMTP AUTH is probably turned off for the mailbox or the organisation, or the account has no mailbox."),
			Fixes: []Fix{
				Do("Turn on SMTP AUTH for the mailbox: Set-CASMailbox -Identity {username} -SmtpClientAuthenticationDisabled $false").If(Has("username")),
				Do("Give the token the permission SMTP.Send (SMTP.SendAsApp for an application), and an application access to the mailbox with Add-MailboxPermission.").If(Is("login", "made")),
				Example(`username = "user@example.com" # an account with a licensed mailbox`),
			},
			Reference: "https://aka.ms/smtp_auth_disabled",
		},
	}
}
