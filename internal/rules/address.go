package rules

import (
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// The longest address fits between the brackets of a path of 256 octets (RFC 5321
// section 4.5.3.1.3), and so does its local part of 64 (section 4.5.3.1.1).
const (
	longestAddress   = 254
	longestLocalPart = 64
)

// atext are the ASCII characters of an atom other than letters and digits (RFC 5322
// section 3.2.3).
const atext = "!#$%&'*+-/=?^_`{|}~"

// validAddress accepts a Mailbox (RFC 5321 section 4.1.2): a bare address, without
// angle brackets or a display name, internationalised ones included (RFC 6531
// section 3.3).
func validAddress(text string) bool {
	at := strings.LastIndexByte(text, '@')
	if at < 0 || at > longestLocalPart || len(text) > longestAddress || !utf8.ValidString(text) {
		return false
	}
	local, domain := text[:at], text[at+1:]
	return (validDotString(local) || validQuotedString(local)) && (validDomain(domain) || validLiteral(domain))
}

// validEHLO accepts what EHLO takes: a domain name or an address literal (RFC 5321
// section 4.1.1.1).
func validEHLO(name string) bool { return validDomain(name) || validLiteral(name) }

// validDotString accepts atoms that are joined by dots.
func validDotString(local string) bool {
	for atom := range strings.SplitSeq(local, ".") {
		if atom == "" || strings.ContainsFunc(atom, func(r rune) bool { return !isAtext(r) }) {
			return false
		}
	}
	return true
}

func isAtext(r rune) bool {
	if r >= utf8.RuneSelf {
		return isShown(r)
	}
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune(atext, r)
}

// isShown rejects the characters beyond ASCII that nobody sees: control and format
// characters, white space. The two joiners belong to the spelling of some languages.
func isShown(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return r == nonJoiner || r == joiner || !unicode.In(r, unicode.C, unicode.Z)
}

// validQuotedString accepts a local part in quotation marks: printable characters,
// of which a quotation mark and a backslash stand behind a backslash.
func validQuotedString(local string) bool {
	if len(local) < 2 || local[0] != '"' || local[len(local)-1] != '"' {
		return false
	}
	escaped := false
	for _, r := range local[1 : len(local)-1] {
		switch {
		case r < ' ' || r == unicode.MaxASCII || r >= utf8.RuneSelf && (escaped || !isShown(r)):
			return false
		case escaped:
			escaped = false
		case r == '\\':
			escaped = true
		case r == '"':
			return false
		}
	}
	return !escaped
}

// validDomain accepts labels of letters, digits and hyphens, in Unicode too, of
// which the last is no number: that would be an IP address without brackets (RFC
// 5321 section 2.3.5, RFC 3696 section 2).
func validDomain(name string) bool {
	h, err := settings.ParseHost(name)
	if err != nil || h.IsIP() || strings.HasSuffix(name, ".") || strings.Contains(name, "_") {
		return false
	}
	last := h.Name[strings.LastIndexByte(h.Name, '.')+1:]
	return strings.Trim(last, "0123456789") != ""
}

// validLiteral accepts an IP address in brackets (RFC 5321 section 4.1.3), where
// "::" stands for two groups or more.
func validLiteral(text string) bool {
	const tag = "IPv6:"
	inner, opened := strings.CutPrefix(text, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	if !opened || !closed {
		return false
	}
	if len(inner) < len(tag) || !strings.EqualFold(inner[:len(tag)], tag) {
		ip, err := netip.ParseAddr(inner)
		return err == nil && ip.Is4()
	}
	inner = inner[len(tag):]
	ip, err := netip.ParseAddr(inner)
	return err == nil && ip.Is6() && ip.Zone() == "" && (!strings.Contains(inner, "::") || groups(inner) <= 6)
}

// groups counts the groups of 16 bits that are written out in an IPv6 address.
func groups(ip string) int {
	n := 0
	for group := range strings.SplitSeq(ip, ":") {
		switch {
		case strings.Contains(group, "."):
			n += 2
		case group != "":
			n++
		}
	}
	return n
}
