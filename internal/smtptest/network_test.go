package smtptest

import (
	"context"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"slices"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

const latency = 30 * time.Millisecond

var submission = netip.MustParseAddrPort("192.0.2.1:587")

// connect returns both ends of a connection, which the server has accepted.
func connect(t *testing.T, n *Network) (client, server net.Conn) {
	t.Helper()
	ln := n.Listen(submission.String())
	t.Cleanup(func() { ln.Close() })
	client, err := n.DialTCP(t.Context(), submission)
	if err != nil {
		t.Fatal(err)
	}
	if server, err = ln.Accept(); err != nil {
		t.Fatal(err)
	}
	return client, server
}

func worked(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func send(t *testing.T, conn io.Writer, text string) {
	t.Helper()
	_, err := io.WriteString(conn, text)
	worked(t, err)
}

// If this fails, durations that the engine measures in tests mean nothing.
func TestNetworkLatency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		since := func(what string, want time.Duration) {
			t.Helper()
			if got := time.Since(begin); got != want {
				t.Errorf("%s after %v, want %v", what, got, want)
			}
		}
		n := NewNetwork(latency)
		ln := n.Listen("192.0.2.1:587")
		accepted := make(chan net.Conn)
		go func() {
			conn, _ := ln.Accept()
			since("accepted", 90*time.Millisecond)
			send(t, conn, "220 hi\r\n")
			conn.Close()
			accepted <- conn
		}()
		client, err := n.DialTCP(t.Context(), submission)
		if err != nil {
			t.Fatal(err)
		}
		since("connected", 60*time.Millisecond)
		text, err := io.ReadAll(client)
		if err != nil || string(text) != "220 hi\r\n" {
			t.Errorf("read %q, %v", text, err)
		}
		since("read to the end", 120*time.Millisecond)
		server := <-accepted
		if got, want := client.RemoteAddr().String(), "192.0.2.1:587"; got != want || server.LocalAddr().String() != want {
			t.Errorf("server at %s and %s", got, server.LocalAddr())
		}
		if client.LocalAddr().String() != server.RemoteAddr().String() {
			t.Errorf("client at %s and %s", client.LocalAddr(), server.RemoteAddr())
		}
		client.Close()
		ln.Close()
		if _, err := client.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
			t.Errorf("read after close: %v", err)
		}
		if _, err := ln.Accept(); !errors.Is(err, net.ErrClosed) {
			t.Errorf("accept after close: %v", err)
		}
	})
}

// If this fails, the ways in which a dial fails are not those of real networks.
func TestNetworkDialFails(t *testing.T) {
	for name, test := range map[string]struct {
		addr  string
		after time.Duration
		want  error
	}{
		"refused":            {"192.0.2.1:25", 60 * time.Millisecond, syscall.ECONNREFUSED},
		"listener closed":    {"192.0.2.1:26", 60 * time.Millisecond, syscall.ECONNREFUSED},
		"black hole":         {"192.0.2.7:25", time.Minute, context.DeadlineExceeded},
		"black hole of port": {"[2001:db8::7]:25", time.Minute, context.DeadlineExceeded},
		"beside black hole":  {"[2001:db8::7]:26", 60 * time.Millisecond, syscall.ECONNREFUSED},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := NewNetwork(latency)
				n.Listen("192.0.2.1:26").Close()
				n.BlackHole("192.0.2.7")
				n.BlackHole("[2001:db8::7]:25")
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				begin := time.Now()
				conn, err := n.DialTCP(ctx, netip.MustParseAddrPort(test.addr))
				var op *net.OpError
				if conn != nil || !errors.As(err, &op) || !errors.Is(err, test.want) {
					t.Errorf("%v, %v", conn, err)
				}
				if got := time.Since(begin); got != test.after {
					t.Errorf("after %v, want %v", got, test.after)
				}
				if got := n.Dials(); !slices.Equal(got, []netip.AddrPort{netip.MustParseAddrPort(test.addr)}) {
					t.Errorf("dials %v", got)
				}
			})
		})
	}
}

