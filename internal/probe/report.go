package probe

import (
	"crypto/tls"
	"net/netip"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/dial"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Report is what a check saw. Texts of the server are quoted and free of the
// request's secrets.
type Report struct {
	Greeting     string
	Address      netip.AddrPort
	Capabilities wire.Capabilities  // the list under TLS, where there was TLS
	TLS          *certs.Summary     // nil without TLS
	Mechanism    settings.Mechanism // "" without a login
	Reply        string             // to the test message; "" without one
	Warnings     []finding.Finding
	Phases       []Phase
	Tried        []dial.Attempt
	Transcript   []string
}

// Phase is a part of the check and the time it took.
type Phase struct {
	Name string
	Took time.Duration
}

// The phases in their order.
const (
	phaseCredentials = "credentials; nothing was contacted"
	phaseWaiting     = "waiting for other checks of this host"
	phaseResolve     = "resolve"
	phaseConnect     = "connect"
	phaseTLS         = "TLS"
	phaseGreeting    = "greeting"
	phaseEHLO        = "EHLO"
	phaseStartTLS    = "STARTTLS"
	phaseEHLOAgain   = "EHLO under TLS"
	phaseLogin       = "AUTH"
	phaseEnvelope    = "envelope"
	phaseMessage     = "message"
)

// trail records how far a check got.
type trail struct {
	phase    string
	since    time.Time
	phases   []Phase
	address  netip.AddrPort
	tried    []dial.Attempt
	conn     *wire.Conn
	authSent bool
	dataSent bool
}

// enter ends the running phase and begins the next.
func (t *trail) enter(phase string) {
	now := time.Now()
	if t.phase != "" {
		t.phases = append(t.phases, Phase{t.phase, now.Sub(t.since)})
	}
	t.phase, t.since = phase, now
}

// finish ends the running phase.
func (t *trail) finish() []Phase {
	if t.phase != "" && !t.since.IsZero() {
		t.phases = append(t.phases, Phase{t.phase, time.Since(t.since)})
		t.since = time.Time{}
	}
	return t.phases
}

// state is the part of a TLS connection that login mechanisms bind to.
func state(conn *wire.Conn) *tls.ConnectionState {
	cs, ok := conn.TLS()
	if !ok {
		return nil
	}
	return &cs
}
