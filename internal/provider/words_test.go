package provider_test

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, you have to look up this provider's word when you write that of
// another tool.
func TestNearMisses(t *testing.T) {
	s := serve(t, smtptest.NewNetwork(0))
	for _, tt := range []struct{ argument, word, meant string }{
		{"refresh", "true", "handshake"},
		{"refresh", "Handshake", "handshake"},
		{"refresh", "hand-shake", "handshake"},
		{"refresh", "handshke", "handshake"},
		{"refresh", "always", "handshake"},
		{"refresh", "false", "none"},
		{"refresh", "off", "none"},
		{"verify", "true", "auth"},
		{"verify", "login", "auth"},
		{"verify", "AUTH", "auth"},
		{"verify", "tls", "handshake"},
		{"verify", "false", "none"},
		{"tls_min_version", "TLSv1.2", "1.2"},
		{"tls_min_version", "1.30", "1.3"},
		{"tls_min_version", "TLS 1.3", "1.3"},
		{"auth_mechanism", "plain", "PLAIN"},
		{"auth_mechanism", "cram_md5", "CRAM-MD5"},
		{"auth_mechanism", "SCRAM-SHA256", "SCRAM-SHA-256"},
		{"tls_mode", "start-tls", "starttls"},
		{"tls_mode", "Implicit", "implicit"},
		{"tls_mode", "implcit", "implicit"},
	} {
		t.Run(tt.argument+"="+tt.word, func(t *testing.T) {
			found := s.in(t).validateResource(login.with(config{"host": corp, "port": 10025, tt.argument: tt.word}))
			contains(t, found.text(), tt.argument+` = "`+tt.meant+`"`)
		})
	}
	t.Run("auth_mechanism=oauth2", func(t *testing.T) { // with a password XOAUTH2 would be no way out
		c := login.without("password").without("password_wo").without("password_wo_version").with(config{"access_token": "ya29.token", "auth_mechanism": "oauth2"})
		contains(t, s.in(t).validateResource(c).text(), `auth_mechanism = "XOAUTH2"`)
	})
	for word, meant := range map[string]string{"warn": "report", "Report": "report", "fail": "error", "eror": "error"} {
		t.Run("on_failure="+word, func(t *testing.T) {
			found := s.in(t).validateDataSource(config{"host": corp, "on_failure": word})
			contains(t, found.text(), `on_failure = "`+meant+`"`)
		})
	}
}
