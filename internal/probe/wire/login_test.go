package wire_test

import (
	"encoding/base64"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/emersion/go-sasl"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
)

func asError[T error](err error, target *T) bool { return errors.As(err, target) }

var errDoubt = errors.New("the server could not prove itself")

// mechanism is a sasl.Client of given answers.
type mechanism struct {
	initial   []byte
	responses [][]byte
	err       error // beside the last response
	proof     error
}

func (m *mechanism) Start() (string, []byte, error) { return "TEST", m.initial, nil }

func (m *mechanism) Next([]byte) ([]byte, error) {
	if len(m.responses) == 0 {
		return nil, m.err
	}
	response := m.responses[0]
	m.responses = m.responses[1:]
	if len(m.responses) == 0 {
		return response, m.err
	}
	return response, nil
}

func (m *mechanism) Verify() error { return m.proof }

// prompts is a mechanism that answers prompts whatever they say, as long as it
// has answers.
type prompts struct{ mechanism }

func (p *prompts) AnyPrompt() bool { return len(p.responses) > 0 }

// If a case fails, a login counts as passed that the server did not confirm, or
// the server's words about a refusal are lost, or more is sent than was asked.
func TestAuthenticate(t *testing.T) {
	long := []byte(strings.Repeat("x", 9300))
	fitting := long[:9207] // 12,276 characters of base64: the line has 12,288 with its end
	longer := long[:9208]
	plain := base64.StdEncoding.EncodeToString([]byte("\x00me\x00" + password))
	for name, test := range map[string]struct {
		client sasl.Client
		script string
		code   string // of a protocol error
		reply  string // of an AuthError
		err    error
	}{
		"235":                        {sasl.NewPlainClient("", "me", password), "C: AUTH TEST " + plain + "\nS: 235 2.7.0 ok", "", "", nil},
		"535":                        {sasl.NewPlainClient("", "me", password), "C: AUTH TEST " + plain + "\nS: 535 5.7.8 no", "", "535 5.7.8 no", nil},
		"454":                        {sasl.NewPlainClient("", "me", password), "C: AUTH TEST " + plain + "\nS: 454 4.7.0 later", "", "454 4.7.0 later", nil},
		"250 is no success":          {sasl.NewPlainClient("", "me", password), "C: AUTH TEST " + plain + "\nS: 250 ok", "auth-reply-unexpected", "", nil},
		"220 is no success":          {sasl.NewPlainClient("", "me", password), "C: AUTH TEST " + plain + "\nS: 220 ok", "auth-reply-unexpected", "", nil},
		"no initial response":        {&mechanism{responses: [][]byte{[]byte("a")}}, "C: AUTH TEST\nS: 334\nC: YQ==\nS: 235 ok", "", "", nil},
		"an empty initial response":  {&mechanism{initial: []byte{}}, "C: AUTH TEST =\nS: 235 ok", "", "", nil},
		"one too long for the line":  {&mechanism{initial: long}, "C: AUTH TEST\nS: 334\nC: " + base64.StdEncoding.EncodeToString(long) + "\nS: 235 ok", "", "", nil},
		"one just short enough":      {&mechanism{initial: fitting}, "C: AUTH TEST " + base64.StdEncoding.EncodeToString(fitting) + "\nS: 235 ok", "", "", nil},
		"one just too long":          {&mechanism{initial: longer}, "C: AUTH TEST\nS: 334\nC: " + base64.StdEncoding.EncodeToString(longer) + "\nS: 235 ok", "", "", nil},
		"235 before the response":    {&mechanism{initial: long}, "C: AUTH TEST\nS: 235 ok", "auth-accepted-early", "", nil},
		"two challenges":             {&mechanism{responses: [][]byte{[]byte("a"), []byte("b")}}, "C: AUTH TEST\nS: 334 eA==\nC: YQ==\nS: 334 eA==\nC: Yg==\nS: 235 ok", "", "", nil},
		"an empty response":          {&mechanism{responses: [][]byte{nil, {}}}, "C: AUTH TEST\nS: 334 eA==\nC:\nS: 334 eA==\nC:\nS: 235 ok", "", "", nil},
		"not base64":                 {&mechanism{}, "C: AUTH TEST\nS: 334 %%%\nC: *\nS: 501 cancelled", "auth-challenge-not-base64", "", nil},
		"a prompt in words":          {&prompts{mechanism{responses: [][]byte{[]byte("a")}}}, "C: AUTH TEST\nS: 334 User Name\x00\nC: YQ==\nS: 235 ok", "", "", nil},
		"words when all is said":     {&prompts{mechanism{responses: [][]byte{[]byte("a")}}}, "C: AUTH TEST\nS: 334 User Name\x00\nC: YQ==\nS: 334 And now?\nC: *\nS: 501 no", "auth-challenge-not-base64", "", nil},
		"words before the response":  {&mechanism{initial: long}, "C: AUTH TEST\nS: 334 TEST supported\nC: " + base64.StdEncoding.EncodeToString(long) + "\nS: 235 ok", "", "", nil},
		"the client gives up":        {&mechanism{err: errDoubt}, "C: AUTH TEST\nS: 334 eA==\nC: *\nS: 501 5.0.0 cancelled", "", "501 5.0.0 cancelled", errDoubt},
		"a response beside an error": {&mechanism{responses: [][]byte{{}}, err: errDoubt}, "C: AUTH TEST\nS: 334 eyJ9\nC:\nS: 535 5.7.8 expired", "", "535 5.7.8 expired", errDoubt},
		"235 after an error":         {&mechanism{responses: [][]byte{{1}}, err: errDoubt}, "C: AUTH TEST\nS: 334 eA==\nC: AQ==\nS: 235 ok", "", "235 ok", errDoubt},
		"334 after an error":         {&mechanism{responses: [][]byte{{1}}, err: errDoubt}, "C: AUTH TEST\nS: 334 eA==\nC: AQ==\nS: 334 eA==\nC: *\nS: 501 no", "auth-too-many-rounds", "", nil},
		"235 without the proof":      {&mechanism{proof: errDoubt}, "C: AUTH TEST\nS: 235 ok", "", "235 ok", errDoubt},
		"challenges without end":     {&mechanism{}, "C: AUTH TEST\n" + strings.Repeat("S: 334 eA==\nC:\n", 8) + "S: 334 eA==\nC: *\nS: 501 no", "auth-too-many-rounds", "", nil},
		"closed":                     {&mechanism{}, "C: AUTH TEST", "connection-closed", "", nil},
	} {
		run(t, name, func(t *testing.T) {
			conn := play(t, "S: 220 hi\n"+test.script)
			if _, err := conn.Greeting(within(t)); err != nil {
				t.Fatal(err)
			}
			_, err := conn.Authenticate(within(t), "TEST", test.client)
			var refused *wire.AuthError
			switch {
			case test.code != "":
				if string(code(err)) != test.code {
					t.Errorf("code %q, want %q (%v)", code(err), test.code, err)
				}
			case test.reply != "":
				if !asError(err, &refused) || refused.Reply.String() != test.reply || (test.err != nil && !errors.Is(err, test.err)) {
					t.Errorf("got %v", err)
				}
			case err != nil:
				t.Error(err)
			}
			if !conn.AuthSent() {
				t.Error("AUTH is not recorded as sent")
			}
		})
	}
}

