package probe_test

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

const notAgain = "that was the answer to another check of this run; the same login was not made again"

// loginServer knows the user app with the password pencil.
func (l *lab) loginServer(port int) *smtptest.Server {
	return l.serve(port, smtptest.Config{
		Mode: settings.Implicit, Users: map[string]string{"app": "pencil"},
		Mechanisms: []settings.Mechanism{settings.Plain, settings.Login},
	})
}

// all runs the requests side by side and returns how they ended.
func (l *lab) all(requests ...probe.Request) []error {
	errs := make([]error, len(requests))
	var running sync.WaitGroup
	for i, r := range requests {
		running.Go(func() { _, errs[i] = l.engine.Run(l.t.Context(), r) })
	}
	running.Wait()
	return errs
}

// If this fails, every resource with the same wrong password costs a login of its
// own, and the account gets locked.
func TestRefusedLoginIsMadeOnce(t *testing.T) {
	for name, run := range map[string]func(l *lab, r probe.Request) []error{
		"one after another": func(l *lab, r probe.Request) []error {
			return append(append(l.all(r), l.all(r)...), l.all(r)...)
		},
		"side by side": func(l *lab, r probe.Request) []error { return l.all(r, r, r) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				server := l.loginServer(465)
				shared := 0
				for _, err := range run(l, withLogin(request(settings.Implicit, 465), "wrong")) {
					f := finding.Of(err)
					if f.Code != "auth-rejected" || !strings.Contains(f.Detail(), " 535 5.7.8 Authentication credentials invalid") {
						t.Errorf("%s\n%s", f.Code, f.Detail())
					}
					if strings.Contains(f.Detail(), notAgain+"\n") {
						shared++
					}
				}
				if got := server.Record(); got.AuthCommands != 1 || got.Connections != 3 || shared != 2 {
					t.Errorf("%d AUTH on %d connections, %d shared; want 1 on 3, 2 shared", got.AuthCommands, got.Connections, shared)
				}
			})
		})
	}
}

// If this fails, a refusal counts for a login that might have succeeded: another
// secret, user, mechanism, server, or one whose certificate is verified.
func TestOtherLoginsAreMade(t *testing.T) {
	for name, change := range map[string]func(*probe.Request){
		"password":  func(r *probe.Request) { r.Credentials.Password = secret.New("wrong too") },
		"token":     func(r *probe.Request) { accessToken(r); r.Credentials.Password, r.Mechanism = secret.String{}, "" },
		"user":      func(r *probe.Request) { r.Credentials.Username = "ap" },
		"mechanism": func(r *probe.Request) { r.Mechanism = settings.Login },
		"port":      func(r *probe.Request) { r.Port = 2587 },
		"mode":      func(r *probe.Request) { r.Mode = settings.NoTLS },
		"client":    clientCertificate,
		"insecure":  func(r *probe.Request) { r.Trust.Insecure = true },
		"roots":     func(r *probe.Request) { r.Trust.RootsPEM += "\n" },
		"name":      func(r *probe.Request) { r.Trust.ServerName = "MAIL.example.test" },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				cfg := smtptest.Config{Mode: settings.StartTLS, AuthBeforeTLS: true, Users: map[string]string{"app": "pencil"},
					Mechanisms: []settings.Mechanism{settings.Plain, settings.Login, settings.XOAuth2}}
				one, two := l.serve(587, cfg), l.serve(2587, cfg)
				r := withLogin(request(settings.StartTLS, 587), "wrong")
				r.Mechanism = settings.Plain
				changed := r
				change(&changed)
				l.all(r)
				l.all(changed)
				if got := one.Record().AuthCommands + two.Record().AuthCommands; got != 2 {
					t.Errorf("%d AUTH, want 2", got)
				}
			})
		})
	}
}

// If this fails, a check passes without a login of its own, or checks of one account wait
// for each other.
func TestRightLoginIsMadeByEach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		server := l.loginServer(465)
		r := withLogin(request(settings.Implicit, 465), "pencil")
		for _, err := range append(l.all(r, r, r), l.all(r)...) {
			if err != nil {
				t.Error(err)
			}
		}
		if got := server.Record(); len(got.Logins) != 4 {
			t.Errorf("%d logins, want 4", len(got.Logins))
		}
	})
}

