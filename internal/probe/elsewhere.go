package probe

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/dial"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// submissionPorts are where mail services listen, the recommended ones first.
var submissionPorts = []uint16{465, 587, 2525, 2500}

const (
	// slowConnect is how long the declared port may take before the look at the others.
	slowConnect = 3 * time.Second
	// longestLook bounds the look at each other port.
	longestLook = 5 * time.Second
)

// elsewhere looks at the other submission ports of a host, side by side and without
// credentials, for the diagnosis of a port that can't be reached.
type elsewhere struct {
	session *session
	addrs   []netip.AddrPort
	ctx     context.Context //nolint:containedctx // the look outlives the call that plans it
	cancel  context.CancelFunc
	timer   *time.Timer
	once    sync.Once
	done    chan struct{}
}

type openPort struct {
	port uint16
	mode settings.TLSMode
}

// otherPorts is what a look found. Once a look has seen all ports, further attempts of
// the check don't repeat it.
type otherPorts struct {
	seen bool // all of them
	open []openPort
}

// otherThan returns the submission ports without one.
func otherThan(port uint16) []uint16 {
	return slices.DeleteFunc(slices.Clone(submissionPorts), func(p uint16) bool { return p == port })
}

// tryOtherPorts schedules the look for when the declared port turns out slow.
func (s *session) tryOtherPorts(ctx context.Context, addrs []netip.AddrPort) *elsewhere {
	l := &elsewhere{session: s, addrs: addrs, done: make(chan struct{})}
	l.ctx, l.cancel = context.WithCancel(ctx)
	l.timer = time.AfterFunc(slowConnect, l.start)
	if s.others.seen {
		l.timer.Stop()
		l.skip()
	}
	return l
}

// start begins the look, once.
func (l *elsewhere) start() {
	l.once.Do(func() { go l.dialAll() })
}

// stop ends the look and waits for it.
func (l *elsewhere) stop() {
	l.timer.Stop()
	l.cancel()
	l.skip()
	<-l.done
}

// skip ends a look that never began.
func (l *elsewhere) skip() { l.once.Do(func() { close(l.done) }) }

// explain returns the error of a failed connection with the ports that do answer.
func (l *elsewhere) explain(err error) error {
	var failed *dial.ConnectError
	if !errors.As(err, &failed) {
		return err
	}
	if l.ctx.Err() == nil {
		l.start()
	}
	l.skip()
	<-l.done
	return &unreachable{ConnectError: failed, others: *l.session.others}
}

func (l *elsewhere) dialAll() {
	defer close(l.done)
	ctx, cancel := context.WithTimeout(l.ctx, longestLook)
	defer cancel()
	ports := otherThan(l.session.request.Port)
	modes := make([]settings.TLSMode, len(ports))
	var looks sync.WaitGroup
	for i, port := range ports {
		looks.Go(func() { modes[i] = l.session.modeOf(ctx, l.addrs, port) })
	}
	looks.Wait()
	var found otherPorts
	for i, port := range ports {
		if modes[i] != "" {
			found.open = append(found.open, openPort{port, modes[i]})
		}
	}
	found.seen = l.ctx.Err() == nil
	*l.session.others = found
}

// modeOf returns the mode that a port speaks, or "".
func (s *session) modeOf(ctx context.Context, addrs []netip.AddrPort, port uint16) settings.TLSMode {
	targets := make([]netip.AddrPort, 0, len(addrs))
	for _, a := range addrs {
		targets = append(targets, netip.AddrPortFrom(a.Addr(), port))
	}
	nc, _, err := dial.First(ctx, s.engine.dialer, targets)
	if err != nil {
		return ""
	}
	conn := wire.NewConn(nc, s.eraser)
	defer conn.Quit()
	if settings.IsImplicitPort(int(port)) {
		if _, err := conn.Handshake(ctx, withoutTrust(s.request)); err == nil || endedInTLS(err) != nil {
			return settings.Implicit
		}
		return ""
	}
	if _, err := conn.Greeting(ctx); err != nil {
		return ""
	}
	caps, err := conn.Hello(ctx, s.request.ehloName(localAddr(conn)))
	switch {
	case err != nil:
		return ""
	case caps.Has("STARTTLS"):
		return settings.StartTLS
	}
	return settings.NoTLS
}

// inWords says what a port speaks.
var inWords = map[settings.TLSMode]string{
	settings.Implicit: "TLS from the first byte",
	settings.StartTLS: "STARTTLS",
	settings.NoTLS:    "clear text alone",
}

// unreachable is a failed connection with what the other ports do.
type unreachable struct {
	*dial.ConnectError
	others otherPorts
}

// Unwrap returns the failed connection.
func (e *unreachable) Unwrap() error { return e.ConnectError }

// Finding implements [finding.Coded].
func (e *unreachable) Finding() *finding.Error {
	f := e.ConnectError.Finding()
	if len(e.others.open) == 0 {
		if e.others.seen {
			f.Seen = append(f.Seen, "no other submission port can be used either: "+e.otherPorts())
		}
		return f
	}
	var answers []string
	for _, o := range e.others.open {
		answers = append(answers, fmt.Sprintf("%d answers with %s", o.port, inWords[o.mode]))
	}
	f.Facts["elsewhere"] = strings.Join(answers, ", ")
	f.Seen = append(f.Seen, "other ports of this host: "+f.Facts["elsewhere"])
	if best := slices.IndexFunc(e.others.open, func(o openPort) bool { return o.mode != settings.NoTLS }); best >= 0 {
		f.Facts["open"] = strconv.Itoa(int(e.others.open[best].port))
		f.Facts["open_mode"] = string(e.others.open[best].mode)
	}
	return f
}

// otherPorts lists the ports that were looked at.
func (e *unreachable) otherPorts() string {
	var ports []string
	for _, port := range otherThan(e.Attempts[0].Addr.Port()) {
		ports = append(ports, strconv.Itoa(int(port)))
	}
	return strings.Join(ports, ", ")
}

var _ finding.Coded = (*unreachable)(nil)
