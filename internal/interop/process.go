//go:build interop

package interop

import (
	_ "embed"
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

// guard is a shell script that runs a server and ends it with the tests, however
// these end: then the pipe has no writer any more. The signal for the death of a
// parent (prctl(2)) wouldn't do, as a server that changes its user loses it.
//
//go:embed guard.sh
var guard string

// process is a running server under its guard, in a session of their own.
type process struct {
	tb     testing.TB
	cmd    *exec.Cmd
	output logFile
	pipe   *os.File // its end ends the server
	done   chan struct{}
	once   sync.Once
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
	theirs, ours, err := os.Pipe()
	if err != nil {
		tb.Fatal(err)
	}
	defer theirs.Close()
	cmd := exec.Command("sh", append([]string{"-c", guard, "sh", program}, args...)...)
	cmd.Dir = dir
	cmd.Stdout, cmd.Stderr = output, output
	cmd.ExtraFiles = []*os.File{theirs} // 3 there
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	p := &process{tb: tb, cmd: cmd, output: logFile(output.Name()), pipe: ours, done: make(chan struct{})}
	go func() {
		defer close(p.done)
		_ = cmd.Wait() // a server that ended early shows where it is waited for
	}()
	tb.Cleanup(p.stop)
	return p
}

// stop ends the server, and returns when nothing of it is left.
func (p *process) stop() {
	p.once.Do(func() {
		_ = p.pipe.Close() // the guard reads nothing but its end
		select {
		case <-p.done:
		case <-time.After(patience):
			p.tb.Errorf("%q doesn't end when asked to", p.cmd.Args[4:])
		}
	})
}
