package wire

import (
	"slices"
	"strconv"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
)

// Capabilities is what a server listed in reply to EHLO (RFC 5321 section
// 4.1.1.1). The zero value is the empty list, as after HELO.
type Capabilities struct {
	keywords map[string][]string // parameters by keyword in upper case
	list     []string            // lines fit to print
	refusal  *ReplyError         // of EHLO, where HELO was accepted
}

// mostMechanisms bounds the list of mechanisms.
const mostMechanisms = 64

// authEquals is the form of AUTH that servers older than RFC 2554 send.
var authEquals = lazyregexp.New(`(?i)^AUTH=`)

// blanked matches a keyword that a firewall has overwritten.
var blanked = lazyregexp.New(`^X{6,}[A-Z]?$`)

// parseCapabilities reads the raw lines after the first, which is the server's name, in
// upper or lower case. The list has them as they may be shown.
func parseCapabilities(raw, shown []string) Capabilities {
	caps := Capabilities{keywords: map[string][]string{}}
	for i, line := range raw {
		if i == 0 {
			continue
		}
		fields := strings.Fields(authEquals.ReplaceAllString(line, "AUTH "))
		if len(fields) == 0 {
			continue
		}
		keyword := strings.ToUpper(fields[0])
		caps.keywords[keyword] = append(caps.keywords[keyword], fields[1:]...)
		if !slices.Contains(caps.list, shown[i]) {
			caps.list = append(caps.list, shown[i])
		}
	}
	return caps
}

// Refusal returns how the server refused EHLO before it accepted HELO, or nil.
func (c Capabilities) Refusal() *ReplyError { return c.refusal }

// Has reports whether the extension is listed.
func (c Capabilities) Has(keyword string) bool {
	_, ok := c.keywords[keyword]
	return ok
}

// Mechanisms returns the login mechanisms in upper case, in the server's order
// (RFC 4954 section 3).
func (c Capabilities) Mechanisms() []string {
	var names []string
	for _, name := range c.keywords["AUTH"] {
		name = strings.ToUpper(name)
		if wellFormed.MatchString(name) && !slices.Contains(names, name) && len(names) < mostMechanisms {
			names = append(names, name)
		}
	}
	return names
}

// wellFormed is the name of a mechanism (RFC 4422 section 3.1).
var wellFormed = lazyregexp.New(`^[A-Z0-9_-]{1,20}$`)

// Size returns the largest message in bytes that the server takes (RFC 1870
// section 4); ok is false where it gives none, or 0 for no limit.
func (c Capabilities) Size() (n int64, ok bool) {
	for _, parameter := range c.keywords["SIZE"] {
		if n, err := strconv.ParseInt(parameter, 10, 64); err == nil && n > 0 {
			return n, true
		}
	}
	return 0, false
}

// List returns the extensions as the server wrote them.
func (c Capabilities) List() []string { return slices.Clone(c.list) }

// Blanked reports whether something on the path has overwritten a keyword with X's, as
// firewalls that inspect SMTP do to STARTTLS.
func (c Capabilities) Blanked() bool {
	for keyword := range c.keywords {
		if blanked.MatchString(keyword) {
			return true
		}
	}
	return false
}
