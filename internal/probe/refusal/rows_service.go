package refusal

// The domains of services whose replies mean something of their own.
var (
	microsoft = []string{"office365.com", "outlook.com", "hotmail.com", "live.com", "office365.us", "mx.microsoft", "outlook.cn"}
	google    = []string{"gmail.com", "google.com", "googlemail.com"}
	amazon    = []string{"amazonaws.com", "amazonaws.com.cn"}
)

// serviceRows are replies in the words of one service, with a fix of its own.
var serviceRows = []row{
	// Microsoft 365, Exchange Online, Outlook.com
	{code: "auth-microsoft-smtp-disabled-tenant", words: "smtpclientauthentication is disabled for the tenant|smtpclientauthentication is disabled & tenant", source: "Exchange Online 5.7.139, https://aka.ms/smtp_auth_disabled"},
	{code: "auth-microsoft-smtp-disabled-mailbox", words: "smtpclientauthentication is disabled for the mailbox|smtpclientauthentication is disabled", source: "Exchange Online 5.7.139, https://aka.ms/smtp_auth_disabled"},
	{code: "auth-microsoft-basic-disabled", at: "auth", enhanced: "5.7.139 5.7.30 5.7.3", words: "basic authentication is disabled|basic authentication is not supported|basic authentication & {off}|not supported|blocked|deprecated|no longer|not accepted", source: "Exchange Online 5.7.139 and 5.7.30"},
	{code: "auth-microsoft-basic-disabled", at: "auth", hosts: microsoft, words: "basic authentication & {off}|not supported|blocked|deprecated|no longer|not accepted", source: "Exchange Online 5.7.139 and 5.7.30"},
	{code: "auth-microsoft-basic-disabled", at: "auth", enhanced: "5.7.30", hosts: microsoft, source: "Exchange Online"},
	{code: "auth-microsoft-security-defaults", at: "auth", words: "locked by your organizations security defaults policy|security defaults policy|security defaults", source: "Exchange Online 5.7.139"},
	{code: "auth-microsoft-conditional-access", at: "auth", words: "did not meet the criteria to be authenticated|did not meet the criteria|conditional access policy|conditional access", source: "Exchange Online 5.7.139"},
	{code: "auth-temporary", at: "auth", words: "federated sts|sts service|sts url|federated sts service", source: "Exchange Online 5.7.139: the organisation's own sign-in service"},
	{code: "auth-microsoft-locked", at: "auth", enhanced: "5.7.139", words: "locked & !security defaults", source: "Exchange Online"},
	{code: "auth-microsoft-rejected", at: "auth", when: "password", enhanced: "5.7.3", hosts: microsoft, source: "Exchange Online: a wrong password, and SMTP AUTH off or a second factor as well"},
	{code: "microsoft-connector-missing", words: "tenantattribution|tenant attribution", source: "Exchange Online 5.7.64"},
	{code: "microsoft-connector-missing", at: "mail rcpt data message", enhanced: "5.7.64", source: "Exchange Online"},
	{code: "microsoft-connector-missing", at: "mail rcpt data message", hosts: []string{"mail.protection.outlook.com", "mx.microsoft"}, words: "relay access denied|unable to relay|relay", source: "Exchange Online"},
	{code: "sender-not-allowed", at: "mail rcpt data message", words: "sendasdenied|not allowed to send as this sender|not have permissions to send as this sender|does not have permissions to send as|send on behalf|send as", source: "Exchange 5.7.60, 5.2.252"},
	{code: "sender-not-allowed", at: "mail rcpt data message", words: "@sendasdenied*|sendasdeniedexception|mapiexceptionsendasdenied & storedrv|submission|cannot submit message|failed to process message|permanent exception", source: "Exchange Online"},
	{code: "account-suspended", at: "message", words: "@outboundspamexception & storedrv|submission|wascl|verdict|permanent exception|failed to process message", source: "Exchange Online: spam from this account"},
	{code: "sender-not-allowed", at: "mail rcpt data message", enhanced: "5.7.60", source: "Exchange"},
	{code: "account-suspended", at: "mail rcpt data message", words: "tenant has exceeded threshold|bad outbound sender|sender is blocked|tenant & threshold|suspicious|blocked|unregistered", hosts: microsoft, source: "Exchange Online 5.7.705, 5.1.8"},
	{code: "account-suspended", at: "mail rcpt data message", enhanced: "5.7.705 5.7.703", source: "Exchange Online"},
	{code: "sender-domain-not-set-up", at: "mail rcpt data message", enhanced: "5.7.750 5.7.51", words: "domain|domains|unregistered|connector", source: "Exchange Online"},
	{code: "client-address-blocked", enhanced: "5.7.510 5.7.507 5.7.606 5.7.607 5.7.608 5.7.609 5.7.610 5.7.649 5.7.511 5.7.708", source: "Exchange Online"},
	{code: "account-suspended", at: "mail rcpt data message", enhanced: "5.7.501 5.7.502 5.7.503", source: "Exchange Online"},
	{code: "account-allowance", at: "mail rcpt data message", enhanced: "5.1.90 5.2.120", source: "Exchange Online: recipients in a day"},
	{code: "recipient-not-permitted", at: "mail rcpt data message", enhanced: "5.7.124 5.7.129 5.7.133 5.7.134 5.7.135 5.7.136", source: "Exchange: restricted recipients"},
	{code: "recipient-rate-limited", at: "rcpt data message", enhanced: "5.2.121 5.2.122 4.2.121 4.2.122", source: "Exchange Online"},
	{code: "recipient-unknown", at: "rcpt data message", enhanced: "x.4.1", words: "@recipient address rejected access denied", source: "Exchange Online: directory-based edge blocking"},

	{code: "recipient-not-permitted", at: "rcpt data message", words: "@authrequired|recipnotfound & authentication required|authrequired", source: "Exchange RESOLVER.RST"},
	{code: "recipient-not-permitted", at: "rcpt data message", words: "@resolver rst notauthorized|rst notauthorized", source: "Exchange RESOLVER.RST"},
	{code: "account-suspended", at: "mail rcpt data message", enhanced: "5.1.8", words: "outbound", source: "Exchange Online"},
	{code: "account-allowance", at: "mail rcpt data message", words: "@submissionquotaexceeded*", source: "Exchange STOREDRV.Submission"},
	{code: "client-rate-limited", enhanced: "5.7.508", source: "Exchange Online"},
	{code: "recipient-not-permitted", at: "rcpt data message", enhanced: "5.7.12", words: "organization", source: "Exchange Online"},

	// Zoho
	{code: "sender-not-allowed", at: "mail rcpt data message", hosts: []string{"zoho.com", "zoho.eu", "zoho.in", "zoho.com.au", "zoho.jp", "zohocloud.ca", "zoho.sa"}, when: "logged-in", words: "relaying disallowed", source: "Zoho Mail"},
	{code: "sender-domain-not-set-up", at: "mail rcpt data message", hosts: []string{"resend.com"}, words: "not authorized to send emails from|domain is not verified|not verified", source: "Resend"},
	{code: "account-suspended", at: "mail rcpt data message", words: "unusual sending activity detected|unusual sending activity", source: "Zoho Mail"},
	{code: "sender-refused", at: "mail rcpt", words: "emetteur invalide|émetteur invalide|expéditeur invalide|expediteur invalide & invalid sender|ofr004", source: "Orange"},

	// Google
	{code: "auth-google-bad-credentials", at: "auth", when: "password", replies: "535", words: "@badcredentials", source: "https://support.google.com/mail/?p=BadCredentials"},
	{code: "google-relay-not-registered", at: "mail rcpt data message", words: "invalid credentials for relay", source: "smtp-relay.gmail.com, https://support.google.com/a/answer/6140680"},
	{code: "google-relay-not-registered", at: "mail rcpt data message", hosts: []string{"smtp-relay.gmail.com"}, words: "mail relay denied|relay denied|not registered", source: "smtp-relay.gmail.com"},
	{code: "google-relay-not-registered", at: "mail rcpt data message", words: "@relayingdenied", replies: "550", hosts: google, source: "smtp-relay.gmail.com"},
	{code: "ehlo-name-refused", at: "ehlo", replies: "421", hosts: google, when: "!named", source: "smtp-relay.gmail.com"},
	{code: "account-allowance", words: "@exceedingsendlimit|overquota sending|dailyuserlimit", source: "Google"},

	// Amazon SES
	{code: "auth-ses-credentials", at: "auth", when: "password", replies: "535", hosts: amazon, words: "credentials|authentication|password|authentication credentials invalid", source: "https://docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html"},
	{code: "sender-not-verified", at: "mail rcpt data message", words: "email address is not verified|address is not verified|addresses are not verified|not verified & !recipient*", source: "Amazon SES"},
	{code: "sender-not-verified", at: "mail rcpt data message", words: "identities failed the check|identities failed the check in region", source: "Amazon SES"},
	{code: "sender-not-allowed", at: "auth mail rcpt data message", words: "not authorized to perform ses|is not authorized to perform|access denied user", source: "Amazon SES, IAM"},
}
