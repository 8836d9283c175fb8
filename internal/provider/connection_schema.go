package provider

import (
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// argumentRows are what a person types: flat, because Terraform shows the source
// line of a diagnostic for top-level attributes alone.
var argumentRows = []attribute{
	{name: "host", kinds: everywhere, shape: text, required: true,
		description: "Name or IP address of the server, without scheme, port or path. The server's certificate must have this name, unless `tls_server_name` is set. Names with non-ASCII characters are mapped to A-labels (RFC 5891)."},
	{name: "port", kinds: everywhere, shape: number, optional: true, computed: true,
		description: "Port from 1 to 65535. Default: 465 with `tls_mode = \"implicit\"`, 587 with `\"starttls\"`; `\"none\"` has no default. With neither `port` nor `tls_mode` given it is 465 (RFC 8314)."},
	{name: "tls_mode", kinds: everywhere, shape: text, optional: true, computed: true,
		description: "When TLS starts: `implicit` (from the first byte; elsewhere called SSL, SSL/TLS, SMTPS or `secure = true`), `starttls` (demanded by the STARTTLS command; elsewhere called TLS, STARTTLS or `secure = false`) or `none` (clear text; STARTTLS is never sent, and credentials are refused unless the host is this machine). Default: `implicit` on ports 465 and 2465 and where no port is given, else `starttls`."},
	{name: "username", kinds: everywhere, shape: text, optional: true,
		description: "User name for the login, as the mail service gives it."},
	{name: "password", kinds: inResource | inDataSource, shape: text, optional: true, sensitive: true,
		description: "Password for the login. It is kept in the state; a resource can take `password_wo` instead, which is not."},
	{name: "password", kinds: inEphemeral, shape: text, optional: true, sensitive: true,
		description: "Password for the login. Like all of an ephemeral block it is never stored."},
	{name: "password_wo", kinds: inResource, shape: text, optional: true, sensitive: true, writeOnly: true,
		description: "Password for the login, never stored in plan or state. Needs Terraform or OpenTofu 1.11. A new value is used when `password_wo_version` changes."},
	{name: "password_wo_version", kinds: inResource, shape: number, optional: true,
		description: "Increment whenever `password_wo` changes; the connection is then checked again."},
	{name: "access_token", kinds: inResource | inDataSource, shape: text, optional: true, sensitive: true,
		description: "OAuth2 access token for the login (XOAUTH2 or OAUTHBEARER), in place of a password. It is kept in the state; a resource can take `access_token_wo` instead, which is not."},
	{name: "access_token", kinds: inEphemeral, shape: text, optional: true, sensitive: true,
		description: "OAuth2 access token for the login (XOAUTH2 or OAUTHBEARER), in place of a password. Like all of an ephemeral block it is never stored."},
	{name: "access_token_wo", kinds: inResource, shape: text, optional: true, sensitive: true, writeOnly: true,
		description: "OAuth2 access token for the login, never stored in plan or state. Needs Terraform or OpenTofu 1.11. A new value is used when `access_token_wo_version` changes."},
	{name: "access_token_wo_version", kinds: inResource, shape: number, optional: true,
		description: "Increment to try the current `access_token_wo`; the connection is then checked again. A token that is fetched anew at each run needs no new number."},
	{name: "auth_mechanism", kinds: everywhere, shape: text, optional: true,
		description: "SASL mechanism for the login, one of " + codeList(settings.Mechanisms()) + ". Default: the safest that the server offers and that fits the credentials. One login is tried; after a refusal no other mechanism is."},
	{name: "from", kinds: everywhere, shape: text, optional: true,
		description: "Sender address, without a display name: the sender of `verify = \"envelope\"` and `\"message\"`, and of the clients that have a setting for it."},
	{name: "rcpt_to", kinds: everywhere, shape: textList, optional: true,
		description: "Addresses that `verify = \"envelope\"` asks the server about, and that `verify = \"message\"` sends a test message to."},
	{name: "ca_cert_pem", kinds: everywhere, shape: text, optional: true,
		description: "Certificates in PEM that are the only roots trusted for this connection. Default: the provider's `ca_cert_pem`, else the roots of the system."},
	{name: "client_cert_pem", kinds: everywhere, shape: text, optional: true,
		description: "Client certificate in PEM, with its chain, for servers that ask for one."},
	{name: "client_key_pem", kinds: inResource | inDataSource, shape: text, optional: true, sensitive: true,
		description: "Private key of `client_cert_pem` in PEM. It is kept in the state; a resource can take `client_key_pem_wo` instead, which is not."},
	{name: "client_key_pem", kinds: inEphemeral, shape: text, optional: true, sensitive: true,
		description: "Private key of `client_cert_pem` in PEM. Like all of an ephemeral block it is never stored."},
	{name: "client_key_pem_wo", kinds: inResource, shape: text, optional: true, sensitive: true, writeOnly: true,
		description: "Private key of `client_cert_pem` in PEM, never stored in plan or state. Needs Terraform or OpenTofu 1.11. A new value is used when `client_key_pem_wo_version` changes."},
	{name: "client_key_pem_wo_version", kinds: inResource, shape: number, optional: true,
		description: "Increment whenever `client_key_pem_wo` changes; the connection is then checked again."},
	{name: "tls_server_name", kinds: everywhere, shape: text, optional: true,
		description: "Name to expect in the certificate and to send as SNI, if it is not `host`. Default: `host`."},
	{name: "tls_min_version", kinds: everywhere, shape: text, optional: true,
		description: "Oldest TLS version to accept: `1.2` (default) or `1.3`. Older ones are deprecated (RFC 8996)."},
	{name: "insecure", kinds: everywhere, shape: boolean, optional: true,
		description: "Accept any certificate. Each plan then warns, and fails if there are credentials, unless `ignore_rules` names `insecure-credentials` (RFC 4954 section 14). Default: `false`."},
	{name: "ehlo_name", kinds: everywhere, shape: text, optional: true,
		description: "Name that the client gives in EHLO: a domain name, or an address literal such as `[192.0.2.1]`. Default: the provider's `ehlo_name`, else the name of the machine if it has a domain, else the address of the connection as a literal (RFC 5321 section 4.1.4)."},
	{name: "verify", kinds: inResource, shape: text, optional: true,
		description: "How far apply checks the connection: `none` (contact nothing), `handshake` (greeting, EHLO, TLS, certificate), `auth` (and one login), `envelope` (and MAIL FROM `from`, RCPT TO each of `rcpt_to`, RSET; no message is sent) or `message` (and **one test message** from `from` to `rcpt_to` at each check, once in a run for identical connections, never at plan or refresh). Default: `auth` with credentials, else `handshake`."},
	{name: "message_subject", kinds: inResource, shape: text, optional: true,
		description: "Subject of the test message of `verify = \"message\"`. Default: `Test message from Terraform`."},
	{name: "verify", kinds: inDataSource | inEphemeral, shape: text, optional: true,
		description: "How far the connection is checked each time it is read: `none` (default: contact nothing), `handshake` (greeting, EHLO, TLS, certificate), `auth` (and one login) or `envelope` (and MAIL FROM `from`, RCPT TO each of `rcpt_to`, RSET; no message is sent). `message` is for the resource alone. Anything but `none` contacts the server during plan, apply and destroy."},
	{name: "clients", kinds: everywhere, shape: textSet, optional: true,
		description: "Ids of the libraries and applications that use the connection, such as `grafana` or `django`; the guide to clients lists them. The plan fails if a client has no settings for this host, port and TLS mode, and says which would work; it warns where a client is less strict than the check."},
	{name: "on_failure", kinds: inDataSource, shape: text, optional: true, oneOf: []string{onFailureError, onFailureReport},
		description: "What to do about findings: `error` (default) fails the plan; `report` lists them in the outputs `ok` and `findings`, for `check` blocks, `terraform test` and pipelines. Values that can't be read at all fail either way."},
	{name: "ignore_rules", kinds: everywhere, shape: textSet, optional: true,
		description: "Codes of rules to ignore, as shown in diagnostics. Every warning can be ignored. Errors seen on the network, and rules that guard against injection, can't."},
	{name: "retry_attempts", kinds: everywhere, shape: number, optional: true,
		description: "Number of attempts in all, 1 to 10, with growing pauses. Only temporary failures (no connection, no answer, a 4xx reply) are tried again, and nothing once a login was sent. Until then each attempt has an equal share of `timeout`, and at least 10 seconds (15 on port 25), so 30 seconds are enough for three attempts against a silent server. Default: 1."},
	{name: "timeout", kinds: everywhere, shape: text, optional: true,
		description: "Time for all attempts together, `1s` to `10m`. Default: the provider's `timeout`, else `30s`."},
	{name: "triggers", kinds: inResource, shape: textMap, optional: true,
		description: "Any values. When one changes, the connection is checked again, in place."},
	{name: "refresh", kinds: inResource, shape: text, optional: true, oneOf: []string{refreshNone, refreshHandshake},
		description: "What refresh does: `none` (default: contact nothing) or `handshake` (connect without logging in; if the handshake fails, `verified` becomes false with a warning, and the plan shows a new check). A renewed certificate or another greeting changes nothing."},
}

// plannedRows are outputs that follow from the arguments and are known at plan.
var plannedRows = []attribute{
	{name: "address", kinds: everywhere, shape: text, computed: true,
		description: "`host:port`, with brackets around an IPv6 address."},
	{name: "url", kinds: everywhere, shape: text, computed: true,
		description: "The connection as a URL without credentials: `smtps://` for implicit TLS, `smtp://` for STARTTLS, `smtp+insecure://` for none."},
	{name: "url_with_credentials", kinds: inEphemeral, shape: text, computed: true, sensitive: true,
		description: "`url` with user name and password, percent-encoded (RFC 3986 section 3.2.1). Null unless both are given; null with an access token, because software that reads such a URL treats the value as a password."},
	{name: "client_options", kinds: everywhere, shape: object, computed: true,
		description: "The mode in the words of the three families of client options.",
		fields: []attribute{
			{name: "ssl_tls_none", kinds: everywhere, shape: text, computed: true,
				description: "For libraries that ask for SSL, TLS or none: `SSL` is implicit TLS there and `TLS` STARTTLS."},
			{name: "tls_starttls_none", kinds: everywhere, shape: text, computed: true,
				description: "For libraries that ask for TLS, STARTTLS or none."},
			{name: "secure", kinds: everywhere, shape: boolean, computed: true,
				description: "For libraries with one boolean: true is TLS from the first byte. With `false` many of them use STARTTLS only if it is offered."},
		}},
	{name: "settings", kinds: everywhere, shape: object, computed: true,
		description: "The validated settings without any credential, made to be handed to functions and modules.",
		fields: []attribute{
			{name: "host", kinds: everywhere, shape: text, computed: true, description: "Name in A-labels, or the IP address."},
			{name: "port", kinds: everywhere, shape: number, computed: true, description: "Port."},
			{name: "tls_mode", kinds: everywhere, shape: text, computed: true, description: "`implicit`, `starttls` or `none`."},
			{name: "auth", kinds: everywhere, shape: text, computed: true, description: "Kind of the credentials: `none`, `password` or `oauth2`."},
			{name: "from", kinds: everywhere, shape: text, computed: true, description: "Sender address, null where `from` is not given."},
			{name: "auth_mechanism", kinds: everywhere, shape: text, computed: true, description: "SASL mechanism: the one declared, else the only one that the mail service takes for such credentials; null where neither is known."},
			{name: "auth_mechanism_declared", kinds: everywhere, shape: boolean, computed: true, description: "Whether `auth_mechanism` is declared, and not a consequence of the mail service."},
			{name: "ehlo_name", kinds: everywhere, shape: text, computed: true, description: "Name that the client gives in EHLO, from the connection or the provider block; null where neither declares one."},
			{name: "tls_server_name", kinds: everywhere, shape: text, computed: true, description: "Name to expect in the server's certificate, if it is not `host`; otherwise null."},
			{name: "private_ca", kinds: everywhere, shape: boolean, computed: true, description: "Whether the connection or the provider block declares `ca_cert_pem`, so that the certificate is verified with it and not with the roots of the system."},
			{name: "client_certificate", kinds: everywhere, shape: boolean, computed: true, description: "Whether a client certificate is shown."},
			{name: "insecure", kinds: everywhere, shape: boolean, computed: true, description: "Whether the verification of the server's certificate is skipped."},
		}},
}

// probedRows are outputs that are known after the check.
var probedRows = []attribute{
	{name: "verified", kinds: everywhere, shape: boolean, computed: true,
		description: "Whether the last check went as far as `verify` asks. False with `verify = \"none\"` and while the provider is offline."},
	{name: "verified_at", kinds: inResource, shape: text, computed: true,
		description: "Time of the last check in UTC, in the form of RFC 3339; null if there was none."},
	{name: "server_reply", kinds: inResource, shape: text, computed: true,
		description: "The server's reply to the test message of `verify = \"message\"`, mostly with its queue id; null without one."},
	{name: "server_info", kinds: everywhere, shape: object, computed: true,
		description: "What the server announced in its greeting and EHLO reply; null without a check.",
		fields: []attribute{
			{name: "greeting", kinds: everywhere, shape: text, computed: true, description: "Text of the 220 greeting."},
			{name: "address", kinds: everywhere, shape: text, computed: true, description: "Address and port that answered."},
			{name: "capabilities", kinds: everywhere, shape: textList, computed: true, description: "Extensions listed in reply to EHLO, under TLS where there was TLS."},
			{name: "auth_mechanisms", kinds: everywhere, shape: textList, computed: true, description: "Mechanisms offered for the login."},
			{name: "max_message_size", kinds: everywhere, shape: number, computed: true, description: "Largest message in bytes (SIZE, RFC 1870); null if the server doesn't say."},
		}},
	{name: "tls_session", kinds: everywhere, shape: object, computed: true,
		description: "The TLS connection of the check; null without TLS or check.",
		fields: []attribute{
			{name: "version", kinds: everywhere, shape: text, computed: true, description: "`1.2` or `1.3`."},
			{name: "cipher_suite", kinds: everywhere, shape: text, computed: true, description: "Cipher suite by its IANA name."},
			{name: "certificate", kinds: everywhere, shape: object, computed: true, description: "The server's certificate.",
				fields: []attribute{
					{name: "subject", kinds: everywhere, shape: text, computed: true, description: "Subject."},
					{name: "issuer", kinds: everywhere, shape: text, computed: true, description: "Issuer."},
					{name: "dns_names", kinds: everywhere, shape: textList, computed: true, description: "Names and addresses that it is for."},
					{name: "not_before", kinds: everywhere, shape: text, computed: true, description: "Begin of its validity (RFC 3339)."},
					{name: "not_after", kinds: everywhere, shape: text, computed: true, description: "End of its validity (RFC 3339)."},
					{name: "sha256_fingerprint", kinds: everywhere, shape: text, computed: true, description: "SHA-256 of the certificate in lower-case hexadecimal."},
				}},
		}},
	{name: "auth_mechanism_used", kinds: everywhere, shape: text, computed: true,
		description: "Mechanism of the login; null without one."},
	{name: "ok", kinds: inDataSource, shape: boolean, computed: true,
		description: "Whether there is no finding of severity error."},
	{name: "findings", kinds: inDataSource, shape: objectList, computed: true,
		description: "What rules and check found, errors first.",
		fields: []attribute{
			{name: "code", kinds: everywhere, shape: text, computed: true, description: "Stable code, as in the guide to findings."},
			{name: "severity", kinds: everywhere, shape: text, computed: true, description: "`error` or `warning`."},
			{name: "attribute", kinds: everywhere, shape: text, computed: true, description: "Argument to change."},
			{name: "refused", kinds: everywhere, shape: text, computed: true, description: "Whom the server refused: `client` (this machine), `account`, `sender`, `recipient`, `message` or `server` (it speaks of its own state); null where it refused nobody."},
			{name: "summary", kinds: everywhere, shape: text, computed: true, description: "The fact, on one line."},
			{name: "detail", kinds: everywhere, shape: text, computed: true, description: "Why it matters."},
			{name: "seen", kinds: everywhere, shape: textList, computed: true, description: "The evidence; empty for what follows from the arguments alone."},
			{name: "source", kinds: everywhere, shape: text, computed: true, description: "RFC and section, or other documentation; null where there is none."},
			{name: "fix", kinds: everywhere, shape: text, computed: true, description: "What to do, as the diagnostics print it."},
			{name: "fixes", kinds: everywhere, shape: objectList, computed: true, description: "The same as data. Each one is enough.",
				fields: []attribute{
					{name: "set", kinds: everywhere, shape: textMap, computed: true, description: "Arguments to set, each to an HCL expression; empty for an instruction."},
					{name: "remove", kinds: everywhere, shape: textList, computed: true, description: "Arguments to remove."},
					{name: "instruction", kinds: everywhere, shape: text, computed: true, description: "What to do where no argument can; null for an edit."},
					{name: "placeholder", kinds: everywhere, shape: boolean, computed: true, description: "Whether an expression stands for a value that only you know."},
				}},
			{name: "see", kinds: everywhere, shape: text, computed: true, description: "Where the documentation explains it."},
		}},
	{name: "timings", kinds: inDataSource, shape: textList, computed: true,
		description: "What took how long in a check that failed, such as `connect 20ms`."},
}

// connectionRows are all attributes of smtp_connection.
func connectionRows() []attribute { return slices.Concat(argumentRows, plannedRows, probedRows) }

// codeList writes names for Markdown: `A`, `B`, `C`.
func codeList[T ~string](names []T) string {
	quoted := make([]string, 0, len(names))
	for _, n := range names {
		quoted = append(quoted, "`"+string(n)+"`")
	}
	return strings.Join(quoted, ", ")
}
