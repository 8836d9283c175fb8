//go:build interop

package interop

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// envelopePorts are a Postfix's with opinions on senders and recipients.
var envelopePorts = map[string]Port{
	"owners": {Options: []string{
		opportunistic,
		"smtpd_sender_login_maps = inline:{ app@example.org=app@example.test }",
		"smtpd_sender_restrictions = reject_sender_login_mismatch",
	}},
	"owners at MAIL": {Options: []string{
		opportunistic, atOnce,
		"smtpd_sender_login_maps = inline:{ app@example.test=app@example.test }",
		"smtpd_sender_restrictions = reject_sender_login_mismatch",
	}},
	"picky": {Options: []string{
		opportunistic, "smtputf8_enable = no",
		"smtpd_sender_restrictions = check_sender_access inline:{ { bad@example.test = REJECT }, { later@example.test = DEFER } }",
		"smtpd_recipient_restrictions = check_recipient_access inline:{ { nobody@example.com = 550 5.1.1 User unknown }, { grey@example.com = DEFER } }",
	}},
	"TLS first": {Options: []string{"smtpd_tls_security_level = encrypt"}},
	"certificates": {Options: []string{
		opportunistic, "smtpd_tls_ask_ccert = yes",
		"smtpd_relay_restrictions = permit_tls_all_clientcerts, reject_unauth_destination",
	}},
}

