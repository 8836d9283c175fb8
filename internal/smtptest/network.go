package smtptest

import (
	"context"
	"net"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Network is an internet in memory. All its waiting is on channels and timers,
// so that inside a bubble of testing/synctest it takes virtual time alone.
type Network struct {
	// Names holds the addresses of each host name, in lower case. Complete it before the
	// first lookup.
	Names map[string][]string

	latency time.Duration

	mu        sync.Mutex
	listeners map[netip.AddrPort]*memListener
	holes     map[netip.AddrPort]bool // port 0 stands for every port
	dials     []netip.AddrPort
	lastPort  uint16
}

// The client's own addresses (RFC 5737, RFC 3849).
var (
	clientIPv4 = netip.MustParseAddr("192.0.2.250")
	clientIPv6 = netip.MustParseAddr("2001:db8::250")
)

// NewNetwork returns a network without hosts, in which a packet takes latency
// from one end to the other.
func NewNetwork(latency time.Duration) *Network {
	return &Network{
		Names:     make(map[string][]string),
		latency:   latency,
		listeners: make(map[netip.AddrPort]*memListener),
		holes:     make(map[netip.AddrPort]bool),
		lastPort:  49151,
	}
}

// Listen opens an address such as "192.0.2.1:587" or "[2001:db8::1]:587". It panics if the
// text is not an address, or the address is in use.
func (n *Network) Listen(addr string) net.Listener {
	where := netip.MustParseAddrPort(addr)
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.listeners[where] != nil {
		panic("smtptest: in use: " + addr)
	}
	l := &memListener{network: n, addr: where, queue: make(chan *memConn, 128), done: make(chan struct{})}
	n.listeners[where] = l
	return l
}

// BlackHole makes packets to an address, with or without a port, vanish. It panics if the
// text is not an address.
func (n *Network) BlackHole(addr string) {
	where, err := netip.ParseAddrPort(addr)
	if err != nil {
		where = netip.AddrPortFrom(netip.MustParseAddr(addr), 0)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.holes[where] = true
}

// Dials returns the addresses dialled until now, in order.
func (n *Network) Dials() []netip.AddrPort {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Clone(n.dials)
}

// LookupNetIP returns the addresses in Names at once, or a [*net.DNSError] with IsNotFound.
// It panics if Names has something other than addresses.
func (n *Network) LookupNetIP(ctx context.Context, host string) ([]netip.Addr, error) {
	if err := ctx.Err(); err != nil {
		return nil, &net.DNSError{Err: err.Error(), UnwrapErr: err, Name: host}
	}
	texts := n.Names[strings.ToLower(strings.TrimSuffix(host, "."))]
	if len(texts) == 0 {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	addrs := make([]netip.Addr, 0, len(texts))
	for _, text := range texts {
		addrs = append(addrs, netip.MustParseAddr(text))
	}
	return addrs, nil
}

// DialTCP connects within one round trip. Where nothing listens, it fails after
// one round trip with an error that is [syscall.ECONNREFUSED]; in a black hole,
// when ctx ends with an error that is ctx.Err(). As with TCP, the server accepts
// half a round trip after the client has connected.
func (n *Network) DialTCP(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
	lost, local := n.register(addr)
	fail := func(err error) (net.Conn, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Addr: net.TCPAddrFromAddrPort(addr), Err: err}
	}
	if lost {
		<-ctx.Done()
		return fail(ctx.Err())
	}
	if err := sleep(ctx, n.latency); err != nil {
		return fail(err)
	}
	n.mu.Lock()
	l := n.listeners[addr]
	n.mu.Unlock()
	if err := sleep(ctx, n.latency); err != nil {
		return fail(err)
	}
	if l == nil {
		return fail(syscall.ECONNREFUSED)
	}
	client, server := newPipe(n.latency, local, addr)
	select {
	case l.queue <- server:
		return client, nil
	case <-l.done:
		return fail(syscall.ECONNREFUSED)
	case <-ctx.Done():
		return fail(ctx.Err())
	}
}

// register notes a dial, and returns whether it gets lost and from which address
// it comes.
func (n *Network) register(addr netip.AddrPort) (lost bool, local netip.AddrPort) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.dials = append(n.dials, addr)
	n.lastPort++
	local = netip.AddrPortFrom(clientIPv4, n.lastPort)
	if addr.Addr().Is6() {
		local = netip.AddrPortFrom(clientIPv6, n.lastPort)
	}
	return n.holes[addr] || n.holes[netip.AddrPortFrom(addr.Addr(), 0)], local
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

type memListener struct {
	network *Network
	addr    netip.AddrPort
	queue   chan *memConn
	done    chan struct{}
	once    sync.Once
}

func (l *memListener) Addr() net.Addr { return net.TCPAddrFromAddrPort(l.addr) }

// Accept returns the next connection when the client's last packet of the
// handshake has arrived.
func (l *memListener) Accept() (net.Conn, error) {
	closed := &net.OpError{Op: "accept", Net: "tcp", Addr: l.Addr(), Err: net.ErrClosed}
	select {
	case <-l.done:
		return nil, closed
	case conn := <-l.queue:
		timer := time.NewTimer(time.Until(conn.ready))
		defer timer.Stop()
		select {
		case <-timer.C:
			return conn, nil
		case <-l.done:
			conn.reset()
			return nil, closed
		}
	}
}

// Close refuses further connections, and resets those that wait for Accept.
func (l *memListener) Close() error {
	l.once.Do(func() {
		l.network.mu.Lock()
		delete(l.network.listeners, l.addr)
		l.network.mu.Unlock()
		close(l.done)
		for {
			select {
			case conn := <-l.queue:
				conn.reset()
			default:
				return
			}
		}
	})
	return nil
}
