package finding

// symptomsEnvelope is what other tools say of the sender, the recipients and the
// client once the conversation has begun.
func symptomsEnvelope() map[Code]Symptom {
	return map[Code]Symptom{
		"relay-denied": {
			Title: "The server does not relay for you",
			Means: "The recipient's domain is not the server's own, and the client hasn't logged in or its address isn't on the server's list.",
			Cure:  []Fix{newSecret, toStartTLS},
			Says: []Saying{
				{"Postfix", "Relay access denied", postfixCheck},
				{"Exim", "550 relay not permitted", eximIn},
				{"Exchange Server", "550 5.7.1 Unable to relay", "MicrosoftDocs/OfficeDocs-Exchange@52e8b70f9 Exchange/ExchangeServer/mail-flow/connectors/allow-anonymous-relay.md"},
				{"Exchange Online", "550 5.4.1 Relay Access Denied", exchangeNDR},
				{"Sendmail", "Relaying denied", "deepin-community/sendmail@2b5b7ee1 cf/m4/proto.m4"},
			},
			Also: []Code{"login-required", "client-address-not-allowed"},
		},
		"client-address-not-allowed": {
			Title: "The server does not accept this machine",
			Means: "The server only accepts clients whose address it knows.",
			Cure:  []Fix{Do("Allow the address of this machine at the server or mail service."), newSecret},
			Says: []Saying{
				{"Postfix", "Client host rejected: Access denied", postfixCheck},
			},
			Also: []Code{"client-reverse-name", "client-address-blocked"},
		},
		"microsoft-connector-missing": {
			Title: "Microsoft 365: no connector for this address",
			Means: "Direct send accepts mail for other domains only through a connector that names this machine's public address.",
			Cure:  []Fix{Do("Have an administrator add a connector with this machine's public address in the Exchange admin center.")},
			Says: []Saying{
				{"Exchange Online", "550 5.7.64 TenantAttribution; Relay Access Denied", exchangeNDR},
			},
		},
		"google-relay-not-registered": {
			Title: "Google's relay does not know this client",
			Means: "smtp-relay.gmail.com accepts clients with a registered address, a login, or an EHLO name in the organisation's domain.",
			Cure:  []Fix{Example(`ehlo_name = "app.example.com"`), newSecret},
			Says: []Saying{
				{"Gmail", "550-5.7.0 Mail relay denied", gmailErrors},
				{"Gmail", "Invalid credentials for relay", gmailErrors},
			},
		},
		"client-reverse-name": {
			Title: "The address of this machine has no name",
			Means: "The server looks up the client's address in DNS and finds no name, or a name with another address.",
			Cure:  []Fix{Do("Create a PTR record for the public address of this machine, and an A or AAAA record that leads from the name to the address.")},
			Says: []Saying{
				{"Postfix", "Client host rejected: cannot find your reverse hostname", postfixCheck},
			},
		},
		"ehlo-name-refused": {
			Title: "The server refuses the client's name",
			Means: "Clients introduce themselves with a name (EHLO). The server requires a name with a domain; containers often send localhost or their id.",
			Cure:  []Fix{Example(`ehlo_name = "app.example.com"`)},
			Says: []Saying{
				{"Postfix", "Helo command rejected: need fully-qualified hostname", postfixCheck},
				{"Postfix", "Helo command rejected: Host not found", postfixCheck},
			},
		},
		"sender-not-allowed": {
			Title: "The account may not send from this address",
			Means: "The sender is not an address of the account that logged in, and the account has no right to send as it.",
			Cure:  []Fix{Example(`from = "robot@example.com" # an address of the account`)},
			Says: []Saying{
				{"Exchange Online", "550 5.7.60 SMTP; Client does not have permissions to send as this sender", "https://pastebin.com/wtU9XT6T"},
				{"Exchange Online", "SendAsDenied", "https://github.com/gophish/gophish/issues/2900"},
				{"Yandex", "Sender address rejected: not owned by auth user.", "https://github.com/splitbrain/dokuwiki-plugin-smtp/issues/38"},
				{"Nodemailer", "Mail command failed", nodemailer},
				{"PHPMailer", "The following From address failed:", phpmailer},
				{"Python smtplib, Django", "smtplib.SMTPSenderRefused", smtplib},
				{"curl", "MAIL failed:", curl},
			},
			Also: []Code{"sender-not-verified", "sender-domain-not-set-up", "sender-refused"},
		},
		"sender-not-verified": {
			Title: "The sender is not verified",
			Means: "The service only sends from addresses and domains that you have verified there.",
			Cure:  []Fix{Example(`from = "robot@example.com" # a verified address`)},
			Says: []Saying{
				{"Amazon SES", "554 Message rejected: Email address is not verified.", "https://repost.aws/knowledge-center/ses-554-400-message-rejected-error"},
				{"SendGrid", "The from address does not match a verified Sender Identity.", "https://sendgrid.com/docs/for-developers/sending-email/sender-identity/"},
			},
		},
		"sender-domain-no-dns": {
			Title: "The sender's domain does not exist",
			Means: "The server looked up the domain of the sender and found nothing that receives mail.",
			Cure:  []Fix{Example(`from = "robot@example.com"`)},
			Says: []Saying{
				{"Postfix", "Sender address rejected: Domain not found", postfixCheck},
			},
		},
		"sender-malformed": {
			Title: "The sender is not a complete address",
			Means: "The sender has no domain, or the server doesn't accept its form.",
			Cure:  []Fix{Example(`from = "robot@example.com"`)},
			Says: []Saying{
				{"Postfix", "Sender address rejected: need fully-qualified address", postfixCheck},
				{".NET SmtpClient", "The specified string is not in the form required for an e-mail address.", dotnetMail},
			},
			Also: []Code{"from-invalid"},
		},
		"recipient-refused": {
			Title: "The server refuses the recipients",
			Means: "Each recipient was refused. The reply for each says why: unknown, not relayed, or refused for a reason that concerns the client.",
			Cure:  []Fix{Example(`rcpt_to = ["test@example.com"]`)},
			Says: []Saying{
				{"Nodemailer", "Can't send mail - all recipients were rejected", nodemailer},
				{"Nodemailer", "Recipient command failed", nodemailer},
				{"Python smtplib, Django", "smtplib.SMTPRecipientsRefused", smtplib},
				{"Jakarta Mail, JavaMail", "SendFailedException: Invalid Addresses", angus},
				{"MailKit", "No recipients were accepted.", mailkit},
				{"PHPMailer", "SMTP Error: The following recipients failed:", phpmailer},
				{".NET SmtpClient", "Unable to send to all recipients.", dotnetMail},
				{"curl", "RCPT failed:", curl},
			},
			Also: []Code{"relay-denied", "recipient-unknown"},
		},
		"recipient-unknown": {
			Title: "The recipient does not exist",
			Means: "The server knows the domain and has no such mailbox.",
			Cure:  []Fix{Example(`rcpt_to = ["test@example.com"]`)},
			Says: []Saying{
				{"Postfix", "Recipient address rejected: User unknown", postfixCheck},
			},
		},
		"recipient-greylisted": {
			Title: "Greylisting",
			Means: "The server asks unknown clients to come back in a few minutes. Mail servers do; applications rarely do.",
			Cure:  []Fix{Do("Send through the submission port of your own mail service, which tries again by itself.")},
			Says: []Saying{
				{"Postfix with postgrey", "Recipient address rejected: Greylisted", "schweikert/postgrey@6228bd1 postgrey"},
			},
		},
		"recipient-sandbox": {
			Title: "The account is still in its sandbox",
			Means: "New accounts may only send to recipients that you have authorised.",
			Cure:  []Fix{Do("Add your own domain at the mail service, or ask for production access.")},
			Says: []Saying{
				{"Mailgun", "Sandbox subdomains are for test purposes only.", "https://github.com/swapmyvote/swapmyvote/issues/182"},
			},
		},
		"message-too-large": {
			Title: "The message is too large",
			Means: "The message is larger than the server accepts. Attachments grow by a third in transit.",
			Cure:  []Fix{Do("Send smaller attachments, or links to them.")},
			Says: []Saying{
				{"Postfix", "552 5.3.4 Message size exceeds fixed limit", postfixCheck},
				{"Nodemailer", "Message size larger than allowed", nodemailer},
			},
		},
		"smtputf8-not-offered": {
			Title: "The address has non-ASCII characters",
			Means: "Such addresses need SMTPUTF8, which the server doesn't offer.",
			Cure:  []Fix{Example(`from = "robot@example.com"`)},
			Says: []Saying{
				{"Python smtplib", "SMTPUTF8 not supported by server", smtplib},
				{"Nodemailer", "Internationalized mailbox name not allowed", nodemailer},
				{".NET SmtpClient", "The client or server is only configured for E-mail addresses with ASCII local-parts:", dotnetMail},
			},
		},
	}
}

