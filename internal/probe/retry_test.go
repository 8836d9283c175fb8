package probe_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, a server that closes in the middle of a restart costs the whole time,
// because the second connection waits for a greeting too, and is not tried again.
func TestCloseInHandshakeIsTriedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		restarting := smtptest.NewScript().Close().NextConnection().Silent().NextConnection()
		l.play(465, restarting.StartTLS(certificate).Send("220 ready").Expect("EHLO").Send("250 mail.example.test"))
		r := request(settings.Implicit, 465)
		r.Attempts = 2
		if _, took, err := l.check(r); err != nil || took < 10*time.Second || took > 12*time.Second || l.dialled(465) != 3 {
			t.Errorf("%v after %v with %d connections", err, took, l.dialled(465))
		}
	})
}

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
		{"421 to AUTH", dialogue(asked + "AUTH PLAIN | 421 4.3.2 later"), "auth-temporary-refused", 1},
		{"closed at AUTH", smtptest.NewScript().Send("220 ready").Expect("EHLO").Send("250-mail.example.test", "250 AUTH PLAIN").Expect("AUTH").Close(), "auth-closed", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				server := l.play(587, then(test.first))
				r := withLogin(request(settings.NoTLS, 587), "pencil")
				r.Attempts, r.Mechanism = 2, settings.Plain
				_, took, err := l.check(r)
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

// If this fails, a goodbye before the login is reported as an answer to a login that never
// went out, and nothing is tried again.
func TestGoodbyeBeforeLogin(t *testing.T) {
	for said, want := range map[string]finding.Code{"421 4.3.2 bye": "session-ended", "421 4.4.2 idle timeout": "server-closing"} {
		synctest.Test(t, func(t *testing.T) {
			l := newLab(t)
			server := l.play(587, dialogue(greeted+"250-mail.example.test; 250 AUTH PLAIN; "+said))
			r := withLogin(request(settings.NoTLS, 587), "pencil")
			r.Attempts = 2
			_, _, err := l.check(r)
			f := finding.Of(err)
			if f.Code != want || server.Connections() != 2 || server.Auths() != 0 || strings.Contains(f.Detail(), "did not try again") {
				t.Errorf("%s, %d connections, %d AUTH\n%s", f.Code, server.Connections(), server.Auths(), f.Detail())
			}
			complete(t, err)
		})
	}
}

// If this fails, silence takes the time of all attempts, so that a server that is
// being restarted is never asked again; or a server that is only slow is given up
// because attempts are left; or a login that takes its time is cut off, although
// nothing is tried after it.
func TestShares(t *testing.T) {
	const s = time.Second
	good := func(script *smtptest.Script) *smtptest.Script {
		return script.Send("220 ready").Expect("EHLO").Send("250-mail.example.test", "250 AUTH PLAIN").Expect("AUTH PLAIN").Send("235 yes")
	}
	again := func(n int, begin func(*smtptest.Script) *smtptest.Script) *smtptest.Script {
		script := smtptest.NewScript()
		for range n { // the second connection of each attempt tries the other mode
			script = begin(script).NextConnection().Silent().NextConnection()
		}
		return good(script)
	}
	silent := func(script *smtptest.Script) *smtptest.Script { return script.Silent() }
	half := func(script *smtptest.Script) *smtptest.Script {
		return script.Send("220 ready").Expect("EHLO").Silent()
	}
	slow := func(d time.Duration) *smtptest.Script { return good(smtptest.NewScript().Wait(d)) }
	asked := func() *smtptest.Script {
		return smtptest.NewScript().Send("220 ready").Expect("EHLO").Send("250-mail.example.test", "250 AUTH PLAIN").Expect("AUTH PLAIN")
	}
	for name, test := range map[string]struct {
		script   *smtptest.Script
		port     int
		attempts int
		timeout  time.Duration
		want     finding.Code
		from, to time.Duration
		auths    int
	}{
		"silence, then an answer":            {again(1, silent), 587, 3, 30 * s, "", 10 * s, 12 * s, 1},
		"silence twice, then an answer":      {again(2, silent), 587, 3, 30 * s, "", 20 * s, 24 * s, 1},
		"silence after EHLO, then an answer": {half(smtptest.NewScript()).NextConnection().Send("220 ready").Expect("EHLO").Send("250-mail.example.test", "250 AUTH PLAIN").Expect("AUTH PLAIN").Send("235 yes"), 587, 3, 30 * s, "", 10 * s, 12 * s, 1},
		"silence, two attempts":              {again(1, silent), 587, 2, 30 * s, "", 15 * s, 17 * s, 1},
		"silence, ten attempts in a minute":  {again(4, silent), 587, 10, 60 * s, "", 40 * s, 56 * s, 1},
		"silence on port 25":                 {again(1, silent), 25, 3, 30 * s, "", 15 * s, 17 * s, 1},
		"silence, too little time for more":  {again(1, silent), 587, 3, 5 * s, "greeting-timeout", 5 * s, 5 * s, 0},
		"silence, one attempt":               {again(1, silent), 587, 1, 30 * s, "greeting-timeout", 30 * s, 30 * s, 0},
		"silence all the time":               {again(5, silent), 587, 3, 30 * s, "greeting-timeout", 29 * s, 30 * s, 0},
		"a greeting after 9 s, ten attempts": {slow(9 * s), 587, 10, 30 * s, "", 9 * s, 10 * s, 1},
		"a greeting after 14 s on port 25":   {slow(14 * s), 25, 10, 30 * s, "", 14 * s, 15 * s, 1},
		"a greeting after 25 s, one attempt": {slow(25 * s), 587, 1, 30 * s, "", 25 * s, 26 * s, 1},
		"a login after 25 s, ten attempts":   {asked().Wait(25 * s).Send("235 yes"), 587, 10, 30 * s, "", 25 * s, 26 * s, 1},
		"a login without an answer":          {asked().Silent(), 587, 10, 30 * s, "reply-timeout", 30 * s, 30 * s, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				server := l.play(test.port, test.script)
				r := withLogin(request(settings.NoTLS, test.port), "pencil")
				r.Attempts, r.Timeout, r.Mechanism = test.attempts, test.timeout, settings.Plain
				_, took, err := l.check(r)
				if got := codeOf(err); got != test.want || took < test.from || took > test.to {
					t.Errorf("%q after %v, want %q after %v to %v: %v", got, took, test.want, test.from, test.to, err)
				}
				if server.Auths() != test.auths {
					t.Errorf("%d AUTH, want %d", server.Auths(), test.auths)
				}
			})
		})
	}
}

