package certs_test

import (
	"crypto/x509"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
)

const host = "mail.example.com"

// TestExplain would fail if a defect were missed, invented, or reported with the code of
// another, or if a lesser one came before the one to fix.
func TestExplain(t *testing.T) {
	root := authority(t, "Lab Root", nil)
	mid := authority(t, "Lab Intermediate", root)
	stranger := authority(t, "Stranger Root", nil)
	rsaRoot := authority(t, "RSA Root", nil, withRSA(t, 2048))
	oldMid := authority(t, "Old Intermediate", root, until(-30))
	crossRoot := issue(t, stranger, called("Lab Root"), func(c *x509.Certificate, e *entity) {
		e.key, c.IsCA, c.BasicConstraintsValid = root.key, true, true
		c.NotBefore, c.NotAfter = now.AddDate(-3, 0, 0), now.AddDate(0, -2, 0)
	})
	leaf := func(by *entity, traits ...trait) *entity {
		return issue(t, by, append([]trait{called(host), named(host)}, traits...)...)
	}
	own, plain := leaf(nil), leaf(root)
	weak := leaf(rsaRoot, signedWith(x509.SHA1WithRSA))
	unreadable := func(e *entity) *entity { // MD5 can't be signed with any more
		cert := *e.cert
		cert.SignatureAlgorithm = x509.MD5WithRSA
		return &entity{cert: &cert, key: e.key}
	}
	circle := authority(t, "Circle A", nil)
	round := authority(t, "Circle B", circle, until(-1))
	circle = issue(t, round, called("Circle A"), until(-2), func(c *x509.Certificate, e *entity) {
		e.key, c.IsCA, c.BasicConstraintsValid = circle.key, true, true
	})
	tests := []struct {
		name  string
		chain []*entity
		roots []*entity
		want  string
	}{
		{"good", []*entity{leaf(mid), mid}, []*entity{root}, ""},
		{"good with its root sent", []*entity{leaf(mid), mid, root}, []*entity{root}, ""},
		{"good in the wrong order", []*entity{leaf(mid), root, mid}, []*entity{root}, ""},
		{"good with a wildcard", []*entity{issue(t, root, named("*.example.com"))}, []*entity{root}, ""},
		{"good beside an expired path for old clients", []*entity{leaf(mid), mid, crossRoot}, []*entity{root}, ""},
		{"good and pinned", []*entity{plain}, []*entity{plain}, ""},
		{"expired beside an expired path for old clients", []*entity{leaf(mid, until(-3)), mid, crossRoot}, []*entity{root}, "certificate-expired"},
		{"another name", []*entity{issue(t, mid, named("smtp.example.com")), mid}, []*entity{root}, "certificate-name-mismatch"},
		{"no names", []*entity{issue(t, mid, called(host)), mid}, []*entity{root}, "certificate-no-san"},
		{"expired", []*entity{leaf(mid, until(-3)), mid}, []*entity{root}, "certificate-expired"},
		{"expired intermediate", []*entity{leaf(oldMid), oldMid}, []*entity{root}, "certificate-expired"},
		{"both expired", []*entity{leaf(oldMid, until(-3)), oldMid}, []*entity{root}, "certificate-expired certificate-expired"},
		{"not yet valid", []*entity{leaf(mid, from(0, 0, 1)), mid}, []*entity{root}, "certificate-not-yet-valid"},
		{"signed by itself", []*entity{leaf(nil)}, []*entity{root}, "certificate-self-signed"},
		{"signed by itself, pinned", []*entity{own}, []*entity{own}, ""},
		{"private root, sent", []*entity{leaf(stranger), stranger}, []*entity{root}, "certificate-private-root"},
		{"private root, not sent", []*entity{leaf(stranger)}, []*entity{root}, "certificate-unknown-authority"},
		{"private root above an intermediate", []*entity{leaf(mid), mid}, []*entity{stranger}, "certificate-unknown-authority"},
		{"intermediate not sent", []*entity{leaf(mid, publishedAt("http://ca.example.org/mid.cer"))}, []*entity{root}, "certificate-missing-intermediate"},
		{"intermediate not sent, another was", []*entity{leaf(mid, publishedAt("http://ca.example.org/mid.cer")), stranger}, []*entity{root}, "certificate-missing-intermediate"},
		{"for clients alone", []*entity{leaf(root, usableFor(x509.ExtKeyUsageClientAuth))}, []*entity{root}, "certificate-not-for-servers"},
		{"for clients and servers", []*entity{leaf(root, usableFor(x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth))}, []*entity{root}, ""},
		{"SHA-1", []*entity{weak}, []*entity{rsaRoot}, "certificate-weak-signature"},
		{"SHA-1 with its root sent", []*entity{weak, rsaRoot}, []*entity{rsaRoot}, "certificate-weak-signature"},
		{"SHA-1 under a private root", []*entity{weak, rsaRoot}, []*entity{root}, "certificate-private-root certificate-weak-signature"},
		{"SHA-1, signed by itself", []*entity{leaf(nil, withRSA(t, 2048), signedWith(x509.SHA1WithRSA))}, []*entity{root}, "certificate-self-signed"},
		{"MD5 under a private root", []*entity{unreadable(weak), unreadable(rsaRoot)}, []*entity{root}, "certificate-private-root certificate-weak-signature"},
		{
			"issuers in a circle", []*entity{leaf(circle), circle, round, stranger, circle, round}, []*entity{root},
			"certificate-unknown-authority certificate-expired certificate-expired",
		},
		{"short key", []*entity{leaf(root, withRSA(t, 1024))}, []*entity{root}, "certificate-weak-key"},
		{"issuer that is no authority", []*entity{leaf(plain, called("sub.example.com")), plain}, []*entity{root}, "certificate-chain-invalid"},
		{
			"everything at once",
			[]*entity{issue(t, stranger, named("other.example.net"), until(-3), usableFor(x509.ExtKeyUsageClientAuth), withRSA(t, 1024)), stranger},
			[]*entity{root},
			"certificate-name-mismatch certificate-private-root certificate-expired certificate-not-for-servers certificate-weak-key",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			defects := certs.Explain(chainOf(tt.chain...), host, chainOf(tt.roots...), now)
			if got := codes(defects); got != tt.want {
				t.Errorf("defects = %q, want %q", got, tt.want)
			}
			for _, d := range defects {
				if d.Seen == "" {
					t.Errorf("%s has no line of its own", d.Code)
				}
			}
		})
	}
}

