package provider_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// shows reports whether a text shows a secret in any form.
func shows(text, secret string) bool {
	return slices.ContainsFunc(traces(secret), func(form string) bool { return strings.Contains(text, form) })
}

// loginCell is a login by one mechanism at a server of its own, with one end.
type loginCell struct {
	relay     *relay
	mechanism settings.Mechanism
	secret    string // as it would show: of a private key a line of its base64
	argument  string // that takes the secret
	block     config // without the secret
	value     string // of the argument
}

// newLoginCell starts a server that offers a mechanism alone.
func newLoginCell(t testing.TB, m settings.Mechanism, end string) *loginCell {
	t.Helper()
	r := newRelay(t)
	r.down()
	username, known := relayUser, loud
	if end == "refusal" {
		known = "another"
		if m == settings.NTLM { // of which the server knows the user names alone
			username = "somebody"
		}
	}
	cfg := smtptest.Config{
		Mechanisms:    []settings.Mechanism{m},
		Users:         map[string]string{username: known},
		Tokens:        map[string]string{username: known},
		HangUpAtLogin: end == "disconnect",
	}
	cell := &loginCell{
		relay: r, mechanism: m, secret: loud, argument: "password", value: loud,
		block: r.login().without("password").with(config{"auth_mechanism": string(m)}),
	}
	switch settings.CredentialOf(m) {
	case settings.AuthOAuth2:
		cell.argument = "access_token"
	case settings.AuthNone:
		subject := relayUser
		if end == "refusal" {
			subject = "nobody@example.test"
		}
		cert, key, err := r.ca.IssueClient(subject)
		if err != nil {
			t.Fatal(err)
		}
		cfg.ClientCAs = r.ca.Pool()
		cell.argument, cell.value, cell.secret = "client_key_pem", key, strings.Split(key, "\n")[1]
		cell.block = cell.block.with(config{"client_cert_pem": cert})
	}
	r.up(cfg)
	return cell
}

// record is what the server saw.
func (c *loginCell) record() smtptest.Record { return c.relay.servers[465].Record() }

// loginKinds are the blocks that log in. Each returns what Terraform may store or
// show, what it holds of the secret on purpose, and what was found.
var loginKinds = map[string]func(s *served, c *loginCell) (kept, onPurpose string, f found){
	"resource, write-only": func(s *served, c *loginCell) (string, string, found) {
		block := c.block.with(config{c.argument + "_wo": c.value, c.argument + "_wo_version": 1})
		planned, before := s.plan(state{}, block)
		st, after := s.apply(planned, block)
		return fmt.Sprint(s.attributes(planned.planned), string(planned.planned.private), s.attributes(st), string(st.private)), "", append(before, after...)
	},
	"resource, stored": func(s *served, c *loginCell) (string, string, found) {
		st, f := s.create(c.block.with(config{c.argument: c.value}))
		kept := s.attributes(st)
		onPurpose := fmt.Sprint(kept[c.argument])
		delete(kept, c.argument)
		return fmt.Sprint(kept), onPurpose, f
	},
	"data source": func(s *served, c *loginCell) (string, string, found) {
		kept, f := s.readDataSource(c.block.with(config{c.argument: c.value, "verify": "auth"}))
		onPurpose := fmt.Sprint(kept[c.argument])
		delete(kept, c.argument)
		return fmt.Sprint(kept), onPurpose, f
	},
	"data source that reports": func(s *served, c *loginCell) (string, string, found) {
		kept, f := s.readDataSource(c.block.with(config{c.argument: c.value, "verify": "auth", "on_failure": "report"}))
		if kept["ok"] == false { // so that a failure is one in each kind; kept holds its words
			f = append(f, &tfprotov6.Diagnostic{Severity: tfprotov6.DiagnosticSeverityError, Summary: "not ok"})
		}
		onPurpose := fmt.Sprint(kept[c.argument])
		delete(kept, c.argument)
		return fmt.Sprint(kept), onPurpose, f
	},
	"ephemeral": func(s *served, c *loginCell) (string, string, found) {
		kept, f := s.open(connection, c.block.with(config{c.argument: c.value, "verify": "auth"}))
		onPurpose := fmt.Sprint(kept[c.argument], kept["url_with_credentials"])
		delete(kept, c.argument)
		delete(kept, "url_with_credentials")
		return fmt.Sprint(kept), onPurpose, f
	},
}

// If this fails, a login by some mechanism leaves its secret in a plan, a state,
// a diagnostic or the log at level TRACE: as it is, in base64 or in a URL. So that
// a search that finds nothing means something, the same search finds the secret
// where it is stored on purpose, and in what the server was sent.
func TestNoSecretOfALogin(t *testing.T) {
	wire := map[settings.Mechanism]bool{}
	for _, m := range settings.Mechanisms() {
		for _, end := range []string{"success", "refusal", "disconnect"} {
			for kind, run := range loginKinds {
				t.Run(fmt.Sprintf("%s/%s/%s", m, end, kind), func(t *testing.T) {
					c := newLoginCell(t, m, end)
					s := start(t, c.relay, nil)
					log := &bytes.Buffer{}
					s.ctx = tflogtest.RootLogger(s.ctx, log)
					kept, onPurpose, found := run(s, c)
					if found.failed() != (end != "success") {
						t.Fatalf("found %v", found.errors())
					}
					if n := c.record().AuthCommands; n != 1 {
						t.Fatalf("%d logins, want 1", n)
					}
					hides(t, kept, c.secret)
					hides(t, found.text(), c.secret)
					hides(t, log.String(), c.secret)

					contains(t, log.String(), "smtp transcript")
					contains(t, log.String(), "AUTH "+string(m))
					if stored := kind == "resource, stored" || kind == "ephemeral"; stored && end == "success" && !shows(onPurpose, c.secret) {
						t.Errorf("the search misses the secret in %s", onPurpose)
					}
					if shows(strings.Join(c.record().Commands, "\n"), c.secret) {
						wire[m] = true
					}
				})
			}
		}
	}
	for _, m := range []settings.Mechanism{settings.Plain, settings.XOAuth2, settings.OAuthBearer} {
		if !wire[m] {
			t.Errorf("the search misses the secret in what %s sends", m)
		}
	}
}
