//go:build interop && interopclients

package interopclients

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// inside is set in the environment of the process that runs the tests.
const inside = "INTEROP_CLIENTS_INSIDE"

// builtEnv names the folder of what isn't installed on the system: drivers that
// are compiled, and packages that are unpacked (.ci/interop-clients).
const builtEnv = "INTEROP_CLIENTS"

// The authorities: the one that everything inside trusts, and one that nobody
// has heard of.
var trusted, unknown *smtptest.Authority

// TestMain starts this program again in namespaces of its own, of the network,
// mounts and processes, and runs the tests there.
func TestMain(m *testing.M) {
	flag.Parse()
	var code int
	var err error
	if os.Getenv(inside) == "" {
		code, err = again()
	} else if err = furnish(); err == nil {
		code = m.Run()
		if code == 0 {
			fmt.Print(summary())
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "interopclients:", err)
		code = 1
	}
	os.Exit(code)
}

// again runs this program inside, and returns its exit code.
func again() (int, error) {
	if os.Getenv(builtEnv) == "" {
		return 0, fmt.Errorf("no %s: run make interop-clients", builtEnv)
	}
	folder, err := os.MkdirTemp("", "clients")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(folder)
	cmd := exec.Command("/proc/self/exe", os.Args[1:]...)
	cmd.Env = append(os.Environ(), inside+"="+folder)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:   syscall.CLONE_NEWPID, // what is left of the servers ends with it
		Unshareflags: syscall.CLONE_NEWNET | syscall.CLONE_NEWNS,
		Pdeathsig:    syscall.SIGKILL,
	}
	err = cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return max(exit.ExitCode(), 1), nil
	}
	if err != nil {
		return 0, fmt.Errorf("the namespaces need root: %w", err)
	}
	return 0, nil
}

// furnish brings the loopback interface up, and lays the files over the system's
// that lead clients to the servers and have them trust one authority.
func furnish() error {
	var err error
	if trusted, err = smtptest.NewAuthority(); err != nil {
		return err
	}
	if unknown, err = smtptest.NewAuthority(); err != nil {
		return err
	}
	// Debian's programs, not others of the same names.
	if err := os.Setenv("PATH", os.Getenv(builtEnv)+":/usr/sbin:/usr/bin:/sbin:/bin"); err != nil {
		return err
	}
	if err := command("ip", "link", "set", "lo", "up"); err != nil {
		return err
	}
	folder := os.Getenv(inside)
	trust := filepath.Join(folder, "trust")
	if err := os.MkdirAll(filepath.Join(trust, "java"), 0o755); err != nil {
		return err
	}
	for name, text := range map[string]string{
		"hosts":                     hosts(),
		"resolv.conf":               "", // nobody to ask
		"trust/ca-certificates.crt": trusted.PEM(),
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	// Java's has another form, and this place in Debian. Of a PKCS #12 store it
	// would not see the certificates without being told the password.
	if err := command("keytool", "-importcert", "-noprompt", "-storetype", "JKS", "-storepass", "changeit",
		"-keystore", filepath.Join(trust, "java/cacerts"), "-file", filepath.Join(trust, "ca-certificates.crt")); err != nil {
		return err
	}
	if err := syscall.Mount("proc", "/proc", "proc", 0, ""); err != nil {
		return fmt.Errorf("mount over /proc: %w", err)
	}
	for from, to := range map[string]string{
		filepath.Join(folder, "hosts"):       "/etc/hosts",
		filepath.Join(folder, "resolv.conf"): "/etc/resolv.conf",
		trust:                                "/etc/ssl/certs",
	} {
		if err := syscall.Mount(from, to, "", syscall.MS_BIND, ""); err != nil {
			return fmt.Errorf("mount over %s: %w", to, err)
		}
	}
	return nil
}

func command(name string, args ...string) error {
	if output, err := exec.Command(name, args...).CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, output)
	}
	return nil
}