// If this fails, a bounded step of the engine hangs, or ends, at another time
// than on a real socket.
func TestNetworkDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client, server := connect(t, NewNetwork(latency))
		begin := time.Now()
		worked(t, client.SetReadDeadline(begin.Add(time.Second)))
		var timeout net.Error
		if _, err := client.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) || !errors.As(err, &timeout) || !timeout.Timeout() {
			t.Errorf("read: %v", err)
		}
		if got := time.Since(begin); got != time.Second {
			t.Errorf("read failed after %v", got)
		}
		worked(t, client.SetWriteDeadline(time.Now().Add(time.Second)))
		n, err := client.Write(make([]byte, 1<<20))
		if n != 256<<10 || !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("wrote %d, %v", n, err)
		}
		worked(t, client.SetReadDeadline(time.Time{}))
		go func() {
			time.Sleep(time.Second)
			worked(t, client.SetReadDeadline(time.Unix(1, 0))) // as contexts interrupt a read
		}()
		if _, err := client.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("interrupted read: %v", err)
		}
		worked(t, client.SetDeadline(time.Time{}))
		send(t, server, "x")
		if n, err := client.Read(make([]byte, 1)); n != 1 || err != nil {
			t.Errorf("read after the deadline was lifted: %d, %v", n, err)
		}
	})
}

// If this fails, a peer's end of the connection looks other than on TCP.
func TestNetworkEnds(t *testing.T) {
	for name, test := range map[string]struct {
		end         func(*memConn) error
		read, write error
	}{
		"close": {(*memConn).Close, nil, syscall.EPIPE},
		"reset": {func(c *memConn) error { return errors.Join(c.SetLinger(0), c.Close()) }, syscall.ECONNRESET, syscall.ECONNRESET},
		"half":  {(*memConn).CloseWrite, nil, nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, server := connect(t, NewNetwork(latency))
				send(t, server, "bye")
				worked(t, test.end(server.(*memConn)))
				if _, err := client.Write([]byte("not known yet")); err != nil {
					t.Errorf("write before the news: %v", err)
				}
				begin := time.Now()
				if got, err := io.ReadAll(client); string(got) != "bye" || !errors.Is(err, test.read) {
					t.Errorf("read %q, %v", got, err)
				}
				if got := time.Since(begin); got != latency {
					t.Errorf("news after %v", got)
				}
				if _, err := client.Write([]byte("x")); !errors.Is(err, test.write) {
					t.Errorf("write: %v", err)
				}
			})
		})
	}
}

// If this fails, the engine's lookups in tests find other than what is in Names.
func TestNetworkLookup(t *testing.T) {
	n := NewNetwork(0)
	n.Names["mail.example.test"] = []string{"192.0.2.1", "2001:db8::1"}
	got, err := n.LookupNetIP(t.Context(), "Mail.example.test.")
	if want := []netip.Addr{netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("2001:db8::1")}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	var missing *net.DNSError
	if _, err := n.LookupNetIP(t.Context(), "other.example.test"); !errors.As(err, &missing) || !missing.IsNotFound {
		t.Errorf("%v", err)
	}
}

// If this fails, the well-behaved server leaks, or does not run in virtual time.
func TestServerInNetwork(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := NewNetwork(latency)
		server := Serve(n.Listen(submission.String()), Config{Mode: settings.NoTLS, GreetingDelay: time.Hour})
		defer server.Close()
		begin := time.Now()
		conn, err := n.DialTCP(t.Context(), submission)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := conn.Read(make([]byte, 512)); err != nil {
			t.Fatal(err)
		}
		if got, want := time.Since(begin), time.Hour+120*time.Millisecond; got != want {
			t.Errorf("greeting after %v, want %v", got, want)
		}
	})
}
