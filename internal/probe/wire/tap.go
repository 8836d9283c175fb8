package wire

import (
	"errors"
	"net"
)

// tap is the connection below TLS: it bounds what a server may send in all, and
// keeps the first bytes since a mark, because crypto/tls swallows what is no
// TLS record.
type tap struct {
	net.Conn
	total int
	first []byte
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
	t.first = append(t.first, p[:min(n, firstBytes-len(t.first))]...)
	return n, err
}

// mark forgets the first bytes, so that those which follow are kept.
func (t *tap) mark() { t.first = nil }
