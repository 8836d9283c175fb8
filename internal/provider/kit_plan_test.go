package provider_test

import (
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// state is what Terraform keeps of one smtp_connection. The zero value is that
// of none.
type state struct {
	value   tftypes.Value
	private []byte
}

func (s state) exists() bool { return s.value.Type() != nil && !s.value.IsNull() }

// attributes returns what the state holds, or nil.
func (s *served) attributes(st state) map[string]any {
	s.Helper()
	if !st.exists() {
		return nil
	}
	return decode(s, st.value).(map[string]any)
}

// change is one planned change.
type change struct {
	prior   state
	planned state
	config  config
}

// empty reports whether there is nothing to do.
func (c change) empty() bool { return c.planned.value.Equal(c.prior.value) }

// get returns a planned value.
func (s *served) get(c change, name string) any {
	s.Helper()
	return s.attributes(c.planned)[name]
}

// proposed is what Terraform proposes as the planned state: what the block
// gives, the prior values of computed attributes that it leaves out, and null
// for what is write-only.
func (s *served) proposed(prior state, c config) tftypes.Value {
	s.Helper()
	schema := s.resourceSchema()
	given, held := map[string]tftypes.Value{}, map[string]tftypes.Value{}
	s.ok(encode(s, schema.ValueType(), c).As(&given))
	if prior.exists() {
		s.ok(prior.value.As(&held))
	}
	for _, a := range schema.Block.Attributes {
		switch old, has := held[a.Name]; {
		case a.WriteOnly:
			given[a.Name] = tftypes.NewValue(a.ValueType(), nil)
		case a.Computed && given[a.Name].IsNull() && has:
			given[a.Name] = old
		}
	}
	return tftypes.NewValue(schema.ValueType(), given)
}

// plan validates the block and plans it, as `terraform plan` does.
func (s *served) plan(prior state, c config) (change, found) {
	s.Helper()
	before := s.validateResource(c)
	if before.failed() {
		return change{}, before
	}
	schema := s.resourceSchema()
	if !prior.exists() {
		prior.value = tftypes.NewValue(schema.ValueType(), nil)
	}
	resp, err := s.PlanResourceChange(s.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName:         connection,
		PriorState:       s.dynamic(schema, prior.value),
		PriorPrivate:     prior.private,
		ProposedNewState: s.dynamic(schema, s.proposed(prior, c)),
		Config:           s.dynamic(schema, c),
	})
	s.ok(err)
	if len(resp.RequiresReplace) > 0 {
		s.Fatalf("the plan replaces because of %v", resp.RequiresReplace)
	}
	planned := state{s.value(schema, resp.PlannedState), resp.PlannedPrivate}
	return change{prior, planned, c}, append(before, resp.Diagnostics...)
}

// apply does what was planned, with the block as its values are by then: it
// validates and plans once more and compares, as `terraform apply` does. The
// state it returns is what Terraform keeps, after an error too.
func (s *served) apply(c change, final config) (state, found) {
	s.Helper()
	again, found := s.plan(c.prior, final)
	if found.failed() {
		return c.prior, found
	}
	s.agree("the plan during apply", c.planned.value, again.planned.value)
	if again.empty() {
		return c.prior, found
	}
	kept, done := s.carryOut(again)
	found = append(found, done...)
	if !found.failed() {
		s.agree("the new state", again.planned.value, kept.value)
	}
	return kept, found
}

// carryOut applies a planned change without asking anything before.
func (s *served) carryOut(c change) (state, found) {
	s.Helper()
	schema := s.resourceSchema()
	resp, err := s.ApplyResourceChange(s.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName:       connection,
		PriorState:     s.dynamic(schema, c.prior.value),
		PlannedState:   s.dynamic(schema, c.planned.value),
		PlannedPrivate: c.planned.private,
		Config:         s.dynamic(schema, c.config),
	})
	s.ok(err)
	return state{s.value(schema, resp.NewState), resp.Private}, resp.Diagnostics
}

// agree ends the test where a value that was known has changed: Terraform calls
// that an inconsistent plan or result.
func (s *served) agree(what string, planned, final tftypes.Value) {
	s.Helper()
	differences, err := planned.Diff(final)
	s.ok(err)
	for _, d := range differences {
		if d.Value1 != nil && d.Value1.IsFullyKnown() {
			s.Fatalf("%s differs at %s: %s, planned was %s", what, d.Path, d.Value2, d.Value1)
		}
	}
	if !final.IsFullyKnown() && what == "the new state" {
		s.Fatalf("the new state holds unknown values: %s", final)
	}
}

// create plans and applies a block that has no state yet.
func (s *served) create(c config) (state, found) {
	s.Helper()
	return s.update(state{}, c)
}

// update plans and applies a block.
func (s *served) update(prior state, c config) (state, found) {
	s.Helper()
	planned, found := s.plan(prior, c)
	if found.failed() {
		return prior, found
	}
	return s.apply(planned, c)
}

// refresh reads the resource anew.
func (s *served) refresh(st state) (state, found) {
	s.Helper()
	schema := s.resourceSchema()
	resp, err := s.ReadResource(s.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: connection, CurrentState: s.dynamic(schema, st.value), Private: st.private,
	})
	s.ok(err)
	return state{s.value(schema, resp.NewState), resp.Private}, resp.Diagnostics
}

// destroy plans and applies the end of a resource.
func (s *served) destroy(st state) (state, found) {
	s.Helper()
	schema := s.resourceSchema()
	gone := s.dynamic(schema, nil)
	plan, err := s.PlanResourceChange(s.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: connection, PriorState: s.dynamic(schema, st.value), PriorPrivate: st.private,
		ProposedNewState: gone, Config: gone,
	})
	s.ok(err)
	resp, err := s.ApplyResourceChange(s.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: connection, PriorState: s.dynamic(schema, st.value), PlannedState: plan.PlannedState,
		PlannedPrivate: plan.PlannedPrivate, Config: gone,
	})
	s.ok(err)
	return state{s.value(schema, resp.NewState), resp.Private}, append(plan.Diagnostics, resp.Diagnostics...)
}
