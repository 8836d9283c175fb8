package provider_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// validateOlder validates a resource as Terraform before 1.11 does, which keeps
// no value from its state.
func (s *served) validateOlder(c config) found {
	s.Helper()
	resp, err := s.ValidateResourceConfig(s.Context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: connection, Config: s.dynamic(s.resourceSchema(), c),
		ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: false},
	})
	s.ok(err)
	return resp.Diagnostics
}

// If this fails, a Terraform before 1.11 takes a write-only secret and stores it,
// refuses more than that, or prints the line with the secret.
func TestOlderCores(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	pem := pemFiles(t)
	certified := config{"host": corp, "client_cert_pem": pem["client.pem"]}
	tests := []struct {
		name    string
		block   config
		refused string // the write-only argument
	}{
		{"no login", config{"host": corp}, ""},
		{"password", config{"host": corp}.with(login), ""},
		{"token", config{"host": corp}.with(oauth), ""},
		{"client certificate", certified.with(config{"client_key_pem": pem["client.key"]}), ""},
		{"write-only null", r.login().with(config{"password_wo": nil, "access_token_wo": nil, "client_key_pem_wo": nil}), ""},
		{"password_wo", config{"host": corp}.with(hidden), "password_wo"},
		{"access_token_wo", config{"host": corp}.with(user).with(config{"access_token_wo": "token-of-an-hour", "access_token_wo_version": 1}), "access_token_wo"},
		{"client_key_pem_wo", certified.with(config{"client_key_pem_wo": pem["client.key"], "client_key_pem_wo_version": 1}), "client_key_pem_wo"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := s.in(t)
			found := s.validateOlder(tt.block)
			s.hidesParts(found.text(), tt.block)
			if tt.refused == "" {
				found.none(t)
				return
			}
			found.only(t, []string{"write-only-unsupported"}, nil)
			contains(t, found.text(), tt.refused+" needs Terraform or OpenTofu 1.11")
			contains(t, found.text(), " = var."+strings.TrimSuffix(tt.refused, "_wo"))
			same(t, "place", found.at("write-only-unsupported"), "host")
			s.validateResource(tt.block).none(t) // what a newer core may do
		})
	}
}

// If this fails, an import asks you to report a bug to the provider's developers.
func TestImport(t *testing.T) {
	s := start(t, newRelay(t), nil)
	resp, err := s.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: connection, ID: "smtp.corp.internal"})
	s.ok(err)
	refused := found(resp.Diagnostics)
	refused.only(t, []string{"import-unsupported"}, nil)
	contains(t, refused.text(), "the next apply checks the connection")
}

// If this fails, a Terraform without write-only arguments can't create, refresh or
// destroy a resource that uses none.
func TestOlderCoresLifeCycle(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	s.validateOlder(r.login()).none(t)
	st, found := s.create(r.login())
	found.none(t)
	st, found = s.refresh(st)
	found.none(t)
	same(t, "verified", s.attributes(st)["verified"], true)
	st, found = s.destroy(st)
	found.none(t)
	if st.exists() {
		t.Errorf("left %v", s.attributes(st))
	}
	got, found := s.readDataSource(r.login().with(config{"verify": "auth"}))
	found.none(t)
	same(t, "verified", got["verified"], true)
}
