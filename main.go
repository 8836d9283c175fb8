// Command terraform-provider-smtp serves the provider to Terraform and OpenTofu.
package main

import (
	"context"
	"flag"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/provider"
)

// version is set by the linker when a release is built.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "run so that a debugger can attach")
	flag.Parse()

	err := providerserver.Serve(context.Background(), provider.New(version), providerserver.ServeOpts{
		Address:         provider.Address,
		ProtocolVersion: provider.ProtocolVersion,
		Debug:           *debug,
	})
	if err != nil {
		log.Fatal(err)
	}
}
