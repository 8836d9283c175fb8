package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Serve serves the provider to Terraform until that ends it; with debug until
// somebody does, so that a debugger can attach.
func Serve(version string, debug bool) error {
	var options []tf6server.ServeOpt
	if debug {
		options = append(options, tf6server.WithManagedDebug())
	}
	return tf6server.Serve(Address, NewServer(New(version)()), options...)
}

// NewServer returns the constructor of a provider's server, in version 6 of the
// protocol.
func NewServer(p provider.Provider) func() tfprotov6.ProviderServer {
	made := providerserver.NewProtocol6(p)
	return func() tfprotov6.ProviderServer { return server{made()} }
}

// server is the framework's server, but for where its own diagnostics stand.
type server struct{ tfprotov6.ProviderServer }

// ValidateResourceConfig moves what the framework says of a write-only argument
// under a Terraform before 1.11 from that argument to host: Terraform would print
// the line, with a literal secret in it. The text names the argument.
func (s server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	resp, err := s.ProviderServer.ValidateResourceConfig(ctx, req)
	if err != nil {
		return resp, err
	}
	for _, d := range resp.Diagnostics {
		for _, a := range argumentRows {
			if a.sensitive && d.Attribute.Equal(tftypes.NewAttributePath().WithAttributeName(a.name)) {
				d.Attribute = tftypes.NewAttributePath().WithAttributeName("host")
			}
		}
	}
	return resp, nil
}
