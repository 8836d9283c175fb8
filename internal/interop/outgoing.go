//go:build interop

package interop

import (
	"fmt"
	"maps"
	"net/smtp"
	"path/filepath"
	"regexp"
	"slices"
	"testing"
	"time"
)

// Outgoing is a Postfix that takes mail from its own host and hands it on.
type Outgoing struct {
	port    uint16
	log     logFile
	process *process
}

// PostfixOutgoing starts a Postfix with the given settings of main.cf, which say where all
// mail goes and how. It looks up other hosts as the system does, without DNS.
func PostfixOutgoing(tb testing.TB, settings map[string]string) *Outgoing {
	tb.Helper()
	dir := newPostfixFolder(tb)
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		lines = append(lines, name+" = "+settings[name])
	}
	port := freePorts(tb, 1)[0]
	values := struct {
		Dir      string
		Port     uint16
		Settings []string
	}{dir, port, lines}
	configure(tb, "outgoing-main.cf", filepath.Join(dir, "main.cf"), values)
	configure(tb, "outgoing-master.cf", filepath.Join(dir, "master.cf"), values)
	return &Outgoing{
		port: port, log: logFile(filepath.Join(dir, "mail.log")),
		process: start(tb, dir, "/usr/lib/postfix/sbin/master", "-c", dir),
	}
}

var attempted = regexp.MustCompile(`postfix/smtp\[\d+\]: .*\bstatus=(\w+) .*`)

// Send submits a message and awaits the first attempt to hand it on. It reports
// whether that succeeded, with the line of the log that says so.
func (o *Outgoing) Send(tb testing.TB, from, to, message string) (line string, sent bool) {
	tb.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		err := smtp.SendMail(fmt.Sprintf("127.0.0.1:%d", o.port), nil, from, []string{to}, []byte(message))
		if err == nil {
			break
		}
		if time.Now().After(deadline) {
			tb.Fatalf("postfix takes no mail: %v\n%s", err, o.log.everything())
		}
	}
	text := o.log.await(tb, attempted.MatchString)
	attempt := attempted.FindStringSubmatch(text)
	return attempt[0], attempt[1] == "sent"
}

// Stop ends the server. The end of the test does so too.
func (o *Outgoing) Stop() { o.process.stop() }
