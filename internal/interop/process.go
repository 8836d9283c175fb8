//go:build interop

package interop

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long a server may take to start or to end.
const patience = 30 * time.Second

// process is a server's first process. Its children are in its session and process group.
type process struct {
	tb   testing.TB
	cmd  *exec.Cmd
	done chan struct{}
	once sync.Once
}

// start runs a server in the foreground, with what it prints in output.txt of
// its folder, and stops it with the test.
func start(tb testing.TB, dir, program string, args ...string) *process {
	tb.Helper()
	output, err := os.Create(filepath.Join(dir, "output.txt"))
	if err != nil {
		tb.Fatal(err)
	}
	defer output.Close()
	cmd := exec.Command(program, args...)
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = output, output
	// The signal ends the server even where the tests are killed.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Pdeathsig: syscall.SIGTERM}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	p := &process{tb: tb, cmd: cmd, done: make(chan struct{})}
	go func() {
		defer close(p.done)
		_ = cmd.Wait() // a server that ended early shows where it is waited for
	}()
	tb.Cleanup(p.stop)
	return p
}

// stop ends the server: the first process is asked to, and what is left of its
// group after that is killed.
func (p *process) stop() {
	p.once.Do(func() {
		_ = p.cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-p.done:
		case <-time.After(patience):
			p.tb.Errorf("%s doesn't end when asked to", p.cmd.Path)
		}
		err := syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
		if err != nil && !errors.Is(err, syscall.ESRCH) {
			p.tb.Error(err)
		}
		<-p.done
	})
}
