package probe_test

import (
	"strings"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

func hostile() *smtptest.Script { return smtptest.NewScript() }

// welcomed is as far as the greeting; the others go on from there.
func welcomed() *smtptest.Script { return hostile().Send("220 mail.example.test ESMTP") }

func offered(m settings.Mechanism) *smtptest.Script {
	return welcomed().Expect("EHLO ").Send("250-mail.example.test", "250-STARTTLS", "250 AUTH "+string(m))
}

func agreed(m settings.Mechanism) *smtptest.Script { return offered(m).Expect("STARTTLS") }

func encrypted(m settings.Mechanism) *smtptest.Script {
	return agreed(m).Send("220 go").StartTLS(certificate).Expect("EHLO ")
}

// always is a script that is the same for every mechanism.
func always(s *smtptest.Script) func(settings.Mechanism) *smtptest.Script {
	return func(settings.Mechanism) *smtptest.Script { return s }
}

// moments are the points before the login at which a server can misbehave: what
// leads there, and the step that then waits for its reply.
var moments = []struct {
	name  string
	begin func(settings.Mechanism) *smtptest.Script
	step  string
}{
	{"at the greeting", func(settings.Mechanism) *smtptest.Script { return hostile() }, "greeting"},
	{"after EHLO", func(settings.Mechanism) *smtptest.Script { return welcomed().Expect("EHLO ") }, "EHLO"},
	{"after STARTTLS", agreed, "STARTTLS"},
	{"after EHLO under TLS", encrypted, "EHLO"},
}

const (
	plenty  = 1 << 19 // of lines, or of bytes of a line that does not end
	forever = 1000    // of pauses, each long
)

// floods are ways to say too much or too slowly.
var floods = []struct {
	name string
	add  func(*smtptest.Script) *smtptest.Script
	want finding.Code
}{
	{"lines without end", func(s *smtptest.Script) *smtptest.Script { return s.Flood("220-more", plenty) }, "reply-too-many-lines"},
	{"long lines without end", func(s *smtptest.Script) *smtptest.Script {
		return s.Flood("220-"+strings.Repeat("more ", 800), plenty/1000)
	}, "reply-too-large"},
	{"a line without end", func(s *smtptest.Script) *smtptest.Script { return s.SendRaw(endless) }, "reply-line-too-long"},
	{"NUL, ESC and bidi", func(s *smtptest.Script) *smtptest.Script {
		return s.Send("554-5.7.1 \x00\x07\x1b[2J\x1b]0;owned\x07", "554-\u202egnp.exe \u200b\u2066", "554 \xff\xfe\xc3\x28 \rerror: forged")
	}, ""},
	{"control characters in no reply", func(s *smtptest.Script) *smtptest.Script { return s.SendRaw("\x1b[2J\u202e\x00\xff\r\n") }, "reply-garbled"},
	{"codes that differ", func(s *smtptest.Script) *smtptest.Script { return s.Send("220-a\u202e", "250 b\x1b[m") }, "reply-codes-differ"},
}

// endless is made once, so that it does not count as the engine's memory.
var endless = strings.Repeat("x", plenty)

// If a case fails, a server that says too much before the login fills the memory, or
// gets through to the terminal.
func TestAttackFloods(t *testing.T) {
	refused := map[string]finding.Code{"greeting": "greeting-refused", "EHLO": "ehlo-refused", "STARTTLS": "starttls-refused"}
	for _, at := range moments {
		var attacks []attack
		for _, f := range floods {
			want := f.want
			if want == "" {
				want = refused[at.step]
			}
			if want == "reply-garbled" && at.step == "greeting" {
				want = "reply-malformed" // nothing shows yet that it is a mail server
			}
			attacks = append(attacks, attack{
				name: f.name + " " + at.name, want: want, untrusted: true,
				serve: func(m settings.Mechanism) *smtptest.Script { return f.add(at.begin(m)) },
			})
		}
		survive(t, attacks, settings.Mechanisms())
	}
}

// If a case fails, a server that is slow on purpose takes more time than the budget.
func TestAttackSlowness(t *testing.T) {
	late := map[string]finding.Code{"greeting": "greeting-timeout", "EHLO": "reply-timeout", "STARTTLS": "reply-timeout"}
	for _, at := range moments {
		survive(t, []attack{
			{name: "a byte a second " + at.name, want: "reply-unfinished", untrusted: true,
				serve: func(m settings.Mechanism) *smtptest.Script {
					return at.begin(m).Drip(strings.Repeat("2", forever), time.Second)
				}},
			{name: "a line a second " + at.name, want: "reply-unfinished", untrusted: true,
				serve: func(m settings.Mechanism) *smtptest.Script {
					s := at.begin(m)
					for range 60 {
						s.Send("220-wait").Wait(time.Second)
					}
					return s
				}},
			{name: "silence " + at.name, want: late[at.step], untrusted: true,
				serve: func(m settings.Mechanism) *smtptest.Script { return at.begin(m).Silent() }},
		}, settings.Mechanisms())
	}
	survive(t, []attack{
		{name: "a byte a second of a handshake", want: "handshake-timeout", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return agreed(m).Send("220 go").Drip("\x16\x03\x03\x3f\xff"+strings.Repeat("\x00", forever), time.Second)
			}},
		{name: "silence in the handshake", want: "handshake-timeout", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script { return agreed(m).Send("220 go").Silent() }},
		{name: "a byte a second of an implicit handshake", mode: settings.Implicit, want: "handshake-timeout", untrusted: true,
			serve: always(hostile().Drip("\x16\x03\x03\x3f\xff"+strings.Repeat("\x00", forever), time.Second))},
	}, settings.Mechanisms())
}