// asking is how a server begins that answers AUTH after five seconds.
func asking(s *smtptest.Script) *smtptest.Script {
	return s.Send("220 ready").Expect("EHLO").Send("250-mail.example.test", "250 AUTH PLAIN").Expect("AUTH PLAIN").Wait(5 * time.Second)
}

// If this fails, a login that ended without an answer speaks for others: those
// that wait for it fail with it, or the next ones don't ask.
func TestOnlyAnswersAreShared(t *testing.T) {
	const refusal = "535 5.7.8 no"
	r := withLogin(request(settings.NoTLS, 2525), "pencil")
	for _, test := range []struct {
		name   string
		first  *smtptest.Script // how the first login ends; the others are refused
		cancel time.Duration    // when the first check is cancelled
		want   [3]finding.Code
		auths  int
	}{
		{"cancelled", asking(smtptest.NewScript()), time.Second, [3]finding.Code{"check-cancelled", "auth-rejected", "auth-rejected"}, 2},
		{"closed", asking(smtptest.NewScript()).Close(), 0, [3]finding.Code{"auth-closed", "auth-rejected", "auth-rejected"}, 2},
		{"service closing", asking(smtptest.NewScript()).Send("421 4.3.2 shutting down"), 0, [3]finding.Code{"server-closing", "auth-rejected", "auth-rejected"}, 2},
		{"accepted", asking(smtptest.NewScript()).Send("235 2.7.0 yes"), 0, [3]finding.Code{"", "auth-rejected", "auth-rejected"}, 3},
		{"a temporary no", asking(smtptest.NewScript()).Send("454 4.7.0 later"), 0, [3]finding.Code{"auth-temporary", "auth-temporary", "auth-temporary"}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				server := l.play(2525, asking(test.first.NextConnection()).Send(refusal))
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				if test.cancel > 0 {
					time.AfterFunc(test.cancel, cancel)
				}
				var codes [3]finding.Code
				var running sync.WaitGroup
				for i := range codes {
					running.Go(func() {
						mine := t.Context()
						if i == 0 {
							mine = ctx
						}
						_, err := l.engine.Run(mine, r)
						codes[i] = codeOf(err)
					})
					time.Sleep(time.Millisecond)
				}
				running.Wait()
				if codes != test.want || server.Auths() != test.auths {
					t.Errorf("%q with %d AUTH, want %q with %d", codes, server.Auths(), test.want, test.auths)
				}
			})
		})
	}
}

// If this fails, a login that the client never made, because the server was out of step
// before it, speaks for others.
func TestLoginThatWasNotMadeIsNotShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		server := l.play(2525, extend(dialogue(greeted+"250-mail.example.test; 250 AUTH PLAIN; 250 more").NextConnection(), asked+"AUTH PLAIN | 235 2.7.0 yes"))
		r := withLogin(request(settings.NoTLS, 2525), "pencil")
		r.Mechanism = settings.Plain
		for i, want := range []finding.Code{"protocol-desync", ""} {
			if got := codeOf(l.all(r)[0]); got != want {
				t.Errorf("check %d: %q, want %q", i, got, want)
			}
		}
		if server.Auths() != 1 {
			t.Errorf("%d AUTH, want 1", server.Auths())
		}
	})
}

var askedAll = strings.Replace(asked, "AUTH PLAIN", "AUTH PLAIN SCRAM-SHA-256", 1)