// If this fails, a TLS handshake that comes late is given up because attempts are
// left, or one that never comes takes the time of all of them.
func TestShareOfAHandshake(t *testing.T) {
	const s = time.Second
	rest := func(script *smtptest.Script) *smtptest.Script {
		return script.StartTLS(certificate).Send("220 ready").Expect("EHLO").Send("250 mail.example.test")
	}
	for name, test := range map[string]struct {
		script   *smtptest.Script
		from, to time.Duration
	}{
		"late":           {rest(smtptest.NewScript().Wait(9 * s)), 9 * s, 10 * s},
		"not, then well": {rest(smtptest.NewScript().Silent().NextConnection().Silent().NextConnection()), 10 * s, 12 * s},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.play(465, test.script)
				r := request(settings.Implicit, 465)
				r.Attempts = 3
				if _, took, err := l.check(r); err != nil || took < test.from || took > test.to {
					t.Errorf("%v after %v", err, took)
				}
			})
		})
	}
}

// If this fails, a failure advises attempts that would not be made: after a
// login, after all the time is over, or more than retry_attempts takes.
func TestRetryIsAdvisedWhereItHelps(t *testing.T) {
	busy := smtptest.NewScript().Send("421 4.3.2 server too busy").Close()
	loggedIn := func() *smtptest.Script {
		return smtptest.NewScript().Send("220 ready").Expect("EHLO").Send("250-mail.example.test", "250 AUTH PLAIN").Expect("AUTH")
	}
	for name, test := range map[string]struct {
		script   *smtptest.Script
		attempts int
		code     finding.Code
		want     string // the advice, or ""
	}{
		"one attempt":         {busy, 1, "server-busy", "Set retry_attempts = 3, so that the provider waits and tries again."},
		"three attempts":      {busy, 3, "server-busy", "Set retry_attempts = 10, so that the provider waits and tries again."},
		"ten attempts":        {busy, 10, "server-busy", ""},
		"closed after EHLO":   {smtptest.NewScript().Send("220 ready").Expect("EHLO").Close(), 1, "connection-closed", "Set retry_attempts = 3, so that the provider waits and tries again."},
		"silent after EHLO":   {smtptest.NewScript().Send("220 ready").Silent(), 1, "reply-timeout", ""},
		"silent after AUTH":   {loggedIn().Silent(), 1, "reply-timeout", ""},
		"421 after the login": {loggedIn().Send("235 2.7.0 ok").Expect("MAIL").Send("421 4.3.2 bye").Close(), 1, "session-ended", ""},
		"closed after login":  {loggedIn().Send("235 2.7.0 ok").Expect("MAIL").Close(), 1, "connection-closed", ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.play(587, test.script)
				r := withLogin(request(settings.NoTLS, 587), "pencil")
				r.Attempts, r.Mechanism, r.Timeout = test.attempts, settings.Plain, 10*time.Minute
				r.Verify, r.From = settings.VerifyEnvelope, "app@example.org"
				_, _, err := l.check(r)
				f := finding.Of(err)
				if f.Code != test.code {
					t.Errorf("%q, want %q", f.Code, test.code)
				}
				advice := ""
				for _, fix := range f.Fixes {
					if strings.Contains(fix.String(), "retry_attempts") {
						advice = fix.String()
					}
				}
				if advice != test.want {
					t.Errorf("advice %q, want %q", advice, test.want)
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
		if _, took, err := l.check(r); err != nil || took > 4*s {
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
			_, took, err := l.check(r)
			f := finding.Of(err)
			if f.Code != "closed-in-handshake" || took > 9*s+4*rtt {
				t.Errorf("%s after %v", f.Code, took)
			}
			// The pauses are 0.5 to 1 s, then 1 to 2, 2 to 4 and 4 to 8: three always fit into 10 s, five never do.
			if n := server.Connections() / 2; n > min(attempts, 5) || n < min(attempts, 4) {
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

// If this fails, an error of the operating system is reported as another one, or the
// check tries again where no attempt can help.
func TestUnconnected(t *testing.T) {
	for _, test := range unconnected {
		t.Run(string(test.want), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.engine = probe.New(faulty{test.err}, faulty{test.err}, 1)
				r := request(settings.Implicit, 465)
				r.Attempts = 2
				_, took, err := l.check(r)
				if got := codeOf(err); got != test.want || (took > 0) != test.again {
					t.Errorf("%q after %v, want %q", got, took, test.want)
				}
				complete(t, err)
			})
		})
	}
}