// Fails if the provider reports what a real server says about senders and recipients as
// something else, reports an envelope as refused that the server takes, or sends more than
// the envelope.
func TestEnvelope(t *testing.T) {
	ca, stranger := newAuthority(t), newAuthority(t)
	postfix := PostfixWithCyrus(t, ca, passwords, envelopePorts)
	relay := NewRelay(t)
	dovecot := Dovecot(t, ca, relay, passwords, nil)
	f := &fleet{ca: ca, cyrus: postfix, dovecot: dovecot}

	loggedIn, nobody, certified, strange := "login", "", "certificate", "stranger's certificate"
	for name, tt := range map[string]struct {
		server *Server
		port   string // "": the usual one
		who    string
		from   string
		to     []string
		want   finding.Code
	}{
		"postfix, taken":                          {postfix, "", loggedIn, "app@example.test", []string{"you@example.com"}, ""},
		"postfix, three recipients":               {postfix, "", loggedIn, "app@example.test", []string{"a@example.com", "b@example.com", "c@example.org"}, ""},
		"postfix, no recipient":                   {postfix, "", loggedIn, "app@example.test", nil, ""},
		"postfix, international":                  {postfix, "", loggedIn, "jürgen@example.test", []string{"пример@example.com"}, ""},
		"postfix, no login":                       {postfix, "", nobody, "app@example.test", []string{"you@example.com"}, "relay-denied"},
		"postfix, own address":                    {postfix, "owners", loggedIn, "app@example.org", []string{"you@example.com"}, ""},
		"postfix, another's address":              {postfix, "owners", loggedIn, "boss@example.test", []string{"you@example.com"}, "sender-not-allowed"},
		"postfix, another's, at MAIL":             {postfix, "owners at MAIL", loggedIn, "boss@example.test", []string{"you@example.com"}, "sender-not-allowed"},
		"postfix, own address, no login":          {postfix, "owners at MAIL", nobody, "app@example.test", []string{"you@example.com"}, "login-required"},
		"postfix, own address, no login, at RCPT": {postfix, "owners", nobody, "app@example.org", []string{"you@example.com"}, "login-required"},
		"postfix, sender refused":                 {postfix, "picky", loggedIn, "bad@example.test", []string{"you@example.com"}, "sender-refused"},
		"postfix, sender deferred":                {postfix, "picky", loggedIn, "later@example.test", []string{"you@example.com"}, "sender-temporary"},
		"postfix, recipient unknown":              {postfix, "picky", loggedIn, "app@example.test", []string{"you@example.com", "nobody@example.com"}, "recipient-unknown"},
		"postfix, recipient greylisted":           {postfix, "picky", loggedIn, "app@example.test", []string{"grey@example.com"}, "recipient-temporary"},
		"postfix, ASCII alone":                    {postfix, "picky", loggedIn, "jürgen@example.test", []string{"you@example.com"}, "smtputf8-not-offered"},
		"postfix, no TLS":                         {postfix, "TLS first", nobody, "app@example.test", []string{"you@example.com"}, "tls-required"},
		"postfix, certificate":                    {postfix, "certificates", certified, "app@example.test", []string{"you@example.com"}, ""},
		"postfix, stranger's certificate":         {postfix, "certificates", strange, "app@example.test", []string{"you@example.com"}, "relay-denied"},
		"postfix, certificate not shown":          {postfix, "certificates", nobody, "app@example.test", []string{"you@example.com"}, "relay-denied"},
		"dovecot, taken":                          {dovecot, "", loggedIn, "app@example.test", []string{"you@example.com"}, ""},
		"dovecot, three recipients":               {dovecot, "", loggedIn, "app@example.test", []string{"a@example.com", "b@example.com", "c@example.org"}, ""},
		"dovecot, no login":                       {dovecot, "", nobody, "app@example.test", []string{"you@example.com"}, "login-required"},
		"dovecot, its relay's refusal":            {dovecot, "", loggedIn, "stranger@example.test", []string{"you@example.com"}, "sender-not-allowed"},
		"dovecot, recipient unknown":              {dovecot, "", loggedIn, "app@example.test", []string{"nobody@example.com"}, "recipient-unknown"},
		"dovecot, recipient greylisted":           {dovecot, "", loggedIn, "app@example.test", []string{"grey@example.com"}, "recipient-greylisted"},
		"dovecot, its relay doesn't relay":        {dovecot, "", loggedIn, "app@example.test", []string{"far@example.com"}, "relay-denied"},
		"dovecot, ASCII alone":                    {dovecot, "", loggedIn, "jürgen@example.test", []string{"you@example.com"}, "smtputf8-not-offered"},
		"dovecot, international domain":           {dovecot, "", loggedIn, "app@xn--bcher-kva.example.test", []string{"you@example.com"}, ""},
		"dovecot, the certificate's holder":       {dovecot, "", certified, "app@example.test", []string{"you@example.com"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := f.request(tt.server.STARTTLS, settings.StartTLS)
			if tt.port != "" {
				r.Port = tt.server.More[tt.port]
			}
			if tt.want == "tls-required" {
				r.Mode = settings.NoTLS
			}
			r.Verify, r.From, r.RcptTo = settings.VerifyEnvelope, tt.from, tt.to
			switch tt.who {
			case loggedIn:
				r.Credentials = credentials(settings.Plain, usual, "")
			case certified:
				f.shows(t, &r, f, tt.server == dovecot)
			case strange:
				f.shows(t, &r, &fleet{ca: stranger}, false)
			}
			ends(t, r, tt.want)
		})
	}
	t.Run("dovecot, its relay is down", func(t *testing.T) {
		relay.Stop()
		r := f.request(dovecot.STARTTLS, settings.StartTLS)
		r.Verify, r.From, r.Credentials = settings.VerifyEnvelope, "app@example.test", credentials(settings.Plain, usual, "")
		ends(t, r, "server-local-error")
	})
}

// shows gives the request a certificate of the issuer's authority, and logs in
// with it where that is asked for.
func (f *fleet) shows(t *testing.T, r *probe.Request, issuer *fleet, login bool) {
	t.Helper()
	r.Trust.ClientCertPEM, r.Trust.ClientKeyPEM = clientCertificate(t, issuer.ca, usual)
	if login {
		r.Mechanism, r.Credentials = settings.External, auth.Credentials{External: true}
	}
}
