package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/hc-install/product"
	"github.com/hashicorp/hc-install/releases"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/tfcli"
)

// installed is the version under which the provider is installed locally.
const installed = "0.1.0"

// registries are those whose local mirrors Terraform and OpenTofu search by themselves.
var registries = []string{"registry.terraform.io", "registry.opentofu.org"}

// install builds the provider into the local plugin directory of Terraform and
// OpenTofu.
func install(ctx context.Context) error {
	home, err := os.UserHomeDir()
	if err != nil {
		return err
	}
	plugins := filepath.Join(home, ".terraform.d", "plugins")
	if runtime.GOOS == "windows" {
		plugins = filepath.Join(os.Getenv("APPDATA"), "terraform.d", "plugins")
	}
	for _, registry := range registries {
		target := filepath.Join(plugins, registry, "seed-77eeb0cc", "smtp", installed,
			runtime.GOOS+"_"+runtime.GOARCH, "terraform-provider-smtp_v"+installed)
		if runtime.GOOS == "windows" {
			target += ".exe"
		}
		build := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags", "-s -w -X main.version="+installed, "-o", target, ".")
		build.Env = append(os.Environ(), "CGO_ENABLED=0")
		build.Stderr = os.Stderr
		if err := build.Run(); err != nil {
			return fmt.Errorf("go build: %w", err)
		}
		fmt.Println("installed", target)
	}
	return nil
}

// needed is the version of Terraform or OpenTofu that the demo needs: its password is a
// write-only argument.
const needed = "1.11"

// fetched is the version of Terraform that the demo fetches if no CLI on PATH is new enough.
var fetched = version.Must(version.NewVersion("1.11.4"))

// findCLI returns the first CLI on PATH that is new enough, else fetches
// Terraform into dir.
func findCLI(ctx context.Context, dir string) (string, error) {
	cli, err := tfcli.Find(ctx, needed)
	if err == nil {
		fmt.Println("using", cli)
		return cli.Path, nil
	}
	if tfcli.Chosen() != "" {
		return "", err
	}
	fmt.Printf("%v; fetching Terraform %s\n", err, fetched)
	return (&releases.ExactVersion{Product: product.Terraform, Version: fetched, InstallDir: dir}).Install(ctx)
}
