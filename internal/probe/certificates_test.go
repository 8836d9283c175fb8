package probe_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// midnight is when the clocks of the tests start.
var midnight = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

const day = 24 * time.Hour

var (
	stranger     = must(smtptest.NewAuthority()) // whom no request trusts
	intermediate = must(authority.Intermediate())
	outdated     = must(authority.IntermediateValid(midnight.Add(-9*day), midnight.Add(-5*day)))
	renewed      = must(authority.IntermediateValid(midnight.Add(-2*day), midnight.Add(day)))
)

// leaf is a certificate for the host, of the trusted authority.
func leaf(traits smtptest.Leaf) tls.Certificate { return leafOf(authority, traits) }

func leafOf(by *smtptest.Authority, traits smtptest.Leaf) tls.Certificate {
	if traits.Names == nil {
		traits.Names = []string{host}
	}
	return must(by.Issue(traits))
}

// withRoot sends the authority's own certificate as well.
func withRoot(cert tls.Certificate, root *smtptest.Authority) tls.Certificate {
	block, _ := pem.Decode([]byte(root.PEM()))
	cert.Certificate = append(cert.Certificate, block.Bytes)
	return cert
}

// handshakes are servers whose TLS is not what a request wants, each with the
// finding that it ends in.
var handshakes = []struct {
	name   string
	server smtptest.Config
	change func(*probe.Request)
	want   finding.Code
}{
	{"another name", smtptest.Config{Certificate: leaf(smtptest.Leaf{Names: []string{"smtp.example.test"}})}, nil, "certificate-name-mismatch"},
	{"expired", smtptest.Config{Certificate: leaf(smtptest.Leaf{NotAfter: midnight.Add(-day)})}, nil, "certificate-expired"},
	{"an old chain file", smtptest.Config{Certificate: leafOf(outdated, smtptest.Leaf{NotBefore: midnight.Add(-day)})}, nil, "certificate-expired"},
	{"an old certificate under a new chain", smtptest.Config{Certificate: leafOf(renewed, smtptest.Leaf{NotAfter: midnight.Add(-5 * day)})}, nil, "certificate-expired"},
	{"not yet valid", smtptest.Config{Certificate: leaf(smtptest.Leaf{NotBefore: midnight.Add(day)})}, nil, "certificate-not-yet-valid"},
	{"signed by itself", smtptest.Config{Certificate: leaf(smtptest.Leaf{SelfSigned: true})}, nil, "certificate-self-signed"},
	{"of an authority that nobody knows", smtptest.Config{Certificate: leafOf(stranger, smtptest.Leaf{})}, nil, "certificate-unknown-authority"},
	{"of a private root that was sent", smtptest.Config{Certificate: withRoot(leafOf(stranger, smtptest.Leaf{}), stranger)}, nil, "certificate-private-root"},
	{
		"intermediate not sent", smtptest.Config{Certificate: leafOf(intermediate, smtptest.Leaf{OmitChain: true, IssuerURL: "http://ca.example.test/ca.cer"})},
		nil, "certificate-missing-intermediate",
	},
	{"no names", smtptest.Config{Certificate: leaf(smtptest.Leaf{CommonName: host, NoSAN: true})}, nil, "certificate-no-san"},
	{"for clients alone", smtptest.Config{Certificate: leaf(smtptest.Leaf{NotForServers: true})}, nil, "certificate-not-for-servers"},
	{"signed over SHA-1", smtptest.Config{Certificate: leaf(smtptest.Leaf{SHA1: true})}, nil, "certificate-weak-signature"},
	{"client certificate demanded", smtptest.Config{ClientCAs: authority.Pool()}, nil, "client-certificate-required"},
	{"client certificate demanded, TLS 1.2", smtptest.Config{ClientCAs: authority.Pool(), MaxVersion: tls.VersionTLS12}, nil, "client-certificate-required"},
	{"client certificate of another authority", smtptest.Config{ClientCAs: stranger.Pool()}, clientCertificate, "client-certificate-rejected"},
	{"client certificate of another authority, TLS 1.2", smtptest.Config{ClientCAs: stranger.Pool(), MaxVersion: tls.VersionTLS12}, clientCertificate, "client-certificate-rejected"},
	{"closed over a client certificate", smtptest.Config{ClientCAs: stranger.Pool(), CloseOnClients: true}, clientCertificate, "client-certificate-rejected"},
	{"closed over a client certificate, TLS 1.2", smtptest.Config{ClientCAs: stranger.Pool(), CloseOnClients: true, MaxVersion: tls.VersionTLS12}, clientCertificate, "client-certificate-rejected"},
	{"closed without a client certificate", smtptest.Config{ClientCAs: authority.Pool(), CloseOnClients: true}, nil, "client-certificate-required"},
	{"closed without a client certificate, TLS 1.2", smtptest.Config{ClientCAs: authority.Pool(), CloseOnClients: true, MaxVersion: tls.VersionTLS12}, nil, "client-certificate-required"},
	{"reset over a client certificate", smtptest.Config{ClientCAs: stranger.Pool(), ResetOnClients: true}, clientCertificate, "client-certificate-rejected"},
	{"reset over a client certificate, TLS 1.2", smtptest.Config{ClientCAs: stranger.Pool(), ResetOnClients: true, MaxVersion: tls.VersionTLS12}, clientCertificate, "client-certificate-rejected"},
	{"reset without a client certificate", smtptest.Config{ClientCAs: authority.Pool(), ResetOnClients: true}, nil, "client-certificate-required"},
	{"reset without a client certificate, TLS 1.2", smtptest.Config{ClientCAs: authority.Pool(), ResetOnClients: true, MaxVersion: tls.VersionTLS12}, nil, "client-certificate-required"},
	{"TLS 1.1 at most", smtptest.Config{MaxVersion: tls.VersionTLS11}, nil, "tls-version-too-low"},
	{
		"TLS 1.2 at most, 1.3 demanded", smtptest.Config{MaxVersion: tls.VersionTLS12},
		func(r *probe.Request) { r.Trust.MinVersion = "1.3" }, "tls-version-too-low",
	},
}

