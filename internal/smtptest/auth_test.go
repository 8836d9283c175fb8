package smtptest

import (
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"

	"github.com/Azure/go-ntlmssp"
	"github.com/xdg-go/scram"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// secureClient connects with implicit TLS of one version and says EHLO.
func secureClient(t *testing.T, server *Server, trust *tls.Config, version uint16) (*client, tls.ConnectionState) {
	t.Helper()
	trust = trust.Clone()
	trust.MinVersion, trust.MaxVersion = version, version
	conn, err := tls.Dial("tcp", server.Addr().String(), trust)
	if err != nil {
		t.Fatal(err)
	}
	c := newClient(t, conn)
	c.reply()
	c.say("EHLO me\r\n")
	return c, conn.ConnectionState()
}

// respond answers a challenge and returns the next, decoded, or the last reply.
func (c *client) respond(line string) (challenge []byte, reply string) {
	c.t.Helper()
	reply = c.say(line + "\r\n")
	text, more := strings.CutPrefix(reply, "334 ")
	if !more {
		return nil, reply
	}
	challenge, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		c.t.Fatal(err)
	}
	return challenge, ""
}

// If this fails, the server's SCRAM accepts what it must refuse, or a client
// with a right password and binding cannot log in.
func TestScram(t *testing.T) {
	exporter, endPoint := scram.NewTLSExporterBinding, scram.NewTLSServerEndpointBinding
	unique := func(s *tls.ConnectionState) (scram.ChannelBinding, error) {
		return scram.NewTLSUniqueBinding(s.TLSUnique), nil
	}
	foreign := func(*tls.ConnectionState) (scram.ChannelBinding, error) {
		return scram.ChannelBinding{Type: scram.ChannelBindingTLSExporter, Data: make([]byte, 32)}, nil
	}
	both := []settings.Mechanism{settings.ScramSHA256, settings.ScramSHA256Plus}
	server, trust := start(t, Config{Mode: settings.Implicit, Users: map[string]string{"user": "pencil"},
		Mechanisms: append(both, settings.ScramSHA1, settings.ScramSHA1Plus, settings.ScramSHA512, settings.ScramSHA512Plus)})
	for name, test := range map[string]struct {
		mechanism settings.Mechanism
		hash      scram.HashGeneratorFcn
		version   uint16
		binding   func(*tls.ConnectionState) (scram.ChannelBinding, error)
		password  string
		want      string
	}{
		"SHA-1":            {settings.ScramSHA1, scram.SHA1, tls.VersionTLS13, nil, "pencil", "235"},
		"SHA-256":          {settings.ScramSHA256, scram.SHA256, tls.VersionTLS12, nil, "pencil", "235"},
		"SHA-512":          {settings.ScramSHA512, scram.SHA512, tls.VersionTLS13, nil, "pencil", "235"},
		"wrong password":   {settings.ScramSHA256, scram.SHA256, tls.VersionTLS13, nil, "wrong", "535"},
		"exporter":         {settings.ScramSHA256Plus, scram.SHA256, tls.VersionTLS13, exporter, "pencil", "235"},
		"unique":           {settings.ScramSHA1Plus, scram.SHA1, tls.VersionTLS12, unique, "pencil", "235"},
		"end point":        {settings.ScramSHA512Plus, scram.SHA512, tls.VersionTLS13, endPoint, "pencil", "235"},
		"foreign binding":  {settings.ScramSHA256Plus, scram.SHA256, tls.VersionTLS13, foreign, "pencil", "535"},
		"PLUS, unbound":    {settings.ScramSHA256Plus, scram.SHA256, tls.VersionTLS13, nil, "pencil", "535"},
		"bound, not PLUS":  {settings.ScramSHA256, scram.SHA256, tls.VersionTLS13, exporter, "pencil", "535"},
		"bound, wrong one": {settings.ScramSHA256Plus, scram.SHA256, tls.VersionTLS13, exporter, "wrong", "535"},
	} {
		t.Run(name, func(t *testing.T) {
			user, err := test.hash.NewClient("user", test.password, "")
			if err != nil {
				t.Fatal(err)
			}
			c, state := secureClient(t, server, trust, test.version)
			conversation := user.NewConversation()
			if test.binding != nil {
				binding, err := test.binding(&state)
				if err != nil {
					t.Fatal(err)
				}
				conversation = user.NewConversationWithChannelBinding(binding)
			}
			if got := scramLogin(t, c, test.mechanism, conversation); !strings.HasPrefix(got, test.want) {
				t.Errorf("%q", got)
			}
			if conversation.Valid() != (test.want == "235") {
				t.Errorf("server proved itself: %t", conversation.Valid())
			}
		})
	}
	t.Run("downgrade", func(t *testing.T) {
		user, err := scram.SHA256.NewClient("user", "pencil", "")
		if err != nil {
			t.Fatal(err)
		}
		c, _ := secureClient(t, server, trust, tls.VersionTLS13)
		if got := scramLogin(t, c, settings.ScramSHA256, user.NewConversationAdvertisingChannelBinding()); !strings.HasPrefix(got, "535") {
			t.Errorf("%q", got)
		}
	})
}

