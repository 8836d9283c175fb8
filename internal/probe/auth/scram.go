package auth

import (
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"github.com/emersion/go-sasl"
	"github.com/xdg-go/scram"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

const (
	// mostIterations bounds the work that a server can ask for, and that nothing
	// interrupts, to about half a second of a processor (BenchmarkMostIterations).
	mostIterations = 1_000_000
	// fewestIterations is what RFC 7677 section 4 demands. Under verified TLS
	// fewer do no harm; elsewhere an attacker on the path could ask for one, and
	// guess the password from the proof.
	fewestIterations = 4096
)

// scramHashes hold the hash of each mechanism, with and without -PLUS.
var scramHashes = map[settings.Mechanism]scram.HashGeneratorFcn{
	settings.ScramSHA1:       scram.SHA1,
	settings.ScramSHA1Plus:   scram.SHA1,
	settings.ScramSHA256:     scram.SHA256,
	settings.ScramSHA256Plus: scram.SHA256,
	settings.ScramSHA512:     scram.SHA512,
	settings.ScramSHA512Plus: scram.SHA512,
}

// scramClient is SCRAM (RFC 5802, RFC 7677) with guards that the library leaves to its
// caller: it checks every message before the library sees it, nothing follows the first
// error, and only a proof counts.
type scramClient struct {
	mechanism settings.Mechanism
	talk      *scram.ClientConversation
	fewest    uint64
	nonce     string // ours
	step      int
	proven    bool
	failed    error
}

func newSCRAM(mechanism settings.Mechanism) func(Credentials, Channel) (sasl.Client, error) {
	return func(c Credentials, ch Channel) (sasl.Client, error) {
		client, err := scramHashes[mechanism].NewClient(c.Username, c.Password.Reveal(), "")
		if err != nil { // of SASLprep, which New asked before
			return nil, unsendable("password", mechanism)
		}
		s := &scramClient{mechanism: mechanism, fewest: fewestIterations}
		if ch.trusted() {
			s.fewest = 1
		}
		client = client.WithMinIterations(1) // counted here
		binds := settings.TraitsOf(mechanism).Binds
		bound, can := binding(ch)
		switch {
		case binds && !can:
			return nil, failure("scram-binding-impossible", finding.Facts{"host": ch.Host, "mechanism": string(mechanism)})
		case binds:
			s.talk = client.NewConversationWithChannelBinding(bound)
		case can && len(ch.Offered) > 0 && !slices.ContainsFunc(ch.Offered, offersBinding):
			s.talk = client.NewConversationAdvertisingChannelBinding()
		default:
			s.talk = client.NewConversation()
		}
		return s, nil
	}
}

// offersBinding reports whether a name in a server's list is that of a mechanism that binds
// (RFC 5802 section 4), even one that the table lacks.
func offersBinding(name string) bool { return strings.HasSuffix(name, "-PLUS") }

func (s *scramClient) Start() (mechanism string, response []byte, err error) {
	first, err := s.talk.Step("")
	if err != nil {
		return "", nil, s.fail(failure("scram-malformed", nil))
	}
	_, s.nonce, _ = strings.Cut(first, ",r=")
	return string(s.mechanism), []byte(first), nil
}

func (s *scramClient) Next(challenge []byte) ([]byte, error) {
	if s.failed != nil {
		return nil, s.failed
	}
	s.step++
	switch s.step {
	case 1:
		return s.serverFirst(string(challenge))
	case 2:
		return s.serverFinal(string(challenge))
	}
	return nil, s.fail(sasl.ErrUnexpectedServerChallenge)
}

// serverFirst checks nonce and iterations before the costly part.
func (s *scramClient) serverFirst(message string) ([]byte, error) {
	if refusal, found := strings.CutPrefix(message, "e="); found {
		return []byte{}, s.fail(serverError(refusal))
	}
	fields := strings.Split(message, ",")
	if len(fields) < 3 || !strings.HasPrefix(fields[0], "r=") || !strings.HasPrefix(fields[1], "s=") || !strings.HasPrefix(fields[2], "i=") {
		return nil, s.fail(failure("scram-malformed", nil))
	}
	if nonce := fields[0][len("r="):]; !strings.HasPrefix(nonce, s.nonce) || len(nonce) == len(s.nonce) {
		return nil, s.fail(failure("scram-nonce-wrong", nil))
	}
	salt, err := base64.StdEncoding.DecodeString(fields[1][len("s="):])
	if err != nil || len(salt) == 0 {
		return nil, s.fail(failure("scram-malformed", nil))
	}
	asked := fields[2][len("i="):]
	facts := finding.Facts{
		"iterations": finding.Quote(asked),
		"most":       strconv.Itoa(mostIterations),
		"fewest":     strconv.Itoa(fewestIterations),
	}
	switch n, err := strconv.ParseUint(asked, 10, 64); {
	case err != nil && strings.Trim(asked, "0123456789") != "", asked == "", err == nil && n == 0:
		return nil, s.fail(failure("scram-malformed", nil))
	case err != nil, n > mostIterations:
		return nil, s.fail(failure("scram-iterations-too-many", facts))
	case n < s.fewest:
		return nil, s.fail(failure("scram-iterations-too-few", facts))
	}
	final, err := s.talk.Step(message)
	if err != nil {
		return nil, s.fail(failure("scram-malformed", nil))
	}
	return []byte(final), nil
}

// serverFinal checks the server's proof that it knows the password too.
func (s *scramClient) serverFinal(message string) ([]byte, error) {
	if refusal, found := strings.CutPrefix(message, "e="); found {
		return []byte{}, s.fail(serverError(refusal))
	}
	proof, found := strings.CutPrefix(message, "v=")
	proof, _, _ = strings.Cut(proof, ",")
	if raw, err := base64.StdEncoding.DecodeString(proof); !found || err != nil || len(raw) == 0 {
		return nil, s.fail(failure("scram-malformed", nil))
	}
	if _, err := s.talk.Step(message); err != nil || !s.talk.Valid() {
		return nil, s.fail(failure("scram-signature-invalid", nil))
	}
	s.proven = true
	return []byte{}, nil
}

// Verify returns nil if the server has proved that it knows the password.
func (s *scramClient) Verify() error {
	switch {
	case s.failed != nil:
		return s.failed
	case !s.proven:
		return failure("scram-signature-missing", nil)
	}
	return nil
}

func (s *scramClient) fail(err error) error {
	s.failed = err
	return err
}

// serverErrors are the server's reasons that are not about the credentials (RFC
// 5802 section 7).
var serverErrors = map[string]finding.Code{
	"channel-bindings-dont-match":         "scram-binding-mismatch",
	"unsupported-channel-binding-type":    "scram-binding-unsupported",
	"channel-binding-not-supported":       "scram-binding-unsupported",
	"server-does-support-channel-binding": "scram-downgrade",
	"no-resources":                        "auth-temporary",
	"invalid-username-encoding":           "credential-unsendable",
	"extensions-not-supported":            "scram-malformed",
	"invalid-encoding":                    "scram-malformed",
}

// serverError returns the error for the server's word for its refusal.
func serverError(word string) *finding.Error {
	word, _, _ = strings.Cut(word, ",")
	code, known := serverErrors[word]
	if !known {
		code = "auth-rejected"
	}
	e := failure(code, finding.Facts{"argument": "username"})
	e.Seen = []string{"the server's reason within SCRAM: " + finding.Quote(word)}
	return e
}
