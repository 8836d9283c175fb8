//go:build interop

package interop

import (
	"context"
	"net"
	"net/netip"
)

// network is the provider's way to the servers: [ServerName] is 127.0.0.1, and there are no
// other names. Much software trusts the name localhost by itself; it doesn't trust this one.
type network struct{}

// LookupNetIP returns the address of [ServerName].
func (network) LookupNetIP(_ context.Context, host string) ([]netip.Addr, error) {
	if host != ServerName {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	return []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1})}, nil
}

// DialTCP connects from 127.0.0.2, because Dovecot needs no TLS from a client with the
// server's own address.
func (network) DialTCP(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
	d := net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 0, 2)}}
	return d.DialContext(ctx, "tcp", addr.String())
}
