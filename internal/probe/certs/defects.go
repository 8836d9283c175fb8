package certs

import (
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// ofDates reports every certificate on the way to the root that is not valid now. If
// nothing leads to a root, it reports those that the server sent, up to the first that
// would be trusted.
func ofDates(c presented) []Defect {
	way := c.way
	if way == nil {
		way = c.path
	}
	var defects []Defect
	for i, cert := range way {
		if c.way == nil && i > 0 && c.leads(cert) {
			break
		}
		facts := finding.Facts{"which": c.which(way, i), "element": c.element(way, i), "now": c.now.UTC().Format(time.RFC3339)}
		switch {
		case c.now.After(cert.NotAfter):
			facts["date"], facts["ago"] = date(cert.NotAfter), span(c.now.Sub(cert.NotAfter))
			defects = append(defects, Defect{"certificate-expired", facts, facts["which"] + " expired on " + facts["date"] + ", " + facts["ago"] + " ago"})
		case c.now.Before(cert.NotBefore):
			facts["date"], facts["ahead"] = date(cert.NotBefore), span(cert.NotBefore.Sub(c.now))
			defects = append(defects, Defect{"certificate-not-yet-valid", facts, facts["which"] + " is valid only from " + facts["date"] + ", in " + facts["ahead"]})
		}
	}
	return defects
}

// ofUsage reports a leaf whose extended key usage leaves out servers (RFC 5280 section
// 4.2.1.12).
func ofUsage(c presented) []Defect {
	if len(c.leaf.ExtKeyUsage)+len(c.leaf.UnknownExtKeyUsage) == 0 {
		return nil
	}
	var named []string
	for _, usage := range c.leaf.ExtKeyUsage {
		if usage == x509.ExtKeyUsageServerAuth || usage == x509.ExtKeyUsageAny {
			return nil
		}
		named = append(named, usage.String())
	}
	for _, oid := range c.leaf.UnknownExtKeyUsage {
		named = append(named, oid.String())
	}
	usages := list(named)
	return []Defect{{"certificate-not-for-servers", finding.Facts{"usages": usages}, "its extended key usage is " + usages + ", without serverAuth"}}
}

// ofSignatures reports weak signatures on the path, except those of certificates on
// themselves, which nothing rests on.
func ofSignatures(c presented) []Defect {
	var defects []Defect
	for i, cert := range c.path {
		if selfSigned(cert) || !weakSignature(cert) {
			continue
		}
		facts := finding.Facts{"which": c.which(c.path, i), "algorithm": cert.SignatureAlgorithm.String()}
		defects = append(defects, Defect{"certificate-weak-signature", facts, facts["which"] + " is signed with " + facts["algorithm"]})
	}
	return defects
}

func weakSignature(cert *x509.Certificate) bool {
	switch cert.SignatureAlgorithm {
	case x509.MD2WithRSA, x509.MD5WithRSA, x509.SHA1WithRSA, x509.DSAWithSHA1, x509.ECDSAWithSHA1:
		return true
	}
	return false
}

// leastBits is the shortest RSA key that counts as safe (RFC 9325 section 4.5).
const leastBits = 2048

// ofKeys reports RSA keys that are too short.
func ofKeys(c presented) []Defect {
	var defects []Defect
	for i, cert := range c.path {
		key, ok := cert.PublicKey.(*rsa.PublicKey)
		if !ok || key.N.BitLen() >= leastBits {
			continue
		}
		facts := finding.Facts{"which": c.which(c.path, i), "bits": strconv.Itoa(key.N.BitLen())}
		defects = append(defects, Defect{"certificate-weak-key", facts, facts["which"] + " has an RSA key of " + facts["bits"] + " bits"})
	}
	return defects
}

// The parts of a chain, by who has to replace one.
const (
	ofLeaf         = "leaf"
	ofIntermediate = "intermediate" // the server's chain file
	ofDeclared     = "ca_cert_pem"
	ofSystem       = "system"
)

// element says what part of a chain the certificate at a place is.
func (c presented) element(chain []*x509.Certificate, i int) string {
	last := i == len(chain)-1 && c.way != nil
	switch {
	case i == 0:
		return ofLeaf
	case last && c.roots != nil && contains(c.roots, chain[i]):
		return ofDeclared
	case last && c.roots == nil && !contains(c.sent, chain[i]):
		return ofSystem
	}
	return ofIntermediate
}

// which names a certificate of a chain by its role.
func (c presented) which(chain []*x509.Certificate, i int) string {
	kind := "intermediate"
	if selfSigned(chain[i]) {
		kind = "root"
	}
	switch c.element(chain, i) {
	case ofLeaf:
		return "The server's certificate"
	case ofDeclared:
		return "The certificate " + subject(chain[i]) + " in ca_cert_pem"
	}
	return "The " + kind + " certificate " + subject(chain[i])
}

// subject and issuer name a certificate for a person: by its common name, else
// by the whole name.
func subject(cert *x509.Certificate) string {
	return quoted(cert.Subject.CommonName, cert.Subject.String())
}

func issuer(cert *x509.Certificate) string {
	return quoted(cert.Issuer.CommonName, cert.Issuer.String())
}

func quoted(names ...string) string {
	for _, name := range names {
		if name != "" {
			return `"` + finding.Quote(name) + `"`
		}
	}
	return "without a name"
}

// mostListed is how many texts of a list are shown.
const mostListed = 10

// list joins texts of a certificate, the first ten of them.
func list(texts []string) string {
	shown := make([]string, 0, mostListed)
	for _, text := range texts[:min(len(texts), mostListed)] {
		shown = append(shown, finding.Quote(text))
	}
	if more := len(texts) - mostListed; more > 0 {
		return strings.Join(shown, ", ") + fmt.Sprintf(", … (%d more)", more)
	}
	return strings.Join(shown, ", ")
}

func date(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

// span writes a duration in days; in hours or minutes if it is shorter than two days or an
// hour.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d >= 2*day:
		return countOf(int(d/day), "day")
	case d >= time.Hour:
		return countOf(int(d/time.Hour), "hour")
	}
	return countOf(int(d/time.Minute), "minute")
}

func countOf(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
