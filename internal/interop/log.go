//go:build interop

package interop

import (
	"os"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// Log is the file that a server reports to.
type Log struct {
	path    string
	dialect dialect
}

// dialect says how a server's log tells of clients and their logins.
type dialect struct {
	connected, left *regexp.Regexp // one match for each client
	attempts        *regexp.Regexp // one match for each AUTH, or their number as group 1
}

var (
	postfixLog = dialect{
		connected: regexp.MustCompile(`smtpd\[\d+\]: connect from `),
		left:      regexp.MustCompile(`smtpd\[\d+\]: disconnect from `),
		attempts:  regexp.MustCompile(`disconnect from .* auth=(?:\d+/)?(\d+)`),
	}
	dovecotLog = dialect{
		attempts: regexp.MustCompile(`auth: Debug: client in: AUTH\t`),
	}
)

// everything returns the log as far as it exists.
func (l *Log) everything() string {
	text, _ := os.ReadFile(l.path) // a server that didn't start has none
	return string(text)
}

// Attempts runs f and returns how many times a client began AUTH meanwhile.
func (l *Log) Attempts(tb testing.TB, f func()) int {
	tb.Helper()
	before := len(l.everything())
	f()
	deadline := time.Now().Add(patience)
	for {
		text := l.everything()[before:]
		if in := l.dialect.connected; in == nil || settled(len(in.FindAllString(text, -1)), len(l.dialect.left.FindAllString(text, -1))) {
			return l.dialect.count(text)
		}
		if time.Now().After(deadline) {
			tb.Fatalf("the server's log doesn't tell of the client's end:\n%s", text)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func settled(in, out int) bool { return in > 0 && in == out }

func (d dialect) count(text string) int {
	n := 0
	for _, match := range d.attempts.FindAllStringSubmatch(text, -1) {
		if len(match) == 1 {
			n++
			continue
		}
		more, _ := strconv.Atoi(match[1]) // digits
		n += more
	}
	return n
}