// If this fails, five resources with the same login cost five attempts because of
// the words in which the server says no: each one counts against the account, and
// the next is refused as well.
func TestEveryAnswerIsShared(t *testing.T) {
	const refused = "334 eyJzdGF0dXMiOiI0MDEifQ==" // {"status":"401"}
	token := func(r *probe.Request) { accessToken(r); r.Mechanism = settings.XOAuth2 }
	scram := mechanism(settings.ScramSHA256)
	for name, test := range map[string]struct {
		change func(*probe.Request)
		script string
		want   finding.Code
	}{
		"535":                                  {mechanism(settings.Plain), "AUTH PLAIN | 535 5.7.8 no", "auth-rejected"},
		"421 4.7.0":                            {mechanism(settings.Plain), "AUTH PLAIN | 421 4.7.0 too many failed logins", "auth-throttled"},
		"421 without a code":                   {mechanism(settings.Plain), "AUTH PLAIN | 421 go away", "auth-temporary-refused"},
		"454":                                  {mechanism(settings.Plain), "AUTH PLAIN | 454 4.7.0 later", "auth-temporary"},
		"250":                                  {mechanism(settings.Plain), "AUTH PLAIN | 250 2.0.0 OK", "auth-reply-unexpected"},
		"354":                                  {mechanism(settings.Plain), "AUTH PLAIN | 354 go on", "auth-reply-unexpected"},
		"no reply at all":                      {mechanism(settings.Plain), "AUTH PLAIN | what?", "reply-garbled"},
		"challenge that is no base64":          {mechanism(settings.CRAMMD5), "AUTH CRAM-MD5 | 334 %% | * | 501 cancelled", "auth-challenge-not-base64"},
		"challenge too many":                   {mechanism(settings.Plain), "AUTH PLAIN | 334 | * | 501 cancelled", "auth-challenge-unexpected"},
		"235 too early":                        {mechanism(settings.Login), "AUTH LOGIN | 235 2.7.0 yes", "auth-accepted-early"},
		"error challenge, 535":                 {token, "AUTH XOAUTH2 | " + refused + " |  | 535 5.7.8 no", "oauth2-token-rejected"},
		"error challenge, 421":                 {token, "AUTH XOAUTH2 | " + refused + " |  | 421 4.7.0 bye", ""},
		"error challenge, 421 of the system":   {token, "AUTH XOAUTH2 | " + refused + " |  | 421 4.3.2 bye", ""},
		"error challenge, another challenge":   {token, "AUTH XOAUTH2 | " + refused + " |  | 334 | * | 501 no", "auth-too-many-rounds"},
		"error in SCRAM, another challenge":    {scram, "AUTH SCRAM-SHA-256 | 334 ZT11bmtub3duLXVzZXI= |  | 334 | * | 501 no", "auth-too-many-rounds"},
		"error in SCRAM":                       {scram, "AUTH SCRAM-SHA-256 | 334 ZT11bmtub3duLXVzZXI= |  | 535 5.7.8 no", "auth-rejected"},
		"success without the proof of a SCRAM": {scram, "AUTH SCRAM-SHA-256 | 235 2.7.0 yes", "scram-signature-missing"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				r := withLogin(request(settings.NoTLS, 2525), "pencil")
				test.change(&r)
				script := dialogue(askedAll + test.script)
				for range 4 {
					script = extend(script.NextConnection(), askedAll+test.script)
				}
				server := l.play(2525, script)
				first := l.all(r)
				for i, err := range append(first, l.all(r, r, r, r)...) {
					f := finding.Of(err)
					if test.want != "" && f.Code != test.want {
						t.Errorf("check %d: %q, want %q", i, f.Code, test.want)
					}
					if again := strings.Contains(f.Detail(), notAgain); again != (i > 0) {
						t.Errorf("check %d:\n%s", i, f.Detail())
					}
				}
				if server.Auths() != 1 {
					t.Errorf("%d AUTH, want 1", server.Auths())
				}
			})
		})
	}
}

// If this fails, the number of challenges is made up, or what the server said of
// the token before it went on asking is lost.
func TestRoundsAreCounted(t *testing.T) {
	token := func(r *probe.Request) { accessToken(r); r.Mechanism = settings.XOAuth2 }
	for name, test := range map[string]struct {
		change func(*probe.Request)
		script string
		says   []string
	}{
		"after a token was refused": {token, "AUTH XOAUTH2 | 334 eyJzdGF0dXMiOiI0MDEifQ== |  | 334 | * | 501 no",
			[]string{"at challenge number 2.", "of the token: status 401", "rejected the access token with the status 401"}},
		"after an error of SCRAM": {mechanism(settings.ScramSHA256), "AUTH SCRAM-SHA-256 | 334 ZT11bmtub3duLXVzZXI= |  | 334 | * | 501 no",
			[]string{"at challenge number 2.", "the server's reason within SCRAM: unknown-user"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				r := withLogin(request(settings.NoTLS, 2525), "pencil")
				test.change(&r)
				l.play(2525, dialogue(askedAll+test.script))
				detail := finding.Of(l.all(r)[0]).Detail()
				for _, want := range test.says {
					if !strings.Contains(detail, want) {
						t.Errorf("%q is missing from\n%s", want, detail)
					}
				}
			})
		})
	}
}

