package probe_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// outcome is how a check ends, and when.
type outcome struct {
	code finding.Code // "" for success
	took time.Duration
}

const (
	ms = time.Millisecond
	s  = time.Second
)

// races are servers, each with what the three declared modes lead to. A round
// trip takes 20 ms, and the opening of the first connection counts.
var races = []struct {
	name                     string
	port                     int
	serve                    func(*lab, int)
	implicit, starttls, none outcome
}{
	{"implicit TLS", 2525, wellBehaved(smtptest.Config{Mode: settings.Implicit}),
		outcome{"", 80 * ms}, outcome{"server-speaks-implicit-tls", 2*s + 40*ms}, outcome{"server-speaks-implicit-tls", 2*s + 40*ms}},
	{"implicit TLS 1.2", 2525, wellBehaved(smtptest.Config{Mode: settings.Implicit, MinVersion: 0x303, MaxVersion: 0x303}),
		outcome{"", 80 * ms}, outcome{"server-speaks-implicit-tls", 2*s + 40*ms}, outcome{"server-speaks-implicit-tls", 2*s + 40*ms}},
	{"implicit TLS on 465", 465, wellBehaved(smtptest.Config{Mode: settings.Implicit}),
		outcome{"", 80 * ms}, outcome{"server-speaks-implicit-tls", 270 * ms}, outcome{"server-speaks-implicit-tls", 270 * ms}},
	{"implicit TLS on 25", 25, wellBehaved(smtptest.Config{Mode: settings.Implicit}),
		outcome{"", 80 * ms}, outcome{"server-speaks-implicit-tls", 10*s + 40*ms}, outcome{"server-speaks-implicit-tls", 10*s + 40*ms}},
	{"implicit TLS, greeting after 5 s", 2525, wellBehaved(smtptest.Config{Mode: settings.Implicit, GreetingDelay: 5 * s}),
		outcome{"", 5*s + 80*ms}, outcome{"server-speaks-implicit-tls", 7*s + 40*ms}, outcome{"server-speaks-implicit-tls", 7*s + 40*ms}},
	{"implicit TLS, greeting after 20 s", 2525, wellBehaved(smtptest.Config{Mode: settings.Implicit, GreetingDelay: 20 * s}),
		outcome{"", 20*s + 80*ms}, outcome{"server-speaks-implicit-tls", 8*s + 20*ms}, outcome{"server-speaks-implicit-tls", 8*s + 20*ms}},
	{"implicit TLS on 465, greeting after 20 s", 465, wellBehaved(smtptest.Config{Mode: settings.Implicit, GreetingDelay: 20 * s}),
		outcome{"", 20*s + 80*ms}, outcome{"server-speaks-implicit-tls", 270 * ms}, outcome{"server-speaks-implicit-tls", 270 * ms}},
	{"implicit TLS that demands a client certificate", 2525, wellBehaved(smtptest.Config{Mode: settings.Implicit, MaxVersion: 0x303, ClientCAs: authority.Pool()}),
		outcome{"client-certificate-required", 60 * ms}, outcome{"server-speaks-implicit-tls", 2*s + 40*ms}, outcome{"server-speaks-implicit-tls", 2*s + 40*ms}},
	{"implicit TLS that closes without a client certificate", 2525, wellBehaved(smtptest.Config{Mode: settings.Implicit, MaxVersion: 0x303, ClientCAs: authority.Pool(), CloseOnClients: true}),
		outcome{"client-certificate-required", 60 * ms}, outcome{"server-speaks-implicit-tls", 2*s + 40*ms}, outcome{"server-speaks-implicit-tls", 2*s + 40*ms}},
	{"implicit TLS that resets without a client certificate", 2525, wellBehaved(smtptest.Config{Mode: settings.Implicit, MaxVersion: 0x303, ClientCAs: authority.Pool(), ResetOnClients: true}),
		outcome{"client-certificate-required", 60 * ms}, outcome{"server-speaks-implicit-tls", 2*s + 40*ms}, outcome{"server-speaks-implicit-tls", 2*s + 40*ms}},
	{"implicit TLS of other versions", 2525, func(l *lab, port int) {
		l.play(port, smtptest.NewScript().SendRaw("\x15\x03\x03\x00\x02\x02\x46"))
	}, outcome{"tls-version-too-low", 40 * ms}, outcome{"server-speaks-implicit-tls", 80 * ms}, outcome{"server-speaks-implicit-tls", 80 * ms}},
	{"STARTTLS", 2525, wellBehaved(smtptest.Config{Mode: settings.StartTLS}),
		outcome{"server-speaks-starttls", 100 * ms}, outcome{"", 120 * ms}, outcome{"", 60 * ms}},
	{"STARTTLS on 587", 587, wellBehaved(smtptest.Config{Mode: settings.StartTLS}),
		outcome{"server-speaks-starttls", 100 * ms}, outcome{"", 120 * ms}, outcome{"", 60 * ms}},
	{"STARTTLS on 25", 25, wellBehaved(smtptest.Config{Mode: settings.StartTLS}),
		outcome{"server-speaks-starttls", 100 * ms}, outcome{"", 120 * ms}, outcome{"", 60 * ms}},
	{"STARTTLS on 465, greeting after 1 s", 465, wellBehaved(smtptest.Config{Mode: settings.StartTLS, GreetingDelay: s}),
		outcome{"server-speaks-starttls", 2*s + 100*ms}, outcome{"", s + 120*ms}, outcome{"", s + 60*ms}},
	{"clear text alone", 2525, wellBehaved(smtptest.Config{Mode: settings.NoTLS}),
		outcome{"server-speaks-clear-text", 100 * ms}, outcome{"starttls-not-offered", 60 * ms}, outcome{"", 60 * ms}},
	{"greeting after 5 s", 2525, wellBehaved(smtptest.Config{Mode: settings.StartTLS, GreetingDelay: 5 * s}),
		outcome{"server-speaks-starttls", 7*s + 40*ms}, outcome{"", 5*s + 120*ms}, outcome{"", 5*s + 60*ms}},
	{"greeting after 20 s", 2525, wellBehaved(smtptest.Config{Mode: settings.StartTLS, GreetingDelay: 20 * s}),
		outcome{"server-speaks-starttls", 22*s + 40*ms}, outcome{"", 20*s + 120*ms}, outcome{"", 20*s + 60*ms}},
	{"greeting in two parts", 2525, func(l *lab, port int) {
		l.play(port, smtptest.NewScript().Send("220-mail.example.test wait").Wait(6*s).Send("220 ready").
			Expect("EHLO").Send("250-mail.example.test", "250 STARTTLS").
			Expect("STARTTLS").Send("220 go ahead").StartTLS(certificate).
			Expect("EHLO").Send("250 mail.example.test"))
	}, outcome{"server-speaks-starttls", 6*s + 100*ms}, outcome{"", 6*s + 120*ms}, outcome{"", 6*s + 60*ms}},
	{"554 for early talkers", 2525, wellBehaved(smtptest.Config{Mode: settings.StartTLS, GreetingDelay: 5 * s, GreetPause: true}),
		outcome{"server-speaks-starttls", 5*s + 100*ms}, outcome{"", 5*s + 120*ms}, outcome{"", 5*s + 60*ms}},
	{"554 for early talkers on 25", 25, wellBehaved(smtptest.Config{Mode: settings.StartTLS, GreetingDelay: 15 * s, GreetPause: true}),
		outcome{"server-speaks-starttls", 15*s + 100*ms}, outcome{"", 15*s + 120*ms}, outcome{"", 15*s + 60*ms}},
	{"554 for early talkers on 465", 465, wellBehaved(smtptest.Config{Mode: settings.StartTLS, GreetingDelay: 5 * s, GreetPause: true}),
		outcome{"server-speaks-starttls", 5*s + 100*ms}, outcome{"", 5*s + 120*ms}, outcome{"", 5*s + 60*ms}},
	{"drops early talkers", 2525, wellBehaved(smtptest.Config{Mode: settings.StartTLS, GreetingDelay: 6 * s, DropEarlyTalkers: true}),
		outcome{"server-speaks-starttls", 6*s + 100*ms}, outcome{"", 6*s + 120*ms}, outcome{"", 6*s + 60*ms}},
	{"greets with 554", 2525, wellBehaved(smtptest.Config{Mode: settings.StartTLS, Greeting: "554 5.7.1 no service for you"}),
		outcome{"server-greets-in-clear", 80 * ms}, outcome{"greeting-refused", 40 * ms}, outcome{"greeting-refused", 40 * ms}},
	{"greets with 421", 2525, wellBehaved(smtptest.Config{Mode: settings.StartTLS, Greeting: "421 4.3.2 under repair"}),
		outcome{"server-greets-in-clear", 80 * ms}, outcome{"greeting-temporary", 40 * ms}, outcome{"greeting-temporary", 40 * ms}},
	{"greets with 554 inside TLS", 2525, wellBehaved(smtptest.Config{Mode: settings.Implicit, Greeting: "554 5.7.1 no service for you"}),
		outcome{"greeting-refused", 60 * ms}, outcome{"server-speaks-implicit-tls", 2*s + 40*ms}, outcome{"server-speaks-implicit-tls", 2*s + 40*ms}},
	{"black hole", 2525, func(l *lab, port int) { l.BlackHole(at(port)) },
		outcome{"connect-timeout", 10 * s}, outcome{"connect-timeout", 10 * s}, outcome{"connect-timeout", 10 * s}},
	{"closed port", 2525, func(*lab, int) {},
		outcome{"connect-refused", 40 * ms}, outcome{"connect-refused", 40 * ms}, outcome{"connect-refused", 40 * ms}},
	{"says nothing", 2525, other(smtptest.Mute),
		outcome{"handshake-timeout", 30 * s}, outcome{"greeting-timeout", 30 * s}, outcome{"greeting-timeout", 30 * s}},
	{"says nothing on 25", 25, other(smtptest.Mute),
		outcome{"handshake-timeout", 30 * s}, outcome{"greeting-timeout", 30 * s}, outcome{"greeting-timeout", 30 * s}},
	{"accepts and closes", 2525, other(smtptest.AcceptClose),
		outcome{"closed-in-handshake", 80 * ms}, outcome{"closed-before-greeting", 80 * ms}, outcome{"closed-before-greeting", 80 * ms}},
	{"accepts and resets", 2525, other(smtptest.AcceptReset),
		outcome{"closed-in-handshake", 80 * ms}, outcome{"closed-before-greeting", 80 * ms}, outcome{"closed-before-greeting", 80 * ms}},
	{"SSH", 2525, other(smtptest.SSH),
		outcome{"other-protocol", 40 * ms}, outcome{"other-protocol", 40 * ms}, outcome{"other-protocol", 40 * ms}},
	{"IMAP", 2525, other(smtptest.IMAP),
		outcome{"other-protocol", 40 * ms}, outcome{"other-protocol", 40 * ms}, outcome{"other-protocol", 40 * ms}},
	{"POP3", 2525, other(smtptest.POP3),
		outcome{"other-protocol", 40 * ms}, outcome{"other-protocol", 40 * ms}, outcome{"other-protocol", 40 * ms}},
	{"FTP", 2525, func(l *lab, port int) { l.play(port, dialogue("220 example.test FTP server ready")) },
		outcome{"other-protocol", 40 * ms}, outcome{"other-protocol", 40 * ms}, outcome{"other-protocol", 40 * ms}},
	{"HTTP", 2525, other(smtptest.HTTP),
		outcome{"other-protocol", 40 * ms}, outcome{"other-protocol", 2*s + 20*ms}, outcome{"other-protocol", 2*s + 20*ms}},
	{"HTTPS", 2525, other(smtptest.HTTPS),
		outcome{"tls-without-smtp", 2*s + 40*ms}, outcome{"tls-without-smtp", 5*s + 40*ms}, outcome{"tls-without-smtp", 5*s + 40*ms}},
}

