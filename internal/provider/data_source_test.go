package provider_test

import (
	"strings"
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, a data source opens a connection without verify.
func TestDataSourceContactsNothingUnasked(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	for _, c := range []config{r.login(), r.login().with(config{"verify": "none"}), r.login().with(config{"on_failure": "report"})} {
		outputs, found := s.readDataSource(c)
		found.none(t)
		for name, want := range map[string]any{
			"ok": true, "verified": false, "findings": []any{}, "server_info": nil, "tls_session": nil, "auth_mechanism_used": nil,
			"port": 465, "tls_mode": "implicit", "url": "smtps://mail.example.test:465",
		} {
			same(t, name, outputs[name], want)
		}
	}
	if n := len(r.Dials()); n != 0 {
		t.Errorf("%d connections", n)
	}
}

// If this fails, a check goes less far than asked, or further.
func TestDataSourceVerifies(t *testing.T) {
	tests := []struct {
		verify string
		logins int
		mails  int
		used   any
	}{
		{"handshake", 0, 0, nil},
		{"auth", 1, 0, "PLAIN"},
		{"envelope", 1, 1, "PLAIN"},
	}
	for _, tt := range tests {
		t.Run(tt.verify, func(t *testing.T) {
			r := newRelay(t)
			outputs, found := start(t, r, nil).readDataSource(r.login().with(config{"verify": tt.verify, "from": relayUser}))
			found.none(t)
			same(t, "verified", outputs["verified"], true)
			same(t, "mechanism", outputs["auth_mechanism_used"], tt.used)
			record := r.servers[465].Record()
			same(t, "logins, mails, messages", []int{len(record.Logins), len(record.Mails), record.Data}, []int{tt.logins, tt.mails, 0})
		})
	}
}

// If this fails, report fails the plan for something other than a malformed value,
// loses a finding or shows it twice, or error lets one pass.
func TestOnFailure(t *testing.T) {
	wrongPort := config{"port": 25}
	badHost := config{"host": "smtp://mail.example.test"}
	wrongPassword := config{"verify": "auth", "password": "wrong-horse-battery"}
	tests := []struct {
		name      string
		change    config
		onFailure any
		errors    []string // diagnostics
		warnings  []string
		ok        any // nil: there are no outputs
		findings  []string
	}{
		{"rule, error", wrongPort, "error", []string{"port-25"}, nil, nil, []string{}},
		{"rule, default", wrongPort, nil, []string{"port-25"}, nil, nil, []string{}},
		{"rule, report", wrongPort, "report", nil, nil, false, []string{"port-25"}},
		{"two rules, report", wrongPort.with(config{"insecure": true}), "report", nil, nil, false, []string{"insecure-tls", "port-25"}},
		{"warning, report", config{"insecure": true}, "report", nil, nil, true, []string{"insecure-tls"}},
		{"malformed, error", badHost, "error", []string{"host-has-scheme"}, nil, nil, []string{}},
		{"malformed, report", badHost, "report", []string{"host-has-scheme"}, nil, nil, []string{}},
		{"malformed and rule, report", badHost.with(wrongPort), "report", []string{"host-has-scheme"}, nil, nil, []string{}},
		{"probe, error", wrongPassword, "error", []string{"auth-rejected"}, nil, nil, []string{}},
		{"probe, report", wrongPassword, "report", nil, nil, false, []string{"auth-rejected"}},
		{"rule before probe, report", wrongPassword.with(wrongPort), "report", nil, nil, false, []string{"port-25"}},
		{"probe's warning, error", config{"verify": "handshake", "insecure": true}, "error", nil, []string{"insecure-certificate"}, true, []string{"insecure-certificate", "insecure-tls"}},
		{"probe's warning, report", config{"verify": "handshake", "insecure": true}, "report", nil, nil, true, []string{"insecure-certificate", "insecure-tls"}},
		{"another word", nil, "warn", []string{"word-unknown"}, nil, nil, []string{}},
	}
	r := newRelay(t)
	r.down()
	r.leaf.Names = []string{"other.example.test"}
	r.up(smtptest.Config{})
	right := newRelay(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			on := right
			if tt.change["insecure"] == true {
				on = r
			}
			s := start(t, on, nil)
			outputs, found := s.readDataSource(on.login().with(tt.change).with(config{"on_failure": tt.onFailure}))
			found.only(t, tt.errors, tt.warnings)
			if tt.ok == nil {
				return
			}
			same(t, "ok", outputs["ok"], tt.ok)
			same(t, "findings", codesOf(outputs["findings"]), tt.findings)
		})
	}
}

// If this fails, a plan fails on a rule although findings may be reported, or lets a
// value pass that can't be read.
func TestUnknownOnFailure(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	c := r.login().with(config{"port": 25, "on_failure": later})
	s.validateDataSource(c).none(t)
	s.validateDataSource(c.with(config{"host": "mail.example.test:25"})).only(t, []string{"host-has-port"}, nil)
}

// If this fails, the output lists a warning before an error, leaves out a part of what
// a diagnostic says, or says a part of it twice.
func TestFindingsInOrder(t *testing.T) {
	r := newRelay(t)
	outputs, found := start(t, r, nil).readDataSource(config{
		"host": "mail.example.test.", "port": 993, "tls_mode": "none", "on_failure": "report",
	})
	found.none(t)
	var got [][3]any
	for _, f := range outputs["findings"].([]any) {
		f := f.(map[string]any)
		got = append(got, [3]any{f["severity"], f["code"], f["attribute"]})
		for _, name := range []string{"summary", "detail", "fix", "see"} {
			if f[name] == "" {
				t.Errorf("%s has no %s", f["code"], name)
			}
			if name != "detail" && strings.Contains(f["detail"].(string), f[name].(string)) {
				t.Errorf("the detail of %s repeats %s", f["code"], name)
			}
		}
		got := f["fixes"].([]any)[0].(map[string]any)
		if f["code"] == "port-of-other-protocol" {
			same(t, "fix", got, map[string]any{
				"set": map[string]any{"port": "465", "tls_mode": `"implicit"`}, "remove": []any{}, "instruction": nil, "placeholder": false,
			})
		}
	}
	same(t, "findings", got, [][3]any{
		{"error", "port-of-other-protocol", "port"},
		{"warning", "host-trailing-dot", "host"},
		{"warning", "clear-text-off-host", "tls_mode"},
	})
}
