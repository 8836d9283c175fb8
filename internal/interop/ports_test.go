//go:build interop

package interop

import (
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

var (
	opportunistic = "smtpd_tls_security_level = may"
	wrapped       = "smtpd_tls_wrappermode = yes"
	atOnce        = "smtpd_delay_reject = no" // restrictions count when they can, not at RCPT
	named         = []string{ServerName}
)

// ports are what administrators make of a Postfix, each on a port of its own.
var ports = map[string]Port{
	"self-signed":          {Options: []string{opportunistic}, Certificate: &smtptest.Leaf{Names: named, SelfSigned: true}},
	"self-signed implicit": {Options: []string{wrapped}, Certificate: &smtptest.Leaf{Names: named, SelfSigned: true}},
	"expired":              {Options: []string{opportunistic}, Certificate: &smtptest.Leaf{Names: named, NotAfter: day(2020)}},
	"expired implicit":     {Options: []string{wrapped}, Certificate: &smtptest.Leaf{Names: named, NotAfter: day(2020)}},
	"not yet":              {Options: []string{opportunistic}, Certificate: &smtptest.Leaf{Names: named, NotBefore: day(2090)}},
	"no names":             {Options: []string{opportunistic}, Certificate: &smtptest.Leaf{CommonName: ServerName, NoSAN: true}},
	"for clients":          {Options: []string{opportunistic}, Certificate: &smtptest.Leaf{Names: named, NotForServers: true}},

	"authority not sent":          {Options: []string{opportunistic, "smtpd_tls_CAfile ="}},
	"authority not sent implicit": {Options: []string{wrapped, "smtpd_tls_CAfile ="}},

	"demands":          {Options: []string{"smtpd_tls_security_level = encrypt", "smtpd_tls_req_ccert = yes"}},
	"demands implicit": {Options: []string{wrapped, "smtpd_tls_req_ccert = yes"}},
	"demands, TLS 1.2": {Options: []string{"smtpd_tls_security_level = encrypt", "smtpd_tls_req_ccert = yes", "smtpd_tls_mandatory_protocols = TLSv1.2"}},
	"asks":             {Options: []string{opportunistic, "smtpd_tls_ask_ccert = yes"}},
	"TLS 1.2":          {Options: []string{opportunistic, "smtpd_tls_protocols = TLSv1.2"}},

	"no TLS":            {Options: []string{"smtpd_tls_security_level = none"}},
	"no TLS, logs in":   {Options: []string{"smtpd_tls_security_level = none", "smtpd_tls_auth_only = no"}},
	"no logins":         {Options: []string{opportunistic, "smtpd_sasl_auth_enable = no"}},
	"TLS first":         {Options: []string{"smtpd_tls_security_level = encrypt"}},
	"strict names":      {Options: []string{opportunistic, atOnce, "smtpd_helo_restrictions = reject_non_fqdn_helo_hostname"}},
	"refuses":           {Options: []string{opportunistic, atOnce, "smtpd_client_restrictions = reject"}},
	"defers":            {Options: []string{opportunistic, atOnce, "smtpd_client_restrictions = defer"}},
	"pauses":            {Options: []string{opportunistic, atOnce, "smtpd_client_restrictions = sleep 3, reject_unauth_pipelining"}},
	"guarded":           {Options: []string{"postscreen_greet_wait = 3s", "postscreen_greet_action = enforce", "postscreen_dnsbl_sites ="}, Postscreen: true},
	"no STARTTLS shown": {Options: []string{opportunistic, "smtpd_discard_ehlo_keywords = starttls"}},
}

func day(year int) time.Time { return time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC) }

