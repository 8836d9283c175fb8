package oauth2token_test

import (
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/oauth2token"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/smtptest"
)

// slow serves a handler in a network in memory, whose waiting is virtual.
func slow(n *smtptest.Network, answer http.HandlerFunc) *http.Server {
	server := &http.Server{Handler: answer}
	go server.Serve(n.Listen("127.0.0.1:8080")) //nolint:errcheck // ends with Close
	return server
}

// mute takes connections and says nothing on them.
func mute(n *smtptest.Network) net.Listener {
	ln := n.Listen("127.0.0.1:8080")
	go func() {
		var open []net.Conn
		for {
			conn, err := ln.Accept()
			if err != nil {
				for _, conn := range open {
					conn.Close()
				}
				return
			}
			open = append(open, conn)
		}
	}()
	return ln
}

// If this fails, a token service can keep a plan waiting beyond its timeout, or the
// default differs from the documentation.
func TestTimeouts(t *testing.T) {
	const address = "http://127.0.0.1:8080/token"
	services := map[string]func(*smtptest.Network) (end func()){
		"silent after the request": func(n *smtptest.Network) func() {
			s := slow(n, func(_ http.ResponseWriter, r *http.Request) {
				_ = r.ParseForm() // until the body was read the server does not see the client go
				<-r.Context().Done()
			})
			return func() { s.Close() }
		},
		"drop by drop": func(n *smtptest.Network) func() {
			s := slow(n, func(w http.ResponseWriter, _ *http.Request) { endless(w, " ", time.Second) })
			return func() { s.Close() }
		},
		"silent on the connection": func(n *smtptest.Network) func() {
			ln := mute(n)
			return func() { ln.Close() }
		},
		"a black hole": func(n *smtptest.Network) func() {
			n.BlackHole("127.0.0.1:8080")
			return func() {}
		},
	}
	for name, serve := range services {
		for _, tt := range []struct {
			given settings.Value[string]
			want  time.Duration
		}{{settings.Value[string]{}, 30 * time.Second}, {settings.Of("7s"), 7 * time.Second}} {
			t.Run(name+" "+tt.want.String(), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					n := smtptest.NewNetwork(10 * time.Millisecond)
					end := serve(n)
					d := byClient(address)
					d.Timeout = tt.given
					begin := time.Now()
					_, err := oauth2token.New(n, n).Fetch(t.Context(), d)
					took := time.Since(begin)
					end()
					time.Sleep(time.Minute) // until all that goes on behind a request is over
					if err == nil || finding.Of(err).Code != "oauth2-service-timeout" || took != tt.want {
						t.Errorf("%v after %s", err, took)
					}
				})
			})
		}
	}
}
