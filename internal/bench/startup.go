package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"
)

// startUp measures the process of each provider, in turns: until Terraform can talk to
// it, its memory and its sizes.
func startUp(b *bench) ([]block, error) {
	table := block{
		title: processTitle,
		text: "Until the handshake line that Terraform waits for, medians of 41 starts in turns; memory after that line; the program as a release is built; " +
			"the schema as `terraform providers schema -json` prints it.",
		columns: []string{"provider", "until the handshake", "resident memory", "program", "schema"},
	}
	plain, err := b.buildPlain()
	if err != nil {
		return nil, err
	}
	providers := append(slices.Clone(b.providers), build{path: plain, called: "a provider with one resource of five attributes"})
	took, memory := make([][]time.Duration, len(providers)), make([]string, len(providers))
	for turn := range 42 {
		for i, p := range providers {
			d, rss, err := b.start(p.path)
			if err != nil {
				return nil, err
			}
			if turn > 0 { // the first one loads the program
				took[i], memory[i] = append(took[i], d), rss
			}
		}
	}
	for i, p := range providers {
		info, err := os.Stat(p.path)
		if err != nil {
			return nil, err
		}
		schema, err := b.schemaSize(p)
		if err != nil {
			return nil, err
		}
		table.rows = append(table.rows, []string{p.label(), fmt.Sprintf("%.1f ms", median(took[i]).Seconds()*1000), memory[i],
			fmt.Sprintf("%.1f MB", float64(info.Size())/1e6), fmt.Sprintf("%.0f kB", float64(schema)/1000)})
	}
	return []block{table}, nil
}

// start starts a provider as Terraform does, and ends it after its handshake.
func (b *bench) start(path string) (time.Duration, string, error) {
	cmd := exec.CommandContext(b.ctx, path)
	cmd.Env = append(os.Environ(), "TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2", "PLUGIN_PROTOCOL_VERSIONS=6")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, "", err
	}
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, "", err
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	if _, err := out.Read(make([]byte, 1)); err != nil {
		return 0, "", err
	}
	took := time.Since(begin)
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", cmd.Process.Pid))
	for line := range strings.Lines(string(status)) {
		if kb, found := strings.CutPrefix(line, "VmRSS:"); found {
			n, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(kb), " kB"), 64)
			return took, fmt.Sprintf("%.1f MB", n/1000), nil
		}
	}
	return took, "unknown", nil
}

// schemaSize is the length of the schema in JSON, without white space.
func (b *bench) schemaSize(p build) (int, error) {
	dir, err := os.MkdirTemp(b.dir, "schema-")
	if err != nil {
		return 0, err
	}
	c, err := newCLI(b, dir, subject{p.label(), p.path, ""})
	if err != nil {
		return 0, err
	}
	cmd := exec.CommandContext(b.ctx, b.cli, "providers", "schema", "-json")
	cmd.Dir, cmd.Env = dir, c.env
	said, err := cmd.Output()
	if err != nil {
		return 0, err
	}
	var schema any
	if err := json.Unmarshal(said, &schema); err != nil {
		return 0, err
	}
	compact, err := json.Marshal(schema)
	return len(compact), err
}
