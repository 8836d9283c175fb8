package probe_test

import (
	"slices"
	"testing"
	"testing/synctest"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/rules"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// scene is a server, or several, and a request that meets it.
type scene struct {
	name    string
	prepare func(*lab)
	request probe.Request

	// next is the error that this server has for clients in each mode that do what it
	// wants otherwise; "*" stands for each, where the server is a script that can't
	// follow an edit.
	next map[settings.TLSMode]finding.Code
}

// anything is where a script says its lines whatever the client does.
var anything = map[settings.TLSMode]finding.Code{settings.Implicit: "*", settings.StartTLS: "*", settings.NoTLS: "*"}

// scenes are what the tables of this package hold.
func scenes() []scene {
	var all []scene
	add := func(name string, next map[settings.TLSMode]finding.Code, r probe.Request, change func(*probe.Request), prepare func(*lab)) {
		if change != nil {
			change(&r)
		}
		all = append(all, scene{name, prepare, r, next})
	}
	for _, race := range races {
		next := map[settings.TLSMode]finding.Code{
			settings.Implicit: race.implicit.code, settings.StartTLS: race.starttls.code, settings.NoTLS: race.none.code,
		}
		for _, mode := range settings.TLSModes {
			add(race.name, next, request(mode, race.port), nil, func(l *lab) { race.serve(l, race.port) })
		}
	}
	for _, reply := range replies {
		add(string(reply.want), anything, request(settings.NoTLS, 2525), reply.change, func(l *lab) { l.play(2525, reply.script) })
	}
	for _, mode := range []settings.TLSMode{settings.Implicit, settings.StartTLS} {
		for _, test := range handshakes {
			add(test.name, nil, request(mode, 2525), test.change, func(l *lab) {
				cfg := test.server
				cfg.Mode = mode
				l.serve(2525, cfg)
			})
		}
		for _, test := range warned {
			add(test.name, nil, request(mode, 2525), test.change, func(l *lab) {
				cfg := test.server
				cfg.Mode = mode
				l.serve(2525, cfg)
			})
		}
	}
	for _, test := range tlsAnswers {
		add(string(test.want), anything, request(settings.Implicit, 2525), nil, func(l *lab) {
			l.play(2525, smtptest.NewScript().Wait(rtt).SendRaw(test.answer))
		})
	}
	for _, test := range elsewheres() {
		add(test.name, test.next, withLogin(request(settings.StartTLS, test.port), "pencil"), nil, func(l *lab) {
			for port, serve := range test.ports {
				serve(l, port)
			}
		})
	}
	cures := smtptest.Config{Mode: settings.Implicit, Mechanisms: []settings.Mechanism{settings.Plain}, Users: map[string]string{"app": "pencil"}}
	add("implicit TLS on 587", nil, request(settings.StartTLS, 587), nil, func(l *lab) { l.serve(587, cures) })
	add("another mechanism", nil, request(settings.Implicit, 2525), mechanism(settings.CRAMMD5), func(l *lab) { l.serve(2525, cures) })
	for _, names := range [][]string{{"imap.example.test", "smtp.example.test"}, {"www.example.test", "imap.example.test", "smtp.example.test"}} {
		add("several names", nil, request(settings.Implicit, 2525), nil, func(l *lab) {
			l.serve(2525, smtptest.Config{Mode: settings.Implicit, Certificate: leaf(smtptest.Leaf{Names: names})})
		})
	}
	for name, traits := range map[string]smtptest.Leaf{
		"another name, expired":          {Names: []string{"smtp.example.test"}, NotAfter: midnight.Add(-day)},
		"another name, signed by itself": {Names: []string{"smtp.example.test"}, SelfSigned: true},
	} {
		add(name, nil, request(settings.Implicit, 2525), nil, func(l *lab) {
			l.serve(2525, smtptest.Config{Mode: settings.Implicit, Certificate: leaf(traits)})
		})
	}
	add("no login", nil, request(settings.Implicit, 2525), password, func(l *lab) { l.serve(2525, smtptest.Config{Mode: settings.Implicit}) })
	return all
}

// fewestCured is how many edits the scenes lead to.
const fewestCured = 50

// declared returns settings from which the request comes.
func declared(r probe.Request) settings.Settings {
	s := settings.Settings{
		Host: settings.Of(r.Host.Name), Port: settings.Of(int64(r.Port)), TLSMode: settings.Of(r.Mode),
		EHLOName: settings.Of(r.EHLOName), Verify: settings.Of(r.Verify), Timeout: settings.Of(r.Timeout.String()),
	}
	word(&s.CACertPEM, r.Trust.RootsPEM)
	word(&s.ClientCertPEM, r.Trust.ClientCertPEM)
	word(&s.Username, r.Credentials.Username)
	word(&s.AuthMechanism, r.Mechanism)
	word(&s.From, r.From)
	if r.Trust.ServerName != r.Host.Name {
		word(&s.TLSServerName, r.Trust.ServerName)
	}
	if r.Trust.MinVersion != settings.DefaultTLSMin {
		word(&s.TLSMinVersion, r.Trust.MinVersion)
	}
	if r.Trust.Insecure {
		s.Insecure = settings.Of(true)
	}
	if r.RcptTo != nil {
		s.RcptTo = settings.Of(r.RcptTo)
	}
	if r.Trust.ClientKeyPEM.Reveal() != "" {
		s.ClientKeyPEM = settings.Of(r.Trust.ClientKeyPEM)
	}
	if r.Credentials.Password.Reveal() != "" {
		s.Password = settings.Of(r.Credentials.Password)
	}
	if r.Credentials.AccessToken.Reveal() != "" {
		s.AccessToken = settings.Of(r.Credentials.AccessToken)
	}
	return s
}

func word[T ~string](to *settings.Value[T], text T) {
	if text != "" {
		*to = settings.Of(text)
	}
}

// found checks settings in a scene and returns the findings, the error first.
func (sc scene) found(t *testing.T, s settings.Settings) (all []finding.Finding) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		for _, name := range []string{sc.request.Host.Name, "smtp.example.test", "imap.example.test", "www.example.test"} {
			l.Names[name] = []string{address}
		}
		sc.prepare(l)
		report, _, err := l.check(probe.NewRequest(s))
		if err != nil {
			all = append(all, finding.Of(err))
		}
		if report != nil {
			all = append(all, report.Warnings...)
		}
	})
	return all
}

