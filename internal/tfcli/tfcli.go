// Package tfcli finds Terraform or OpenTofu, and says which of them a path leads to, and
// its version.
package tfcli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"

	"github.com/hashicorp/go-version"
)

// The two products, as they call themselves.
const (
	Terraform = "Terraform"
	OpenTofu  = "OpenTofu"
)

// CLI is an installed Terraform or OpenTofu.
type CLI struct {
	Path    string
	Product string
	Version *version.Version
}

func (c CLI) String() string { return fmt.Sprintf("%s %s (%s)", c.Product, c.Version, c.Path) }

// AtLeast reports whether c has the given version or a newer one. A pre-release counts as
// the version that it precedes.
func (c CLI) AtLeast(minimum string) bool {
	return c.Version.Core().GreaterThanOrEqual(version.Must(version.NewVersion(minimum)))
}

// firstLine matches how both begin the answer to "version".
var firstLine = regexp.MustCompile(`^(Terraform|OpenTofu) v(\S+)`)

// At asks the program at a path, or with a name on PATH, for its product and version.
func At(ctx context.Context, path string) (CLI, error) {
	found, err := exec.LookPath(path)
	if err != nil {
		return CLI{}, err
	}
	cmd := exec.CommandContext(ctx, found, "version")
	cmd.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1")
	out, err := cmd.Output()
	if err != nil {
		return CLI{}, fmt.Errorf("%s version: %w", found, err)
	}
	m := firstLine.FindStringSubmatch(string(out))
	if m == nil {
		return CLI{}, fmt.Errorf("%s is neither Terraform nor OpenTofu", found)
	}
	v, err := version.NewVersion(m[2])
	if err != nil {
		return CLI{}, fmt.Errorf("%s version: %w", found, err)
	}
	return CLI{Path: found, Product: m[1], Version: v}, nil
}

// Chosen is the CLI that TF_ACC_TERRAFORM_PATH selects for acceptance tests and the
// demo, or "".
func Chosen() string { return os.Getenv("TF_ACC_TERRAFORM_PATH") }

// ErrNone says that none of the CLIs found is new enough.
var ErrNone = errors.New("no CLI that is new enough")

// Find returns the chosen CLI, else the first of terraform and tofu on PATH that has at
// least the minimum version. Its error says what it found instead.
func Find(ctx context.Context, minimum string) (CLI, error) {
	names := []string{"terraform", "tofu"}
	if chosen := Chosen(); chosen != "" {
		names = []string{chosen}
	}
	var seen []string
	for _, name := range names {
		switch c, err := At(ctx, name); {
		case err != nil:
			seen = append(seen, err.Error())
		case !c.AtLeast(minimum):
			seen = append(seen, c.String()+" is too old")
		default:
			return c, nil
		}
	}
	return CLI{}, fmt.Errorf("%w: it takes Terraform or OpenTofu %s; %s", ErrNone, minimum, strings.Join(seen, "; "))
}
