package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// subject is a resource that is planned and applied many times over.
type subject struct {
	name     string
	provider string // the path of its provider; "" where Terraform has it built in
	hcl      string
}

// subjects are what is measured, in the order of the tables.
func (b *bench) subjects(plain string, t target) []subject {
	connection := func(extra string) string {
		return fmt.Sprintf(`
resource "smtp_connection" "many" {
  count               = var.many
  host                = "localhost"
  port                = %d
  tls_mode            = %q
  username            = %q
  password_wo         = %q
  password_wo_version = 1
  from                = "noreply@localhost.localdomain"
  ca_cert_pem         = file(%q)
  triggers            = { number = count.index }
  %s
}
`, t.port, t.mode, username, password, t.authority, extra)
	}
	var all []subject
	for _, p := range b.providers {
		all = append(all, subject{p.label(), p.path, connection(`refresh = "none"`)})
	}
	return append(all,
		subject{"smtp_connection, verify none", b.providers[0].path, connection(`verify = "none"`)},
		subject{"a resource of five attributes", plain, `
resource "smtp_five" "many" {
  count = var.many
  a     = "localhost"
  b     = "587"
  c     = "starttls"
}
`},
		subject{"terraform_data", "", `
resource "terraform_data" "many" {
  count = var.many
  input = "localhost"
}
`})
}

// figures are those of one life of a configuration.
type figures struct {
	plan, apply, refresh, destroy time.Duration
	cpuPlan, cpuRefresh           time.Duration // of the provider alone
	state                         []byte
}

// atScale plans, applies, refreshes and destroys many resources with Terraform.
func atScale(b *bench) ([]block, error) {
	ctx, end := context.WithCancel(b.ctx)
	defer end()
	server, authority, err := serve(ctx, b.dir, settings.StartTLS)
	if err != nil {
		return nil, err
	}
	t, err := behind(ctx, server, authority, settings.StartTLS, 20*time.Millisecond)
	if err != nil {
		return nil, err
	}
	plain, err := b.buildPlain()
	if err != nil {
		return nil, err
	}
	var blocks []block
	var held block
	for _, size := range []struct{ many, runs int }{{10, 5}, {100, 5}, {300, 1}, {1000, 1}} {
		if size.many > b.most {
			continue
		}
		table := block{
			title: fmt.Sprintf("%d connections through Terraform", size.many),
			text: fmt.Sprintf("A server 20 ms away, with a login for each connection and its authority in ca_cert_pem; medians of %d %s. "+
				"CPU is that of the provider alone, start included, divided by the number of resources.", size.runs, plural(size.runs, "run")),
			columns: []string{"resource", "plan", "apply", "plan with refresh", "destroy", "CPU of a plan", "with refresh", "state a resource"},
		}
		for _, s := range b.subjects(plain, t) {
			f, err := b.life(s, size.many, size.runs)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", s.name, err)
			}
			table.rows = append(table.rows, []string{s.name, seconds(f.plan), seconds(f.apply), seconds(f.refresh), seconds(f.destroy),
				each(f.cpuPlan, size.many), each(f.cpuRefresh, size.many), fmt.Sprintf("%.2f kB", float64(len(f.state))/float64(size.many)/1000)})
			if size.many == 10 && s.provider == b.providers[0].path && held.title == "" {
				if held, err = stateHolds(f.state); err != nil {
					return nil, err
				}
			}
			if size.many == min(1000, b.most) {
				if table.plot == nil {
					table.plot = &plot{file: "scale.svg", title: fmt.Sprintf("Plan of %d resources", size.many), unit: "s"}
				}
				table.plot.bars = append(table.plot.bars, bar{label: s.name, value: f.plan.Seconds()})
			}
		}
		blocks = append(blocks, table)
	}
	if held.title != "" {
		blocks = append(blocks, held)
	}
	return blocks, nil
}

