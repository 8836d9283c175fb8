package provider_test

import (
	"net/http"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// tokenType is the type of the ephemeral that fetches tokens.
const tokenType = "smtp_oauth2_token"

func (s *served) ephemeralSchema(name string) *tfprotov6.Schema {
	return s.schemas.EphemeralResourceSchemas[name]
}

func (s *served) validateEphemeral(name string, c config) found {
	s.Helper()
	resp, err := s.ValidateEphemeralResourceConfig(s.Context(), &tfprotov6.ValidateEphemeralResourceConfigRequest{
		TypeName: name, Config: s.dynamic(s.ephemeralSchema(name), c),
	})
	s.ok(err)
	return resp.Diagnostics
}

// open validates the block and opens it; the outputs are nil where that failed.
func (s *served) open(name string, c config) (map[string]any, found) {
	s.Helper()
	before := s.validateEphemeral(name, c)
	if before.failed() {
		return nil, before
	}
	resp, err := s.OpenEphemeralResource(s.Context(), &tfprotov6.OpenEphemeralResourceRequest{
		TypeName: name, Config: s.dynamic(s.ephemeralSchema(name), c),
	})
	s.ok(err)
	all := slices.Concat(before, resp.Diagnostics)
	if all.failed() {
		return nil, all
	}
	outputs, _ := decode(s, s.value(s.ephemeralSchema(name), resp.Result)).(map[string]any)
	return outputs, all
}

// tokenService is a token service in the network of the tests.
type tokenService struct {
	url   string
	mu    sync.Mutex
	asked []url.Values
}

// serveTokens answers requests for tokens with a status and a body. It stands on
// the loopback of the network, where http is allowed.
func serveTokens(t testing.TB, n *smtptest.Network, status int, body string) *tokenService {
	t.Helper()
	s := &tokenService{url: "http://127.0.0.1:8080/token"}
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		s.mu.Lock()
		s.asked = append(s.asked, r.PostForm)
		s.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	})}
	ln := n.Listen("127.0.0.1:8080")
	go func() { _ = server.Serve(ln) }()
	t.Cleanup(func() { _ = server.Close() })
	return s
}

func (s *tokenService) requests() []url.Values {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}
