package probe_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// The tests in attack*_test.go are hostile servers. Whatever one does, the same
// few things hold: little memory, an end in time, no credential without verified
// TLS, one login at most, and words that a person can read and nobody can log in
// with.

const (
	victim        = "app@example.test"
	attackedWord  = "c0rrect,h=rse/b&ttery é"
	attackedToken = "ya29.A0-t0ken/0f+mine=~1234567890abcdef"

	mostAllocated = 8 << 20
	grace         = 100 * time.Millisecond
	longestDetail = 8 << 10
)

// clientCert is what EXTERNAL logs in with.
var clientCert, clientKey = func() (string, string) {
	cert, key, err := authority.IssueClient(victim)
	if err != nil {
		panic(err)
	}
	return cert, key
}()

// attackedSecrets are what must never show: of the key, a line.
var attackedSecrets = []string{attackedWord, attackedToken, strings.Split(clientKey, "\n")[1]}

// aftermath is what is known after an attack: what the check returned, and what
// the servers recorded.
type aftermath struct {
	report    *probe.Report
	err       error
	took      time.Duration
	budget    time.Duration
	allocated uint64 // all of the process, the servers' own included

	trusted bool   // the server proves to be the declared one, so that a login may be tried
	wire    []byte // what the servers received, below TLS
	inClear bool   // a server's own word that a credential came in clear
	auths   int    // AUTH commands, within TLS or without
}

// authInClear is an AUTH command that was not encrypted.
var authInClear = regexp.MustCompile(`(?mi)^AUTH `)

// violations names what must not be after any attack.
func (o aftermath) violations() []string {
	var found []string
	broken := func(format string, args ...any) { found = append(found, fmt.Sprintf(format, args...)) }
	if o.allocated >= mostAllocated {
		broken("memory: %d bytes were allocated", o.allocated)
	}
	if o.took > o.budget+grace {
		broken("time: ended after %s of %s", o.took, o.budget)
	}
	if o.inClear || authInClear.Match(o.wire) || revealing(string(o.wire)) != "" {
		broken("credential in clear text: %q", o.wire)
	}
	if o.auths > 1 || (o.auths > 0 && !o.trusted) {
		broken("logins: %d", o.auths)
	}
	for place, text := range o.texts() {
		if form := revealing(text); form != "" {
			broken("secret: %q in the %s: %s", form, place, text)
		}
		if strings.ContainsFunc(text, hidden) {
			broken("characters: %s: %q", place, text)
		}
		if len(text) > longestDetail && place != "report" {
			broken("length: %d bytes in the %s", len(text), place)
		}
	}
	if o.err != nil {
		var coded finding.Coded
		if !errors.As(o.err, &coded) || finding.Of(o.err).Code == finding.Unexpected {
			broken("words: no finding for %v", o.err)
		}
	}
	return found
}

// texts are all that a person, the state or a log may get to see.
func (o aftermath) texts() map[string]string {
	texts := map[string]string{}
	if o.err != nil {
		f := finding.Of(o.err)
		texts["error"] = o.err.Error()
		texts["summary"] = f.Summary
		texts["detail"] = f.Detail()
		for i, line := range f.Seen {
			if strings.Contains(line, "\n") {
				texts[fmt.Sprintf("evidence %d", i)] = "\x00" + line // forges a line of its own
			}
		}
	}
	if r := o.report; r != nil {
		texts["report"] = strings.Join(append(r.Transcript, r.Greeting, fmt.Sprint(r.TLS), string(r.Mechanism)), "\n") +
			strings.Join(r.Capabilities.List(), "\n") + strings.Join(r.Capabilities.Mechanisms(), "\n")
		for i, w := range r.Warnings {
			texts[fmt.Sprintf("warning %d", i)] = w.Summary + "\n" + w.Detail()
		}
	}
	return texts
}

// hidden reports what a terminal does not show as it is.
func hidden(r rune) bool { return r != ' ' && r != '\n' && !unicode.IsPrint(r) }

