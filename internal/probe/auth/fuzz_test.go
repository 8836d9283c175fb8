package auth_test

import (
	"bytes"
	"crypto/tls"
	"strings"
	"testing"

	"github.com/emersion/go-sasl"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// rounds feeds challenges to a client, the last one again and again, and fails unless
// the client gives up within eight: a server must not keep it forever.
func rounds(t *testing.T, c sasl.Client, challenges [][]byte) {
	t.Helper()
	for round := range 8 {
		response, err := c.Next(challenges[min(round, len(challenges)-1)])
		if err != nil && response == nil {
			return
		}
	}
	t.Error("no end after eight rounds")
}

func start(t *testing.T, c sasl.Client) string {
	t.Helper()
	_, first, err := c.Start()
	if err != nil {
		t.Fatal(err)
	}
	return string(first)
}

// If this fails, a server that does not know the password proves that it does. Line
// feeds divide the challenges; {nonce} stands for the client's.
func FuzzSCRAM(f *testing.F) {
	f.Add([]byte("r={nonce}x,s=c2FsdA==,i=4096\nv=AAAA"))
	secured, _ := handshake(f, tls.VersionTLS13)
	f.Fuzz(func(t *testing.T, said []byte) {
		for _, mechanism := range []settings.Mechanism{
			"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512",
			"SCRAM-SHA-1-PLUS", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-512-PLUS",
		} {
			c := client(t, mechanism, withPassword, auth.Channel{TLS: secured})
			_, nonce, _ := strings.Cut(start(t, c), ",r=")
			rounds(t, c, bytes.Split(bytes.ReplaceAll(said, []byte("{nonce}"), []byte(nonce)), []byte("\n")))
			if verify(c) == nil {
				t.Errorf("%s: verified without a proof", mechanism)
			}
		}
	})
}

// If this fails, a length or an offset in a challenge, which the server chooses, makes
// the client panic or go on forever.
func FuzzNTLM(f *testing.F) {
	f.Add(ntlmChallenge(unicodeTargetInfo, domainInfo))
	f.Fuzz(func(t *testing.T, challenge []byte) {
		c := client(t, "NTLM", withPassword, auth.Channel{})
		start(t, c)
		rounds(t, c, [][]byte{challenge})
	})
}

// If this fails, a server's JSON about a token makes the client panic, or its refusal
// is lost.
func FuzzOAuth(f *testing.F) {
	f.Add([]byte(`{"status":"401","schemes":"bearer","scope":"https://mail.google.com/"}`))
	f.Fuzz(func(t *testing.T, challenge []byte) {
		for _, c := range []sasl.Client{
			client(t, "XOAUTH2", withToken, auth.Channel{}),
			client(t, "OAUTHBEARER", withToken, auth.Channel{Host: "mail.example.com", Port: 465}),
		} {
			start(t, c)
			response, err := c.Next(challenge)
			if err == nil || response == nil {
				t.Errorf("%q, %v: an error challenge needs an answer and is an error", response, err)
			}
			a := attempt("mail.example.com", "XOAUTH2", "535 5.7.8 no")
			a.ClientErr = err
			complete(t, auth.Refusal(a))
			rounds(t, c, [][]byte{challenge})
		}
	})
}

// If this fails, a mechanism that answers any challenge never gives up.
func FuzzPrompts(f *testing.F) {
	f.Add([]byte("Username:"))
	f.Fuzz(func(t *testing.T, prompt []byte) {
		for _, c := range []sasl.Client{
			client(t, "PLAIN", withPassword, auth.Channel{}),
			client(t, "LOGIN", withPassword, auth.Channel{}),
			client(t, "CRAM-MD5", withPassword, auth.Channel{}),
			client(t, "EXTERNAL", withCert, auth.Channel{}),
		} {
			start(t, c)
			rounds(t, c, [][]byte{prompt})
		}
	})
}