func clientCertificate(r *probe.Request) {
	cert, key, err := authority.IssueClient("app.example.test")
	if err != nil {
		panic(err)
	}
	r.Trust.ClientCertPEM, r.Trust.ClientKeyPEM = cert, secret.New(key)
}

// If this fails, the check trusts a server that it must not trust, sends it a
// credential, or reports two faults that need different fixes as one. Implicit TLS and
// STARTTLS are the same here.
func TestHandshakes(t *testing.T) {
	for _, test := range handshakes {
		for _, mode := range []settings.TLSMode{settings.Implicit, settings.StartTLS} {
			t.Run(test.name+"/"+string(mode), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					l := newLab(t)
					cfg := test.server
					cfg.Mode, cfg.Mechanisms = mode, []settings.Mechanism{settings.Plain}
					server := l.serve(2525, cfg)
					r := withLogin(request(mode, 2525), "pencil")
					if test.change != nil {
						test.change(&r)
					}
					_, _, err := l.check(r)
					if got := codeOf(err); got != test.want {
						t.Errorf("%q, want %q: %v", got, test.want, err)
					}
					if got := server.Record(); got.AuthCommands != 0 || got.Connections != 1 {
						t.Errorf("%d AUTH on %d connections, want none on 1", got.AuthCommands, got.Connections)
					}
					complete(t, err)
				})
			})
		}
	}
}

// tlsAnswers are what a port answers to a ClientHello in place of a handshake.
var tlsAnswers = []struct {
	answer string
	want   finding.Code
}{
	{"\x15\x03\x03\x00\x02\x02\x28", "tls-no-common-cipher"},  // handshake failure
	{"\x15\x03\x03\x00\x02\x02\x47", "tls-no-common-cipher"},  // insufficient security
	{"\x15\x03\x03\x00\x02\x02\x46", "tls-version-too-low"},   // protocol version
	{"\x15\x03\x03\x00\x02\x02\x70", "tls-unrecognized-name"}, // unrecognized name
	{"\x15\x03\x03\x00\x02\x02\x50", "tls-alert"},             // internal error
	{"\x16\x03\x03\x00\x04\x0e\x00\x00\x00", "tls-handshake-failed"},
}

// If this fails, a server that gives a reason for ending TLS is reported as one that
// gives none.
func TestTLSAnswers(t *testing.T) {
	for _, test := range tlsAnswers {
		t.Run(string(test.want), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.play(2525, smtptest.NewScript().Wait(rtt).SendRaw(test.answer))
				_, _, err := l.check(request(settings.Implicit, 2525))
				if got := codeOf(err); got != test.want {
					t.Errorf("%q, want %q: %v", got, test.want, err)
				}
				complete(t, err)
			})
		})
	}
}