// Fails if the provider reports what a real server says, by its administrator's will or
// mistake, as something else, or if a client's certificate doesn't reach a server that wants
// it.
func TestPorts(t *testing.T) {
	ca, stranger := newAuthority(t), newAuthority(t)
	s := PostfixWithCyrus(t, ca, passwords, ports)
	f := &fleet{ca: ca, cyrus: s}
	type change = func(t *testing.T, r *probe.Request)
	implicit := func(_ *testing.T, r *probe.Request) { r.Mode = settings.Implicit }
	inClear := func(_ *testing.T, r *probe.Request) { r.Mode = settings.NoTLS }
	login := func(_ *testing.T, r *probe.Request) {
		r.Verify, r.Credentials = settings.VerifyAuth, credentials(settings.Plain, usual, "")
	}
	certificate := func(issuer *smtptest.Authority) change {
		return func(t *testing.T, r *probe.Request) {
			r.Trust.ClientCertPEM, r.Trust.ClientKeyPEM = clientCertificate(t, issuer, "robot.example.test")
		}
	}
	for name, tt := range map[string]struct {
		port    string
		changes []change
		want    finding.Code
	}{
		"self-signed":                             {"self-signed", nil, "certificate-self-signed"},
		"self-signed, implicit":                   {"self-signed implicit", []change{implicit}, "certificate-self-signed"},
		"expired":                                 {"expired", nil, "certificate-expired"},
		"expired, implicit":                       {"expired implicit", []change{implicit}, "certificate-expired"},
		"not yet valid":                           {"not yet", nil, "certificate-not-yet-valid"},
		"a common name alone":                     {"no names", nil, "certificate-no-san"},
		"a client's certificate":                  {"for clients", nil, "certificate-not-for-servers"},
		"expired, and a login":                    {"expired", []change{login}, "certificate-expired"},
		"an unknown authority":                    {"authority not sent", []change{trusts(stranger)}, "certificate-unknown-authority"},
		"an unknown authority, implicit":          {"authority not sent implicit", []change{implicit, trusts(stranger)}, "certificate-unknown-authority"},
		"an unknown authority that is sent":       {"starttls", []change{trusts(stranger)}, "certificate-private-root"},
		"another name":                            {"starttls", []change{anotherName}, "certificate-name-mismatch"},
		"another name, implicit":                  {"implicit", []change{implicit, anotherName}, "certificate-name-mismatch"},
		"demanded, none":                          {"demands", nil, "client-certificate-required"},
		"demanded, none, implicit":                {"demands implicit", []change{implicit}, "client-certificate-required"},
		"demanded, none, TLS 1.2":                 {"demands, TLS 1.2", nil, "client-certificate-required"},
		"demanded, a stranger's":                  {"demands", []change{certificate(stranger)}, "client-certificate-rejected"},
		"demanded, a stranger's, implicit":        {"demands implicit", []change{implicit, certificate(stranger)}, "client-certificate-rejected"},
		"demanded, a stranger's, TLS 1.2":         {"demands, TLS 1.2", []change{certificate(stranger)}, "client-certificate-rejected"},
		"demanded, the right one":                 {"demands", []change{certificate(ca)}, ""},
		"demanded, the right one, and a login":    {"demands", []change{certificate(ca), login}, ""},
		"demanded, the right one, implicit":       {"demands implicit", []change{implicit, certificate(ca)}, ""},
		"demanded, the right one, TLS 1.2":        {"demands, TLS 1.2", []change{certificate(ca)}, ""},
		"asked for, none":                         {"asks", []change{login}, ""},
		"asked for, the right one":                {"asks", []change{certificate(ca), login}, ""},
		"asked for, a stranger's":                 {"asks", []change{certificate(stranger), login}, ""},
		"TLS 1.3 wanted":                          {"TLS 1.2", []change{atLeast13}, "tls-version-too-low"},
		"TLS 1.2 is enough":                       {"TLS 1.2", nil, ""},
		"no TLS, STARTTLS declared":               {"no TLS", nil, "starttls-not-offered"},
		"no TLS, implicit declared":               {"no TLS", []change{implicit}, "server-speaks-clear-text"},
		"no TLS, none declared":                   {"no TLS", []change{inClear}, ""},
		"no TLS, none declared, and a login":      {"no TLS", []change{inClear, login}, "auth-not-offered"},
		"no TLS, and logins":                      {"no TLS, logs in", []change{inClear, login}, ""},
		"no TLS, implicit declared, and a login":  {"no TLS, logs in", []change{implicit, login}, "server-speaks-clear-text"},
		"no TLS, STARTTLS declared, and a login":  {"no TLS, logs in", []change{login}, "starttls-not-offered"},
		"no logins, one declared":                 {"no logins", []change{login}, "auth-not-offered"},
		"no logins, none declared":                {"no logins", nil, ""},
		"TLS first, none declared":                {"TLS first", []change{inClear}, ""},
		"TLS first, none declared, and a login":   {"TLS first", []change{inClear, login}, "auth-not-offered"},
		"a name without a domain":                 {"strict names", []change{shortName}, "ehlo-name-refused"},
		"a name with a domain":                    {"strict names", []change{fullName}, ""},
		"the client is refused":                   {"refuses", nil, "client-address-not-allowed"},
		"the client is deferred":                  {"defers", nil, "greeting-temporary"},
		"a pause before the greeting":             {"pauses", []change{login}, ""},
		"a pause before the greeting, in clear":   {"pauses", []change{inClear}, ""},
		"postscreen":                              {"guarded", nil, ""},
		"STARTTLS taken out of the list":          {"no STARTTLS shown", []change{login}, "starttls-not-offered"},
		"STARTTLS taken out, implicit declared":   {"no STARTTLS shown", []change{implicit}, "server-speaks-clear-text"},
		"the usual port, none declared":           {"starttls", []change{inClear}, ""},
		"the usual port, none and a login":        {"starttls", []change{inClear, login}, "auth-not-offered"},
		"the usual port, implicit declared":       {"starttls", []change{implicit}, "server-speaks-starttls"},
		"the implicit port, STARTTLS declared":    {"implicit", nil, "server-speaks-implicit-tls"},
		"the implicit port, none declared":        {"implicit", []change{inClear}, "server-speaks-implicit-tls"},
		"the implicit port, STARTTLS and a login": {"implicit", []change{login}, "server-speaks-implicit-tls"},
	} {
		t.Run(name, func(t *testing.T) {
			port, more := s.More[tt.port]
			if !more {
				port = map[string]uint16{"starttls": s.STARTTLS, "implicit": s.Implicit}[tt.port]
			}
			r := f.request(port, settings.StartTLS)
			for _, change := range tt.changes {
				change(t, &r)
			}
			ends(t, r, tt.want)
		})
	}
}

func atLeast13(_ *testing.T, r *probe.Request)   { r.Trust.MinVersion = "1.3" }
func shortName(_ *testing.T, r *probe.Request)   { r.EHLOName = "client" }
func fullName(_ *testing.T, r *probe.Request)    { r.EHLOName = "client.example.test" }
func anotherName(_ *testing.T, r *probe.Request) { r.Trust.ServerName = "smtp.example.test" }

func trusts(ca *smtptest.Authority) func(*testing.T, *probe.Request) {
	return func(_ *testing.T, r *probe.Request) { r.Trust.RootsPEM = ca.PEM() }
}