// If a case fails, a login goes over a connection that is not, or not only, encrypted
// by the declared server.
func TestAttackStartTLS(t *testing.T) {
	attacks := []attack{
		{name: "replies behind the 220", want: "starttls-injection", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return agreed(m).Send("220 go", "250-mail.example.test", "250 AUTH PLAIN LOGIN")
			}},
		{name: "half a reply behind the 220", want: "starttls-injection", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script { return agreed(m).SendRaw("220 go\r\n2") }},
		{name: "replies behind the 220 later", want: "clear-text-in-handshake", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return agreed(m).Send("220 go").Wait(latency).Send("250-mail.example.test", "250 AUTH PLAIN LOGIN")
			}},
		{name: "STARTTLS taken out", want: "starttls-not-offered", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return welcomed().Expect("EHLO ").Send("250-mail.example.test", "250 AUTH "+string(m))
			}},
		{name: "STARTTLS overwritten", want: "starttls-blanked", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return welcomed().Expect("EHLO ").Send("250-mail.example.test", "250-XXXXXXXA", "250 AUTH "+string(m))
			}},
		{name: "only HELO", want: "starttls-not-offered", untrusted: true,
			serve: always(welcomed().Expect("EHLO ").Send("502 what?").Expect("HELO ").Send("250 mail.example.test"))},
		{name: "neither EHLO nor HELO", want: "ehlo-refused", untrusted: true,
			serve: always(welcomed().Expect("EHLO ").Send("502 what?").Expect("HELO ").Send("502 what?"))},
		{name: "clear text after the 220", want: "clear-text-in-handshake", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return agreed(m).Send("220 go").Wait(latency).Send("250-mail.example.test", "250 AUTH PLAIN")
			}},
		{name: "no TLS after the 220", want: "clear-text-in-handshake", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return agreed(m).Send("220 go").Wait(5 * latency).SendRaw("\u202e\x1b[31m\x00 what?\r\n")
			}},
		{name: "no EHLO under TLS", want: "ehlo-refused", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return encrypted(m).Send("503 you said that").Expect("HELO ").Send("503 you said that")
			}},
		{name: "the list from before TLS", want: "auth-not-offered", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return encrypted(m).Send("250-mail.example.test", "250-STARTTLS", "250-AUTH", "250 SIZE")
			}},
		{name: "a mechanism from before TLS", want: "auth-mechanism-not-offered", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return encrypted(m).Send("250-mail.example.test", "250 AUTH DIGEST-MD5 GSSAPI")
			}},
	}
	for reply, want := range map[string]finding.Code{
		"454 4.7.0 no key": "starttls-unavailable", "421 4.3.2 bye": "session-ended",
		"502 what?": "starttls-refused", "354 go on": "reply-unexpected", "500 what?": "starttls-refused",
		"501 what?": "starttls-refused", "530 no": "starttls-refused", "250 ok": "reply-unexpected",
		"221 bye": "reply-unexpected", "235 welcome": "reply-unexpected", "334 eA==": "reply-unexpected",
		"299 ok": "reply-unexpected", "554 no": "starttls-refused",
	} {
		attacks = append(attacks, attack{name: "STARTTLS answered with " + reply[:3], want: want, untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return agreed(m).Send(reply).Answer(func(string) string { return "250 AUTH " + string(m) })
			}})
	}
	survive(t, attacks, settings.Mechanisms())
}

// If a case fails, a reply that lies ready is taken for the answer to a command,
// or an end in the middle for something else.
func TestAttackOutOfStep(t *testing.T) {
	survive(t, []attack{
		{name: "two replies at once", want: "protocol-desync", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return hostile().Send("220 mail.example.test", "250-mail.example.test", "250 AUTH "+string(m)).Silent()
			}},
		{name: "a reply before STARTTLS", want: "protocol-desync", untrusted: true,
			serve: always(welcomed().Expect("EHLO ").Send("250-mail.example.test", "250 STARTTLS", "220 go").Silent())},
		{name: "a 235 before AUTH", want: "protocol-desync", untrusted: true,
			serve: func(m settings.Mechanism) *smtptest.Script {
				return encrypted(m).Send("250-mail.example.test", "250 AUTH "+string(m), "235 welcome").Silent()
			}},
	}, settings.Mechanisms())
	ends := []struct {
		name string
		add  func(*smtptest.Script) *smtptest.Script
		want map[string]finding.Code
	}{
		{"421", func(s *smtptest.Script) *smtptest.Script { return s.Send("421 4.3.2 bye") },
			map[string]finding.Code{"greeting": "greeting-temporary", "": "session-ended"}},
		{"the end without a word", (*smtptest.Script).Close,
			map[string]finding.Code{"greeting": "closed-before-greeting", "": "connection-closed"}},
		{"a reset", (*smtptest.Script).Reset,
			map[string]finding.Code{"greeting": "closed-before-greeting", "": "connection-closed"}},
		{"half a line", func(s *smtptest.Script) *smtptest.Script { return s.SendRaw("250 hal") },
			map[string]finding.Code{"": "reply-cut"}},
		{"half a reply", func(s *smtptest.Script) *smtptest.Script { return s.Send("250-hal") },
			map[string]finding.Code{"greeting": "closed-before-greeting", "": "connection-closed"}},
	}
	for _, at := range moments {
		for _, end := range ends {
			want, special := end.want[at.step]
			if !special {
				want = end.want[""]
			}
			survive(t, []attack{{name: end.name + " " + at.name, want: want, untrusted: true,
				serve: func(m settings.Mechanism) *smtptest.Script { return end.add(at.begin(m)) }}}, settings.Mechanisms())
		}
	}
}
