package provider_test

import (
	"fmt"
	"math/big"
	"strings"
	"testing"
	"unicode"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// number is one that neither int nor float64 can hold exactly.
func number(text string) tftypes.Value {
	n, _, err := big.ParseFloat(text, 10, 512, big.ToNearestEven)
	if err != nil {
		panic(err)
	}
	return tftypes.NewValue(tftypes.Number, n)
}

var huge = strings.Repeat("a", 1<<20)

// badInput is one bad value for each way to get an argument wrong, with the finding
// and its place.
var badInput = []struct {
	name  string
	value any
	code  string
	at    string
}{
	{"host", nil, "Missing Configuration for Required Attribute", "host"},
	{"host", "\x00", "host-control-character", "host"},
	{"host", "smtp\x00.corp.internal", "host-control-character", "host"},
	{"host", "smtp\xff.corp.internal", "host-control-character", "host"},
	{"host", "\u202esmtp.corp.internal", "host-control-character", "host"},
	{"host", "\ufeffsmtp.corp.internal", "host-control-character", "host"},
	{"host", "smtp.corp.internal\u2028", "host-white-space", "host"},
	{"host", "\u0300.corp.internal", "host-idn-invalid", "host"},
	{"host", huge, "host-too-long", "host"},
	{"host", "xn--" + strings.Repeat("a", 70), "host-label-too-long", "host"},
	{"host", "[::1", "host-invalid-character", "host"},
	{"host", "fe80::1%eth0\x00", "host-control-character", "host"},
	{"host", "$(reboot)", "host-invalid-character", "host"},
	{"port", -1, "port-out-of-range", "port"},
	{"port", -9223372036854775808, "port-out-of-range", "port"},
	{"port", 65536, "port-out-of-range", "port"},
	{"port", 65536 + 587, "port-out-of-range", "port"},
	{"port", 1<<32 + 587, "port-out-of-range", "port"},
	{"port", 1 << 53, "port-out-of-range", "port"},
	{"port", number("9223372036854775807"), "port-out-of-range", "port"},
	{"port", number("9223372036854775808"), "number-unusable", "port"},
	{"port", number("-1e300"), "number-unusable", "port"},
	{"port", 465.5, "number-unusable", "port"},
	{"tls_mode", "implicit\x00", "tls-mode-word", "tls_mode"},
	{"tls_mode", huge, "tls-mode-word", "tls_mode"},
	{"tls_mode", "ｉmplicit", "tls-mode-word", "tls_mode"},
	{"username", "a\x00b", "credential-control-character", "username"},
	{"username", "a\u0085b", "credential-control-character", "username"},
	{"password", "a\x00b-horse-battery", "credential-control-character", "username"},
	{"password", "\n", "credential-line-end", "username"},
	{"password_wo", "a\x00b-horse-battery", "credential-control-character", "username"},
	{"access_token", "a\tb-of-an-hour", "credential-control-character", "username"},
	{"access_token_wo", " token-of-an-hour", "token-white-space", "username"},
	{"client_key_pem", "\x00", "client-key-without-cert", "client_cert_pem"},
	{"password_wo_version", 0.5, "number-unusable", "password_wo_version"},
	{"client_key_pem_wo", huge, "client-key-without-cert", "client_cert_pem"},
	{"auth_mechanism", "PLAIN\r\nRSET", "auth-mechanism-word", "auth_mechanism"},
	{"auth_mechanism", "", "auth-mechanism-word", "auth_mechanism"},
	{"from", "a@example.org\r\nRCPT TO:<b@example.org>", "from-invalid", "from"},
	{"from", "App <app@example.org>", "from-invalid", "from"},
	{"from", "app", "from-invalid", "from"},
	{"from", huge + "@example.org", "from-invalid", "from"},
	{"rcpt_to", []any{nil}, "element-null", "rcpt_to"},
	{"rcpt_to", []any{"you@example.org", ""}, "rcpt-to-invalid", "rcpt_to"},
	{"rcpt_to", []any{"you@example.org>\r\nDATA"}, "rcpt-to-invalid", "rcpt_to"},
	{"ca_cert_pem", "", "ca-pem-unreadable", "ca_cert_pem"},
	{"ca_cert_pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "ca-pem-unreadable", "ca_cert_pem"},
	{"ca_cert_pem", huge, "ca-pem-unreadable", "ca_cert_pem"},
	{"client_cert_pem", "\x00", "client-cert-pem-unreadable", "client_cert_pem"},
	{"client_cert_pem", huge, "client-cert-pem-unreadable", "client_cert_pem"},
	{"tls_server_name", "a b", "tls-server-name-invalid", "tls_server_name"},
	{"tls_server_name", "", "tls-server-name-invalid", "tls_server_name"},
	{"tls_min_version", "1.1", "tls-min-version", "tls_min_version"},
	{"tls_min_version", "1.2\n", "tls-min-version", "tls_min_version"},
	{"ehlo_name", "a\r\nMAIL FROM:<>", "ehlo-name-invalid", "ehlo_name"},
	{"ehlo_name", "[192.0.2.256]", "ehlo-name-invalid", "ehlo_name"},
	{"ehlo_name", "[IPv6:fe80::1%a b]", "ehlo-name-invalid", "ehlo_name"},
	{"verify", "\u202eauth", "verify-word", "verify"},
	{"verify", huge, "verify-word", "verify"},
	{"ignore_rules", []any{nil}, "element-null", "ignore_rules"},
	{"clients", []any{nil, "django"}, "element-null", "clients"},
	{"rcpt_to", []any{"you@example.org", nil}, "element-null", "rcpt_to"},
	{"ignore_rules", []any{""}, "ignore-rules-unknown", "ignore_rules"},
	{"ignore_rules", []any{"port-25\n"}, "ignore-rules-unknown", "ignore_rules"},
	{"ignore_rules", []any{huge}, "ignore-rules-unknown", "ignore_rules"},
	{"retry_attempts", 1.5, "number-unusable", "retry_attempts"},
	{"retry_attempts", 0, "retry-attempts-invalid", "retry_attempts"},
	{"retry_attempts", 1 << 53, "retry-attempts-invalid", "retry_attempts"},
	{"timeout", "", "timeout-invalid", "timeout"},
	{"timeout", "30", "timeout-invalid", "timeout"},
	{"timeout", "-30s", "timeout-invalid", "timeout"},
	{"timeout", "99999999999h", "timeout-invalid", "timeout"},
	{"refresh", "always", "word-unknown", "refresh"},
	{"refresh", "Handshake\u202e", "word-unknown", "refresh"},
	{"refresh", "", "word-unknown", "refresh"},
}

// beside are arguments without which there would be another error too.
var beside = map[string]config{
	"username": pass, "password": user, "password_wo": user, "access_token": user, "access_token_wo": user,
	"password_wo_version": login.without("password").with(config{"password_wo": "correct-horse-battery"}),
	"client_cert_pem":     {"client_key_pem": later},
}

// If this fails, an unusable value passes, its error is unreadable or stands elsewhere
// than at its argument, or something of it is kept.
func TestBadInput(t *testing.T) {
	n := smtptest.NewNetwork(0)
	s := start(t, n, nil)
	for i, tt := range badInput {
		t.Run(fmt.Sprintf("%d %s=%.30v", i, tt.name, tt.value), func(t *testing.T) {
			s := s.in(t)
			c := config{"host": corp}.with(beside[tt.name]).with(config{tt.name: tt.value})
			kept, found := s.create(c)
			if got := found.errors(); len(got) != 1 || got[0] != tt.code || found.at(tt.code) != tt.at {
				t.Errorf("errors %v at %q, want %s at %q\n%s", got, found.at(tt.code), tt.code, tt.at, found.text())
			}
			found.readable(t)
			if kept.exists() {
				t.Errorf("kept %v", s.attributes(kept))
			}
		})
	}
	if dials := n.Dials(); len(dials) > 0 {
		t.Errorf("%v were contacted", dials)
	}
}

// If this fails, the way out of half a port is left to the reader, or leads to the next
// error.
func TestHalfNumbers(t *testing.T) {
	s := start(t, smtptest.NewNetwork(0), nil)
	for _, tt := range []struct {
		argument string
		number   any
		fix      string
		meant    any // nil where no edit is proposed
	}{
		{"port", 587.5, "port = 587", 587},
		{"port", 65535.9, "port = 65535", 65535},
		{"port", 65536.5, "Set port to a whole number", nil},
		{"port", 0.5, "Set port to a whole number", nil},
		{"port", -587.5, "Set port to a whole number", nil},
		{"port", number("1e30"), "Set port to a whole number", nil},
		{"retry_attempts", 10.5, "retry_attempts = 10", 10},
		{"retry_attempts", 11.5, "Set retry_attempts to a whole number", nil},
		{"password_wo_version", 2.5, "password_wo_version = 2", 2},
	} {
		c := config{"host": corp, "username": "app", "password_wo": "correct-horse-battery", "password_wo_version": 1}
		found := s.in(t).validateResource(c.with(config{tt.argument: tt.number}))
		found.only(t, []string{"number-unusable"}, nil)
		contains(t, found.text(), tt.fix)
		if tt.meant != nil {
			s.in(t).validateResource(c.with(config{tt.argument: tt.meant})).none(t)
		}
	}
	for number, fix := range map[float64]string{1.5: "max_connections_per_host = 1", 100.5: "max_connections_per_host = 100", 101.5: "Set max_connections_per_host"} {
		contains(t, s.validateProvider(config{"max_connections_per_host": number}).text(), fix)
	}
}

// readable ends the test where a diagnostic is empty, endless, or holds
// characters that a terminal acts upon.
func (f found) readable(t testing.TB) {
	t.Helper()
	for _, d := range f {
		if d.Summary == "" || d.Detail == "" || strings.Contains(d.Summary, "\n") || len(d.Summary) > 4500 || len(d.Detail) > 10000 {
			t.Errorf("summary of %d bytes, detail of %d bytes: %.300s", len(d.Summary), len(d.Detail), f.text())
		}
		for _, r := range d.Summary + d.Detail {
			if r != '\n' && !unicode.IsPrint(r) || r == unicode.ReplacementChar {
				t.Errorf("%U in %q", r, d.Summary+"\n"+d.Detail)
				break
			}
		}
	}
}
