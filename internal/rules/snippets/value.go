package snippets

var valueSnippets = []Snippet{
	{"ehlo-name-invalid", server + "\nehlo_name = \"my laptop\"", server + "\nehlo_name = \"app.corp.internal\""},
	{"from-invalid", server + "\nfrom = \"Robot <robot@corp.internal>\"", server + "\nfrom = \"robot@corp.internal\""},
	{"rcpt-to-invalid", envelope + "\nrcpt_to = [\"operator\"]", envelope + "\nrcpt_to = [\"operator@corp.internal\"]"},
	{"rcpt-to-unused", server + "\nverify = \"handshake\"\nrcpt_to = [\"operator@corp.internal\"]", envelope + "\nrcpt_to = [\"operator@corp.internal\"]"},
	{"tls-server-name-invalid", server + "\ntls_server_name = \"smtp.corp.internal:465\"", server + "\ntls_server_name = \"smtp.corp.internal\""},
	{"verify-word", server + "\nverify = \"full\"", server + "\nverify = \"handshake\""},
	{"timeout-invalid", server + "\ntimeout = \"30\"", server + "\ntimeout = \"30s\""},
	{"ignore-rules-unknown", server + "\nignore_rules = [\"port25\"]", server + "\nport = 25\nignore_rules = [\"port-25\"]"},
	{"ignore-rules-guard", server + "\nignore_rules = [\"host-empty\"]", server},
	{"envelope-without-from", loggedIn + "\nverify = \"envelope\"", envelope},
	{"message-without-recipient", loggedIn + "\nverify = \"message\"\nfrom = \"robot@corp.internal\"", message},
	{"message-subject-invalid", message + "\nmessage_subject = \"a\\nBcc: everybody@corp.internal\"", message + "\nmessage_subject = \"Delivery test\""},
	{"message-subject-unused", envelope + "\nmessage_subject = \"Delivery test\"", message + "\nmessage_subject = \"Delivery test\""},
	{"retry-attempts-invalid", server + "\nretry_attempts = 0", server + "\nretry_attempts = 3"},
}

const message = loggedIn + "\nverify = \"message\"\nfrom = \"robot@corp.internal\"\nrcpt_to = [\"operator@corp.internal\"]"

const envelope = loggedIn + "\nverify = \"envelope\"\nfrom = \"robot@corp.internal\""
