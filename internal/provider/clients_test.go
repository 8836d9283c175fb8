package provider_test

import (
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, a connection passes that one of its clients can't express, no port or
// mode that works is named, a client that is less strict than the check gets no
// warning, or one element that is known only at apply hides what is known of the
// others.
func TestClients(t *testing.T) {
	const corp = "smtp.corp.internal"
	tests := []struct {
		name             string
		change           config
		errors, warnings []string
		says             string
	}{
		{"all can", config{"port": 465, "clients": []any{"grafana", "django"}}, nil, nil, ""},
		{"none", config{"port": 2465, "clients": []any{}}, nil, nil, ""},
		{"null", config{"port": 2465, "clients": nil}, nil, nil, ""},
		{"one can't", config{"port": 2465, "clients": []any{"grafana", "nodemailer"}}, []string{"client-cannot-express"}, nil, "port = 465"},
		{"two can't", config{"port": 465, "clients": []any{"postal", "system-net-mail"}}, []string{"client-mode-impossible", "client-mode-impossible"}, nil, `tls_mode = "starttls" and port = 587`},
		{"no such client", config{"port": 465, "clients": []any{"grafna", "nodemailer"}}, []string{"client-unknown"}, nil, `clients = ["grafana", "nodemailer"]`},
		{"null in it", config{"port": 465, "clients": []any{nil}}, []string{"element-null"}, nil, "compact()"},
		{"weaker", config{"port": 587, "clients": []any{"keycloak"}}, nil, []string{"client-weaker-tls"}, `tls_mode = "implicit" and port = 465`},
		{"any certificate", config{"port": 587, "clients": []any{"flask-mail"}}, nil, []string{"client-unverified"}, "relay"},
		{"any certificate, as declared", config{"port": 587, "insecure": true, "clients": []any{"flask-mail"}}, nil, []string{"insecure-tls"}, ""},
		{"no login in clear", config{"port": 2525, "tls_mode": "none", "username": "u", "password": "p", "clients": []any{"grafana"},
			"ignore_rules": []any{"credentials-in-clear"}}, []string{"client-cannot-express"}, nil, ""},
		{"no tokens", config{"port": 465, "username": "u", "access_token": "t", "clients": []any{"django"}}, []string{"client-cannot-express"}, nil, "take no access token"},
		{"ignored", config{"port": 2465, "clients": []any{"grafana"}, "ignore_rules": []any{"client-cannot-express"}}, nil, nil, ""},
		{"an element known later", config{"port": 2465, "clients": []any{later, "grafana"}}, []string{"client-cannot-express"}, nil, ""},
		{"known later", config{"port": 2465, "clients": later}, nil, nil, ""},
		{"port known later", config{"port": later, "tls_mode": "implicit", "clients": []any{"grafana"}}, nil, nil, ""},
		{"mode impossible, port known later", config{"port": later, "tls_mode": "implicit", "clients": []any{"postal"}}, []string{"client-mode-impossible"}, nil, ""},
		{"mode known later", config{"port": 465, "tls_mode": later, "clients": []any{"postal"}}, nil, nil, ""},
		{"credentials known later", config{"port": 465, "username": later, "access_token": later, "clients": []any{"django"}}, nil, nil, ""},
	}
	s := serve(t, smtptest.NewNetwork(0))
	for _, tt := range tests {
		c := config{"host": corp}.with(tt.change)
		for kind, found := range map[string]found{
			"resource":    s.validateResource(c),
			"data source": s.validateDataSource(c),
			"ephemeral":   s.validateEphemeral(connection, c),
		} {
			t.Run(kind+"/"+tt.name, func(t *testing.T) {
				found.only(t, tt.errors, tt.warnings)
				if !strings.Contains(found.text(), tt.says) {
					t.Errorf("doesn't say %q:\n%s", tt.says, found.text())
				}
				for _, code := range append(found.errors(), found.warnings()...) {
					if strings.HasPrefix(code, "client-") && found.at(code) != "clients" {
						t.Errorf("%s is shown at %q", code, found.at(code))
					}
				}
			})
		}
	}
}
