package wire_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const password = "pass,w=rd é"

var eraser = secret.NewEraser(secret.New(password))

// play returns a conversation with a server that plays a text: "S:" lines are
// sent with CRLF, "s:" lines as they are but for \r and \n, "C:" lines are
// expected. After the last line the server ends the connection. Anything else
// that the client sends fails the test, a QUIT without a line of its own too. It
// is to be called in a bubble.
func play(t *testing.T, text string) *wire.Conn {
	t.Helper()
	script := smtptest.NewScript()
	expected := ""
	for line := range strings.Lines(strings.TrimSpace(text)) {
		kind, said, _ := strings.Cut(strings.TrimLeft(strings.TrimRight(line, "\n"), " \t"), ":")
		said = strings.TrimPrefix(said, " ")
		switch kind {
		case "S":
			script.Send(said)
		case "s":
			script.SendRaw(strings.NewReplacer(`\r`, "\r", `\n`, "\n").Replace(said))
		case "C":
			script.Expect(said[:min(len(said), 4096)]) // it reads longer lines in pieces
			expected += said + "\r\n"
		default:
			t.Fatalf("what is %q?", line)
		}
	}
	server, conn := converse(t, script)
	t.Cleanup(func() {
		conn.Close()
		synctest.Wait()
		if heard := string(server.Received()); heard != expected {
			t.Errorf("the client sent %q, want %q", heard, expected)
		}
	})
	return conn
}

// converse serves a script and returns a conversation with it.
func converse(t *testing.T, script *smtptest.Script) (*smtptest.ScriptServer, *wire.Conn) {
	t.Helper()
	server, nc := connect(t, script)
	conn := wire.NewConn(nc, eraser)
	t.Cleanup(conn.Close)
	return server, conn
}

// connect serves a script and returns a connection to it.
func connect(t *testing.T, script *smtptest.Script) (*smtptest.ScriptServer, net.Conn) {
	t.Helper()
	const address = "192.0.2.1:587"
	network := smtptest.NewNetwork(0)
	server := script.Serve(network.Listen(address))
	nc, err := network.DialTCP(t.Context(), netip.MustParseAddrPort(address))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return server, nc
}

// run is a subtest in a bubble of testing/synctest.
func run(t *testing.T, name string, f func(*testing.T)) {
	t.Helper()
	t.Run(name, func(t *testing.T) { synctest.Test(t, f) })
}

// refused is what code returns for a step that the server refused.
const refused = "refused"

func code(err error) finding.Code {
	var coded finding.Coded
	var reply *wire.ReplyError
	switch {
	case errors.As(err, &coded):
		return coded.Finding().Code
	case errors.As(err, &reply):
		return refused
	}
	return ""
}

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	t.Cleanup(cancel)
	return ctx
}
