//go:build interop && interopclients

package interopclients

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// conduct is how a server behaves. Each with a name has one for each consumer, so
// that consumers don't meet at one address and port.
type conduct string

const (
	sound     conduct = "sound"     // does what the mode says, under a trusted certificate
	untrusted conduct = "untrusted" // has a certificate of an authority that nobody knows
	wrongName conduct = "wrongname" // has a trusted certificate of another host
	stripped  conduct = "stripped"  // speaks in clear alone, and takes a password there
	offering  conduct = "offering"  // has STARTTLS for those who were told to do without
	address4  conduct = "127.0.0.1" // is sound, and has no name
	address6  conduct = "::1"       // the same
)

var conducts = []conduct{sound, untrusted, wrongName, stripped, offering}

// name returns the server's name for a consumer.
func (c conduct) name(consumer string) string {
	if c.isAddress() {
		return string(c)
	}
	return string(c) + "." + consumer + ".example.test"
}

// address returns the server's address for the consumer of that number.
func (c conduct) address(consumer int) string {
	for i, one := range conducts {
		if one == c {
			return fmt.Sprintf("127.1.%d.%d", consumer+1, i+2)
		}
	}
	return string(c)
}

func (c conduct) isAddress() bool { return c == address4 || c == address6 }

// hosts is the file /etc/hosts.
func hosts() string {
	text := "127.0.0.1 localhost\n::1 localhost\n"
	for number, consumer := range consumers {
		for _, c := range conducts {
			text += c.address(number) + " " + c.name(consumer.label) + "\n"
		}
	}
	return text
}

// serve starts the server of a trial.
func serve(t *testing.T, tr trial) *smtptest.Server {
	t.Helper()
	return start(t, tr, configuration(t, tr))
}

// configuration is that of the server of a trial.
func configuration(t *testing.T, tr trial) smtptest.Config {
	t.Helper()
	conf := smtptest.Config{
		Mode:        tr.mode,
		Name:        tr.host(),
		Certificate: certificate(t, tr),
		Mechanisms:  mechanisms[tr.auth],
		Users:       map[string]string{tr.credentials.Username: tr.credentials.Password.Reveal()},
		Tokens:      map[string]string{tr.credentials.Username: tr.credentials.AccessToken.Reveal()},
	}
	switch {
	case tr.conduct == stripped:
		// LOGIN, because one client protects a password from PLAIN alone.
		conf.Mode, conf.AuthBeforeTLS = settings.NoTLS, true
		if tr.auth == settings.AuthPassword {
			conf.Mechanisms = []settings.Mechanism{settings.Login}
		}
	case tr.conduct == offering:
		conf.Mode, conf.AuthBeforeTLS = settings.StartTLS, true
	case tr.mode == settings.NoTLS:
		conf.AuthBeforeTLS = true
	}
	return conf
}

// start starts a server where the consumer of a trial looks for it.
func start(t *testing.T, tr trial, conf smtptest.Config) *smtptest.Server {
	t.Helper()
	s := smtptest.Serve(listen(t, net.JoinHostPort(tr.address(tr.number), strconv.Itoa(tr.port))), conf)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// listen waits for the address where it has to: the listener of the trial before
// lives on for a moment in a program that another test is just starting.
func listen(t *testing.T, address string) net.Listener {
	t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		ln, err := net.Listen("tcp", address)
		if err == nil {
			return ln
		}
		if !errors.Is(err, syscall.EADDRINUSE) || time.Now().After(deadline) {
			t.Fatal(err)
		}
	}
}

// mechanisms are what the servers offer for each kind of credentials.
var mechanisms = map[settings.Auth][]settings.Mechanism{
	settings.AuthNone:     nil,
	settings.AuthPassword: {settings.Plain, settings.Login},
	settings.AuthOAuth2:   {settings.XOAuth2, settings.OAuthBearer},
}

func certificate(t *testing.T, tr trial) tls.Certificate {
	t.Helper()
	authority, name := trusted, tr.host()
	switch tr.conduct {
	case untrusted:
		authority = unknown
	case wrongName:
		name = strings.Replace(name, ".example.test", ".elsewhere.test", 1)
	}
	cert, err := authority.Issue(smtptest.Leaf{Names: []string{name}})
	if err != nil {
		t.Fatal(err)
	}
	return cert
}
