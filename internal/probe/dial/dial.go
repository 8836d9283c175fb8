// Package dial finds the addresses of a host and opens TCP connections, with a result for
// every address that it tried.
//
// It knows nothing of SMTP and TLS.
package dial

import (
	"context"
	"net"
	"net/netip"
	"time"
)

// Resolver looks up the addresses of a name.
type Resolver interface {
	LookupNetIP(ctx context.Context, host string) ([]netip.Addr, error)
}

// Dialer opens one TCP connection.
type Dialer interface {
	DialTCP(ctx context.Context, addr netip.AddrPort) (net.Conn, error)
}

// System is the resolver and dialer of the machine.
type System struct{}

// LookupNetIP implements [Resolver].
func (System) LookupNetIP(ctx context.Context, host string) ([]netip.Addr, error) {
	return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
}

// DialTCP implements [Dialer].
func (System) DialTCP(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
	var d net.Dialer
	return d.DialContext(ctx, "tcp", addr.String())
}

// stagger is how long one address has before the next is tried beside it (RFC 8305
// section 5, "Connection Attempt Delay").
const stagger = 250 * time.Millisecond

// Attempt is what became of one address.
type Attempt struct {
	Addr netip.AddrPort
	Took time.Duration
	Err  error // nil: connected
	Idle bool  // abandoned because another address had answered
}

// First connects to the addresses in their order, each a quarter of a second after the
// previous one or as soon as that one failed, and returns the first connection. The attempts
// say what became of every address that it tried; it tries no more once the context has
// ended. The error is a [*ConnectError].
func First(ctx context.Context, d Dialer, addrs []netip.AddrPort) (net.Conn, []Attempt, error) {
	type result struct {
		i    int
		conn net.Conn
		Attempt
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	results := make(chan result, len(addrs))
	started, open := 0, 0
	start := func() {
		i := started
		started++
		open++
		go func() {
			begin := time.Now()
			conn, err := d.DialTCP(ctx, addrs[i])
			results <- result{i, conn, Attempt{Addr: addrs[i], Took: time.Since(begin), Err: err}}
		}()
	}

	attempts := make([]Attempt, len(addrs))
	var winner net.Conn
	more := func() bool {
		return winner == nil && started < len(addrs) && (started == 0 || ctx.Err() == nil)
	}
	next := time.NewTimer(0)
	defer next.Stop()
	for open > 0 || more() {
		select {
		case <-next.C:
			if more() {
				start()
				next.Reset(stagger)
			}
		case r := <-results:
			open--
			attempts[r.i] = r.Attempt
			switch {
			case r.Err == nil && winner == nil:
				winner = r.conn
				cancel()
			case r.Err == nil:
				_ = r.conn.Close()
				attempts[r.i].Idle = true
			case winner != nil:
				attempts[r.i].Idle = true
			default:
				next.Reset(0)
			}
		}
	}
	attempts = attempts[:started]
	if winner == nil {
		return nil, attempts, &ConnectError{Attempts: attempts}
	}
	return winner, attempts, nil
}
