package dial_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"go.uber.org/goleak"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/dial"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// address is what becomes of a connection to it: err, or a connection, after a
// while; with a while of 0 nothing ever comes back.
type address struct {
	after time.Duration
	err   error
	deaf  bool // the end of the context does not reach it
}

// network dials as its addresses say, and keeps what was dialled when.
type network struct {
	addresses map[netip.AddrPort]address

	mu      sync.Mutex
	begin   time.Time
	dialled []string
	open    int
}

// conn counts itself out when it is closed.
type conn struct {
	net.Conn
	close func()
}

func (c *conn) Close() error { c.close(); return nil }

func (n *network) DialTCP(ctx context.Context, to netip.AddrPort) (net.Conn, error) {
	n.mu.Lock()
	n.dialled = append(n.dialled, to.Addr().String()+" "+time.Since(n.begin).String())
	n.mu.Unlock()
	a := n.addresses[to]
	done := ctx.Done()
	if a.deaf {
		done = nil
	}
	var over <-chan time.Time
	if a.after > 0 {
		over = time.After(a.after)
	}
	select {
	case <-done:
		return nil, ctx.Err()
	case <-over:
	}
	if a.err != nil {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", a.err)}
	}
	n.count(1)
	return &conn{close: func() { n.count(-1) }}, nil
}

func (n *network) count(by int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.open += by
}

const ms = time.Millisecond

// If this fails, a host with several addresses is slower than its best address,
// an address is forgotten in the report, or an unused connection stays
// open. The stagger is a quarter of a second (RFC 8305 section 5).
func TestFirst(t *testing.T) {
	for _, test := range []struct {
		name      string
		addresses []address
		budget    time.Duration
		took      time.Duration
		dialled   string
		attempts  string
		want      finding.Code
	}{
		{"one", []address{{after: 20 * ms}}, 0, 20 * ms, "192.0.2.1 0s", "192.0.2.1:587 connected (20ms)", ""},
		{"the first is quick", []address{{after: 249 * ms}, {after: ms}}, 0, 249 * ms,
			"192.0.2.1 0s", "192.0.2.1:587 connected (249ms)", ""},
		{"the first is slow", []address{{after: 400 * ms}, {after: 20 * ms}}, 0, 270 * ms,
			"192.0.2.1 0s, 192.0.2.2 250ms", "192.0.2.1:587 not needed (270ms), 192.0.2.2:587 connected (20ms)", ""},
		{"the first is slow, the second slower", []address{{after: 400 * ms}, {after: 200 * ms}}, 0, 400 * ms,
			"192.0.2.1 0s, 192.0.2.2 250ms", "192.0.2.1:587 connected (400ms), 192.0.2.2:587 not needed (150ms)", ""},
		{"the first refuses", []address{{10 * ms, syscall.ECONNREFUSED, false}, {after: 20 * ms}}, 0, 30 * ms,
			"192.0.2.1 0s, 192.0.2.2 10ms", "192.0.2.1:587 refused (10ms), 192.0.2.2:587 connected (20ms)", ""},
		{"two never answer", []address{{}, {}, {after: 20 * ms}}, 0, 520 * ms,
			"192.0.2.1 0s, 192.0.2.2 250ms, 192.0.2.3 500ms",
			"192.0.2.1:587 not needed (520ms), 192.0.2.2:587 not needed (270ms), 192.0.2.3:587 connected (20ms)", ""},
		{"a failure brings the next forward", []address{{}, {100 * ms, syscall.ECONNREFUSED, false}, {after: 20 * ms}}, 0, 370 * ms,
			"192.0.2.1 0s, 192.0.2.2 250ms, 192.0.2.3 350ms",
			"192.0.2.1:587 not needed (370ms), 192.0.2.2:587 refused (100ms), 192.0.2.3:587 connected (20ms)", ""},
		{"two connect", []address{{after: 300 * ms, deaf: true}, {after: 20 * ms}}, 0, 300 * ms,
			"192.0.2.1 0s, 192.0.2.2 250ms", "192.0.2.1:587 not needed (300ms), 192.0.2.2:587 connected (20ms)", ""},
		{"all refuse", []address{{10 * ms, syscall.ECONNREFUSED, false}, {10 * ms, syscall.ECONNREFUSED, false}}, 0, 20 * ms,
			"192.0.2.1 0s, 192.0.2.2 10ms", "192.0.2.1:587 refused (10ms), 192.0.2.2:587 refused (10ms)", "connect-refused"},
		{"none answers", []address{{}, {}}, 10 * time.Second, 10 * time.Second,
			"192.0.2.1 0s, 192.0.2.2 250ms", "192.0.2.1:587 no answer (10s), 192.0.2.2:587 no answer (9.75s)", "connect-timeout"},
		{"one refuses, one never answers", []address{{}, {10 * ms, syscall.ECONNREFUSED, false}}, 10 * time.Second, 10 * time.Second,
			"192.0.2.1 0s, 192.0.2.2 250ms", "192.0.2.1:587 no answer (10s), 192.0.2.2:587 refused (10ms)", "connect-refused"},
		{"no route, and forbidden", []address{{ms, syscall.ENETUNREACH, false}, {ms, syscall.EPERM, false}}, 0, 2 * ms,
			"192.0.2.1 0s, 192.0.2.2 1ms", "192.0.2.1:587 unreachable (1ms), 192.0.2.2:587 not permitted on this machine (1ms)", "connect-denied"},
		{"no route, and no answer", []address{{ms, syscall.EHOSTUNREACH, false}, {ms, syscall.ETIMEDOUT, false}}, 0, 2 * ms,
			"192.0.2.1 0s, 192.0.2.2 1ms", "192.0.2.1:587 unreachable (1ms), 192.0.2.2:587 no answer (1ms)", "connect-timeout"},
		{"no sockets left", []address{{ms, syscall.EMFILE, false}}, 0, ms,
			"192.0.2.1 0s", "192.0.2.1:587 failed: dial tcp: connect: too many open files (1ms)", "connect-failed"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := &network{addresses: map[netip.AddrPort]address{}, begin: time.Now()}
				var addrs []netip.AddrPort
				ip := netip.MustParseAddr("192.0.2.0")
				for _, a := range test.addresses {
					ip = ip.Next()
					addrs = append(addrs, netip.AddrPortFrom(ip, 587))
					n.addresses[addrs[len(addrs)-1]] = a
				}
				ctx := t.Context()
				if test.budget > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, test.budget)
					defer cancel()
				}
				nc, attempts, err := dial.First(ctx, n, addrs)
				if took := time.Since(n.begin); took != test.took {
					t.Errorf("took %v, want %v", took, test.took)
				}
				if got := strings.Join(n.dialled, ", "); got != test.dialled {
					t.Errorf("dialled %s, want %s", got, test.dialled)
				}
				var texts, outcomes []string
				for _, a := range attempts {
					texts, outcomes = append(texts, a.String()), append(outcomes, a.Outcome())
				}
				if got := strings.Join(texts, ", "); got != test.attempts {
					t.Errorf("tells %s, want %s", got, test.attempts)
				}
				var failed *dial.ConnectError
				switch {
				case test.want == "" && (err != nil || nc == nil || n.open != 1):
					t.Errorf("%v, with %d connections open", err, n.open)
				case test.want != "" && (!errors.As(err, &failed) || failed.Finding().Code != test.want || nc != nil || n.open != 0):
					t.Errorf("%v, want %s", err, test.want)
				case test.want != "" && (!slices.Equal(failed.Finding().Seen, outcomes) || failed.Finding().Facts["port"] != "587"):
					t.Errorf("evidence %+v", failed.Finding())
				}
			})
		})
	}
}

