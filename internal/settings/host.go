package settings

import (
	"net/netip"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
)

// Host is a server's name in the form that DNS, SNI and certificates use, or an
// IP address.
type Host struct {
	Name string     // A-labels in lower case without a final dot, or the address without brackets
	IP   netip.Addr // valid where the host is an address
}

// IsIP reports whether the host is an address.
func (h Host) IsIP() bool { return h.IP.IsValid() }

// IsLoopback reports whether the host is this machine itself, by address or as
// localhost, which package dial never takes to another machine (RFC 6761 section 6.3).
// Nothing that is sent to it crosses a network.
func (h Host) IsLoopback() bool { return h.Name == "localhost" || h.IP.IsLoopback() }

// String returns the name or the address.
func (h Host) String() string { return h.Name }

// CertificateName returns the name or address that a certificate must contain: the
// host without the zone of an IPv6 address, which has a meaning on this machine alone
// (RFC 6874 section 1).
func (h Host) CertificateName() string {
	if h.IP.Zone() != "" {
		return h.IP.WithZone("").String()
	}
	return h.Name
}

const (
	longestName  = 253 // RFC 1035 section 2.3.4, without the root's dot
	longestLabel = 63
	longestText  = 4096 // a longer text is only reported as too long
)

// lookup maps a name with non-ASCII characters to A-labels as browsers do.
// [idna.Lookup] accepts empty and overlong labels.
var lookup = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.Transitional(false),
	idna.StrictDomainName(true), idna.VerifyDNSLength(true))

// zone matches what stands after the "%" of an IPv6 address: unreserved characters
// (RFC 6874 section 2), or nothing.
var zone = lazyregexp.New(`^[A-Za-z0-9._~-]*$`)

var scheme = lazyregexp.New(`^[A-Za-z][A-Za-z0-9+.-]*:/{1,2}`)

// ParseHost reads host. Its error is a [*finding.Error] and never repeats the text: a
// pasted URL may contain a password.
func ParseHost(text string) (Host, error) {
	if len(text) > longestText {
		return Host{}, &finding.Error{Code: "host-too-long"}
	}
	if code, bad := hostFault(text); bad {
		return Host{}, &finding.Error{Code: code, Facts: suggestion(text)}
	}
	if h, ok := address(strings.TrimSuffix(strings.TrimPrefix(text, "["), "]")); ok {
		return h, nil
	}
	name := strings.TrimSuffix(text, ".")
	if !isASCII(name) {
		mapped, err := lookup.ToASCII(name)
		if err != nil {
			return Host{}, &finding.Error{Code: "host-idn-invalid"}
		}
		name = mapped
	}
	name = strings.ToLower(name)
	if h, ok := address(name); ok { // with a final dot, or in digits that IDNA maps to these
		return h, nil
	}
	if first := firstHost(name); first != name {
		return Host{}, &finding.Error{Code: "host-invalid-character", Facts: suggestion(first)}
	}
	if err := checkLabels(name); err != nil {
		return Host{}, err
	}
	return Host{Name: name}, nil
}

// address reads an IP address. [netip.ParseAddr] accepts any text as the zone of an
// IPv6 address; in a URL such a text could end the host.
func address(text string) (Host, bool) {
	ip, err := netip.ParseAddr(text)
	if err != nil || !zone.MatchString(ip.Zone()) {
		return Host{}, false
	}
	return Host{Name: ip.Unmap().String(), IP: ip.Unmap()}, true
}

// hostFault says why a text is no bare host, with the most telling code first.
func hostFault(text string) (finding.Code, bool) {
	switch {
	case text == "":
		return "host-empty", true
	case !utf8.ValidString(text) || strings.ContainsFunc(text, unprintable):
		return "host-control-character", true
	case strings.ContainsFunc(text, unicode.IsSpace):
		return "host-white-space", true
	case strings.Contains(text, ":/") && scheme.MatchString(text): // few texts need the slow test
		return "host-has-scheme", true
	case strings.Contains(text, "@"):
		return "host-has-user", true
	case strings.ContainsAny(text, "/?#\\"):
		return "host-has-path", true
	case hasPort(text):
		return "host-has-port", true
	case strings.HasPrefix(text, "[") != strings.HasSuffix(text, "]"):
		return "host-invalid-character", true
	}
	return "", false
}

func unprintable(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }

// hasPort distinguishes "name:587" and "[::1]:587" from an IPv6 address.
func hasPort(text string) bool {
	if _, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return false
	}
	return strings.Contains(text, ":")
}

// suggestion finds the bare host in a text, with the port and the mode that stand
// beside it. It never returns the user part of a URL.
func suggestion(text string) finding.Facts {
	rest := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) { // invisible
			return -1
		}
		return r
	}, strings.TrimSpace(text))
	facts := finding.Facts{}
	if head := scheme.FindString(rest); head != "" {
		name := strings.ToLower(strings.TrimRight(head, ":/"))
		mode, known := ModeOfScheme(name)
		if name == "ssl" { // as PHP and others write it
			mode, known = Implicit, true
		}
		if known {
			facts["scheme"], facts["mode"] = name, string(mode)
		}
		rest = rest[len(head):]
	}
	rest = strings.TrimPrefix(rest, "//") // a URL without its scheme
	if i := strings.IndexAny(rest, "/?#\\"); i >= 0 {
		rest = rest[:i]
	}
	rest = firstHost(rest[strings.LastIndex(rest, "@")+1:])
	if i := strings.LastIndex(rest, ":"); i >= 0 && hasPort(rest) {
		if port, err := strconv.ParseUint(rest[i+1:], 10, 16); err == nil && port > 0 {
			facts["port"] = strconv.FormatUint(port, 10)
			if Contradicts(int(port), TLSMode(facts["mode"])) { // the port decides
				delete(facts, "scheme")
				delete(facts, "mode")
			}
		}
		rest = rest[:i]
	}
	if _, bad := hostFault(rest); bad {
		return nil
	}
	h, err := ParseHost(rest)
	if err != nil {
		return nil
	}
	facts["host"] = h.Name
	return facts
}

// firstHost returns the first of several hosts. A comma between parts of one name is
// another mistake.
func firstHost(text string) string {
	first, _, several := strings.Cut(strings.ReplaceAll(text, ";", ","), ",")
	if several && strings.Contains(first, ".") {
		return first
	}
	return text
}

func checkLabels(name string) error {
	if len(name) > longestName {
		return &finding.Error{Code: "host-too-long"}
	}
	for label := range strings.SplitSeq(name, ".") {
		switch {
		case label == "":
			return &finding.Error{Code: "host-empty-label"}
		case len(label) > longestLabel:
			return &finding.Error{Code: "host-label-too-long"}
		case strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "":
			return &finding.Error{Code: "host-invalid-character"}
		case label[0] == '-' || label[len(label)-1] == '-':
			return &finding.Error{Code: "host-label-hyphen"}
		}
	}
	return nil
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}
