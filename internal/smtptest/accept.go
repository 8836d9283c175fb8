package smtptest

import (
	"net"
	"sync"
)

// acceptor passes every connection of a listener to a function in a goroutine of its own,
// and ends them all together.
type acceptor struct {
	ln     net.Listener
	handle func(net.Conn)
	done   chan struct{} // closed when the acceptor is
	tasks  sync.WaitGroup

	mu     sync.Mutex
	conns  map[net.Conn]struct{}
	count  int
	closed bool
}

// accept returns at once; handle need not close its connection.
func accept(ln net.Listener, handle func(net.Conn)) *acceptor {
	a := &acceptor{ln: ln, handle: handle, done: make(chan struct{}), conns: make(map[net.Conn]struct{})}
	a.tasks.Go(a.loop)
	return a
}

func (a *acceptor) loop() {
	for {
		conn, err := a.ln.Accept()
		if err != nil {
			return
		}
		if !a.add(conn) {
			conn.Close()
			return
		}
		a.tasks.Go(func() {
			defer a.remove(conn)
			a.handle(conn)
		})
	}
}

func (a *acceptor) add(conn net.Conn) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.closed {
		return false
	}
	a.conns[conn] = struct{}{}
	a.count++
	return true
}

func (a *acceptor) remove(conn net.Conn) {
	conn.Close()
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.conns, conn)
}

// Addr returns the address listened on.
func (a *acceptor) Addr() net.Addr { return a.ln.Addr() }

// Connections returns how many connections were accepted.
func (a *acceptor) Connections() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.count
}

// Close ends the listener and all connections, and waits until nothing runs any
// more. It may be called several times.
func (a *acceptor) Close() error {
	a.mu.Lock()
	first := !a.closed
	a.closed = true
	open := make([]net.Conn, 0, len(a.conns))
	for conn := range a.conns {
		open = append(open, conn)
	}
	a.mu.Unlock()
	var err error
	if first {
		close(a.done)
		err = a.ln.Close()
	}
	for _, conn := range open {
		conn.Close()
	}
	a.tasks.Wait()
	return err
}
