package main

import (
	"context"
	"net"
	"time"
)

// proxy stands between a client and a server as a network with a round-trip time
// would: opening a connection costs one round trip, and every byte takes half a
// one in either direction. It doesn't limit how much is under way.
type proxy struct {
	net.Listener
	server string
	rtt    time.Duration
}

// startProxy serves on loopback until the context ends.
func startProxy(ctx context.Context, server string, rtt time.Duration) (*proxy, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p := &proxy{ln, server, rtt}
	context.AfterFunc(ctx, func() { ln.Close() })
	go p.serve()
	return p, nil
}

func (p *proxy) port() int { return p.Addr().(*net.TCPAddr).Port } //nolint:forcetypeassert // it listens on TCP

func (p *proxy) serve() {
	for {
		client, err := p.Accept()
		if err != nil {
			return
		}
		go p.pass(client)
	}
}

// pass joins a client with the server.
func (p *proxy) pass(client net.Conn) {
	defer client.Close()
	open := time.Now().Add(p.rtt)
	var d net.Dialer
	server, err := d.Dial("tcp", p.server)
	if err != nil {
		return
	}
	defer server.Close()
	done := make(chan struct{}, 2)
	go p.carry(server, client, open, done)
	go p.carry(client, server, open, done)
	<-done
	<-done
}

// parcel is what was read at once, and when it arrives.
type parcel struct {
	bytes []byte
	due   time.Time
}

// carry brings bytes from one end to the other, none of them before the
// connection is open.
func (p *proxy) carry(to, from net.Conn, open time.Time, done chan<- struct{}) {
	parcels := make(chan parcel, 1024)
	go func() {
		defer close(parcels)
		for {
			buffer := make([]byte, 16<<10)
			n, err := from.Read(buffer)
			sent := time.Now()
			if sent.Before(open) {
				sent = open
			}
			parcels <- parcel{buffer[:n], sent.Add(p.rtt / 2)}
			if err != nil {
				return
			}
		}
	}()
	for next := range parcels {
		time.Sleep(time.Until(next.due))
		if _, err := to.Write(next.bytes); err != nil {
			break
		}
	}
	if half, ok := to.(interface{ CloseWrite() error }); ok {
		_ = half.CloseWrite()
	}
	for range parcels { // let the reader end
	}
	done <- struct{}{}
}
