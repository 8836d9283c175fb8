package snippets

const (
	server    = `host = "smtp.corp.internal"`
	loggedIn  = server + login
	tokenHead = server + "\n" + `username = "robot@corp.internal"`
)

var authSnippets = []Snippet{
	{"username-without-secret", server + "\nusername = \"robot\"", loggedIn},
	{"secret-without-username", server + "\npassword_wo = var.smtp_password\npassword_wo_version = 1", loggedIn},
	{"login-without-credentials", server + "\nverify = \"auth\"", loggedIn + "\nverify = \"auth\""},
	{"two-secrets", loggedIn + "\naccess_token_wo = var.access_token\naccess_token_wo_version = 1", loggedIn},
	{"auth-mechanism-word", loggedIn + "\nauth_mechanism = \"DIGEST-MD5\"", loggedIn},
	{"mechanism-needs-password", tokenHead + "\naccess_token_wo = var.access_token\naccess_token_wo_version = 1\nauth_mechanism = \"PLAIN\"", tokenHead + "\naccess_token_wo = var.access_token\naccess_token_wo_version = 1\nauth_mechanism = \"XOAUTH2\""},
	{"mechanism-needs-token", loggedIn + "\nauth_mechanism = \"XOAUTH2\"", loggedIn + "\nauth_mechanism = \"PLAIN\""},
	{"credential-line-end", server + "\nusername = \"robot\"\npassword_wo = file(\"password.txt\")\npassword_wo_version = 1", server + "\nusername = \"robot\"\npassword_wo = trimspace(file(\"password.txt\"))\npassword_wo_version = 1"},
	{"credential-white-space", server + "\nusername = \"robot \"\npassword_wo = var.smtp_password\npassword_wo_version = 1", loggedIn},
	{"credential-control-character", server + "\nusername = \"ro\\tbot\"\npassword_wo = var.smtp_password\npassword_wo_version = 1", loggedIn},
	{"credential-empty", server + "\nusername = \"\"\npassword_wo = var.smtp_password\npassword_wo_version = 1", loggedIn},
	{"write-only-unversioned", server + "\nusername = \"robot\"\npassword_wo = var.smtp_password", loggedIn},
	{"write-only-version-unused", server + "\nusername = \"robot\"\npassword = var.smtp_password\npassword_wo_version = 1", loggedIn},
	{"challenge-without-tls", "host = \"smtp.corp.internal\"\nport = 2525\ntls_mode = \"none\"\nauth_mechanism = \"CRAM-MD5\"" + login, "host = \"smtp.corp.internal\"\nport = 2525\ntls_mode = \"starttls\"\nauth_mechanism = \"CRAM-MD5\"" + login},
	{"binding-without-tls", "host = \"localhost\"\nport = 2525\ntls_mode = \"none\"\nauth_mechanism = \"SCRAM-SHA-256-PLUS\"" + login, "host = \"localhost\"\nport = 2525\ntls_mode = \"starttls\"\nauth_mechanism = \"SCRAM-SHA-256-PLUS\"" + login},
	{"external-without-certificate", server + "\nauth_mechanism = \"EXTERNAL\"", pairRight + "\nauth_mechanism = \"EXTERNAL\""},
	{"external-with-secret", pairRight + "\nauth_mechanism = \"EXTERNAL\"" + login, pairRight + "\nauth_mechanism = \"EXTERNAL\""},
}

var secretSnippets = []Snippet{
	{"secret-placeholder", server + "\nusername = \"robot\"\npassword_wo = \"**********\"\npassword_wo_version = 1", loggedIn},
	{"secret-in-username", server + "\nusername = var.sendgrid_api_key\npassword_wo = var.smtp_password\npassword_wo_version = 1", loggedIn},
	{"username-equals-password", server + "\nusername = var.smtp_password\npassword_wo = var.smtp_password\npassword_wo_version = 1", loggedIn},
	{"token-with-scheme", tokenHead + "\naccess_token_wo = \"Bearer ${var.access_token}\"\naccess_token_wo_version = 1", tokenHead + "\naccess_token_wo = var.access_token\naccess_token_wo_version = 1"},
	{"token-white-space", tokenHead + "\naccess_token_wo = \"${var.access_token} \"\naccess_token_wo_version = 1", tokenHead + "\naccess_token_wo = var.access_token\naccess_token_wo_version = 1"},
	{"token-wrong-kind", tokenHead + "\naccess_token_wo = var.google_refresh_token\naccess_token_wo_version = 1", tokenHead + "\naccess_token_wo = var.access_token\naccess_token_wo_version = 1"},
	{"password-is-token", tokenHead + "\npassword_wo = var.google_access_token\npassword_wo_version = 1", tokenHead + "\naccess_token_wo = var.google_access_token\naccess_token_wo_version = 1"},
}
