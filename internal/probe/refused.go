package probe

import (
	"errors"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/refusal"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
)

// refusedError is a step that the server refused, and what that means.
type refusedError struct {
	*wire.ReplyError
	code  finding.Code
	facts finding.Facts
}

// Unwrap returns the refusal as it came.
func (e *refusedError) Unwrap() error { return e.ReplyError }

// Finding implements [finding.Coded].
func (e *refusedError) Finding() *finding.Error {
	f := e.Said()
	f.Code, f.Err = e.code, e.ReplyError
	maps.Copy(f.Facts, e.facts)
	return f
}

// lasting are refusals that another attempt won't change, whatever their code says:
// servers answer 4xx where only DNS or the settings can help.
var lasting = []finding.Code{"ehlo-name-refused", "client-reverse-name", "login-required", "tls-required", "tls-unknown-to-server", "sender-not-allowed"}

// Temporary reports whether the server may accept the step later.
func (e *refusedError) Temporary() bool {
	return e.ReplyError.Temporary() && !slices.Contains(lasting, e.code)
}

// stages are the steps that the server may refuse. The refusal of a login comes as a
// [*wire.AuthError].
var stages = map[wire.Step]refusal.Stage{
	wire.StepGreeting: refusal.Greeting,
	wire.StepEHLO:     refusal.EHLO,
	wire.StepStartTLS: refusal.StartTLS,
	wire.StepMail:     refusal.Mail,
	wire.StepRcpt:     refusal.Rcpt,
	wire.StepData:     refusal.Data,
	wire.StepMessage:  refusal.Message,
	wire.StepReset:    refusal.Other,
}

// stageOf returns the step that the server refused. A goodbye refuses none, if it came
// before one.
func stageOf(refused *wire.ReplyError) refusal.Stage {
	if refused.Early {
		return refusal.Other
	}
	return stages[refused.Step]
}

// interpreted says what a refusal means, and returns other errors as they are.
func (s *session) interpreted(err error) error {
	var refused *wire.ReplyError
	if !errors.As(err, &refused) {
		return err
	}
	r := s.request
	_, encrypted := s.trail.conn.TLS()
	name := r.ehloName(localAddr(s.trail.conn))
	loggedIn := s.report.Mechanism != ""
	reply := refusal.Reply{
		Stage: stageOf(refused), Code: refused.Reply.Code, Enhanced: refused.Reply.Enhanced, Text: refused.Reply.Said(),
		Host: r.Host.Name, LoggedIn: loggedIn, TLS: encrypted, ClientCertificate: r.Credentials.External, Named: isNamed(name),
	}
	facts := finding.Facts{"ehlo": finding.Quote(name), "named": "no", "login": "none", "tls": "no"}
	for fact, holds := range map[string]bool{"named": reply.Named, "tls": encrypted} {
		if holds {
			facts[fact] = "yes"
		}
	}
	if loggedIn {
		facts["login"] = "made"
	}
	if r.Credentials.Username != "" {
		facts["username"] = finding.Quote(r.secrets().Erase(r.Credentials.Username))
	}
	code := finding.Code("reply-unexpected")
	if refused.Refuses() {
		code = refusal.Interpret(reply)
	}
	return &refusedError{ReplyError: refused, code: code, facts: facts}
}

// lacking returns the error for an extension that the server did not list: the refusal of
// EHLO if there was one, since then it listed nothing. A server that only knows HELO counts
// as one without extensions.
func (s *session) lacking(err error) error {
	refused := s.report.Capabilities.Refusal()
	if refused == nil || refused.Reply.Code == 500 || refused.Reply.Code == 502 {
		return err
	}
	return refused
}

// isNamed reports whether EHLO gives a name that DNS may know: one with a domain,
// no address, and not this machine's name for itself.
func isNamed(ehlo string) bool {
	ehlo = strings.ToLower(ehlo)
	_, err := netip.ParseAddr(ehlo)
	return err != nil && strings.Contains(ehlo, ".") && !strings.HasPrefix(ehlo, "[") &&
		!strings.HasPrefix(ehlo, "localhost.") && !strings.HasSuffix(ehlo, ".local") && !strings.HasSuffix(ehlo, ".localdomain")
}

var _ finding.Coded = (*refusedError)(nil)
