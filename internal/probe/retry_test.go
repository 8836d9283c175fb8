package probe_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, a server that is only starting or busy fails the apply although
// attempts were left, or one that said no for good is asked again, or a login is
// repeated. Between the attempts lie 0.5 to 1 s, then 1 to 2 s.
func TestRetry(t *testing.T) {
	ready := "220 ready | EHLO | 250-mail.example.test; 250 AUTH PLAIN | AUTH PLAIN | 235 yes"
	// then appends the dialogue of the second connection.
	then := func(first *smtptest.Script) *smtptest.Script {
		second := first.NextConnection()
		for i, turn := range strings.Split(ready, " | ") {
			if i%2 == 0 {
				second.Send(strings.Split(turn, "; ")...)
			} else {
				second.Expect(turn)
			}
		}
		return second
	}
	for _, test := range []struct {
		name  string
		first *smtptest.Script
		want  finding.Code
		tries int
	}{
		{"421 at the greeting", dialogue("421 4.3.2 not now"), "", 2},
		{"too many connections", dialogue("421 4.3.2 too many connections"), "", 2},
		{"4xx to EHLO", dialogue(greeted + "451 4.3.0 later"), "", 2},
		{"closed in the middle", smtptest.NewScript().Send("220 ready").Expect("EHLO").Close(), "", 2},
		{"reset in the middle", smtptest.NewScript().Send("220 ready").Expect("EHLO").Reset(), "", 2},
		{"refused for good", dialogue("554 5.7.1 you are on a list"), "greeting-refused", 1},
		{"not SMTP", dialogue("SSH-2.0-OpenSSH_9.6"), "other-protocol", 1},
		{"no AUTH", dialogue(greeted + "250 mail.example.test"), "auth-not-offered", 1},
		{"desync", dialogue(greeted + "250-mail.example.test; 250 AUTH PLAIN; 250 more"), "protocol-desync", 1},
		{"wrong password", dialogue(asked + "AUTH PLAIN | 535 5.7.8 no"), "auth-rejected", 1},
		{"4xx to AUTH", dialogue(asked + "AUTH PLAIN | 454 4.7.0 later"), "auth-temporary", 1},
		{"421 to AUTH", dialogue(asked + "AUTH PLAIN | 421 4.3.2 later"), "auth-temporary", 1},
		{"closed at AUTH", smtptest.NewScript().Send("220 ready").Expect("EHLO").Send("250-mail.example.test", "250 AUTH PLAIN").Expect("AUTH").Close(), "auth-closed", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				server := l.play(587, then(test.first))
				r := withLogin(request(settings.NoTLS, 587), "app", "pencil")
				r.Attempts, r.Mechanism = 2, settings.Plain
				_, err, took := l.check(r)
				if got := codeOf(err); got != test.want {
					t.Errorf("%q, want %q: %v", got, test.want, err)
				}
				if n := server.Connections(); n != test.tries {
					t.Errorf("%d connections, want %d", n, test.tries)
				}
				if pause := took - time.Duration(test.tries)*4*rtt; test.tries == 2 && (pause < 400*ms || pause > s) {
					t.Errorf("took %v", took)
				}
				if server.Auths() > 1 {
					t.Errorf("%d AUTH", server.Auths())
				}
			})
		})
	}
}

// If this fails, a server that starts a moment later is not waited for.
func TestRetryRefusedPort(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		time.AfterFunc(s, func() { l.serve(465, smtptest.Config{Mode: settings.Implicit}) })
		r := request(settings.Implicit, 465)
		r.Attempts = 3
		if _, err, took := l.check(r); err != nil || took > 4*s {
			t.Errorf("%v after %v", err, took)
		}
		if n := l.dialled(587); n > 1 {
			t.Errorf("other ports were looked at %d times", n)
		}
	})
}

// If this fails, the attempts together last longer than the budget, or the last
// part of it is spent on a pause that nothing can follow.
func TestRetryWithinBudget(t *testing.T) {
	for _, attempts := range []int{1, 2, 5, 10} {
		synctest.Test(t, func(t *testing.T) {
			l := newLab(t)
			server := l.play(465, smtptest.NewScript().Close())
			r := request(settings.Implicit, 465)
			r.Attempts, r.Timeout = attempts, 10*s
			_, err, took := l.check(r)
			f := finding.Of(err)
			if f.Code != "closed-in-handshake" || took > 10*s {
				t.Errorf("%s after %v", f.Code, took)
			}
			// At most 0.5 + 1 + 2 + 4 s of pauses have to fit, at least 1 + 2 + 4.
			if n := server.Connections() / 2; n != min(attempts, n) || n < min(attempts, 4) || n > 5 {
				t.Errorf("%d attempts of %d", n, attempts)
			}
			if attempts == 2 && !strings.Contains(f.Detail(), "attempts: 2\n") {
				t.Errorf("%s", f.Detail())
			}
		})
	}
}

