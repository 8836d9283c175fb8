// Package probe asks a mail server whether declared settings work: it resolves,
// connects, reads the greeting, negotiates TLS, checks the certificate, logs in
// once and leaves. If the server speaks another TLS mode than declared, it finds out
// which.
//
// It sends a message only where verify = "message" asks for one, never logs, and
// knows nothing of Terraform.
package probe

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/dial"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Engine runs checks. Use one for all checks of a provider process: it bounds the checks
// of each host, and makes a refused login or a message once.
type Engine struct {
	resolver dial.Resolver
	dialer   dial.Dialer
	places   places
	logins   *logins
	messages messages
}

// New returns an engine that resolves and dials by the given means. At most
// perHost checks run against one host at a time.
func New(r dial.Resolver, d dial.Dialer, perHost int) *Engine {
	return &Engine{resolver: r, dialer: d, places: places{each: perHost}, logins: newLogins(), messages: messages{sent: map[loginID]*messageSent{}}}
}

// The causes of a context that ended with the request's timeout, or with the share
// of one attempt.
var (
	errBudget = errors.New("the time for all attempts is over")
	errShare  = errors.New("the time for this attempt is over")
)

// Run checks the connection. The report tells what was seen; together with an
// error, which is an [*Error], it tells as much as was reached.
//
// The request's timeout bounds all attempts together, and each has a share of it until it
// logs in. The wait for other checks of the same host does not count towards it.
func (e *Engine) Run(ctx context.Context, r Request) (*Report, error) {
	if err := r.expiredToken(time.Now()); err != nil {
		return &Report{}, newError(r, &trail{phase: phaseCredentials}, err)
	}
	leave, err := e.places.enter(ctx, r.Host.Name)
	if err != nil {
		return &Report{}, newError(r, &trail{phase: phaseWaiting}, err)
	}
	defer leave()
	ctx, cancel := context.WithTimeoutCause(ctx, r.Timeout, errBudget)
	defer cancel()
	others, eraser := &otherPorts{}, r.secrets()
	for attempt := 1; ; attempt++ {
		s := &session{engine: e, request: r, report: &Report{}, tls: certs.Handshake{Trust: r.Trust}, eraser: eraser, others: others}
		err := s.run(ctx, r.share(ctx, attempt))
		s.report.Phases = s.trail.finish()
		if err == nil {
			return s.report, nil
		}
		failure := newError(r, &s.trail, err)
		failure.attempts = attempt
		if attempt >= r.Attempts || !failure.transient() || !pause(ctx, attempt) {
			return s.report, failure
		}
	}
}

// The pauses between attempts double from one second to ten, each between half
// and all of that, so that many resources don't come back at once.
const (
	firstPause   = time.Second
	longestPause = 10 * time.Second
)

// leastShare is the least time for an attempt, if that much is left: many servers greet
// only after seconds, to tell mail servers from senders of spam, which don't wait.
const leastShare = 10 * time.Second

// share returns how long an attempt may take: what is left, divided by the attempts
// that are left. It is enough to find out what a silent server speaks.
func (r Request) share(ctx context.Context, attempt int) time.Duration {
	end, ok := ctx.Deadline()
	if !ok {
		return r.Timeout
	}
	left := time.Until(end)
	if attempt >= r.Attempts {
		return left
	}
	return min(left, max(left/time.Duration(r.Attempts-attempt+1), leastShare, r.patience()+leastShare/2))
}

// leastAttempt is the least time worth another attempt; with less, it would only hide the
// real error behind a timeout.
const leastAttempt = time.Second

// pause waits before the next attempt. It returns false if there is none, because the
// context ended or is about to.
func pause(ctx context.Context, attempt int) bool {
	full := min(firstPause<<(attempt-1), longestPause)
	long := full/2 + rand.N(full/2) //nolint:gosec // G404: nothing has to be secret here
	if end, ok := ctx.Deadline(); ok && time.Until(end) <= long+leastAttempt {
		return false
	}
	wait := time.NewTimer(long)
	defer wait.Stop()
	select {
	case <-wait.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// transient reports whether another attempt may go better: the server could not
// be reached, did not answer in time or answered 4xx, and no AUTH was sent.
func (e *Error) transient() bool {
	if e.trail.authSent || e.trail.dataSent {
		return false
	}
	var name *dial.NameError
	var connect *dial.ConnectError
	var temporary interface{ Temporary() bool }
	switch {
	case errors.Is(e.cause, context.Canceled):
		return false
	case errors.As(e.cause, &name):
		return name.Finding().Code != "dns-not-found"
	case errors.As(e.cause, &connect):
		return connect.Finding().Code != "connect-denied"
	case errors.As(e.cause, &temporary):
		return temporary.Temporary()
	}
	return false
}

// reaches reports whether the request goes as far as the given depth.
func (r Request) reaches(v settings.Verify) bool { return r.Verify.Reaches(v) }
