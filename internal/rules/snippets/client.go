package snippets

const (
	submission = "host = \"smtp.corp.internal\"\nport = 587"
	submitTLS  = "host = \"smtp.corp.internal\"\nport = 465"
)

const (
	privateCA = "\nca_cert_pem = file(\"ca.pem\")"
	unchecked = "\ninsecure = true\nignore_rules = [\"insecure-tls\"]"
	hosted    = "ignore_rules = [\"client-tls-unknown\", \"client-verification-unknown\", \"client-stores-secret\"]"
)

var clientSnippets = []Snippet{
	{"client-unknown", submitTLS + "\nclients = [\"grafna\"]", submitTLS + "\nclients = [\"grafana\"]"},
	{"client-mode-impossible", submitTLS + "\nclients = [\"system-net-mail\"]", submission + "\nclients = [\"system-net-mail\"]"},
	{"client-cannot-express", "host = \"smtp.corp.internal\"\nport = 2465\nclients = [\"grafana\"]", submitTLS + "\nclients = [\"grafana\"]"},
	{"client-needs-sender", submitTLS + login + "\nclients = [\"tf-keycloak-realm\"]\nignore_rules = [\"client-stores-secret\"]", submitTLS + login + "\nfrom = \"robot@corp.example\"\nclients = [\"tf-keycloak-realm\"]\nignore_rules = [\"client-stores-secret\"]"},
	{"client-needs-login", submitTLS + "\nclients = [\"argocd-notifications\"]", submitTLS + login + "\nclients = [\"argocd-notifications\"]"},
	{"client-mechanism", submitTLS + login + "\nauth_mechanism = \"NTLM\"\nclients = [\"grafana\"]", submitTLS + login + "\nauth_mechanism = \"LOGIN\"\nclients = [\"grafana\"]"},
	{"client-mechanism-service", "host = \"smtp.sparkpostmail.com\"\nport = 587\nusername = \"SMTP_Injection\"\npassword_wo = var.smtp_password\npassword_wo_version = 1\nclients = [\"go-net-smtp\"]", "host = \"smtp.sparkpostmail.com\"\nport = 587\nusername = \"SMTP_Injection\"\npassword_wo = var.smtp_password\npassword_wo_version = 1\nclients = [\"grafana\"]"},
	{"client-mechanism-likely", "host = \"smtp.kolabnow.com\"\nusername = \"robot@example.org\"\npassword_wo = var.smtp_password\npassword_wo_version = 1\nclients = [\"go-net-smtp\"]", "host = \"smtp.kolabnow.com\"\nusername = \"robot@example.org\"\npassword_wo = var.smtp_password\npassword_wo_version = 1\nclients = [\"grafana\"]"},
	{"client-ehlo-name", submitTLS + "\nehlo_name = \"app.corp.example\"\nclients = [\"django\"]", submitTLS + "\nehlo_name = \"app.corp.example\"\nclients = [\"grafana\"]"},
	{"client-server-name", submitTLS + "\ntls_server_name = \"mail.corp.internal\"\nclients = [\"grafana\"]", submitTLS + "\ntls_server_name = \"mail.corp.internal\"\nclients = [\"postfix\"]"},
	{"client-server-name-outside", submitTLS + "\ntls_server_name = \"mail.corp.internal\"\nclients = [\"curl\"]", "host = \"mail.corp.internal\"\nport = 465\nclients = [\"curl\"]"},
	{"client-private-ca", submitTLS + login + privateCA + "\nclients = [\"tf-okta-email-smtp-server\"]\n" + hosted, submitTLS + login + "\nclients = [\"tf-okta-email-smtp-server\"]\n" + hosted},
	{"client-private-ca-outside", submitTLS + privateCA + "\nclients = [\"grafana\"]", submitTLS + privateCA + "\nclients = [\"msmtp\"]"},
	{"client-certificate-impossible", pairRight + "\nclients = [\"mattermost\"]", pairRight + "\nclients = [\"grafana\"]"},
	{"client-certificate-outside", pairRight + "\nclients = [\"nodemailer\"]", pairRight + "\nclients = [\"grafana\"]"},
	{"client-verifies", submitTLS + unchecked + "\nclients = [\"django\"]", submitTLS + unchecked + "\nclients = [\"grafana\"]"},
	{"client-smtputf8", submitTLS + "\nfrom = \"jürgen@corp.example\"\nclients = [\"django\"]", submitTLS + "\nfrom = \"jürgen@corp.example\"\nclients = [\"nodemailer\"]"},
	{"client-stores-secret", submitTLS + login + "\nfrom = \"robot@corp.example\"\nclients = [\"tf-keycloak-realm\"]", submitTLS + "\nusername = \"robot\"\npassword = var.smtp_password\nfrom = \"robot@corp.example\"\nclients = [\"tf-keycloak-realm\"]"},
	{"client-weaker-tls", submission + "\nclients = [\"keycloak\"]", submitTLS + "\nclients = [\"keycloak\"]"},
	{"client-tls-unknown", submission + "\nclients = [\"appsmith\"]\nignore_rules = [\"client-verification-unknown\"]", submission + "\nclients = [\"vaultwarden\"]"},
	{"client-unverified", submission + "\nclients = [\"airflow\"]", submitTLS + "\nclients = [\"airflow\"]"},
	{"client-verification-unknown", submission + "\nclients = [\"metabase\"]", submission + "\nclients = [\"vaultwarden\"]"},
}
