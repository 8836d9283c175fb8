package finding

// ownLog is for faults that the server may explain in its log.
var ownLog = Do("If the server is yours, look at its log.")

// otherMechanism is for logins that the mechanism or its code in the server spoils.
var otherMechanism = Do("Set auth_mechanism to another mechanism that the server offers.")

// followReply is for refusals whose reason is in the reply alone.
var followReply = Do("If the server's reply names a reason, fix that.")

// maybeTaken is for failures after a test message went out.
const maybeTaken = "The server may have taken the message; the next apply sends another one."

// updateServer is for faults of the server's software.
var updateServer = Do("If the server is yours, update its software.")

// registerAddress is for servers that turn clients away by their address.
var registerAddress = Do("Allow the public address of this machine in the settings of the server or mail service.")

func conversationRows() []Row {
	return []Row{
		{
			Code: "greeting-timeout", Stage: Apply, Severity: SeverityError, Attribute: "port",
			Summary: "{host}:{port} accepted the connection and said nothing",
			Cause: If(Is("layer", "clear text"), "No greeting came in clear text within the time given, and a second connection found no TLS either.").
				If(Is("layer", "TLS"), "The TLS handshake succeeded, but no greeting followed within the time given.").
				Say("A proxy or firewall may accept connections for a server that is down. A proxy may wait for a PROXY protocol header. Or the server looks up this machine's name before it greets, and that takes long."),
			Fixes:     []Fix{asDocumented, waitLonger, Do("If the server is yours, connect to it without the proxy, or turn off the PROXY protocol on this port.")},
			Reference: "RFC 5321 section 4.5.3.2.1",
		},
		{
			Code: "reply-unfinished", Stage: Apply, Severity: SeverityError, Attribute: "port",
			Summary: "{host} began to answer {step} and did not finish in time",
			Cause: Say("A server under load sends its lines slowly, and so does one that slows clients down on purpose (a tarpit).").
				If(Is("message", "sent"), maybeTaken),
			Fixes:     []Fix{asDocumented, waitLonger},
			Reference: "RFC 5321 section 4.5.3.2",
		},
		{
			Code: "handshake-timeout", Stage: Apply, Severity: SeverityError, Attribute: "port",
			Summary: "{host}:{port} accepted the connection and did not answer the TLS handshake",
			Cause:   Say("A server that starts in clear text would have greeted by now, so the mode is probably right. A proxy or firewall may accept connections for a server that is down."),
			Fixes:   []Fix{asDocumented, waitLonger},
		},
		{
			Code: "reply-timeout", Stage: Apply, Severity: SeverityError, Attribute: "timeout",
			Summary: "{host} did not answer {step} in time",
			Cause:   Say("The conversation had begun, so host, port and mode are probably right. The server may be under load, or may delay this client on purpose."),
			Fixes:   []Fix{waitLonger, ownLog},
		},
		{
			Code: "closed-before-greeting", Stage: Apply, Severity: SeverityError, Attribute: "port",
			Summary: "{host}:{port} accepted the connection and closed it without a greeting",
			Cause:   Say("The server {how}. Servers do that when they are at capacity, or to clients whose address they don't accept. So do proxies whose server is down, and servers that expect a PROXY protocol header first."),
			Fixes:   []Fix{registerAddress, asDocumented, ownLog},
		},
		{
			Code: "closed-in-handshake", Stage: Apply, Severity: SeverityError, Attribute: "port",
			Summary: "{host}:{port} ended the connection in the middle of the TLS handshake",
			Cause:   Say("The server {how} without a reason. A proxy or firewall that inspects TLS does that, and so does a server without a usable certificate."),
			Fixes:   []Fix{ownLog, asDocumented},
		},
		{
			Code: "connection-closed", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} closed the connection instead of answering {step}",
			Cause:   Say("The server {how}. It may have restarted, or it may refuse this client without saying so."),
			Fixes:   []Fix{retry, tryAgain, ownLog},
		},
		{
			Code: "starttls-injection", Stage: Apply, Severity: SeverityError, Attribute: "tls_mode",
			Summary:   "{host}:{port} sent more clear text after it agreed to STARTTLS",
			Cause:     Say("A client that doesn't notice would treat this text as a reply inside TLS. This is how an attacker on the path forges replies."),
			Fixes:     []Fix{implicitInstead, updateServer},
			Reference: "RFC 3207 section 4.2",
		},
		{
			Code: "other-protocol", Stage: Apply, Severity: SeverityError, Attribute: "port",
			Summary: "Port {port} of {host} speaks {protocol}, not SMTP",
			Cause:   Say("No mail server for sending answers there."),
			Fixes:   []Fix{submissionPorts},
		},
		{
			Code: "reply-malformed", Stage: Apply, Severity: SeverityError, Attribute: "port",
			Summary:   "{host}:{port} does not speak SMTP",
			Cause:     Say("A reply begins with three digits, the first from 2 to 5. The line in the evidence does not."),
			Fixes:     []Fix{submissionPorts},
			Reference: "RFC 5321 section 4.2",
		},
		{
			Code: "reply-garbled", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} answered {step} with a line that is no reply",
			Cause: Say("A reply begins with three digits, the first from 2 to 5. The replies before this line did, so a mail server answers there: it is faulty, or something on the path adds lines.").
				If(Is("message", "sent"), maybeTaken),
			Fixes:     []Fix{implicitInstead, updateServer},
			Reference: "RFC 5321 section 4.2",
		},
		{
			Code: "reply-unexpected", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} neither accepts nor refuses {step}",
			Cause: Say("It says: {reply}", "A refusal begins with 4 or 5. This code means something else, which has no place here: the server is faulty, or something on the path adds lines.").
				If(Is("message", "sent"), maybeTaken),
			Fixes:     []Fix{implicitInstead, updateServer},
			Reference: "RFC 5321 section 4.3.2",
		},
		{
			Code: "reply-cut", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} broke off in the middle of a reply to {step}",
			Cause: Say("The connection ended before the line did. The server may have crashed, or something on the path cut the connection.").
				If(Is("message", "sent"), maybeTaken),
			Fixes:     []Fix{tryAgain, ownLog},
			Reference: "RFC 5321 section 2.3.8",
		},
		{
			Code: "reply-codes-differ", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} sent a reply to {step} whose lines have different codes",
			Cause: Say("All lines of one reply have the same code. Here two replies run into each other: the server is faulty, or something on the path adds lines.").
				If(Is("message", "sent"), maybeTaken),
			Fixes:     []Fix{implicitInstead, updateServer},
			Reference: "RFC 5321 section 4.2.1",
		},
		{
			Code: "reply-line-too-long", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} sent a line without an end in answer to {step}",
			Cause: Say("The standard allows 512 bytes for a line of a reply. The provider stopped reading after 4096.").
				If(Is("message", "sent"), maybeTaken),
			Fixes:     []Fix{asDocumented},
			Reference: "RFC 5321 section 4.5.3.1.5",
		},
		{
			Code: "reply-too-many-lines", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} sent a reply to {step} that does not end",
			Cause: Say("The provider stopped reading after 128 lines. No mail server has that much to say.").
				If(Is("message", "sent"), maybeTaken),
			Fixes: []Fix{asDocumented},
		},
		{
			Code: "reply-too-large", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} sent more than 64 KiB in answer to {step}",
			Cause: Say("The provider stopped reading there. No mail server has that much to say.").
				If(Is("message", "sent"), maybeTaken),
			Fixes: []Fix{asDocumented},
		},
		{
			Code: "session-too-large", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} sent more than 1 MiB",
			Cause: Say("The provider stopped reading there. A check needs a few kilobytes.").
				If(Is("message", "sent"), maybeTaken),
			Fixes: []Fix{asDocumented},
		},
		{
			Code: "protocol-desync", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary: "{host} answered {step} before it was sent",
			Cause: Say("Replies and commands are out of step: the server is faulty, or an attacker on the path forges replies. The provider no longer trusts any of them.").
				If(Is("message", "sent"), maybeTaken),
			Fixes:     []Fix{implicitInstead, updateServer},
			Reference: "RFC 5321 section 4.1.1",
		},
		{
			Code: "command-control-character", Stage: Apply, Severity: SeverityError, Attribute: "host",
			Summary:   "The provider did not send a value that would forge a command",
			Cause:     Say("{step} would have contained a line end, a NUL or an angle bracket, which end the command or the address on the wire."),
			Fixes:     []Fix{Do("Remove line ends, NUL and angle brackets in the values of from, rcpt_to and ehlo_name.")},
			Reference: "RFC 5321 section 4.1.2",
		},
		{
			Code: "auth-too-many-rounds", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary: "{host} keeps sending challenges and never accepts or rejects the login",
			Cause: Say("The provider cancelled the login at challenge number {rounds}. No mechanism needs more than three.").
				If(Has("status"), "Before that, the server rejected the access token with the status {status}, and the provider sent the answer that the mechanism prescribes."),
			Fixes:     []Fix{otherMechanism, updateServer},
			Reference: "RFC 4954 section 4",
		},
		{
			Code: "auth-reply-unexpected", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary:   "{host} neither accepts nor rejects the login",
			Cause:     Say("Only 235 means that a login succeeded. The reply in the evidence has no meaning here."),
			Fixes:     []Fix{otherMechanism, updateServer},
			Reference: "RFC 4954 section 4",
		},
		{
			Code: "auth-challenge-not-base64", Stage: Apply, Severity: SeverityError, Attribute: "auth_mechanism",
			Summary:   "{host} sent a challenge that can't be read",
			Cause:     Say("Challenges come in base64. The provider cancelled the login."),
			Fixes:     []Fix{otherMechanism, updateServer},
			Reference: "RFC 4954 section 4",
		},
	}
}
