package certs

import (
	"cmp"
	"crypto/x509"
	"net/netip"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// ofName reports a certificate for other names than the server's. crypto/x509 compares
// them; this finds the reasons.
func ofName(c presented) []Defect {
	if c.name == "" || c.leaf.VerifyHostname(c.name) == nil {
		return nil
	}
	names := namesOf(c.leaf)
	host, _ := settings.ParseHost(c.name)
	facts := finding.Facts{"name": finding.Quote(c.name)}
	if len(names) == 0 {
		if cn := c.leaf.Subject.CommonName; cn != "" {
			facts["cn"] = finding.Quote(cn)
		}
		facts["san"] = "DNS:" + facts["name"]
		if host.IsIP() {
			facts["san"] = "IP:" + facts["name"]
		}
		return []Defect{{"certificate-no-san", facts, "the certificate has no subject alternative names"}}
	}
	facts["names"] = list(names)
	seen := "the certificate is for " + facts["names"] + ", not for " + facts["name"]
	if host.IsIP() {
		facts["address"] = facts["name"]
		suggest(facts, hosts(c.leaf))
		return []Defect{{"certificate-name-mismatch", facts, seen}}
	}
	if wildcard := nearWildcard(host.Name, c.leaf.DNSNames); wildcard != "" {
		facts["wildcard"] = wildcard
	}
	if related(host.Name, c.leaf.DNSNames) {
		own := slices.DeleteFunc(hosts(c.leaf), func(name string) bool { return !related(host.Name, []string{name}) })
		slices.SortStableFunc(own, func(a, b string) int {
			return cmp.Or(cmp.Compare(shared(b, host.Name), shared(a, host.Name)), cmp.Compare(forSending(b), forSending(a)))
		})
		suggest(facts, own)
	} else {
		facts["unrelated"] = facts["name"]
		if names := hosts(c.leaf); len(names) == 1 {
			facts["other"] = names[0]
		}
	}
	return []Defect{{"certificate-name-mismatch", facts, seen}}
}

// namesOf returns what a certificate is for, addresses as text.
func namesOf(cert *x509.Certificate) []string {
	names := append([]string{}, cert.DNSNames...)
	for _, ip := range cert.IPAddresses {
		if addr, ok := netip.AddrFromSlice(ip); ok {
			names = append(names, addr.Unmap().String())
		}
	}
	return names
}

// hosts returns the names of a certificate that could be the value of host. No other name is
// ever suggested, because it would become a line of HCL.
func hosts(leaf *x509.Certificate) []string {
	var names []string
	for _, name := range leaf.DNSNames {
		host, err := settings.ParseHost(name)
		if err == nil && !host.IsIP() && !strings.Contains(name, "*") && !slices.Contains(names, host.Name) {
			names = append(names, host.Name)
		}
	}
	return names
}

// suggest sets facts to the first names, the likeliest first.
func suggest(facts finding.Facts, names []string) {
	for i, fact := range []string{"best", "second", "third"} {
		if i < len(names) {
			facts[fact] = names[i]
		}
	}
}

// shared counts the labels at their ends that two names have in common.
func shared(a, b string) int {
	left, right := strings.Split(a, "."), strings.Split(b, ".")
	n := 0
	for n < min(len(left), len(right)) && left[len(left)-1-n] == right[len(right)-1-n] {
		n++
	}
	return n
}

// forSending is 1 for a name that servers for sending mail usually have, else 0.
func forSending(name string) int {
	label, _, _ := strings.Cut(name, ".")
	if slices.Contains([]string{"smtp", "submission", "mail", "out", "outgoing", "relay"}, label) {
		return 1
	}
	return 0
}

// nearWildcard returns a wildcard that seems to cover the name and doesn't: one for the
// domain itself, or for a domain more than one label above (RFC 9525 section 6.3).
func nearWildcard(name string, dnsNames []string) string {
	for _, candidate := range dnsNames {
		parent, ok := strings.CutPrefix(strings.ToLower(candidate), "*.")
		if ok && (name == parent || strings.HasSuffix(name, "."+parent)) {
			return finding.Quote(candidate)
		}
	}
	return ""
}

// related reports whether one of the names is under the same registered domain.
func related(name string, dnsNames []string) bool {
	own, err := publicsuffix.EffectiveTLDPlusOne(name)
	if err != nil {
		return false
	}
	for _, candidate := range dnsNames {
		candidate = strings.TrimSuffix(strings.TrimPrefix(strings.ToLower(candidate), "*."), ".")
		if theirs, err := publicsuffix.EffectiveTLDPlusOne(candidate); err == nil && theirs == own {
			return true
		}
	}
	return false
}
