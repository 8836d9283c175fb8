package refusal_test

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/refusal"
)

// If this fails, a refusal is told as one of somebody else: most of these come at
// RCPT, with one and the same basic code.
func TestInterpret(t *testing.T) {
	const (
		ehlo, starttls, login = refusal.EHLO, refusal.StartTLS, refusal.Auth
		mail, rcpt, message   = refusal.Mail, refusal.Rcpt, refusal.Message
		loggedIn, inClear     = "logged in", "in clear"
	)
	for _, tt := range []struct {
		stage refusal.Stage
		code  int
		text  string // with the enhanced code
		how   string
		want  finding.Code
	}{
		// verdicts on the client that wait for RCPT
		{rcpt, 504, "5.5.2 <25aea308>: Helo command rejected: need fully-qualified hostname", "", "ehlo-name-refused"},
		{rcpt, 450, "4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]", "", "client-reverse-name"},
		{rcpt, 554, "5.7.1 <unknown[192.0.2.1]>: Client host rejected: Access denied", "", "client-address-not-allowed"},
		{rcpt, 554, "5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", "", "client-address-blocked"},
		{rcpt, 553, "5.7.1 <b@example.test>: Sender address rejected: not owned by user app", loggedIn, "sender-not-allowed"},
		{rcpt, 553, "5.7.1 <b@example.test>: Sender address rejected: not logged in", "", "login-required"},
		{rcpt, 450, "4.1.8 <b@example.test>: Sender address rejected: Domain not found", "", "sender-domain-no-dns"},
		{rcpt, 554, "5.7.1 <b@example.test>: Sender address rejected: Access denied", "", "sender-refused"},

		// names of hosts and mailboxes are no words
		{rcpt, 554, "5.7.1 <a@b.test>: Relay access denied", "", "relay-denied"},
		{rcpt, 550, "5.1.1 <a@relay.example.test>: Recipient address rejected: User unknown", "", "recipient-unknown"},
		{rcpt, 550, "5.1.1 <quota@full.example.test>: Recipient address rejected: User unknown", "", "recipient-unknown"},
		{rcpt, 450, "4.1.2 <a@relay.example.test>: Recipient address rejected: Domain not found", "", "recipient-domain-no-dns"},
		{rcpt, 550, "5.1.1 <spam@spamhaus.example>: no", "", "recipient-unknown"},

		// "too many", of what?
		{ehlo, 421, "4.7.0 mail.example.test Error: too many connections from 192.0.2.1", "", "connection-limit"},
		{rcpt, 421, "4.7.0 mail.example.test Error: too many errors", "", "client-protocol-error"},
		{mail, 421, "too many messages in this connection", "", "client-rate-limited"},
		{rcpt, 452, "4.5.3 Error: too many recipients", "", "recipients-too-many"},
		{starttls, 454, "4.7.0 Error: too many new TLS sessions from 192.0.2.1", "", "client-rate-limited"},
		{refusal.Greeting, 421, "4.7.0 too many failed login attempts", "", "auth-throttled"},

		// what this connection did decides
		{mail, 530, "5.7.0 Must issue a STARTTLS command first", inClear, "tls-required"},
		{mail, 530, "5.7.0 Authentication required", "", "login-required"},
		{mail, 530, "5.7.57 Client not authenticated to send mail", "", "login-required"},
		{mail, 530, "5.7.57 Client not authenticated to send mail", loggedIn, "auth-microsoft-not-authenticated"},
		{mail, 421, "4.7.1 mail.example.test Error: No client certificate presented", "", "client-certificate-required"},
		{mail, 550, "Sender not allowed", loggedIn, "sender-not-allowed"},
		{login, 538, "5.7.11 Encryption required for requested authentication mechanism", inClear, "auth-tls-required"},

		// a code that words or an enhanced code contradict
		{login, 525, "5.7.1 Unauthorized IP address", "", "account-address-not-allowed"},
		{login, 525, "5.7.13 User Account Disabled", "", "account-disabled"},
		{login, 502, "5.7.0 Your SMTP account is not yet activated", "", "account-not-activated"},
		{login, 451, "Authentication failed: Maximum credits exceeded", "", "account-allowance"},
		{login, 535, "5.7.0 Please use your e-mail password", "", "auth-app-password-required"},
		{login, 535, "Error: 请使用授权码登录。", "", "auth-app-password-required"},

		// the same thing in other words
		{rcpt, 550, "5.1.1 The mailbox you've named doesn't exist", "", "recipient-unknown"},
		{login, 535, "5.7.8 Your account has been disabled", "", "account-disabled"},
		{rcpt, 550, "5.1.1 User unknown. If you think this is an error, contact your network administrator.", "", "recipient-unknown"},
		{mail, 550, "Sender can not be verified, mailbox does not exist", "", "sender-unknown"},
		{refusal.Greeting, 421, "unable to read controls (#4.3.0)", "", "server-local-error"},
		{rcpt, 553, "sorry, that address is not known (#5.1.1)", "", "recipient-unknown"},

		// a reply that names the token is about the token
		{login, 535, "5.7.8 OAuth token expired", "", "oauth2-token-rejected"},
		{login, 535, "5.7.8 Check your user name, password and token", "", "auth-rejected"},
		{login, 535, "5.7.8 The API token is invalid", "", "auth-rejected"},

		// "frequent", "short", "limit", "disabled": of whom?
		{rcpt, 450, "4.2.1 Mailbox received too much email in a short period of time", "", "recipient-rate-limited"},
		{rcpt, 451, "4.7.1 Received too many messages from a new IP", "", "client-rate-limited"},
		{login, 550, "5.7.1 Your account is not authorized to use this service", "", "account-smtp-off"},
		{login, 550, "5.7.1 Your IP is not authorized to use this service", "", "account-address-not-allowed"},
		{mail, 550, "5.7.27 mailfrom domain not configured for mail", "", "sender-domain-no-dns"},
		{mail, 550, "5.7.1 sender domain not configured in your account", loggedIn, "sender-domain-not-set-up"},
		{starttls, 503, "5.5.1 TLS already active", "", "client-protocol-error"},
		{starttls, 502, "5.5.1 TLS is not enabled", "", "command-unsupported"},

		// a word of one cause in a sentence about another
		{mail, 451, "unable to accept non-FQDN HELO (#4.3.0)", "", "ehlo-name-refused"},
		{rcpt, 550, "5.7.1 An excessively high number of invalid recipients comes from your account", "", "account-suspended"},
		{rcpt, 550, "You are registered as spammer (by user's reject list)", "", "recipient-not-permitted"},
		{rcpt, 571, "Sender is not allowed to email this distribution list: list@example.test", "", "recipient-not-permitted"},
		{rcpt, 550, "5.7.1 Access denied. To be removed from this list visit https://example.test/", "", "recipient-refused"},
		{rcpt, 505, "the total of RCPTs is achieved the maximum threshold", "", "recipients-too-many"},
		{rcpt, 450, "No plugin decided if relaying is allowed", "", "server-local-error"},
		{rcpt, 550, "Verification failed for <b@example.test> The domain may be missing the proper dns entries. Sender verify failed", "", "sender-unknown"},
		{rcpt, 550, "Callback setup failed while verifying b@example.test The HELO or MAIL FROM:<> command was rejected.", "", "sender-unknown"},
		{starttls, 454, "4.7.0 Cannot accept TLS as maximum TLS rate exceeded for server", inClear, "starttls-unavailable"},
		{starttls, 454, "A TLS session already agreed upon.", "", "client-protocol-error"},
		{login, 538, "auth not available without TLS (#5.3.3)", inClear, "auth-tls-required"},
		{login, 500, "Bad auth arguments", "", "auth-syntax"},
		{login, 535, "5.7.3 Authentication unsuccessful. Tenant locked out", "", "account-disabled"},
		{message, 550, "spam score exceeded threshold", "", "message-spam"},
		{message, 554, "transaction failed: sending was canceled by user", loggedIn, "message-refused"},

		// the text of RFC 5321 before the reason
		{mail, 550, "Requested action not taken: mailbox unavailable Sender address has null MX", "", "sender-domain-no-dns"},
		{mail, 450, "Requested mail action not taken: mailbox unavailable Mail send limit exceeded", loggedIn, "account-allowance"},
		{rcpt, 550, "Requested action not taken: mailbox unavailable (S2017062302)", "", "recipient-unknown"},

		// whole messages
		{message, 554, "5.2.252 SendAsDenied; app@example.test not allowed to send as b@example.test", loggedIn, "sender-not-allowed"},
		{message, 550, "The from address does not match a verified Sender Identity.", loggedIn, "sender-not-verified"},
		{message, 552, "5.3.4 Message size exceeds fixed limit", "", "message-too-large"},

		// nothing is known: no cause is named
		{refusal.Greeting, 550, "no", "", "greeting-refused"},
		{refusal.Greeting, 571, "", "", "greeting-refused"},
		{refusal.Greeting, 250, "hello", "", "greeting-unexpected"},
		{ehlo, 550, "not today", "", "ehlo-refused"},
		{starttls, 502, "no", "", "starttls-refused"},
		{login, 554, "5.7.1 go away", "", "auth-refused"},
		{login, 535, "5.7.1 the moon is full", "", "auth-refused"},
		{login, 451, "not today", "", "auth-temporary-refused"},
		{mail, 550, "5.7.1 not today", "", "sender-refused"},
		{mail, 451, "4.7.1 not today", "", "sender-temporary"},
		{rcpt, 550, "5.7.1 Rejected by policy", "", "recipient-refused"},
		{rcpt, 550, "", "", "recipient-refused"},
		{message, 554, "5.7.1 not today", "", "message-refused"},
		{message, 451, "4.7.1 not today", "", "message-temporary"},
		{mail, 421, "bye", "", "session-ended"},
		{refusal.Other, 500, "what?", "", "command-refused"},
		{refusal.Other, 334, "eA==", "", "command-refused"},
	} {
		r := refusal.Reply{Stage: tt.stage, Code: tt.code, Login: refusal.Password, LoggedIn: tt.how == loggedIn, TLS: tt.how != inClear, Named: true}
		m := replyLine.FindStringSubmatch("500 " + tt.text)
		r.Enhanced, r.Text = m[2], m[3]
		if got := refusal.Interpret(r); got != tt.want {
			t.Errorf("%s %d %s (%s): %s, want %s", tt.stage, tt.code, tt.text, tt.how, got, tt.want)
		}
	}
}

