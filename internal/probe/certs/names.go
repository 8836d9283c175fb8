package certs

import (
	"crypto/x509"
	"net/netip"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// ofName tells a certificate that is for other names than the server's. The
// comparison is that of crypto/x509; only the reasons are found here.
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
		suggest(facts, "best", c.leaf)
		return []Defect{{"certificate-name-mismatch", facts, seen}}
	}
	if wildcard := nearWildcard(host.Name, c.leaf.DNSNames); wildcard != "" {
		facts["wildcard"] = wildcard
	}
	if related(host.Name, c.leaf.DNSNames) {
		suggest(facts, "best", c.leaf)
	} else {
		facts["unrelated"] = facts["name"]
		suggest(facts, "other", c.leaf)
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

// suggest sets a fact to the one name that host could be, where there is only
// one. A name that is no host is never suggested: it would become a line of HCL.
func suggest(facts finding.Facts, fact string, leaf *x509.Certificate) {
	var only string
	for _, name := range leaf.DNSNames {
		if strings.Contains(name, "*") {
			continue
		}
		host, err := settings.ParseHost(name)
		if err != nil || host.IsIP() || only != "" {
			return
		}
		only = host.Name
	}
	if only != "" {
		facts[fact] = only
	}
}

// nearWildcard returns the wildcard that a person may think covers the name: one
// for the domain itself, or for a domain more than one label above (RFC 9525
// section 6.3).
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
