package provider_test

import (
	"testing"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// messages returns how many messages the relay received.
func (r *relay) messages() int {
	n := 0
	for _, server := range r.servers {
		n += server.Record().Data
	}
	return n
}

// If this fails, verify = "message" sends mail at plan or refresh, sends none at
// apply, sends it again although nothing changed, or loses the server's reply.
func TestMessageIsSentAtApply(t *testing.T) {
	r := newRelay(t)
	r.down()
	r.up(smtptest.Config{MessageReply: "250 2.0.0 Ok: queued as 4Bq7x"})
	s := start(t, r, nil)
	c := r.login().with(config{"verify": "message", "from": relayUser, "rcpt_to": []any{"you@example.org"}, "refresh": "handshake"})
	planned, found := s.plan(state{}, c)
	found.none(t)
	if s.get(planned, "server_reply") != later || r.messages() != 0 {
		t.Errorf("planned %v, %d messages", s.get(planned, "server_reply"), r.messages())
	}
	st, found := s.apply(planned, c)
	found.none(t)
	if got := s.attributes(st); got["verified"] != true || got["server_reply"] != "250 2.0.0 Ok: queued as 4Bq7x" || r.messages() != 1 {
		t.Errorf("%v, %d messages", got["server_reply"], r.messages())
	}
	st, found = s.refresh(st)
	found.none(t)
	if _, found = s.plan(st, c); r.messages() != 1 {
		t.Errorf("%d messages after refresh and plan: %v", r.messages(), found)
	}
	st, found = s.update(st, c.with(config{"verify": "envelope"}))
	found.none(t)
	if got := s.attributes(st); got["server_reply"] != nil || r.messages() != 1 {
		t.Errorf("%v, %d messages", got["server_reply"], r.messages())
	}
}

// If this fails, a data source or an ephemeral block, which run at plan, can send
// mail.
func TestMessageForResourcesAlone(t *testing.T) {
	r := newRelay(t)
	s := start(t, r, nil)
	c := r.login().with(config{"verify": "message", "from": relayUser, "rcpt_to": []any{"you@example.org"}})
	s.validateDataSource(c).only(t, []string{"message-outside-resource"}, nil)
	_, found := s.readDataSource(c)
	found.only(t, []string{"message-outside-resource"}, nil)
	s.validateDataSource(c.with(config{"on_failure": "report"})).only(t, []string{"message-outside-resource"}, nil)
	_, found = s.open(connection, c)
	found.only(t, []string{"message-outside-resource"}, nil)
	if r.messages() != 0 {
		t.Errorf("%d messages", r.messages())
	}
}
