package snippets

import "strings"

var label40, label64 = strings.Repeat("mail-", 8) + "x", strings.Repeat("mailserver", 7)

var hostSnippets = []Snippet{
	{"host-empty", `host = ""`, `host = "smtp.corp.internal"`},
	{"host-control-character", `host = "smtp.corp.internal\n"`, `host = "smtp.corp.internal"`},
	{"host-white-space", `host = " smtp.corp.internal"`, `host = "smtp.corp.internal"`},
	{"host-has-scheme", `host = "smtps://smtp.corp.internal"`, `host = "smtp.corp.internal"`},
	{"host-has-user", `host = "robot@smtp.corp.internal"`, `host = "smtp.corp.internal"`},
	{"host-has-path", `host = "smtp.corp.internal/"`, `host = "smtp.corp.internal"`},
	{"host-has-port", `host = "smtp.corp.internal:587"`, "host = \"smtp.corp.internal\"\nport = 587"},
	{"host-invalid-character", `host = "smtp,corp.internal"`, `host = "smtp.corp.internal"`},
	{"host-empty-label", `host = "smtp..corp.internal"`, `host = "smtp.corp.internal"`},
	{"host-label-too-long", `host = "` + label64 + `.internal"`, `host = "smtp.corp.internal"`},
	{"host-too-long", `host = "` + strings.Repeat(label40+".", 6) + `corp.internal"`, `host = "smtp.corp.internal"`},
	{"host-label-hyphen", `host = "smtp-.corp.internal"`, `host = "smtp.corp.internal"`},
	{"host-idn-invalid", `host = "bücher..internal"`, `host = "bücher.internal"`},
	{"host-trailing-dot", `host = "smtp.corp.internal."`, `host = "smtp.corp.internal"`},
	{"host-underscore", `host = "mail_relay.corp.internal"`, `host = "mail-relay.corp.internal"`},
	{"host-ip-without-name", `host = "192.0.2.25"`, "host            = \"192.0.2.25\"\ntls_server_name = \"smtp.corp.internal\""},
}

var nameSnippets = []Snippet{
	{"host-address-unusable", "host = \"0.0.0.0\"\ntls_server_name = \"smtp.corp.internal\"", "host = \"127.0.0.1\"\ntls_server_name = \"smtp.corp.internal\""},
	{"host-ip-incomplete", `host = "192.0.2"`, "host            = \"192.0.2.25\"\ntls_server_name = \"smtp.corp.internal\""},
	{"host-placeholder", `host = "smtp.example.com"`, `host = "smtp.corp.internal"`},
	{"host-mx", `host = "aspmx.l.google.com"` + gmailLogin, `host = "smtp.gmail.com"` + gmailLogin},
	{"host-incoming", `host = "imap.fastmail.com"` + anyLogin, `host = "smtp.fastmail.com"` + anyLogin},
	{"host-web", `host = "mail.google.com"` + gmailLogin, `host = "smtp.gmail.com"` + gmailLogin},
	{"host-former", `host = "in.mailjet.com"` + anyLogin, `host = "in-v3.mailjet.com"` + anyLogin},
	{"host-not-submission", `host = "api.mailgun.net"` + anyLogin, `host = "smtp.mailgun.org"` + anyLogin},
	{"host-name-incoming", `host = "imap.corp.internal"`, `host = "smtp.corp.internal"`},
	{"host-name-web", `host = "www.corp.internal"`, `host = "smtp.corp.internal"`},
	{"host-name-mx", `host = "mx1.corp.internal"`, `host = "smtp.corp.internal"`},
	{"host-domain-only", `host = "sendgrid.net"` + sendgridLogin, `host = "smtp.sendgrid.net"` + sendgridLogin},
	{"host-unlisted", `host = "stmp.gmail.com"` + gmailLogin, `host = "smtp.gmail.com"` + gmailLogin},
	{"host-near-service", `host = "smtp.gmial.com"` + gmailLogin, `host = "smtp.gmail.com"` + gmailLogin},
}
