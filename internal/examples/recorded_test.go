package examples

import (
	"context"
	"encoding/json"
	"path"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/provider"
)

// recorded is a provider that has nothing but the schemas of another one, as they
// were recorded from it. Terraform judges configurations by them: arguments, types,
// nesting, and where an ephemeral value may stand. It creates nothing.
type recorded struct {
	tfprotov6.ProviderServer // what Terraform never asks of such resources

	resources, ephemerals map[string]recording

	written *written
}

// written is what write-only arguments were given, by resource and argument.
type written struct {
	sync.Mutex
	values map[string]string
}

// others are the recorded providers by their addresses: those of the catalogue, and
// those of the examples.
func others(t *testing.T, w *written) map[string]recorded {
	t.Helper()
	var all []recording
	for _, c := range clients.All() {
		if c.Schema != nil {
			all = append(all, recording{Schema: *c.Schema})
		}
	}
	all = append(all, recordings(t)...)
	registry := path.Dir(path.Dir(provider.Address))
	providers := map[string]recorded{}
	for _, s := range all {
		address := path.Join(registry, s.Provider)
		if _, ok := providers[address]; !ok {
			providers[address] = recorded{resources: map[string]recording{}, ephemerals: map[string]recording{}, written: w}
		}
		if s.Ephemeral {
			providers[address].ephemerals[s.Resource] = s
			continue
		}
		providers[address].resources[s.Resource] = s
	}
	return providers
}

func (r recorded) schema(resource string) *tfprotov6.Schema { return r.resources[resource].schema() }

func (r recorded) GetProviderSchema(context.Context, *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	schemas := map[string]*tfprotov6.Schema{}
	for resource := range r.resources {
		schemas[resource] = r.schema(resource)
	}
	ephemerals := map[string]*tfprotov6.Schema{}
	for name, e := range r.ephemerals {
		ephemerals[name] = e.schema()
	}
	return &tfprotov6.GetProviderSchemaResponse{
		Provider: &tfprotov6.Schema{Block: &tfprotov6.SchemaBlock{}}, ResourceSchemas: schemas, EphemeralResourceSchemas: ephemerals,
	}, nil
}

func (recorded) ValidateEphemeralResourceConfig(context.Context, *tfprotov6.ValidateEphemeralResourceConfigRequest) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return &tfprotov6.ValidateEphemeralResourceConfigResponse{}, nil
}

func (r recorded) OpenEphemeralResource(_ context.Context, req *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	result, err := r.ephemerals[req.TypeName].filled(req.Config, false)
	return &tfprotov6.OpenEphemeralResourceResponse{Result: result}, err
}

func (recorded) CloseEphemeralResource(context.Context, *tfprotov6.CloseEphemeralResourceRequest) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return &tfprotov6.CloseEphemeralResourceResponse{}, nil
}

func (recorded) GetResourceIdentitySchemas(context.Context, *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return &tfprotov6.GetResourceIdentitySchemasResponse{}, nil
}

func (recorded) ValidateProviderConfig(_ context.Context, req *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return &tfprotov6.ValidateProviderConfigResponse{PreparedConfig: req.Config}, nil
}

func (recorded) ConfigureProvider(context.Context, *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return &tfprotov6.ConfigureProviderResponse{}, nil
}

func (recorded) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	return &tfprotov6.StopProviderResponse{}, nil
}

func (recorded) ValidateResourceConfig(context.Context, *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return &tfprotov6.ValidateResourceConfigResponse{}, nil
}

func (r recorded) UpgradeResourceState(_ context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	typ := r.schema(req.TypeName).ValueType()
	value, err := req.RawState.Unmarshal(typ)
	if err != nil {
		return nil, err
	}
	state, err := tfprotov6.NewDynamicValue(typ, value)
	return &tfprotov6.UpgradeResourceStateResponse{UpgradedState: &state}, err
}

func (recorded) ReadResource(_ context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return &tfprotov6.ReadResourceResponse{NewState: req.CurrentState}, nil
}

func (r recorded) PlanResourceChange(_ context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	state, err := r.resources[req.TypeName].filled(req.ProposedNewState, true)
	return &tfprotov6.PlanResourceChangeResponse{PlannedState: state}, err
}

func (r recorded) ApplyResourceChange(_ context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	if err := r.note(req.TypeName, req.Config); err != nil {
		return nil, err
	}
	state, err := r.resources[req.TypeName].filled(req.PlannedState, false)
	return &tfprotov6.ApplyResourceChangeResponse{NewState: state}, err
}

