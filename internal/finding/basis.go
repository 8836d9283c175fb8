package finding

// Basis is what an error of the plan rests on. Resemblance, custom and incomplete lists
// are no basis: a finding that rests on them is a warning.
type Basis string

// The bases.
const (
	// Syntax: the value doesn't have the form that a standard or this provider's
	// documentation prescribes.
	Syntax Basis = "syntax"

	// Conflict: arguments exclude each other, or one needs another.
	Conflict Basis = "conflict"

	// Standard: according to an RFC or a registry it can't work. The reference names it.
	Standard Basis = "standard"

	// Documented: the service's or the client's own documentation says that it can't
	// work, or the client was run.
	Documented Basis = "documented"

	// Harm: what would happen can't be undone. A secret is shown, stored or sent to
	// where it doesn't belong.
	Harm Basis = "harm"
)

// bases say why each error of the plan may be one. A new error needs a line here.
var bases = map[Basis][]Code{
	Syntax: {
		"host-empty", "host-control-character", "host-white-space", "host-has-scheme", "host-has-user", "host-has-path", "host-has-port",
		"host-invalid-character", "host-empty-label", "host-label-too-long", "host-too-long", "host-label-hyphen", "host-idn-invalid",
		"port-out-of-range", "tls-mode-word", "tls-min-version", "auth-mechanism-word", "credential-empty",
		"ehlo-name-invalid", "from-invalid", "rcpt-to-invalid", "tls-server-name-invalid", "verify-word", "timeout-invalid",
		"word-unknown", "element-null", "number-unusable", "retry-attempts-invalid", "provider-connections-per-host", "ignore-rules-unknown",
		"ca-pem-unreadable", "client-cert-pem-unreadable", "client-key-pem-unreadable", "client-unknown",
		"function-argument-object", "function-argument-attribute", "function-argument-type", "function-argument-word", "function-port",
		"function-url-unreadable", "function-url-scheme", "function-url-extra", "function-service-unknown", "function-option-missing",
		"function-option-unknown", "client-settings-unfit", "client-settings-lack", "oauth2-token-url", "oauth2-private-key-unreadable", "oauth2-scope-invalid",
	},
	Conflict: {
		"username-without-secret", "secret-without-username", "login-without-credentials", "two-secrets", "mechanism-needs-password",
		"mechanism-needs-token", "external-with-secret", "envelope-without-from", "message-without-recipient", "message-outside-resource", "message-subject-invalid", "port-required", "ignore-rules-guard",
		"client-cert-without-key", "client-key-without-cert", "client-key-mismatch", "client-credentials", "function-port-mode", "provider-value-unknown",
		"import-unsupported",
		"oauth2-grant-missing", "oauth2-grant-ambiguous",
	},
	Standard: {
		"host-address-unusable",        // RFC 6890: no address of a server
		"host-ip-incomplete",           // RFC 3696: no top-level domain is a number
		"port-25",                      // RFC 6409: relay, and submission elsewhere
		"port-of-other-protocol",       // IANA: the port is another protocol's
		"implicit-tls-port",            // RFC 8314: 465 begins with TLS
		"starttls-port-implicit",       // RFC 6409: 587 begins in clear text
		"binding-without-tls",          // RFC 5802: there is no channel to bind to
		"external-without-certificate", // RFC 4422: the certificate is the login
		"credential-line-end",          // RFC 4013: control characters are prohibited
		"credential-control-character", // RFC 4616: NUL divides the fields
		"token-with-scheme",            // RFC 6750: no token holds a space
		"token-white-space",            // the same
		"ca-pem-expired",               // RFC 5280: no path ends in an expired root
	},
	Documented: {
		"host-mx", "host-incoming", "host-web", "service-port", "service-mode", "service-username", "service-secret-shape",
		"service-oauth2-only", "function-endpoint-unknown", "client-mode-impossible", "client-cannot-express",
		"client-needs-sender", "client-needs-login", "client-mechanism",
		"client-mechanism-service", "client-server-name", "client-private-ca", "client-certificate-impossible", "client-smtputf8",
		"client-credential-characters", "write-only-unsupported", "oauth2-token-url-page", "oauth2-scope-service", "oauth2-secret-id", "oauth2-refresh-token-kind",
	},
	Harm: {
		"host-near-service",           // somebody else's server gets the credentials
		"credentials-in-clear",        // anyone on the network path can read them
		"challenge-without-tls",       // anyone on the network path can guess the password offline
		"insecure-credentials",        // anyone who answers gets them
		"secret-in-username",          // plans and the state would show it
		"ca-pem-private-key",          // the same for the key
		"client-cert-pem-private-key", // the same for this key
		"token-wrong-kind",            // a lasting secret goes to a mail server that has no use for it
	},
}
