package snippets

const (
	office   = "host = \"smtp.office365.com\"\nport = 587\nusername = \"robot@contoso.com\""
	ses      = "host = \"email-smtp.eu-west-1.amazonaws.com\"\nport = 587\nusername = var.ses_smtp_username"
	gmail    = "host = \"smtp.gmail.com\"\nport = 465"
	mailru   = "host = \"smtp.mail.ru\"\nport = 465"
	sendgrid = "host = \"smtp.sendgrid.net\"\nport = 587"

	officeLogin   = "\nusername = \"robot@contoso.com\"\naccess_token_wo = var.access_token\naccess_token_wo_version = 1"
	gmailLogin    = "\nusername = \"robot@gmail.com\"\npassword_wo = var.app_password\npassword_wo_version = 1"
	sendgridLogin = "\nusername = \"apikey\"\npassword_wo = var.sendgrid_api_key\npassword_wo_version = 1"
	anyLogin      = "\nusername = \"robot@corp.internal\"\npassword_wo = var.smtp_password\npassword_wo_version = 1"
)

var serviceSnippets = []Snippet{
	{"service-decides-after-data", sendgrid + sendgridLogin + "\nverify = \"envelope\"\nfrom = \"robot@corp.internal\"", sendgrid + sendgridLogin + "\nverify = \"message\"\nfrom = \"robot@corp.internal\"\nrcpt_to = [\"operator@corp.internal\"]"},
	{"service-port", "host = \"smtp.office365.com\"\nport = 465" + officeLogin, "host = \"smtp.office365.com\"\nport = 587" + officeLogin},
	{"service-port-unlisted", "host = \"smtp.gmail.com\"\nport = 2525" + gmailLogin, gmail + gmailLogin},
	{"service-mode", "host = \"smtp.sendgrid.net\"\nport = 2525\ntls_mode = \"implicit\"" + sendgridLogin, "host = \"smtp.sendgrid.net\"\nport = 2525\ntls_mode = \"starttls\"" + sendgridLogin},
	{"service-mode-unlisted", "host = \"send.smtp.com\"\nport = 2525\ntls_mode = \"implicit\"" + anyLogin, "host = \"send.smtp.com\"\nport = 2525\ntls_mode = \"starttls\"" + anyLogin},
	{"service-login", sendgrid, sendgrid + sendgridLogin},
	{"service-mechanism", sendgrid + sendgridLogin + "\nauth_mechanism = \"CRAM-MD5\"", sendgrid + sendgridLogin},
	{"service-username", sendgrid + "\nusername = \"robot@corp.internal\"\npassword_wo = var.sendgrid_api_key\npassword_wo_version = 1", sendgrid + sendgridLogin},
	{"service-username-unusual", "host = \"email-smtp.eu-west-1.amazonaws.com\"\nport = 587\nusername = \"ses-smtp-user\"\npassword_wo = var.ses_smtp_password\npassword_wo_version = 1", ses + "\npassword_wo = var.ses_smtp_password\npassword_wo_version = 1"},
	{"service-username-address", mailru + "\nusername = \"robot\"\npassword_wo = var.app_password\npassword_wo_version = 1", mailru + "\nusername = \"robot@mail.ru\"\npassword_wo = var.app_password\npassword_wo_version = 1"},
	{"service-token-twice", "host = \"smtp.postmarkapp.com\"\nport = 587\nusername = \"robot\"\npassword_wo = var.postmark_token\npassword_wo_version = 1", "host = \"smtp.postmarkapp.com\"\nport = 587\nusername = var.postmark_token\npassword_wo = var.postmark_token\npassword_wo_version = 1"},
	{"service-secret-shape", ses + "\npassword_wo = var.secret_access_key\npassword_wo_version = 1", ses + "\npassword_wo = var.ses_smtp_password\npassword_wo_version = 1"},
	{"service-secret-unusual", gmail + "\nusername = \"robot@gmail.com\"\npassword_wo = var.account_password\npassword_wo_version = 1", gmail + "\nusername = \"robot@gmail.com\"\npassword_wo = var.app_password\npassword_wo_version = 1"},
	{"service-oauth2-only", "host = \"smtp-mail.outlook.com\"\nport = 587\nusername = \"robot@outlook.com\"\npassword_wo = var.smtp_password\npassword_wo_version = 1", "host = \"smtp-mail.outlook.com\"\nport = 587\nusername = \"robot@outlook.com\"\naccess_token_wo = var.access_token\naccess_token_wo_version = 1"},
	{"service-password-withdrawn", office + "\npassword_wo = var.smtp_password\npassword_wo_version = 1", office + "\naccess_token_wo = var.access_token\naccess_token_wo_version = 1"},
	{"service-no-oauth2", mailru + "\nusername = \"robot@mail.ru\"\naccess_token_wo = var.access_token\naccess_token_wo_version = 1", mailru + "\nusername = \"robot@mail.ru\"\npassword_wo = var.app_password\npassword_wo_version = 1"},
}
