package provider_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	smtp "github.com/seed-77eeb0cc/terraform-provider-smtp/internal/provider"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, a schema breaks a rule of the framework, and the first user of the
// attribute gets the error.
func TestSchemas(t *testing.T) {
	ctx := context.Background()
	p := smtp.New("test")()
	var own provider.SchemaResponse
	p.Schema(ctx, provider.SchemaRequest{}, &own)
	for _, d := range own.Schema.ValidateImplementation(ctx) {
		t.Errorf("provider: %s: %s", d.Summary(), d.Detail())
	}
	for _, made := range p.Resources(ctx) {
		var resp resource.SchemaResponse
		made().Schema(ctx, resource.SchemaRequest{}, &resp)
		for _, d := range resp.Schema.ValidateImplementation(ctx) {
			t.Errorf("resource: %s: %s", d.Summary(), d.Detail())
		}
	}
	for _, made := range p.DataSources(ctx) {
		var resp datasource.SchemaResponse
		made().Schema(ctx, datasource.SchemaRequest{}, &resp)
		for _, d := range resp.Schema.ValidateImplementation(ctx) {
			t.Errorf("data source: %s: %s", d.Summary(), d.Detail())
		}
	}
	if with, ok := p.(provider.ProviderWithEphemeralResources); ok {
		for _, made := range with.EphemeralResources(ctx) {
			var resp ephemeral.SchemaResponse
			made().Schema(ctx, ephemeral.SchemaRequest{}, &resp)
			for _, d := range resp.Schema.ValidateImplementation(ctx) {
				t.Errorf("ephemeral: %s: %s", d.Summary(), d.Detail())
			}
		}
	}
}

// If this fails, an attribute has no description, or a secret is not marked as one.
func TestDescriptions(t *testing.T) {
	s := serve(t, smtptest.NewNetwork(0))
	secrets := map[string]bool{
		"password": true, "password_wo": true, "access_token": true, "access_token_wo": true,
		"client_key_pem": true, "client_key_pem_wo": true,
	}
	seen := 0
	for _, a := range s.resourceSchema().Block.Attributes {
		if a.Description == "" {
			t.Errorf("%s has no description", a.Name)
		}
		if a.Sensitive != secrets[a.Name] {
			t.Errorf("%s: sensitive is %t", a.Name, a.Sensitive)
		}
		if a.WriteOnly && a.Required {
			t.Errorf("%s: an older Terraform could not use the resource", a.Name)
		}
		if a.Sensitive {
			seen++
		}
	}
	if seen != len(secrets) {
		t.Errorf("%d secrets, want %d", seen, len(secrets))
	}
}
