package dial_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/dial"
)

// resolver answers every name alike.
type resolver struct {
	addrs []string
	err   error
	mute  bool
	asked int
}

func (r *resolver) LookupNetIP(ctx context.Context, _ string) ([]netip.Addr, error) {
	r.asked++
	if r.mute {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	var addrs []netip.Addr
	for _, text := range r.addrs {
		addrs = append(addrs, netip.MustParseAddr(text))
	}
	return addrs, r.err
}

// If this fails, a name that does not exist, a resolver that fails and one that is
// silent look the same, although each needs another fix.
func TestResolveErrors(t *testing.T) {
	for name, test := range map[string]struct {
		r    *resolver
		want finding.Code
	}{
		"not found":    {&resolver{err: &net.DNSError{Err: "no such host", Name: "a.test", IsNotFound: true}}, "dns-not-found"},
		"no addresses": {&resolver{}, "dns-not-found"},
		"temporary":    {&resolver{err: &net.DNSError{Err: "server misbehaving", Name: "a.test", IsTemporary: true}}, "dns-failure"},
		"timeout":      {&resolver{err: &net.DNSError{Err: "i/o timeout", Name: "a.test", IsTimeout: true, IsTemporary: true}}, "dns-timeout"},
		"other":        {&resolver{err: errors.New("out of order")}, "dns-failure"},
		"silent":       {&resolver{mute: true}, "dns-timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				_, err := dial.Resolve(ctx, test.r, "mail.example.test", 587)
				var failed *dial.NameError
				if !errors.As(err, &failed) || failed.Finding().Code != test.want {
					t.Fatalf("%v, want %s", err, test.want)
				}
				f := finding.Of(err)
				if !strings.Contains(f.Summary, "mail.example.test") || len(f.Seen) != 1 || f.Seen[0] == "" {
					t.Errorf("%q, %q", f.Summary, f.Seen)
				}
			})
		})
	}
}

// If this fails, Ctrl-C during a lookup is reported as a fault of DNS.
func TestResolveCancelled(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		begin := time.Now()
		_, err := dial.Resolve(ctx, &resolver{mute: true}, "mail.example.test", 587)
		if !errors.Is(err, context.Canceled) || time.Since(begin) != time.Second {
			t.Errorf("%v after %v", err, time.Since(begin))
		}
	})
}

// If this fails, an address is dialled twice, as IPv4 in IPv6 which many machines
// can't reach, in another order than the resolver's, or one of hundreds.
func TestResolve(t *testing.T) {
	many := make([]string, 0, 40)
	for i := range 40 {
		many = append(many, fmt.Sprintf("192.0.2.%d", i))
	}
	for name, test := range map[string]struct {
		host  string
		addrs []string
		want  string
		asked int
	}{
		"order kept":         {"a.test", []string{"2001:db8::2", "192.0.2.9", "2001:db8::1"}, "[2001:db8::2]:25 192.0.2.9:25 [2001:db8::1]:25", 1},
		"mapped":             {"a.test", []string{"::ffff:192.0.2.9", "192.0.2.9", "192.0.2.9"}, "192.0.2.9:25", 1},
		"many":               {"a.test", many, strings.Join(many[:16], ":25 ") + ":25", 1},
		"address":            {"192.0.2.7", nil, "192.0.2.7:25", 0},
		"address of IPv6":    {"2001:db8::7", nil, "[2001:db8::7]:25", 0},
		"address with zone":  {"fe80::1%eth0", nil, "[fe80::1%eth0]:25", 0},
		"address mapped":     {"::ffff:192.0.2.7", nil, "192.0.2.7:25", 0},
		"name like a number": {"192.0.2", []string{"192.0.2.3"}, "192.0.2.3:25", 1},
		"localhost":          {"localhost", []string{"::1", "192.0.2.3", "::ffff:127.0.0.1"}, "[::1]:25 127.0.0.1:25", 1},
		"localhost, spelt":   {"LocalHost.", []string{"127.0.0.1", "2001:db8::7"}, "127.0.0.1:25", 1},
		"below localhost":    {"localhost.a.test", []string{"192.0.2.3"}, "192.0.2.3:25", 1},
	} {
		t.Run(name, func(t *testing.T) {
			r := &resolver{addrs: test.addrs}
			got, err := dial.Resolve(t.Context(), r, test.host, 25)
			if err != nil {
				t.Fatal(err)
			}
			var texts []string
			for _, a := range got {
				texts = append(texts, a.String())
			}
			if joined := strings.Join(texts, " "); joined != test.want || r.asked != test.asked {
				t.Errorf("%s after %d lookups, want %s after %d", joined, r.asked, test.want, test.asked)
			}
		})
	}
}

// If this fails, a resolver decides that localhost is another machine, and the
// credentials that go there in clear text cross a network.
func TestLocalhostStaysHere(t *testing.T) {
	_, err := dial.Resolve(t.Context(), &resolver{addrs: []string{"192.0.2.3", "2001:db8::7"}}, "localhost", 25)
	if f := finding.Of(err); f.Code != "dns-not-found" || !strings.Contains(strings.Join(f.Seen, "\n"), "an address of another machine") {
		t.Errorf("%v: %q", err, f.Seen)
	}
}
