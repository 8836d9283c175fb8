package probe_test

import (
	"encoding/base64"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, a connection that will not work, or not safely, is called
// verified, or a credential is on its way before anybody knows. The cases are
// those in which other checkers say OK.
func TestNoFalseOK(t *testing.T) {
	starttls := settings.StartTLS
	plain := []settings.Mechanism{settings.Plain}
	known := map[string]string{"app": "pencil"}
	for _, test := range []struct {
		name   string
		server smtptest.Config
		change func(*probe.Request)
		want   finding.Code
	}{
		{"no AUTH offered", smtptest.Config{Mode: settings.Implicit}, nil, "auth-not-offered"},
		{"no AUTH offered after STARTTLS", smtptest.Config{Mode: starttls}, nil, "auth-not-offered"},
		{"mechanism missing", smtptest.Config{Mode: settings.Implicit, Mechanisms: plain, Users: known},
			func(r *probe.Request) { r.Mechanism = settings.ScramSHA256 }, "auth-mechanism-not-offered"},
		{"no mechanism fits", smtptest.Config{Mode: settings.Implicit, Mechanisms: []settings.Mechanism{settings.XOAuth2}}, nil, "oauth2-required"},
		{"STARTTLS missing", smtptest.Config{Mode: starttls, NoStartTLS: true, Mechanisms: plain, AuthBeforeTLS: true, Users: known}, nil, "starttls-not-offered"},
		{"wrong name", smtptest.Config{Mode: settings.Implicit, Mechanisms: plain, Users: known, Certificate: leaf(smtptest.Leaf{Names: []string{"smtp.example.test"}})},
			nil, "certificate-name-mismatch"},
		{"unknown authority", smtptest.Config{Mode: starttls, Mechanisms: plain, Users: known, Certificate: leafOf(stranger, smtptest.Leaf{})},
			nil, "certificate-unknown-authority"},
		{"wrong password", smtptest.Config{Mode: settings.Implicit, Mechanisms: plain, Users: known},
			func(r *probe.Request) { *r = withLogin(*r, "pen") }, "auth-rejected"},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				server := l.serve(2525, test.server)
				r := withLogin(request(test.server.Mode, 2525), "pencil")
				if test.change != nil {
					test.change(&r)
				}
				report, _, err := l.check(r)
				if got := codeOf(err); got != test.want {
					t.Errorf("%q, want %q: %v", got, test.want, err)
				}
				got := server.Record()
				if got.CredentialInClear || (got.AuthCommands > 0) != (test.want == "auth-rejected") || report.Mechanism != "" {
					t.Errorf("%d AUTH, in clear %t; the report says %q", got.AuthCommands, got.CredentialInClear, report.Mechanism)
				}
			})
		})
	}
}

// If this fails, a login by the client certificate alone, which takes no user
// name, is left out and the connection is called verified without it.
func TestExternalLogin(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		server := l.serve(465, smtptest.Config{Mode: settings.Implicit, ClientCAs: authority.Pool(), Mechanisms: []settings.Mechanism{settings.External}})
		r := request(settings.Implicit, 465)
		clientCertificate(&r)
		r.Verify, r.Mechanism, r.Credentials.External = settings.VerifyAuth, settings.External, true
		report, _, err := l.check(r)
		if got := server.Record().Logins; err != nil || report.Mechanism != settings.External || len(got) != 1 || got[0].Username != "app.example.test" {
			t.Errorf("%v; logged in with %q: %+v", err, report.Mechanism, got)
		}
	})
}

// If this fails, replies that belong to no command pass as long as each command
// finds one: inside TLS as well, and after the last one.
func TestNoFalseOKOutOfStep(t *testing.T) {
	hello := []string{"250-mail.example.test", "250 AUTH PLAIN"}
	inTLS := func() *smtptest.Script { return smtptest.NewScript().StartTLS(certificate) }
	for name, script := range map[string]*smtptest.Script{
		"after the greeting": inTLS().Send("220 ready", "250 AUTH PLAIN").Silent(),
		"after EHLO":         inTLS().Send("220 ready").Expect("EHLO").Send(append(hello, "235 2.7.0 yes")...).Silent(),
		"after AUTH":         inTLS().Send("220 ready").Expect("EHLO").Send(hello...).Expect("AUTH").Send("235 2.7.0 yes", "250 2.0.0 too").Silent(),
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.play(465, script)
				if _, _, err := l.check(withLogin(request(settings.Implicit, 465), "pencil")); codeOf(err) != "protocol-desync" {
					t.Errorf("%v", err)
				}
			})
		})
	}
}

// If this fails, somebody who removes the -PLUS mechanisms from the list goes
// unnoticed: the client then has to say that it would have used one (RFC 5802
// section 6).
func TestScramFlag(t *testing.T) {
	for _, test := range []struct {
		offered string
		fixed   settings.Mechanism
		begins  string
	}{
		{"SCRAM-SHA-256", "", "y,,n=app,"},
		{"SCRAM-SHA-256 SCRAM-SHA-256-PLUS", "", "p=tls-exporter,,n=app,"},
		{"SCRAM-SHA-256 SCRAM-SHA-1-PLUS", settings.ScramSHA256, "n,,n=app,"},
	} {
		synctest.Test(t, func(t *testing.T) {
			l := newLab(t)
			server := l.play(465, smtptest.NewScript().StartTLS(certificate).Send("220 ready").Expect("EHLO").
				Send("250-mail.example.test", "250 AUTH "+test.offered).Expect("AUTH").Send("535 5.7.8 no"))
			r := withLogin(request(settings.Implicit, 465), "pencil")
			r.Mechanism = test.fixed
			if _, _, err := l.check(r); codeOf(err) != "auth-rejected" {
				t.Errorf("%v", err)
			}
			line := server.Lines()[1]
			first, err := base64.StdEncoding.DecodeString(line[strings.LastIndex(line, " ")+1:])
			if err != nil || !strings.HasPrefix(string(first), test.begins) {
				t.Errorf("%s offered: %q, want %q", test.offered, first, test.begins)
			}
		})
	}
}
