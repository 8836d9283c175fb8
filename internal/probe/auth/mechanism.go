package auth

import (
	"slices"
	"strings"

	"github.com/emersion/go-sasl"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// constructors make the client of each mechanism in the table of package settings.
var constructors = map[settings.Mechanism]func(Credentials, Channel) (sasl.Client, error){
	settings.Plain: func(c Credentials, _ Channel) (sasl.Client, error) {
		return sasl.NewPlainClient("", c.Username, c.Password.Reveal()), nil
	},
	settings.Login:           newLogin,
	settings.CRAMMD5:         newCRAMMD5,
	settings.ScramSHA1:       newSCRAM(settings.ScramSHA1),
	settings.ScramSHA256:     newSCRAM(settings.ScramSHA256),
	settings.ScramSHA512:     newSCRAM(settings.ScramSHA512),
	settings.ScramSHA1Plus:   newSCRAM(settings.ScramSHA1Plus),
	settings.ScramSHA256Plus: newSCRAM(settings.ScramSHA256Plus),
	settings.ScramSHA512Plus: newSCRAM(settings.ScramSHA512Plus),
	settings.XOAuth2:         newXOAuth2,
	settings.OAuthBearer:     newOAuthBearer,
	settings.NTLM:            newNTLM,
	settings.External: func(c Credentials, _ Channel) (sasl.Client, error) {
		return sasl.NewExternalClient(c.Username), nil
	},
}

// New returns the client of a mechanism for one attempt.
//
// A client may have a method Verify() error. Ask it after the server's 235, which proves
// nothing by itself in SCRAM (RFC 5802 section 5). Next may return a response together with
// an error: send the response, and read the server's last reply (RFC 7628 section 3.2.3).
// Errors are [*finding.Error]s and [*TokenError]s, or sasl.ErrUnexpectedServerChallenge.
func New(mechanism settings.Mechanism, cred Credentials, ch Channel) (sasl.Client, error) {
	construct, known := constructors[mechanism]
	if !known {
		return nil, failure("auth-mechanism-word", finding.Facts{
			"word":  finding.Quote(string(mechanism)),
			"known": joined(settings.Mechanisms()),
		})
	}
	if err := sendable(mechanism, cred, ch.Host); err != nil {
		return nil, err
	}
	if refused := prepare(cred).refused; settings.TraitsOf(mechanism).Prepares && len(refused) > 0 {
		facts := finding.Facts{"argument": refused[0], "mechanism": string(mechanism), "prepared": "refused"}
		addOthers(facts, mechanism, ch.Offered, cred, ch)
		return nil, failure("credential-unsendable", facts)
	}
	return construct(cred, ch)
}

// sendable refuses credentials whose bytes would end a field of the mechanism
// or a line of the conversation.
func sendable(mechanism settings.Mechanism, cred Credentials, host string) error {
	dividers := "\x00\r\n"
	value, name := cred.Password.Reveal(), "password"
	if settings.CredentialOf(mechanism) == settings.AuthOAuth2 {
		dividers += "\x01" // RFC 7628 section 3.1
		value, name = cred.AccessToken.Reveal(), "access_token"
	}
	switch {
	case strings.ContainsAny(cred.Username, dividers):
		return unsendable("username", mechanism)
	case mechanism == settings.OAuthBearer && strings.ContainsAny(host, dividers):
		return unsendable("host", mechanism)
	case strings.ContainsAny(value, dividers):
		return unsendable(name, mechanism)
	}
	return nil
}

func unsendable(argument string, mechanism settings.Mechanism) error {
	return failure("credential-unsendable", finding.Facts{"argument": argument, "mechanism": string(mechanism)})
}

func joined(mechanisms []settings.Mechanism) string {
	names := make([]string, 0, len(mechanisms))
	for _, m := range mechanisms {
		names = append(names, string(m))
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}
