package wire

import (
	"context"
	"encoding/base64"

	"github.com/emersion/go-sasl"
)

const (
	// longestCommand is the longest AUTH command with an initial response (RFC
	// 4954 section 4); a longer response waits for the server's challenge.
	longestCommand = 12288
	// mostRounds bounds the challenges of one login; no mechanism needs half as many.
	mostRounds = 8
)

// verifier is a mechanism in which the server has to prove itself too, or to ask for the
// credentials: a 235 is a success only if Verify agrees.
type verifier interface{ Verify() error }

// anyPrompt is a mechanism that reports whether its next answer is the same whatever the
// challenge is. Then a challenge that is not base64, such as "NTLM supported", is passed on
// as nil.
type anyPrompt interface{ AnyPrompt() bool }

// Authenticate makes one attempt to log in (RFC 4954 section 4). Only 235 is
// success. A refusal, also by the client, is an [*AuthError].
//
// A client's Next may return a response together with an error: the response is
// sent, as OAUTHBEARER and XOAUTH2 demand after an error challenge, and the
// error is kept beside the server's final reply.
func (c *Conn) Authenticate(ctx context.Context, mechanism string, client sasl.Client) (Reply, error) {
	_, response, err := client.Start()
	if err != nil {
		return Reply{}, &AuthError{Mechanism: mechanism, ClientErr: err}
	}
	line, shown := "AUTH "+mechanism, "AUTH "+mechanism
	if response != nil {
		c.learn(response)
		if coded := initial(response); len(line)+len(" \r\n")+len(coded) <= longestCommand {
			line, shown, response = line+" "+coded, shown+" [redacted]", nil
		}
	}
	r, err := c.command(ctx, StepAuth, line, shown)
	var clientErr error
	rounds := 1
	for ; err == nil && r.Code == 334; rounds++ {
		if clientErr != nil || rounds > mostRounds {
			break
		}
		if response == nil {
			response, clientErr, err = c.next(client, r)
			if err != nil || (clientErr != nil && response == nil) {
				return c.cancel(ctx, mechanism, err, clientErr)
			}
		}
		c.learn(response)
		coded := base64.StdEncoding.EncodeToString(response)
		response = nil
		r, err = c.command(ctx, StepAuth, coded, "[redacted]")
	}
	switch {
	case err != nil:
		return Reply{}, err
	case r.Code == 334:
		return c.cancel(ctx, mechanism, nil, tooManyRounds(rounds, clientErr))
	case r.Code == 235 && response != nil:
		return r.Reply, &ProtocolError{Step: StepAuth, code: "auth-accepted-early", said: r.String()}
	case r.Code == 235 && clientErr == nil:
		if proof, ok := client.(verifier); ok {
			clientErr = proof.Verify()
		}
	case r.Code/100 < 4 && r.Code != 235:
		return r.Reply, &ProtocolError{Step: StepAuth, code: "auth-reply-unexpected", said: r.String()}
	}
	if r.Code == 235 && clientErr == nil {
		return r.Reply, nil
	}
	return r.Reply, &AuthError{Mechanism: mechanism, Reply: r.Reply, ClientErr: clientErr}
}

// initial codes an initial response; "=" stands for an empty one.
func initial(response []byte) string {
	if len(response) == 0 {
		return "="
	}
	return base64.StdEncoding.EncodeToString(response)
}

// next passes a challenge on to the client. A response without an error is never nil; err
// is a challenge that can't be read.
func (c *Conn) next(client sasl.Client, r reply) (response []byte, clientErr, err error) {
	challenge, err := base64.StdEncoding.DecodeString(r.challenge())
	if p, ok := client.(anyPrompt); err != nil && ok && p.AnyPrompt() {
		challenge, err = nil, nil
	}
	if err != nil {
		return nil, nil, &ProtocolError{Step: StepAuth, code: "auth-challenge-not-base64", said: c.quote(r.challenge())}
	}
	response, clientErr = client.Next(challenge)
	if response == nil && clientErr == nil {
		response = []byte{}
	}
	return response, clientErr, nil
}

// cancel cancels the login, by "*", which is answered with 501 (RFC 4954 section 4), and
// returns why.
func (c *Conn) cancel(ctx context.Context, mechanism string, err, clientErr error) (Reply, error) {
	r, unheard := c.command(ctx, StepAuth, "*", "*")
	switch {
	case err != nil:
		return r.Reply, err
	case unheard != nil:
		r.Reply = Reply{}
	}
	return r.Reply, &AuthError{Mechanism: mechanism, Reply: r.Reply, ClientErr: clientErr}
}
