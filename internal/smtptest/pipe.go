package smtptest

import (
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"sync"
	"syscall"
	"time"
)

// window is how many bytes may be on their way or unread before writes wait.
const window = 256 << 10

// errWait says that an attempt has to be repeated later.
var errWait = errors.New("wait")

// packet is what one write sent.
type packet struct {
	data    []byte
	arrives time.Time
}

// stream is one direction of a connection. Its times say when something becomes
// known at the other end; zero is never.
type stream struct {
	latency time.Duration

	mu            sync.Mutex
	changed       chan struct{} // closed and replaced at every change
	packets       []packet
	size          int
	ended         time.Time // the reader sees that the writer closed
	endedBy       error     // io.EOF or ECONNRESET
	gone          time.Time // the writer sees that the reader closed
	goneBy        error     // EPIPE or ECONNRESET
	readDeadline  time.Time
	writeDeadline time.Time
	readClosed    bool
	writeClosed   bool
}

func newStream(latency time.Duration) *stream {
	return &stream{latency: latency, changed: make(chan struct{})}
}

// change alters the stream and wakes all that wait for a change.
func (s *stream) change(alter func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	alter()
	s.wake()
}

func (s *stream) wake() {
	close(s.changed)
	s.changed = make(chan struct{})
}

func past(t time.Time) bool { return !t.IsZero() && !t.After(time.Now()) }

// read takes the bytes that have arrived, or returns errWait with when to try
// again.
func (s *stream) read(p []byte) (n int, again time.Time, err error) {
	switch {
	case s.readClosed:
		return 0, again, net.ErrClosed
	case past(s.readDeadline):
		return 0, again, os.ErrDeadlineExceeded
	case len(p) == 0:
		return 0, again, nil
	case len(s.packets) > 0 && past(s.packets[0].arrives):
		first := &s.packets[0]
		n = copy(p, first.data)
		if first.data = first.data[n:]; len(first.data) == 0 {
			s.packets = s.packets[1:]
		}
		s.size -= n
		s.wake()
		return n, again, nil
	case len(s.packets) == 0 && past(s.ended):
		return 0, again, s.endedBy
	case len(s.packets) > 0:
		return 0, earlier(s.packets[0].arrives, s.readDeadline), errWait
	}
	return 0, earlier(s.ended, s.readDeadline), errWait
}

// write takes as much as fits, or returns errWait with when to try again.
func (s *stream) write(p []byte) (n int, again time.Time, err error) {
	switch {
	case s.writeClosed:
		return 0, again, net.ErrClosed
	case past(s.writeDeadline):
		return 0, again, os.ErrDeadlineExceeded
	case past(s.gone):
		return 0, again, s.goneBy
	case s.readClosed:
		return len(p), again, nil // there is no reader
	}
	n = min(len(p), window-s.size)
	if n == 0 && len(p) > 0 {
		return 0, earlier(s.gone, s.writeDeadline), errWait
	}
	if n > 0 {
		s.packets = append(s.packets, packet{append([]byte(nil), p[:n]...), time.Now().Add(s.latency)})
		s.size += n
		s.wake()
	}
	return n, again, nil
}

// earlier returns the first of two times, of which zero is never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || (!b.IsZero() && b.Before(a)) {
		return b
	}
	return a
}

// await repeats an attempt until its error is not errWait.
func (s *stream) await(attempt func() (int, time.Time, error)) (int, error) {
	for {
		s.mu.Lock()
		n, again, err := attempt()
		changed := s.changed
		s.mu.Unlock()
		if !errors.Is(err, errWait) {
			return n, err
		}
		if again.IsZero() {
			<-changed
			continue
		}
		timer := time.NewTimer(time.Until(again))
		select {
		case <-changed:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// memConn is one end of a connection in a [Network].
type memConn struct {
	in, out       *stream
	local, remote net.Addr
	ready         time.Time // from when on the server may accept it

	mu     sync.Mutex
	abrupt bool // Close resets
}

func newPipe(latency time.Duration, client, server netip.AddrPort) (*memConn, *memConn) {
	up, down := newStream(latency), newStream(latency)
	a, b := net.TCPAddrFromAddrPort(client), net.TCPAddrFromAddrPort(server)
	return &memConn{in: down, out: up, local: a, remote: b},
		&memConn{in: up, out: down, local: b, remote: a, ready: time.Now().Add(latency)}
}

func (c *memConn) LocalAddr() net.Addr  { return c.local }
func (c *memConn) RemoteAddr() net.Addr { return c.remote }

func (c *memConn) Read(p []byte) (int, error) {
	n, err := c.in.await(func() (int, time.Time, error) { return c.in.read(p) })
	return n, c.wrap("read", err)
}

func (c *memConn) Write(p []byte) (int, error) {
	for written := 0; ; {
		n, err := c.out.await(func() (int, time.Time, error) { return c.out.write(p[written:]) })
		if written += n; err != nil || written == len(p) {
			return written, c.wrap("write", err)
		}
	}
}

// wrap gives errors the form that package net gives them.
func (c *memConn) wrap(op string, err error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return err
	}
	var errno syscall.Errno
	if errors.As(err, &errno) {
		err = os.NewSyscallError(op, errno)
	}
	return &net.OpError{Op: op, Net: "tcp", Source: c.local, Addr: c.remote, Err: err}
}

// SetLinger with 0 makes Close reset the connection, as with [net.TCPConn].
func (c *memConn) SetLinger(sec int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.abrupt = sec == 0
	return nil
}

// CloseWrite lets the peer read to an end.
func (c *memConn) CloseWrite() error {
	c.end(io.EOF)
	return nil
}

// Close lets the peer read to an end, and fail where it writes on.
func (c *memConn) Close() error {
	c.mu.Lock()
	abrupt := c.abrupt
	c.mu.Unlock()
	if abrupt {
		c.reset()
		return nil
	}
	c.end(io.EOF)
	c.leave(syscall.EPIPE)
	return nil
}

// reset closes so that the peer fails with ECONNRESET after what it was sent.
func (c *memConn) reset() {
	c.end(syscall.ECONNRESET)
	c.leave(syscall.ECONNRESET)
}

func (c *memConn) end(by error) {
	c.out.change(func() {
		if c.out.ended.IsZero() {
			c.out.ended, c.out.endedBy = time.Now().Add(c.out.latency), by
		}
		c.out.writeClosed = true
	})
}

func (c *memConn) leave(by error) {
	c.in.change(func() {
		if c.in.readClosed {
			return
		}
		c.in.readClosed, c.in.packets, c.in.size = true, nil, 0
		c.in.gone, c.in.goneBy = time.Now().Add(c.in.latency), by
	})
}

func (c *memConn) SetDeadline(t time.Time) error {
	return errors.Join(c.SetReadDeadline(t), c.SetWriteDeadline(t))
}

func (c *memConn) SetReadDeadline(t time.Time) error {
	c.in.change(func() { c.in.readDeadline = t })
	return nil
}

func (c *memConn) SetWriteDeadline(t time.Time) error {
	c.out.change(func() { c.out.writeDeadline = t })
	return nil
}