// faulty is a network whose lookups and connections fail in one way.
type faulty struct{ err error }

func (f faulty) LookupNetIP(context.Context, string) ([]netip.Addr, error) {
	var dns *net.DNSError
	if errors.As(f.err, &dns) {
		return nil, dns
	}
	return []netip.Addr{netip.MustParseAddr(address)}, nil
}

func (f faulty) DialTCP(context.Context, netip.AddrPort) (net.Conn, error) {
	return nil, &net.OpError{Op: "dial", Net: "tcp", Err: f.err}
}

// unconnected are errors of resolver and operating system, each with its finding
// and whether another attempt may help.
var unconnected = []struct {
	err   error
	want  finding.Code
	again bool
}{
	{&net.DNSError{Err: "no such host", IsNotFound: true}, "dns-not-found", false},
	{&net.DNSError{Err: "server misbehaving", IsTemporary: true}, "dns-failure", true},
	{&net.DNSError{Err: "i/o timeout", IsTimeout: true}, "dns-timeout", true},
	{syscall.ECONNREFUSED, "connect-refused", true},
	{syscall.EACCES, "connect-denied", false},
	{syscall.ENETUNREACH, "connect-unreachable", true},
	{syscall.ETIMEDOUT, "connect-timeout", true},
	{syscall.EMFILE, "connect-failed", true},
}

// If this fails, an error of the operating system is told as another one, or what
// no other attempt can mend is tried again.
func TestUnconnected(t *testing.T) {
	for _, test := range unconnected {
		t.Run(string(test.want), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.engine = probe.New(faulty{test.err}, faulty{test.err}, 1)
				r := request(settings.Implicit, 465)
				r.Attempts = 2
				_, err, took := l.check(r)
				if got := codeOf(err); got != test.want || (took > 0) != test.again {
					t.Errorf("%q after %v, want %q", got, took, test.want)
				}
				complete(t, err)
			})
		})
	}
}

// If this fails, Ctrl-C is waited out, or told as a fault of the server.
func TestCancel(t *testing.T) {
	for name, prepare := range map[string]func(l *lab, r *probe.Request){
		"name":      func(l *lab, r *probe.Request) { l.engine = probe.New(silentResolver{}, l.Network, 1) },
		"connect":   func(l *lab, r *probe.Request) { l.BlackHole(at(465)) },
		"elsewhere": func(l *lab, r *probe.Request) { l.BlackHole(at(587)) },
		"handshake": func(l *lab, r *probe.Request) { l.respond(465, smtptest.Mute, certificate) },
		"greeting":  func(l *lab, r *probe.Request) { l.respond(465, smtptest.Mute, certificate); r.Mode = settings.NoTLS },
		"EHLO": func(l *lab, r *probe.Request) {
			l.play(465, smtptest.NewScript().Send("220 ready").Silent())
			r.Mode = settings.NoTLS
		},
		"AUTH": func(l *lab, r *probe.Request) {
			l.play(465, asking(smtptest.NewScript()))
			*r = withLogin(*r, "app", "pencil")
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
		"name":      {func(l *lab, r *probe.Request) { l.engine = probe.New(silentResolver{}, l.Network, 1) }, "dns-timeout"},
		"connect":   {func(l *lab, r *probe.Request) { l.BlackHole(address) }, "connect-timeout"},
		"handshake": {func(l *lab, r *probe.Request) { l.respond(465, smtptest.Mute, certificate) }, "handshake-timeout"},
		"greeting":  {func(l *lab, r *probe.Request) { l.respond(465, smtptest.Mute, certificate); r.Mode = settings.NoTLS }, "greeting-timeout"},
		"drip": {func(l *lab, r *probe.Request) {
			l.play(465, smtptest.NewScript().Drip(strings.Repeat("220-x\r\n", 100), 100*ms))
			r.Mode = settings.StartTLS
		}, "greeting-timeout"},
		"inside TLS": {func(l *lab, r *probe.Request) { l.play(465, smtptest.NewScript().StartTLS(certificate).Silent()) }, "greeting-timeout"},
		"EHLO": {func(l *lab, r *probe.Request) {
			l.play(465, smtptest.NewScript().Send("220 ready").Silent())
			r.Mode = settings.NoTLS
		}, "reply-timeout"},
		"AUTH": {func(l *lab, r *probe.Request) {
			l.play(465, asking(smtptest.NewScript()))
			*r = withLogin(*r, "app", "pencil")
			r.Mode = settings.NoTLS
		}, "reply-timeout"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				r := request(settings.Implicit, 465)
				r.Timeout, r.Attempts = budget, 3
				test.prepare(l, &r)
				_, err, took := l.check(r)
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
		running.Go(func() { l.engine.Run(t.Context(), r) })
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
