//go:build interop

package interop

import (
	"embed"
	"net"
	"os"
	"path/filepath"
	"testing"
	"text/template"
)

//go:embed conf
var configuration embed.FS

// newFolder makes the folder of one server, which goes with the test. Its path
// is short, as a Unix socket's path has 107 bytes at most, and open to the
// accounts that the server's processes run as.
func newFolder(tb testing.TB, subfolders ...string) string {
	tb.Helper()
	dir, err := os.MkdirTemp("", "mx") //nolint:usetesting // TempDir has the test's name in its path
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			tb.Error(err)
		}
	})
	if err := os.Chmod(dir, 0o755); err != nil {
		tb.Fatal(err)
	}
	for _, sub := range subfolders {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o755); err != nil {
			tb.Fatal(err)
		}
	}
	return dir
}

// configure writes the named template of conf, filled with values, into a file.
func configure(tb testing.TB, name, path string, values any) {
	tb.Helper()
	t, err := template.New(name).Option("missingkey=error").ParseFS(configuration, "conf/"+name)
	if err != nil {
		tb.Fatal(err)
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o644)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	if err := t.Execute(f, values); err != nil {
		tb.Fatal(err)
	}
}

// freePorts returns ports of 127.0.0.1 that nothing listens on.
func freePorts(tb testing.TB, n int) []uint16 {
	tb.Helper()
	ports := make([]uint16, n)
	for i := range ports {
		l, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			tb.Fatal(err)
		}
		defer l.Close() // only then: until all are chosen, none is given twice
		ports[i] = uint16(l.Addr().(*net.TCPAddr).Port)
	}
	return ports
}
