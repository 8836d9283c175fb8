package finding

// refusedAccountRows are refusals of an account at any step, and of a client that
// has not logged in. What AUTH alone can end in is in loginRows.
func refusedAccountRows() []Row {
	return []Row{
		{
			Code: "login-required", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Client,
			Summary: "{host} requires a login before it accepts mail",
			Cause: Say("It says: {reply}").If(Is("login", "none"), "The client did not log in: no credentials are declared.").
				If(Is("login", "made"), `The login as "{username}" succeeded, and the server still requires one. The account may have no right to send, or the reply comes from a server behind this one.`),
			Fixes: []Fix{
				Example(`username = "user@example.com"`, "password = var.smtp_password").If(Is("login", "none")),
				Do("Give the account the right to send by SMTP, in the settings of the mail service.").If(Is("login", "made")),
				Do("If the server relays without a login, allow this machine's address there.").If(Is("login", "none")),
			},
			Reference: "RFC 4954 section 6, RFC 6409 section 4.3",
		},
		{
			Code: "account-disabled", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary:   "{host} says that this account is disabled or locked",
			Cause:     Say("It says: {reply}", "The password may be right."),
			Fixes:     []Fix{Do("Have an administrator enable or unlock the account."), Do("Set username and the password to those of another account.")},
			Reference: "IANA SMTP Enhanced Status Codes, X.7.13 (RFC 5248)",
		},
		{
			Code: "account-suspended", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "The mail service has suspended this account",
			Cause:   Say("It says: {reply}", "Services suspend accounts for unpaid bills, complaints or suspicious mail, or until a review is over. The credentials may be right."),
			Fixes:   []Fix{Do("Do what the service asks for in its console or in its mails to the account's owner.")},
		},
		{
			Code: "account-not-activated", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "The mail service has not activated this account for sending",
			Cause:   Say("It says: {reply}", "New accounts often wait for a confirmation or a review before they may send by SMTP. The credentials may be right."),
			Fixes:   []Fix{Do("Activate SMTP in the service's console, or ask its support to do it.")},
		},
		{
			Code: "account-allowance", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "This account has used up its allowance",
			Cause:   Say("It says: {reply}", "The service limits the messages or recipients of each account per hour, day or month, or sells credits. The settings are right, but the service sends nothing until the limit resets or you raise it."),
			Fixes:   []Fix{Do("Wait until the limit resets, and run terraform apply again."), Do("Raise the limit or buy credits in the service's console.")},
		},
		{
			Code: "account-smtp-off", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "SMTP is turned off for this account",
			Cause:   Say("It says: {reply}", "Until you turn on SMTP in the account's settings (often together with IMAP or POP3), the service accepts mail from this account only through its website or app. The password may be right."),
			Fixes:   []Fix{Do("Turn on SMTP (or IMAP/SMTP, or access for mail programs) in the settings of the account.")},
		},
		{
			Code: "account-address-not-allowed", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Client,
			Summary: "The account may not log in from this machine's address",
			Cause:   Say("It says: {reply}", "The service has a list of addresses or countries from which the account may log in. The credentials may be right."),
			Fixes: []Fix{
				Do("Add the public address of this machine to the allowed addresses in the service's security settings."),
				Do("Turn off the restriction to certain addresses for the account."),
			},
		},
	}
}