func wellBehaved(cfg smtptest.Config) func(*lab, int) {
	return func(l *lab, port int) { l.serve(port, cfg) }
}

func other(kind smtptest.Other) func(*lab, int) {
	return func(l *lab, port int) { l.respond(port, kind, certificate) }
}

// If this fails, a server is taken for what it is not, is waited for in vain or
// not long enough, or is dialled more often than its limits may bear.
func TestRace(t *testing.T) {
	for _, test := range races {
		for mode, want := range map[settings.TLSMode]outcome{
			settings.Implicit: test.implicit,
			settings.StartTLS: test.starttls,
			settings.NoTLS:    test.none,
		} {
			t.Run(test.name+"/"+string(mode), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					l := newLab(t)
					test.serve(l, test.port)
					_, took, err := l.check(request(mode, test.port))
					if got := (outcome{codeOf(err), took}); got != want {
						t.Errorf("ended with %q after %v, want %q after %v", got.code, got.took, want.code, want.took)
					}
					if n := l.dialled(test.port); n > 2 {
						t.Errorf("%d connections to the port, want at most 2", n)
					}
				})
			})
		}
	}
}

// If this fails, a web server is not quoted by its own words alone, in whichever
// mode it was found to be one.
func TestForeignEvidence(t *testing.T) {
	for kind, want := range map[smtptest.Other]string{
		smtptest.SSH:   "the server said: SSH-",
		smtptest.HTTPS: "the server said: HTTP/1.1 400 ",
	} {
		for _, mode := range settings.TLSModes {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				other(kind)(l, 2525)
				_, _, err := l.check(request(mode, 2525))
				if seen := finding.Of(err).Seen; len(seen) == 0 || !strings.HasPrefix(seen[0], want) {
					t.Errorf("%v, %s: seen %q, want %q first", kind, mode, seen, want)
				}
			})
		}
	}
}

