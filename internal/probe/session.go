package probe

import (
	"context"
	"errors"
	"net/netip"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/dial"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// session is one attempt at a request: the phases from the name to QUIT.
type session struct {
	engine  *Engine
	request Request
	report  *Report
	trail   trail
	tls     certs.Handshake
	eraser  *secret.Eraser
	others  *otherPorts // of the host, for all attempts
	text    []byte      // the test message, where one is asked for

	// shookHands is set by the first connection and read by the second.
	shookHands atomic.Bool
}

// run makes the attempt. It ends with its share of the time, except that a login and a
// message, with what follows, may take all that is left: nothing is tried again after them.
func (s *session) run(all context.Context, share time.Duration) error {
	defer s.close()
	ctx, cancel := context.WithTimeoutCause(all, share, errShare)
	defer cancel()
	for _, phase := range []struct {
		run   func(context.Context) error
		final bool
	}{
		{run: s.connect},
		{run: s.open},
		{run: s.hello},
		{run: s.secure},
		{run: s.login, final: s.request.logsIn()},
		{run: s.envelope},
		{run: s.message, final: s.request.asksForMessage()},
		{run: s.settle},
	} {
		if phase.final {
			ctx = all
		}
		if err := phase.run(ctx); err != nil {
			return s.interpreted(err)
		}
	}
	return nil
}

// close ends the conversation politely where there is one, and keeps what was
// said.
func (s *session) close() {
	conn := s.trail.conn
	if conn == nil {
		return
	}
	conn.Quit()
	s.trail.authSent, s.trail.dataSent = conn.AuthSent(), conn.DataSent()
	s.report.Transcript = conn.Transcript()
}

// connect resolves the host and opens the first connection. While that takes
// long, or once it failed, other ports of the host are looked at.
func (s *session) connect(ctx context.Context) error {
	s.trail.enter(phaseResolve)
	addrs, err := dial.Resolve(ctx, s.engine.resolver, s.request.Host.Name, s.request.Port)
	if err != nil {
		return err
	}
	s.trail.enter(phaseConnect)
	look := s.tryOtherPorts(ctx, addrs)
	defer look.stop()
	limited, cancel := context.WithTimeoutCause(ctx, longestDial, context.DeadlineExceeded)
	defer cancel()
	nc, tried, err := dial.First(limited, s.engine.dialer, addrs)
	s.trail.tried, s.report.Tried = tried, tried
	if err != nil {
		err = look.explain(err)
		if cause := context.Cause(ctx); errors.Is(cause, context.Canceled) {
			return cause
		}
		return err
	}
	s.trail.conn = wire.NewConn(nc, s.eraser)
	s.trail.address, _ = netip.ParseAddrPort(nc.RemoteAddr().String())
	s.report.Address = s.trail.address
	return nil
}

// longestDial bounds the connection phase; what is left of the budget is for the
// diagnosis.
const longestDial = 10 * time.Second

// greet brings the first connection to the server's greeting, after the TLS handshake if
// the declared mode is implicit.
func (s *session) greet(ctx context.Context) error {
	conn := s.trail.conn
	if s.request.Mode == settings.Implicit {
		s.trail.enter(phaseTLS)
		if err := s.handshake(ctx, conn); err != nil {
			return err
		}
		s.shookHands.Store(true)
	}
	s.trail.enter(phaseGreeting)
	greeting, err := conn.Greeting(ctx)
	if err != nil {
		return s.explainTLS(err)
	}
	s.report.Greeting = greeting.Text()
	return nil
}

// handshake does the TLS handshake; crypto/tls decides whether the certificate
// is trusted, and its refusal is explained.
func (s *session) handshake(ctx context.Context, conn *wire.Conn) error {
	cfg, err := s.tls.Config()
	if err != nil {
		return err
	}
	cs, err := conn.Handshake(ctx, cfg)
	if err != nil {
		return s.explainTLS(identified(err))
	}
	summary := certs.Summarise(cs)
	s.report.TLS = &summary
	s.report.Warnings = append(s.report.Warnings, certs.Inspect(cs, s.request.Trust, time.Now())...)
	return nil
}

// explainTLS returns what certs makes of an error of the handshake or of the first read
// after it, where TLS 1.3 shows some. Under implicit TLS a greeting has come before EHLO, so
// that an end at EHLO is not about the certificate.
func (s *session) explainTLS(err error) error {
	explained := s.tls.Diagnose(err, time.Now())
	var closed *wire.ClosedError
	if explained == nil && errors.As(err, &closed) && (closed.Step != wire.StepEHLO || s.request.Mode == settings.StartTLS) {
		explained = s.tls.DiagnoseClose(err)
	}
	if explained != nil {
		return explained
	}
	return err
}

func (s *session) hello(ctx context.Context) error {
	s.trail.enter(phaseEHLO)
	return s.ehlo(ctx)
}

func (s *session) ehlo(ctx context.Context) error {
	caps, err := s.trail.conn.Hello(ctx, s.request.ehloName(localAddr(s.trail.conn)))
	if err != nil {
		return s.explainTLS(err)
	}
	s.report.Capabilities = caps
	if _, encrypted := s.trail.conn.TLS(); encrypted && caps.Has("STARTTLS") {
		s.report.Warnings = append(s.report.Warnings, finding.New("starttls-under-tls",
			finding.Facts{"host": s.request.Host.Name, "port": strconv.Itoa(int(s.request.Port))},
			"offered under TLS: "+strings.Join(caps.List(), ", "),
		))
	}
	return nil
}

// secure starts TLS where the mode is starttls. The list from before TLS counts for nothing
// afterwards (RFC 3207 section 4.2).
func (s *session) secure(ctx context.Context) error {
	if s.request.Mode != settings.StartTLS {
		return nil
	}
	s.trail.enter(phaseStartTLS)
	if caps := s.report.Capabilities; !caps.Has("STARTTLS") {
		return s.lacking(noStartTLS(caps))
	}
	if err := s.trail.conn.StartTLS(ctx); err != nil {
		return err
	}
	s.trail.enter(phaseTLS)
	if err := s.handshake(ctx, s.trail.conn); err != nil {
		return err
	}
	s.trail.enter(phaseEHLOAgain)
	return s.ehlo(ctx)
}

// settle makes sure that every reply answered a command.
func (s *session) settle(context.Context) error { return s.trail.conn.Settled() }

// envelope asks whether the server would take a message, and then takes the envelope back,
// unless a message follows.
func (s *session) envelope(ctx context.Context) error {
	if !s.request.reaches(settings.VerifyEnvelope) {
		return nil
	}
	s.trail.enter(phaseEnvelope)
	conn, caps := s.trail.conn, s.report.Capabilities
	var parameters []string
	if s.request.needsUTF8() {
		if !caps.Has("SMTPUTF8") {
			return s.lacking(noUTF8(caps))
		}
		parameters = append(parameters, "SMTPUTF8")
	}
	if s.request.asksForMessage() {
		s.text = s.request.testMessage(time.Now(), s.request.ehloName(localAddr(conn)))
		if caps.Has("SIZE") {
			parameters = append(parameters, "SIZE="+strconv.Itoa(len(s.text))) // RFC 1870 section 5
		}
	}
	if _, err := conn.Mail(ctx, s.request.From, parameters...); err != nil {
		return err
	}
	for _, to := range s.request.RcptTo {
		if _, err := conn.Rcpt(ctx, to); err != nil {
			return err
		}
	}
	if s.request.asksForMessage() {
		return nil
	}
	return conn.Reset(ctx)
}
