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

// mostExamined is how many of the sent certificates are looked at; the longest
// chains of public authorities have five.
const mostExamined = 16

// Explain returns everything that is wrong with the chain that a server sent for
// a name, the most telling first; nothing for a chain without a defect. Roots
// nil means those of the system.
//
// Other than the verifiers of the platforms it names every defect, not only the
// first, and tells the ways apart in which an authority can be unknown. It
// decides nothing.
func Explain(chain []*x509.Certificate, name string, roots *x509.CertPool, now time.Time) []Defect {
	if len(chain) == 0 || chain[0] == nil {
		return nil
	}
	c := newChain(chain[:min(len(chain), mostExamined)], name, roots, now)
	var defects []Defect
	for _, look := range []func(presented) []Defect{
		ofName,
		ofTrust,
		ofDates,
		ofUsage,
		ofSignatures,
		ofKeys,
	} {
		defects = append(defects, look(c)...)
	}
	return defects
}

// presented is what a server sent, in the light of what is trusted.
type presented struct {
	leaf  *x509.Certificate
	path  []*x509.Certificate // the leaf, its issuer, that one's issuer … as far as they were sent
	sent  []*x509.Certificate
	name  string
	roots *x509.CertPool
	now   time.Time

	valid    bool // the leaf leads to a trusted root, now
	anchored bool // … or would, if it were not for the dates
}

func newChain(sent []*x509.Certificate, name string, roots *x509.CertPool, now time.Time) presented {
	c := presented{leaf: sent[0], sent: sent, name: name, roots: roots, now: now}
	c.path = pathFrom(sent)
	c.valid = c.verify(c.leaf, roots, now) == nil
	c.anchored = c.valid || c.leads(c.leaf, roots)
	return c
}

// pathFrom follows the issuers from the first certificate as far as they were
// sent, in whatever order. A link counts by name and key; where the signature
// algorithm is too weak to be checked, by name.
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
		if candidate == nil || string(candidate.RawSubject) != string(cert.RawIssuer) {
			continue
		}
		if weakSignature(cert) || candidate.CheckSignature(cert.SignatureAlgorithm, cert.RawTBSCertificate, cert.Signature) == nil {
			return candidate
		}
	}
	return nil
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

// verify is the verification of crypto/x509 at a time, without the host name and
// without the usage.
func (c presented) verify(cert *x509.Certificate, roots *x509.CertPool, at time.Time) error {
	between := x509.NewCertPool()
	for _, other := range c.sent {
		if other != nil {
			between.AddCert(other)
		}
	}
	_, err := cert.Verify(x509.VerifyOptions{
		Roots: roots, Intermediates: between, CurrentTime: at,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	})
	return err
}

// leads reports whether the certificate leads to one of the roots, at any time:
// now, or when it was last or first valid together with those above it.
func (c presented) leads(cert *x509.Certificate, roots *x509.CertPool) bool {
	for _, at := range c.times(cert) {
		if c.verify(cert, roots, at) == nil {
			return true
		}
	}
	return false
}

// times are the moments at which a certificate could have been valid.
func (c presented) times(cert *x509.Certificate) []time.Time {
	from, to := cert.NotBefore, cert.NotAfter
	times := []time.Time{c.now, clamp(c.now, from, to)}
	for _, above := range c.path {
		if above.NotBefore.After(from) {
			from = above.NotBefore
		}
		if above.NotAfter.Before(to) {
			to = above.NotAfter
		}
	}
	return append(times, clamp(c.now, from, to))
}

func clamp(t, from, to time.Time) time.Time {
	switch {
	case t.Before(from):
		return from
	case t.After(to):
		return to
	}
	return t
}
