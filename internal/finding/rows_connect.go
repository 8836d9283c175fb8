package finding

var connectRows = []Row{
	{
		Code: "dns-not-found", Stage: Apply, Severity: SeverityError, Attribute: "host",
		Summary:   "{host} has no address",
		Cause:     Say("The name doesn't exist, or has no A or AAAA record. It may be misspelt, or known only inside another network."),
		Prose:     []string{"host as the mail service's documentation writes it", "a DNS record for {host}, if the name is yours"},
		Reference: "RFC 1035, RFC 2308 section 2",
	},
	{
		Code: "dns-timeout", Stage: Apply, Severity: SeverityError, Attribute: "host",
		Summary: "The name server gave no answer for {host} in time",
		Cause:   Say("This says nothing about the mail server: the resolver of the machine that runs Terraform did not answer."),
		Prose:   []string{"the resolver of this machine (on Unix /etc/resolv.conf), or its way through the firewall", `timeout = "60s", if the resolver is only slow`},
	},
	{
		Code: "dns-failure", Stage: Apply, Severity: SeverityError, Attribute: "host",
		Summary: "The name server could not answer for {host}",
		Cause:   Say("Likely a fault of the resolver or of the domain's name servers (SERVFAIL); the name itself may be right."),
		Prose:   []string{"terraform apply again when the resolver works"},
	},
	{
		Code: "connect-refused", Stage: Apply, Severity: SeverityError, Attribute: "port",
		Summary: "Nothing listens on port {port} of {host}",
		Cause:   Say("The machine answered and refused the connection: it is the wrong port or host, or the mail server is not running."),
		Prose: []string{
			`port = {open} with tls_mode = "{open_mode}" (it answers)`,
			"port as the mail service's documentation writes it", "the mail server started",
		},
		Reference: "RFC 9293 section 3.10.7.1",
	},
	{
		Code: "connect-timeout", Stage: Apply, Severity: SeverityError, Attribute: "port",
		Summary: "Port {port} of {host} gives no answer",
		Cause: Say(
			"Packets are dropped, likely by a firewall: of this network, of a cloud provider, or of the server.",
			"From here {elsewhere}, so only port {port} is in the way.",
		),
		Prose: []string{
			`port = {open} with tls_mode = "{open_mode}" (it answers from here)`,
			"a rule in the firewall that lets this machine out to port {port}",
		},
	},
	{
		Code: "connect-unreachable", Stage: Apply, Severity: SeverityError, Attribute: "host",
		Summary: "There is no way from here to {host}",
		Cause:   Say("This machine has no route to any of its addresses; often the host has only an IPv6 address and this network none, or a VPN is down."),
		Prose:   []string{"the network, VPN or route of the machine that runs Terraform"},
	},
	{
		Code: "connect-denied", Stage: Apply, Severity: SeverityError, Attribute: "host",
		Summary: "This machine forbids the connection to {host}",
		Cause:   Say("A local firewall, sandbox or security policy refused it before any packet left."),
		Prose:   []string{"a rule that lets Terraform's provider process open connections to port {port}"},
	},
	{
		Code: "connect-failed", Stage: Apply, Severity: SeverityError, Attribute: "host",
		Summary: "No connection to port {port} of {host} could be opened",
		Cause:   Say("The error of the operating system is among the evidence."),
		Prose:   []string{"terraform apply again once that is mended"},
	},
	{
		Code: "offline", Stage: Apply, Severity: SeverityWarning, Attribute: "verify",
		Summary: "The connection was not checked: the provider is offline",
		Cause:   Say("offline = true in the provider block, or SMTP_OFFLINE in the environment, lets apply succeed without contacting anything. verified is false, and the next plan without offline checks it."),
		Prose:   []string{"no offline in the provider block and no SMTP_OFFLINE in the environment"},
	},
	{
		Code: "check-cancelled", Stage: Apply, Severity: SeverityError, Attribute: "host",
		Summary: "The check of {host} was cancelled",
		Cause:   Say("Nothing was saved; the next apply checks again."),
	},
}