// If this fails, what the second connection saw is lost, though it may say what answers.
func TestSecondConnectionIsEvidence(t *testing.T) {
	for name, test := range map[string]struct {
		second *smtptest.Script
		want   string
	}{
		"nonsense": {smtptest.NewScript().Send("220 hi").NextConnection().Send("what?"), "a second connection, in the other mode: the server said: what?\n"},
		"closed":   {smtptest.NewScript().Send("220 hi").NextConnection().Close(), "a second connection, in the other mode: instead of answering the connection, the server closed the connection\n"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.play(2525, test.second)
				_, _, err := l.check(request(settings.Implicit, 2525))
				if f := finding.Of(err); f.Code != "clear-text-in-handshake" || !strings.Contains(f.Detail(), test.want) {
					t.Errorf("%s: %q is not in\n%s", f.Code, test.want, f.Detail())
				}
			})
		})
	}
}

// If this fails, a person who declared the wrong mode is not shown what proves
// it: the greeting that met the TLS handshake, or the handshake that succeeded.
// From when the first connection stands, the greeting in clear text costs four
// round trips: ClientHello, a new connection, greeting, EHLO.
func TestWrongModeEvidence(t *testing.T) {
	for _, test := range []struct {
		name    string
		port    int
		serves  settings.TLSMode
		mode    settings.TLSMode
		took    time.Duration // from when the first connection stands
		seen    string
		summary string
		fix     string
	}{
		{
			"STARTTLS port declared implicit", 587, settings.StartTLS, settings.Implicit, 4 * rtt,
			"greeting: 220 mail.example.test ESMTP ready",
			`Port 587 of mail.example.test offers STARTTLS, but tls_mode is "implicit"`,
			"tls_mode = \"starttls\"\nport     = 587",
		},
		{
			"implicit-TLS port declared starttls", 465, settings.Implicit, settings.StartTLS, 250 * ms,
			"a second connection began with TLS: the handshake succeeded (TLS 1.3, certificate for mail.example.test)",
			`Port 465 of mail.example.test speaks TLS from the first byte, but tls_mode is "starttls"`,
			"tls_mode = \"implicit\"\nport     = 465",
		},
		{
			"implicit-TLS port declared none, not a standard one", 2525, settings.Implicit, settings.NoTLS, 2*s + rtt,
			"greeting: 220 mail.example.test ESMTP ready",
			`Port 2525 of mail.example.test speaks TLS from the first byte, but tls_mode is "none"`,
			"tls_mode = \"implicit\"\nport     = 2525",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.serve(test.port, smtptest.Config{Mode: test.serves})
				_, took, err := l.check(request(test.mode, test.port))
				f := finding.Of(err)
				if took -= rtt; took != test.took {
					t.Errorf("took %v, want %v", took, test.took)
				}
				if f.Summary != test.summary || f.Fixes[0].String() != test.fix {
					t.Errorf("%s\n%s", f.Summary, f.Fixes)
				}
				if !strings.Contains(f.Detail(), test.seen+"\n") {
					t.Errorf("%q is not in\n%s", test.seen, f.Detail())
				}
			})
		})
	}
}

