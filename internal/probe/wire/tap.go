package wire

import (
	"errors"
	"net"
	"sync/atomic"
	"time"
)

// tap is the connection below TLS: it bounds what a server may send in all, and
// keeps the first bytes since a mark, because crypto/tls swallows what is no
// TLS record.
type tap struct {
	net.Conn
	total int
	heard atomic.Bool // anything came
	first []byte
	last  time.Time // the latest write deadline; zero: none
}

// largestSession bounds the bytes that a server may send in one conversation.
const largestSession = 1 << 20

const firstBytes = 512

var errSessionTooLarge = errors.New("the server sent more than 1 MiB")

// Read implements [net.Conn].
func (t *tap) Read(p []byte) (int, error) {
	if t.total >= largestSession {
		return 0, errSessionTooLarge
	}
	n, err := t.Conn.Read(p[:min(len(p), largestSession-t.total)])
	t.total += n
	if n > 0 {
		t.heard.Store(true)
	}
	t.first = append(t.first, p[:min(n, firstBytes-len(t.first))]...)
	return n, err
}

// farewell is how long a peer that does not read may delay the end.
const farewell = 50 * time.Millisecond

// hurry bounds all further writes together. It also holds for crypto/tls, which
// gives its goodbye 5 s.
func (t *tap) hurry() {
	t.last = time.Now().Add(farewell)
	_ = t.SetDeadline(t.last)
}

// SetWriteDeadline implements [net.Conn].
func (t *tap) SetWriteDeadline(d time.Time) error {
	if !t.last.IsZero() && (d.IsZero() || d.After(t.last)) {
		d = t.last
	}
	return t.Conn.SetWriteDeadline(d)
}

// mark makes the bytes that follow the first ones.
func (t *tap) mark() { t.first = nil }
