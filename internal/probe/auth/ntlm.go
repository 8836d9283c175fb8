package auth

import (
	"bytes"
	"encoding/binary"

	"github.com/Azure/go-ntlmssp"
	"github.com/emersion/go-sasl"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// ntlm is NTLM version 2 over SMTP ([MS-SMTPNTLM], [MS-NLMP]). The domain is a
// part of the user name: DOMAIN\user or user@domain.
type ntlm struct {
	username, password string
	negotiated         bool // the first message went out again
	answered           bool
}

func newNTLM(c Credentials, _ Channel) (sasl.Client, error) {
	return &ntlm{username: c.Username, password: c.Password.Reveal()}, nil
}

func (*ntlm) Start() (mechanism string, response []byte, err error) {
	response, err = ntlmssp.NewNegotiateMessage("", "")
	return string(settings.NTLM), response, err
}

// The place of the flags in a challenge, and the flags for what go-ntlmssp does not support
// ([MS-NLMP] 2.2.1.2, 2.2.2.5).
const (
	flagsAt         = 20
	flagKeyExchange = 0x40000000
	flagLMKey       = 0x00000080
)

// signature begins every message ([MS-NLMP] 2.2.1).
var signature = []byte("NTLMSSP\x00")

// AnyPrompt reports that the first challenge may be free text, with which servers
// that take no initial response ask for it ([MS-SMTPNTLM] 2.2.1.2).
func (n *ntlm) AnyPrompt() bool { return !n.negotiated && !n.answered }

func (n *ntlm) Next(challenge []byte) ([]byte, error) {
	if n.answered {
		return nil, sasl.ErrUnexpectedServerChallenge
	}
	if !n.negotiated && !bytes.HasPrefix(challenge, signature) {
		n.negotiated = true
		_, again, err := n.Start()
		return again, err
	}
	n.answered = true
	response, err := ntlmssp.NewAuthenticateMessage(challenge, n.username, n.password, nil)
	switch {
	case err == nil:
		return response, nil
	case len(challenge) >= flagsAt+4 && binary.LittleEndian.Uint32(challenge[flagsAt:])&(flagKeyExchange|flagLMKey) != 0:
		return nil, failure("ntlm-unsupported", nil)
	}
	// The library's words are about the bytes of the challenge alone.
	return nil, failure("ntlm-challenge-malformed", finding.Facts{"problem": finding.Quote(err.Error())})
}

// Verify refuses a success that came before the challenge was answered.
func (n *ntlm) Verify() error { return complete(n.answered) }