// TestEveryEditCuresAtApply would fail if an edit that the diagnosis of a server
// proposes did not end that finding at the same server, or led to another error there.
// It prints what it made and what it left out.
func TestEveryEditCuresAtApply(t *testing.T) {
	cured, placeholders := 0, 0
	instructed := map[finding.Code]bool{}
	for _, sc := range scenes() {
		s := declared(sc.request)
		for _, f := range sc.found(t, s) {
			f = rules.Sound(s, f)
			if dropped := f.Dropped(); dropped != nil {
				t.Errorf("%s, %s lacks a fact for %q", sc.name, f.Code, dropped)
			}
			if !slices.ContainsFunc(f.Fixes, finding.Fix.IsEdit) {
				instructed[f.Code] = true
			}
			for _, fix := range f.Fixes {
				switch {
				case !fix.IsEdit():
					continue
				case fix.Placeholder:
					placeholders++
					continue
				}
				cured++
				after := s.Edited(fix)
				for _, now := range sc.found(t, after) {
					next := sc.next[after.ResolvedMode().Or("")]
					if now.Code == f.Code || now.Severity == finding.SeverityError && next != "*" && next != now.Code {
						t.Errorf("%s, %s: %s after\n%s", sc.name, f.Code, now.Code, fix)
					}
				}
			}
		}
	}
	if cured < fewestCured {
		t.Errorf("only %d edits", cured)
	}
	t.Logf("apply: %d edits applied and cured, %d with placeholders left out, %d findings with instructions alone", cured, placeholders, len(instructed))
}
