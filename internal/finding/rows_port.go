package finding

// toSubmission are the two ports on which mail is submitted.
var toSubmission = []Fix{Set("port = 465", `tls_mode = "implicit"`), Set("port = 587", `tls_mode = "starttls"`)}

func portRows() []Row {
	return []Row{
		{
			Code: "port-out-of-range", Stage: Plan, Severity: SeverityError, Attribute: "port", Guard: true,
			Summary:   "port = {port} is not a port number",
			Cause:     Say("Ports are whole numbers from 1 to 65535."),
			Fixes:     toSubmission,
			Reference: "RFC 9293 section 3.1",
		},
		{
			Code: "port-required", Stage: Plan, Severity: SeverityError, Attribute: "port", Guard: true,
			Summary: `tls_mode = "none" has no default port`,
			Cause:   Say("Clear-text SMTP has no port of its own: 25 is for mail between servers, and 465 and 587 are for TLS."),
			Fixes: []Fix{
				Example("port = 1025 # where your local relay or mail catcher listens"),
				Set(`tls_mode = "implicit" # port 465 follows`),
				Set(`tls_mode = "starttls" # port 587 follows`),
			},
		},
		{
			Code: "port-25", Stage: Plan, Severity: SeverityError, Attribute: "port",
			Summary:   "Port 25 is for mail between servers, not for sending from an application",
			Cause:     Say("Most clouds and networks block outgoing connections to port 25, so what works on your laptop silently fails in production. Servers rarely offer a login there. Applications submit mail on 465 or 587."),
			Fixes:     append(toSubmission, Do("If your network blocks both 465 and 587, use 2525 or another port that your mail service offers.")),
			Reference: "RFC 6409 section 3.1, RFC 8314 section 3",
		},
		{
			Code: "port-of-other-protocol", Stage: Plan, Severity: SeverityError, Attribute: "port",
			Summary:   "Port {port} is for {protocol}, not for sending mail",
			Cause:     Say("{hint}", "Applications submit mail on 465 (TLS from the first byte) or 587 (STARTTLS)."),
			Fixes:     toSubmission,
			Reference: "IANA Service Name and Transport Protocol Port Number Registry",
		},
		{
			Code: "port-mistyped", Stage: Plan, Severity: SeverityWarning, Attribute: "port",
			Summary:   "port = {port} looks like a mistyped {meant}",
			Cause:     Say("{port} is a common typo for {meant}, and few mail services listen there."),
			Fixes:     []Fix{Set("port = {meant}", `tls_mode = "{mode}"`)},
			Reference: "RFC 8314 section 7.3 (465), RFC 6409 section 3.1 (587)",
		},
		{
			Code: "port-alternative-implicit", Stage: Plan, Severity: SeverityWarning, Attribute: "tls_mode",
			Summary: `Port {port} starts in clear text nearly everywhere, but tls_mode is "implicit"`,
			Cause:   Say("Services offer it where 587 is blocked, with STARTTLS as on 587. The TLS handshake would probably meet the server's greeting and fail."),
			Fixes:   []Fix{Set(`tls_mode = "starttls"`), Set("port = 465", `tls_mode = "implicit"`)},
		},
		{
			Code: "port-mail-catcher", Stage: Plan, Severity: SeverityWarning, Attribute: "tls_mode",
			Summary: `Port 1025 is where mail catchers listen in clear text, but tls_mode is "{mode}"`,
			Cause:   Say("Mailpit, MailHog and MailDev have no TLS there by default. Proton Mail Bridge listens on the same port with STARTTLS."),
			Fixes: []Fix{
				Set(`tls_mode = "none" # for a mail catcher`),
				Do(`If Proton Mail Bridge listens there, set tls_mode = "starttls" and ignore this rule.`),
			},
		},
		{
			Code: "port-25-blocked", Stage: Plan, Severity: SeverityWarning, Attribute: "port",
			Summary: "{service} accepts mail on port 25, but many networks block it",
			Cause:   Say("Most clouds and Internet providers block outgoing connections to port 25, so mail that works on your laptop can fail in production. {service} also accepts mail on port {best_port}.").If(Has("page"), "See {page}"),
			Fixes:   []Fix{Set("port = {best_port}", `tls_mode = "{best_mode}"`)},
		},
		{
			Code: "port-unusual", Stage: Plan, Severity: SeverityWarning, Attribute: "port",
			Summary: "Port {port} is usually {protocol}, not a port for sending mail",
			Cause:   Say("{hint}"),
			Fixes:   toSubmission,
		},
		{
			Code: "port-alternative-starttls", Stage: Plan, Severity: SeverityWarning, Attribute: "tls_mode",
			Summary: `Port {port} usually speaks TLS from the first byte, but tls_mode is "{mode}"`,
			Cause:   Say("Services that offer this port besides 465 start TLS with the first byte. The client would then wait for a greeting that never comes."),
			Fixes:   []Fix{Set(`tls_mode = "implicit"`), Set("port = 2587", `tls_mode = "starttls"`)},
		},
	}
}
