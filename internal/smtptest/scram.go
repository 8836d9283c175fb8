package smtptest

import (
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"slices"
	"strings"

	"github.com/xdg-go/scram"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// bindings are the channel bindings that clients may choose (RFC 5929, RFC 9266).
var bindings = map[string]func(*session) (scram.ChannelBinding, error){
	"tls-exporter": func(s *session) (scram.ChannelBinding, error) {
		return scram.NewTLSExporterBinding(s.tls)
	},
	"tls-unique": func(s *session) (scram.ChannelBinding, error) {
		if len(s.tls.TLSUnique) == 0 {
			return scram.ChannelBinding{}, errNoBinding // TLS 1.3 has none
		}
		return scram.NewTLSUniqueBinding(s.tls.TLSUnique), nil
	},
	"tls-server-end-point": func(s *session) (scram.ChannelBinding, error) {
		leaf, err := x509.ParseCertificate(s.cfg.Certificate.Certificate[0])
		if err != nil {
			return scram.ChannelBinding{}, err
		}
		return scram.NewTLSServerEndpointBinding(&tls.ConnectionState{PeerCertificates: []*x509.Certificate{leaf}})
	},
}

var errNoBinding = errors.New("no such channel binding here")

// iterations is the least that RFC 5802 section 5.1 recommends.
const iterations = 4096

// scramOf serves RFC 5802 and RFC 7677 with the given hash. The last message of
// the server goes in a challenge that the client answers with nothing, since a
// 235 reply carries no data (RFC 4954 section 4).
func scramOf(hash scram.HashGeneratorFcn, plusName settings.Mechanism, plus bool) func(*session) step {
	return func(s *session) step {
		var conversation *scram.ServerConversation
		return func(response []byte) ([]byte, *verdict) {
			if response == nil {
				return nil, nil
			}
			if conversation == nil {
				var err error
				if conversation, err = converse(s, hash, string(response), plusName, plus); err != nil {
					return nil, &verdict{}
				}
			}
			if conversation.Done() {
				return nil, &verdict{username: conversation.Username(), ok: conversation.Valid() && len(response) == 0}
			}
			challenge, err := conversation.Step(string(response))
			if err != nil {
				return nil, &verdict{username: conversation.Username()}
			}
			return []byte(challenge), nil
		}
	}
}

// converse begins a conversation, with the channel binding that the client's
// first message names.
func converse(s *session, hash scram.HashGeneratorFcn, first string, plusName settings.Mechanism, plus bool) (*scram.ServerConversation, error) {
	server, err := hash.NewServer(func(username string) (scram.StoredCredentials, error) {
		password := s.cfg.Users[username]
		if password == "" {
			return scram.StoredCredentials{}, errors.New("unknown user")
		}
		client, err := hash.NewClient(username, password, "")
		if err != nil {
			return scram.StoredCredentials{}, err
		}
		return client.GetStoredCredentialsWithError(scram.KeyFactors{Salt: rand.Text(), Iters: iterations})
	})
	if err != nil {
		return nil, err
	}
	flag, _, _ := strings.Cut(first, ",")
	kind, binds := strings.CutPrefix(flag, "p=")
	switch {
	case binds != plus: // RFC 5802 section 6: to bind is to use the -PLUS mechanism
		return nil, errNoBinding
	case !binds && flag == "y" && s.tls != nil && slices.Contains(s.cfg.Mechanisms, plusName):
		return nil, errors.New("downgraded") // the client did not see the offer
	case !binds:
		return server.NewConversation(), nil
	}
	bind, known := bindings[kind]
	if !known || s.tls == nil {
		return nil, errNoBinding
	}
	binding, err := bind(s)
	if err != nil {
		return nil, err
	}
	return server.NewConversationWithChannelBindingRequired(binding), nil
}
