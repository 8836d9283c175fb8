//go:build snapshot

// Package snapshot tests what "make snapshot" has built: the files that a registry
// expects, and that the archive for this system installs and works.
package snapshot

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/tfcli"
)

const (
	root = "../.."
	name = "terraform-provider-smtp"
)

// platforms are those that HashiCorp's scaffolding for providers releases for.
var platforms = []string{
	"darwin_amd64", "darwin_arm64",
	"freebsd_386", "freebsd_amd64", "freebsd_arm", "freebsd_arm64",
	"linux_386", "linux_amd64", "linux_arm", "linux_arm64",
	"windows_386", "windows_amd64", "windows_arm64",
}

var here = runtime.GOOS + "_" + runtime.GOARCH

// release is what lies in dist/.
type release struct {
	version string
	sums    map[string]string // by file
}

func dist(file string) string { return filepath.Join(root, "dist", file) }

// open reads the list of checksums.
func open(t *testing.T) release {
	t.Helper()
	found, err := filepath.Glob(dist(name + "_*_SHA256SUMS"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%d lists of checksums in dist/ (%v): run make snapshot first", len(found), err)
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		t.Fatal(err)
	}
	base := filepath.Base(found[0])
	r := release{version: strings.TrimSuffix(strings.TrimPrefix(base, name+"_"), "_SHA256SUMS"), sums: map[string]string{}}
	for line := range strings.Lines(string(text)) {
		sum, file, _ := strings.Cut(strings.TrimSpace(line), "  ")
		r.sums[file] = sum
	}
	return r
}

func (r release) archive(platform string) string {
	return fmt.Sprintf("%s_%s_%s.zip", name, r.version, platform)
}

// If this fails, a registry finds a release incomplete: an archive is missing or
// differs from its checksum, or the manifest isn't listed.
func TestFilesOfARelease(t *testing.T) {
	r := open(t)
	manifest := fmt.Sprintf("%s_%s_manifest.json", name, r.version)
	if r.sums[manifest] == "" {
		t.Errorf("no %s among %v", manifest, r.sums)
	}
	var built []string
	for file, sum := range r.sums {
		path := dist(file)
		if file == manifest {
			path = filepath.Join(root, "terraform-registry-manifest.json")
		}
		content, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
			continue
		}
		if got := sha256.Sum256(content); hex.EncodeToString(got[:]) != sum {
			t.Errorf("%s is not the file with checksum %s", file, sum)
		}
		for _, platform := range platforms {
			if file == r.archive(platform) {
				built = append(built, platform)
				r.holds(t, content, platform)
			}
		}
	}
	slices.Sort(built)
	if os.Getenv("SNAPSHOT_ONE") != "" {
		if !slices.Equal(built, []string{here}) {
			t.Errorf("built for %v, not for %s", built, here)
		}
	} else if !slices.Equal(built, platforms) {
		t.Errorf("built for\n%v, not for\n%v", built, platforms)
	}
}

// holds checks what an archive holds.
func (r release) holds(t *testing.T, content []byte, platform string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Errorf("%s: %v", platform, err)
		return
	}
	binary := name + "_v" + r.version
	if strings.HasPrefix(platform, "windows") {
		binary += ".exe"
	}
	var files []string
	for _, f := range archive.File {
		files = append(files, f.Name)
		if f.Name == binary && f.Mode()&0o111 == 0 {
			t.Errorf("%s: the binary can't be run", platform)
		}
	}
	slices.Sort(files)
	if want := []string{"CHANGELOG.md", "LICENSE", "README.md", "THIRD-PARTY-LICENCES.md", binary}; !slices.Equal(files, want) {
		t.Errorf("%s holds %v, not %v", platform, files, want)
	}
}

// If this fails, nobody can check a release: the same commit, built in another
// folder, gives another program than the archive's.
func TestSameBytes(t *testing.T) {
	r := open(t)
	content, err := os.ReadFile(dist(r.archive(here)))
	if err != nil {
		t.Fatal(err)
	}
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	file := name + "_v" + r.version
	if runtime.GOOS == "windows" {
		file += ".exe"
	}
	released, err := fs.ReadFile(archive, file)
	if err != nil {
		t.Fatal(err)
	}
	tree := filepath.Join(t.TempDir(), "elsewhere")
	program := filepath.Join(t.TempDir(), file)
	for _, args := range [][]string{
		{"git", "clone", "--quiet", root, tree},
		{"go", "build", "-C", tree, "-trimpath", "-ldflags", "-s -w -X main.version=" + r.version, "-o", program, "."},
	} {
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, said)
		}
	}
	again, err := os.ReadFile(program)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(released, again) {
		t.Errorf("the archive's program has %d bytes, that of the last commit has %d, and they differ (is dist/ older, or was it built with changes?)", len(released), len(again))
	}
}

