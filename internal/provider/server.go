package provider

import (
	"context"
	"os"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// Serve serves the provider until Terraform ends it, or with debugger until
// somebody does, so that one can attach.
func Serve(version string, debugger bool) error {
	if released.MatchString(version) {
		documented = version
	}
	var options []tf6server.ServeOpt
	if debugger {
		options = append(options, tf6server.WithManagedDebug())
	} else {
		quiet()
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400) // short-lived and small: fewer collections for some more memory
	}
	return tf6server.Serve(Address, NewServer(New(version)()), options...)
}

// quiet keeps the SDK from writing trace lines that nobody reads. The CLI reads
// all that a provider writes, and drops it unless one of these variables asks
// for it; writing it costs a third of the CPU of a plan.
func quiet() {
	for _, asks := range []string{"TF_LOG", "TF_LOG_PROVIDER"} {
		if os.Getenv(asks) != "" {
			return
		}
	}
	for _, logger := range []string{"TF_LOG_SDK", "TF_LOG_SDK_FRAMEWORK", "TF_LOG_SDK_PROTO"} {
		_ = os.Setenv(logger, "off")
	}
}

// NewServer returns the constructor of a provider's server, in version 6 of the
// protocol.
func NewServer(p provider.Provider) func() tfprotov6.ProviderServer {
	made := providerserver.NewProtocol6(p)
	return func() tfprotov6.ProviderServer {
		framework := made()
		return server{framework, sync.OnceValues(func() (*tfprotov6.GetProviderSchemaResponse, error) {
			return framework.GetProviderSchema(context.Background(), &tfprotov6.GetProviderSchemaRequest{})
		})}
	}
}

// server is the framework's server, but for where its diagnostics stand and what they
// show: see source_line.go.
type server struct {
	tfprotov6.ProviderServer
	schemas func() (*tfprotov6.GetProviderSchemaResponse, error) // made once: a plan asks for each block with a warning
}

// ValidateResourceConfig says in the provider's own words what the framework says of
// a write-only argument under a Terraform before 1.11, and says it at host: at the
// argument Terraform would print the line, with a literal secret in it.
func (s server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	resp, err := s.ProviderServer.ValidateResourceConfig(ctx, req)
	if err != nil {
		return resp, err
	}
	for _, d := range resp.Diagnostics {
		for _, a := range argumentRows {
			if !a.sensitive || !d.Attribute.Equal(tftypes.NewAttributePath().WithAttributeName(a.name)) {
				continue
			}
			d.Attribute = tftypes.NewAttributePath().WithAttributeName("host")
			if a.writeOnly {
				f := finding.New("write-only-unsupported", finding.Facts{"argument": a.name, "stored": strings.TrimSuffix(a.name, "_wo")})
				d.Summary, d.Detail = f.Summary, f.Detail()
			}
		}
	}
	s.discreet(resourceBlock, req.TypeName, req.Config, resp.Diagnostics)
	return resp, nil
}
