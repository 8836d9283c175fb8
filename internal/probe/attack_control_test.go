package probe_test

import (
	"encoding/base64"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
)

// said is an error with words of somebody's choice.
type said string

func (s said) Error() string { return string(s) }
func (s said) Finding() *finding.Error {
	return &finding.Error{Code: "auth-refused", Seen: []string{string(s)}}
}

// If a case fails, the attacks in this package would pass whatever the engine
// did: each thing that must not be is shown to be found.
func TestViolationsAreFound(t *testing.T) {
	fine := aftermath{err: said("no"), took: 30 * time.Second, budget: 30 * time.Second, allocated: 1 << 20, trusted: true, auths: 1,
		wire: []byte("EHLO client.example.test\r\nSTARTTLS\r\n\x16\x03\x01AUTH")}
	if found := fine.violations(); len(found) > 0 {
		t.Errorf("nothing is wrong, but: %q", found)
	}
	inside := base64.StdEncoding.EncodeToString([]byte("\x00" + victim + "\x00" + attackedWord))
	for name, test := range map[string]struct {
		change func(*aftermath)
		want   string
	}{
		"memory":                  {func(o *aftermath) { o.allocated = 8 << 20 }, "memory: "},
		"time":                    {func(o *aftermath) { o.took += 101 * time.Millisecond }, "time: "},
		"AUTH in clear":           {func(o *aftermath) { o.wire = []byte("EHLO me\r\nauth PLAIN\r\n") }, "credential in clear text: "},
		"a password in clear":     {func(o *aftermath) { o.wire = []byte("EHLO me\r\n" + inside) }, "credential in clear text: "},
		"the server's word":       {func(o *aftermath) { o.inClear = true }, "credential in clear text: "},
		"two logins":              {func(o *aftermath) { o.auths = 2 }, "logins: 2"},
		"a login with a stranger": {func(o *aftermath) { o.trusted = false }, "logins: 1"},
		"the password":            {func(o *aftermath) { o.err = said("you said " + attackedWord) }, "secret: "},
		"a part of the token":     {func(o *aftermath) { o.err = said("you said " + attackedToken[5:16]) }, "secret: "},
		"the key":                 {func(o *aftermath) { o.err = said(strings.Split(clientKey, "\n")[1]) }, "secret: "},
		"base64":                  {func(o *aftermath) { o.err = said(inside) }, "secret: "},
		"URL":                     {func(o *aftermath) { o.err = said(url.QueryEscape(attackedToken)) }, "secret: "},
		"in the transcript":       {func(o *aftermath) { o.report = &probe.Report{Transcript: []string{inside}} }, "secret: "},
		"in the greeting":         {func(o *aftermath) { o.report = &probe.Report{Greeting: attackedWord} }, "secret: "},
		"in a warning":            {func(o *aftermath) { o.report = &probe.Report{Warnings: []finding.Finding{{Summary: attackedWord}}} }, "secret: "},
		"escape":                  {func(o *aftermath) { o.err = said("\x1b[31m") }, "characters: "},
		"bidi":                    {func(o *aftermath) { o.err = said("a\u202eb") }, "characters: "},
		"a forged line":           {func(o *aftermath) { o.err = said("a\nerror: b") }, "characters: "},
		"a flood of words":        {func(o *aftermath) { o.err = said(strings.Repeat("a", 9000)) }, "length: "},
		"no words":                {func(o *aftermath) { o.err = errors.New("EOF") }, "words: "},
	} {
		t.Run(name, func(t *testing.T) {
			o := fine
			test.change(&o)
			if found := strings.Join(o.violations(), "\n"); !strings.Contains(found, test.want) {
				t.Errorf("found %q, want %q", found, test.want)
			}
		})
	}
}
