package certs

import (
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// Summary is what a handshake agreed on and the server's certificate. Texts are
// fit to print.
type Summary struct {
	Version     string // "1.2", "1.3"
	CipherSuite string // as registered with IANA
	Subject     string // distinguished names in the form of RFC 2253
	Issuer      string
	DNSNames    []string // what the certificate is for, addresses as text
	NotBefore   time.Time
	NotAfter    time.Time
	SHA256      string // of the whole certificate, lower-case hexadecimal
}

// Summarise returns the summary of a handshake.
func Summarise(cs tls.ConnectionState) Summary {
	s := Summary{Version: version(cs.Version), CipherSuite: tls.CipherSuiteName(cs.CipherSuite)}
	if len(cs.PeerCertificates) == 0 {
		return s
	}
	leaf := cs.PeerCertificates[0]
	for _, name := range namesOf(leaf) {
		s.DNSNames = append(s.DNSNames, finding.Quote(name))
	}
	sum := sha256.Sum256(leaf.Raw)
	s.Subject, s.Issuer = finding.Quote(leaf.Subject.String()), finding.Quote(leaf.Issuer.String())
	s.NotBefore, s.NotAfter = leaf.NotBefore.UTC(), leaf.NotAfter.UTC()
	s.SHA256 = hex.EncodeToString(sum[:])
	return s
}

func version(v uint16) string { return strings.TrimPrefix(tls.VersionName(v), "TLS ") }

// soon is when an expiry is worth a warning: well after the time at which
// automatic renewal should have happened (for 90 days, 30 before the end).
const soon = 14 * 24 * time.Hour

// Inspect returns warnings about a certificate with which the handshake succeeded.
func Inspect(cs tls.ConnectionState, t Trust, now time.Time) []finding.Finding {
	if len(cs.PeerCertificates) == 0 {
		return nil
	}
	roots, _ := t.roots()
	defects := Explain(cs.PeerCertificates, t.ServerName, roots, now)
	var warnings []finding.Finding
	switch {
	case t.Insecure && len(defects) > 0:
		facts := finding.Facts{}
		if best, ok := defects[0].Facts["best"]; ok && len(defects) == 1 {
			facts["best"] = best
		}
		warnings = append(warnings, finding.New("insecure-certificate", facts, lines(defects)...))
	case !t.Insecure:
		// The chain is trusted all the same: the only such defect is a key that
		// crypto/tls accepts and others don't.
		for _, d := range defects {
			if d.Code == "certificate-weak-key" {
				warnings = append(warnings, finding.New("weak-certificate-accepted", d.Facts, d.Seen))
			}
		}
	}
	return append(warnings, ending(cs, roots, now)...)
}

// ending warns of the first certificate to expire, on the trusted chain that
// lasts longest.
func ending(cs tls.ConnectionState, roots []*x509.Certificate, now time.Time) []finding.Finding {
	c := presented{sent: cs.PeerCertificates, roots: roots, way: cs.PeerCertificates[:1]}
	if len(cs.VerifiedChains) > 0 {
		c.way = slices.MaxFunc(cs.VerifiedChains, func(a, b []*x509.Certificate) int {
			return first(a).NotAfter.Compare(first(b).NotAfter)
		})
	}
	cert := first(c.way)
	left := cert.NotAfter.Sub(now)
	if left < 0 || left >= soon {
		return nil
	}
	i := slices.Index(c.way, cert)
	facts := finding.Facts{"which": c.which(c.way, i), "element": c.element(c.way, i), "left": span(left), "date": date(cert.NotAfter)}
	return []finding.Finding{finding.New("certificate-expires-soon", facts, facts["which"]+" is valid until "+facts["date"])}
}

// first returns the certificate of a chain that expires first.
func first(chain []*x509.Certificate) *x509.Certificate {
	return slices.MinFunc(chain, func(a, b *x509.Certificate) int { return a.NotAfter.Compare(b.NotAfter) })
}