func codes(defects []certs.Defect) string {
	var list []string
	for _, d := range defects {
		list = append(list, string(d.Code))
	}
	return strings.Join(list, " ")
}

// If this fails, a chain whose certificates were never valid at the same time is
// reported as broken, or the wrong one of them is named, so that a person renews what
// is still good. The classic is an old chain file beside a renewed certificate.
func TestElements(t *testing.T) {
	year := func(from, to int) trait {
		return func(c *x509.Certificate, _ *entity) {
			c.NotBefore, c.NotAfter = now.AddDate(from, 0, 0), now.AddDate(to, 0, 0)
		}
	}
	again := func(of, by *entity, dates trait) *entity { // the same authority, another certificate
		return authority(t, of.cert.Subject.CommonName, by, dates, func(_ *x509.Certificate, e *entity) { e.key = of.key })
	}
	leaf := func(by *entity, dates trait) *entity { return issue(t, by, called(host), named(host), dates) }
	root := authority(t, "Lab Root", nil, year(-10, 10))
	oldRoot := again(root, nil, year(-10, -5))
	mid := authority(t, "Lab Intermediate", root, year(-1, 5))
	oldMid := again(mid, root, year(-8, -4))
	next := again(mid, root, year(2, 5))
	lower := authority(t, "Lower Intermediate", mid, year(-1, 1))
	oldLower := again(lower, mid, year(-7, -6))

	const (
		theLeaf  = "The server's certificate"
		theMid   = `The intermediate certificate "Lab Intermediate"`
		theLower = `The intermediate certificate "Lower Intermediate"`
		theRoot  = `The certificate "Lab Root" in ca_cert_pem`
	)
	for _, tt := range []struct {
		name  string
		chain []*entity
		roots []*entity
		want  []string // what is named, in order: a code's last word and an element
	}{
		{"all valid", []*entity{leaf(mid, year(-1, 1)), mid}, []*entity{root}, nil},
		{"new leaf, old intermediate", []*entity{leaf(mid, year(-1, 1)), oldMid}, []*entity{root}, []string{"expired " + theMid}},
		{"old leaf, new intermediate", []*entity{leaf(mid, year(-3, -2)), mid}, []*entity{root}, []string{"expired " + theLeaf}},
		{"old leaf, old intermediate, at other times", []*entity{leaf(mid, year(-3, -2)), oldMid}, []*entity{root}, []string{"expired " + theLeaf, "expired " + theMid}},
		{"both intermediates sent", []*entity{leaf(mid, year(-1, 1)), oldMid, mid}, []*entity{root}, nil},
		{"both sent, leaf expired", []*entity{leaf(mid, year(-3, -2)), oldMid, mid}, []*entity{root}, []string{"expired " + theLeaf}},
		{"intermediate of the future", []*entity{leaf(mid, year(-1, 1)), next}, []*entity{root}, []string{"valid " + theMid}},
		{"expired root, declared", []*entity{leaf(mid, year(-1, 1)), mid}, []*entity{oldRoot}, []string{"expired " + theRoot}},
		{"expired root, declared and sent", []*entity{leaf(mid, year(-1, 1)), mid, oldRoot}, []*entity{oldRoot}, []string{"expired " + theRoot}},
		{"expired root beside a new one", []*entity{leaf(mid, year(-1, 1)), mid}, []*entity{oldRoot, root}, nil},
		{"everything expired, never together", []*entity{leaf(mid, year(-3, -2)), oldMid}, []*entity{oldRoot}, []string{"expired " + theLeaf, "expired " + theMid, "expired " + theRoot}},
		{"the lower of two", []*entity{leaf(lower, year(-1, 1)), oldLower, mid}, []*entity{root}, []string{"expired " + theLower}},
		{"the upper of two", []*entity{leaf(lower, year(-1, 1)), lower, oldMid}, []*entity{root}, []string{"expired " + theMid}},
		{"intermediate declared as root, expired", []*entity{leaf(mid, year(-1, 1))}, []*entity{oldMid}, []string{`expired The certificate "Lab Intermediate" in ca_cert_pem`}},
		{"pinned leaf, expired", []*entity{leaf(nil, year(-3, -2))}, nil, []string{"expired " + theLeaf}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			roots := tt.roots
			if roots == nil {
				roots = tt.chain[:1]
			}
			var got []string
			for _, d := range certs.Explain(chainOf(tt.chain...), host, chainOf(roots...), now) {
				got = append(got, string(d.Code[strings.LastIndex(string(d.Code), "-")+1:])+" "+d.Facts["which"])
				if f := finding.New(d.Code, d.Facts); len(f.Fixes) != 2 {
					t.Errorf("not one fix for the certificate and one for the clock:\n%s", f.Fix())
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("named %q, want %q", got, tt.want)
			}
			// crypto/x509 agrees on whether there is a defect at all.
			between := poolOf(tt.chain[1:]...)
			_, err := tt.chain[0].cert.Verify(x509.VerifyOptions{DNSName: host, Roots: poolOf(roots...), Intermediates: between, CurrentTime: now})
			if (err == nil) != (tt.want == nil) {
				t.Errorf("crypto/x509 says %v", err)
			}
		})
	}
}

