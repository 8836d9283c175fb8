package rules

import (
	"crypto/x509"
	"errors"
	"slices"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/certpem"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// pemRules are about certificates and keys as texts.
var pemRules = []rule{
	unreadable("ca-pem-private-key", caError),
	unreadable("ca-pem-unreadable", caError),
	unreadable("client-cert-pem-private-key", clientCertError),
	unreadable("client-cert-pem-unreadable", clientCertError),
	unreadable("client-key-pem-unreadable", keyPairError),
	unreadable("client-key-mismatch", keyPairError),
	{"client-cert-without-key", func(s settings.Settings) (finding.Facts, bool) {
		return nil, s.ClientCertPEM.IsKnown() && s.ClientKeyPEM.IsUnset()
	}},
	{"client-key-without-cert", func(s settings.Settings) (finding.Facts, bool) {
		return nil, s.ClientKeyPEM.IsKnown() && s.ClientCertPEM.IsUnset()
	}},
	{"ca-pem-expired", func(s settings.Settings) (finding.Facts, bool) {
		roots, err := certpem.Roots(s.CACertPEM.Or(""))
		return lastDay(roots), err == nil && expired(roots, s.Now)
	}},
	{"client-cert-pem-expired", func(s settings.Settings) (finding.Facts, bool) {
		chain, err := certpem.ClientChain(s.ClientCertPEM.Or(""))
		if err != nil {
			return nil, false
		}
		return lastDay(chain[:1]), expired(chain[:1], s.Now)
	}},
}

// expired reports whether all certificates have expired at now.
func expired(certs []*x509.Certificate, now time.Time) bool {
	return !now.IsZero() && !slices.ContainsFunc(certs, func(c *x509.Certificate) bool { return now.Before(c.NotAfter) })
}

// lastDay is the day on which the last of the certificates expires.
func lastDay(certs []*x509.Certificate) finding.Facts {
	var last time.Time
	for _, c := range certs {
		if c.NotAfter.After(last) {
			last = c.NotAfter
		}
	}
	return finding.Facts{"date": last.UTC().Format(time.DateOnly)}
}

// unreadable is the rule that read doesn't fail with this code.
func unreadable(code finding.Code, read func(settings.Settings) error) rule {
	return rule{code, func(s settings.Settings) (finding.Facts, bool) {
		var bad *finding.Error
		if !errors.As(read(s), &bad) || bad.Code != code {
			return nil, false
		}
		return bad.Facts, true
	}}
}

func caError(s settings.Settings) error {
	text, known := s.CACertPEM.Get()
	if !known {
		return nil
	}
	_, err := certpem.Roots(text)
	return err
}

func clientCertError(s settings.Settings) error {
	text, known := s.ClientCertPEM.Get()
	if !known {
		return nil
	}
	_, err := certpem.ClientChain(text)
	return err
}

func keyPairError(s settings.Settings) error {
	text, certKnown := s.ClientCertPEM.Get()
	key, keyKnown := s.ClientKeyPEM.Get()
	if !certKnown || !keyKnown {
		return nil
	}
	if _, err := certpem.PrivateKey(key); err != nil {
		return err
	}
	_, err := certpem.KeyPair(text, key)
	return err
}
