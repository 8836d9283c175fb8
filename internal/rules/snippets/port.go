package snippets

var portSnippets = []Snippet{
	{"port-out-of-range", "host = \"smtp.corp.internal\"\nport = 0", "host = \"smtp.corp.internal\"\nport = 465"},
	{"port-required", "host     = \"localhost\"\ntls_mode = \"none\"", "host     = \"localhost\"\nport     = 1025\ntls_mode = \"none\""},
	{"port-25", "host = \"smtp.corp.internal\"\nport = 25", "host = \"smtp.corp.internal\"\nport = 587"},
	{"port-of-other-protocol", "host = \"smtp.corp.internal\"\nport = 993", "host = \"smtp.corp.internal\"\nport = 465"},
	{"port-mistyped", "host = \"smtp.corp.internal\"\nport = 578", "host = \"smtp.corp.internal\"\nport = 587"},
	{"port-alternative-implicit", "host     = \"smtp.corp.internal\"\nport     = 2525\ntls_mode = \"implicit\"", "host     = \"smtp.corp.internal\"\nport     = 2525\ntls_mode = \"starttls\""},
	{"port-alternative-starttls", "host     = \"smtp.corp.internal\"\nport     = 2465\ntls_mode = \"starttls\"", "host     = \"smtp.corp.internal\"\nport     = 2465\ntls_mode = \"implicit\""},
	{"port-25-blocked", "host = \"smtp.sendgrid.net\"\nport = 25" + sendgridLogin, sendgrid + sendgridLogin},
	{"port-unusual", "host     = \"localhost\"\nport     = 8025\ntls_mode = \"none\"", "host     = \"localhost\"\nport     = 1025\ntls_mode = \"none\""},
	{"port-mail-catcher", "host = \"localhost\"\nport = 1025", "host     = \"localhost\"\nport     = 1025\ntls_mode = \"none\""},
}

var tlsSnippets = []Snippet{
	{"tls-mode-word", "host     = \"smtp.corp.internal\"\nport     = 465\ntls_mode = \"ssl\"", "host     = \"smtp.corp.internal\"\nport     = 465\ntls_mode = \"implicit\""},
	{"tls-min-version", "host            = \"smtp.corp.internal\"\ntls_min_version = \"1.0\"", "host            = \"smtp.corp.internal\"\ntls_min_version = \"1.2\""},
	{"implicit-tls-port", "host     = \"smtp.corp.internal\"\nport     = 465\ntls_mode = \"starttls\"", "host     = \"smtp.corp.internal\"\nport     = 465\ntls_mode = \"implicit\""},
	{"starttls-port-implicit", "host     = \"smtp.corp.internal\"\nport     = 587\ntls_mode = \"implicit\"", "host     = \"smtp.corp.internal\"\nport     = 587\ntls_mode = \"starttls\""},
	{"credentials-in-clear", "host        = \"smtp.corp.internal\"\nport        = 2525\ntls_mode    = \"none\"" + login, "host        = \"smtp.corp.internal\"\nport        = 2525\ntls_mode    = \"starttls\"" + login},
	{"clear-text-off-host", "host     = \"smtp.corp.internal\"\nport     = 2525\ntls_mode = \"none\"", "host     = \"smtp.corp.internal\"\nport     = 2525\ntls_mode = \"starttls\""},
	{"tls-argument-without-tls", "host        = \"localhost\"\nport        = 1025\ntls_mode    = \"none\"\nca_cert_pem = file(\"ca.pem\")", "host        = \"localhost\"\nport        = 587\nca_cert_pem = file(\"ca.pem\")"},
	{"insecure-tls", "host     = \"smtp.corp.internal\"\ninsecure = true", "host        = \"smtp.corp.internal\"\nca_cert_pem = file(\"ca.pem\")"},
	{"insecure-credentials", "host        = \"smtp.corp.internal\"\ninsecure    = true" + login + "\nignore_rules = [\"insecure-tls\"]", "host        = \"smtp.corp.internal\"\nca_cert_pem = file(\"ca.pem\")" + login},
}

// pemSnippets name files by what is in them.
var pemSnippets = []Snippet{
	{"ca-pem-private-key", "host        = \"smtp.corp.internal\"\nca_cert_pem = file(\"ca.key\")", "host        = \"smtp.corp.internal\"\nca_cert_pem = file(\"ca.pem\")"},
	{"ca-pem-unreadable", "host        = \"smtp.corp.internal\"\nca_cert_pem = \"ca.pem\"", "host        = \"smtp.corp.internal\"\nca_cert_pem = file(\"ca.pem\")"},
	{"client-cert-pem-private-key", "host              = \"smtp.corp.internal\"\nclient_cert_pem   = file(\"client.key\")\nclient_key_pem_wo = file(\"client.key\")\nclient_key_pem_wo_version = 1", pairRight},
	{"client-cert-pem-unreadable", "host              = \"smtp.corp.internal\"\nclient_cert_pem   = \"client.pem\"\nclient_key_pem_wo = file(\"client.key\")\nclient_key_pem_wo_version = 1", pairRight},
	{"client-key-pem-unreadable", "host              = \"smtp.corp.internal\"\nclient_cert_pem   = file(\"client.pem\")\nclient_key_pem_wo = \"client.key\"\nclient_key_pem_wo_version = 1", pairRight},
	{"client-key-mismatch", "host              = \"smtp.corp.internal\"\nclient_cert_pem   = file(\"client.pem\")\nclient_key_pem_wo = file(\"old-client.key\")\nclient_key_pem_wo_version = 1", pairRight},
	{"client-cert-without-key", "host            = \"smtp.corp.internal\"\nclient_cert_pem = file(\"client.pem\")", pairRight},
	{"ca-pem-expired", "host        = \"smtp.corp.internal\"\nca_cert_pem = file(\"old-ca.pem\")", "host        = \"smtp.corp.internal\"\nca_cert_pem = file(\"ca.pem\")"},
	{"client-cert-pem-expired", "host              = \"smtp.corp.internal\"\nclient_cert_pem   = file(\"old-client.pem\")\nclient_key_pem_wo = file(\"old-client.key\")\nclient_key_pem_wo_version = 1", pairRight},
	{"client-key-without-cert", "host              = \"smtp.corp.internal\"\nclient_key_pem_wo = file(\"client.key\")\nclient_key_pem_wo_version = 1", pairRight},
}

const pairRight = "host              = \"smtp.corp.internal\"\nclient_cert_pem   = file(\"client.pem\")\nclient_key_pem_wo = file(\"client.key\")\nclient_key_pem_wo_version = 1"
