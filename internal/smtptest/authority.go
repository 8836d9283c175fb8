package smtptest

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"time"
)

// The clocks of testing/synctest start on 2000-01-01, so certificates have to be valid
// before that.
var (
	firstDay = time.Date(1999, 1, 1, 0, 0, 0, 0, time.UTC)
	lastDay  = time.Date(2099, 12, 31, 0, 0, 0, 0, time.UTC)
)

// Authority is a certificate authority, a root or an intermediate one. It may be
// used by several goroutines.
type Authority struct {
	cert  *x509.Certificate
	key   crypto.Signer
	above [][]byte // what a server sends after the leaf: this authority and those over it, without the root
}

// NewAuthority returns a root authority with a new ECDSA P-256 key, valid from
// 1999-01-01 to 2099-12-31.
func NewAuthority() (*Authority, error) {
	return newAuthority("Example Test Root", nil, firstDay, lastDay)
}

// Intermediate returns an authority that a certifies. Leaves that it issues come
// with its certificate, unless [Leaf.OmitChain] says otherwise.
func (a *Authority) Intermediate() (*Authority, error) {
	return a.IntermediateValid(firstDay, lastDay)
}

// IntermediateValid returns one like [Authority.Intermediate] whose certificate is
// valid between two dates.
func (a *Authority) IntermediateValid(from, to time.Time) (*Authority, error) {
	return newAuthority("Example Test Intermediate", a, from, to)
}

func newAuthority(name string, parent *Authority, from, to time.Time) (*Authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		Subject:               pkix.Name{CommonName: name},
		NotBefore:             from,
		NotAfter:              to,
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	if parent == nil {
		der, err := sign(template, template, key, key)
		if err != nil {
			return nil, err
		}
		cert, err := x509.ParseCertificate(der)
		return &Authority{cert: cert, key: key}, err
	}
	der, err := sign(template, parent.cert, key, parent.key)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	return &Authority{cert: cert, key: key, above: append([][]byte{der}, parent.above...)}, err
}

// PEM returns the authority's own certificate.
func (a *Authority) PEM() string {
	return encodePEM("CERTIFICATE", a.cert.Raw)
}

// Pool returns a pool of the authority's own certificate.
func (a *Authority) Pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	return pool
}

// Leaf describes a certificate of a server. The zero value of a field is the
// sound choice.
type Leaf struct {
	Names         []string // DNS names and IP addresses
	CommonName    string
	NotBefore     time.Time // 1999-01-01 where zero
	NotAfter      time.Time // 2099-12-31 where zero
	SelfSigned    bool      // signed with its own key
	OmitChain     bool      // sent without the intermediate certificates
	NoSAN         bool      // leaves Names out of the certificate
	WeakKey       bool      // an RSA key of 1024 bits
	SHA1          bool      // signed over SHA-1
	NotForServers bool      // extended key usage of clients alone
	IssuerURL     string    // where the issuer's certificate is to be found (RFC 5280 section 4.2.2.1)
}

// Issue returns a certificate with its key, ready for [tls.Config.Certificates].
func (a *Authority) Issue(leaf Leaf) (tls.Certificate, error) {
	key, err := leaf.newKey()
	if err != nil {
		return tls.Certificate{}, err
	}
	template := leaf.template()
	issuer, issuerKey, above := a.cert, a.key, a.above
	if leaf.SelfSigned {
		issuer, issuerKey, above = template, key, nil
	}
	if leaf.SHA1 {
		if template.SignatureAlgorithm = x509.ECDSAWithSHA1; isRSA(issuerKey) {
			template.SignatureAlgorithm = x509.SHA1WithRSA
		}
	}
	der, err := sign(template, issuer, key, issuerKey)
	if err != nil {
		return tls.Certificate{}, err
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return tls.Certificate{}, err
	}
	chain := [][]byte{der}
	if !leaf.OmitChain {
		chain = append(chain, above...)
	}
	return tls.Certificate{Certificate: chain, PrivateKey: key, Leaf: parsed}, nil
}

// IssueClient returns a client's certificate, followed by the intermediate ones,
// and its private key.
func (a *Authority) IssueClient(name string) (certPEM, keyPEM string, err error) {
	pair, err := a.Issue(Leaf{CommonName: name, NotForServers: true})
	if err != nil {
		return "", "", err
	}
	key, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	if err != nil {
		return "", "", err
	}
	for _, der := range pair.Certificate {
		certPEM += encodePEM("CERTIFICATE", der)
	}
	return certPEM, encodePEM("PRIVATE KEY", key), nil
}

// newKey makes RSA keys of 1024 bits while crypto/rsa still does.
func (l Leaf) newKey() (crypto.Signer, error) {
	if l.WeakKey {
		return rsa.GenerateKey(rand.Reader, 1024)
	}
	return ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
}

func (l Leaf) template() *x509.Certificate {
	template := &x509.Certificate{
		Subject:     pkix.Name{CommonName: l.CommonName},
		NotBefore:   l.NotBefore,
		NotAfter:    l.NotAfter,
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if l.NotBefore.IsZero() {
		template.NotBefore = firstDay
	}
	if l.NotAfter.IsZero() {
		template.NotAfter = lastDay
	}
	if l.IssuerURL != "" {
		template.IssuingCertificateURL = []string{l.IssuerURL}
	}
	if l.NotForServers {
		template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	}
	if l.NoSAN {
		return template
	}
	for _, name := range l.Names {
		if ip := net.ParseIP(name); ip != nil {
			template.IPAddresses = append(template.IPAddresses, ip)
		} else {
			template.DNSNames = append(template.DNSNames, name)
		}
	}
	return template
}

// sign gives the template a random serial number and returns the certificate.
func sign(template, issuer *x509.Certificate, key, issuerKey crypto.Signer) ([]byte, error) {
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 120))
	if err != nil {
		return nil, err
	}
	template.SerialNumber = serial.Add(serial, big.NewInt(1)) // zero is not allowed (RFC 5280 section 4.1.2.2)
	return x509.CreateCertificate(rand.Reader, template, issuer, key.Public(), issuerKey)
}

func isRSA(key crypto.Signer) bool {
	_, ok := key.(*rsa.PrivateKey)
	return ok
}

func encodePEM(kind string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}))
}
