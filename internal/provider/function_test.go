package provider_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// completed adds what settings hold where nothing more is declared.
func completed(o object) object {
	whole := object{
		"auth_mechanism": nil, "auth_mechanism_declared": false, "ehlo_name": nil, "tls_server_name": nil,
		"private_ca": false, "client_certificate": false, "insecure": false,
	}
	maps.Copy(whole, o)
	return whole
}

// plainSettings is a plain object of the shape of settings.
func plainSettings(changes object) object {
	o := completed(object{"host": "smtp.corp.test", "port": 587, "tls_mode": "starttls", "auth": "password", "from": nil})
	maps.Copy(o, changes)
	return o
}

// If this fails, a function returns something else than its documentation says, or
// what is known only at apply makes more unknown than what depends on it.
func TestFunctions(t *testing.T) {
	s := serve(t, smtptest.NewNetwork(0))
	login := object{"username": "robot", "password": "hunter2"}
	gmail := completed(object{"host": "smtp.gmail.com", "port": 465, "tls_mode": "implicit", "auth": "password", "from": nil})
	django := object{
		"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "smtp.corp.test",
		"EMAIL_PORT": 587, "EMAIL_USE_SSL": false, "EMAIL_USE_TLS": true,
	}
	tests := []struct {
		name, function string
		arguments      []any
		want           any
	}{
		{"implicit", "tls_mode", []any{465}, "implicit"},
		{"implicit at SES", "tls_mode", []any{2465}, "implicit"},
		{"STARTTLS", "tls_mode", []any{587}, "starttls"},
		{"STARTTLS elsewhere", "tls_mode", []any{2525}, "starttls"},

		{"URL", "url", []any{plainSettings(nil)}, "smtp://smtp.corp.test:587"},
		{"URL of IPv6", "url", []any{object{"host": "2001:db8::1", "port": 465}}, "smtps://[2001:db8::1]:465"},
		{"URL by defaults", "url", []any{object{"host": "smtp.corp.test"}}, "smtps://smtp.corp.test:465"},
		{"URL with a port as text", "url", []any{object{"host": "smtp.corp.test", "port": "2525"}}, "smtp://smtp.corp.test:2525"},
		{"URL of a host known later", "url", []any{plainSettings(object{"host": later})}, later},
		{"URL of settings known later", "url", []any{later}, later},

		{"smtps", "parse_url", []any{"smtps://smtp.gmail.com"}, map[string]any(gmail.with("auth", "none"))},
		{"credentials", "parse_url", []any{"smtps://me%40gmail.com:hunter2@smtp.gmail.com/"}, map[string]any(gmail)},
		{"smtp", "parse_url", []any{"smtp://smtp.corp.test"}, map[string]any(plainSettings(object{"auth": "none"}))},
		{"submission", "parse_url", []any{"submission://smtp.corp.test:2587"}, map[string]any(plainSettings(object{"auth": "none", "port": 2587}))},
		{"submissions", "parse_url", []any{"submissions://smtp.gmail.com:465"}, map[string]any(gmail.with("auth", "none"))},
		{"in clear", "parse_url", []any{"smtp+insecure://[::1]:1025"}, map[string]any(completed(object{"host": "::1", "port": 1025, "tls_mode": "none", "auth": "none", "from": nil}))},
		{"A-labels", "parse_url", []any{"smtps://bücher.test"}, map[string]any(completed(object{"host": "xn--bcher-kva.test", "port": 465, "tls_mode": "implicit", "auth": "none", "from": nil}))},

		{"service", "service", []any{"gmail"}, map[string]any(gmail)},
		{"service with null", "service", []any{"gmail", nil}, map[string]any(gmail)},
		{"service with a region", "service", []any{"amazon-ses", object{"region": "eu-west-1"}},
			map[string]any(completed(object{"host": "email-smtp.eu-west-1.amazonaws.com", "port": 587, "tls_mode": "starttls", "auth": "password", "from": nil}))},
		{"service in another mode", "service", []any{"mailgun", object{"region": "eu", "tls_mode": "implicit", "from": "a@corp.test"}},
			map[string]any(completed(object{"host": "smtp.eu.mailgun.org", "port": 465, "tls_mode": "implicit", "auth": "password", "from": "a@corp.test"}))},
		{"service, later options win", "service", []any{"amazon-ses", object{"region": "us-east-1", "port": 2465}, object{"region": "eu-west-1"}},
			map[string]any(completed(object{"host": "email-smtp.eu-west-1.amazonaws.com", "port": 2465, "tls_mode": "implicit", "auth": "password", "from": nil}))},
		{"service that takes tokens", "service", []any{"microsoft365"},
			map[string]any(completed(object{"host": "smtp.office365.com", "port": 587, "tls_mode": "starttls", "auth": "oauth2", "from": nil, "auth_mechanism": "XOAUTH2"}))},
		{"service, region known later", "service", []any{"amazon-ses", object{"region": later}},
			map[string]any(completed(object{"host": later, "port": 587, "tls_mode": "starttls", "auth": "password", "from": nil}))},
		{"service, port known later", "service", []any{"gmail", object{"port": later}},
			map[string]any(completed(object{"host": "smtp.gmail.com", "port": later, "tls_mode": later, "auth": "password", "from": nil}))},
		{"service, options known later", "service", []any{"gmail", later}, later},

		{"settings", "client_settings", []any{plainSettings(nil), "django"}, map[string]any(django)},
		{"settings of null parts", "client_settings", []any{plainSettings(object{"tls_mode": nil}), "django"}, map[string]any(django)},
		{"settings, host known later", "client_settings", []any{plainSettings(object{"host": later}), "django"},
			map[string]any(django.with("EMAIL_HOST", later))},
		{"settings, port known later", "client_settings", []any{plainSettings(object{"port": later}), "django"},
			map[string]any(django.with("EMAIL_PORT", later))},
		{"settings, mode known later", "client_settings", []any{plainSettings(object{"tls_mode": later}), "django"}, later},
		{"settings, auth known later", "client_settings", []any{plainSettings(object{"auth": later}), "django"}, later},
		{"settings, sender known later", "client_settings", []any{plainSettings(object{"from": later}), "django"}, later},
		{"settings without use for a sender that is known later", "client_settings", []any{plainSettings(object{"from": later}), "nodemailer"},
			map[string]any{"host": "smtp.corp.test", "port": 587, "requireTLS": true, "secure": false}},
		{"settings known later", "client_settings", []any{later, "django"}, later},
		{"nesting", "client_settings", []any{plainSettings(object{"auth": "oauth2"}), "nodemailer"},
			map[string]any{"host": "smtp.corp.test", "port": 587, "requireTLS": true, "secure": false, "auth": map[string]any{"type": "OAuth2"}}},

		{"environment", "client_env", []any{plainSettings(nil), "django"},
			map[string]any{"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "smtp.corp.test", "EMAIL_PORT": "587", "EMAIL_USE_SSL": "false", "EMAIL_USE_TLS": "true"}},
		{"environment of what validate takes", "client_env", []any{plainSettings(object{"auth": nil, "username": "robot", "timeout": "30s"}), "django"},
			map[string]any{"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "smtp.corp.test", "EMAIL_HOST_USER": "robot", "EMAIL_PORT": "587", "EMAIL_USE_SSL": "false", "EMAIL_USE_TLS": "true"}},
		{"environment, user name known later", "client_env", []any{plainSettings(object{"auth": nil, "username": later}), "django"}, later},
		{"environment, host known later", "client_env", []any{plainSettings(object{"host": later}), "grafana"},
			map[string]any{"GF_SMTP_ENABLED": "true", "GF_SMTP_HOST": later, "GF_SMTP_STARTTLS_POLICY": "MandatoryStartTLS", "GF_SMTP_SKIP_VERIFY": "false"}},
		{"environment known later", "client_env", []any{later, "django"}, later},

		{"LOGIN, since the service takes nothing else", "client_settings", []any{object{"host": "smtp.office365.com", "port": 587, "auth": "password"}, "rails-actionmailer"},
			map[string]any{"address": "smtp.office365.com", "port": 587, "openssl_verify_mode": "peer", "enable_starttls": true, "authentication": "login"}},
		{"LOGIN, since it is declared", "client_env", []any{plainSettings(object{"auth_mechanism": "LOGIN", "auth_mechanism_declared": true}), "postal"},
			map[string]any{"smtp.host": "smtp.corp.test", "smtp.port": "587", "smtp.openssl_verify_mode": "peer", "smtp.enable_starttls": "true", "smtp.enable_starttls_auto": "true", "smtp.authentication_type": "login"}},
		{"all that the check did", "client_env", []any{plainSettings(object{"ehlo_name": "app.corp.test", "insecure": true, "client_certificate": true, "cert_file": "/c.pem", "key_file": "/k.pem"}), "grafana"},
			map[string]any{"GF_SMTP_ENABLED": "true", "GF_SMTP_HOST": "smtp.corp.test:587", "GF_SMTP_STARTTLS_POLICY": "MandatoryStartTLS", "GF_SMTP_SKIP_VERIFY": "true",
				"GF_SMTP_EHLO_IDENTITY": "app.corp.test", "GF_SMTP_CERT_FILE": "/c.pem", "GF_SMTP_KEY_FILE": "/k.pem"}},
		{"a user name that is no secret", "client_settings", []any{plainSettings(object{"username": "robot"}), "tf-authentik-stage-email"},
			map[string]any{"host": "smtp.corp.test", "port": 587, "use_global_settings": false, "use_ssl": false, "use_tls": true, "username": "robot"}},
		{"its password alone", "client_secrets", []any{plainSettings(object{"username": "robot"}), "tf-authentik-stage-email", object{"password": "hunter2"}},
			map[string]any{"password": "hunter2"}},

		{"secrets", "client_secrets", []any{plainSettings(nil), "django", login},
			map[string]any{"EMAIL_HOST_USER": "robot", "EMAIL_HOST_PASSWORD": "hunter2"}},
		{"secrets, password known later", "client_secrets", []any{plainSettings(nil), "django", object{"username": "robot", "password": later}},
			map[string]any{"EMAIL_HOST_USER": "robot", "EMAIL_HOST_PASSWORD": later}},
		{"secrets, host known later", "client_secrets", []any{plainSettings(object{"host": later}), "django", login},
			map[string]any{"EMAIL_HOST_USER": "robot", "EMAIL_HOST_PASSWORD": "hunter2"}},
		{"secrets in a URL, host known later", "client_secrets", []any{plainSettings(object{"host": later}), "lettre-url", login}, map[string]any{"url": later}},
		{"secrets known later", "client_secrets", []any{plainSettings(nil), "django", later}, later},
		{"secrets, a token that may be null", "client_secrets", []any{plainSettings(nil), "django", object{"username": "robot", "password": "hunter2", "access_token": later}},
			map[string]any{"EMAIL_HOST_USER": "robot", "EMAIL_HOST_PASSWORD": "hunter2"}},
		{"no secrets, one that may be null", "client_secrets", []any{plainSettings(object{"auth": "none"}), "django", object{"password": later}}, map[string]any{}},
		{"a token", "client_secrets", []any{plainSettings(object{"auth": "oauth2"}), "nodemailer", object{"username": "robot", "password": nil, "access_token": "t"}},
			map[string]any{"auth.user": "robot", "auth.accessToken": "t"}},
		{"no secrets", "client_secrets", []any{plainSettings(object{"auth": "none"}), "django", nil}, map[string]any{}},
	}
	for _, tt := range tests {
		t.Run(tt.function+"/"+tt.name, func(t *testing.T) {
			got, failed := s.call(tt.function, tt.arguments...)
			if failed != nil {
				t.Fatal(failed.Text)
			}
			if !reflect.DeepEqual(got, tt.want) {
				t.Errorf("got  %v\nwant %v", got, tt.want)
			}
		})
	}
}

// with returns a copy of the object with one attribute changed.
func (o object) with(name string, value any) object {
	out := object{}
	maps.Copy(out, o)
	out[name] = value
	return out
}

// If this fails, a mistake in an argument passes, is reported at another argument or
// without a way out, or the error repeats the argument, which may be sensitive; or no
// test provokes a finding that only functions have.
func TestFunctionErrors(t *testing.T) {
	const marker = "xyzzy"
	s := serve(t, smtptest.NewNetwork(0))
	tests := []struct {
		name, function string
		arguments      []any
		at             int64
		code           string
		says           string
	}{
		{"port 0", "tls_mode", []any{0}, 0, "function-port", "from 1 to 65535"},
		{"port too high", "tls_mode", []any{70000}, 0, "function-port", "from 1 to 65535"},
		{"half a port", "tls_mode", []any{587.5}, 0, "function-port", "whole"},

		{"no URL", "parse_url", []any{"smtps://" + marker + ":p@ss%" + marker + "@smtp.corp.test"}, 0, "function-url-unreadable", "urlencode()"},
		{"unencoded #", "parse_url", []any{"smtps://u:" + marker + "#" + marker + "@smtp.corp.test"}, 0, "function-url-unreadable", "urlencode()"},
		{"unencoded /", "parse_url", []any{"smtps://" + marker + ":1/" + marker + "@smtp.corp.test"}, 0, "function-url-extra", "urlencode()"},
		{"web", "parse_url", []any{"https://" + marker + ":" + marker + "@smtp.corp.test"}, 0, "function-url-scheme", "smtps://"},
		{"host alone", "parse_url", []any{marker + ".corp.test"}, 0, "function-url-scheme", "smtps://"},
		{"host and port", "parse_url", []any{marker + ".corp.test:587"}, 0, "function-url-unreadable", "smtps://"},
		{"query", "parse_url", []any{"smtps://smtp.corp.test:465?skip_ssl_verify=" + marker}, 0, "function-url-extra", "everything after the port"},
		{"path", "parse_url", []any{"smtps://smtp.corp.test:465/" + marker}, 0, "function-url-extra", "everything after the port"},
		{"no host", "parse_url", []any{"smtps://" + marker + "@"}, 0, "host-empty", "smtp.example.com"},
		{"no name", "parse_url", []any{"smtps://" + marker + "..test"}, 0, "host-empty-label", ""},
		{"no port in clear", "parse_url", []any{"smtp+insecure://" + marker}, 0, "port-required", "1025"},
		{"port 0 in a URL", "parse_url", []any{"smtps://" + marker + ":0"}, 0, "function-port", "465"},

		{"a text for settings", "url", []any{marker}, 0, "function-argument-object", "smtp_connection.mail.settings"},
		{"the whole connection", "url", []any{object{"host": "h", "address": marker}}, 0, "function-argument-attribute", "settings has address,"},
		{"what it takes", "url", []any{object{"host": "h", "address": marker}}, 0, "function-argument-attribute", "host, port, tls_mode, auth, from"},
		{"a misspelt attribute", "url", []any{object{"hots": marker}}, 0, "function-argument-attribute", "Did you mean host?"},
		{"a secret", "client_env", []any{plainSettings(object{"password": marker}), "django"}, 0, "function-argument-attribute", "Pass password to client_secrets"},
		{"a key that may be a secret", "url", []any{textMap(marker, marker)}, 0, "function-argument-attribute", "settings has an attribute,"},
		{"a port that is none", "url", []any{plainSettings(object{"port": marker})}, 0, "function-argument-type", "a whole number"},
		{"a host that is no text", "url", []any{plainSettings(object{"host": 7})}, 0, "function-argument-type", "a text"},
		{"a mode that is none", "url", []any{plainSettings(object{"tls_mode": marker})}, 0, "function-argument-word", "`implicit`, `starttls`, `none`"},
		{"no host to write", "url", []any{plainSettings(object{"host": nil})}, 0, "host-empty", ""},
		{"white space", "url", []any{plainSettings(object{"host": marker + " " + marker})}, 0, "host-white-space", ""},
		{"no port to write", "url", []any{object{"host": marker, "tls_mode": "none"}}, 0, "port-required", ""},
		{"port out of range", "url", []any{plainSettings(object{"port": 66000})}, 0, "function-port", ""},

		{"no such service", "service", []any{"gmial-" + marker}, 0, "function-service-unknown", "guide"},
		{"nearly a service", "service", []any{"gmial"}, 0, "function-service-unknown", `Use "gmail".`},
		{"no region", "service", []any{"amazon-ses"}, 1, "function-option-missing", "eu-west-1"},
		{"no such region", "service", []any{"mailgun", object{"region": marker}}, 1, "function-option-unknown", "eu, us"},
		{"no such option", "service", []any{"gmail", object{"region": marker}}, 1, "function-argument-attribute", "options has region,"},
		{"a service by its host", "service", []any{"office365"}, 0, "function-service-unknown", `Use "microsoft365"`},
		{"a service in two words", "service", []any{"Send Grid"}, 0, "function-service-unknown", `Use "sendgrid"`},
		{"a mocked connection", "client_env", []any{plainSettings(object{"auth": marker}), "django"}, 0, "function-argument-word", "mock_provider"},
		{"no such endpoint", "service", []any{"microsoft365", object{"port": 465}}, 1, "function-endpoint-unknown", "587 (starttls)"},
		{"options that are none", "service", []any{"gmail", marker}, 1, "function-argument-object", ""},
		{"no tenant", "service", []any{"microsoft365-direct-send"}, 1, "function-option-missing", "tenant"},

		{"no such client", "client_settings", []any{plainSettings(nil), marker}, 1, "client-unknown", "guide"},
		{"nearly a client", "client_settings", []any{plainSettings(nil), "grafna"}, 1, "client-unknown", `Use "grafana"`},
		{"nearly a client of settings known later", "client_env", []any{later, "grafna"}, 1, "client-unknown", `Use "grafana"`},
		{"no auth", "client_settings", []any{object{"host": marker}, "django"}, 0, "client-settings-unfit", "auth"},
		{"no such auth", "client_settings", []any{plainSettings(object{"auth": marker}), "django"}, 0, "function-argument-word", "`oauth2`"},
		{"no such mode", "client_settings", []any{plainSettings(object{"tls_mode": marker}), "django"}, 0, "client-settings-unfit", "tls_mode"},
		{"port that the client can't use", "client_env", []any{plainSettings(object{"port": 2465, "tls_mode": "implicit"}), "grafana"}, 1, "client-cannot-express", "port = 465"},
		{"mode that the client can't use", "client_env", []any{plainSettings(object{"port": 465, "tls_mode": "implicit"}), "system-net-mail"}, 1, "client-mode-impossible", `tls_mode = "starttls" and port = 587`},
		{"control character in the sender", "client_env", []any{plainSettings(object{"from": marker + "\n" + marker}), "django"}, 0, "from-invalid", "only an address"},

		{"sender with a name", "client_settings", []any{plainSettings(object{"from": "Robot <" + marker + "@corp.test>"}), "django"}, 0, "from-invalid", "only an address"},
		{"EHLO name that is none", "client_settings", []any{plainSettings(object{"ehlo_name": marker + " " + marker}), "django"}, 0, "ehlo-name-invalid", "EHLO"},
		{"port against mode", "client_settings", []any{object{"host": "smtp.corp.test", "port": 465, "tls_mode": "starttls", "auth": "none"}, "django"}, 0, "function-port-mode", "first byte"},
		{"mode against port", "client_env", []any{object{"host": "smtp.corp.test", "port": 587, "tls_mode": "implicit", "auth": "none"}, "django"}, 0, "function-port-mode", "STARTTLS"},
		{"mechanism of other credentials", "client_env", []any{plainSettings(object{"auth_mechanism": "XOAUTH2", "auth_mechanism_declared": true}), "django"}, 0, "client-settings-unfit", "auth_mechanism"},
		{"mechanism that the client lacks", "client_env", []any{plainSettings(object{"auth_mechanism": "NTLM", "auth_mechanism_declared": true}), "grafana"}, 1, "client-mechanism", "CRAM-MD5"},
		{"mechanism that the service lacks", "client_settings", []any{object{"host": "smtp.office365.com", "port": 587, "auth": "password"}, "go-net-smtp"}, 1, "client-mechanism-service", "LOGIN"},
		{"another name", "client_env", []any{plainSettings(object{"tls_server_name": "mail.corp.test"}), "grafana"}, 1, "client-server-name", "certificate"},
		{"private authority without its file", "client_env", []any{plainSettings(object{"private_ca": true}), "mastodon"}, 0, "client-settings-lack", "ca_file"},
		{"client certificate", "client_env", []any{plainSettings(object{"client_certificate": true}), "mattermost"}, 1, "client-certificate-impossible", "Postfix"},

		{"no password", "client_secrets", []any{plainSettings(nil), "django", object{"username": marker}}, 2, "client-credentials", "username and password"},
		{"a token for a password", "client_secrets", []any{plainSettings(nil), "django", object{"username": marker, "access_token": marker}}, 2, "client-credentials", "username and access_token"},
		{"other credentials", "client_secrets", []any{plainSettings(nil), "django", object{"user": marker}}, 2, "function-argument-attribute", "username, password, access_token"},
		{"credentials that are none", "client_secrets", []any{plainSettings(nil), "django", marker}, 2, "function-argument-object", "username"},
		{"a password that is no text", "client_secrets", []any{plainSettings(nil), "django", object{"username": marker, "password": object{marker: marker}}}, 2, "function-argument-type", "a text"},
		{"line end in a password", "client_secrets", []any{plainSettings(nil), "msmtp", object{"username": "robot", "password": marker + "\ntls off"}}, 2, "client-credential-characters", "line end"},

		{"secrets to validate", "validate", []any{object{"host": "smtp.corp.test", "password": marker}}, 0, "function-argument-attribute", "secret"},
		{"flag that is a text", "validate", []any{object{"host": "smtp.corp.test", "insecure": marker}}, 0, "function-argument-type", "true or false"},
		{"list that is a text", "validate", []any{object{"host": "smtp.corp.test", "clients": marker}}, 0, "function-argument-type", "a list of texts"},
	}
	for _, row := range finding.Catalogue() {
		code, only := string(row.Code), []finding.Code{"client-settings-unfit", "client-credentials", "client-credential-characters"}
		if !strings.HasPrefix(code, "function-") && !slices.Contains(only, row.Code) {
			continue
		}
		provoked := false
		for _, tt := range tests {
			provoked = provoked || tt.code == code
		}
		if !provoked {
			t.Errorf("%s is found in no test", code)
		}
	}
	for _, tt := range tests {
		t.Run(tt.function+"/"+tt.name, func(t *testing.T) {
			got, failed := s.call(tt.function, tt.arguments...)
			if failed == nil {
				t.Fatalf("returns %v", got)
			}
			if failed.FunctionArgument == nil || *failed.FunctionArgument != tt.at {
				t.Errorf("at argument %v, want %d", failed.FunctionArgument, tt.at)
			}
			if !strings.HasSuffix(failed.Text, "\n\nThe code of this error is "+tt.code) {
				t.Errorf("not %s: %s", tt.code, failed.Text)
			}
			if !strings.Contains(failed.Text, tt.says) || !strings.Contains(failed.Text, "To fix it") {
				t.Errorf("doesn't say %q, or not what to do: %s", tt.says, failed.Text)
			}
			if strings.HasPrefix(failed.Text, ".") {
				t.Errorf("has no summary: %s", failed.Text)
			}
			if strings.Contains(failed.Text, marker) {
				t.Errorf("repeats an argument: %s", failed.Text)
			}
		})
	}
}

// If this fails, the function judges in another way than the connection, or calls
// something valid that is not known yet.
func TestValidate(t *testing.T) {
	s := serve(t, smtptest.NewNetwork(0))
	unknown := []string{string(later)}
	tests := []struct {
		name             string
		given            any
		valid            any
		errors, warnings []string
	}{
		{"all right", internal(nil), true, nil, nil},
		{"port and mode", internal(object{"port": 465}), false, []string{"implicit-tls-port"}, nil},
		{"a warning", internal(object{"host": "smtp.corp.internal."}), true, nil, []string{"host-trailing-dot"}},
		{"both", internal(object{"host": "smtp.corp.internal.", "port": 25}), false, []string{"port-25"}, []string{"host-trailing-dot"}},
		{"ignored", internal(object{"port": 25, "ignore_rules": []any{"port-25"}}), true, nil, nil},
		{"login in clear", internal(object{"port": 2525, "tls_mode": "none"}), false, []string{"credentials-in-clear"}, nil},
		{"login by a user name in clear", object{"host": "smtp.corp.internal", "port": 2525, "tls_mode": "none", "username": "robot"}, false, []string{"credentials-in-clear"}, nil},
		{"in clear without login", internal(object{"port": 2525, "tls_mode": "none", "auth": "none"}), true, nil, []string{"clear-text-off-host"}},
		{"user name that the service has not", internal(object{"host": "smtp.sendgrid.net", "username": "robot"}), false, []string{"service-username"}, nil},
		{"password at a service that refuses it", internal(object{"host": "smtp-mail.outlook.com"}), false, []string{"service-oauth2-only"}, nil},
		{"port as text", object{"host": "smtp.corp.internal", "port": "25"}, false, []string{"port-25"}, nil},
		{"no host", object{"host": nil, "port": 587}, false, []string{"host-empty"}, nil},
		{"empty list", internal(object{"clients": []any{}}), true, nil, nil},
		{"subject that is a header", internal(object{"verify": "message", "from": "a@corp.internal", "rcpt_to": []any{"b@corp.internal"}, "message_subject": "a\nBcc: c@corp.internal"}),
			false, []string{"message-subject-invalid"}, nil},

		{"host known later", internal(object{"host": later}), later, nil, nil},
		{"host known later, port wrong", internal(object{"host": later, "port": 70000}), false, unknown, unknown},
		{"time known later, port wrong", internal(object{"timeout": later, "port": 25}), false, unknown, unknown},
		{"user name known later, in clear", object{"host": "smtp.corp.internal", "port": 2525, "tls_mode": "none", "username": later}, later, nil, nil},
		{"user name known later, at a service that refuses passwords", object{"host": "smtp-mail.outlook.com", "username": later}, later, nil, nil},
		{"port known later", internal(object{"port": later}), later, nil, nil},
		{"recipient known later", internal(object{"rcpt_to": []any{later}}), later, nil, nil},
		{"everything known later", later, later, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			result, failed := s.call("validate", tt.given)
			if failed != nil {
				t.Fatal(failed.Text)
			}
			if tt.valid == later {
				if result != later {
					t.Errorf("known: %v", result)
				}
				return
			}
			got, _ := result.(map[string]any)
			if got["valid"] != tt.valid {
				t.Errorf("valid = %v", got["valid"])
			}
			for list, want := range map[string][]string{"errors": tt.errors, "warnings": tt.warnings} {
				var codes []string
				found, known := got[list].([]any)
				for _, f := range found {
					codes = append(codes, f.(map[string]any)["code"].(string))
				}
				if !known {
					codes = unknown
				}
				if !reflect.DeepEqual(codes, want) {
					t.Errorf("%s = %v, want %v", list, codes, want)
				}
			}
		})
	}
}

// If this fails, a module can't hand validate an object with every argument of a
// connection that is no secret.
func TestValidateTakesEveryArgument(t *testing.T) {
	s := serve(t, smtptest.NewNetwork(0))
	about := []string{"triggers", "refresh"} // when the resource checks, not what
	for _, a := range arguments(s.resourceSchema()) {
		if a.Sensitive || strings.HasSuffix(a.Name, "_wo_version") || slices.Contains(about, a.Name) {
			continue
		}
		if _, failed := s.call("validate", object{"host": "smtp.corp.internal"}.merged(object{a.Name: nil})); failed != nil {
			t.Error(failed.Text)
		}
	}
}

// internal is a plain object without anything to find.
func internal(changes object) object {
	return plainSettings(object{"host": "smtp.corp.internal"}.merged(changes))
}

func (o object) merged(changes object) object {
	for name, value := range changes {
		o = o.with(name, value)
	}
	return o
}