// filled is what a provider makes of a configuration: nothing of an argument that
// is write-only, and what it returns of itself, which is unknown at plan.
func (r recording) filled(given *tfprotov6.DynamicValue, unknown bool) (*tfprotov6.DynamicValue, error) {
	typ := r.schema().ValueType()
	value, err := given.Unmarshal(typ)
	if err != nil || value.IsNull() {
		return given, err
	}
	value, err = tftypes.Transform(value, func(at *tftypes.AttributePath, v tftypes.Value) (tftypes.Value, error) {
		switch returned, ok := r.Returns[top(at)]; {
		case r.writeOnly(at):
			return tftypes.NewValue(v.Type(), nil), nil
		case !ok || len(at.Steps()) != 1 || v.IsKnown() && !v.IsNull():
			return v, nil
		case unknown:
			return tftypes.NewValue(v.Type(), tftypes.UnknownValue), nil
		default:
			return made(returned, v.Type()), nil
		}
	})
	if err != nil {
		return nil, err
	}
	state, err := tfprotov6.NewDynamicValue(typ, value)
	return &state, err
}

// note keeps what the write-only arguments are given.
func (r recorded) note(resource string, config *tfprotov6.DynamicValue) error {
	value, err := config.Unmarshal(r.schema(resource).ValueType())
	if err != nil || value.IsNull() {
		return err
	}
	r.written.Lock()
	defer r.written.Unlock()
	return tftypes.Walk(value, func(at *tftypes.AttributePath, v tftypes.Value) (bool, error) {
		if len(at.Steps()) != 1 || !r.resources[resource].writeOnly(at) || v.IsNull() {
			return true, nil
		}
		var text string
		if v.As(&text) != nil {
			var members map[string]tftypes.Value
			if err := v.As(&members); err != nil {
				return false, err
			}
			texts := map[string]string{}
			for name, member := range members {
				if err := member.As(&text); err != nil {
					return false, err
				}
				texts[name] = text
			}
			encoded, err := json.Marshal(texts)
			if err != nil {
				return false, err
			}
			text = string(encoded)
		}
		r.written.values[resource+"."+top(at)] = text
		return false, nil
	})
}

// made returns a text, or a map of texts.
func made(value any, typ tftypes.Type) tftypes.Value {
	members, ok := value.(map[string]any)
	if !ok {
		return tftypes.NewValue(typ, value)
	}
	texts := map[string]tftypes.Value{}
	for name, text := range members {
		texts[name] = tftypes.NewValue(tftypes.String, text)
	}
	return tftypes.NewValue(typ, texts)
}

func top(at *tftypes.AttributePath) string {
	if len(at.Steps()) == 0 {
		return ""
	}
	name, _ := at.Steps()[0].(tftypes.AttributeName)
	return string(name)
}

func (r recording) writeOnly(at *tftypes.AttributePath) bool {
	arguments, argument := r.Arguments, clients.Argument{}
	for _, step := range at.Steps() {
		name, ok := step.(tftypes.AttributeName)
		if !ok {
			continue
		}
		if argument, ok = arguments[string(name)]; !ok {
			return false
		}
		arguments = argument.Arguments
	}
	return argument.WriteOnly
}

// If this fails, Terraform lets an ephemeral password into a state or refuses it where
// it may stand, or the recorded schemas prove nothing.
func TestRecordedSchemasJudge(t *testing.T) {
	const head = `
terraform {
  required_providers {
    keycloak = { source = "keycloak/keycloak" }
    zitadel  = { source = "zitadel/zitadel" }
  }
}

variable "password" {
  type      = string
  default   = "hunter2hunter2"
  ephemeral = true
}
`
	zitadel := `
resource "zitadel_email_provider_smtp" "mail" {
  host           = "smtp.example.org:465"
  tls            = true
  sender_address = "robot@example.org"
  sender_name    = "Robot"
  user           = "robot"
  password       = var.password
}
`
	keycloak := `
resource "keycloak_realm" "realm" {
  realm = "example"

  smtp_server {
    host = "smtp.example.org"
    from = "robot@example.org"

    auth {
      username = "robot"
      password = "plain"
    }
  }
}
`
	tests := []struct{ name, text, says string }{
		{"write-only", zitadel, ""},
		{"stored", keycloak, ""},
		{"ephemeral user name", strings.Replace(zitadel, `"robot"`+"\n  password", "var.password\n  password", 1), "phemeral value"},
		{"ephemeral and stored", strings.Replace(keycloak, `"plain"`, "var.password", 1), "Ephemeral value"},
		{"no such argument", strings.Replace(zitadel, "sender_name ", "sender ", 1), "Unsupported argument"},
		{"missing", strings.Replace(keycloak, "    from = \"robot@example.org\"\n", "", 1), "Missing required argument"},
		{"wrong type", strings.Replace(zitadel, "= true", `= "perhaps"`, 1), "a bool is required"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			w := enter(t, newInternet(t), t.TempDir())
			w.write("main.tf", head+tt.text)
			w.run("init", "-input=false")
			out, err := w.try("plan", "-input=false", "-no-color")
			if (err == nil) != (tt.says == "") || !strings.Contains(strings.Join(strings.Fields(out), " "), tt.says) {
				t.Errorf("%v, want %q\n%s", err, tt.says, out)
			}
			if strings.Contains(out, "hunter2hunter2") {
				t.Error("the plan shows the password")
			}
		})
	}
}
