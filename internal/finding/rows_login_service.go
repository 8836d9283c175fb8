package finding

// oauth2InPlace is for services that accept OAuth2 tokens instead of passwords.
var oauth2InPlace = Example("access_token = var.smtp_access_token").Without("password")

// newAppPassword is for services that accept app passwords only.
var newAppPassword = Do("Create an app password in the security settings of the account and use it as the password; if it is in password_wo, increment password_wo_version.")

// loginServiceRows are refusals that some mail services put in their own words, and
// that need something other than a new password.
func loginServiceRows() []Row {
	return []Row{
		{
			Code: "auth-app-password-required", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary:   "{host} requires an app password for this account",
			Cause:     Say("It says: {reply}", "The account has two-step verification, or the service accepts no other passwords over SMTP. Some services call an app password an authorisation code, a device password, an SMTP key or a bridge password."),
			Fixes:     []Fix{newAppPassword, oauth2InPlace},
			Reference: "https://support.google.com/mail/?p=InvalidSecondFactor for Google; the mail service's page on app passwords",
		},
		{
			Code: "auth-google-bad-credentials", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "Google rejected the user name and password",
			Cause: Say(
				"It says: {reply}",
				"Over SMTP, Google accepts app passwords and OAuth2 tokens. It refuses the account's own password with this reply, even if it is right.",
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
			Cause:   Say("It says: {reply}", "The service considers this login unusual: a new location, or suspicious use of the account. The password may be right."),
			Fixes: []Fix{
				Do("Log in to the account in a browser, answer what the service asks there, and run terraform apply again."),
				Do("Use an app password or an access token, which services block less often."),
			},
			Reference: "https://support.google.com/mail/?p=WebLoginRequired",
		},
		{
			Code: "auth-ses-credentials", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "Amazon SES rejected the credentials",
			Cause: Say(
				"It says: {reply}",
				"SES has its own SMTP credentials, one pair for each region. The SMTP password is derived from the secret access key of an IAM user and the region; the key itself does not work.",
			).
				If(Has("region"), "host is in the region {region}.").
				Say("The attribute ses_smtp_password_v4 of aws_iam_access_key is for the region of the aws provider that made the key, whatever host is."),
			Fixes: []Fix{
				Example("username = aws_iam_access_key.smtp.id", "password = aws_iam_access_key.smtp.ses_smtp_password_v4"),
				Do(`Give the resource aws_iam_access_key an aws provider with region = "{region}".`).If(Has("region")),
				Do("Set host to the SMTP endpoint of the region for which you created the credentials."),
			},
			Reference: "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html",
		},
		{
			Code: "auth-microsoft-rejected", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "Microsoft 365 refused the login without saying why",
			Cause: Say(
				"It says: {reply}",
				"5.7.3 can mean a wrong password, SMTP AUTH turned off for the mailbox or the organisation, multi-factor authentication, security defaults, or an account without a mailbox. The sign-in log in Microsoft Entra says which.",
			),
			Fixes: []Fix{
				Do("Turn on SMTP AUTH for the mailbox: Set-CASMailbox -Identity {username} -SmtpClientAuthenticationDisabled $false").If(Has("username")),
				oauth2InPlace,
				Do("If the account has no second factor, set the password of the mailbox; if it is in password_wo, increment password_wo_version."),
			},
			Reference: "https://aka.ms/smtp_auth_disabled",
		},
		{
			Code: "auth-microsoft-smtp-disabled-tenant", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "SMTP logins are turned off for the whole Microsoft 365 organisation",
			Cause:   Say("It says: {reply}", "Microsoft did not check the password or token. The setting of a mailbox overrides the organisation's."),
			Fixes: []Fix{
				Do("For this mailbox only, run: Set-CASMailbox -Identity {username} -SmtpClientAuthenticationDisabled $false").If(Has("username")),
				Do("For every mailbox, run: Set-TransportConfig -SmtpClientAuthenticationDisabled $false"),
			},
			Reference: "https://aka.ms/smtp_auth_disabled",
		},
		{
			Code: "auth-microsoft-smtp-disabled-mailbox", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary:   "SMTP logins are turned off for this Microsoft 365 mailbox",
			Cause:     Say("It says: {reply}", "Microsoft did not check the password or token."),
			Fixes:     []Fix{Do("Run: Set-CASMailbox -Identity {username} -SmtpClientAuthenticationDisabled $false").If(Has("username")), Do("Turn on Authenticated SMTP for the mailbox in the Microsoft 365 admin center.")},
			Reference: "https://aka.ms/smtp_auth_disabled",
		},
		{
			Code: "auth-microsoft-basic-disabled", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary:   "Microsoft accepts only OAuth2 tokens over SMTP for this account",
			Cause:     Say("It says: {reply}", "Microsoft or a policy of the organisation turned off basic authentication, so even the right password is refused."),
			Fixes:     []Fix{Example("access_token = var.smtp_access_token # scope https://outlook.office365.com/.default").Without("password")},
			Reference: "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online",
		},
		{
			Code: "auth-microsoft-security-defaults", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary:   "The security defaults of the Microsoft 365 organisation forbid this login",
			Cause:     Say("It says: {reply}", "Security defaults block every login with a password over SMTP, even the right one. The account itself is not locked."),
			Fixes:     []Fix{oauth2InPlace, Do("Have an administrator of the organisation replace security defaults with Conditional Access policies.")},
			Reference: "https://learn.microsoft.com/entra/fundamentals/security-defaults",
		},
		{
			Code: "auth-microsoft-conditional-access", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary:   "A policy of the Microsoft 365 organisation probably forbids this login",
			Cause:     Say("It says: {reply}", "Microsoft replies like this when the login doesn't satisfy a Conditional Access policy: for example a location, a device, or a second factor that SMTP can't provide. The account's sign-in log names the policy."),
			Fixes:     []Fix{oauth2InPlace, Do("Make an exception for this account in the policy that the sign-in log of Microsoft Entra names.")},
			Reference: "https://learn.microsoft.com/entra/identity/conditional-access/policy-block-legacy-authentication",
		},
		{
			Code: "auth-microsoft-locked", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "This Microsoft account is locked",
			Cause:   Say("It says: {reply}", "Too many failed logins lock an account, for a few minutes at first and then longer; an administrator can lock it too. Microsoft probably did not check the password."),
			Fixes: []Fix{
				Do("Stop other clients that log in with an old password, and run terraform apply again after the wait."),
				Do("Have an administrator unlock the account."),
			},
			Reference: "https://learn.microsoft.com/entra/identity/authentication/howto-password-smart-lockout",
		},
		{
			Code: "auth-microsoft-not-authenticated", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "Microsoft 365 reports the client as not authenticated",
			Cause: Say("It says: {reply}").
				If(Is("login", "made"), "Microsoft accepted the login, but it doesn't allow sending: SMTP AUTH is turned off for the mailbox or the organisation, the token lacks SMTP.Send, or it belongs to an application or user without access to the mailbox.").
				If(Not("login", "made"), "The login did not complete: SMTP AUTH is probably turned off for the mailbox or the organisation, or the account has no mailbox."),
			Fixes: []Fix{
				Do("Turn on SMTP AUTH for the mailbox: Set-CASMailbox -Identity {username} -SmtpClientAuthenticationDisabled $false").If(Has("username")),
				Do("Give the token the permission SMTP.Send (SMTP.SendAsApp for an application), and an application access to the mailbox with Add-MailboxPermission.").If(Is("login", "made")),
				Do("Set username to an account with a licensed mailbox."),
			},
			Reference: "https://aka.ms/smtp_auth_disabled",
		},
	}
}
