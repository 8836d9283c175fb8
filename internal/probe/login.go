package probe

import (
	"context"
	"errors"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// login makes the one attempt to log in.
func (s *session) login(ctx context.Context) error {
	if !s.request.logsIn() {
		return nil
	}
	s.trail.enter(phaseLogin)
	channel := auth.Channel{
		TLS:      state(s.trail.conn),
		Host:     s.request.Host.Name,
		Port:     int(s.request.Port),
		Verified: !s.request.Trust.Insecure,
		Offered:  s.report.Capabilities.Mechanisms(),
	}
	mechanism, err := auth.Choose(channel.Offered, s.request.Mechanism, s.request.Credentials, channel)
	if err != nil {
		return s.lacking(err)
	}
	client, err := auth.New(mechanism, s.request.Credentials, channel)
	if err != nil {
		return err
	}
	err = s.engine.logins.once(ctx, s.engine.logins.id(s.request, mechanism), func() (answered bool, err error) {
		_, err = s.trail.conn.Authenticate(ctx, string(mechanism), client)
		return s.answered(err), s.refusal(mechanism, channel, err)
	})
	if err != nil {
		return err
	}
	s.report.Mechanism = mechanism
	return nil
}

// answered reports whether the server answered a login, in whatever way: it may count that
// as failed, and the same login would end in the same way. Silence and an end of the
// connection are no answer, nor is a 421 about the system or the network (RFC 3463
// sections 3.4 and 3.5).
func (s *session) answered(err error) bool {
	var failed *wire.AuthError
	var malformed *wire.ProtocolError
	switch {
	case !s.trail.conn.AuthSent():
		return false
	case errors.As(err, &failed):
		closing := failed.Reply.Code == 421 && failed.ClientErr == nil
		return !closing || !strings.HasPrefix(failed.Reply.Enhanced, "4.3.") && !strings.HasPrefix(failed.Reply.Enhanced, "4.4.")
	}
	return errors.As(err, &malformed)
}

// refusal interprets a failed login, nil where it did not fail.
func (s *session) refusal(mechanism settings.Mechanism, channel auth.Channel, err error) error {
	attempt := auth.Attempt{
		Mechanism: mechanism,
		Cred:      s.request.Credentials,
		Channel:   channel,
		Eraser:    s.trail.conn.Eraser(),
	}
	var refused *wire.AuthError
	var closed *wire.ClosedError
	switch {
	case errors.As(err, &refused):
		if reply := refused.Reply; reply.Code != 0 {
			attempt.Reply, attempt.Code, attempt.Enhanced, attempt.Text = reply.String(), reply.Code, reply.Enhanced, reply.Said()
		}
		attempt.ClientErr = refused.ClientErr
	case errors.As(err, &closed):
		attempt.Closed = true
	default:
		return err
	}
	return auth.Refusal(attempt)
}