const password = "correct horse battery staple"

// serve starts a mail server on loopback, and returns the PEM of its authority.
func serve(t *testing.T) (*smtptest.Server, string) {
	t.Helper()
	authority, err := smtptest.NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := authority.Issue(smtptest.Leaf{Names: []string{"localhost"}})
	if err != nil {
		t.Fatal(err)
	}
	server, err := smtptest.Start(smtptest.Config{
		Mode: settings.Implicit, Certificate: certificate, Name: "mail.example.org",
		Mechanisms: []settings.Mechanism{settings.Plain}, Users: map[string]string{"app": password},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	return server, authority.PEM()
}

var constraint = regexp.MustCompile(`version = "~> [\d.]+"`)

// If this fails, the archive for this system can't be installed from a mirror, or the
// quickstart doesn't work with it.
func TestQuickstartFromAMirror(t *testing.T) {
	r := open(t)
	cli, err := tfcli.Find(t.Context(), "1.11")
	if err != nil {
		t.Fatal(err)
	}
	registry := map[string]string{tfcli.Terraform: "registry.terraform.io", tfcli.OpenTofu: "registry.opentofu.org"}[cli.Product]
	mirror, dir := t.TempDir(), t.TempDir()
	copyFile(t, dist(r.archive(here)), filepath.Join(mirror, registry, "seed-77eeb0cc", "smtp", r.archive(here)))
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "examples", "quickstart"))); err != nil {
		t.Fatal(err)
	}
	// A constraint matches a pre-release only where it names it.
	main := filepath.Join(dir, "main.tf")
	text, err := os.ReadFile(main)
	if err != nil {
		t.Fatal(err)
	}
	pinned := constraint.ReplaceAllString(string(text), fmt.Sprintf("version = %q", r.version))
	if pinned == string(text) {
		t.Fatal("the quickstart doesn't say which version of the provider it needs")
	}
	write(t, main, pinned)
	rc := filepath.Join(t.TempDir(), "mirror.tfrc")
	write(t, rc, fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror))
	server, ca := serve(t)
	run := func(args ...string) (string, error) {
		cmd := exec.CommandContext(t.Context(), cli.Path, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1", "TF_CLI_CONFIG_FILE="+rc,
			"TF_VAR_host=localhost", fmt.Sprintf("TF_VAR_port=%d", server.Port()), "TF_VAR_ca_cert_pem="+ca,
			"TF_VAR_tls_mode=implicit", "TF_VAR_password="+password)
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	for _, step := range []struct {
		args  []string
		fails bool
		says  string
	}{
		{[]string{"init", "-input=false", "-no-color"}, false, "Installed seed-77eeb0cc/smtp v" + r.version},
		{[]string{"plan", "-input=false", "-no-color", "-var", "port=465", "-var", "tls_mode=starttls"}, true, "implicit-tls-port"},
		{[]string{"apply", "-input=false", "-no-color", "-auto-approve"}, false, "Apply complete!"},
		{[]string{"plan", "-input=false", "-no-color", "-detailed-exitcode"}, false, "No changes"},
		{[]string{"destroy", "-input=false", "-no-color", "-auto-approve"}, false, "destroyed"},
	} {
		out, err := run(step.args...)
		if (err != nil) != step.fails || !strings.Contains(out, step.says) {
			t.Fatalf("%v: %v, and not %q:\n%s", step.args, err, step.says, out)
		}
		if step.args[0] == "apply" {
			verified(t, run)
		}
	}
	if n := len(server.Record().Logins); n != 1 {
		t.Errorf("%d logins, want 1", n)
	}
}

// verified checks what the app module received.
func verified(t *testing.T, run func(...string) (string, error)) {
	t.Helper()
	out, err := run("output", "-json", "app_environment")
	if err != nil {
		t.Fatal(out)
	}
	var environment map[string]string
	if err := json.Unmarshal([]byte(out), &environment); err != nil {
		t.Fatal(err)
	}
	if environment["SMTP_HOST"] != "localhost" || environment["SMTP_SECURE"] != "true" {
		t.Errorf("the app got %v", environment)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	content, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		t.Fatal(err)
	}
	write(t, to, string(content))
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