// If this fails, you fix one defect of a certificate and only then learn of the next.
func TestAllDefects(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.serve(465, smtptest.Config{Mode: settings.Implicit, Certificate: withRoot(
			leafOf(stranger, smtptest.Leaf{Names: []string{"smtp.example.test"}, NotAfter: midnight.Add(-3 * day)}), stranger)})
		_, _, err := l.check(request(settings.Implicit, 465))
		detail := finding.Of(err).Detail()
		for _, want := range []string{
			"the certificate is for smtp.example.test, not for mail.example.test\n",
			"the chain leads to the root \"Example Test Root\", which is not among the certificates in ca_cert_pem\n",
			"The server's certificate expired on 1999-12-29 00:00 UTC, 3 days ago\n",
		} {
			if !strings.Contains(detail, want) {
				t.Errorf("%q is not in\n%s", want, detail)
			}
		}
	})
}

// warned are connections that pass with a warning.
var warned = []struct {
	name   string
	server smtptest.Config
	change func(*probe.Request)
	want   string // codes, divided by spaces
	says   string // the first summary
}{
	{"sound", smtptest.Config{}, nil, "", ""},
	{"valid for 14 days", smtptest.Config{Certificate: leaf(smtptest.Leaf{NotAfter: midnight.Add(14*day + time.Second)})}, nil, "", ""},
	{
		"valid for less than 14 days", smtptest.Config{Certificate: leaf(smtptest.Leaf{NotAfter: midnight.Add(14 * day)})},
		nil, "certificate-expires-soon", "The server's certificate expires in 13 days, on 2000-01-15 00:00 UTC",
	},
	{
		"a short key", smtptest.Config{Certificate: leaf(smtptest.Leaf{WeakKey: true})},
		nil, "weak-certificate-accepted", "The server's certificate has an RSA key of only 1024 bits, which many clients refuse",
	},
	{"insecure and sound", smtptest.Config{}, insecure, "", ""},
	{
		"insecure and signed by itself", smtptest.Config{Certificate: leaf(smtptest.Leaf{SelfSigned: true})},
		insecure, "insecure-certificate", "",
	},
	{
		"insecure, another name and soon over",
		smtptest.Config{Certificate: leaf(smtptest.Leaf{Names: []string{"smtp.example.test"}, NotAfter: midnight.Add(day)})},
		insecure, "insecure-certificate certificate-expires-soon", "",
	},
	{"another name, declared", smtptest.Config{Certificate: leaf(smtptest.Leaf{Names: []string{"smtp.example.test"}})},
		func(r *probe.Request) { r.Trust.ServerName = "smtp.example.test" }, "", ""},
	{"client certificate demanded and shown", smtptest.Config{ClientCAs: authority.Pool()}, clientCertificate, "", ""},
	{"TLS 1.2", smtptest.Config{MaxVersion: tls.VersionTLS12}, nil, "", ""},
}

func insecure(r *probe.Request) { r.Trust.Insecure = true }

// If this fails, the zone of a link-local address, which means something on this
// machine alone, is compared with a certificate or sent to the server.
func TestZone(t *testing.T) {
	for _, mode := range []settings.TLSMode{settings.Implicit, settings.StartTLS} {
		synctest.Test(t, func(t *testing.T) {
			l := newLab(t)
			at := netip.AddrPortFrom(netip.MustParseAddr("fe80::1%eth0"), 2525)
			server := smtptest.Serve(l.Listen(at.String()), smtptest.Config{
				Mode: mode, Certificate: leaf(smtptest.Leaf{Names: []string{"fe80::1"}}),
				Mechanisms: []settings.Mechanism{settings.OAuthBearer}, Tokens: map[string]string{"app": "ya29.token"},
			})
			defer server.Close()
			for _, name := range []settings.Value[string]{{}, settings.Of("fe80::1%eth1"), settings.Of("[fe80::1]")} {
				report, _, err := l.check(probe.NewRequest(settings.Settings{
					Host: settings.Of("fe80::1%eth0"), Port: settings.Of(int64(2525)), TLSMode: settings.Of(mode),
					TLSServerName: name, CACertPEM: settings.Of(authority.PEM()), Verify: settings.Of(settings.VerifyAuth),
					Username: settings.Of("app"), AccessToken: settings.Of(secret.New("ya29.token")),
				}))
				if err != nil {
					t.Fatal(finding.Of(err).Detail())
				}
				if report.Address != at {
					t.Errorf("connected to %v", report.Address)
				}
			}
		})
	}
}

