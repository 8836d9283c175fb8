package finding

// loginServiceRows are refusals that single mail services say in words of their
// own, and that need something else done than a new password.
var loginServiceRows = []Row{
	{
		Code: "auth-app-password-required", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "{host} wants an app password for this account, not the one of the web site",
		Cause:     Say("Its reply: {reply}", "The account has two-step verification, or the service takes no other passwords over SMTP."),
		Prose:     []string{"password_wo = an app password made in the account's security settings, with password_wo_version raised by one", "access_token = … in place of the password, if the service offers OAuth2"},
		Reference: "https://support.google.com/mail/?p=InvalidSecondFactor for Google; the mail service's page on app passwords",
	},
	{
		Code: "auth-google-bad-credentials", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary: "Google does not take this username with this password",
		Cause: Say(
			"Its reply: {reply}",
			"Google accepts app passwords alone over SMTP. The password of the account itself is always refused with this text, even if it is right.",
		),
		Prose: []string{
			"password_wo = an app password (it needs two-step verification), with password_wo_version raised by one",
			"username as the full address of the account that the app password belongs to",
			"access_token = … with the scope https://mail.google.com/ in place of the password",
		},
		Reference: "https://support.google.com/mail/?p=BadCredentials",
	},
	{
		Code: "auth-web-login-required", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "{host} wants somebody to log in to this account in a browser first",
		Cause:     Say("Its reply: {reply}", "The service finds this login unusual: a new place, or an account that was used in a suspicious way. The password may be right."),
		Prose:     []string{"a login to the account in a browser and the question there confirmed, then terraform apply again", "an app password or access_token, which the service questions less"},
		Reference: "https://support.google.com/mail/?p=WebLoginRequired",
	},
	{
		Code: "auth-ses-credentials", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary: "Amazon SES rejects the credentials",
		Cause: Say(
			"Its reply: {reply}",
			"SES has SMTP credentials of its own, one pair per region. The secret access key of an IAM user is not the SMTP password: that is derived from the key and the region.",
		),
		Prose: []string{
			"username = aws_iam_access_key.smtp.id with password_wo = aws_iam_access_key.smtp.ses_smtp_password_v4",
			"host of the region that the credentials were made for, such as email-smtp.eu-central-1.amazonaws.com",
		},
		Reference: "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html",
	},
	{
		Code: "auth-microsoft-smtp-disabled-tenant", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "SMTP logins are turned off for the whole Microsoft 365 organisation",
		Cause:     Say("Its reply: {reply}", "The password or token was not looked at. The organisation's setting can be overridden for one mailbox."),
		Prose:     []string{"Set-CASMailbox -Identity {username} -SmtpClientAuthenticationDisabled $false, for this mailbox alone", "Set-TransportConfig -SmtpClientAuthenticationDisabled $false, for every mailbox"},
		Reference: "https://aka.ms/smtp_auth_disabled",
	},
	{
		Code: "auth-microsoft-smtp-disabled-mailbox", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "SMTP logins are turned off for this Microsoft 365 mailbox",
		Cause:     Say("Its reply: {reply}", "The password or token was not looked at."),
		Prose:     []string{"Set-CASMailbox -Identity {username} -SmtpClientAuthenticationDisabled $false"},
		Reference: "https://aka.ms/smtp_auth_disabled",
	},
	{
		Code: "auth-microsoft-basic-disabled", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "Microsoft takes no passwords over SMTP for this account, but OAuth2 tokens alone",
		Cause:     Say("Its reply: {reply}", "Basic authentication is turned off by Microsoft or by a policy of the organisation; a right password is refused as well."),
		Prose:     []string{`access_token = … of Microsoft Entra ID with the scope https://outlook.office365.com/.default (or SMTP.Send of a user), in place of the password`},
		Reference: "https://learn.microsoft.com/exchange/clients-and-mobile-in-exchange-online/deprecation-of-basic-authentication-exchange-online",
	},
	{
		Code: "auth-microsoft-security-defaults", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "The security defaults of the Microsoft 365 organisation forbid this login",
		Cause:     Say("Its reply: {reply}", "Security defaults block every login with a password over SMTP, a right one as well. Nobody has to unlock the account itself."),
		Prose:     []string{"access_token = … in place of the password", "security defaults replaced by Conditional Access policies, by an administrator of the organisation"},
		Reference: "https://learn.microsoft.com/entra/fundamentals/security-defaults",
	},
	{
		Code: "auth-microsoft-conditional-access", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "A policy of the Microsoft 365 organisation likely forbids this login",
		Cause:     Say("Its reply: {reply}", "Microsoft says so when the login does not meet a Conditional Access policy, such as a place, a device or a second factor that SMTP can't give. The sign-in log of the account names the policy."),
		Prose:     []string{"access_token = … in place of the password", "an exception for this account in the policy that the sign-in log of Microsoft Entra names"},
		Reference: "https://learn.microsoft.com/entra/identity/conditional-access/policy-block-legacy-authentication",
	},
	{
		Code: "auth-microsoft-locked", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "This Microsoft account is locked",
		Cause:     Say("Its reply: {reply}", "Too many failed logins lock an account for some minutes, and longer each time; an administrator can lock it as well. The password was likely not looked at."),
		Prose:     []string{"whatever else logs in with an old password stopped, then terraform apply again after the wait", "the account unlocked by an administrator"},
		Reference: "https://learn.microsoft.com/entra/identity/authentication/howto-password-smart-lockout",
	},
	{
		Code: "auth-microsoft-not-authenticated", Stage: Apply, Severity: SeverityError, Attribute: "username",
		Summary:   "Microsoft 365 takes this client for not logged in",
		Cause:     Say("Its reply: {reply}", "The login did not come to be: SMTP logins are likely turned off for the mailbox or the organisation, or the account has no mailbox."),
		Prose:     []string{"Set-CASMailbox -Identity {username} -SmtpClientAuthenticationDisabled $false", "username of an account with a licensed mailbox"},
		Reference: "https://aka.ms/smtp_auth_disabled",
	},
}