// If this fails, a chain that breaks a rule passes for one that is only old, or the
// rule is not reported because the dates never overlap.
func TestRulesApartFromDates(t *testing.T) {
	old := func(c *x509.Certificate, _ *entity) {
		c.NotBefore, c.NotAfter = now.AddDate(-9, 0, 0), now.AddDate(-8, 0, 0)
	}
	noMore := func(c *x509.Certificate, _ *entity) { c.MaxPathLenZero = true }
	elsewhere := func(c *x509.Certificate, _ *entity) {
		c.PermittedDNSDomainsCritical, c.PermittedDNSDomains = true, []string{"example.org"}
	}
	noCertSign := func(c *x509.Certificate, _ *entity) { c.KeyUsage = x509.KeyUsageDigitalSignature }
	for _, tt := range []struct {
		name   string
		upper  []trait
		reason string
	}{
		{"path length", []trait{noMore}, "it is longer than an authority in it allows"},
		{"names", []trait{elsewhere}, "an authority in it may not issue for this name"},
		{"key usage", []trait{noCertSign}, "a certificate in it may not sign others"},
	} {
		for _, dates := range [][]trait{nil, {old}} {
			t.Run(fmt.Sprintf("%s/%d", tt.name, len(dates)), func(t *testing.T) {
				root := authority(t, "Lab Root", nil)
				upper := authority(t, "Upper", root, append(dates, tt.upper...)...)
				lower := authority(t, "Lower", upper)
				leaf := issue(t, lower, named(host), until(-3))
				defects := certs.Explain(chainOf(leaf, lower, upper), host, chainOf(root), now)
				if !strings.HasPrefix(codes(defects), "certificate-chain-invalid") || defects[0].Facts["reason"] != tt.reason {
					t.Errorf("%s: %+v", codes(defects), defects)
				}
			})
		}
	}
}

