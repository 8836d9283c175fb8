package provider_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// Credentials of the matrix.
var (
	user    = config{"username": "app@corp.internal"}
	pass    = config{"password": "correct-horse-battery"}
	token   = config{"access_token": "token-of-an-hour"}
	login   = user.with(pass)
	oauth   = user.with(token)
	hidden  = user.with(config{"password_wo": "correct-horse-battery", "password_wo_version": 1})
	secrets = func(name, secret string) config { return config{"username": name, "password": secret} }
)

const corp = "smtp.corp.internal"

// matrix holds the findings for host × port × mode × credentials. A data source
// doesn't have the errors and warnings in resource: unless it is asked to, it contacts
// nothing and logs in nowhere.
var matrix = []struct {
	host     any
	port     any // nil: null
	mode     any // nil: null
	with     config
	errors   string
	warnings string
	resource string // codes that are said of a resource alone
}{
	// Ports and modes that are left to each other, or agree.
	{corp, nil, nil, nil, "", "", ""},
	{corp, nil, "implicit", nil, "", "", ""},
	{corp, nil, "starttls", nil, "", "", ""},
	{corp, nil, "none", nil, "port-required", "clear-text-off-host", ""},
	{corp, 465, nil, nil, "", "", ""},
	{corp, 465, "implicit", nil, "", "", ""},
	{corp, 2465, nil, nil, "", "", ""},
	{corp, 2465, "implicit", nil, "", "", ""},
	{corp, 587, nil, nil, "", "", ""},
	{corp, 587, "starttls", nil, "", "", ""},
	{corp, 2587, nil, nil, "", "", ""},
	{corp, 2587, "starttls", nil, "", "", ""},
	{corp, 2525, nil, nil, "", "", ""},
	{corp, 2525, "starttls", nil, "", "", ""},
	{corp, 10025, nil, nil, "", "", ""},
	{corp, 10025, "implicit", nil, "", "", ""},
	{corp, 10025, "starttls", nil, "", "", ""},
	{corp, 65535, "starttls", nil, "", "", ""},
	{corp, 1, "starttls", nil, "", "", ""},
	// Ports that begin otherwise than the mode says.
	{corp, 465, "starttls", nil, "implicit-tls-port", "", ""},
	{corp, 465, "none", nil, "implicit-tls-port", "clear-text-off-host", ""},
	{corp, 2465, "starttls", nil, "", "port-alternative-starttls", ""},
	{corp, 2465, "none", nil, "", "clear-text-off-host port-alternative-starttls", ""},
	{corp, 587, "implicit", nil, "starttls-port-implicit", "", ""},
	{corp, 2587, "implicit", nil, "", "port-alternative-implicit", ""},
	{corp, 587, "none", nil, "", "clear-text-off-host", ""},
	{corp, 2587, "none", nil, "", "clear-text-off-host", ""},
	{corp, 2525, "implicit", nil, "", "port-alternative-implicit", ""},
	{corp, 2500, "implicit", nil, "", "port-alternative-implicit", ""},
	{corp, 2526, "implicit", nil, "", "port-alternative-implicit", ""},
	{corp, 2525, "none", nil, "", "clear-text-off-host", ""},
	{corp, 10025, "none", nil, "", "clear-text-off-host", ""},
	{corp, 1025, nil, nil, "", "port-mail-catcher", ""},
	{corp, 1025, "implicit", nil, "", "port-mail-catcher", ""},
	{corp, 1025, "starttls", nil, "", "port-mail-catcher", ""},
	{corp, 1025, "none", nil, "", "clear-text-off-host", ""},
	{"localhost", 1025, "none", nil, "", "", ""},
	{"localhost", 1025, "none", config{"insecure": true}, "", "tls-argument-without-tls", ""},
	{"127.0.0.1", 1025, "none", nil, "", "", ""},
	{"::1", 1025, "none", nil, "", "", ""},
	{"localhost", 1025, "starttls", nil, "", "port-mail-catcher", ""},
	// Ports that are not for submission.
	{corp, 25, nil, nil, "port-25", "", ""},
	{corp, 25, "implicit", nil, "port-25", "", ""},
	{corp, 25, "starttls", nil, "port-25", "", ""},
	{corp, 25, "none", nil, "port-25", "clear-text-off-host", ""},
	{"localhost", 25, "none", nil, "", "", ""},
	{"localhost", 588, "starttls", nil, "", "", ""},
	{"127.0.0.1", 8025, "none", nil, "", "port-unusual", ""},
	{"localhost", 993, "implicit", nil, "", "port-unusual", ""},
	{corp, 21, nil, nil, "port-of-other-protocol", "", ""},
	{corp, 22, nil, nil, "port-of-other-protocol", "", ""},
	{corp, 53, nil, nil, "port-of-other-protocol", "", ""},
	{corp, 80, nil, nil, "port-of-other-protocol", "", ""},
	{corp, 110, nil, nil, "port-of-other-protocol", "", ""},
	{corp, 143, nil, nil, "port-of-other-protocol", "", ""},
	{corp, 443, nil, nil, "port-of-other-protocol", "", ""},
	{corp, 993, nil, nil, "port-of-other-protocol", "", ""},
	{corp, 993, "implicit", nil, "port-of-other-protocol", "", ""},
	{corp, 993, "none", nil, "port-of-other-protocol", "clear-text-off-host", ""},
	{corp, 995, "implicit", nil, "port-of-other-protocol", "", ""},
	{corp, 5432, nil, nil, "port-of-other-protocol", "", ""},
	{corp, 8025, nil, nil, "", "port-unusual", ""},
	{corp, 456, nil, nil, "", "port-mistyped", ""},
	{corp, 578, "starttls", nil, "", "port-mistyped", ""},
	{corp, 564, "implicit", nil, "", "port-mistyped", ""},
	{corp, 0, nil, nil, "port-out-of-range", "", ""},
	{corp, -1, nil, nil, "port-out-of-range", "", ""},
	{corp, 65536, "implicit", nil, "port-out-of-range", "", ""},
	{corp, 70000, "none", nil, "port-out-of-range", "clear-text-off-host", ""},
	// Modes that are none.
	{corp, nil, "ssl", nil, "tls-mode-word", "", ""},
	{corp, 587, "tls", nil, "tls-mode-word", "", ""},
	{corp, 465, "SSL/TLS", nil, "tls-mode-word", "", ""},
	{corp, 465, "Implicit", nil, "tls-mode-word", "", ""},
	{corp, 465, "", nil, "tls-mode-word", "", ""},
	{corp, 25, "ssl", nil, "port-25 tls-mode-word", "", ""},
	// Credentials.
	{corp, nil, nil, login, "", "", ""},
	{corp, nil, nil, oauth, "", "", ""},
	{corp, nil, nil, hidden, "", "", ""},
	{corp, 587, nil, login, "", "", ""},
	{corp, 465, "starttls", login, "implicit-tls-port", "", ""},
	{corp, 25, nil, login, "port-25", "", ""},
	{corp, 10025, "none", login, "credentials-in-clear", "", ""},
	{corp, 10025, "none", oauth, "credentials-in-clear", "", ""},
	{corp, 10025, "none", hidden, "credentials-in-clear", "", ""},
	{"localhost", 1025, "none", login, "", "", ""},
	{"127.0.0.1", 1025, "none", oauth, "", "", ""},
	{"[::1]", 1025, "none", hidden, "", "", ""},
	{"localhost", 1025, "none", login.with(config{"auth_mechanism": "CRAM-MD5"}), "", "", ""},
	{"localhost.corp.internal", 1025, "none", login, "credentials-in-clear", "", ""},
	{later, 1025, "none", login, "", "", ""},
	{corp, nil, "none", login, "port-required credentials-in-clear", "", ""},
	{corp, nil, nil, user, "username-without-secret", "", "username-without-secret"},
	{corp, 587, nil, user, "username-without-secret", "", "username-without-secret"},
	{corp, 10025, "none", user, "credentials-in-clear username-without-secret", "", "username-without-secret"},
	{corp, nil, nil, pass, "secret-without-username", "", "secret-without-username"},
	{corp, nil, nil, token, "secret-without-username", "", "secret-without-username"},
	{corp, nil, nil, login.with(token), "two-secrets", "", ""},
	{corp, nil, nil, hidden.with(pass), "two-secrets", "", ""},
	{corp, nil, nil, hidden.with(token), "two-secrets", "", ""},
	{corp, nil, nil, user.with(config{"verify": "handshake"}), "", "", ""},
	{corp, nil, nil, pass.with(config{"verify": "handshake"}), "", "", ""},
	{corp, nil, nil, user.with(config{"verify": "none"}), "", "", ""},
	{corp, nil, nil, user.with(config{"verify": "auth"}), "username-without-secret", "", ""},
	{corp, nil, nil, config{"verify": "auth"}, "login-without-credentials", "", ""},
	{corp, nil, nil, config{"verify": "envelope"}, "envelope-without-from", "", ""},
	{corp, nil, nil, config{"verify": "full"}, "verify-word", "", ""},
	{corp, nil, nil, secrets("app", ""), "credential-empty", "", ""},
	{corp, nil, nil, secrets("", "correct-horse-battery"), "credential-empty", "", ""},
	{corp, nil, nil, secrets("app", "correct-horse-battery\n"), "credential-line-end", "", ""},
	{corp, nil, nil, secrets("app\r\n", "correct-horse-battery"), "credential-line-end", "", ""},
	{corp, nil, nil, secrets("app", "correct\x00horse"), "credential-control-character", "", ""},
	{corp, nil, nil, secrets("app\r\nRSET", "correct-horse-battery"), "credential-control-character", "", ""},
	{corp, nil, nil, secrets("app", "correct-horse-battery "), "", "credential-white-space", ""},
	{corp, nil, nil, secrets("app", "********"), "", "secret-placeholder", ""},
	{corp, nil, nil, secrets("same-text", "same-text"), "", "username-equals-password", ""},
	{corp, nil, nil, login.with(config{"auth_mechanism": "plain"}), "auth-mechanism-word", "", ""},
	{corp, nil, nil, login.with(config{"auth_mechanism": "XOAUTH2"}), "mechanism-needs-token", "", ""},
	{corp, nil, nil, oauth.with(config{"auth_mechanism": "PLAIN"}), "mechanism-needs-password", "", ""},
	{corp, nil, nil, config{"auth_mechanism": "EXTERNAL"}, "external-without-certificate", "", ""},
	{corp, 10025, "none", login.with(config{"auth_mechanism": "CRAM-MD5"}), "challenge-without-tls", "", ""},
	{corp, nil, nil, config{"insecure": true}, "", "insecure-tls", ""},
	{corp, nil, nil, login.with(config{"insecure": true}), "insecure-credentials", "insecure-tls", "insecure-credentials"},
	// Hosts.
	{"", nil, nil, nil, "host-empty", "", ""},
	{"", 25, "none", nil, "host-empty port-25", "", ""},
	{"smtp://smtp.corp.internal", nil, nil, nil, "host-has-scheme", "", ""},
	{"smtps://app:hunter2-hunter2@smtp.corp.internal:465/", 465, nil, nil, "host-has-scheme", "", ""},
	{"smtp.corp.internal:587", nil, nil, nil, "host-has-port", "", ""},
	{"[2001:db8::25]:587", nil, nil, nil, "host-has-port", "", ""},
	{"smtp.corp.internal/", 587, nil, nil, "host-has-path", "", ""},
	{"smtp.corp.internal?tls=1", 587, nil, nil, "host-has-path", "", ""},
	{"app@smtp.corp.internal", nil, nil, login, "host-has-user", "", ""},
	{" smtp.corp.internal", nil, nil, nil, "host-white-space", "", ""},
	{"smtp corp internal", nil, nil, nil, "host-white-space", "", ""},
	{"smtp.corp.internal\n", nil, nil, nil, "host-control-character", "", ""},
	{"smtp.corp.internal\r\nMAIL FROM:<a@b>", 587, nil, nil, "host-control-character", "", ""},
	{"smtp\u200b.corp.internal", nil, nil, nil, "host-control-character", "", ""},
	{"smtp..internal", nil, nil, nil, "host-empty-label", "", ""},
	{".corp.internal", nil, nil, nil, "host-empty-label", "", ""},
	{strings.Repeat("a", 64) + ".internal", nil, nil, nil, "host-label-too-long", "", ""},
	{strings.Repeat("a", 63) + ".internal", nil, nil, nil, "", "", ""},
	{strings.Repeat("abcdefg.", 31) + "abcdef", nil, nil, nil, "host-too-long", "", ""},
	{"-smtp.corp.internal", nil, nil, nil, "host-label-hyphen", "", ""},
	{"smtp-.corp.internal", nil, nil, nil, "host-label-hyphen", "", ""},
	{"smtp,corp.internal", nil, nil, nil, "host-invalid-character", "", ""},
	{"[2001:db8::25", nil, nil, nil, "host-invalid-character", "", ""},
	{"bücher.corp.internal", nil, nil, nil, "", "", ""},
	{"bü\u2007cher", nil, nil, nil, "host-white-space", "", ""},
	{"a\u0300b\uff0f", nil, nil, nil, "host-idn-invalid", "", ""},
	{"smtp_relay.corp.internal", nil, nil, nil, "", "host-underscore", ""},
	{"smtp.corp.internal.", nil, nil, nil, "", "host-trailing-dot", ""},
	{"192.0.2.25", 587, nil, nil, "", "host-ip-without-name", ""},
	{"[2001:db8::25]", 587, nil, nil, "", "host-ip-without-name", ""},
	{"192.0.2.25", 587, nil, config{"tls_server_name": corp}, "", "", ""},
	{"192.0.2.25", 587, nil, config{"insecure": true}, "", "insecure-tls", ""},
	{"192.0.2.25", 10025, "none", nil, "", "clear-text-off-host", ""},
	{"0.0.0.0", 587, nil, nil, "host-address-unusable", "", ""},
	{"224.0.0.1", 10025, "none", nil, "host-address-unusable", "clear-text-off-host", ""},
	{"192.0.2", 587, nil, nil, "host-ip-incomplete", "", ""},
	{"192.0.2.256", 587, nil, nil, "host-ip-incomplete", "", ""},
	{"smtp.example.com", nil, nil, nil, "", "host-placeholder", "host-placeholder"},
	{"smtp.example.com", nil, nil, config{"verify": "none"}, "", "", ""},
	{"smtp.example.com", 25, nil, nil, "port-25", "host-placeholder", "host-placeholder"},
	{"imap.corp.internal", 587, nil, nil, "", "host-name-incoming", ""},
	{"mx1.corp.internal", 587, nil, nil, "", "host-name-mx", ""},
	{"webmail.corp.internal", 587, nil, nil, "", "host-name-web", ""},
	{"mx1.corp.internal", 25, "none", nil, "port-25", "clear-text-off-host host-name-mx", ""},
	// What a known service wants, with defaults that are judged like the rest.
	{"smtp.gmail.com", nil, nil, nil, "", "service-login", ""},
	{"stmp.gmail.com", nil, nil, nil, "", "host-unlisted", ""},
	{"smtpauth.bluewin.ch", 465, nil, login, "", "", ""},
	{"smtp.uol.com.br", 587, nil, login, "", "", ""},
	{"in-v3.mailjet.com", 588, nil, login, "", "", ""},
	{"in-v3.mailjet.com", 80, nil, login, "", "", ""},
	{"smtp.sendgrid.net", 588, nil, nil, "service-port", "service-login", ""},
	{"contoso-com.mail.protection.outlook.com", 25, nil, nil, "", "", ""},
	{"email-smtp.eu-west-1.amazonaws.com", 25, nil, nil, "", "port-25-blocked service-login", ""},
	{"smtp.gmial.com", nil, nil, nil, "host-near-service", "", ""},
	{"imap.gmail.com", 993, "implicit", nil, "host-incoming port-of-other-protocol", "", ""},
	{"smtp.office365.com", nil, nil, nil, "service-port", "service-login", ""},
	{"smtp.office365.com", 587, nil, nil, "", "service-login", ""},
	{"smtp.sendgrid.net", 587, nil, secrets("apikey", "SG."+strings.Repeat("k", 22)+"."+strings.Repeat("s", 43)), "", "", ""},
	{"smtp.sendgrid.net", 587, nil, secrets("app", "SG."+strings.Repeat("k", 22)+"."+strings.Repeat("s", 43)), "service-username", "", ""},
	{"smtp.office365.com", 587, nil, oauth, "", "", ""},
	{"smtp.office365.com", 465, "implicit", nil, "service-port", "service-login", ""},
	{"email-smtp.eu-west-1.amazonaws.com", 2587, nil, nil, "", "service-login", ""},
	{"email-smtp.eu-west-1.amazonaws.com", 2465, nil, nil, "", "service-login", ""},
	{"email-smtp.eu-west-1.amazonaws.com", 2465, "starttls", nil, "service-mode", "service-login", ""},
	{"smtp.gmail.com", 587, "implicit", nil, "starttls-port-implicit", "service-login", ""},
	{"smtp.gmail.com", 25, "none", nil, "port-25", "clear-text-off-host service-login", ""},
	{"smtp.gmail.com", 993, nil, nil, "port-of-other-protocol", "service-login", ""},
	{"smtp.gmail.com", 2525, nil, nil, "", "service-login service-port-unlisted", ""},
	{"smtp.mailgun.org", 2525, nil, nil, "", "service-login", ""},
	{"smtp.mailgun.org", 2525, nil, config{"username": later}, "", "", ""},
	{"mobile.charter.net", 587, "implicit", nil, "", "service-login", ""},
	{"mobile.charter.net", 587, nil, nil, "service-mode", "service-login", ""},
	// Unknown is skipped; what is known beside it is judged.
	{later, later, later, config{"username": later, "password": later, "verify": later}, "", "", ""},
	{corp, later, nil, nil, "", "", ""},
	{corp, later, "starttls", nil, "", "", ""},
	{corp, later, "none", nil, "", "clear-text-off-host", ""},
	{corp, 465, later, nil, "", "", ""},
	{corp, 587, later, login, "", "", ""},
	{corp, 25, later, nil, "port-25", "", ""},
	{corp, later, "ssl", nil, "tls-mode-word", "", ""},
	{later, 25, "starttls", nil, "", "", ""},
	{later, 465, "starttls", nil, "implicit-tls-port", "", ""},
	{corp, nil, nil, user.with(config{"password": later}), "", "", ""},
	{corp, nil, nil, user.with(config{"access_token": later}), "", "", ""},
	{corp, nil, nil, pass.with(config{"username": later}), "", "", ""},
	{corp, 10025, "none", user.with(config{"password": later}), "credentials-in-clear", "", ""},
	{corp, 25, nil, config{"ignore_rules": later}, "", "", ""},
	{corp, 25, nil, config{"ignore_rules": []any{later}}, "", "", ""},
	{"", nil, nil, config{"ignore_rules": later}, "host-empty", "", ""},
}