// If this fails, Ctrl-C waits for packets that never come, or an address is
// dialled after it.
func TestFirstCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := &network{addresses: map[netip.AddrPort]address{}, begin: time.Now()}
		var addrs []netip.AddrPort
		for _, text := range []string{"192.0.2.1:465", "192.0.2.2:465", "192.0.2.3:465", "192.0.2.4:465"} {
			addrs = append(addrs, netip.MustParseAddrPort(text))
		}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(300*ms, cancel)
		_, attempts, err := dial.First(ctx, n, addrs)
		if took := time.Since(n.begin); took != 300*ms || !errors.Is(err, context.Canceled) || len(attempts) != 2 {
			t.Errorf("%v after %v, %d attempts; want 2", err, took, len(attempts))
		}
		if got := strings.Join(n.dialled, ", "); got != "192.0.2.1 0s, 192.0.2.2 250ms" {
			t.Errorf("dialled %s", got)
		}
	})
}

// If this fails, an error of the operating system is reported as another one.
func TestClassify(t *testing.T) {
	timeout, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	<-timeout.Done()
	for _, test := range []struct {
		err  error
		want dial.Class
	}{
		{os.NewSyscallError("connect", syscall.ECONNREFUSED), dial.Refused},
		{os.NewSyscallError("connect", syscall.EACCES), dial.Denied},
		{os.NewSyscallError("connect", syscall.EPERM), dial.Denied},
		{os.NewSyscallError("connect", syscall.ENETUNREACH), dial.Unreachable},
		{os.NewSyscallError("connect", syscall.EHOSTUNREACH), dial.Unreachable},
		{os.NewSyscallError("bind", syscall.EADDRNOTAVAIL), dial.Unreachable},
		{os.NewSyscallError("socket", syscall.EAFNOSUPPORT), dial.Unreachable},
		{os.NewSyscallError("connect", syscall.ETIMEDOUT), dial.TimedOut},
		{timeout.Err(), dial.TimedOut},
		{os.ErrDeadlineExceeded, dial.TimedOut},
		{os.NewSyscallError("socket", syscall.EMFILE), dial.Failed},
		{errors.New("something else"), dial.Failed},
	} {
		if got := dial.Classify(&net.OpError{Op: "dial", Net: "tcp", Err: test.err}); got != test.want {
			t.Errorf("%v is %q, want %q", test.err, got, test.want)
		}
	}
}

// If this fails, the machine's own sockets and resolver don't come through: what
// the rest is tested without.
func TestSystem(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	open := netip.MustParseAddrPort(ln.Addr().String())
	nc, err := dial.System{}.DialTCP(t.Context(), open)
	if err != nil {
		t.Fatal(err)
	}
	nc.Close()
	ln.Close()
	if _, err := (dial.System{}).DialTCP(t.Context(), open); dial.Classify(err) != dial.Refused {
		t.Errorf("a closed port: %v", err)
	}
	addrs, err := dial.Resolve(t.Context(), dial.System{}, "localhost", 25)
	if err != nil || !addrs[0].Addr().IsLoopback() || addrs[0].Addr().Is4In6() || addrs[0].Port() != 25 {
		t.Errorf("localhost is %v, %v", addrs, err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (dial.System{}).DialTCP(cancelled, open); !errors.Is(err, context.Canceled) && !strings.Contains(err.Error(), "cancel") {
		t.Errorf("cancelled: %v", err)
	}
}
