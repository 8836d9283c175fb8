package certs

import (
	"crypto/x509"
	"errors"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// ofTrust says why the chain leads to no trusted root.
func ofTrust(c presented) []Defect {
	if c.anchored {
		return nil
	}
	top := c.path[len(c.path)-1]
	facts := finding.Facts{"trusted": "the certificates in ca_cert_pem", "issuer": issuer(top), "sent": countOf(len(c.sent), "certificate")}
	if c.roots == nil {
		facts["trusted"] = "the roots of this system"
		if noSystemRoots() {
			return []Defect{{"certificate-no-system-roots", facts, "this machine has no list of trusted authorities"}}
		}
	} else if c.verify(c.leaf, nil, c.now) == nil {
		facts["public"] = "would be trusted by the roots of this system"
	}
	switch below := c.highestUntrusted(); {
	case below >= 0 && weakSignature(c.path[below]):
		return nil // told by its signature
	case below >= 0:
		return []Defect{c.invalid(facts)}
	case selfSigned(top) && len(c.path) == 1:
		return []Defect{{"certificate-self-signed", facts, "the certificate is signed by itself: " + subject(top)}}
	case selfSigned(top):
		facts["root"] = subject(top)
		return []Defect{{"certificate-private-root", facts, "the chain leads to the root " + facts["root"] + ", which is not among " + facts["trusted"]}}
	case weakSignature(top):
		return nil // whether its issuer is trusted can't be seen
	case len(c.path) == 1 && len(top.IssuingCertificateURL) > 0:
		facts["aia"] = finding.Quote(top.IssuingCertificateURL[0])
		return []Defect{{"certificate-missing-intermediate", facts, "the server sent " + facts["sent"] + ", and not that of the issuer " + facts["issuer"]}}
	}
	return []Defect{{"certificate-unknown-authority", facts, "the issuer " + facts["issuer"] + " was not sent and is not among " + facts["trusted"]}}
}

// highestUntrusted returns where on the path trust ends although the certificate
// above is trusted, and -1 where nothing on the path is.
func (c presented) highestUntrusted() int {
	for i := len(c.path) - 1; i > 0; i-- {
		if !c.leads(c.path[i], c.roots) {
			continue
		}
		for i > 0 && c.leads(c.path[i], c.roots) {
			i--
		}
		return i
	}
	return -1
}

// reasons are the rules for chains that crypto/x509 tells apart by type.
var reasons = map[x509.InvalidReason]string{
	x509.NotAuthorizedToSign:           "a certificate in it may not sign others",
	x509.CANotAuthorizedForThisName:    "an authority in it may not issue for this name",
	x509.TooManyIntermediates:          "it is longer than an authority in it allows",
	x509.NameMismatch:                  "the names of issuer and subject do not fit together",
	x509.NameConstraintsWithoutSANs:    "an authority in it limits names, and the certificate lists none",
	x509.UnconstrainedName:             "it holds a name that an authority in it does not cover",
	x509.TooManyConstraints:            "its name constraints are too many to check",
	x509.CANotAuthorizedForExtKeyUsage: "an authority in it may not issue for this use",
}

func (c presented) invalid(facts finding.Facts) Defect {
	facts["reason"] = "a signature or a constraint in it is not right"
	var invalid x509.CertificateInvalidError
	for _, at := range c.times(c.leaf) {
		if errors.As(c.verify(c.leaf, c.roots, at), &invalid) && reasons[invalid.Reason] != "" {
			facts["reason"] = reasons[invalid.Reason]
		}
	}
	return Defect{"certificate-chain-invalid", facts, "the chain breaks a rule: " + facts["reason"]}
}

// noSystemRoots reports whether the system is known to trust nobody. The pools
// of macOS and Windows stand for a service of the system and are never empty.
func noSystemRoots() bool {
	pool, err := x509.SystemCertPool()
	return err != nil || pool.Equal(x509.NewCertPool())
}