// If this fails, a person whose authority was set up anew compares two equal names
// and learns nothing.
func TestSameNameOtherKey(t *testing.T) {
	root, renewed := authority(t, "Lab Root", nil), authority(t, "Lab Root", nil)
	mid, renewedMid := authority(t, "Lab Intermediate", root), authority(t, "Lab Intermediate", root)
	stranger := authority(t, "Stranger Root", nil)
	leaf := func(by *entity) *entity { return issue(t, by, called(host), named(host)) }
	own, ownRenewed := leaf(nil), leaf(nil)
	const declared, sent = "ca_cert_pem", "the server's chain"
	for _, tt := range []struct {
		name  string
		chain []*entity
		roots []*entity
		want  string
		where string
	}{
		{"root not sent", []*entity{leaf(renewed)}, []*entity{root}, "certificate-unknown-authority", declared},
		{"root sent", []*entity{leaf(renewed), renewed}, []*entity{root}, "certificate-private-root", declared},
		{"old root sent", []*entity{leaf(renewed), root}, []*entity{root}, "certificate-unknown-authority", declared},
		{"among others", []*entity{leaf(renewed), renewed}, []*entity{stranger, root}, "certificate-private-root", declared},
		{"old intermediate sent", []*entity{leaf(renewedMid), mid}, []*entity{root}, "certificate-unknown-authority", sent},
		{"signed by itself, made anew", []*entity{ownRenewed}, []*entity{own}, "certificate-self-signed", declared},
		{"both roots declared", []*entity{leaf(renewed)}, []*entity{root, renewed}, "", ""},
		{"another name", []*entity{leaf(stranger), stranger}, []*entity{root}, "certificate-private-root", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			defects := certs.Explain(chainOf(tt.chain...), host, chainOf(tt.roots...), now)
			if codes(defects) != tt.want {
				t.Fatalf("defects %q, want %q", codes(defects), tt.want)
			}
			if tt.want == "" {
				return
			}
			d := defects[0]
			if d.Facts["namesake"] != tt.where {
				t.Errorf("the namesake stands in %q, want %q", d.Facts["namesake"], tt.where)
			}
			f := finding.New(d.Code, d.Facts)
			if said := strings.Contains(strings.Join(f.Cause, "\n"), "has a different key"); said != (tt.where != "") {
				t.Errorf("causes: %s", f.Cause)
			}
			if said := strings.Contains(f.Fix(), "In the chain file of the server"); said != (tt.where == sent) {
				t.Errorf("fix:\n%s", f.Fix())
			}
		})
	}
}