// If this fails, a credential shows in what is logged and printed: sent by us, or
// sent back by the server in clear or in base64.
func TestTranscriptHoldsNoSecret(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		echo := base64.StdEncoding.EncodeToString([]byte("you said \x00me\x00" + password))
		conn := play(t, "S: 220 hi\nC: AUTH TEST "+base64.StdEncoding.EncodeToString([]byte("\x00me\x00"+password))+
			"\nS: 334 "+echo+"\nC:\nS: 535-"+password+"\nS: 535 "+echo)
		if _, err := conn.Greeting(within(t)); err != nil {
			t.Fatal(err)
		}
		client := sasl.NewPlainClient("", "me", password)
		_, err := conn.Authenticate(within(t), "TEST", &mechanism{initial: start(t, client), responses: [][]byte{{}}})
		if err == nil {
			t.Fatal("a refusal counts as success")
		}
		shown := strings.Join(conn.Transcript(), "\n") + err.Error()
		coded := base64.StdEncoding.EncodeToString([]byte(password))
		for _, form := range []string{password, coded[:len(coded)-4], echo[len(echo)-12:]} {
			if strings.Contains(shown, form) {
				t.Errorf("%q shows in:\n%s", form, shown)
			}
		}
		if !strings.Contains(shown, "C: AUTH TEST [redacted]") || !strings.Contains(shown, "S: 535 ") {
			t.Errorf("the transcript lacks its lines:\n%s", shown)
		}
	})
}

func start(t *testing.T, client sasl.Client) []byte {
	t.Helper()
	_, response, err := client.Start()
	if err != nil {
		t.Fatal(err)
	}
	return response
}