// scramLogin holds the conversation and returns the last reply.
func scramLogin(t *testing.T, c *client, mechanism settings.Mechanism, conversation *scram.ClientConversation) string {
	t.Helper()
	var challenge []byte
	line := fmt.Sprintf("AUTH %s ", mechanism)
	for {
		var response string
		if !conversation.Done() {
			var err error
			if response, err = conversation.Step(string(challenge)); err != nil {
				return "client: " + err.Error()
			}
		}
		var reply string
		if challenge, reply = c.respond(line + base64.StdEncoding.EncodeToString([]byte(response))); reply != "" {
			return reply
		}
		line = ""
	}
}

// If this fails, the server takes the response of one token mechanism for the other's, or
// refuses without the detour that the RFC demands.
func TestBearer(t *testing.T) {
	server, trust := start(t, Config{Mode: settings.Implicit, Tokens: map[string]string{"u,x": "ya29", "u": "ya29"},
		Mechanisms: []settings.Mechanism{settings.XOAuth2, settings.OAuthBearer}})
	for name, test := range map[string]struct {
		mechanism settings.Mechanism
		response  string
		ok        bool
	}{
		"XOAUTH2":                  {settings.XOAuth2, "user=u\x01auth=Bearer ya29\x01\x01", true},
		"XOAUTH2, other token":     {settings.XOAuth2, "user=u\x01auth=Bearer x\x01\x01", false},
		"XOAUTH2, one end":         {settings.XOAuth2, "user=u\x01auth=Bearer ya29\x01", false},
		"XOAUTH2 as OAUTHBEARER":   {settings.OAuthBearer, "user=u\x01auth=Bearer ya29\x01\x01", false},
		"OAUTHBEARER":              {settings.OAuthBearer, "n,a=u=2Cx,\x01host=h\x01port=1\x01auth=Bearer ya29\x01\x01", true},
		"OAUTHBEARER, other token": {settings.OAuthBearer, "n,a=u,\x01auth=Bearer x\x01\x01", false},
		"OAUTHBEARER, one end":     {settings.OAuthBearer, "n,a=u,\x01auth=Bearer ya29\x01", false},
		"OAUTHBEARER as XOAUTH2":   {settings.XOAuth2, "n,a=u,\x01auth=Bearer ya29\x01\x01", false},
	} {
		t.Run(name, func(t *testing.T) {
			c, _ := secureClient(t, server, trust, tls.VersionTLS13)
			challenge, reply := c.respond("AUTH " + string(test.mechanism) + " " + base64.StdEncoding.EncodeToString([]byte(test.response)))
			if test.ok {
				if !strings.HasPrefix(reply, "235 ") {
					t.Errorf("%q, %q", challenge, reply)
				}
				return
			}
			if !strings.Contains(string(challenge), `"status":"invalid_token"`) {
				t.Errorf("%q, %q", challenge, reply)
			}
			if _, reply = c.respond("AQ=="); !strings.HasPrefix(reply, "535 ") {
				t.Errorf("%q", reply)
			}
		})
	}
}

// If this fails, the server's challenge is none to a client of another make.
func TestNTLM(t *testing.T) {
	server, trust := start(t, Config{Mode: settings.Implicit, Users: map[string]string{"user": "pencil"},
		Mechanisms: []settings.Mechanism{settings.NTLM}})
	for username, want := range map[string]string{"user": "235", `EXAMPLE\user`: "235", "other": "535"} {
		hello, err := ntlmssp.NewNegotiateMessage("", "")
		if err != nil {
			t.Fatal(err)
		}
		c, _ := secureClient(t, server, trust, tls.VersionTLS13)
		challenge, _ := c.respond("AUTH NTLM " + base64.StdEncoding.EncodeToString(hello))
		answer, err := ntlmssp.NewAuthenticateMessage(challenge, username, "pencil", nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, reply := c.respond(base64.StdEncoding.EncodeToString(answer)); !strings.HasPrefix(reply, want) {
			t.Errorf("%s: %q", username, reply)
		}
	}
}

// If this fails, client certificates are not demanded, or EXTERNAL believes
// another name than the certificate's.
func TestExternal(t *testing.T) {
	authority, err := NewAuthority()
	if err != nil {
		t.Fatal(err)
	}
	certPEM, keyPEM, err := authority.IssueClient("robot")
	if err != nil {
		t.Fatal(err)
	}
	pair, err := tls.X509KeyPair([]byte(certPEM), []byte(keyPEM))
	if err != nil {
		t.Fatal(err)
	}
	server, trust := start(t, Config{Mode: settings.Implicit, ClientCAs: authority.Pool(), Mechanisms: []settings.Mechanism{settings.External}})
	if conn, err := tls.Dial("tcp", server.Addr().String(), trust); err == nil {
		if _, err := conn.Read(make([]byte, 1)); err == nil {
			t.Error("served without a client certificate")
		}
		conn.Close()
	}
	trust.Certificates = []tls.Certificate{pair}
	for response, want := range map[string]string{"=": "235", "cm9ib3Q=": "235", "b3RoZXI=": "535"} {
		c, _ := secureClient(t, server, trust, tls.VersionTLS12)
		if _, reply := c.respond("AUTH EXTERNAL " + response); !strings.HasPrefix(reply, want) {
			t.Errorf("%s: %q", response, reply)
		}
	}
}
