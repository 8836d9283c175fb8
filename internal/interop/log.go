//go:build interop

package interop

import (
	"fmt"
	"net"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Log is the file that a server reports to.
type Log interface {
	// Attempts runs f, whose clients leave before it returns, and returns how many
	// times they began AUTH.
	Attempts(tb testing.TB, f func()) int
	// everything returns the log as far as it exists.
	everything() string
}

// logFile is the path of a log. A server may write it after it has answered its clients, so
// await what you count.
type logFile string

func (l logFile) everything() string {
	text, _ := os.ReadFile(string(l)) // a server that didn't start has none
	return string(text)
}

// await returns the log once it is complete.
func (l logFile) await(tb testing.TB, complete func(text string) bool) string {
	tb.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		text := l.everything()
		if complete(text) {
			return text
		}
		if time.Now().After(deadline) {
			tb.Fatalf("the server's log ends before its clients' end:\n%s", text)
		}
	}
}

// postfixLog is the log of Postfix, which counts the commands of each client when
// that leaves: "auth=1" for one that was logged in, "auth=0/1" for one refused.
type postfixLog struct{ logFile }

var (
	connected = regexp.MustCompile(`smtpd\[\d+\]: connect from `)
	left      = regexp.MustCompile(`smtpd\[\d+\]: disconnect from (?:.* auth=(?:\d+/)?(\d+))?`)
)

// quiet reports whether every client has left.
func quiet(text string) bool {
	return len(connected.FindAllString(text, -1)) == len(left.FindAllString(text, -1))
}

func (l postfixLog) Attempts(tb testing.TB, f func()) int {
	tb.Helper()
	offset := len(l.await(tb, quiet))
	f()
	text := l.await(tb, func(text string) bool {
		return connected.MatchString(text[offset:]) && quiet(text)
	})
	n := 0
	for _, client := range left.FindAllStringSubmatch(text[offset:], -1) {
		attempts, _ := strconv.Atoi(client[1]) // digits, or nothing for a client without AUTH
		n += attempts
	}
	return n
}

// dovecotLog is the log of Dovecot, whose auth process logs each AUTH before it answers.
type dovecotLog struct {
	logFile
	authSocket string
}

const began = "auth: Debug: client in: AUTH\t"

// Attempts has the auth process write a line of its own after those of f's
// clients, and counts up to there.
func (l dovecotLog) Attempts(tb testing.TB, f func()) int {
	tb.Helper()
	offset := len(l.everything())
	f()
	mark := fmt.Sprintf("service=mark-%d", offset)
	conn, err := net.Dial("unix", l.authSocket)
	if err != nil {
		tb.Fatal(err)
	}
	defer conn.Close()
	// The protocol of Dovecot's auth clients: fields separated by tabs.
	if _, err := fmt.Fprintf(conn, "VERSION\t1\t2\nCPID\t%d\nAUTH\t1\tPLAIN\t%s\tresp=\n", os.Getpid(), mark); err != nil {
		tb.Fatal(err)
	}
	text := l.await(tb, func(text string) bool { return strings.Contains(text[offset:], mark) })
	own, _, _ := strings.Cut(text[offset:], mark)
	return strings.Count(own, began) - 1 // the last is the mark's
}
