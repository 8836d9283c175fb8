package provider_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ordinary is a connection as most people declare it.
var ordinary = config{
	"host": "smtp.example.net", "port": 587, "tls_mode": "starttls",
	"username": "app", "password_wo": "pencil", "password_wo_version": 1,
	"from": "noreply@example.net",
}

// BenchmarkPlanned is what Terraform asks of the provider for each connection
// that it plans: validation of the block, and its plan.
func BenchmarkPlanned(b *testing.B) {
	s := start(b, nil, config{"offline": true})
	schema := s.resourceSchema()
	given := s.dynamic(schema, ordinary)
	none := s.dynamic(schema, tftypes.NewValue(schema.ValueType(), nil))
	proposed := s.dynamic(schema, s.proposed(state{}, ordinary))
	b.ReportAllocs()
	for b.Loop() {
		_, err := s.ValidateResourceConfig(s.Context(), &tfprotov6.ValidateResourceConfigRequest{
			TypeName: connection, Config: given,
			ClientCapabilities: &tfprotov6.ValidateResourceConfigClientCapabilities{WriteOnlyAttributesAllowed: true},
		})
		s.ok(err)
		_, err = s.PlanResourceChange(s.Context(), &tfprotov6.PlanResourceChangeRequest{
			TypeName: connection, PriorState: none, ProposedNewState: proposed, Config: given,
		})
		s.ok(err)
	}
}