// If this fails, a check doesn't warn of what will break soon or is accepted only here, or
// it warns where nothing is wrong.
func TestWarnings(t *testing.T) {
	for _, test := range warned {
		for _, mode := range []settings.TLSMode{settings.Implicit, settings.StartTLS} {
			t.Run(test.name+"/"+string(mode), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					l := newLab(t)
					cfg := test.server
					cfg.Mode = mode
					l.serve(2525, cfg)
					r := request(mode, 2525)
					if test.change != nil {
						test.change(&r)
					}
					report, _, err := l.check(r)
					if err != nil {
						t.Fatal(err)
					}
					var codes []string
					for _, f := range report.Warnings {
						codes = append(codes, string(f.Code))
						if f.Severity != finding.SeverityWarning || f.Summary == "" || len(f.Seen) == 0 {
							t.Errorf("%+v", f)
						}
					}
					if got := strings.Join(codes, " "); got != test.want {
						t.Errorf("warnings %q, want %q", got, test.want)
					}
					if test.says != "" && report.Warnings[0].Summary != test.says {
						t.Errorf("it says %q, want %q", report.Warnings[0].Summary, test.says)
					}
				})
			})
		}
	}
}

// If this fails, a server behind something that ends TLS for it passes for one
// that has TLS itself.
func TestStartTLSUnderTLS(t *testing.T) {
	for _, mode := range []settings.TLSMode{settings.Implicit, settings.StartTLS} {
		t.Run(string(mode), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				script := smtptest.NewScript()
				if mode == settings.Implicit {
					script.StartTLS(certificate).Send("220 mail.example.test")
				} else {
					script.Send("220 mail.example.test").Expect("EHLO").Send("250-mail.example.test", "250 STARTTLS").
						Expect("STARTTLS").Send("220 go").StartTLS(certificate)
				}
				l.play(2525, script.Expect("EHLO").Send("250-mail.example.test", "250 STARTTLS").Expect("QUIT"))
				report, _, err := l.check(request(mode, 2525))
				if err != nil {
					t.Fatal(err)
				}
				if len(report.Warnings) != 1 || report.Warnings[0].Code != "starttls-under-tls" {
					t.Errorf("warnings %+v", report.Warnings)
				}
			})
		})
	}
}

// If this fails, a server that asks for TLS under TLS, because a proxy ends it, is
// reported as one that wants a login or other settings here.
func TestTLSUnknownToServer(t *testing.T) {
	for step, dialogue := range map[string]string{
		"MAIL": "250 mail.example.test | MAIL | 530 5.7.0 Must issue a STARTTLS command first",
		"AUTH": "250-mail.example.test; 250 AUTH PLAIN | AUTH | 538 5.7.11 Encryption required for requested authentication mechanism",
	} {
		t.Run(step, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLab(t)
				l.play(465, extend(smtptest.NewScript().StartTLS(certificate).Send("220 mail.example.test").Expect("EHLO"), dialogue))
				r := request(settings.Implicit, 465)
				if mailing(&r); step == "AUTH" {
					password(&r)
				}
				_, _, err := l.check(r)
				f := finding.Of(err)
				if f.Code != "tls-unknown-to-server" || !strings.Contains(f.Fix(), "port = 587") {
					t.Errorf("%s: %s\n%s", f.Code, f.Summary, f.Detail())
				}
				complete(t, err)
			})
		})
	}
}

// If this fails, the report shows something else than the server's certificate.
func TestSummary(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		l.serve(465, smtptest.Config{Mode: settings.Implicit})
		report, _, err := l.check(request(settings.Implicit, 465))
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := x509.ParseCertificate(certificate.Certificate[0])
		if err != nil {
			t.Fatal(err)
		}
		got := report.TLS
		if got.Version != "1.3" || got.Subject != "CN=mail.example.test" || got.Issuer != "CN=Example Test Root" ||
			strings.Join(got.DNSNames, " ") != host || !got.NotAfter.Equal(parsed.NotAfter) || len(got.SHA256) != 64 {
			t.Errorf("%+v", got)
		}
	})
}
