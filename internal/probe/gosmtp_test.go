package probe_test

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// foreign is a go-smtp server with go-sasl's mechanisms: neither shares code with
// the engine or with smtptest. It knows one user.
type foreign struct {
	mu   sync.Mutex
	seen []string // the events of all sessions
}

func (f *foreign) saw(event string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seen = append(f.seen, fmt.Sprintf(event, args...))
}

func (f *foreign) NewSession(c *smtp.Conn) (smtp.Session, error) { return &foreignSession{f, c}, nil }

type foreignSession struct {
	*foreign
	conn *smtp.Conn
}

func (*foreignSession) AuthMechanisms() []string {
	return []string{sasl.OAuthBearer, sasl.Plain, sasl.Login, sasl.External}
}

func (s *foreignSession) Auth(mechanism string) (sasl.Server, error) {
	s.saw("AUTH %s", mechanism)
	known := func(username, password string) error {
		if username != "us,er=1" || password != "pen cil é" {
			return smtp.ErrAuthFailed
		}
		return nil
	}
	switch mechanism {
	case sasl.Plain:
		return sasl.NewPlainServer(func(_, username, password string) error { return known(username, password) }), nil
	case sasl.Login:
		return &loginPrompts{known: known}, nil
	case sasl.OAuthBearer:
		return sasl.NewOAuthBearerServer(func(o sasl.OAuthBearerOptions) *sasl.OAuthBearerError {
			if o.Token != "ya29.token" || o.Host != host || o.Port != 2525 {
				return &sasl.OAuthBearerError{Status: "invalid_token", Schemes: "bearer", Scope: "smtp"}
			}
			return nil
		}), nil
	}
	return sasl.NewExternalServer(func(identity string) error {
		cs, secure := s.conn.TLSConnectionState()
		if !secure || len(cs.VerifiedChains) == 0 || identity != "" && identity != cs.PeerCertificates[0].Subject.CommonName {
			return smtp.ErrAuthFailed
		}
		return nil
	}), nil
}

func (s *foreignSession) Mail(from string, _ *smtp.MailOptions) error {
	s.saw("MAIL %s", from)
	return nil
}

func (s *foreignSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.saw("RCPT %s", to)
	if strings.HasPrefix(to, "nobody@") {
		return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "No such user"}
	}
	return nil
}

func (s *foreignSession) Data(io.Reader) error { s.saw("DATA"); return errors.New("not wanted") }
func (s *foreignSession) Reset()               {}
func (s *foreignSession) Logout() error        { return nil }

// loginPrompts is LOGIN's server side, which go-sasl has none of.
type loginPrompts struct {
	known func(username, password string) error
	said  []string
}

func (l *loginPrompts) Next(response []byte) (challenge []byte, done bool, err error) {
	if response != nil {
		l.said = append(l.said, string(response))
	}
	if len(l.said) < 2 {
		return []byte([]string{"Username:", "Password:"}[len(l.said)]), false, nil
	}
	return nil, true, l.known(l.said[0], l.said[1])
}

