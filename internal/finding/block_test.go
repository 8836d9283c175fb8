package finding_test

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// If this fails, a finding tells people to change an argument that their block doesn't
// have: the write-only one has another name.
func TestInstructionsNameTheArgumentsOfTheBlock(t *testing.T) {
	f := finding.Finding{Fixes: []finding.Fix{finding.Do("Remove client_cert_pem and client_key_pem, or replace access_token.")}}
	tests := []struct {
		name  string
		block finding.Block
		want  string
	}{
		{"stored", finding.Block{}, "Remove client_cert_pem and client_key_pem, or replace access_token."},
		{"write-only", finding.Block{WriteOnly: true}, "Remove client_cert_pem and client_key_pem_wo, or replace access_token_wo."},
		{
			"both", finding.Block{WriteOnly: true, Given: map[string]string{"client_key_pem": ""}},
			"Remove client_cert_pem and client_key_pem, or replace access_token_wo.",
		},
	}
	for _, tt := range tests {
		if got := f.In(tt.block).Fixes[0].String(); got != tt.want {
			t.Errorf("%s: %s", tt.name, got)
		}
	}
}
