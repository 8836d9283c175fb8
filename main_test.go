package main

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// asMain makes the test binary behave as the provider.
const asMain = "SMTP_PROVIDER_TEST_AS_MAIN"

func TestMain(m *testing.M) {
	if os.Getenv(asMain) != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// If this fails, the registry learns another protocol than the provider speaks, or
// configurations don't find it under its address.
func TestManifest(t *testing.T) {
	content, err := os.ReadFile("terraform-registry-manifest.json")
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct {
		Version  int `json:"version"`
		Metadata struct {
			ProtocolVersions []string `json:"protocol_versions"`
		} `json:"metadata"`
	}
	if err := json.Unmarshal(content, &manifest); err != nil {
		t.Fatal(err)
	}
	if manifest.Version != 1 {
		t.Errorf("manifest version %d", manifest.Version)
	}
	address, protocol := served(t)
	if want := "registry.terraform.io/seed-77eeb0cc/smtp"; address != want {
		t.Errorf("served as %s, want %s", address, want)
	}
	if protocol != 6 {
		t.Errorf("protocol %d, want 6", protocol)
	}
	if want := []string{strconv.Itoa(protocol) + ".0"}; !slices.Equal(manifest.Metadata.ProtocolVersions, want) {
		t.Errorf("the manifest says %v, served is %v", manifest.Metadata.ProtocolVersions, want)
	}
}

// served starts main as a debugger does: it then prints what it serves.
func served(t *testing.T) (address string, protocol int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-debug")
	cmd.Env = append(os.Environ(), asMain+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		_, quoted, ok := strings.Cut(lines.Text(), "TF_REATTACH_PROVIDERS='")
		if !ok {
			continue
		}
		var reattach map[string]struct{ ProtocolVersion int }
		if err := json.Unmarshal([]byte(strings.TrimRight(quoted, "'")), &reattach); err != nil {
			t.Fatal(err)
		}
		for address, at := range reattach {
			return address, at.ProtocolVersion
		}
	}
	t.Fatal("main did not say what it serves")
	return "", 0
}
