package auth_test

import (
	"crypto/tls"
	"errors"
	"strings"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/xdg-go/scram"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/auth"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// scramServer is the library's server as a SASL server: its first reply to a
// final message is the proof, which the client answers with nothing.
type scramServer struct {
	talk   *scram.ServerConversation
	proved bool
}

func (s *scramServer) Next(response []byte) ([]byte, bool, error) {
	if s.proved {
		return nil, true, nil
	}
	challenge, err := s.talk.Step(string(response))
	if err != nil {
		return nil, true, err
	}
	s.proved = s.talk.Valid()
	return []byte(challenge), false, nil
}

// serverOf returns a server that knows one user, with the password of withPassword.
func serverOf(t *testing.T, hash scram.HashGeneratorFcn, username string) *scram.Server {
	t.Helper()
	client, err := hash.NewClient(username, "hunter2-pencil", "")
	if err != nil {
		t.Fatal(err)
	}
	stored, err := client.GetStoredCredentialsWithError(scram.KeyFactors{Salt: "salt of the server", Iters: 4096})
	if err != nil {
		t.Fatal(err)
	}
	server, err := hash.NewServer(func(name string) (scram.StoredCredentials, error) {
		if name != username {
			return scram.StoredCredentials{}, errNo
		}
		return stored, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return server
}

func verify(c sasl.Client) error { return c.(interface{ Verify() error }).Verify() }

// If a case fails, a hash, or a name with the dividers of SCRAM, does not log in; or a
// wrong password does.
func TestSCRAM(t *testing.T) {
	for mechanism, hash := range map[settings.Mechanism]scram.HashGeneratorFcn{
		"SCRAM-SHA-1": scram.SHA1, "SCRAM-SHA-256": scram.SHA256, "SCRAM-SHA-512": scram.SHA512,
	} {
		for _, username := range []string{"user@example.com", "a,b=c", "jürgen"} {
			t.Run(string(mechanism)+"/"+username, func(t *testing.T) {
				server := serverOf(t, hash, username)
				cred := auth.Credentials{Username: username, Password: secret.New("hunter2-pencil")}
				c := client(t, mechanism, cred, auth.Channel{})
				clientErr, serverErr := talk(t, c, &scramServer{talk: server.NewConversation()})
				if clientErr != nil || serverErr != nil || verify(c) != nil {
					t.Errorf("client %v, server %v, verify %v", clientErr, serverErr, verify(c))
				}
				cred.Password = secret.New("wrong")
				c = client(t, mechanism, cred, auth.Channel{})
				if _, serverErr = talk(t, c, &scramServer{talk: server.NewConversation()}); serverErr == nil || verify(c) == nil {
					t.Error("a wrong password logs in")
				}
			})
		}
	}
}

// If a case fails, the login is not bound to this TLS connection, so that somebody
// between client and server could use it.
func TestSCRAMPlus(t *testing.T) {
	for _, tt := range []struct {
		mechanism settings.Mechanism
		hash      scram.HashGeneratorFcn
		version   uint16
		kind      scram.ChannelBindingType
	}{
		{"SCRAM-SHA-1-PLUS", scram.SHA1, tls.VersionTLS12, "tls-unique"},
		{"SCRAM-SHA-1-PLUS", scram.SHA1, tls.VersionTLS13, "tls-exporter"},
		{"SCRAM-SHA-256-PLUS", scram.SHA256, tls.VersionTLS12, "tls-unique"},
		{"SCRAM-SHA-256-PLUS", scram.SHA256, tls.VersionTLS13, "tls-exporter"},
		{"SCRAM-SHA-512-PLUS", scram.SHA512, tls.VersionTLS12, "tls-unique"},
		{"SCRAM-SHA-512-PLUS", scram.SHA512, tls.VersionTLS13, "tls-exporter"},
	} {
		t.Run(string(tt.mechanism)+"/"+tls.VersionName(tt.version), func(t *testing.T) {
			ours, theirs := handshake(t, tt.version)
			_, elsewhere := handshake(t, tt.version)
			server := serverOf(t, tt.hash, "user@example.com")
			bound := func(cs *tls.ConnectionState) scram.ChannelBinding {
				if tt.kind == scram.ChannelBindingTLSUnique {
					return scram.NewTLSUniqueBinding(cs.TLSUnique)
				}
				b, err := scram.NewTLSExporterBinding(cs)
				if err != nil {
					t.Fatal(err)
				}
				return b
			}
			ch := auth.Channel{TLS: ours, Host: "mail.example.com", Verified: true}
			c := client(t, tt.mechanism, withPassword, ch)
			_, first, _ := c.Start()
			if !strings.HasPrefix(string(first), "p="+string(tt.kind)+",,") {
				t.Errorf("first message %q", first)
			}
			c = client(t, tt.mechanism, withPassword, ch)
			clientErr, serverErr := talk(t, c, &scramServer{talk: server.NewConversationWithChannelBindingRequired(bound(theirs))})
			if clientErr != nil || serverErr != nil || verify(c) != nil {
				t.Errorf("client %v, server %v, verify %v", clientErr, serverErr, verify(c))
			}
			c = client(t, tt.mechanism, auth.Credentials{Username: withPassword.Username, Password: secret.New("wrong")}, ch)
			if _, err := talk(t, c, &scramServer{talk: server.NewConversationWithChannelBindingRequired(bound(theirs))}); err == nil || verify(c) == nil {
				t.Error("a wrong password logs in")
			}
			c = client(t, tt.mechanism, withPassword, ch)
			if _, err := talk(t, c, &scramServer{talk: server.NewConversationWithChannelBindingRequired(bound(elsewhere))}); err == nil {
				t.Error("a login from another TLS connection is taken")
			}
		})
	}
}

// If this fails, -PLUS is not possible where the keys of the connection can't be
// exported: the server's certificate binds the login then.
func TestSCRAMPlusByCertificate(t *testing.T) {
	ours, _ := handshakeWith(t, &tls.Config{MaxVersion: tls.VersionTLS12, Renegotiation: tls.RenegotiateOnceAsClient})
	ours.TLSUnique = nil
	bound, err := scram.NewTLSServerEndpointBinding(ours)
	if err != nil {
		t.Fatal(err)
	}
	server := serverOf(t, scram.SHA256, "user@example.com")
	c := client(t, "SCRAM-SHA-256-PLUS", withPassword, auth.Channel{TLS: ours, Verified: true})
	clientErr, serverErr := talk(t, c, &scramServer{talk: server.NewConversationWithChannelBindingRequired(bound)})
	if clientErr != nil || serverErr != nil || verify(c) != nil {
		t.Errorf("client %v, server %v, verify %v", clientErr, serverErr, verify(c))
	}
}

// If a case fails, nobody notices that -PLUS was removed from the list on the path, or
// a declared mechanism without binding does not log in.
func TestSCRAMFlag(t *testing.T) {
	state, theirs := handshake(t, tls.VersionTLS13)
	for name, tt := range map[string]struct {
		ch   auth.Channel
		want string
	}{
		"no TLS":                {auth.Channel{Offered: []string{"SCRAM-SHA-256"}}, "n,,"},
		"none offered":          {auth.Channel{TLS: state, Offered: []string{"PLAIN", "SCRAM-SHA-256"}}, "y,,"},
		"offered, not wanted":   {auth.Channel{TLS: state, Offered: []string{"SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"}}, "n,,"},
		"offered for another":   {auth.Channel{TLS: state, Offered: []string{"SCRAM-SHA-256", "SCRAM-SHA-1-PLUS"}}, "n,,"},
		"offer is not known":    {auth.Channel{TLS: state}, "n,,"},
		"nothing to bind it to": {auth.Channel{TLS: &tls.ConnectionState{}, Offered: []string{"SCRAM-SHA-256"}}, "n,,"},
	} {
		t.Run(name, func(t *testing.T) {
			_, first, err := client(t, "SCRAM-SHA-256", withPassword, tt.ch).Start()
			if err != nil || !strings.HasPrefix(string(first), tt.want) {
				t.Errorf("%q, %v", first, err)
			}
		})
	}
	bound, err := scram.NewTLSExporterBinding(theirs)
	if err != nil {
		t.Fatal(err)
	}
	server := serverOf(t, scram.SHA256, "user@example.com")
	c := client(t, "SCRAM-SHA-256", withPassword, auth.Channel{TLS: state, Verified: true, Offered: []string{"SCRAM-SHA-256"}})
	if _, err := talk(t, c, &scramServer{talk: server.NewConversationWithChannelBinding(bound)}); err == nil {
		t.Error("the server does not see that its -PLUS was removed")
	}
}

// If a case fails, a hostile server gets a proof that it can use, keeps the machine
// busy, or passes for one that knows the password.
func TestSCRAMHostile(t *testing.T) {
	state, _ := handshake(t, tls.VersionTLS13)
	verified := auth.Channel{TLS: state, Verified: true}
	const good = "r={nonce}server,s=c2FsdA==,i=4096"
	for name, tt := range map[string]struct {
		ch    auth.Channel
		said  []string
		code  finding.Code // of the last Next, "" for none
		after finding.Code // of Verify
	}{
		"no first message":        {verified, []string{""}, "scram-malformed", "scram-malformed"},
		"garbage":                 {verified, []string{"garbage"}, "scram-malformed", "scram-malformed"},
		"no salt":                 {verified, []string{"r={nonce}s,s=,i=4096"}, "scram-malformed", "scram-malformed"},
		"salt not base64":         {verified, []string{"r={nonce}s,s=%,i=4096"}, "scram-malformed", "scram-malformed"},
		"an extension":            {verified, []string{"m=x,r={nonce}s,s=c2FsdA==,i=4096"}, "scram-malformed", "scram-malformed"},
		"iterations no number":    {verified, []string{"r={nonce}s,s=c2FsdA==,i=x"}, "scram-malformed", "scram-malformed"},
		"iterations negative":     {verified, []string{"r={nonce}s,s=c2FsdA==,i=-1"}, "scram-malformed", "scram-malformed"},
		"iterations none":         {verified, []string{"r={nonce}s,s=c2FsdA==,i=0"}, "scram-malformed", "scram-malformed"},
		"iterations empty":        {verified, []string{"r={nonce}s,s=c2FsdA==,i="}, "scram-malformed", "scram-malformed"},
		"two thousand millions":   {verified, []string{"r={nonce}s,s=c2FsdA==,i=2000000000"}, "scram-iterations-too-many", "scram-iterations-too-many"},
		"beyond 64 bits":          {verified, []string{"r={nonce}s,s=c2FsdA==,i=99999999999999999999"}, "scram-iterations-too-many", "scram-iterations-too-many"},
		"one above the limit":     {verified, []string{"r={nonce}s,s=c2FsdA==,i=1000001"}, "scram-iterations-too-many", "scram-iterations-too-many"},
		"few, verified":           {verified, []string{"r={nonce}s,s=c2FsdA==,i=1"}, "", "scram-signature-missing"},
		"few, in clear":           {auth.Channel{Verified: true}, []string{"r={nonce}s,s=c2FsdA==,i=4095"}, "scram-iterations-too-few", "scram-iterations-too-few"},
		"few, unverified":         {auth.Channel{TLS: state}, []string{"r={nonce}s,s=c2FsdA==,i=1"}, "scram-iterations-too-few", "scram-iterations-too-few"},
		"another nonce":           {verified, []string{"r=other,s=c2FsdA==,i=4096"}, "scram-nonce-wrong", "scram-nonce-wrong"},
		"nonce not extended":      {verified, []string{"r={nonce},s=c2FsdA==,i=4096"}, "scram-nonce-wrong", "scram-nonce-wrong"},
		"yes without proof":       {verified, []string{good}, "", "scram-signature-missing"},
		"wrong proof":             {verified, []string{good, "v=AAAA"}, "scram-signature-invalid", "scram-signature-invalid"},
		"empty proof":             {verified, []string{good, "v="}, "scram-malformed", "scram-malformed"},
		"empty final":             {verified, []string{good, ""}, "scram-malformed", "scram-malformed"},
		"empty proof after error": {verified, []string{"garbage", "v="}, "scram-malformed", "scram-malformed"},
		"good after error":        {verified, []string{"garbage", good}, "scram-malformed", "scram-malformed"},
		"refused":                 {verified, []string{good, "e=invalid-proof"}, "auth-rejected", "auth-rejected"},
		"refused at once":         {verified, []string{"e=unknown-user"}, "auth-rejected", "auth-rejected"},
		"other connection":        {verified, []string{good, "e=channel-bindings-dont-match,x=y"}, "scram-binding-mismatch", "scram-binding-mismatch"},
		"binding unknown":         {verified, []string{"e=unsupported-channel-binding-type"}, "scram-binding-unsupported", "scram-binding-unsupported"},
		"downgrade":               {verified, []string{"e=server-does-support-channel-binding"}, "scram-downgrade", "scram-downgrade"},
	} {
		t.Run(name, func(t *testing.T) {
			c := client(t, "SCRAM-SHA-256", withPassword, tt.ch)
			_, first, err := c.Start()
			if err != nil {
				t.Fatal(err)
			}
			_, nonce, _ := strings.Cut(string(first), ",r=")
			for _, message := range tt.said {
				_, err = c.Next([]byte(strings.ReplaceAll(message, "{nonce}", nonce)))
			}
			check := func(step string, err error, want finding.Code) {
				var failed *finding.Error
				switch {
				case want == "" && err == nil:
				case !errors.As(err, &failed) || failed.Code != want:
					t.Errorf("%s: %v; want %q", step, err, want)
				default:
					a := attempt("mail.example.com", "SCRAM-SHA-256", "535 5.7.8 no")
					a.ClientErr = err
					complete(t, auth.Refusal(a))
				}
			}
			check("Next", err, tt.code)
			check("Verify", verify(c), tt.after)
		})
	}
}

// The most work that a server can ask for, and that nothing interrupts.
func BenchmarkMostIterations(b *testing.B) {
	for _, m := range []settings.Mechanism{"SCRAM-SHA-1", "SCRAM-SHA-256", "SCRAM-SHA-512"} {
		b.Run(string(m), func(b *testing.B) {
			for b.Loop() {
				c, err := auth.New(m, withPassword, auth.Channel{})
				if err != nil {
					b.Fatal(err)
				}
				_, first, err := c.Start()
				if err != nil {
					b.Fatal(err)
				}
				_, nonce, _ := strings.Cut(string(first), ",r=")
				if _, err := c.Next([]byte("r=" + nonce + "x,s=c2FsdA==,i=1000000")); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
