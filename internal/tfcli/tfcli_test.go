package tfcli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// install writes a program that answers "version" as given, and returns its path.
func install(t *testing.T, dir, name, answer string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	script := "#!/bin/sh\nprintf '%s\\n' '" + answer + "'\n"
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// If this fails, the demo uses a CLI that is too old although a newer one is on PATH,
// ignores the chosen one, or doesn't say what it needs.
func TestFind(t *testing.T) {
	const (
		old     = "Terraform v1.5.7\non linux_amd64\n\nYour version of Terraform is out of date!"
		current = "Terraform v1.11.4\non linux_amd64"
		next    = "Terraform v1.16.0-rc2\non linux_amd64"
		first   = "Terraform v1.11.0-beta1\non linux_amd64"
		tofu    = "OpenTofu v1.12.6\non linux_amd64"
		oldTofu = "OpenTofu v1.10.10\non linux_amd64"
		other   = "git version 2.47.0"
	)
	tests := []struct {
		name      string
		installed map[string]string
		chosen    string // TF_ACC_TERRAFORM_PATH, a name of those
		want      string // "" where there is none
		says      []string
	}{
		{name: "terraform", installed: map[string]string{"terraform": current}, want: "Terraform 1.11.4"},
		{name: "terraform before tofu", installed: map[string]string{"terraform": current, "tofu": tofu}, want: "Terraform 1.11.4"},
		{name: "a newer tofu beside an old terraform", installed: map[string]string{"terraform": old, "tofu": tofu}, want: "OpenTofu 1.12.6"},
		{name: "tofu alone", installed: map[string]string{"tofu": tofu}, want: "OpenTofu 1.12.6"},
		{name: "a release candidate", installed: map[string]string{"terraform": next}, want: "Terraform 1.16.0-rc2"},
		{name: "a pre-release of the first", installed: map[string]string{"terraform": first}, want: "Terraform 1.11.0-beta1"},
		{name: "the chosen one", installed: map[string]string{"terraform": current, "tofu-1.12": tofu}, chosen: "tofu-1.12", want: "OpenTofu 1.12.6"},
		{name: "both old", installed: map[string]string{"terraform": old, "tofu": oldTofu},
			says: []string{"takes Terraform or OpenTofu 1.11", "Terraform 1.5.7", "OpenTofu 1.10.10", "too old"}},
		{name: "neither", says: []string{"takes Terraform or OpenTofu 1.11", "terraform", "tofu"}},
		{name: "another program of that name", installed: map[string]string{"terraform": other},
			says: []string{"neither Terraform nor OpenTofu"}},
		{name: "the chosen one is old, and no other is taken", installed: map[string]string{"terraform": current, "tofu-1.10": oldTofu}, chosen: "tofu-1.10",
			says: []string{"OpenTofu 1.10.10", "too old"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			for name, answer := range tt.installed {
				install(t, dir, name, answer)
			}
			t.Setenv("PATH", dir)
			t.Setenv("TF_ACC_TERRAFORM_PATH", "")
			if tt.chosen != "" {
				t.Setenv("TF_ACC_TERRAFORM_PATH", filepath.Join(dir, tt.chosen))
			}
			got, err := Find(t.Context(), "1.11")
			if tt.want == "" {
				if !errors.Is(err, ErrNone) {
					t.Fatalf("found %v, %v", got, err)
				}
				for _, part := range tt.says {
					if !strings.Contains(err.Error(), part) {
						t.Errorf("%q doesn't say %q", err, part)
					}
				}
				return
			}
			if err != nil || !strings.HasPrefix(got.String(), tt.want+" (") {
				t.Errorf("found %v, %v; want %s", got, err, tt.want)
			}
		})
	}
}
