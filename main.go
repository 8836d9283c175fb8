// Command terraform-provider-smtp serves the provider to Terraform and OpenTofu.
package main

import (
	"flag"
	"log"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/provider"
)

// version is set by the linker when a release is built.
var version = "dev"

func main() {
	debug := flag.Bool("debug", false, "run so that a debugger can attach")
	flag.Parse()

	if err := provider.Serve(version, *debug); err != nil {
		log.Fatal(err)
	}
}
