package oauth2token_test

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/oauth2token"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// If this fails, a request to this machine goes in clear text to the proxy that the
// environment names, secrets included. The environment is read once in a process, so
// this test has one of its own.
func TestNoProxyOnTheWayToThisMachine(t *testing.T) {
	const proxy = "192.0.2.9:3128"
	if os.Getenv("HTTP_PROXY") != "http://"+proxy {
		cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$", "-test.v")
		cmd.Env = append(os.Environ(), "HTTP_PROXY=http://"+proxy, "http_proxy=", "NO_PROXY=", "no_proxy=")
		if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "--- PASS: "+t.Name()) {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	for _, host := range []string{"localhost", "LocalHost", "localhost.", "127.0.0.1", "127.8.9.10", "[::1]"} {
		n := smtptest.NewNetwork(0)
		n.Names["localhost"] = []string{"127.0.0.1"}
		serve := func(address, token string) {
			server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: says(200, fmt.Sprintf(`{"access_token":%q}`, token))}
			go server.Serve(n.Listen(address)) //nolint:errcheck // ends with Close
			t.Cleanup(func() { server.Close() })
		}
		for _, address := range []string{"127.0.0.1:8080", "127.8.9.10:8080", "[::1]:8080"} {
			serve(address, "here")
		}
		serve(proxy, "proxy")
		token, err := oauth2token.New(n, n).Fetch(t.Context(), byClient("http://"+host+":8080/token"))
		if err != nil || token.AccessToken.Reveal() != "here" {
			t.Errorf("%s: the token is from %q, %v", host, token.AccessToken.Reveal(), err)
		}
	}
}
