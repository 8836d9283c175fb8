package probe_test

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, a check goes on after Ctrl-C, or reports it as a fault of the server.
func TestCancel(t *testing.T) {
	for name, prepare := range map[string]func(l *lab, r *probe.Request){
		"name":      func(l *lab, _ *probe.Request) { l.engine = probe.New(silentResolver{}, l.Network, 1) },
		"connect":   func(l *lab, _ *probe.Request) { l.BlackHole(at(465)) },
		"elsewhere": func(l *lab, _ *probe.Request) { l.BlackHole(at(587)) },
		"handshake": func(l *lab, _ *probe.Request) { l.respond(465, smtptest.Mute, certificate) },
		"greeting":  func(l *lab, r *probe.Request) { l.respond(465, smtptest.Mute, certificate); r.Mode = settings.NoTLS },
		"EHLO": func(l *lab, r *probe.Request) {
			l.play(465, smtptest.NewScript().Send("220 ready").Silent())
			r.Mode = settings.NoTLS
		},
		"HELO": func(l *lab, r *probe.Request) {
			l.play(465, smtptest.NewScript().Send("220 ready").Expect("EHLO").Send("502 what").Silent())
			r.Mode = settings.NoTLS
		},
		"AUTH": func(l *lab, r *probe.Request) {
			l.play(465, asking(smtptest.NewScript()))
			*r = withLogin(*r, "pencil")
			r.Mode = settings.NoTLS
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				r := request(settings.Implicit, 465)
				r.Attempts = 3
				prepare(l, &r)
				for _, after := range []time.Duration{s, 4 * s} {
					if name != "elsewhere" && name != "AUTH" || after == s {
						ctx, cancel := context.WithCancel(t.Context())
						time.AfterFunc(after, cancel)
						begin := time.Now()
						_, err := l.engine.Run(ctx, r)
						if got, took := codeOf(err), time.Since(begin); got != "check-cancelled" || took != after {
							t.Errorf("%q after %v, want check-cancelled after %v", got, took, after)
						}
						complete(t, err)
					}
				}
			})
		})
	}
}

// silentResolver never answers.
type silentResolver struct{}

func (silentResolver) LookupNetIP(ctx context.Context, name string) ([]netip.Addr, error) {
	<-ctx.Done()
	return nil, &net.DNSError{Err: ctx.Err().Error(), Name: name, IsTimeout: true}
}

// If this fails, a check lasts longer than it may. Every stall is one that a
// server, or the way to it, may cause.
func TestBudget(t *testing.T) {
	const budget = 2500 * ms
	for name, test := range map[string]struct {
		prepare func(l *lab, r *probe.Request)
		want    finding.Code
	}{
		"name":      {func(l *lab, _ *probe.Request) { l.engine = probe.New(silentResolver{}, l.Network, 1) }, "dns-timeout"},
		"connect":   {func(l *lab, _ *probe.Request) { l.BlackHole(address) }, "connect-timeout"},
		"handshake": {func(l *lab, _ *probe.Request) { l.respond(465, smtptest.Mute, certificate) }, "handshake-timeout"},
		"greeting":  {func(l *lab, r *probe.Request) { l.respond(465, smtptest.Mute, certificate); r.Mode = settings.NoTLS }, "greeting-timeout"},
		"drip": {func(l *lab, r *probe.Request) {
			l.play(465, smtptest.NewScript().Drip(strings.Repeat("220-x\r\n", 100), 100*ms))
			r.Mode = settings.StartTLS
		}, "reply-unfinished"},
		"inside TLS": {func(l *lab, _ *probe.Request) { l.play(465, smtptest.NewScript().StartTLS(certificate).Silent()) }, "greeting-timeout"},
		"EHLO": {func(l *lab, r *probe.Request) {
			l.play(465, smtptest.NewScript().Send("220 ready").Silent())
			r.Mode = settings.NoTLS
		}, "reply-timeout"},
		"AUTH": {func(l *lab, r *probe.Request) {
			l.play(465, asking(smtptest.NewScript()))
			*r = withLogin(*r, "pencil")
			r.Mode = settings.NoTLS
		}, "reply-timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				r := request(settings.Implicit, 465)
				r.Timeout, r.Attempts = budget, 3
				test.prepare(l, &r)
				_, took, err := l.check(r)
				if got := codeOf(err); got != test.want || took != budget {
					t.Errorf("%q after %v, want %q after %v: %v", got, took, test.want, budget, err)
				}
				complete(t, err)
			})
		})
	}
}

// If this fails, more connections are open to a host at a time than were allowed,
// the wait for a place counts towards the time of a check, or hosts wait for each
// other.
func TestPlaces(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.Names["other.example.test"] = []string{"192.0.2.2"}
		l.engine = probe.New(l.Network, l.Network, 2)
		l.serve(465, smtptest.Config{Mode: settings.Implicit, GreetingDelay: 5 * s})
		r := request(settings.Implicit, 465)
		r.Timeout = 6 * s
		elsewhere := r
		elsewhere.Host.Name = "other.example.test"
		begin := time.Now()
		var ended [5]time.Duration
		var running sync.WaitGroup
		for i, one := range []probe.Request{r, r, r, r, elsewhere} {
			running.Go(func() {
				_, err := l.engine.Run(t.Context(), one)
				ended[i] = time.Since(begin)
				if want := (map[bool]finding.Code{true: "connect-refused"})[i == 4]; codeOf(err) != want {
					t.Errorf("check %d: %v", i, err)
				}
			})
			time.Sleep(ms)
		}
		running.Wait()
		one := 5*s + 4*rtt
		for i, want := range []time.Duration{one, one + ms, 2 * one, 2*one + ms, 4*ms + 2*rtt} {
			if ended[i] != want {
				t.Errorf("check %d ended after %v, want %v", i, ended[i], want)
			}
		}
	})
}

// If this fails, Ctrl-C does not reach a check that waits for a place, or the
// evidence does not say what it waited for.
func TestPlaceAwaited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.engine = probe.New(l.Network, l.Network, 1)
		l.respond(465, smtptest.Mute, certificate)
		r := request(settings.Implicit, 465)
		var running sync.WaitGroup
		running.Go(func() { _, _ = l.engine.Run(t.Context(), r) })
		time.Sleep(ms)
		for want, end := range map[finding.Code]func() (context.Context, context.CancelFunc){
			"check-cancelled": func() (context.Context, context.CancelFunc) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(s, cancel)
				return ctx, cancel
			},
			"unexpected-error": func() (context.Context, context.CancelFunc) { return context.WithTimeout(t.Context(), s) },
		} {
			ctx, cancel := end()
			_, err := l.engine.Run(ctx, r)
			cancel()
			if f := finding.Of(err); f.Code != want || !strings.Contains(f.Detail(), "phase reached: waiting for other checks of this host") {
				t.Errorf("%s\n%s", f.Code, f.Detail())
			}
		}
		running.Wait()
	})
}
