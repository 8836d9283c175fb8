package rules

import (
	"strconv"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// otherProtocols are ports that people mix up with submission, and what to say
// beyond the protocol's name.
var otherProtocols = map[int]struct{ name, hint string }{
	21:   {"FTP", "File transfer has a port of its own."},
	22:   {"SSH", "A tunnel to a mail server listens on a port of your choice, not on this one."},
	23:   {"Telnet", "Trying SMTP by hand with telnet uses the SMTP port."},
	24:   {"LMTP (local delivery)", "LMTP hands mail to mailboxes and takes none for sending."},
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
	8025: {"the web page of mail catchers such as Mailpit and MailHog", "Their SMTP port is 1025."},
	8080: {"HTTP", "A web interface or API answers there."},
}

// mistyped are the slips for 465 and 587 that show up in people's settings.
var mistyped = map[int]int{
	456: 465, 446: 465, 4650: 465, 564: 465, 654: 465, 645: 465, 464: 465,
	578: 587, 583: 587, 857: 587, 5877: 587, 5870: 587, 588: 587, 589: 587,
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
		return nil, s.Port.Or(0) == 25
	}},
	{"port-of-other-protocol", func(s settings.Settings) (finding.Facts, bool) {
		port := int(s.Port.Or(0))
		other, bad := otherProtocols[port]
		return finding.Facts{"port": strconv.Itoa(port), "protocol": other.name, "hint": other.hint}, bad && !listed(s, port)
	}},
	{"port-mistyped", func(s settings.Settings) (finding.Facts, bool) {
		port := int(s.Port.Or(0))
		meant, bad := mistyped[port]
		return finding.Facts{
			"port": strconv.Itoa(port), "meant": strconv.Itoa(meant),
			"mode": string(settings.ModeOfPort(meant)),
		}, bad && !listed(s, port)
	}},
	{"port-alternative-implicit", func(s settings.Settings) (finding.Facts, bool) {
		port, mode, ok := endpoint(s)
		return finding.Facts{"port": strconv.Itoa(port)}, ok && (port == 2525 || port == 2500 || port == 2526) &&
			mode == settings.Implicit && !listed(s, port)
	}},
	{"port-mail-catcher", func(s settings.Settings) (finding.Facts, bool) {
		port, mode, ok := endpoint(s)
		return finding.Facts{"mode": string(mode)}, ok && port == 1025 && mode != settings.NoTLS && !listed(s, port)
	}},
}