// If this fails, a server that speaks TLS first, and hangs up on clients that are silent, is
// reported as one that doesn't work.
func TestImplicitServerGivesUpFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.play(2525, smtptest.NewScript().Wait(s).Close().NextConnection().StartTLS(certificate).Send("220 mail.example.test ready"))
		_, took, err := l.check(request(settings.StartTLS, 2525))
		if codeOf(err) != "server-speaks-implicit-tls" || took != s+5*rtt {
			t.Errorf("%v after %v", err, took)
		}
	})
}

// If this fails, servers that greet late are punished for it: the second
// connection spoke although nothing was wrong, and its failure ended the first.
func TestFirstConnectionOutlivesDoubt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		server := l.serve(465, smtptest.Config{Mode: settings.StartTLS, GreetingDelay: 29 * s, GreetPause: true})
		report, took, err := l.check(request(settings.StartTLS, 465))
		if err != nil || took != 29*s+6*rtt {
			t.Fatalf("%v after %v", err, took)
		}
		if got := server.Record(); got.Connections != 2 || got.Handshakes != 1 {
			t.Errorf("%d connections, %d handshakes; want 2 and 1", got.Connections, got.Handshakes)
		}
		if report.Greeting != "mail.example.test ESMTP ready" || report.TLS == nil || report.TLS.Version != "1.3" {
			t.Errorf("%+v", report)
		}
	})
}
