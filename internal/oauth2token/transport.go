package oauth2token

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/certs"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/dial"
)

// The limits of an answer, in bytes.
const (
	longestBody   = 64 << 10
	longestHeader = 64 << 10
)

// grace is how long net/http may go on opening a connection in the background after the
// request has ended.
const grace = time.Second

// transport connects by the client's means, through the proxy that the environment
// names for https.
func (c *Client) transport(d Declared, timeout time.Duration) (*http.Transport, error) {
	handshake := certs.Handshake{Trust: d.trust()}
	trusting, err := handshake.Config()
	if err != nil {
		return nil, err
	}
	if !strings.Contains(d.host(), "%") { // with a zone, net/http would look for it in the certificate
		trusting.ServerName = "" // net/http fills it in: the name may be that of a proxy
	}
	return &http.Transport{
		Proxy:                  proxy,
		DialContext:            c.dial(timeout + grace),
		TLSClientConfig:        trusting,
		TLSHandshakeTimeout:    timeout + grace,
		MaxResponseHeaderBytes: longestHeader,
		DisableCompression:     true, // a decompressed body may exceed any limit on what was sent
		DisableKeepAlives:      true,
	}, nil
}

// proxy leaves http alone, which is for this machine: a proxy would see the secrets, and
// net/http takes no other spelling of localhost for this machine.
func proxy(req *http.Request) (*url.URL, error) {
	if req.URL.Scheme != "https" {
		return nil, nil
	}
	return http.ProxyFromEnvironment(req)
}

// dial returns a function that opens connections, each within a time.
func (c *Client) dial(within time.Duration) func(ctx context.Context, network, address string) (net.Conn, error) {
	return func(ctx context.Context, _, address string) (net.Conn, error) {
		ctx, cancel := context.WithTimeout(ctx, within)
		defer cancel()
		host, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		number, err := strconv.ParseUint(port, 10, 16)
		if err != nil {
			return nil, err
		}
		addrs, err := dial.Resolve(ctx, c.resolver, host, uint16(number))
		if err != nil {
			return nil, err
		}
		conn, _, err := dial.First(ctx, c.dialer, addrs)
		return conn, err
	}
}

// guard accepts only what can be the answer of a token service: JSON of limited size,
// and no redirect.
type guard struct {
	request *request
	next    http.RoundTripper
}

// RoundTrip implements [http.RoundTripper].
func (g *guard) RoundTrip(req *http.Request) (*http.Response, error) {
	resp, err := g.next.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		return nil, g.request.redirect(resp)
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, longestBody+1))
	if err != nil {
		return nil, err
	}
	if len(body) > longestBody {
		return nil, g.request.err("oauth2-answer-too-large", finding.Facts{"limit": "64 KiB"})
	}
	if err := g.request.checkAnswer(resp, body); err != nil {
		return nil, err
	}
	// Some services send JSON as text/plain, which the library would read as a form.
	resp.Header.Set("Content-Type", "application/json")
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// redirect says where the service points to, by its host alone: the rest may repeat what
// was sent.
func (r *request) redirect(resp *http.Response) *finding.Error {
	facts := finding.Facts{"status": strconv.Itoa(resp.StatusCode)}
	if to, err := url.Parse(resp.Header.Get("Location")); err == nil && to.Host != "" {
		facts["target"] = r.quote(to.Scheme + "://" + to.Host)
	}
	return r.err("oauth2-service-redirect", facts)
}

// checkAnswer returns an error unless a body is an answer with a token, or with an
// error of OAuth2 (RFC 6749 sections 5.1 and 5.2).
func (r *request) checkAnswer(resp *http.Response, body []byte) error {
	facts := finding.Facts{"status": strconv.Itoa(resp.StatusCode)}
	success := resp.StatusCode >= 200 && resp.StatusCode < 300
	media, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	text := strings.TrimSpace(string(body))

	var members map[string]json.RawMessage
	if json.Unmarshal(body, &members) == nil && members != nil {
		refused := textOf(members["error"]) != ""
		switch {
		case refused, success && textOf(members["access_token"]) != "":
			return nil
		case !success:
			return r.err("oauth2-service-error", r.replying(facts, text))
		case textOf(members["id_token"]) != "":
			facts["instead"] = "an ID token (id_token), which identifies a user and grants no access"
		}
		return r.err("oauth2-answer-no-token", facts)
	}
	switch {
	case media == "text/html" || strings.HasPrefix(text, "<"):
		facts["what"] = "a page (HTML)"
	case !success:
		return r.err("oauth2-service-error", r.replying(facts, text))
	case text == "":
		facts["what"] = "empty"
	default: // not shown: it may contain a token
		facts["what"] = "text"
	}
	return r.err("oauth2-answer-not-json", facts)
}

// replying adds what the service said, unless that may contain a token.
func (r *request) replying(facts finding.Facts, text string) finding.Facts {
	if text != "" && !strings.Contains(text, "_token") {
		facts["reply"] = r.quote(text)
	}
	return facts
}

// textOf returns a member of an answer, or "" if it is absent or no text: some services
// put an object in "error" when something else went wrong.
func textOf(member json.RawMessage) string {
	var text string
	if json.Unmarshal(member, &text) != nil {
		return ""
	}
	return text
}
