package rules

import (
	"errors"
	"net/mail"
	"net/netip"
	"strings"
	"time"
	"unicode"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// meantEHLO returns the name most likely meant by a URL, a name with a port or an
// address without brackets.
func meantEHLO(text string) (string, bool) {
	bare := strings.TrimSpace(text)
	if inner, literal := strings.CutPrefix(strings.Trim(bare, "[]"), "IPv6:"); literal {
		bare = inner
	}
	h, err := settings.ParseHost(bare)
	if err != nil {
		var bad *finding.Error
		if !errors.As(err, &bad) {
			return "", false
		}
		if h, err = settings.ParseHost(bad.Facts["host"]); err != nil {
			return "", false
		}
	}
	meant := h.Name
	if h.IsIP() {
		meant = literal(h.IP)
	}
	return meant, validEHLO(meant)
}

// literal writes an IP address as RFC 5321 section 4.1.3 has it, without its zone.
func literal(ip netip.Addr) string {
	if ip.Is4() {
		return "[" + ip.String() + "]"
	}
	return "[IPv6:" + ip.WithZone("").String() + "]"
}

// meantAddress returns the address most likely meant: the one inside "Name <address>"
// or a mailto: URL, without white space or a doubled @, or the first of several. Each of
// several must be an address, so that no part of a secret is ever returned.
func meantAddress(text string) (string, bool) {
	if validAddress(text) {
		return text, true
	}
	if parsed, err := mail.ParseAddress(text); err == nil && validAddress(parsed.Address) {
		return parsed.Address, true
	}
	if all, err := mail.ParseAddressList(strings.ReplaceAll(text, ";", ",")); err == nil {
		for _, one := range all {
			if !validAddress(one.Address) {
				return "", false
			}
		}
		return all[0].Address, true
	}
	bare := strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.In(r, unicode.C) {
			return -1
		}
		return r
	}, text)
	if head := "mailto:"; len(bare) > len(head) && strings.EqualFold(bare[:len(head)], head) {
		bare, _, _ = strings.Cut(bare[len(head):], "?")
	}
	bare = strings.ReplaceAll(strings.Trim(bare, "<>'\",;."), "@@", "@")
	return bare, validAddress(bare)
}

// units are spellings of the units of a duration.
var units = lazyregexp.New(`(seconds?|secs?|minutes?|mins?|hours?|hrs?)`)

// meantDuration returns the duration most likely meant by a text without a unit, with
// one that is spelt out, or beyond a bound.
func meantDuration(text string) (string, bool) {
	short := units.ReplaceAllStringFunc(strings.ToLower(strings.Join(strings.Fields(text), "")), func(unit string) string { return unit[:1] })
	for _, meant := range []string{short, short + "s"} {
		d, err := time.ParseDuration(meant)
		switch {
		case err != nil || d < 0:
			continue
		case d < shortestTimeout:
			return "1s", true
		case d > longestTimeout:
			return "10m", true
		}
		return meant, true
	}
	return "", false
}
