// Command plain is a provider with one resource of five attributes that does
// nothing: what Terraform and the framework cost by themselves.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func main() {
	err := providerserver.Serve(context.Background(), func() provider.Provider { return plain{} },
		providerserver.ServeOpts{Address: "registry.terraform.io/seed-77eeb0cc/smtp", ProtocolVersion: 6})
	if err != nil {
		log.Fatal(err)
	}
}

type plain struct{}

func (plain) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "smtp"
}

func (plain) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (plain) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (plain) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (plain) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return five{} }}
}

type five struct{}

type model struct {
	A types.String `tfsdk:"a"`
	B types.String `tfsdk:"b"`
	C types.String `tfsdk:"c"`
	D types.String `tfsdk:"d"`
	E types.String `tfsdk:"e"`
}

func (five) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_five"
}

func (five) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"a": schema.StringAttribute{Required: true},
		"b": schema.StringAttribute{Required: true},
		"c": schema.StringAttribute{Required: true},
		"d": schema.StringAttribute{Optional: true},
		"e": schema.StringAttribute{Optional: true},
	}}
}

func (five) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var m model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &m)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

func (five) Read(context.Context, resource.ReadRequest, *resource.ReadResponse) {}

func (five) Update(context.Context, resource.UpdateRequest, *resource.UpdateResponse) {}

func (five) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
