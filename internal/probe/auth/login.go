package auth

import (
	"crypto/hmac"
	"crypto/md5" //nolint:gosec // G501: CRAM-MD5 is that, and comes last where there is a choice
	"encoding/hex"

	"github.com/emersion/go-sasl"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// login is the LOGIN mechanism (draft-murchison-sasl-login-00). The texts of the
// prompts differ from server to server, so they are answered by their order
// alone. It sends no initial response, which some servers refuse.
type login struct{ answers []string }

func newLogin(c Credentials, _ Channel) (sasl.Client, error) {
	return &login{answers: []string{c.Username, c.Password.Reveal()}}, nil
}

func (*login) Start() (mechanism string, response []byte, err error) {
	return string(settings.Login), nil, nil
}

// AnyPrompt reports whether there is an answer left, whatever the prompt.
func (l *login) AnyPrompt() bool { return len(l.answers) > 0 }

func (l *login) Next([]byte) ([]byte, error) {
	if len(l.answers) == 0 {
		return nil, sasl.ErrUnexpectedServerChallenge
	}
	answer := l.answers[0]
	l.answers = l.answers[1:]
	return []byte(answer), nil
}

// Verify refuses a success that came before the password was asked for.
func (l *login) Verify() error { return complete(len(l.answers) == 0) }

// complete returns an error unless the client sent all that a server needs to decide.
func complete(sent bool) error {
	if sent {
		return nil
	}
	return failure("auth-accepted-early", nil)
}

// cramMD5 is the CRAM-MD5 mechanism (RFC 2195).
type cramMD5 struct {
	username, password string
	answered           bool
}

func newCRAMMD5(c Credentials, _ Channel) (sasl.Client, error) {
	return &cramMD5{username: c.Username, password: c.Password.Reveal()}, nil
}

func (*cramMD5) Start() (mechanism string, response []byte, err error) {
	return string(settings.CRAMMD5), nil, nil
}

func (m *cramMD5) Next(challenge []byte) ([]byte, error) {
	if m.answered {
		return nil, sasl.ErrUnexpectedServerChallenge
	}
	m.answered = true
	if len(challenge) == 0 {
		return nil, failure("auth-challenge-malformed", nil)
	}
	mac := hmac.New(md5.New, []byte(m.password))
	mac.Write(challenge)
	return []byte(m.username + " " + hex.EncodeToString(mac.Sum(nil))), nil
}

// Verify refuses a success that came before the challenge was answered.
func (m *cramMD5) Verify() error { return complete(m.answered) }
