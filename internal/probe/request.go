package probe

import (
	"net/netip"
	"os"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Request is one connection to check, with every default applied.
type Request struct {
	Host        settings.Host
	Port        uint16
	Mode        settings.TLSMode
	Trust       certs.Trust
	Credentials auth.Credentials
	Mechanism   settings.Mechanism // "": the safest that is offered and fits
	EHLOName    string             // "": the machine's name, else the address of the connection
	Verify      settings.Verify
	From        string
	RcptTo      []string
	Subject     string        // of the test message
	Timeout     time.Duration // for all attempts together
	Attempts    int
}

// NewRequest turns settings that [rules.Check] has passed, and that are known
// throughout, into a request.
func NewRequest(s settings.Settings) Request {
	host, _ := settings.ParseHost(s.Host.Or(""))
	timeout, err := time.ParseDuration(s.Timeout.Or(""))
	if err != nil {
		timeout = settings.DefaultTimeout
	}
	verified := host
	if name, given := s.TLSServerName.Get(); given {
		verified, _ = settings.ParseHost(name)
	}
	return Request{
		Host: host,
		Port: uint16(s.ResolvedPort().Or(0)), //nolint:gosec // G115: the rules refuse other ports
		Mode: s.ResolvedMode().Or(settings.Implicit),
		Trust: certs.Trust{
			ServerName:    verified.CertificateName(),
			RootsPEM:      s.CACertPEM.Or(""),
			MinVersion:    s.TLSMinVersion.Or(settings.DefaultTLSMin),
			Insecure:      s.Insecure.Or(false),
			ClientCertPEM: s.ClientCertPEM.Or(""),
			ClientKeyPEM:  s.ClientKeyPEM.Or(secret.String{}),
		},
		Credentials: auth.Credentials{
			Username:    s.Username.Or(""),
			Password:    s.Password.Or(secret.String{}),
			AccessToken: s.AccessToken.Or(secret.String{}),
			External:    s.ClientCertPEM.IsKnown(),
		},
		Mechanism: s.AuthMechanism.Or(""),
		EHLOName:  domain(s.EHLOName.Or("")),
		Verify:    s.ResolvedVerify().Or(settings.VerifyNone),
		From:      mailbox(s.From.Or("")),
		RcptTo:    mailboxes(s.RcptTo.Or(nil)),
		Subject:   s.MessageSubject.Or(settings.DefaultSubject),
		Timeout:   timeout,
		Attempts:  int(s.RetryAttempts.Or(1)),
	}
}

// domain returns a name as EHLO takes it: in A-labels and without a final dot (RFC
// 5321 section 2.3.5), an address literal as it is.
func domain(name string) string {
	if h, err := settings.ParseHost(name); err == nil && !h.IsIP() {
		return h.Name
	}
	return name
}

// mailbox returns an address with a domain of other characters than ASCII in
// A-labels, which every server takes (RFC 5890 section 2.3.2.1).
func mailbox(address string) string {
	cut := strings.LastIndex(address, "@") + 1
	if h, err := settings.ParseHost(address[cut:]); err == nil && notASCII(address[cut:]) {
		return address[:cut] + h.Name
	}
	return address
}

func notASCII(text string) bool {
	return strings.ContainsFunc(text, func(c rune) bool { return c > unicode.MaxASCII })
}

func mailboxes(addresses []string) []string {
	var out []string
	for _, a := range addresses {
		out = append(out, mailbox(a))
	}
	return out
}

// needsUTF8 reports whether an address has other characters than ASCII, which
// takes an extension (RFC 6531 section 3.4).
func (r Request) needsUTF8() bool {
	return notASCII(r.From) || slices.ContainsFunc(r.RcptTo, notASCII)
}

// expiredToken returns an error if the access token can be read and has expired, so that it
// is not even sent.
func (r Request) expiredToken(now time.Time) error {
	if !r.logsIn() {
		return nil
	}
	return auth.TokenExpired(r.Credentials.AccessToken, now)
}

// secrets returns an eraser for all that is quoted. It keeps parts of secrets that are also
// parts of what a report or a diagnostic shows anyway.
func (r Request) secrets() *secret.Eraser {
	open := append([]string{r.Host.Name, r.Trust.ServerName, r.EHLOName, r.From, r.Credentials.Username}, r.RcptTo...)
	for _, m := range settings.Mechanisms() {
		open = append(open, string(m))
	}
	return secret.NewEraser(r.Credentials.Password, r.Credentials.AccessToken, r.Trust.ClientKeyPEM).Showing(open...)
}

// logsIn reports whether there is something to log in with.
func (r Request) logsIn() bool {
	return r.reaches(settings.VerifyAuth) &&
		(r.Credentials.Username != "" || r.Mechanism == settings.External)
}

// ehloName returns what the client calls itself (RFC 5321 section 4.1.4): the declared
// name, else this machine's name if that has a domain, else the local address as a literal.
func (r Request) ehloName(local netip.Addr) string {
	if r.EHLOName != "" {
		return r.EHLOName
	}
	if name := MachineName(); name != "" {
		return name
	}
	local = local.Unmap().WithZone("")
	if local.Is6() {
		return "[IPv6:" + local.String() + "]"
	}
	return "[" + local.String() + "]"
}

// MachineName returns this machine's own name if it has a domain, else "".
func MachineName() string {
	name, err := os.Hostname()
	if err != nil || !strings.Contains(name, ".") {
		return ""
	}
	h, err := settings.ParseHost(name)
	if err != nil || h.IsIP() || strings.Contains(h.Name, "_") {
		return ""
	}
	return h.Name
}
