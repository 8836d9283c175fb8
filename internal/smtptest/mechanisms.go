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

// bearer serves the two mechanisms that carry an access token, which differ in
// their fields.
func bearer(fields func(response string) (username, token string, ok bool)) func(*session) step {
	return func(s *session) step {
		var failed *verdict
		return func(response []byte) ([]byte, *verdict) {
			if response == nil {
				return nil, nil
			}
			if failed != nil {
				return nil, failed
			}
			username, token, ok := fields(string(response))
			want := s.cfg.Tokens[username]
			if ok && want != "" && token == want {
				return nil, &verdict{username: username, ok: true}
			}
			failed = &verdict{username: username}
			return []byte(badToken), nil
		}
	}
}

// oauthBearerFields reads a response of RFC 7628 section 3.1: a GS2 header, key
// and value pairs each ended by ^A, and a last ^A.
func oauthBearerFields(response string) (username, token string, ok bool) {
	header, pairs, separated := strings.Cut(response, "\x01")
	authzid, isGS2 := strings.CutPrefix(header, "n,a=")
	authzid, isEnded := strings.CutSuffix(authzid, ",")
	pairs, isWhole := strings.CutSuffix(pairs, "\x01\x01")
	if !separated || !isGS2 || !isEnded || !isWhole {
		return "", "", false
	}
	for pair := range strings.SplitSeq(pairs, "\x01") {
		if value, found := strings.CutPrefix(pair, "auth="); found {
			token, ok = bearerToken(value)
		}
	}
	return strings.NewReplacer("=2C", ",", "=3D", "=").Replace(authzid), token, ok
}

// xoauth2Fields reads a response of XOAUTH2: user and auth, each ended by ^A, and
// a last ^A.
func xoauth2Fields(response string) (username, token string, ok bool) {
	parts := strings.Split(response, "\x01")
	if len(parts) != 4 || parts[2] != "" || parts[3] != "" {
		return "", "", false
	}
	username, isUser := strings.CutPrefix(parts[0], "user=")
	auth, isAuth := strings.CutPrefix(parts[1], "auth=")
	token, ok = bearerToken(auth)
	return username, token, ok && isUser && isAuth
}

// bearerToken cuts "Bearer token" (RFC 6750 section 2.1).
func bearerToken(auth string) (string, bool) {
	scheme, token, found := strings.Cut(auth, " ")
	return token, found && strings.EqualFold(scheme, "bearer")
}
