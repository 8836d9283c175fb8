package finding

// mechanismRows are logins that were cancelled on this side, because a challenge
// of the server's can't be answered or must not be believed.
var mechanismRows = []Row{
	{
		Code: "auth-challenge-unexpected", Stage: Apply, Severity: Error, Attribute: "auth_mechanism",
		Summary:   "{host} asks for more than {mechanism} has to say",
		Cause:     []string{"Everything that belongs to the mechanism was sent, and the server asked on. The login was cancelled.", "Its reply to that: {reply}"},
		Fixes:     []string{"another auth_mechanism of those that the server offers", "the server software up to date, if it is yours"},
		Reference: "RFC 4422 section 3",
	},
	{
		Code: "auth-challenge-malformed", Stage: Apply, Severity: Error, Attribute: "auth_mechanism",
		Summary:   "{host} sent a challenge that {mechanism} can't answer",
		Cause:     []string{"The challenge was empty, or not in the form of the mechanism. The login was cancelled.", "Its reply to that: {reply}"},
		Fixes:     []string{"another auth_mechanism of those that the server offers", "the server software up to date, if it is yours"},
		Reference: "RFC 4422 section 3",
	},
	{
		Code: "scram-binding-impossible", Stage: Apply, Severity: Error, Attribute: "auth_mechanism",
		Summary:   "{mechanism} needs a TLS connection that it can be bound to, and this one can't be",
		Cause:     []string{"The mechanisms with -PLUS tie the login to the TLS connection. Without TLS there is nothing to tie it to. Nothing was sent."},
		Fixes:     []string{`tls_mode = "starttls" or "implicit"`, "no auth_mechanism, to take the safest that is offered and possible"},
		Reference: "RFC 5802 section 6, RFC 9266",
	},
	{
		Code: "scram-binding-mismatch", Stage: Apply, Severity: Error, Attribute: "host",
		Summary:   "The TLS connection of {host} is not the one that this login went into",
		Cause:     []string{"The login was tied to the TLS connection seen here, and the server sees another one. Something between ends TLS and begins it anew: a load balancer, a proxy, or somebody who reads along. The password was not shown."},
		Fixes:     []string{`auth_mechanism = "SCRAM-SHA-256", if a load balancer or proxy of the service itself ends TLS`, "the way to the server looked into, if nothing should be between"},
		Reference: "RFC 5802 section 7, RFC 5929",
	},
	{
		Code: "scram-binding-unsupported", Stage: Apply, Severity: Error, Attribute: "auth_mechanism",
		Summary:   "{host} does not know the kind of channel binding that this TLS version calls for",
		Cause:     []string{"Here that is tls-exporter under TLS 1.3, and tls-unique or tls-server-end-point under TLS 1.2. The server offers {mechanism} and refuses the binding."},
		Fixes:     []string{`auth_mechanism = "SCRAM-SHA-256", or another one without -PLUS that the server offers`, "the server software up to date, if it is yours"},
		Reference: "RFC 5802 section 7, RFC 9266",
	},
	{
		Code: "scram-downgrade", Stage: Apply, Severity: Error, Attribute: "host",
		Summary:   "Something removed the -PLUS mechanisms from what {host} offers",
		Cause:     []string{"The server has them, and its list as it arrived here had none: a proxy rewrites it, or somebody on the way wants the login unbound. The password was not shown."},
		Fixes:     []string{"the way to the server looked into", `tls_mode = "implicit" with port = 465, if it is another`},
		Reference: "RFC 5802 section 6",
	},
	{
		Code: "scram-iterations-too-many", Stage: Apply, Severity: Error, Attribute: "auth_mechanism",
		Summary:   "{host} asks for {iterations} rounds of hashing",
		Cause:     []string{"More than {most} are not computed: that would keep this machine busy for long, and no sound server asks for it. The login was cancelled."},
		Fixes:     []string{`auth_mechanism = "PLAIN", if the server is trusted and offers it`, "fewer iterations in the server's settings, if it is yours"},
		Reference: "RFC 5802 section 9",
	},
	{
		Code: "scram-iterations-too-few", Stage: Apply, Severity: Error, Attribute: "auth_mechanism",
		Summary:   "{host} asks for {iterations} rounds of hashing alone, over a connection that is not verified",
		Cause:     []string{"With fewer than {fewest}, whoever reads along can guess the password from the login. The login was cancelled."},
		Fixes:     []string{"no insecure = true, and TLS: then the number does not matter", "at least {fewest} iterations in the server's settings, if it is yours"},
		Reference: "RFC 7677 section 4",
	},
	{
		Code: "scram-nonce-wrong", Stage: Apply, Severity: Error, Attribute: "host",
		Summary:   "{host} answers another login than this one",
		Cause:     []string{"The random number in its first message does not begin with the one that was sent, or adds nothing to it: the message is replayed, or the server is broken. The login was cancelled before anything was proved to it."},
		Fixes:     []string{"another auth_mechanism of those that the server offers, if its software is known to be broken", "the way to the server looked into"},
		Reference: "RFC 5802 section 5.1",
	},
	{
		Code: "scram-malformed", Stage: Apply, Severity: Error, Attribute: "auth_mechanism",
		Summary:   "{host} does not speak SCRAM as it should",
		Cause:     []string{"A message of its side of {mechanism} is not in the form that the mechanism has. The login was cancelled.", "Its reply to that: {reply}"},
		Fixes:     []string{"another auth_mechanism of those that the server offers", "the server software up to date, if it is yours"},
		Reference: "RFC 5802 section 7",
	},
	{
		Code: "scram-signature-invalid", Stage: Apply, Severity: Error, Attribute: "host",
		Summary:   "{host} can't prove that it knows the password",
		Cause:     []string{"With SCRAM the server proves itself too, and its proof is wrong: it is likely not the server that it seems to be, or it keeps a broken password record. The password was not shown to it."},
		Fixes:     []string{"host and port looked at once more", "the password set anew with the mail service, which makes a new record"},
		Reference: "RFC 5802 section 5",
	},
	{
		Code: "scram-signature-missing", Stage: Apply, Severity: Error, Attribute: "host",
		Summary:   "{host} accepts the login without proving that it knows the password",
		Cause:     []string{"With SCRAM the server proves itself too. This one says yes and leaves the proof out: a server that takes any login for right does that, and so does one that plays another. The password was not shown to it."},
		Fixes:     []string{"host and port looked at once more", `auth_mechanism = "PLAIN", if this is a test server that takes every login`},
		Reference: "RFC 5802 section 5",
	},
	{
		Code: "ntlm-challenge-malformed", Stage: Apply, Severity: Error, Attribute: "auth_mechanism",
		Summary:   "{host} sent an NTLM challenge that can't be read",
		Cause:     []string{"{problem}. The login was cancelled."},
		Fixes:     []string{`auth_mechanism = "LOGIN" or "PLAIN", if the server offers it under TLS`, "the server software up to date, if it is yours"},
		Reference: "[MS-NLMP] section 2.2.1.2",
	},
	{
		Code: "ntlm-unsupported", Stage: Apply, Severity: Error, Attribute: "auth_mechanism",
		Summary:   "{host} demands a kind of NTLM that this provider does not speak",
		Cause:     []string{"It wants version 1 or an exchange of session keys. Here there is version 2 without them. The login was cancelled."},
		Fixes:     []string{`auth_mechanism = "LOGIN" or "PLAIN", if the server offers it under TLS`, "NTLMv2 allowed without key exchange on the server's connector, if it is yours"},
		Reference: "[MS-NLMP] section 2.2.2.5",
	},
}
