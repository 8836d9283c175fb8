package auth

import (
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
	answered           bool
}

func newNTLM(c Credentials, _ Channel) (sasl.Client, error) {
	return &ntlm{username: c.Username, password: c.Password.Reveal()}, nil
}

func (*ntlm) Start() (mechanism string, response []byte, err error) {
	response, err = ntlmssp.NewNegotiateMessage("", "")
	return string(settings.NTLM), response, err
}

// The place of the flags in a challenge, and those that ask for what go-ntlmssp
// does not do ([MS-NLMP] 2.2.1.2, 2.2.2.5).
const (
	flagsAt         = 20
	flagKeyExchange = 0x40000000
	flagLMKey       = 0x00000080
)

func (n *ntlm) Next(challenge []byte) ([]byte, error) {
	if n.answered {
		return nil, sasl.ErrUnexpectedServerChallenge
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
