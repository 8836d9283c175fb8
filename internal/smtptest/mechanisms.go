package smtptest

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"strings"
)

// plain serves RFC 4616. Nobody may act as somebody else.
func plain(s *session) step {
	return func(response []byte) ([]byte, *verdict) {
		if response == nil {
			return nil, nil
		}
		parts := strings.Split(string(response), "\x00")
		if len(parts) != 3 {
			return nil, &verdict{}
		}
		end := s.knows(parts[1], parts[2])
		end.ok = end.ok && (parts[0] == "" || parts[0] == parts[1])
		return nil, end
	}
}

// login serves draft-murchison-sasl-login-00, with an initial response as many
// servers accept it.
func login(s *session) step {
	var username string
	named := false
	return func(response []byte) ([]byte, *verdict) {
		switch {
		case response == nil:
			return []byte("Username:"), nil
		case !named:
			username, named = string(response), true
			return []byte("Password:"), nil
		}
		return nil, s.knows(username, string(response))
	}
}

// cramMD5 serves RFC 2195.
func cramMD5(s *session) step {
	challenge := fmt.Sprintf("<%s@%s>", rand.Text(), s.cfg.Name)
	return func(response []byte) ([]byte, *verdict) {
		if response == nil {
			return []byte(challenge), nil
		}
		cut := strings.LastIndexByte(string(response), ' ')
		if cut < 0 {
			return nil, &verdict{}
		}
		username, digest := string(response[:cut]), string(response[cut+1:])
		password, known := s.cfg.Users[username]
		mac := hmac.New(md5.New, []byte(password))
		mac.Write([]byte(challenge))
		want := hex.EncodeToString(mac.Sum(nil))
		return nil, &verdict{username: username, ok: known && password != "" && digest == want}
	}
}

// external serves RFC 4422 appendix A: whom the client's certificate names.
func external(s *session) step {
	return func(response []byte) ([]byte, *verdict) {
		if response == nil {
			return nil, nil
		}
		if s.tls == nil || len(s.tls.VerifiedChains) == 0 {
			return nil, &verdict{username: string(response)}
		}
		subject := s.tls.PeerCertificates[0].Subject.CommonName
		return nil, &verdict{username: subject, ok: len(response) == 0 || string(response) == subject}
	}
}

// badToken is the error challenge of both bearer mechanisms; the client answers
// it before the server refuses (RFC 7628 section 3.2.3).
const badToken = `{"status":"invalid_token","schemes":"bearer","scope":"https://mail.example.test/"}`

// bearer serves OAUTHBEARER (RFC 7628 section 3.1) and its forerunner XOAUTH2,
// which lists the same fields after "user=" instead of a GS2 header.
func bearer(s *session) step {
	var failed *verdict
	return func(response []byte) ([]byte, *verdict) {
		if response == nil {
			return nil, nil
		}
		if failed != nil {
			return nil, failed
		}
		username, token := bearerFields(string(response))
		want, known := s.cfg.Tokens[username]
		end := &verdict{username: username, ok: known && want != "" && token == want}
		if end.ok {
			return nil, end
		}
		failed = end
		return []byte(badToken), nil
	}
}

func bearerFields(response string) (username, token string) {
	if rest, gs2 := strings.CutPrefix(response, "n,a="); gs2 {
		username, response, _ = strings.Cut(rest, ",")
		username = strings.NewReplacer("=2C", ",", "=3D", "=").Replace(username)
	}
	for field := range strings.SplitSeq(response, "\x01") {
		key, value, _ := strings.Cut(field, "=")
		switch key {
		case "user":
			username = value
		case "auth":
			if scheme, rest, ok := strings.Cut(value, " "); ok && strings.EqualFold(scheme, "bearer") {
				token = rest
			}
		}
	}
	return username, token
}
