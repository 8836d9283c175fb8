package smtptest

import (
	"crypto/tls"
	"errors"
	"net"
	"net/smtp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/emersion/go-sasl"
	smtpclient "github.com/emersion/go-smtp"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// start serves cfg with a certificate for 127.0.0.1, and returns what a client
// needs to trust it.
func start(t *testing.T, cfg Config) (*Server, *tls.Config) {
	t.Helper()
	authority, err := NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	if cfg.Certificate.Certificate == nil {
		if cfg.Certificate, err = authority.Issue(Leaf{Names: []string{"127.0.0.1", "mail.example.test"}}); err != nil {
			t.Fatal(err)
		}
	}
	server, err := Start(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	return server, &tls.Config{RootCAs: authority.Pool(), ServerName: "mail.example.test"}
}

// dialMode connects as go-smtp's client does in each mode.
func dialMode(server *Server, trust *tls.Config) (*smtpclient.Client, error) {
	addr := server.Addr().String()
	switch server.cfg.Mode {
	case settings.Implicit:
		return smtpclient.DialTLS(addr, trust)
	case settings.StartTLS:
		return smtpclient.DialStartTLS(addr, trust)
	}
	return smtpclient.Dial(addr)
}

// If this fails, an independent client cannot log in to the server and send
// through it, or the server's record of that is wrong.
func TestServerWithGoSMTP(t *testing.T) {
	mechanisms := map[settings.Mechanism]sasl.Client{
		settings.Plain:       sasl.NewPlainClient("", "user", "pencil"),
		settings.Login:       sasl.NewLoginClient("user", "pencil"),
		settings.OAuthBearer: sasl.NewOAuthBearerClient(&sasl.OAuthBearerOptions{Username: "user", Token: "ya29"}),
	}
	for _, mode := range settings.TLSModes {
		for name, client := range mechanisms {
			t.Run(string(mode)+"/"+string(name), func(t *testing.T) {
				server, trust := start(t, Config{
					Mode: mode, Mechanisms: []settings.Mechanism{name}, AuthBeforeTLS: mode == settings.NoTLS,
					Users: map[string]string{"user": "pencil"}, Tokens: map[string]string{"user": "ya29"},
				})
				c, err := dialMode(server, trust)
				if err != nil {
					t.Fatal(err)
				}
				defer c.Close()
				if err := c.Auth(client); err != nil {
					t.Fatal(err)
				}
				if err := c.SendMail("a@example.test", []string{"b@example.test", "c@example.test"}, strings.NewReader("hello\r\n.\r\nthere")); err != nil {
					t.Fatal(err)
				}
				if err := c.Quit(); err != nil {
					t.Fatal(err)
				}
				inClear := mode == settings.NoTLS
				got := server.Record()
				want := Login{Mechanism: string(name), Username: "user", OK: true, InClear: inClear}
				if !slices.Equal(got.Logins, []Login{want}) || got.AuthCommands != 1 || got.CredentialInClear != inClear {
					t.Errorf("logins %+v, AUTH commands %d, credential in clear %t", got.Logins, got.AuthCommands, got.CredentialInClear)
				}
				if !slices.Equal(got.Mails, []string{"a@example.test"}) || !slices.Equal(got.Rcpts, []string{"b@example.test", "c@example.test"}) || got.Data != 1 {
					t.Errorf("mail %q, rcpt %q, data %d", got.Mails, got.Rcpts, got.Data)
				}
				if tls := map[bool]int{true: 0, false: 1}[inClear]; got.Connections != 1 || got.Handshakes != tls {
					t.Errorf("connections %d, handshakes %d", got.Connections, got.Handshakes)
				}
			})
		}
	}
}

// If this fails, a client of another make than go-smtp meets a server it cannot
// speak with, or CRAM-MD5 is computed wrongly.
func TestServerWithNetSMTP(t *testing.T) {
	server, trust := start(t, Config{
		Mode: settings.StartTLS, Mechanisms: []settings.Mechanism{settings.CRAMMD5},
		Users: map[string]string{"tim": "tanstaaftanstaaf"},
	})
	for password, want := range map[string]bool{"tanstaaftanstaaf": true, "other": false} {
		c, err := smtp.Dial(server.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		if err := c.StartTLS(trust); err != nil {
			t.Fatal(err)
		}
		if err := c.Auth(smtp.CRAMMD5Auth("tim", password)); (err == nil) != want {
			t.Errorf("password %q: %v", password, err)
		}
	}
}

// If this fails, tests of refused credentials prove nothing.
func TestServerRefusesWrongCredentials(t *testing.T) {
	server, trust := start(t, Config{
		Mode:       settings.Implicit,
		Mechanisms: []settings.Mechanism{settings.Plain, settings.Login, settings.OAuthBearer},
		Users:      map[string]string{"user": "pencil", "nobody": ""},
		Tokens:     map[string]string{"user": "ya29"},
		Refusal:    "535 5.7.139 Authentication unsuccessful",
	})
	for _, client := range []sasl.Client{
		sasl.NewPlainClient("", "user", "wrong"),
		sasl.NewPlainClient("other", "user", "pencil"),
		sasl.NewPlainClient("", "nobody", ""),
		sasl.NewLoginClient("stranger", "pencil"),
	} {
		c, err := dialMode(server, trust)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		var refusal *smtpclient.SMTPError
		if err := c.Auth(client); !errors.As(err, &refusal) || refusal.Code != 535 || refusal.EnhancedCode != (smtpclient.EnhancedCode{5, 7, 139}) {
			t.Errorf("%T: %v", client, err)
		}
	}
}

// If this fails, callers connect to another port than the one listened on.
func TestServerPort(t *testing.T) {
	server, _ := start(t, Config{Mode: settings.NoTLS})
	_, port, err := net.SplitHostPort(server.Addr().String())
	if err != nil || strconv.Itoa(server.Port()) != port || port == "0" {
		t.Errorf("port %d of %v", server.Port(), server.Addr())
	}
}
