// Command bench measures the provider beside the alternatives, prints its tables
// and writes them with plots to PERFORMANCE.md beside its own code.
//
// Everything runs on loopback. Figures are medians of several runs of one
// session, in which the programs take turns; a ratio compares figures of one
// session alone, since the speed of a machine drifts.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
)

func main() {
	before := flag.String("before", "", "a revision of this repository to measure beside the checkout")
	out := flag.String("out", "internal/bench", "the folder for PERFORMANCE.md and its plots")
	most := flag.Int("most", 1000, "the largest number of connections through Terraform")
	process := flag.Bool("process", false, "measure the provider's process alone, and put its table in place of that of an earlier session")
	check := flag.String("check", "", "make one check, as mode:port:authority, and end: what the tables time")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	run := func() error { return measure(ctx, *before, *out, *most, *process) }
	if *check != "" {
		run = func() error { return checkOnce(ctx, *check) }
	}
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1) //nolint:gocritic // the deferred stop only restores signals
	}
}

// bench is one session of measuring.
type bench struct {
	ctx       context.Context
	dir       string // for temporary files
	self      string // this program
	providers []build
	cli       string
	most      int // connections through Terraform
}

// build is a provider to measure.
type build struct {
	name   string // "" for the checkout, else the revision
	path   string
	called string // what tables call it, where it is another provider
}

// section is one part of PERFORMANCE.md.
type section func(*bench) ([]block, error)

func measure(ctx context.Context, before, out string, most int, process bool) error {
	dir, err := os.MkdirTemp("", "smtp-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{ctx: ctx, dir: dir, most: most}
	if b.self, err = os.Executable(); err != nil {
		return err
	}
	if b.cli, err = exec.LookPath("terraform"); err != nil {
		return err
	}
	if err := b.buildProviders(before); err != nil {
		return err
	}
	if process {
		made, err := startUp(b)
		if err != nil {
			return err
		}
		revision, err := b.output(".", "git", "describe", "--always", "--dirty", "--abbrev=7")
		if err != nil {
			return err
		}
		made[0].text += " Measured by itself, at revision " + revision + "."
		fmt.Print(made[0].markdown())
		return replaceLast(out, made[0])
	}
	blocks := []block{b.introduction()}
	for _, measure := range []section{roundTrips, oneCheck, wrongMode, atScale, startUp} {
		made, err := measure(b)
		if err != nil {
			return err
		}
		for _, block := range made {
			fmt.Print(block.markdown())
		}
		blocks = append(blocks, made...)
	}
	return write(out, blocks)
}

// buildProviders builds the checkout as a release is built, and the revision to
// compare it with, in a work tree of its own.
func (b *bench) buildProviders(before string) error {
	add := func(name, source string) error {
		path := filepath.Join(b.dir, "provider-"+name)
		if _, err := b.output(source, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", path, "."); err != nil {
			return err
		}
		b.providers = append(b.providers, build{name: name, path: path})
		return nil
	}
	if err := add("", "."); err != nil || before == "" {
		return err
	}
	tree := filepath.Join(b.dir, "before")
	if _, err := b.output(".", "git", "worktree", "add", "--detach", tree, before); err != nil {
		return err
	}
	defer b.output(".", "git", "worktree", "remove", "--force", tree) //nolint:errcheck // the folder goes anyway
	return add(before, tree)
}

// buildPlain builds the provider that does nothing.
func (b *bench) buildPlain() (string, error) {
	path := filepath.Join(b.dir, "plain")
	_, err := b.output(".", "go", "build", "-trimpath", "-ldflags=-s -w", "-o", path, "./internal/bench/plain")
	return path, err
}

// label names a provider in a table.
func (p build) label() string {
	if p.called != "" {
		return p.called
	}
	if p.name == "" {
		return "smtp_connection"
	}
	return "smtp_connection at " + p.name
}

// output runs a program and returns what it prints; its errors hold that too.
func (b *bench) output(dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(b.ctx, args[0], args[1:]...)
	cmd.Dir = dir
	said, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, said)
	}
	return strings.TrimSpace(string(said)), nil
}

// introduction names the machine and the programs.
func (b *bench) introduction() block {
	revision, _ := b.output(".", "git", "describe", "--always", "--dirty", "--abbrev=7")
	cli, _ := b.output(".", b.cli, "version")
	cli, _, _ = strings.Cut(cli, "\n")
	return block{title: "Performance", level: 1, text: fmt.Sprintf(
		"`make bench` prints these tables and writes this page. Measured on %d cores (%s/%s, %s), %s, %s, revision %s. "+
			"Compare figures within one table alone: they come from one session, on one machine, on loopback.",
		runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, processor(), runtime.Version(), cli, revision)}
}

// processor is the name of the processor, where the system tells it.
func processor() string {
	text, _ := os.ReadFile("/proc/cpuinfo")
	for line := range strings.Lines(string(text)) {
		if name, value, found := strings.Cut(line, ":"); found && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "processor unknown"
}
