package oauth2token

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/lazyregexp"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/dial"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/secret"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// Client sends requests to token services.
type Client struct {
	resolver dial.Resolver
	dialer   dial.Dialer
}

// New returns a client that uses the given resolver and dialer.
func New(r dial.Resolver, d dial.Dialer) *Client { return &Client{resolver: r, dialer: d} }

// isToken matches what an access token may consist of, so that it can't break out of
// a SASL response (RFC 6749 appendix A.12, without the space).
var isToken = lazyregexp.New(`^[\x21-\x7E]+$`)

// Fetch makes one request for a token. [Check] must have accepted d, and every value in
// it must be known. The error is a [*finding.Error].
func (c *Client) Fetch(ctx context.Context, d Declared) (Token, error) {
	timeout, err := time.ParseDuration(d.Timeout.Or(""))
	if err != nil {
		timeout = settings.DefaultTimeout
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	r := &request{Declared: d, timeout: timeout, started: time.Now()}
	parameters, err := r.parameters()
	if err != nil {
		return Token{}, err
	}
	r.eraser = secret.NewEraser(append(d.secrets(), secret.New(parameters.Get("assertion")))...)
	transport, err := c.transport(d, timeout)
	if err != nil {
		return Token{}, err
	}
	defer transport.CloseIdleConnections()
	config := clientcredentials.Config{
		ClientID:       d.ClientID.Or(""),
		ClientSecret:   d.ClientSecret.Or(secret.String{}).Reveal(),
		TokenURL:       d.TokenURL.Or(""),
		Scopes:         d.Scopes.Or(nil),
		EndpointParams: parameters,
		AuthStyle:      oauth2.AuthStyleInParams, // otherwise the library sends a wrong secret twice
	}
	answer, err := config.Token(context.WithValue(ctx, oauth2.HTTPClient, &http.Client{
		Transport: &guard{request: r, next: transport},
	}))
	if err != nil {
		return Token{}, r.failure(ctx, err)
	}
	return r.token(answer)
}

// request is one request for a token.
type request struct {
	Declared
	timeout time.Duration
	started time.Time
	eraser  *secret.Eraser
}

// parameters are those of the grant. The library for client credentials sends them in
// place of its own, so it serves all three grants.
func (r *request) parameters() (url.Values, error) {
	grant := r.grant().Or("")
	out := url.Values{"grant_type": {grant.wire()}}
	switch grant {
	case RefreshToken:
		out.Set("refresh_token", r.RefreshToken.Or(secret.String{}).Reveal())
	case JWTBearer:
		statement, err := r.assertion(r.started)
		if err != nil {
			return nil, err
		}
		out.Set("assertion", statement.Reveal())
	}
	return out, nil
}

// token reads the answer.
func (r *request) token(answer *oauth2.Token) (Token, error) {
	if kind := answer.TokenType; kind != "" && !strings.EqualFold(kind, "bearer") {
		return Token{}, r.err("oauth2-token-type", finding.Facts{"type": r.quote(kind)})
	}
	if !isToken.MatchString(answer.AccessToken) {
		return Token{}, r.err("oauth2-answer-no-token", finding.Facts{"instead": "a text that can't be one"})
	}
	asked := r.Scopes.Or(nil)
	token := Token{
		AccessToken: secret.New(answer.AccessToken),
		Type:        answer.Type(),
		Expires:     answer.Expiry,
		Scopes:      asked,
	}
	if granted, said := answer.Extra("scope").(string); said {
		token.Scopes = strings.Fields(granted)
		if less := lacking(asked, token.Scopes); len(less) > 0 {
			token.Warnings = append(token.Warnings, finding.Of(r.err("oauth2-scope-narrowed", finding.Facts{
				"lacking": r.quote(strings.Join(less, " ")), "granted": r.quote(granted),
			})))
		}
	}
	if given := r.RefreshToken.Or(secret.String{}).Reveal(); given != "" && answer.RefreshToken != given {
		token.Warnings = append(token.Warnings, finding.Of(r.err("oauth2-refresh-token-rotated", nil)))
	}
	return token, nil
}

// err returns an error with the facts that all errors share.
func (r *request) err(code finding.Code, facts finding.Facts, seen ...string) *finding.Error {
	if facts == nil {
		facts = finding.Facts{}
	}
	facts["host"] = finding.Quote(r.host())
	facts["grant"] = string(r.grant().Or(""))
	if s := r.service(); s != "" {
		facts["service"] = string(s)
	}
	return &finding.Error{Code: code, Facts: facts, Seen: seen}
}

// quote shows what the service said, without the secrets that were sent.
func (r *request) quote(text string) string { return finding.Quote(r.eraser.Erase(text)) }
