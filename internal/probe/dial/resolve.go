package dial

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// mostAddresses bounds the addresses of one name.
const mostAddresses = 16

// Resolve returns the addresses of a host with the port, in the resolver's order
// and without duplicates. The name localhost is always this machine (RFC 6761 section
// 6.3): the rules let credentials go there in clear text. The error is a [*NameError].
func Resolve(ctx context.Context, r Resolver, host string, port uint16) ([]netip.AddrPort, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.AddrPort{netip.AddrPortFrom(ip.Unmap(), port)}, nil
	}
	found, err := r.LookupNetIP(ctx, host)
	if err != nil {
		return nil, &NameError{Host: host, Err: errors.Join(err, context.Cause(ctx))}
	}
	var addrs []netip.AddrPort
	seen := map[netip.Addr]bool{}
	local, none := isLocalhost(host), "no addresses"
	for _, ip := range found {
		ip = ip.Unmap() // the resolver hands out IPv4 addresses mapped to IPv6
		switch {
		case local && !ip.IsLoopback():
			none = "the resolver gives localhost an address of another machine"
		case !seen[ip] && len(addrs) < mostAddresses:
			seen[ip] = true
			addrs = append(addrs, netip.AddrPortFrom(ip, port))
		}
	}
	if len(addrs) == 0 {
		return nil, &NameError{Host: host, Err: &net.DNSError{Err: none, Name: host, IsNotFound: true}}
	}
	return addrs, nil
}

func isLocalhost(host string) bool {
	return strings.EqualFold(strings.TrimSuffix(host, "."), "localhost")
}

// NameError says that a host has no address, or that the resolver could not find out.
type NameError struct {
	Host string
	Err  error
}

func (e *NameError) Error() string { return "look up " + e.Host + ": " + e.Err.Error() }

// Unwrap returns the resolver's error.
func (e *NameError) Unwrap() error { return e.Err }

func (e *NameError) code() finding.Code {
	var dns *net.DNSError
	switch {
	case errors.Is(e.Err, context.DeadlineExceeded):
		return "dns-timeout"
	case !errors.As(e.Err, &dns):
		return "dns-failure"
	case dns.IsNotFound:
		return "dns-not-found"
	case dns.IsTimeout:
		return "dns-timeout"
	}
	return "dns-failure"
}

// Finding implements [finding.Coded].
func (e *NameError) Finding() *finding.Error {
	return &finding.Error{
		Code:  e.code(),
		Facts: finding.Facts{"host": finding.Quote(e.Host)},
		Seen:  []string{finding.Quote(e.Err.Error())},
		Err:   e.Err,
	}
}
