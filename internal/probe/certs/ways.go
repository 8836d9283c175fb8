package certs

import (
	"cmp"
	"crypto/x509"
	"errors"
	"slices"
	"time"
)

// ways returns the chains in which, by crypto/x509, a certificate leads to trusted roots,
// whatever the dates, the host name and the usage. The error is that of the last try.
func (c presented) ways(cert *x509.Certificate, roots []*x509.Certificate) ([][]*x509.Certificate, error) {
	between, originals := x509.NewCertPool(), map[string]*x509.Certificate{}
	for _, sent := range c.sent {
		if sent != nil {
			between.AddCert(timeless(sent))
			originals[string(sent.Raw)] = sent
		}
	}
	opts := x509.VerifyOptions{Intermediates: between, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}}
	if roots != nil {
		opts.Roots = x509.NewCertPool()
		for _, root := range roots {
			opts.Roots.AddCert(timeless(root))
			originals[string(root.Raw)] = root
		}
	}
	var found [][]*x509.Certificate
	var err error
	for _, opts.CurrentTime = range c.moments(cert, roots) {
		if found, err = timeless(cert).Verify(opts); err == nil {
			break
		}
	}
	for _, way := range found {
		for i, step := range way {
			if original, ok := originals[string(step.Raw)]; ok {
				way[i] = original
			}
		}
	}
	return found, err
}

// timeless returns a copy of a certificate that crypto/x509 takes for valid at any
// time. Its signature is checked over the bytes, which stay as they are.
func timeless(cert *x509.Certificate) *x509.Certificate {
	always := *cert
	always.NotBefore, always.NotAfter = time.Time{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	return &always
}

// moments returns the times for which to try a verification. Roots of the system keep their
// dates, and the verifiers of macOS and Windows read all dates from the bytes.
func (c presented) moments(cert *x509.Certificate, roots []*x509.Certificate) []time.Time {
	if roots != nil {
		return []time.Time{c.now}
	}
	from, to := cert.NotBefore, cert.NotAfter
	for _, above := range c.path {
		if above.NotBefore.After(from) {
			from = above.NotBefore
		}
		if above.NotAfter.Before(to) {
			to = above.NotAfter
		}
	}
	return []time.Time{c.now, clamp(c.now, cert.NotBefore, cert.NotAfter), clamp(c.now, from, to), cert.NotBefore}
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

// bestWay returns the way to a root with the fewest certificates that are not valid now, or
// nil. If a platform's own verifier can't verify the whole at one time, a certificate that
// it can verify takes the place of the root.
func (c presented) bestWay(cert *x509.Certificate) []*x509.Certificate {
	found, err := c.ways(cert, c.roots)
	for i := len(c.path) - 1; err != nil && c.roots == nil && i > 0; i-- {
		if _, above := c.ways(c.path[i], nil); above == nil {
			found, err = c.ways(cert, c.path[i:i+1])
		}
	}
	if err != nil {
		return nil
	}
	return slices.MinFunc(found, func(a, b []*x509.Certificate) int { return cmp.Compare(c.stale(a), c.stale(b)) })
}

// stale returns how many certificates are not valid now.
func (c presented) stale(way []*x509.Certificate) int {
	n := 0
	for _, cert := range way {
		if c.now.After(cert.NotAfter) || c.now.Before(cert.NotBefore) {
			n++
		}
	}
	return n
}

// leads reports whether a certificate leads to a root, whatever the dates.
func (c presented) leads(cert *x509.Certificate) bool {
	_, err := c.ways(cert, c.roots)
	return err == nil
}

// broken returns the rule that a chain breaks in which a trusted certificate stands above
// one that does not lead to it.
func (c presented) broken() string {
	var invalid x509.CertificateInvalidError
	if _, err := c.ways(c.leaf, c.roots); errors.As(err, &invalid) && reasons[invalid.Reason] != "" {
		return reasons[invalid.Reason]
	}
	var forbidden x509.ConstraintViolationError
	for i := range len(c.path) - 1 {
		if errors.As(c.path[i].CheckSignatureFrom(c.path[i+1]), &forbidden) {
			return reasons[x509.NotAuthorizedToSign]
		}
	}
	return "it breaks a constraint of an authority in it"
}

// reasons are the rules for chains that crypto/x509 distinguishes by type.
var reasons = map[x509.InvalidReason]string{
	x509.NotAuthorizedToSign:           "a certificate in it may not sign others",
	x509.CANotAuthorizedForThisName:    "an authority in it may not issue for this name",
	x509.TooManyIntermediates:          "it is longer than an authority in it allows",
	x509.NameMismatch:                  "the name of an issuer is not the subject of the next certificate",
	x509.NameConstraintsWithoutSANs:    "an authority in it limits names, and the certificate lists none",
	x509.UnconstrainedName:             "it holds a name that an authority in it does not cover",
	x509.TooManyConstraints:            "its name constraints are too many to check",
	x509.CANotAuthorizedForExtKeyUsage: "an authority in it may not issue for this use",
}
