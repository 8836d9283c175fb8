package smtptest

import (
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"testing"
	"time"
)

var midway = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// verify checks a chain as a client does.
func verify(t *testing.T, root *Authority, pair tls.Certificate, name string) error {
	t.Helper()
	opts := x509.VerifyOptions{Roots: root.Pool(), Intermediates: x509.NewCertPool(), CurrentTime: midway, DNSName: name}
	for _, der := range pair.Certificate[1:] {
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		opts.Intermediates.AddCert(cert)
	}
	_, err := pair.Leaf.Verify(opts)
	return err
}

// is reports whether the error has type E.
func is[E error](err error) bool {
	var want E
	return errors.As(err, &want)
}

func invalid(reason x509.InvalidReason) func(error) bool {
	return func(err error) bool {
		var got x509.CertificateInvalidError
		return errors.As(err, &got) && got.Reason == reason
	}
}

// If this fails, a certificate meant to be flawed is sound, or has another flaw.
func TestIssue(t *testing.T) {
	root, err := NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	inter, err := root.Intermediate()
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"mail.example.test", "192.0.2.1"}
	sound := func(err error) bool { return err == nil }
	for name, test := range map[string]struct {
		issuer *Authority
		leaf   Leaf
		host   string
		want   func(error) bool
	}{
		"sound":           {root, Leaf{Names: names}, "mail.example.test", sound},
		"address":         {root, Leaf{Names: names}, "192.0.2.1", sound},
		"other name":      {root, Leaf{Names: names}, "other.example.test", is[x509.HostnameError]},
		"no names":        {root, Leaf{Names: names, CommonName: "mail.example.test", NoSAN: true}, "mail.example.test", is[x509.HostnameError]},
		"expired":         {root, Leaf{Names: names, NotAfter: midway.AddDate(0, 0, -1)}, "mail.example.test", invalid(x509.Expired)},
		"not yet valid":   {root, Leaf{Names: names, NotBefore: midway.AddDate(0, 0, 1)}, "mail.example.test", invalid(x509.Expired)},
		"self-signed":     {root, Leaf{Names: names, SelfSigned: true}, "mail.example.test", is[x509.UnknownAuthorityError]},
		"intermediate":    {inter, Leaf{Names: names}, "mail.example.test", sound},
		"omitted":         {inter, Leaf{Names: names, OmitChain: true}, "mail.example.test", is[x509.UnknownAuthorityError]},
		"for clients":     {root, Leaf{Names: names, NotForServers: true}, "mail.example.test", invalid(x509.IncompatibleUsage)},
		"SHA-1":           {root, Leaf{Names: names, SHA1: true}, "mail.example.test", is[x509.UnknownAuthorityError]},
		"weak key":        {root, Leaf{Names: names, WeakKey: true}, "mail.example.test", sound},
		"weak self SHA-1": {root, Leaf{Names: names, WeakKey: true, SelfSigned: true, SHA1: true}, "mail.example.test", is[x509.UnknownAuthorityError]},
	} {
		t.Run(name, func(t *testing.T) {
			pair, err := test.issuer.Issue(test.leaf)
			if err != nil {
				t.Fatal(err)
			}
			if err := verify(t, root, pair, test.host); !test.want(err) {
				t.Errorf("%T %v", err, err)
			}
			if key, weak := pair.PrivateKey.(*rsa.PrivateKey); weak != test.leaf.WeakKey || weak && key.N.BitLen() != 1024 {
				t.Errorf("key is %T", pair.PrivateKey)
			}
			weak := pair.Leaf.SignatureAlgorithm == x509.ECDSAWithSHA1 || pair.Leaf.SignatureAlgorithm == x509.SHA1WithRSA
			if weak != test.leaf.SHA1 {
				t.Errorf("signed with %v", pair.Leaf.SignatureAlgorithm)
			}
		})
	}
}

// If this fails, the key that IssueClient returns is not that of its certificate,
// or the chain is not complete.
func TestIssueClient(t *testing.T) {
	root, err := NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	inter, err := root.Intermediate()
	if err != nil {
		t.Fatal(err)
	}
	certPEM, keyPEM, err := inter.IssueClient("robot")
	if err != nil {
		t.Fatal(err)
	}
	pair, err := tls.X509KeyPair([]byte(certPEM), []byte(keyPEM))
	if err != nil {
		t.Fatal(err)
	}
	if len(pair.Certificate) != 2 || pair.Leaf.Subject.CommonName != "robot" {
		t.Errorf("%d certificates, the first for %q", len(pair.Certificate), pair.Leaf.Subject.CommonName)
	}
}
