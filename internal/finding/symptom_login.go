package finding

// symptomsLogin is what other tools say of a login.
func symptomsLogin() map[Code]Symptom {
	return map[Code]Symptom{
		"auth-not-offered": {
			Title: "The server offers no login",
			Means: "The client has credentials, and the server's list of capabilities has no AUTH. Most servers offer it only under TLS, and only on 465 and 587.",
			Cure:  []Fix{toStartTLS, toImplicit, Remove("username", "password")},
			Says: []Saying{
				{"Python smtplib, Django", "SMTP AUTH extension not supported by server.", smtplib},
				{"Go net/smtp", "smtp: server doesn't support AUTH", goSMTP},
				{"go-mail", "server does not support SMTP AUTH", goMail},
				{"MailKit", "The SMTP server does not support authentication.", mailkit},
				{"PHPMailer", "Authentication is not allowed at this stage", phpmailerSMTP},
				{"swaks", "Host did not advertise authentication", swaks},
				{"msmtp", "the server does not support authentication", msmtp},
			},
			Also: []Code{"auth-tls-required"},
		},
		"auth-no-common-mechanism": {
			Title: "No common login mechanism",
			Means: "Client and server have no auth mechanism in common. Often a server offers PLAIN and LOGIN only under TLS, or accepts only OAuth2 tokens.",
			Cure:  []Fix{toStartTLS, toImplicit, Example("access_token = var.access_token").Without("password")},
			Says: []Saying{
				{"Python smtplib, Django", "No suitable authentication method found.", smtplib},
				{"Jakarta Mail, Keycloak", "No authentication mechanisms supported by both server and client", angus},
				{"MailKit", "No compatible authentication mechanisms found.", mailkit},
				{"PHPMailer", "No supported authentication methods found", phpmailerSMTP},
				{"Symfony Mailer, Laravel", "Failed to find an authenticator supported by the SMTP server", symfony},
				{"lettre", "No compatible authentication mechanism was found", lettre},
				{"go-mail", "SMTP Auth autodiscover was not able to detect a supported", goMailAuth},
				{"Vaultwarden", "No valid SMTP Auth mechanism found for", "https://github.com/dani-garcia/vaultwarden/issues/3476"},
				{"curl", "Unsupported SASL authentication mechanism", "curl/curl@5c61e16869 lib/curl_sasl.c"},
				{"swaks", "Auth not attempted, requested type not available", swaks},
				{"Postfix (as client)", "offered no compatible authentication mechanisms for this type of connection security", "vdukhovni/postfix@17830e5c1 postfix/src/smtp/smtp_sasl_proto.c"},
				{"Postfix (as client)", "no mechanism available", "https://github.com/bokysan/docker-postfix/issues/180"},
			},
			Also: []Code{"oauth2-required", "auth-mechanism-not-offered"},
		},
		"auth-mechanism-unsupported": {
			Title: "The server does not support the mechanism",
			Means: "The client insists on a mechanism that the server doesn't have: Microsoft 365, for example, accepts LOGIN and XOAUTH2 but not PLAIN.",
			Cure:  []Fix{Remove("auth_mechanism")},
			Says: []Saying{
				{"Exchange Online", "504 5.7.4 Unrecognized authentication type", "https://github.com/mikel/mail/issues/1357"},
				{"PHPMailer", "is not supported by the server", phpmailerSMTP},
				{"go-mail", "server does not support SMTP AUTH type:", goMailAuth},
			},
			Also: []Code{"client-mechanism-service"},
		},
		"auth-rejected": {
			Title: "The server rejects the credentials",
			Means: "User name or password is wrong, or it is another kind of password than the service expects. The server's reply, printed with the message, often says more.",
			Cure:  []Fix{newSecret},
			Says: []Saying{
				{"Nodemailer", "Invalid login", nodemailer},
				{"Python smtplib, Django", "smtplib.SMTPAuthenticationError", smtplib},
				{"Ruby Net::SMTP", "Net::SMTPAuthenticationError", "https://github.com/exercism/website/issues/1904"},
				{"Jakarta Mail, Keycloak", "AuthenticationFailedException", angus},
				{".NET SmtpClient", "Authentication failed.", dotnetMail},
				{"PHPMailer", "SMTP Error: Could not authenticate.", phpmailer},
				{"Symfony Mailer, Laravel", "Failed to authenticate on SMTP server with username", symfony},
				{"go-mail", "SMTP AUTH failed:", goMail},
				{"curl", "Login denied", curlErrors},
				{"swaks", "No authentication type succeeded", swaks},
				{"Postfix (as client)", "SASL authentication failed; server", postfixSASL},
				{"Exim (as client)", "authentication attempt(s) failed", eximOut},
			},
			Also: []Code{"auth-google-bad-credentials", "auth-microsoft-rejected", "auth-ses-credentials"},
		},
		"username-without-secret": {
			Title: "The client has a user name and no password",
			Means: "The password is missing or empty: often a variable or secret that is not set.",
			Cure:  []Fix{newSecret},
			Says: []Saying{
				{"Nodemailer", `Missing credentials for "PLAIN"`, nodemailer},
				{"Ruby Net::SMTP", "SMTP-AUTH requested but missing secret phrase", netSMTPAuth},
			},
			Also: []Code{"credential-empty"},
		},
		"secret-without-username": {
			Title: "The client has a password and no user name",
			Means: "The user name is missing or empty.",
			Cure:  []Fix{newSecret},
			Says: []Saying{
				{"Ruby Net::SMTP", "SMTP-AUTH requested but missing user name", netSMTPAuth},
			},
		},
		"auth-google-bad-credentials": {
			Title: "Gmail rejects the password",
			Means: "Gmail doesn't accept the password of the account over SMTP. It accepts app passwords, which need two-step verification, and OAuth2 tokens.",
			Cure:  []Fix{Example(`host = "smtp.gmail.com"`, `username = "robot@example.com"`, "password = var.app_password")},
			Says: []Saying{
				{"Gmail", "535-5.7.8 Username and Password not accepted", gmailErrors},
			},
		},
		"auth-app-password-required": {
			Title: "An app password is required",
			Means: "The account has two-factor authentication, so its own password doesn't work here. Create an app password.",
			Cure:  []Fix{Example("password = var.app_password")},
			Says: []Saying{
				{"Gmail", "534-5.7.9 Application-specific password required", gmailErrors},
				{"SendGrid", "Basic authentication is not allowed with 2FA enabled", "sendgrid/docs@c3eb3fef6 content/docs/ui/account-and-settings/two-factor-authentication.md"},
			},
		},
		"auth-microsoft-basic-disabled": {
			Title: "Microsoft 365: basic authentication is disabled",
			Means: "The tenant no longer accepts passwords over SMTP. Use an OAuth2 access token.",
			Cure:  []Fix{Example("access_token = var.access_token").Without("password")},
			Says: []Saying{
				{"Exchange Online", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", "https://github.com/rpremraj/mailR/issues/107"},
			},
		},
		"auth-microsoft-smtp-disabled-tenant": {
			Title: "Microsoft 365: SMTP AUTH is off",
			Means: "The administrator switched off authenticated SMTP for the whole organisation. It can still be on for one mailbox.",
			Cure:  []Fix{Do("Have an administrator run Set-CASMailbox -Identity robot@example.com -SmtpClientAuthenticationDisabled $false.")},
			Says: []Saying{
				{"Exchange Online", "SmtpClientAuthentication is disabled for the Tenant.", "https://github.com/simonrob/email-oauth2-proxy/issues/193"},
			},
			Also: []Code{"auth-microsoft-smtp-disabled-mailbox", "auth-microsoft-security-defaults"},
		},
		"auth-microsoft-rejected": {
			Title: "Microsoft 365 rejects the login",
			Means: "The credentials are wrong, or the mailbox has SMTP AUTH switched off or multi-factor authentication switched on; the server doesn't say which.",
			Cure:  []Fix{newSecret, Example("access_token = var.access_token").Without("password")},
			Says: []Saying{
				{"Exchange Online", "535 5.7.3 Authentication unsuccessful", "https://github.com/mageplaza/magento-2-smtp/issues/108"},
			},
		},
		"auth-ses-credentials": {
			Title: "Amazon SES rejects the credentials",
			Means: "SES has its own SMTP credentials for each region. The password is derived from the secret access key; the key itself never works.",
			Cure:  []Fix{Example("username = aws_iam_access_key.smtp.id", "password = aws_iam_access_key.smtp.ses_smtp_password_v4")},
			Says: []Saying{
				{"Amazon SES", "535 Authentication Credentials Invalid", "https://github.com/knadh/listmonk/issues/1053"},
			},
		},
		"auth-throttled": {
			Title: "Too many logins",
			Means: "The service has seen too many logins and refuses more for a while. Further attempts prolong that.",
			Cure:  []Fix{Do("Wait, and reuse connections in your applications, so that they log in less often.")},
			Says: []Saying{
				{"Gmail", "454 4.7.0 Too many login attempts, please try again later.", gmailErrors},
			},
		},
		"account-allowance": {
			Title: "The plan's allowance is used up",
			Means: "The account has sent as much as its plan allows. The credentials are right.",
			Cure:  []Fix{Do("Raise the limit at the mail service, or wait until it resets.")},
			Says: []Saying{
				{"SendGrid", "451 Authentication failed: Maximum credits exceeded", "https://github.com/mautic/mautic/issues/8721"},
				{"Gmail", "550 5.4.5 Daily user sending quota exceeded.", "https://github.com/gen-smtp/gen_smtp/issues/140"},
			},
		},
		"login-required": {
			Title: "The server requires a login",
			Means: "The client sent mail without logging in: it has no credentials, or its authentication option is off.",
			Cure:  []Fix{newSecret},
			Says: []Saying{
				{"Exchange Online", "530 5.7.57 Client was not authenticated to send anonymous mail during MAIL FROM", exchangeNDR},
				{"Exchange Online", "530 5.7.57 Client not authenticated to send mail.", "https://pastebin.com/SuB30vi5"},
				{"Gmail", "530-5.5.1 Authentication Required.", gmailErrors},
				{"SendGrid", "550 Unauthenticated senders not allowed", sendgrid},
				{"Zoho Mail", "530 5.5.1 Authentication Required.", "https://github.com/nodemailer/nodemailer/issues/1082"},
				{"Postfix", "Sender address rejected: not logged in", postfixCheck},
			},
			Also: []Code{"login-without-credentials", "service-login", "auth-microsoft-not-authenticated"},
		},
	}
}