// If this fails, a password that was changed in the middle of a run is tried
// against the server again and again.
func TestRefusedAfterAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		server := l.play(2525, asking(asking(smtptest.NewScript()).Send("235 2.7.0 yes").NextConnection()).Send("535 5.7.8 no"))
		r := withLogin(request(settings.NoTLS, 2525), "pencil")
		for i, want := range []finding.Code{"", "auth-rejected", "auth-rejected"} {
			if got := codeOf(l.all(r)[0]); got != want {
				t.Errorf("check %d: %q, want %q", i, got, want)
			}
		}
		if server.Auths() != 2 {
			t.Errorf("%d AUTH, want 2", server.Auths())
		}
	})
}

// If this fails, a login without an answer makes others forget a refusal: after
// one that passed, they run side by side.
func TestRefusalOutlastsSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		refused := asking(asking(smtptest.NewScript()).Send("235 2.7.0 yes").NextConnection()).Send("535 5.7.8 no")
		server := l.play(2525, asking(refused.NextConnection()).Close())
		r := withLogin(request(settings.NoTLS, 2525), "pencil")
		codes := []finding.Code{codeOf(l.all(r)[0])}
		var running sync.WaitGroup
		var side [2]finding.Code
		for i := range side {
			running.Go(func() { side[i] = codeOf(l.all(r)[0]) })
			time.Sleep(time.Millisecond)
		}
		running.Wait()
		codes = append(append(codes, side[:]...), codeOf(l.all(r)[0]))
		if want := []finding.Code{"", "auth-rejected", "auth-closed", "auth-rejected"}; !slices.Equal(codes, want) || server.Auths() != 3 {
			t.Errorf("%q with %d AUTH, want %q with 3", codes, server.Auths(), want)
		}
	})
}

// If this fails, a check waits for another one's login longer than its timeout, or the
// evidence does not say what it waited for.
func TestWaitForLoginEndsWithTheBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		server := l.play(2525, asking(smtptest.NewScript()).Silent())
		r := withLogin(request(settings.NoTLS, 2525), "pencil")
		go func() { _, _ = l.engine.Run(t.Context(), r) }()
		time.Sleep(time.Second)
		second := r
		second.Timeout = 2 * time.Second
		_, took, err := l.check(second)
		if f := finding.Of(err); f.Code != "reply-timeout" || took != 2*time.Second ||
			!strings.Contains(f.Detail(), "another check of this run makes the same login, and had no answer yet\n") {
			t.Errorf("%s after %v\n%s", f.Code, took, f.Detail())
		}
		time.Sleep(budget)
		if server.Auths() != 1 {
			t.Errorf("%d AUTH, want 1", server.Auths())
		}
	})
}

// If this fails, an expired token costs a connection and a refused login before the
// check says that it has expired.
func TestExpiredToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		server := l.serve(465, smtptest.Config{Mode: settings.Implicit, Mechanisms: []settings.Mechanism{settings.XOAuth2}})
		r := request(settings.Implicit, 465)
		accessToken(&r)
		r.Credentials.AccessToken = secret.New("eyJhbGciOiJub25lIn0.eyJleHAiOjk0NjY4NDgwMH0.x") // until midnight, when the clock starts
		time.Sleep(90 * time.Minute)
		_, took, err := l.check(r)
		f := finding.Of(err)
		if f.Code != "oauth2-token-expired" || f.Summary != "The access token expired 1h30m0s ago" || took != 0 {
			t.Errorf("%s after %v: %s", f.Code, took, f.Summary)
		}
		if !strings.Contains(f.Detail(), "phase reached: credentials; nothing was contacted\n") {
			t.Errorf("%s", f.Detail())
		}
		if len(l.Dials()) != 0 || server.Record().Connections != 0 {
			t.Errorf("dialled %v", l.Dials())
		}
		r.Verify = settings.VerifyHandshake
		if _, _, err := l.check(r); err != nil {
			t.Errorf("a check that does not log in: %v", err)
		}
	})
}
