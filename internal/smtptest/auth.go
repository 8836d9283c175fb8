package smtptest

import (
	"bufio"
	"encoding/base64"
	"errors"
	"slices"
	"strings"

	"github.com/xdg-go/scram"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// verdict ends a SASL exchange.
type verdict struct {
	username string
	ok       bool
}

// step takes the client's response, nil where the client sent none with its AUTH
// command, and returns either the next challenge or the verdict.
type step func(response []byte) (challenge []byte, end *verdict)

// exchanges holds the mechanisms served; each starts one exchange. Those in
// serverFirst take no initial response (RFC 4954 section 4).
var (
	exchanges = map[settings.Mechanism]func(*session) step{
		settings.Plain:           plain,
		settings.Login:           login,
		settings.CRAMMD5:         cramMD5,
		settings.ScramSHA1:       scramOf(scram.SHA1, settings.ScramSHA1Plus, false),
		settings.ScramSHA256:     scramOf(scram.SHA256, settings.ScramSHA256Plus, false),
		settings.ScramSHA512:     scramOf(scram.SHA512, settings.ScramSHA512Plus, false),
		settings.ScramSHA1Plus:   scramOf(scram.SHA1, settings.ScramSHA1Plus, true),
		settings.ScramSHA256Plus: scramOf(scram.SHA256, settings.ScramSHA256Plus, true),
		settings.ScramSHA512Plus: scramOf(scram.SHA512, settings.ScramSHA512Plus, true),
		settings.XOAuth2:         bearer(xoauth2Fields),
		settings.OAuthBearer:     bearer(oauthBearerFields),
		settings.NTLM:            ntlm,
		settings.External:        external,
	}
	serverFirst = []settings.Mechanism{settings.CRAMMD5}
)

// auth serves RFC 4954.
func (s *session) auth(args string) error {
	name, text, given := strings.Cut(args, " ")
	mechanism := settings.Mechanism(strings.ToUpper(name))
	s.server.note(func(r *Record) {
		r.AuthCommands++
		if s.tls == nil && given && text != "=" {
			r.CredentialInClear = true
		}
	})
	start, known := exchanges[mechanism]
	switch {
	case name == "":
		return s.reply("501 5.5.4 AUTH wants a mechanism")
	case !s.greeted:
		return s.reply("503 5.5.1 Send EHLO first")
	case s.loggedIn:
		return s.reply("503 5.5.1 Already authenticated")
	case s.mail:
		return s.reply("503 5.5.1 AUTH is not permitted during a mail transaction")
	case !known || !slices.Contains(s.cfg.Mechanisms, mechanism):
		return s.reply("504 5.5.4 Mechanism is not offered")
	case !s.offersAuth():
		return s.reply("538 5.7.11 Encryption required for requested authentication mechanism")
	case given && slices.Contains(serverFirst, mechanism):
		return s.reply("501 5.7.0 The mechanism takes no initial response")
	}
	var response []byte
	if given {
		var err error
		if response, err = decode(text); err != nil {
			return s.reply("501 5.5.2 Cannot decode the initial response")
		}
	}
	return s.exchange(mechanism, start(s), response)
}

func (s *session) exchange(mechanism settings.Mechanism, next step, response []byte) error {
	for {
		challenge, end := next(response)
		if end != nil {
			return s.finish(mechanism, end)
		}
		if err := s.reply("334 %s", base64.StdEncoding.EncodeToString(challenge)); err != nil {
			return err
		}
		raw, err := s.readLine()
		if errors.Is(err, bufio.ErrBufferFull) {
			return errors.Join(s.reply("500 5.5.6 Response too long"), errHangUp)
		}
		if err != nil {
			return err
		}
		text := strings.TrimRight(string(raw), "\r\n")
		if text == "*" {
			return s.reply("501 5.7.0 Authentication cancelled")
		}
		if s.tls == nil && text != "" {
			s.server.note(func(r *Record) { r.CredentialInClear = true })
		}
		if response, err = base64.StdEncoding.AppendDecode([]byte{}, []byte(text)); err != nil {
			return s.reply("501 5.5.2 Cannot decode the response")
		}
	}
}

func (s *session) finish(mechanism settings.Mechanism, end *verdict) error {
	s.server.note(func(r *Record) {
		r.Logins = append(r.Logins, Login{Mechanism: string(mechanism), Username: end.username, OK: end.ok, InClear: s.tls == nil})
	})
	if s.cfg.HangUpAtLogin {
		return errHangUp
	}
	if !end.ok {
		return s.reply("%s", s.cfg.Refusal)
	}
	s.loggedIn = true
	return s.reply("235 2.7.0 Authentication successful")
}

// decode reads an initial response, in which "=" stands for an empty one.
func decode(text string) ([]byte, error) {
	if text == "=" {
		return []byte{}, nil
	}
	return base64.StdEncoding.AppendDecode([]byte{}, []byte(text))
}

// knows compares a password. Nobody has an empty one.
func (s *session) knows(username, password string) *verdict {
	want, known := s.cfg.Users[username]
	return &verdict{username: username, ok: known && want != "" && want == password}
}
