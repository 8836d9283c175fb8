package rules

import (
	"strconv"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// A protocol is what a port is for, with a hint beyond its name.
type protocol struct{ name, hint string }

// otherProtocols are ports that people confuse with submission, as registered at the
// IANA.
var otherProtocols = map[int]protocol{
	21:   {"FTP", "File transfer has a port of its own."},
	22:   {"SSH", "A tunnel to a mail server listens on a port of your choice, not on this one."},
	23:   {"Telnet", "Trying SMTP by hand with telnet uses the SMTP port."},
	53:   {"DNS", "Names are looked up there, mail is not sent."},
	80:   {"HTTP", "The service's web interface or API answers there."},
	110:  {"POP3 (reading mail)", "Mail programs list it as the incoming server; sending needs the outgoing one."},
	143:  {"IMAP (reading mail)", "Mail programs list it as the incoming server; sending needs the outgoing one."},
	443:  {"HTTPS", "The service's web interface or API answers there."},
	993:  {"IMAP over TLS (reading mail)", "Mail programs list it as the incoming server; sending needs the outgoing one."},
	995:  {"POP3 over TLS (reading mail)", "Mail programs list it as the incoming server; sending needs the outgoing one."},
	3306: {"MySQL", "A database answers there."},
	4190: {"ManageSieve (mail filters)", "Filters are managed there, mail is not sent."},
	5432: {"PostgreSQL", "A database answers there."},
	6379: {"Redis", "A database answers there."},
	8080: {"HTTP", "A web interface or API answers there."},
}

// customary are ports that are used for something else by custom alone.
var customary = map[int]protocol{
	24:   {"LMTP (local delivery)", "LMTP hands mail to mailboxes and takes none for sending."},
	8025: {"the web page of mail catchers such as Mailpit and MailHog", "Their SMTP port is 1025."},
}

// mistyped are typos of 465 and 587 found in real settings.
var mistyped = map[int]int{
	456: 465, 446: 465, 4650: 465, 564: 465, 654: 465, 645: 465, 464: 465,
	578: 587, 583: 587, 857: 587, 5877: 587, 5870: 587, 588: 587, 589: 587,
}

// alternatives are ports that services offer besides 465 and 587, with their customary
// mode.
var alternatives = map[int]settings.TLSMode{
	2465: settings.Implicit,
	2587: settings.StartTLS, 2525: settings.StartTLS, 2500: settings.StartTLS, 2526: settings.StartTLS,
}

var portRules = []rule{
	{"port-out-of-range", func(s settings.Settings) (finding.Facts, bool) {
		port, known := s.Port.Get()
		return finding.Facts{"port": strconv.FormatInt(port, 10)}, known && (port < 1 || port > 65535)
	}},
	{"port-required", func(s settings.Settings) (finding.Facts, bool) {
		return nil, s.Port.IsUnset() && s.TLSMode.Or("") == settings.NoTLS
	}},
	{"port-25", func(s settings.Settings) (finding.Facts, bool) {
		return nil, s.Port.Or(0) == 25 && !listed(s, 25) && !local(s)
	}},
	{"port-25-blocked", func(s settings.Settings) (finding.Facts, bool) {
		service, facts, ok := service(s)
		return facts, ok && s.Port.Or(0) == 25 && len(service.On(25)) > 0 && len(service.On(25)) < len(service.Endpoints)
	}},
	{"port-of-other-protocol", func(s settings.Settings) (finding.Facts, bool) {
		port := int(s.Port.Or(0))
		other, bad := otherProtocols[port]
		return other.facts(port), bad && !listed(s, port) && !local(s)
	}},
	{"port-unusual", func(s settings.Settings) (finding.Facts, bool) {
		port := int(s.Port.Or(0))
		other, bad := customary[port]
		if registered, known := otherProtocols[port]; known && local(s) {
			other, bad = registered, true
		}
		return other.facts(port), bad && !listed(s, port) && !portsComplete(s)
	}},
	{"port-mistyped", func(s settings.Settings) (finding.Facts, bool) {
		port := int(s.Port.Or(0))
		meant, bad := mistyped[port]
		return finding.Facts{
			"port": strconv.Itoa(port), "meant": strconv.Itoa(meant),
			"mode": string(settings.ModeOfPort(meant)),
		}, bad && !listed(s, port) && !portsComplete(s) && !local(s)
	}},
	alternative("port-alternative-implicit", settings.StartTLS),
	alternative("port-alternative-starttls", settings.Implicit),
	{"port-mail-catcher", func(s settings.Settings) (finding.Facts, bool) {
		port, mode, ok := endpoint(s)
		return finding.Facts{"mode": string(mode)}, ok && port == 1025 && mode != settings.NoTLS && !listed(s, port)
	}},
}

func (p protocol) facts(port int) finding.Facts {
	return finding.Facts{"port": strconv.Itoa(port), "protocol": p.name, "hint": p.hint}
}

// alternative is the rule that the declared mode is the customary one of the port.
func alternative(code finding.Code, usual settings.TLSMode) rule {
	return rule{code, func(s settings.Settings) (finding.Facts, bool) {
		port, mode, ok := endpoint(s)
		return finding.Facts{"port": strconv.Itoa(port), "mode": string(mode)},
			ok && alternatives[port] == usual && (usual == settings.Implicit) != (mode == settings.Implicit) && !listed(s, port)
	}}
}

// local reports whether the host is this machine. Anything may listen there, on any
// port: a tunnel, a container.
func local(s settings.Settings) bool {
	h, ok := host(s)
	return ok && h.IsLoopback()
}

// portsComplete reports whether the service of the host documents all its ports. Then a
// rule about services says more.
func portsComplete(s settings.Settings) bool {
	service, _, ok := service(s)
	return ok && service.PortsComplete
}