// TestNames would fail if a name were suggested that could be an attacker's or
// is no host, or if the facts did not say why a wildcard does not cover the name.
func TestNames(t *testing.T) {
	many := []string{"smtp.example.com"}
	for i := range 12 {
		many = append(many, fmt.Sprintf("n%d.example.com", i))
	}
	tests := []struct {
		name  string
		names []string
		want  finding.Facts
	}{
		{host, []string{"smtp.example.com"}, finding.Facts{"names": "smtp.example.com", "best": "smtp.example.com"}},
		{host, []string{"imap.example.com", "smtp.example.com"}, finding.Facts{"names": "imap.example.com, smtp.example.com", "best": "smtp.example.com", "second": "imap.example.com"}},
		{"smtp.eu.example.com", []string{"www.example.com", "attacker.example.net", "smtp.example.com", "imap.eu.example.com", "pop.example.com"}, finding.Facts{
			"names": "www.example.com, attacker.example.net, smtp.example.com, imap.eu.example.com, pop.example.com",
			"best":  "imap.eu.example.com", "second": "smtp.example.com", "third": "www.example.com",
		}},
		{host, []string{"box7.hoster.example.net", "www.hoster.example.net"}, finding.Facts{"names": "box7.hoster.example.net, www.hoster.example.net", "unrelated": host}},
		{host, []string{"smtp.example.com", "*.mail.example.com"}, finding.Facts{"names": "smtp.example.com, *.mail.example.com", "best": "smtp.example.com", "wildcard": "*.mail.example.com"}},
		{"a.b.example.com", []string{"*.example.com"}, finding.Facts{"names": "*.example.com", "wildcard": "*.example.com"}},
		{"example.com", []string{"*.example.com"}, finding.Facts{"names": "*.example.com", "wildcard": "*.example.com"}},
		{host, []string{"box7.hoster.example.net"}, finding.Facts{"names": "box7.hoster.example.net", "unrelated": host, "other": "box7.hoster.example.net"}},
		{"mail.example.co.uk", []string{"mail.other.co.uk"}, finding.Facts{"names": "mail.other.co.uk", "unrelated": "mail.example.co.uk", "other": "mail.other.co.uk"}},
		{"192.0.2.7", []string{"smtp.example.com", "192.0.2.8"}, finding.Facts{"names": "smtp.example.com, 192.0.2.8", "address": "192.0.2.7", "best": "smtp.example.com"}},
		{host, []string{`x" } example.com`}, finding.Facts{"names": `x" } example.com`, "unrelated": host}},
		{host, many, finding.Facts{"names": "smtp.example.com, n0.example.com, n1.example.com, n2.example.com, n3.example.com, n4.example.com, n5.example.com, n6.example.com, n7.example.com, n8.example.com, … (3 more)", "best": "smtp.example.com", "second": "n0.example.com", "third": "n1.example.com"}},
	}
	root := authority(t, "Lab Root", nil)
	for _, tt := range tests {
		t.Run(tt.name+" "+tt.names[0], func(t *testing.T) {
			tt.want["name"] = tt.name
			defects := certs.Explain(chainOf(issue(t, root, named(tt.names...))), tt.name, chainOf(root), now)
			if codes(defects) != "certificate-name-mismatch" {
				t.Fatalf("defects = %s", codes(defects))
			}
			if got := defects[0].Facts; !reflect.DeepEqual(got, tt.want) {
				t.Errorf("facts = %v\nwant    %v", got, tt.want)
			}
		})
	}
}

// TestDates would fail if a person could not see how long ago a certificate
// ended, or that the clock here may be wrong.
func TestDates(t *testing.T) {
	root := authority(t, "Lab Root", nil)
	expired := certs.Explain(chainOf(issue(t, root, named(host), until(-3))), host, chainOf(root), now)
	want := finding.Facts{"which": "The server's certificate", "ago": "3 days", "element": "leaf", "date": "2026-06-12 12:00 UTC", "now": "2026-06-15T12:00:00Z"}
	if len(expired) != 1 || !reflect.DeepEqual(expired[0].Facts, want) {
		t.Errorf("expired = %+v, want %v", expired, want)
	}
	early := certs.Explain(chainOf(issue(t, root, named(host), from(0, 0, 1))), host, chainOf(root), now)
	want = finding.Facts{"which": "The server's certificate", "ahead": "24 hours", "element": "leaf", "date": "2026-06-16 12:00 UTC", "now": "2026-06-15T12:00:00Z"}
	if len(early) != 1 || !reflect.DeepEqual(early[0].Facts, want) {
		t.Errorf("not yet valid = %+v, want %v", early, want)
	}
}

// TestHostileTexts would fail if a certificate could write to the terminal.
func TestHostileTexts(t *testing.T) {
	evil := issue(t, nil, called("\x1b[31mroot\n"+strings.Repeat("x", 5000)), named(host))
	defects := certs.Explain(chainOf(evil), host, []*x509.Certificate{}, now)
	if codes(defects) != "certificate-self-signed" {
		t.Fatalf("defects = %s", codes(defects))
	}
	if seen := defects[0].Seen; strings.ContainsAny(seen, "\x1b\n") || len(seen) > 600 {
		t.Errorf("seen = %q", seen)
	}
}
