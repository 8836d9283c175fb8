package snippets

const (
	submission = "host = \"smtp.corp.internal\"\nport = 587"
	submitTLS  = "host = \"smtp.corp.internal\"\nport = 465"
)

var clientSnippets = []Snippet{
	{"client-unknown", submitTLS + "\nclients = [\"grafna\"]", submitTLS + "\nclients = [\"grafana\"]"},
	{"client-mode-impossible", submitTLS + "\nclients = [\"system-net-mail\"]", submission + "\nclients = [\"system-net-mail\"]"},
	{"client-cannot-express", "host = \"smtp.corp.internal\"\nport = 2465\nclients = [\"grafana\"]", submitTLS + "\nclients = [\"grafana\"]"},
	{"client-weaker-tls", submission + "\nclients = [\"keycloak\"]", submitTLS + "\nclients = [\"keycloak\"]"},
	{"client-tls-unknown", submission + "\nclients = [\"mattermost\"]", submitTLS + "\nclients = [\"mattermost\"]"},
	{"client-unverified", submission + "\nclients = [\"airflow\"]", submitTLS + "\nclients = [\"airflow\"]"},
	{"client-verification-unknown", submission + "\nclients = [\"jenkins\"]", submitTLS + "\nclients = [\"jenkins\"]"},
}