// If this fails, an EHLO name that Google's relay refuses is told as a server that
// shuts down, and retries are advised that help nobody.
func TestGoogleRelay(t *testing.T) {
	for named, want := range map[bool]finding.Code{false: "ehlo-name-refused", true: "ehlo-name-refused"} {
		got := refusal.Interpret(refusal.Reply{
			Stage: refusal.EHLO, Code: 421, Enhanced: "4.7.0", Text: "Try again later, closing connection. (EHLO)", Host: "smtp-relay.gmail.com", Named: named,
		})
		if got != want {
			t.Errorf("named %t: %s", named, got)
		}
	}
}

// Interpreting must not become the slow part of a check.
func BenchmarkInterpret(b *testing.B) {
	r := refusal.Reply{Stage: refusal.Rcpt, Code: 554, Enhanced: "5.7.1", Text: "<unknown[192.0.2.1]>: Client host rejected: Access denied by policy of mail.example.test, see https://example.test/why"}
	for b.Loop() {
		refusal.Interpret(r)
	}
}

// Whatever a server says, it is told as a finding that exists.
func FuzzInterpret(f *testing.F) {
	f.Add("rcpt", 554, "5.7.1", "<a@b.test>: Relay access denied")
	f.Add("auth", 535, "5.7.8", "请使用授权码登录")
	f.Add("message", 250, "", "\x00\xff")
	f.Fuzz(func(t *testing.T, stage string, code int, enhanced, text string) {
		got := refusal.Interpret(refusal.Reply{Stage: refusal.Stage(stage), Code: code, Enhanced: enhanced, Text: text})
		if _, ok := finding.Lookup(got); !ok {
			t.Errorf("no finding is called %s", got)
		}
	})
}
