//go:build interop && interopclients

package interopclients

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/catalog/clients"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// outcome is what came of a trial, as the server's record tells.
type outcome string

const (
	sentOverTLS   outcome = "sent over TLS"
	sentInClear   outcome = "sent in clear"
	refused       outcome = "refused"         // neither a credential nor a mail
	stayedInClear outcome = "stayed in clear" // tried without TLS, though it was offered
)

// claimed returns what the catalogue says will come of a trial.
func claimed(mode clients.Mode, tr trial) outcome {
	switch tr.conduct {
	case untrusted, wrongName:
		if mode.Verification == clients.Verified {
			return refused
		}
	case stripped:
		if mode.Enforcement == clients.Required {
			return refused
		}
		return sentInClear
	case offering:
		if mode.Enforcement == clients.Never {
			return stayedInClear
		}
	default:
		if tr.mode == settings.NoTLS {
			return sentInClear
		}
	}
	return sentOverTLS
}

// happened returns what a record tells of, or the record itself where that is
// nothing that has a name here.
func happened(r smtptest.Record, tr trial) outcome {
	inClear := slices.ContainsFunc(r.Logins, func(l smtptest.Login) bool { return l.OK && l.InClear })
	switch {
	case r.Connections == 0:
		return "nobody came"
	case r.Data == 0 && len(r.Mails) == 0 && r.AuthCommands == 0 && !r.CredentialInClear:
		if tr.conduct == offering && r.Handshakes == 0 && !began(r, "STARTTLS") && began(r, "MAIL") {
			return stayedInClear
		}
		return refused
	case r.Handshakes == 0 && !began(r, "STARTTLS") && r.Data == 0 && inClear && tr.conduct == offering:
		return stayedInClear // the server takes a login, but no mail before TLS
	case !complete(r, tr):
	case r.Handshakes == 1 && !inClear && !r.CredentialInClear:
		return sentOverTLS
	case r.Handshakes == 0 && (inClear || tr.auth == settings.AuthNone):
		return sentInClear
	}
	return outcome(fmt.Sprintf("%+v", r))
}

// complete reports whether a message came from the right sender to the right
// recipient, after the login that belongs to the trial and no other.
func complete(r smtptest.Record, tr trial) bool {
	login := len(r.Logins) == 0
	if tr.auth != settings.AuthNone {
		login = len(r.Logins) == 1 && r.Logins[0].OK && r.Logins[0].Username == tr.credentials.Username
	}
	return login && r.Data == 1 && slices.Equal(r.Mails, []string{sender}) && slices.Equal(r.Rcpts, []string{recipient})
}

// began reports whether a client sent a command.
func began(r smtptest.Record, verb string) bool {
	return slices.ContainsFunc(r.Commands, func(line string) bool {
		return strings.HasPrefix(strings.ToUpper(line), verb)
	})
}
