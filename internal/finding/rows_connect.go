package finding

// asDocumented is for servers that are probably not the one that is meant.
var asDocumented = Do("Check host and port against what your mail service documents for sending.")

// tryAgain is for faults that pass without a change of the settings.
var tryAgain = Do("Run terraform apply again in a few minutes.")

// retry lets the provider repeat the check, where more attempts can be made. It is no
// edit, since nobody has seen whether the server accepts a later one.
var retry = Do("Set retry_attempts = {attempts}, so that the provider waits and tries again.").If(Has("attempts"))

// waitLonger is for answers that may only be late.
var waitLonger = Do(`If the answer only needs more time, set timeout = "{longer}".`).If(Has("longer"))

func connectRows() []Row {
	return []Row{
		{
			Code: "dns-not-found", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} has no address in DNS",
			Cause:   Say("The name doesn't exist, or has no A or AAAA record. It may be misspelt, or known only inside another network."),
			Fixes: []Fix{
				Do("Check the spelling of host against what your mail service documents for sending."),
				Do("If {host} is your own server, add an A or AAAA record for it."),
			},
			Reference: "RFC 1035, RFC 2308 section 2",
		},
		{
			Code: "dns-timeout", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "The DNS resolver did not answer for {host} in time",
			Cause:   Say("This says nothing about the mail server: the resolver of the machine that runs Terraform did not answer."),
			Fixes: []Fix{
				Do("Check the resolver of the machine that runs Terraform (/etc/resolv.conf on Unix), and that the firewall lets DNS through."),
				waitLonger,
			},
		},
		{
			Code: "dns-failure", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "The DNS resolver could not look up {host}",
			Cause:   Say("The resolver, or the name servers of the domain, answered with an error or not at all. The name may be right."),
			Fixes: []Fix{
				tryAgain,
				Do("Check the resolver of the machine that runs Terraform, and the name servers of the domain."),
			},
		},
		{
			Code: "connect-refused", Stage: Apply, Severity: SeverityError, Attribute: "port",
			Summary: "Port {port} of {host} refuses connections",
			Cause:   Say("Nothing listens there, or a firewall rejects the connection: host or port is wrong, or the mail server is not running."),
			Fixes: []Fix{
				Set("port = {open}", `tls_mode = "{open_mode}" # a mail server answers here`).If(Has("open")),
				asDocumented,
				Do("If the server is yours, start it and check which port it listens on."),
			},
			Reference: "RFC 9293 section 3.10.7.1",
		},
		{
			Code: "connect-timeout", Stage: Apply, Severity: SeverityError, Attribute: "port",
			Summary: "Port {port} of {host} does not answer",
			Cause: Say("Something drops the packets, most likely a firewall: in your own network, at your cloud provider, or in front of the server.").
				If(Has("elsewhere"), "From here {elsewhere}, so only port {port} is blocked."),
			Fixes: []Fix{
				Set("port = {open}", `tls_mode = "{open_mode}" # a mail server answers here`).If(Has("open")),
				Do("Allow outgoing connections to port {port} in the firewall of this network or cloud account."),
			},
		},
		{
			Code: "connect-unreachable", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "This machine has no route to {host}",
			Cause:   Say("No address of the host can be reached from here. Often the host has only an IPv6 address and this network has no IPv6, or a VPN is down."),
			Fixes:   []Fix{Do("Check the network, VPN and routes of the machine that runs Terraform.")},
		},
		{
			Code: "connect-denied", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "This machine does not allow the connection to {host}",
			Cause:   Say("A local firewall, sandbox or security policy refused it before any packet left."),
			Fixes:   []Fix{Do("Allow Terraform's provider process to open connections to port {port}.")},
		},
		{
			Code: "connect-failed", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "The connection to port {port} of {host} failed",
			Cause:   Say("The evidence shows the operating system's error for each address."),
			Fixes:   []Fix{Do("Fix what the operating system reports, and run terraform apply again.")},
		},
		{
			Code: "offline", Stage: Apply, Severity: SeverityWarning, Attribute: "verify",
			Summary: "The connection was not checked: the provider is offline",
			Cause:   Say("The provider block sets offline = true, or SMTP_OFFLINE is set in the environment, so apply contacted nothing. verified is false, and the next plan that is not offline checks the connection."),
			Fixes:   []Fix{Do("Remove offline from the provider block, or unset SMTP_OFFLINE, and run terraform apply again.")},
		},
		{
			Code: "check-cancelled", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "The check was cancelled",
			Cause: Say("Nothing was saved; the next apply checks again.").
				If(Is("message", "sent"), maybeTaken),
		},
	}
}