// If this fails, a combination is judged in another way than the table says: at
// validate with literals, at plan with variables, or at apply with values that were
// unknown until then.
func TestMatrix(t *testing.T) {
	if len(matrix) < 120 {
		t.Errorf("only %d cases", len(matrix))
	}
	n := smtptest.NewNetwork(0)
	s := start(t, n, nil)
	for _, row := range matrix {
		c := config{"host": row.host, "port": row.port, "tls_mode": row.mode}.with(row.with)
		t.Run(fmt.Sprintf("%.40v,%v,%v,%.60v", row.host, row.port, row.mode, row.with), func(t *testing.T) {
			errors, warnings := strings.Fields(row.errors), strings.Fields(row.warnings)
			s := s.in(t)
			s.validateResource(c).only(t, errors, warnings)
			_, found := s.plan(state{}, c)
			found.only(t, errors, warnings)
			s.lateAs(c, errors)
			if _, writeOnly := c["password_wo"]; writeOnly {
				return
			}
			alone := func(code string) bool { return slices.Contains(strings.Fields(row.resource), code) }
			errors, warnings = slices.DeleteFunc(errors, alone), slices.DeleteFunc(warnings, alone)
			s.validateDataSource(c).only(t, errors, warnings)
			if holdsUnknown(c) || c["verify"] != nil && c["verify"] != "none" {
				return // a plan defers it, or it would be contacted
			}
			outputs, found := s.readDataSource(c)
			if len(errors) > 0 {
				found.only(t, errors, warnings)
				return
			}
			found.none(t) // the validation has given the warnings
			if got := codesOf(outputs["findings"]); !slices.Equal(got, warnings) {
				t.Errorf("findings %v, want %v", got, warnings)
			}
		})
	}
	if dials := n.Dials(); len(dials) > 0 {
		t.Errorf("%v were contacted", dials)
	}
}

// lateAs plans the block with all of its values unknown, which must give no finding,
// and applies it as it is: then the errors appear, and nothing is kept.
func (s *served) lateAs(c config, errors []string) {
	s.Helper()
	unknown := config{}
	for name := range c {
		unknown[name] = later
	}
	planned, found := s.plan(state{}, unknown)
	found.none(s)
	if len(errors) == 0 || holdsUnknown(c) {
		return
	}
	kept, found := s.apply(planned, c)
	if got := slices.Sorted(slices.Values(found.errors())); !slices.Equal(got, slices.Sorted(slices.Values(errors))) {
		s.Errorf("at apply %v, want %v", got, errors)
	}
	if kept.exists() {
		s.Errorf("kept %v", s.attributes(kept))
	}
}

func holdsUnknown(c config) bool {
	for _, value := range c {
		if elements, ok := value.([]any); value == later || ok && slices.Contains(elements, any(later)) {
			return true
		}
	}
	return false
}

// codesOf returns the codes of the output findings.
func codesOf(findings any) []string {
	codes := []string{}
	list, _ := findings.([]any)
	for _, f := range list {
		codes = append(codes, f.(map[string]any)["code"].(string))
	}
	return slices.Sorted(slices.Values(codes))
}
