package certs

import (
	"crypto/x509"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// Defect is one reason not to trust a server's certificate.
type Defect struct {
	Code  finding.Code
	Facts finding.Facts
	Seen  string // one line that tells it by itself
}

// mostExamined bounds the certificates of a chain that are examined; the longest chains of
// public authorities have five.
const mostExamined = 16

// Explain returns everything that is wrong with the chain that a server sent for a name,
// the most telling first; nothing for a chain without a defect. Roots nil means those of
// the system.
//
// Unlike the verifiers of the platforms, it names every defect and not only the first, and
// it distinguishes the ways in which an authority can be unknown. It decides nothing.
func Explain(chain []*x509.Certificate, name string, roots []*x509.Certificate, now time.Time) []Defect {
	if len(chain) == 0 || chain[0] == nil {
		return nil
	}
	c := newChain(chain[:min(len(chain), mostExamined)], name, roots, now)
	var defects []Defect
	for _, defectsOf := range []func(presented) []Defect{
		ofName,
		ofTrust,
		ofDates,
		ofUsage,
		ofSignatures,
		ofKeys,
	} {
		defects = append(defects, defectsOf(c)...)
	}
	return defects
}

// presented is the chain that a server sent, with what the client trusts. Signatures and
// constraints are judged apart from dates: they lead to a root or they don't, and then each
// certificate on the way is valid now or not.
type presented struct {
	leaf  *x509.Certificate
	path  []*x509.Certificate // the leaf, its issuer, that one's issuer … as far as they were sent
	sent  []*x509.Certificate
	name  string
	roots []*x509.Certificate // nil: those of the system
	now   time.Time

	// way leads from the leaf to a trusted root, with as few certificates on it
	// that are not valid now as can be. It is nil where nothing leads there.
	way []*x509.Certificate
}

func newChain(sent []*x509.Certificate, name string, roots []*x509.Certificate, now time.Time) presented {
	c := presented{leaf: sent[0], sent: sent, name: name, roots: roots, now: now}
	c.path = pathFrom(sent)
	c.way = c.bestWay(c.leaf)
	return c
}

// pathFrom follows the issuers from the first certificate as far as the server sent them, in
// whatever order. A link needs the right name and key; only the name if the signature's
// algorithm is too weak to be checked.
func pathFrom(sent []*x509.Certificate) []*x509.Certificate {
	path := sent[:1:1]
	for !selfSigned(path[len(path)-1]) && len(path) < len(sent) {
		issuer := issuerOf(path[len(path)-1], sent[1:])
		if issuer == nil || contains(path, issuer) {
			break
		}
		path = append(path, issuer)
	}
	return path
}

func issuerOf(cert *x509.Certificate, candidates []*x509.Certificate) *x509.Certificate {
	for _, candidate := range candidates {
		if isNamesake(candidate, cert) && (weakSignature(cert) || signed(candidate, cert)) {
			return candidate
		}
	}
	return nil
}

// isNamesake reports whether a certificate has the name of another's issuer.
func isNamesake(candidate, of *x509.Certificate) bool {
	return candidate != nil && string(candidate.RawSubject) == string(of.RawIssuer)
}

// signed reports whether the signature on a certificate was made with another's key.
func signed(issuer, cert *x509.Certificate) bool {
	return issuer.CheckSignature(cert.SignatureAlgorithm, cert.RawTBSCertificate, cert.Signature) == nil
}

func contains(path []*x509.Certificate, cert *x509.Certificate) bool {
	for _, known := range path {
		if known.Equal(cert) {
			return true
		}
	}
	return false
}

// selfSigned reports whether the certificate is its own issuer, by name and key.
func selfSigned(cert *x509.Certificate) bool {
	return issuerOf(cert, []*x509.Certificate{cert}) != nil
}