// life runs a configuration from plan to destroy several times and returns the
// medians.
func (b *bench) life(s subject, many, times int) (figures, error) {
	dir, err := os.MkdirTemp(b.dir, "life-")
	if err != nil {
		return figures{}, err
	}
	defer os.RemoveAll(dir)
	cli, err := newCLI(b, dir, s)
	if err != nil {
		return figures{}, err
	}
	var all figures
	took, cpu := map[string][]time.Duration{}, map[string][]time.Duration{}
	for range times {
		for _, step := range []struct {
			name string
			args []string
		}{
			{"plan", []string{"plan"}},
			{"apply", []string{"apply", "-auto-approve"}},
			{"refresh", []string{"plan", "-detailed-exitcode"}},
			{"destroy", []string{"destroy", "-auto-approve"}},
		} {
			if step.name == "destroy" {
				if all.state, err = os.ReadFile(filepath.Join(dir, "terraform.tfstate")); err != nil {
					return figures{}, err
				}
			}
			passed, used, err := cli.run(append(step.args, "-no-color", "-input=false", "-var", "many="+strconv.Itoa(many))...)
			if err != nil {
				return figures{}, err
			}
			took[step.name], cpu[step.name] = append(took[step.name], passed), append(cpu[step.name], used)
		}
	}
	all.plan, all.apply, all.refresh, all.destroy = median(took["plan"]), median(took["apply"]), median(took["refresh"]), median(took["destroy"])
	all.cpuPlan, all.cpuRefresh = median(cpu["plan"]), median(cpu["refresh"])
	return all, nil
}

// cli is Terraform in a folder, with one provider instead of a registry.
type cli struct {
	b   *bench
	dir string
	env []string
	cpu string // the file to which each process of the provider writes the seconds that it used; "" without a provider
}

func newCLI(b *bench, dir string, s subject) (*cli, error) {
	c := &cli{b: b, dir: dir}
	hcl, rc := `variable "many" { type = number }`+"\n"+s.hcl, ""
	if s.provider != "" {
		hcl = `terraform {
  required_providers {
    smtp = { source = "seed-77eeb0cc/smtp" }
  }
}
` + hcl
		plugins := filepath.Join(dir, "plugins")
		if err := os.Mkdir(plugins, 0o700); err != nil {
			return nil, err
		}
		c.cpu = filepath.Join(dir, "cpu")
		timed := fmt.Sprintf("#!/bin/bash\nTIMEFORMAT='%%U %%S'\n{ time %q 2>&3; } 3>&2 2>>%q\n", s.provider, c.cpu)
		if err := os.WriteFile(filepath.Join(plugins, "terraform-provider-smtp"), []byte(timed), 0o700); err != nil {
			return nil, err
		}
		rc = fmt.Sprintf("provider_installation {\n  dev_overrides {\n    \"seed-77eeb0cc/smtp\" = %q\n  }\n  direct {}\n}\n", plugins)
	}
	for name, text := range map[string]string{"main.tf": hcl, "cli.tfrc": rc} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	for _, e := range os.Environ() {
		if !strings.HasPrefix(e, "TF_") && !strings.HasPrefix(e, "SMTP_") {
			c.env = append(c.env, e)
		}
	}
	c.env = append(c.env, "CHECKPOINT_DISABLE=1", "TF_CLI_CONFIG_FILE="+filepath.Join(dir, "cli.tfrc"))
	if s.provider == "" {
		_, _, err := c.run("init", "-input=false")
		return c, err
	}
	return c, nil
}

// run returns how long a command took and the CPU time of the provider's processes.
func (c *cli) run(args ...string) (took, cpu time.Duration, err error) {
	if err := os.RemoveAll(c.cpu); err != nil {
		return 0, 0, err
	}
	cmd := exec.CommandContext(c.b.ctx, c.b.cli, args...)
	cmd.Dir, cmd.Env = c.dir, c.env
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) }
	start := time.Now()
	said, err := cmd.CombinedOutput()
	if err != nil {
		text := string(said)
		return 0, 0, fmt.Errorf("terraform %s: %w\n%s", args[0], err, text[max(0, len(text)-2000):])
	}
	took = time.Since(start)
	if c.cpu == "" {
		return took, 0, nil
	}
	used, err := os.ReadFile(c.cpu)
	if err != nil {
		return 0, 0, err
	}
	for field := range strings.FieldsSeq(string(used)) {
		s, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return 0, 0, err
		}
		cpu += time.Duration(s * float64(time.Second))
	}
	return took, cpu, nil
}

// each is the share of one resource.
func each(d time.Duration, many int) string {
	if d == 0 {
		return "none"
	}
	return fmt.Sprintf("%.1f ms", d.Seconds()*1000/float64(many))
}

func plural(n int, word string) string {
	if n == 1 {
		return word
	}
	return word + "s"
}