// revealing returns what in a text gives away a secret: any ten bytes of it, or
// the whole in base64 inside whatever else, in a URL or in hexadecimal.
func revealing(text string) string {
	for _, s := range attackedSecrets {
		for _, form := range attackForms(s) {
			if strings.Contains(text, form) {
				return form
			}
		}
	}
	return ""
}

func attackForms(s string) []string {
	forms := []string{url.QueryEscape(s), url.PathEscape(s), fmt.Sprintf("%x", s), fmt.Sprintf("%X", s)}
	for i := 0; i+10 <= len(s); i++ {
		forms = append(forms, s[i:i+10])
	}
	for _, before := range []string{"", "x", "xx"} {
		for _, enc := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
			coded := enc.EncodeToString([]byte(before + s + "xxx"))
			forms = append(forms, coded[4:len(coded)-8]) // made of the secret alone
		}
	}
	return forms
}

// attack is one hostile server.
type attack struct {
	name   string
	mode   settings.TLSMode // "" is starttls
	serve  func(m settings.Mechanism) *smtptest.Script
	change func(*probe.Request)
	want   finding.Code
	// unlike holds what else is wanted with some mechanisms.
	unlike map[settings.Mechanism]finding.Code
	// untrusted is a server that never gets as far as a login may be tried.
	untrusted bool
}

var attackedPorts = map[settings.TLSMode]int{settings.StartTLS: 587, settings.Implicit: 465, settings.NoTLS: 2525}

// attacked is a request for a login with one mechanism.
func attacked(mode settings.TLSMode, m settings.Mechanism) probe.Request {
	r := request(mode, attackedPorts[mode])
	r.Verify, r.Mechanism, r.Credentials.Username = settings.VerifyAuth, m, victim
	switch settings.CredentialOf(m) {
	case settings.AuthOAuth2:
		r.Credentials.AccessToken = secret.New(attackedToken)
	case settings.AuthPassword:
		r.Credentials.Password = secret.New(attackedWord)
	default:
		r.Credentials.External = true
		r.Trust.ClientCertPEM, r.Trust.ClientKeyPEM = clientCert, secret.New(clientKey)
	}
	return r
}

// survive runs attacks with each mechanism and checks what holds after any.
func survive(t *testing.T, attacks []attack, mechanisms []settings.Mechanism) {
	t.Helper()
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			for _, m := range mechanisms {
				t.Run(string(m), func(t *testing.T) { a.run(t, m) })
			}
		})
	}
}

func (a attack) run(t *testing.T, m settings.Mechanism) {
	mode := a.mode
	if mode == "" {
		mode = settings.StartTLS
	}
	want := a.want
	if code, unlike := a.unlike[m]; unlike {
		want = code
	}
	script := a.serve(m)
	r := attacked(mode, m)
	if a.change != nil {
		a.change(&r)
	}
	synctest.Test(t, func(t *testing.T) {
		l := newLab(t)
		server := l.play(int(r.Port), script)
		o := l.attack(r)
		server.Close()
		o.trusted, o.wire, o.auths = !a.untrusted, server.Received(), server.Auths()
		o.judge(t, want)
		if departure := server.Err(); departure != nil {
			t.Errorf("the client left the script: %v", departure)
		}
		if t.Failed() {
			t.Logf("the server heard %q", server.Lines())
		}
	})
}

// attack runs a check and measures it: of memory all that was ever allocated, from
// which no collection takes anything away, so that the heap never grew by more.
func (l *lab) attack(r probe.Request) aftermath {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	o := aftermath{budget: r.Timeout}
	o.report, o.took, o.err = l.check(r)
	runtime.ReadMemStats(&after)
	o.allocated = after.TotalAlloc - before.TotalAlloc
	return o
}

// judge fails the test for a finding that is not the wanted one, "" for none, and
// for whatever must not be after any attack.
func (o aftermath) judge(t *testing.T, want finding.Code) {
	t.Helper()
	if got := codeOf(o.err); got != want {
		t.Errorf("code %q, want %q: %v", got, want, o.err)
	}
	for _, violation := range o.violations() {
		t.Error(violation)
	}
}
