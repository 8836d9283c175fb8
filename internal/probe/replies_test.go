package probe_test

import (
	"encoding/base64"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// dialogue makes a script of turns divided by " | ", the server's first. A turn
// of the server is lines divided by "; ", sent in one write; one of the client is
// how its line begins. At the end the server closes.
func dialogue(text string) *smtptest.Script { return extend(smtptest.NewScript(), text) }

// extend adds a dialogue to a script.
func extend(script *smtptest.Script, text string) *smtptest.Script {
	for i, turn := range strings.Split(text, " | ") {
		if i%2 == 0 {
			script.Send(strings.Split(turn, "; ")...)
		} else {
			script.Expect(turn)
		}
	}
	return script
}

const (
	greeted  = "220 mail.example.test ready | EHLO client.example.test | "
	listed   = greeted + "250-mail.example.test; 250 STARTTLS | STARTTLS | "
	asked    = greeted + "250-mail.example.test; 250 AUTH PLAIN LOGIN CRAM-MD5 XOAUTH2 OAUTHBEARER EXTERNAL NTLM | "
	envelope = greeted + "250 mail.example.test | MAIL FROM:<app@example.test> | "
	sender   = envelope + "250 2.1.0 OK | RCPT TO:<you@example.org> | "
)

// replies are dialogues in clear text, each with the finding that it ends in.
var replies = []struct {
	script *smtptest.Script
	change func(*probe.Request)
	want   finding.Code
}{
	// the greeting
	{dialogue("421 4.3.2 too many connections from your address"), nil, "connection-limit"},
	{dialogue("554 5.7.1 you are on a list"), nil, "greeting-refused"},
	{dialogue("421 4.3.2 not now"), nil, "greeting-temporary"},
	{dialogue("250 mail.example.test"), nil, "greeting-unexpected"},
	{dialogue("354 go ahead"), nil, "greeting-unexpected"},
	{dialogue("hello there"), nil, "reply-malformed"},
	{dialogue("220 mail.example.test FTP server ready"), nil, "other-protocol"},
	{dialogue("200 news.example.test InterNetNews NNRP server ready (posting ok)"), nil, "other-protocol"},
	{dialogue("201 news.example.test no posting"), nil, "other-protocol"},
	{dialogue("201-news.example.test; 201 no posting"), nil, "other-protocol"},
	{dialogue("RFB 003.008"), nil, "other-protocol"},
	{smtptest.NewScript().SendRaw("220 mail.exam"), nil, "reply-cut"},
	{dialogue("220-mail.example.test; 250 ready"), nil, "reply-codes-differ"},
	{dialogue("220 " + strings.Repeat("x", 5000)), nil, "reply-line-too-long"},
	{smtptest.NewScript().Flood("220-x", 200), nil, "reply-too-many-lines"},
	{smtptest.NewScript().Flood("220-"+strings.Repeat("x", 4000), 20), nil, "reply-too-large"},

	// EHLO
	{dialogue(greeted + "421 4.3.2 shutting down"), nil, "server-closing"},
	{dialogue(greeted + "451 4.3.0 later"), nil, "ehlo-temporary"},
	{dialogue(greeted + "550 5.7.1 no such host name | HELO client | 550 no"), nil, "ehlo-name-refused"},
	{dialogue(greeted + "502 5.5.1 what | HELO client | 502 what"), nil, "ehlo-refused"},
	{smtptest.NewScript().Send("220 ready").Expect("EHLO").Close(), nil, "connection-closed"},
	{smtptest.NewScript().Send("220 ready").Expect("EHLO").Reset(), nil, "connection-closed"},
	{smtptest.NewScript().Send("220 ready").Silent(), nil, "reply-timeout"},
	{dialogue(greeted + "250 mail.example.test; 250 and again"), nil, "protocol-desync"},
	{dialogue(greeted + "220 mail.example.test"), nil, "reply-unexpected"},
	{dialogue(greeted + "hello there"), nil, "reply-garbled"},
	{dialogue(greeted + "199 hello there"), nil, "reply-garbled"},

	// STARTTLS
	{dialogue(greeted + "250 mail.example.test"), starttls, "starttls-not-offered"},
	{dialogue(greeted + "250-mail.example.test; 250-XXXXXXXA; 250 8BITMIME"), starttls, "starttls-blanked"},
	{dialogue(greeted + "502 5.5.1 what | HELO client | 250 mail.example.test"), starttls, "starttls-not-offered"},
	{dialogue(listed + "454 4.7.0 TLS not available"), starttls, "starttls-unavailable"},
	{dialogue(listed + "502 5.5.1 what"), starttls, "starttls-refused"},
	{dialogue(listed + "354 go ahead"), starttls, "reply-unexpected"},
	{dialogue(listed + "220 go ahead; 250-mail.example.test; 250 AUTH PLAIN"), starttls, "starttls-injection"},
	{smtptest.NewScript().Send("220 ready").Expect("EHLO").Send("250-mail.example.test", "250 STARTTLS").Expect("STARTTLS").
		Send("220 go ahead").Wait(latency).Send("250 mail.example.test"), starttls, "clear-text-in-handshake"},

	// AUTH
	{dialogue(greeted + "250 mail.example.test"), password, "auth-not-offered"},
	{dialogue(greeted + "250-mail.example.test; 250 AUTH"), password, "auth-not-offered"},
	{dialogue(greeted + "250-mail.example.test; 250 AUTH GSSAPI DIGEST-MD5"), password, "auth-no-common-mechanism"},
	{dialogue(greeted + "250-mail.example.test; 250 AUTH XOAUTH2"), password, "oauth2-required"},
	{dialogue(greeted + "250-mail.example.test; 250 AUTH PLAIN LOGIN"), accessToken, "oauth2-not-offered"},
	{dialogue(greeted + "250-mail.example.test; 250 AUTH PLAIN"), mechanism(settings.ScramSHA256), "auth-mechanism-not-offered"},
	{dialogue(greeted + "250-mail.example.test; 250 AUTH SCRAM-SHA-256-PLUS"), mechanism(settings.ScramSHA256Plus), "scram-binding-impossible"},
	{dialogue(asked), func(r *probe.Request) { password(r); r.Credentials.Password = secret.New("a\x00b") }, "credential-unsendable"},
	{dialogue(asked + "AUTH PLAIN | 535 5.7.8 no"), mechanism(settings.Plain), "auth-rejected"},
	{dialogue(asked + "AUTH PLAIN | 550 5.1.1 no"), mechanism(settings.Plain), "auth-refused"},
	{dialogue(asked + "AUTH PLAIN | 454 4.7.0 no"), mechanism(settings.Plain), "auth-temporary"},
	{dialogue(asked + "AUTH PLAIN | 421 4.7.0 too many login attempts"), mechanism(settings.Plain), "auth-throttled"},
	{dialogue(asked + "AUTH PLAIN | 432 4.7.12 a password transition is needed"), mechanism(settings.Plain), "auth-password-transition"},
	{dialogue(asked + "AUTH PLAIN | 535 5.7.8 your password has expired"), mechanism(settings.Plain), "auth-password-expired"},
	{dialogue(asked + "AUTH PLAIN | 525 5.7.13 account disabled"), mechanism(settings.Plain), "account-disabled"},
	{dialogue(asked + "AUTH PLAIN | 538 5.7.11 encryption required"), mechanism(settings.Plain), "auth-tls-required"},
	{dialogue(asked + "AUTH PLAIN | 530 5.7.0 must issue STARTTLS first"), mechanism(settings.Plain), "auth-tls-required"},
	{dialogue(asked + "AUTH PLAIN | 534 5.7.9 mechanism is too weak"), mechanism(settings.Plain), "auth-mechanism-too-weak"},
	{dialogue(asked + "AUTH PLAIN | 504 5.5.4 unrecognised"), mechanism(settings.Plain), "auth-mechanism-unsupported"},
	{dialogue(asked + "AUTH PLAIN | 500 5.5.6 line too long"), mechanism(settings.Plain), "auth-line-too-long"},
	{dialogue(asked + "AUTH PLAIN | 501 5.5.2 cannot decode"), mechanism(settings.Plain), "auth-syntax"},
	{dialogue(asked + "AUTH PLAIN | 503 5.5.1 already authenticated"), mechanism(settings.Plain), "auth-twice"},
	{smtptest.NewScript().Send("220 ready").Expect("EHLO").Send("250-mail.example.test", "250 AUTH PLAIN").Expect("AUTH").Close(), password, "auth-closed"},
	{dialogue(asked + "AUTH EXTERNAL | 535 5.7.8 who are you"), mechanism(settings.External), "auth-external-refused"},
	{dialogue(asked + "AUTH PLAIN | 250 2.0.0 OK"), mechanism(settings.Plain), "auth-reply-unexpected"},
	{dialogue(asked + "AUTH CRAM-MD5 | 334 %% | * | 501 cancelled"), mechanism(settings.CRAMMD5), "auth-challenge-not-base64"},
	{dialogue(asked + "AUTH CRAM-MD5 | 334  | * | 501 cancelled"), mechanism(settings.CRAMMD5), "auth-challenge-malformed"},
	{dialogue(asked + "AUTH PLAIN | 334 YWdhaW4= | * | 501 cancelled"), mechanism(settings.Plain), "auth-challenge-unexpected"},
	{dialogue(asked + "AUTH NTLM | 334 TlRMTVNTUAA= | * | 501 cancelled"), mechanism(settings.NTLM), "ntlm-challenge-malformed"},
	{dialogue(asked + "AUTH OAUTHBEARER | 334 eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0= | AQ== | 535 5.7.8 no"), accessToken, "oauth2-token-rejected"},

	// AUTH, in the words of services
	{dialogue(asked + "AUTH PLAIN | 534 5.7.9 Application-specific password required"), mechanism(settings.Plain), "auth-app-password-required"},
	{dialogue(asked + "AUTH PLAIN | 534 5.7.14 Please log in via your web browser"), mechanism(settings.Plain), "auth-web-login-required"},
	{dialogue(asked + "AUTH PLAIN | 535 5.7.8 Username and Password not accepted, see BadCredentials"), mechanism(settings.Plain), "auth-google-bad-credentials"},
	{dialogue(asked + "AUTH LOGIN | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant."), mechanism(settings.Login), "auth-microsoft-smtp-disabled-tenant"},
	{dialogue(asked + "AUTH LOGIN | 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Mailbox."), mechanism(settings.Login), "auth-microsoft-smtp-disabled-mailbox"},
	{dialogue(asked + "AUTH LOGIN | 535 5.7.139 Authentication unsuccessful, basic authentication is disabled."), mechanism(settings.Login), "auth-microsoft-basic-disabled"},
	{dialogue(asked + "AUTH LOGIN | 535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy."), mechanism(settings.Login), "auth-microsoft-security-defaults"},
	{dialogue(asked + "AUTH LOGIN | 535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully."), mechanism(settings.Login), "auth-microsoft-conditional-access"},
	{dialogue(asked + "AUTH LOGIN | 535 5.7.139 Authentication unsuccessful, the user credentials were incorrect or the account is locked."), mechanism(settings.Login), "auth-microsoft-locked"},
	{dialogue(asked + "AUTH LOGIN | 530 5.7.57 Client not authenticated to send mail."), mechanism(settings.Login), "auth-microsoft-not-authenticated"},
	{dialogue(asked + "AUTH PLAIN | 535 5.7.8 Authentication Credentials Invalid"), service("email-smtp.eu-west-1.amazonaws.com", settings.Plain), "auth-ses-credentials"},
	{dialogue(asked + "AUTH XOAUTH2 | 535 5.7.3 Authentication unsuccessful"), microsoftToken(`{"aud":"https://graph.example.test"}`), "oauth2-token-audience"},
	{dialogue(asked + "AUTH XOAUTH2 | 535 5.7.3 Authentication unsuccessful"), microsoftToken(`{"aud":"https://outlook.office365.com","scp":"Mail.Read"}`), "oauth2-token-scope"},
	{dialogue(asked), microsoftToken(`{"exp":1}`), "oauth2-token-expired"},

	// MAIL FROM, RCPT TO, RSET
	{dialogue(envelope + "530 5.7.0 authentication required"), mailing, "login-required"},
	{dialogue(envelope + "530 5.7.0 must issue a STARTTLS command first"), mailing, "tls-required"},
	{dialogue(envelope + "550 5.7.57 client not authenticated"), mailing, "login-required"},
	{dialogue(envelope + "550 5.7.60 client does not have permissions to send as this sender"), mailing, "sender-not-allowed"},
	{dialogue(envelope + "554 Message rejected: Email address is not verified."), mailing, "sender-not-verified"},
	{dialogue(envelope + "451 4.3.0 later"), mailing, "sender-temporary"},
	{dialogue(envelope + "550 5.1.8 unknown sender"), mailing, "sender-unknown"},
	{dialogue(sender + "554 5.7.1 relay access denied"), mailing, "relay-denied"},
	{dialogue(sender + "450 4.2.0 greylisted"), mailing, "recipient-greylisted"},
	{dialogue(sender + "550 5.1.1 user unknown"), mailing, "recipient-unknown"},
	{dialogue(sender + "250 2.1.5 OK | RSET | 500 5.5.1 what"), mailing, "command-refused"},
	{dialogue(envelope + "354 go ahead"), mailing, "reply-unexpected"},
	{dialogue(sender + "334 "), mailing, "reply-unexpected"},
	{dialogue(sender + "250 2.1.5 OK | RSET | 354 go ahead"), mailing, "reply-unexpected"},
	{dialogue(sender + "what?"), mailing, "reply-garbled"},
	{dialogue(greeted + "250 mail.example.test"), func(r *probe.Request) { mailing(r); r.From = "büro@example.test" }, "smtputf8-not-offered"},
	{dialogue(greeted + "250 mail.example.test"), func(r *probe.Request) { mailing(r); r.From = "a@example.test>\r\nDATA" }, "command-control-character"},
	{dialogue(greeted + "250 mail.example.test"), func(r *probe.Request) { mailing(r); r.From = "a@example.test> SIZE=1<" }, "command-control-character"},
	{smtptest.NewScript().Send("220 ready").Answer(largeReply), func(r *probe.Request) {
		mailing(r)
		for range 20 {
			r.RcptTo = append(r.RcptTo, "you@example.org")
		}
	}, "session-too-large"},
}

// largeReply is as long as a reply may be.
func largeReply(string) string {
	line := strings.Repeat("x", 3900)
	return strings.Repeat("250-"+line+"\r\n", 15) + "250 OK"
}

func starttls(r *probe.Request) { r.Mode = settings.StartTLS }

func password(r *probe.Request) { *r = withLogin(*r, "pencil") }

func accessToken(r *probe.Request) {
	r.Verify, r.Credentials.Username = settings.VerifyAuth, "app@example.test"
	r.Credentials.AccessToken = secret.New("opaque")
}

func mechanism(m settings.Mechanism) func(*probe.Request) {
	return func(r *probe.Request) { password(r); r.Mechanism = m }
}

func service(name string, m settings.Mechanism) func(*probe.Request) {
	return func(r *probe.Request) { mechanism(m)(r); r.Host.Name = name }
}

// microsoftToken logs in to Microsoft with a token that says that of itself.
func microsoftToken(claims string) func(*probe.Request) {
	return func(r *probe.Request) {
		accessToken(r)
		r.Host.Name = "smtp.office365.com"
		r.Credentials.AccessToken = secret.New("e30." + base64.RawURLEncoding.EncodeToString([]byte(claims)) + ".x")
	}
}

func mailing(r *probe.Request) {
	r.Verify, r.From, r.RcptTo = settings.VerifyEnvelope, "app@example.test", []string{"you@example.org"}
}

// If this fails, a check reports what a server says as something else, or passes
// that must not. The server looks whether it was sent what it had to be, so that
// nothing is said after a refusal either.
func TestReplies(t *testing.T) {
	for _, test := range replies {
		t.Run(string(test.want), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				server := l.play(2525, test.script)
				r := request(settings.NoTLS, 2525)
				if test.change != nil {
					test.change(&r)
				}
				l.Names[r.Host.Name] = []string{address}
				_, took, err := l.check(r)
				if got := codeOf(err); got != test.want {
					t.Errorf("%q, want %q: %v", got, test.want, err)
				}
				if took > budget {
					t.Errorf("took %v", took)
				}
				if err := server.Err(); err != nil {
					t.Errorf("the client left the script: %v", err)
				}
				if slices.Contains(server.Lines(), "DATA") || server.Auths() > 1 {
					t.Errorf("the client said %q", server.Lines())
				}
				complete(t, err)
			})
		})
	}
}

// complete fails where a finding lacks a fact: its summary would be empty, or
// nothing would be left to do.
func complete(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	f := finding.Of(err)
	if dropped := f.Dropped(); dropped != nil {
		t.Errorf("%s lacks a fact for %q", f.Code, dropped)
	}
	row, _ := finding.Lookup(f.Code)
	if f.Summary == "" || len(f.Cause) == 0 || (len(f.Fixes) == 0) != (len(row.Fixes) == 0) {
		t.Errorf("%s lacks a text:\n%s\n%s", f.Code, f.Summary, f.Detail())
	}
}
