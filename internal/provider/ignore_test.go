package provider_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-log/tflogtest"
)

// If this fails, a code doesn't silence its finding, silences another, or a wrong code
// passes without a word.
func TestIgnoreRules(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	tests := []struct {
		name     string
		ignored  []any
		change   config
		errors   []string
		warnings []string
		says     string
	}{
		{"none", nil, config{"port": 25}, []string{"port-25"}, []string{"host-placeholder"}, `ignore_rules = ["port-25"]`},
		{"one of two", []any{"port-25"}, config{"port": 25}, nil, []string{"host-placeholder"}, ""},
		{"both", []any{"port-25", "host-placeholder"}, config{"port": 25}, nil, nil, ""},
		{"another", []any{"implicit-tls-port", "host-placeholder"}, config{"port": 25}, []string{"port-25"}, nil, ""},
		{"misspelt", []any{"port25", "host-placeholder"}, nil, []string{"ignore-rules-unknown"}, nil, `ignore_rules = ["host-placeholder", "port-25"]`},
		{"far from any", []any{"xyzzy", "host-placeholder"}, nil, []string{"ignore-rules-unknown"}, nil, `ignore_rules = ["host-placeholder"]`},
		{"a guard", []any{"host-has-port", "host-placeholder"}, nil, []string{"ignore-rules-guard"}, nil, `"host-has-port" can't be ignored`},
		{"an error of the network", []any{"auth-rejected", "host-placeholder"}, nil, []string{"ignore-rules-guard"}, nil, ""},
		{"null in it", []any{nil, "host-placeholder"}, nil, []string{"element-null"}, nil, "ignore_rules"},
		{"an empty set", []any{}, nil, nil, []string{"host-placeholder"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := s.in(t)
			found := s.validateResource(r.login().with(tt.change).with(config{"ignore_rules": tt.ignored}))
			found.only(t, tt.errors, tt.warnings)
			contains(t, found.text(), tt.says)
			for _, code := range []string{"ignore-rules-unknown", "ignore-rules-guard"} {
				if slices.Contains(tt.errors, code) {
					same(t, "place", found.at(code), "ignore_rules")
				}
			}
		})
	}
}

// If this fails, a code that suppresses nothing gives a diagnostic or isn't in the
// log, or one that suppresses something is logged.
func TestIgnoredInVain(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	c := r.login().with(config{"port": 465, "ignore_rules": []any{"host-placeholder", "port-25", "certificate-expires-soon"}})
	log := &bytes.Buffer{}
	s.ctx = tflogtest.RootLogger(s.ctx, log)
	same(t, "at validate", s.inVain(log, func() found { return s.validateResource(c) }), []string{"port-25"})
	same(t, "at plan", s.inVain(log, func() found { _, found := s.plan(state{}, c); return found }), []string{"port-25"})
	planned, first := s.plan(state{}, c)
	first.none(t)
	same(t, "at apply", s.inVain(log, func() found { _, found := s.apply(planned, c); return found }),
		[]string{"certificate-expires-soon", "port-25"})
	same(t, "in a data source", s.inVain(log, func() found {
		_, found := s.readDataSource(c.with(config{"verify": "handshake"}))
		return found
	}), []string{"certificate-expires-soon", "port-25"})
	same(t, "where it is needed", s.inVain(log, func() found { return s.validateResource(c.with(config{"port": 25})) }), []string(nil))
	same(t, "while it may be needed", s.inVain(log, func() found { return s.validateResource(c.with(config{"port": later})) }), []string(nil))
}

// inVain returns the codes that the log calls idle during a call, which must pass
// without a diagnostic.
func (s *served) inVain(log *bytes.Buffer, call func() found) []string {
	s.Helper()
	log.Reset()
	call().none(s)
	entries, err := tflogtest.MultilineJSONDecode(log)
	s.ok(err)
	var codes []string
	for _, e := range entries {
		if e["@message"] == "ignore_rules names a code that suppresses nothing" {
			same(s, "level", e["@level"], "debug")
			codes = append(codes, e["code"].(string))
		}
	}
	slices.Sort(codes)
	return codes
}