// If this fails, the engine and a server of other authors don't understand each other in
// one of the TLS modes: right settings fail, a wrong secret passes or costs more than one
// login, or the engine sends more than the envelope of a message.
func TestGoSMTP(t *testing.T) {
	robotPEM, robotKey, err := authority.IssueClient("robot")
	if err != nil {
		t.Fatal(err)
	}
	password := func(text string) auth.Credentials {
		return auth.Credentials{Username: "us,er=1", Password: secret.New(text)}
	}
	token := func(text string) auth.Credentials {
		return auth.Credentials{Username: "us,er=1", AccessToken: secret.New(text)}
	}
	certified := func(name string) auth.Credentials { return auth.Credentials{Username: name, External: true} }
	everywhere := []settings.TLSMode{settings.Implicit, settings.StartTLS, settings.NoTLS}
	for _, tt := range []struct {
		modes     []settings.TLSMode
		mechanism settings.Mechanism // declared; "": the first that fits
		cred      auth.Credentials
		to        string // a recipient; "": no envelope
		want      finding.Code
		seen      string
	}{
		{everywhere, "", auth.Credentials{}, "", "", ""},
		{everywhere, "", password("pen cil é"), "", "", "AUTH PLAIN"},
		{everywhere, "", password("wrong"), "", "auth-rejected", "AUTH PLAIN"},
		{everywhere, "LOGIN", password("pen cil é"), "", "", "AUTH LOGIN"},
		{everywhere, "LOGIN", password("wrong"), "", "auth-rejected", "AUTH LOGIN"},
		{everywhere, "", token("ya29.token"), "", "", "AUTH OAUTHBEARER"},
		{everywhere, "", token("ya29.other"), "", "auth-temporary", "AUTH OAUTHBEARER"}, // go-smtp ends it with 454
		{everywhere[:2], "EXTERNAL", certified(""), "", "", "AUTH EXTERNAL"},
		{everywhere[:2], "EXTERNAL", certified("robot"), "", "", "AUTH EXTERNAL"},
		{everywhere[:2], "EXTERNAL", certified("boss"), "", "auth-external-refused", "AUTH EXTERNAL"},
		{everywhere, "SCRAM-SHA-256", password("pen cil é"), "", "auth-mechanism-not-offered", ""},
		{everywhere, "", auth.Credentials{}, "you@example.com", "", "MAIL me@example.test|RCPT you@example.com"},
		{everywhere, "", password("pen cil é"), "you@example.com", "", "AUTH PLAIN|MAIL me@example.test|RCPT you@example.com"},
		{everywhere, "", password("pen cil é"), "nobody@example.com", "recipient-unknown", "AUTH PLAIN|MAIL me@example.test|RCPT nobody@example.com"},
		{everywhere, "", password("wrong"), "you@example.com", "auth-rejected", "AUTH PLAIN"},
	} {
		for _, mode := range tt.modes {
			t.Run(fmt.Sprintf("%s/%s/%s/%s", mode, tt.mechanism, tt.seen, tt.want), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					r := request(mode, 2525)
					r.Mechanism, r.Credentials, r.Verify = tt.mechanism, tt.cred, settings.VerifyAuth
					if tt.cred.External {
						r.Trust.ClientCertPEM, r.Trust.ClientKeyPEM = robotPEM, secret.New(robotKey)
					}
					if tt.to != "" {
						r.Verify, r.From, r.RcptTo = settings.VerifyEnvelope, "me@example.test", []string{tt.to}
					}
					l, server := newLab(t), &foreign{}
					l.serveForeign(server, mode)
					report, _, err := l.check(r)
					if got := codeOf(err); got != tt.want {
						t.Errorf("finding %q, want %q: %v", got, tt.want, err)
					}
					if err == nil && (report.TLS == nil) != (mode == settings.NoTLS) {
						t.Errorf("TLS %+v", report.TLS)
					}
					if want := []string{"OAUTHBEARER", "PLAIN", "LOGIN", "EXTERNAL"}; !slices.Equal(report.Capabilities.Mechanisms(), want) {
						t.Errorf("mechanisms %q, want %q", report.Capabilities.Mechanisms(), want)
					}
					synctest.Wait()
					server.mu.Lock()
					defer server.mu.Unlock()
					if got := strings.Join(server.seen, "|"); got != tt.seen {
						t.Errorf("the server saw %q, want %q", got, tt.seen)
					}
				})
			})
		}
	}
}

// serveForeign opens port 2525 with a go-smtp server.
func (l *lab) serveForeign(backend smtp.Backend, mode settings.TLSMode) {
	conf := &tls.Config{
		Certificates: []tls.Certificate{certificate},
		ClientAuth:   tls.VerifyClientCertIfGiven, ClientCAs: authority.Pool(),
	}
	listener := l.Listen(at(2525))
	s := smtp.NewServer(backend)
	s.Domain, s.AllowInsecureAuth, s.ErrorLog = host, mode == settings.NoTLS, quiet{}
	switch mode {
	case settings.Implicit:
		listener = tls.NewListener(listener, conf)
	case settings.StartTLS:
		s.TLSConfig = conf
	}
	done := make(chan error, 1)
	go func() { done <- s.Serve(listener) }()
	l.t.Cleanup(func() {
		if err := errors.Join(s.Close(), <-done); err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			l.t.Error(err)
		}
	})
}

// quiet is a log for connections that the client leaves.
type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}
