//go:build interop && interopclients

package interopclients

import (
	"slices"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// controls are settings that were made weak, nil ones by leaving them out, and
// what comes of that.
var controls = []struct {
	label string
	mode  settings.TLSMode
	conduct
	weak map[string]any
	want outcome
}{
	{"nodemailer", settings.StartTLS, stripped, map[string]any{"requireTLS": nil}, sentInClear},
	{"python-smtplib", settings.Implicit, untrusted, map[string]any{"context": nil}, sentOverTLS},
	{"python-smtplib", settings.StartTLS, wrongName, map[string]any{"context": nil}, sentOverTLS},
	{"python-smtplib", settings.StartTLS, stripped, map[string]any{"starttls": false}, sentInClear},
	{"aiosmtplib", settings.StartTLS, untrusted, map[string]any{"validate_certs": false}, sentOverTLS},
	{"aiosmtplib", settings.StartTLS, stripped, map[string]any{"start_tls": nil}, sentInClear},
	{"ruby-mail", settings.Implicit, wrongName, map[string]any{"openssl_verify_mode": "none"}, sentOverTLS},
	{"actionmailer", settings.StartTLS, untrusted, map[string]any{"openssl_verify_mode": "none"}, sentOverTLS},
	{"phpmailer", settings.StartTLS, stripped, map[string]any{"SMTPSecure": ""}, sentInClear},
	{"jakarta-mail", settings.Implicit, wrongName, map[string]any{"mail.smtp.ssl.checkserveridentity": nil}, sentOverTLS},
	{"javamail", settings.StartTLS, stripped, map[string]any{"mail.smtp.starttls.required": nil}, sentInClear},
	{"msmtp", settings.Implicit, untrusted, map[string]any{"tls_trust_file": nil, "tls_certcheck": "off"}, sentOverTLS},
	{"curl", settings.StartTLS, stripped, map[string]any{"--ssl-reqd": nil}, sentInClear},
	{"curl", settings.Implicit, wrongName, map[string]any{"--insecure": true}, sentOverTLS},
	{"postfix", settings.StartTLS, untrusted, map[string]any{"smtp_tls_security_level": "encrypt"}, sentOverTLS},
	{"postfix", settings.StartTLS, wrongName, map[string]any{"smtp_tls_security_level": "encrypt"}, sentOverTLS},
	{"postfix", settings.StartTLS, stripped, map[string]any{"smtp_tls_security_level": "may"}, sentInClear},
}

// If this fails, the servers that misbehave would refuse the mail themselves, and
// a consumer that refuses them proves nothing.
func TestControls(t *testing.T) {
	for _, control := range controls {
		tr := trialOf(t, control.label, control.mode, control.conduct)
		t.Run(control.label+"/"+tr.String(), func(t *testing.T) {
			given := render(t, tr)
			for name, value := range control.weak {
				if _, emitted := given.Settings[name]; !emitted && value == nil {
					t.Errorf("%s is not emitted", name)
				}
				if given.Settings[name] = value; value == nil {
					delete(given.Settings, name)
				}
			}
			try(t, tr, given, control.want)
		})
	}
}

// If this fails, the catalogue's claims are read wrongly, or have changed: what
// consumers are known for is written out here once more.
func TestClaims(t *testing.T) {
	for _, known := range []struct {
		label string
		mode  settings.TLSMode
		conduct
		want outcome
	}{
		{"nodemailer", settings.Implicit, sound, sentOverTLS},
		{"nodemailer", settings.Implicit, untrusted, refused},
		{"nodemailer", settings.Implicit, wrongName, refused},
		{"nodemailer", settings.StartTLS, stripped, refused},
		{"nodemailer", settings.NoTLS, sound, sentInClear},
		{"nodemailer", settings.NoTLS, offering, stayedInClear},
		{"django", settings.Implicit, untrusted, sentOverTLS},
		{"django", settings.StartTLS, wrongName, sentOverTLS},
		{"django", settings.StartTLS, stripped, refused},
		{"flask-mail", settings.StartTLS, untrusted, sentOverTLS},
		{"ssmtp", settings.Implicit, wrongName, sentOverTLS},
		{"ssmtp", settings.StartTLS, stripped, refused},
		{"symfony-mailer", settings.StartTLS, stripped, sentInClear},
		{"symfony-mailer", settings.StartTLS, untrusted, refused},
		{"symfony-mailer", settings.Implicit, stripped, refused},
		{"symfony-mailer", settings.NoTLS, offering, sentOverTLS},
		{"gomail-v2", settings.StartTLS, stripped, sentInClear},
		{"gomail-v2", settings.Implicit, wrongName, refused},
		{"gomail-v2", settings.NoTLS, offering, sentOverTLS},
		{"go-net-smtp", settings.StartTLS, stripped, refused},
		{"alertmanager", settings.Implicit, untrusted, refused},
		{"postfix", settings.StartTLS, stripped, refused},
	} {
		tr := trialOf(t, known.label, known.mode, known.conduct)
		entry, _ := clients.Lookup(tr.id)
		if got := claimed(entry.Modes[tr.mode], tr); got != known.want {
			t.Errorf("%s, %s: %s, want %s", known.label, tr, got, known.want)
		}
	}
}

// trialOf returns the first of a consumer's trials in a mode with such a server.
func trialOf(t *testing.T, label string, mode settings.TLSMode, c conduct) trial {
	t.Helper()
	number := slices.IndexFunc(consumers, func(one consumer) bool { return one.label == label })
	if number < 0 {
		t.Fatalf("no consumer %q", label)
	}
	for _, tr := range trials(number, consumers[number]) {
		if tr.mode == mode && tr.conduct == c {
			return tr
		}
	}
	t.Fatalf("%s meets no %s server with %s", label, c, mode)
	return trial{}
}
