package finding

// refusedAccountRows are refusals of an account at any step, and of a client that
// has not logged in. What AUTH alone can end in is in loginRows.
func refusedAccountRows() []Row {
	return []Row{
		{
			Code: "login-required", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Client,
			Summary: "{host} requires a login before it accepts mail",
			Cause: Say("It says: {reply}").If(Is("login", "none"), "The client did not log in: no credentials are declared.").
				If(Is("login", "made"), `The login as "{username}" succeeded, and the server still requires one: the account may have no right to send, or the reply comes from a server behind this one.`),
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
			Fixes:     []Fix{Do("Have an administrator enable or unlock the account."), Example(`username = "user@example.com" # another account`)},
			Reference: "IANA SMTP Enhanced Status Codes, X.7.13 (RFC 5248)",
		},
		{
			Code: "account-suspended", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "The mail service has suspended this account",
			Cause:   Say("It says: {reply}", "Services suspend accounts for unpaid bills, complaints, suspicious mail, or until a review is over. The credentials may be right."),
			Fixes:   []Fix{Do("Read the service's console and its mails to the account's owner, and do what they ask for.")},
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
			Cause:   Say("It says: {reply}", "The service limits messages or recipients for each account in an hour, a day or a month, or by credits. The settings are right, but the service sends nothing until the limit is renewed or raised."),
			Fixes:   []Fix{Do("Wait until the limit is renewed, and run terraform apply again."), Do("Raise the limit or buy credits in the service's console.")},
		},
		{
			Code: "account-smtp-off", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Account,
			Summary: "SMTP is turned off for this account",
			Cause:   Say("It says: {reply}", "The service accepts mail from this account only through its website or app until you turn on SMTP (often together with IMAP or POP3) in the account's settings. The password may be right."),
			Fixes:   []Fix{Do("Turn on SMTP (or IMAP/SMTP, or access for mail programs) in the settings of the account.")},
		},
		{
			Code: "account-address-not-allowed", Stage: Apply, Severity: SeverityError, Attribute: "username", Refused: Client,
			Summary: "The account may not log in from this machine's address",
			Cause:   Say("It says: {reply}", "The service keeps a list of addresses, or of countries, from which the account may log in. The credentials may be right."),
			Fixes: []Fix{
				Do("Add the public address of this machine to the allowed addresses in the service's security settings."),
				Do("Turn that restriction off for the account."),
			},
		},
	}
}
