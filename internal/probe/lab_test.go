package probe_test

import (
	"crypto/tls"
	"net/netip"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/refusal"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// The table of replies is read once in a process: here, so that no single test pays for
// it.
func TestMain(m *testing.M) {
	refusal.Interpret(refusal.Reply{Code: 550})
	goleak.VerifyTestMain(m)
}

// What the tests of the engine share: an internet in memory, in which a packet
// takes 10 ms, with one mail host.
const (
	latency = 10 * time.Millisecond
	rtt     = 2 * latency
	host    = "mail.example.test"
	address = "192.0.2.1"
	client  = "client.example.test" // what the client calls itself
	budget  = 30 * time.Second
)

// The authority that requests trust, and a sound certificate of it.
var (
	authority   = must(smtptest.NewAuthority())
	certificate = must(authority.Issue(smtptest.Leaf{Names: []string{host}, CommonName: host}))
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// lab is the network with an engine on it, inside a bubble of testing/synctest.
type lab struct {
	*smtptest.Network
	t      *testing.T
	engine *probe.Engine
	served []*smtptest.Server
}

func newLab(t *testing.T) *lab {
	n := smtptest.NewNetwork(latency)
	n.Names[host] = []string{address}
	return &lab{Network: n, t: t, engine: probe.New(n, n, 4)}
}

func at(port int) string {
	return netip.AddrPortFrom(netip.MustParseAddr(address), uint16(port)).String()
}

// serve opens a port with a well-behaved server, whose certificate is sound
// where cfg has none.
func (l *lab) serve(port int, cfg smtptest.Config) *smtptest.Server {
	if cfg.Certificate.Certificate == nil {
		cfg.Certificate = certificate
	}
	server := smtptest.Serve(l.Listen(at(port)), cfg)
	l.served = append(l.served, server)
	l.t.Cleanup(func() { server.Close() })
	return server
}

// play opens a port on which a script is played.
func (l *lab) play(port int, script *smtptest.Script) *smtptest.ScriptServer {
	server := script.Serve(l.Listen(at(port)))
	l.t.Cleanup(func() { server.Close() })
	return server
}

// respond opens a port of another protocol.
func (l *lab) respond(port int, kind smtptest.Other, cert tls.Certificate) {
	server := smtptest.Respond(l.Listen(at(port)), kind, cert)
	l.t.Cleanup(func() { server.Close() })
}

// dialled returns how many connections to a port were tried.
func (l *lab) dialled(port int) int {
	n := 0
	for _, to := range l.Dials() {
		if to.Port() == uint16(port) {
			n++
		}
	}
	return n
}

// check runs a request and returns how long that took in virtual time.
func (l *lab) check(r probe.Request) (*probe.Report, time.Duration, error) {
	begin := time.Now()
	report, err := l.engine.Run(l.t.Context(), r)
	return report, time.Since(begin), err
}

// request asks for the handshake alone, with trust in the test's authority.
func request(mode settings.TLSMode, port int) probe.Request {
	name, err := settings.ParseHost(host)
	if err != nil {
		panic(err)
	}
	return probe.Request{
		Host:     name,
		Port:     uint16(port),
		Mode:     mode,
		Trust:    certs.Trust{ServerName: host, RootsPEM: authority.PEM(), MinVersion: "1.2"},
		EHLOName: client,
		Verify:   settings.VerifyHandshake,
		Timeout:  budget,
		Attempts: 1,
	}
}

// codeOf returns the code of the finding that a check ended with, "" for none.
func codeOf(err error) finding.Code {
	if err == nil {
		return ""
	}
	return finding.Of(err).Code
}