// symptomsToken is what token services say.
func symptomsToken() map[Code]Symptom {
	return map[Code]Symptom{
		"oauth2-client-rejected": {
			Title: "The token service rejects the client",
			Means: "The client id or the client secret is wrong or has expired. Microsoft Entra shows an id beside each secret, which is not the secret.",
			Cure:  []Fix{Example("client_id = var.client_id", "client_secret = var.client_secret")},
			Says: []Saying{
				{"Microsoft Entra", "AADSTS7000215", "https://github.com/hoppscotch/hoppscotch/issues/3868"},
				{"Microsoft Entra", "AADSTS7000222", entraErrors},
				{"Microsoft Entra", "AADSTS700016", entraErrors},
				{"OAuth2 (RFC 6749)", "invalid_client", "https://www.rfc-editor.org/rfc/rfc6749#section-5.2"},
			},
		},
		"oauth2-refresh-token-rejected": {
			Title: "The refresh token is rejected",
			Means: "Refresh tokens expire, and are revoked when the user withdraws consent or changes the password.",
			Cure:  []Fix{Example("refresh_token = var.refresh_token # from a new consent")},
			Says: []Saying{
				{"Google, Microsoft Entra", "invalid_grant", googleOAuth2},
				{"Microsoft Entra", "AADSTS700082", "https://techcommunity.microsoft.com/discussions/partnershelpingpartnerstechtopics/repost-from-old-community--oauth-refresh-token-has-expired-after-90-days/3853767"},
			},
		},
		"oauth2-scope-rejected": {
			Title: "The scope is rejected",
			Means: "The scope is misspelt, or belongs to a service other than the one that sends.",
			Cure:  []Fix{Set(`scopes = ["https://outlook.office365.com/.default"]`)},
			Says: []Saying{
				{"Microsoft Entra", "AADSTS70011", entraErrors},
				{"OAuth2 (RFC 6749)", "invalid_scope", "https://www.rfc-editor.org/rfc/rfc6749#section-5.2"},
			},
		},
	}
}
