package certs

import (
	"crypto/x509"
	"encoding/hex"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
)

// ofTrust says why the chain leads to no trusted root.
func ofTrust(c presented) []Defect {
	if c.way != nil {
		return nil
	}
	top := c.path[len(c.path)-1]
	facts := finding.Facts{"trusted": "the certificates in ca_cert_pem", "issuer": issuer(top), "sent": countOf(len(c.sent), "certificate")}
	if c.roots == nil {
		facts["trusted"] = "the roots of this system"
		if noSystemRoots() {
			return []Defect{{"certificate-no-system-roots", facts, "this machine has no list of trusted authorities"}}
		}
	} else if c.isPublic() {
		facts["public"] = "would be trusted by the roots of this system"
	}
	switch below := c.highestUntrusted(); {
	case below >= 0 && weakSignature(c.path[below]):
		return nil // ofSignatures reports it
	case below >= 0:
		facts["reason"] = c.broken()
		return []Defect{{"certificate-chain-invalid", facts, "the chain breaks a rule: " + facts["reason"]}}
	}
	c.addNamesake(facts, top)
	switch {
	case selfSigned(top) && len(c.path) == 1:
		return []Defect{{"certificate-self-signed", facts, "the certificate is self-signed: " + subject(top)}}
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

// isPublic reports whether the roots of this system would trust the chain now.
func (c presented) isPublic() bool {
	c.roots = nil
	way := c.bestWay(c.leaf)
	return way != nil && c.stale(way) == 0
}

// highestUntrusted returns the place on the path where trust ends although the certificate
// above is trusted, or -1 if none on the path is.
func (c presented) highestUntrusted() int {
	for i := len(c.path) - 1; i > 0; i-- {
		if !c.leads(c.path[i]) {
			continue
		}
		for i > 0 && c.leads(c.path[i]) {
			i--
		}
		return i
	}
	return -1
}

// addNamesake adds where a certificate with the issuer's name and another key is. An
// authority that was set up again has the same name and a new key.
func (c presented) addNamesake(facts finding.Facts, top *x509.Certificate) {
	if weakSignature(top) {
		return
	}
	const declared, chain = "ca_cert_pem", "the server's chain"
	places := map[string][]*x509.Certificate{declared: c.roots}
	if !selfSigned(top) {
		places[chain] = c.sent[1:]
	}
	for _, where := range []string{declared, chain} {
		for _, other := range places[where] {
			if !isNamesake(other, top) || signed(other, top) {
				continue
			}
			facts["namesake"], facts["keys"] = where, ""
			if signer, key := keyID(top.AuthorityKeyId), keyID(other.SubjectKeyId); signer != "" && key != "" && signer != key {
				facts["keys"] = ", " + key + " in place of " + signer
			}
			return
		}
	}
}

// keyID writes the identifier of a key (RFC 5280 section 4.2.1.2) as OpenSSL does.
func keyID(id []byte) string {
	const longest = 20
	text := ""
	for i, b := range id[:min(len(id), longest)] {
		if i > 0 {
			text += ":"
		}
		text += hex.EncodeToString([]byte{b})
	}
	return text
}

// noSystemRoots reports whether the system is known to trust no CA. The pools
// of macOS and Windows stand for a service of the system and are never empty.
func noSystemRoots() bool {
	pool, err := x509.SystemCertPool()
	return err != nil || pool.Equal(x509.NewCertPool())
}
