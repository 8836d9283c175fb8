package rules

import (
	"strings"
	"testing"
)

// If this fails, an address that RFC 5321 allows fails the plan, or one passes that
// no server has to take.
func TestAddresses(t *testing.T) {
	for text, want := range map[string]bool{
		"a@b":                                    true,
		"root@localhost":                         true,
		"first.last+tag@corp.internal":           true,
		"!#$%&'*+-/=?^_`{|}~@corp.internal":      true,
		"müller@bücher.test":                     true,
		"\u0645\u06cc\u200c\u062e@corp.internal": true, // a non-joiner, as Persian is spelt
		"a@xn--bcher-kva.test":                   true,
		`"a b"@corp.internal`:                    true,
		`"a@b"@corp.internal`:                    true,
		`"a\"b\\"@corp.internal`:                 true,
		`""@corp.internal`:                       true,
		`"ü"@corp.internal`:                      true,
		"a@[192.0.2.1]":                          true,
		"a@[IPv6:::1]":                           true,
		"a@[ipv6:2001:db8::1]":                   true,
		"a@[IPv6:2001:db8:0:0:0:0:0:1]":          true,
		"a@[IPv6:::ffff:192.0.2.1]":              true,
		"a@[IPv6:1:2:3:4:5:6::]":                 true,
		strings.Repeat("a", 64) + "@b.test":      true,

		"":                                  false,
		"a":                                 false,
		"@b.test":                           false,
		"a@":                                false,
		".a@b.test":                         false,
		"a.@b.test":                         false,
		"a..b@c.test":                       false,
		"a b@c.test":                        false,
		" a@b.test":                         false,
		"a@b.test ":                         false,
		"a@b@c.test":                        false,
		"a,b@c.test":                        false,
		"a(b)@c.test":                       false,
		"ACME <a@b.test>":                   false,
		"<a@b.test>":                        false,
		"a@b.test\n":                        false,
		"a\u200b@b.test":                    false, // zero-width space
		"a\u202e@b.test":                    false, // right-to-left override
		"a\u00a0b@c.test":                   false,
		"a\ufeff@b.test":                    false,
		"a\xff@b.test":                      false,
		"\"a\tb\"@c.test":                   false,
		"\"a\x7f\"@c.test":                  false,
		`"a"b"@c.test`:                      false,
		`"a\"@c.test`:                       false,
		`"a\ü"@c.test`:                      false,
		`"a@c.test`:                         false,
		`a"b@c.test`:                        false,
		"a@1.2.3.4":                         false,
		"a@corp.123":                        false,
		"a@2001:db8::1":                     false,
		"a@b.test.":                         false,
		"a@my_host.test":                    false,
		"a@-b.test":                         false,
		"a@b..test":                         false,
		"a@b\u200b.test":                    false,
		"a@[1.2.3]":                         false,
		"a@[1.2.3.4":                        false,
		"a@1.2.3.4]":                        false,
		"a@[::1]":                           false,
		"a@[IPv6:1.2.3.4]":                  false,
		"a@[IPv6:fe80::1%eth0]":             false,
		"a@[IPv6:1:2:3:4:5:6:7::]":          false,
		"a@[IPv6:1:2:3:4:5::192.0.2.1]":     false,
		"a@[tag:x]":                         false,
		strings.Repeat("a", 65) + "@b.test": false,
		strings.Repeat("ü", 33) + "@b.test": false,
		"a@" + strings.Repeat("b.", 127):    false,
	} {
		if got := validAddress(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

// If this fails, the client introduces itself by a name that RFC 5321 does not know,
// or can't by one that it does.
func TestEHLONames(t *testing.T) {
	for name, want := range map[string]bool{
		"app": true, "app.corp.internal": true, "bücher.test": true, "[192.0.2.1]": true, "[IPv6:::1]": true, "[IPV6:2001:db8::1]": true,
		"": false, "my_host.internal": false, "app.corp.internal.": false, "192.0.2.1": false, "::1": false, "[::1]": false,
		"[IPv6:192.0.2.1]": false, "app 1": false, "app\r\nRSET": false, "[": false, "[]": false, "host.1": false,
	} {
		if got := validEHLO(name); got != want {
			t.Errorf("%q: %t", name, got)
		}
	}
}
