package finding

// leave are the ways out that are always open: a relay between the client and the
// server, or another connection for the client.
func leave(relay string) []Fix {
	return append([]Fix{Do(relay)}, leaveAlone...)
}

// leaveAlone is the last of them.
var leaveAlone = []Fix{Do(`Remove "{listed}" from clients, and give it a connection of its own.`).If(Has("listed"))}

// offered is a port with its mode that the client can use and that the mail service is
// known to offer. If no such service is known, use ifOffered.
var offered = Set(`tls_mode = "{offered_mode}"`, "port = {offered_port}").If(Has("offered_port"))

// ifOffered is an instruction to use the port or mode of a fact, for mail services of
// which the provider doesn't know what they offer.
func ifOffered(fact, instruction string) Fix {
	return Do(instruction).If(Has(fact).And(Lacks("offered_port")))
}

// dependsOnOthers is for NoEdit.
const dependsOnOthers = "the way out depends on the mail service, on the server or on the client"

const clientEntry = `the entry of the client in the guide "Clients"`

// clientRows are about the consumers that the connection is meant for.
func clientRows() []Row {
	return []Row{
		{
			Code: "client-unknown", Stage: Plan, Severity: SeverityError, Attribute: "clients", Guard: true,
			Summary: "The catalogue has no client with this id",
			Cause: Say(`"{id}" is unknown.`).
				If(Has("near"), "Similar: {near}.").
				Say("The guide \"Clients\" lists all ids."),
			Fixes: []Fix{
				Set("clients = {corrected}").If(Has("corrected")),
				Do(`Use "{nearest}".`).If(Has("nearest").And(Lacks("corrected"))),
				Do(`Use an id from the guide "Clients".`).If(Lacks("nearest")),
			},
		},
		{
			Code: "client-mode-impossible", Stage: Plan, Severity: SeverityError, Attribute: "clients",
			Summary: `{client} can't use tls_mode = "{mode}"`,
			Cause:   Say("The reason: {reason}."),
			Fixes: append([]Fix{
				offered,
				ifOffered("fit_mode", `Set tls_mode = "{fit_mode}" and port = {fit_mode_port}, if your mail service offers that.`),
			}, leave("Run a relay such as Postfix beside the client, and let it use this connection.")...),
			Reference: clientEntry,
		},
		{
			Code: "client-cannot-express", Stage: Plan, Severity: SeverityError, Attribute: "clients",
			Summary: `{client} has no settings for this connection`,
			Cause: If(Has("port"), `The connection has port = {port} and tls_mode = "{mode}".`).Say(
				"The reason: {reason}.",
				"Mail would hang or fail, or use a connection that the provider did not check.",
			),
			Fixes: append([]Fix{
				offered,
				ifOffered("fit_port", "Set port = {fit_port}, if your mail service offers that."),
				ifOffered("fit_mode", `Set tls_mode = "{fit_mode}" and port = {fit_mode_port}, if your mail service offers that.`),
			}, leave("Run a relay such as Postfix beside the client, and let it use this connection.")...),
			Reference: clientEntry,
		},
		{
			Code: "client-needs-sender", Stage: Plan, Severity: SeverityError, Attribute: "clients",
			Summary:   "{client} needs a sender, and the connection has no from",
			Cause:     Say("The reason: {reason}."),
			Fixes:     append([]Fix{Example(`from = "robot@example.com" # the address that your application sends from`)}, leaveAlone...),
			Reference: clientEntry,
		},
		{
			Code: "client-needs-login", Stage: Plan, Severity: SeverityError, Attribute: "clients",
			Summary: "{client} always logs in, and the connection has no credentials",
			Cause:   Say("The reason: {reason}."),
			Fixes: append([]Fix{
				Example(`username = "app@example.com" # as your mail service gives it`, "password = var.smtp_password"),
				offered,
				ifOffered("fit_mode", `Set tls_mode = "{fit_mode}" and port = {fit_mode_port}, if your mail service offers that.`),
			}, leaveAlone...),
			Reference: clientEntry,
		},
		{
			Code: "client-mechanism", Stage: Plan, Severity: SeverityError, Attribute: "clients",
			Summary: "{client} can't log in with {mechanism}",
			Cause: Say("The provider checks the connection with {mechanism}: the check can pass, and the client's login would still fail.").
				If(Has("has"), "The client supports {has}."),
			Fixes: append([]Fix{
				Do(`Set auth_mechanism = "{other}", if the server offers it.`).If(Has("other")),
			}, leave("Run a relay such as msmtp beside the client, and let it log in with {mechanism}.")...),
			NoEdit:    dependsOnOthers,
			Reference: clientEntry,
		},
		{
			Code: "client-mechanism-service", Stage: Plan, Severity: SeverityError, Attribute: "clients",
			Summary: "{client} supports no login mechanism that the mail service accepts",
			Cause: If(Has("host"), "{host} belongs to the service.").
				Say("According to its documentation, it accepts {mechanism}.").
				If(Has("has"), "The client supports {has}. The check can pass, and the client's login would still fail."),
			Fixes: append(leave("Run a relay such as msmtp beside the client, and let it log in with {mechanism}."),
				Do(`Set auth_mechanism = "{other}", if the service now accepts it.`).If(Has("other")),
			),
			NoEdit:    dependsOnOthers,
			Reference: `the entry of the client in the guide "Clients", and that of the service in "Services"`,
		},
		{
			Code: "client-mechanism-likely", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
			Summary: "{client} probably supports no login mechanism that the service accepts",
			Cause: Say("According to its users, the service accepts {mechanism}. Its own documentation doesn't say.").
				If(Has("has"), "The client supports {has}."),
			Fixes: append(leave("Run a relay such as msmtp beside the client, and let it log in with {mechanism}."),
				Do(`Set auth_mechanism = "{other}", if the server offers it.`).If(Has("other")),
			),
			NoEdit:    dependsOnOthers,
			Reference: `the entry of the client in the guide "Clients", and that of the service in "Services"`,
		},
		{
			Code: "client-ehlo-name", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
			Summary: "No setting of {client} sets the EHLO name {ehlo_name}",
			Cause: Say("The provider checks the connection with that name. A server that insists on it refuses the client.").
				If(Has("how"), "What the client does: {how}.").
				If(Has("inherits_ehlo_name"), "The provider block gives the name to all connections."),
			Fixes: append([]Fix{
				Remove("ehlo_name").If(Lacks("inherits_ehlo_name")),
				Do("Remove ehlo_name from the provider block, if no server insists on it.").If(Has("inherits_ehlo_name")),
			}, leaveAlone...),
			Reference: "RFC 5321 section 4.1.4",
		},
		{
			Code: "client-server-name", Stage: Plan, Severity: SeverityError, Attribute: "clients",
			Summary: "{client} can't expect a name other than host in the certificate",
			Cause: If(Has("server_name"), "The provider checks the connection with tls_server_name = \"{server_name}\".").
				Say("The client expects the name that it connects to, so it refuses the server."),
			Fixes: append([]Fix{
				Set(`host = "{server_name}" # if this name leads to the same server`).Without("tls_server_name").If(Has("server_name")),
			}, leave("Run a relay such as Postfix beside the client, and let it check for this name.")...),
			Reference: clientEntry + ", RFC 7817 section 3",
		},
		{
			Code: "client-server-name-outside", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
			Summary:   "No setting of {client} makes it expect {server_name} in the certificate",
			Cause:     Say("The provider checks the connection with that name. The client expects {host}, and refuses the certificate until you configure the name elsewhere.", "How: {how}."),
			Fixes:     append([]Fix{Set(`host = "{server_name}" # if this name leads to the same server`).Without("tls_server_name")}, leaveAlone...),
			Reference: "RFC 7817 section 3",
		},
		{
			Code: "client-private-ca", Stage: Plan, Severity: SeverityError, Attribute: "clients",
			Summary: "{client} can't trust the authority in ca_cert_pem",
			Cause: Say("The provider checks the connection with that authority alone. The client trusts only its own list of authorities, so it refuses the server.").
				If(Has("how"), "The reason: {how}.").
				If(Has("inherits_ca_cert_pem"), "The provider block gives ca_cert_pem to all connections."),
			Fixes: append([]Fix{
				Do("Install a certificate from a public authority on the server, and remove ca_cert_pem."),
			}, leave("Run a relay whose certificate the client trusts, and let it use this connection.")...),
			NoEdit:    dependsOnOthers,
			Reference: clientEntry,
		},
		{
			Code: "client-private-ca-outside", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
			Summary: "No setting of {client} makes it trust the authority in ca_cert_pem",
			Cause: Say("The provider checks the connection with that authority alone. The client refuses the server until it trusts the authority too.", "How: {how}.").
				If(Has("inherits_ca_cert_pem"), "The provider block gives ca_cert_pem to all connections."),
			Fixes: append([]Fix{
				Do("Make the client trust the authority where it runs; then ignore this finding."),
				Do("Install a certificate from a public authority on the server, and remove ca_cert_pem."),
			}, leaveAlone...),
			NoEdit:    dependsOnOthers,
			Reference: clientEntry,
		},
		{
			Code: "client-certificate-impossible", Stage: Plan, Severity: SeverityError, Attribute: "clients",
			Summary: "{client} can't present a client certificate",
			Cause: Say("The provider checks the connection with client_cert_pem. A server that requires a certificate refuses the client.").
				If(Has("how"), "The reason: {how}."),
			Fixes: append([]Fix{
				Do("Remove client_cert_pem and client_key_pem, if the server requires no certificate."),
			}, leave("Run a relay such as Postfix beside the client, and let it present the certificate.")...),
			NoEdit:    dependsOnOthers,
			Reference: "RFC 8446 section 4.3.2",
		},
		{
			Code: "client-certificate-outside", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
			Summary: "No setting of {client} gives it a client certificate",
			Cause:   Say("The provider checks the connection with client_cert_pem. A server that requires a certificate refuses the client until you give it one another way.", "How: {how}."),
			Fixes: append([]Fix{
				Do("Give the client its certificate and key where it runs; then ignore this finding."),
				Do("Remove client_cert_pem and client_key_pem, if the server requires no certificate."),
			}, leaveAlone...),
			NoEdit:    dependsOnOthers,
			Reference: "RFC 8446 section 4.3.2",
		},
		{
			Code: "client-verifies", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
			Summary: "{client} verifies the server's certificate, and this check does not",
			Cause: Say("With insecure = true the check accepts any certificate, and no setting makes the client do the same. So the check doesn't show whether the client accepts the server.").
				If(Has("how"), "How to change it: {how}."),
			Fixes:     append([]Fix{Remove("insecure")}, leaveAlone...),
			Reference: "RFC 7817 section 3",
		},
		{
			Code: "client-smtputf8", Stage: Plan, Severity: SeverityError, Attribute: "clients",
			Summary: "{client} can't send from this address",
			Cause: Say("The part before @ in from is not ASCII, which needs the extension SMTPUTF8. The client does not use it.").
				If(Has("how"), "What it does: {how}."),
			Fixes:     append([]Fix{Example(`from = "robot@example.com" # in ASCII`)}, leaveAlone...),
			Reference: "RFC 6531 section 3.2",
		},
		{
			Code: "client-stores-secret", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
			Summary: "{resource} stores {setting} in the state",
			Cause: Say(
				"The connection keeps its secret out of the state. The argument {setting} of {resource} is not write-only: Terraform refuses an ephemeral value there, and stores any other value.",
			),
			Fixes: append([]Fix{
				Do("Give {setting} a value that is not ephemeral, and restrict access to the state."),
			}, leaveAlone...),
			NoEdit:    dependsOnOthers,
			Reference: clientEntry,
		},
		{
			Code: "client-settings-lack", Stage: Plan, Severity: SeverityError, Attribute: "settings", Guard: true,
			Summary:   "{client} needs {name} in the settings",
			Cause:     Say("{name} is {what}. The connection can't know it."),
			Fixes:     []Fix{Do(`Pass merge(smtp_connection.mail.settings, { {name} = "…" }) to the function instead of the settings alone.`)},
			NoEdit:    "only you know where the client runs",
			Reference: clientEntry,
		},
		{
			Code: "client-weaker-tls", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
			Summary: "{client} can't require STARTTLS",
			Cause: Say(
				"If the server, or an attacker on the network path, doesn't offer STARTTLS, the client continues in clear text and may expose the password. The check here requires STARTTLS, so the client is weaker.",
			),
			Fixes: append([]Fix{
				offered,
				ifOffered("better_mode", `Set tls_mode = "{better_mode}" and port = {better_port}, if your mail service offers that: nobody can strip TLS there.`),
			}, leave("Run a relay such as Postfix or msmtp beside the client, and let it require TLS.")...),
			Reference: "RFC 8314 section 3, RFC 3207 section 6",
		},
		{
			Code: "client-tls-unknown", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
			Summary: "It is not known whether {client} requires TLS",
			Cause: Say(
				`It has no option that requires tls_mode = "{mode}", and its documentation does not say what it does when the server offers no TLS.`,
			),
			Fixes: append([]Fix{
				offered,
				ifOffered("better_mode", `Set tls_mode = "{better_mode}" and port = {better_port}, if your mail service offers that.`),
			}, leave("Run a relay such as Postfix or msmtp beside the client, and let it require TLS.")...),
			Reference: "RFC 8314 section 3",
		},
		{
			Code: "client-unverified", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
			Summary: `{client} does not verify the server's certificate with tls_mode = "{mode}"`,
			Cause: Say(
				"It has no option for that. An attacker on the network path can impersonate the server and read the password. The check here includes the certificate, so the client is weaker.",
			),
			Fixes: append([]Fix{
				offered,
				ifOffered("better_mode", `Set tls_mode = "{better_mode}" and port = {better_port}, if your mail service offers that: the client verifies there.`),
			}, leave("Run a relay such as Postfix or msmtp beside the client, and let it verify the certificate.")...),
			Reference: "RFC 7817 section 3",
		},
		{
			Code: "client-verification-unknown", Stage: Plan, Severity: SeverityWarning, Attribute: "clients",
			Summary: `It is not known whether {client} verifies the server's certificate`,
			Cause: Say(
				`Neither its source nor its documentation says so for tls_mode = "{mode}". The check here includes the certificate.`,
			),
			Fixes: append([]Fix{
				offered,
				ifOffered("better_mode", `Set tls_mode = "{better_mode}" and port = {better_port}, if your mail service offers that: the client verifies there.`),
				Do("Test the client with a server whose certificate has the wrong name: it must fail."),
			}, leaveAlone...),
			Reference: "RFC 7817 section 3",
		},
		{
			Code: "client-settings-unfit", Stage: Plan, Severity: SeverityError, Attribute: "clients", Guard: true,
			Summary: "settings.{name} is missing or invalid",
			Cause: Say("A client's settings follow from host, port, tls_mode and auth.").
				If(Is("name", "port"), "port is a whole number from 1 to 65535.").
				If(Is("name", "tls_mode"), `tls_mode is "implicit", "starttls" or "none".`).
				If(Is("name", "auth"), `auth is "password", "oauth2" or "none".`).
				If(Is("name", "auth_mechanism"), "auth_mechanism must be a mechanism for the kind of credentials in auth."),
			Fixes:  []Fix{Do("Pass the computed object settings of the connection unchanged.")},
			NoEdit: "the settings are the argument of a function",
		},
		{
			Code: "client-credentials", Stage: Plan, Severity: SeverityError, Attribute: "username", Guard: true,
			Summary: `settings.auth is "{auth}", but the credentials contain {given}`,
			Cause:   Say("The connection takes {wanted}."),
			Fixes:   []Fix{Do("Pass {wanted} to the function.")},
			NoEdit:  "the credentials are the argument of a function",
		},
		{
			Code: "client-credential-characters", Stage: Plan, Severity: SeverityError, Attribute: "username", Guard: true,
			Summary: "{client} can't use these credentials",
			Cause:   Say("The reason: {reason}."),
			Fixes:   []Fix{Do("Create new credentials at your mail service that the client can use.")},
			NoEdit:  "the credentials are made at the mail service",
		},
	}
}
