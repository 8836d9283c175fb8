package probe

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"strconv"
	"sync"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/settings"
)

// logins makes several checks with the same wrong credentials cost one login: servers
// count those they refuse, and lock accounts.
//
// What the server answered to AUTH is shared unless it is success, in whatever words
// and by whatever code. The answer to a login which this side gave up ("*", RFC 4954
// section 4) is among them: servers may count it as failed, and the next one would
// end in the same way. A login that ended in anything else (silence, a closed
// connection, Ctrl-C) says nothing about the credentials, so that the next check
// makes its own; and every check that passes has logged in by itself. Nothing
// outlives the engine.
type logins struct {
	key [sha256.Size]byte // random: against what is kept no password can be tried

	mu   sync.Mutex
	made map[loginID]*loginMade
}

// loginID tells logins apart: by where they go, how the server is known to be the
// right one, and what they send.
type loginID [sha256.Size]byte

// loginMade is a login that runs or ran. Its result is there when it is over.
type loginMade struct {
	over    chan struct{} // closed
	passed  bool
	refusal finding.Coded // nil if it passed
}

func newLogins() *logins {
	l := &logins{made: map[loginID]*loginMade{}}
	_, _ = rand.Read(l.key[:]) // never fails
	return l
}

// id names the login of a request. What a server answered whose certificate was
// not verified counts for no check that verifies it.
func (l *logins) id(r Request, mechanism settings.Mechanism) loginID {
	password, token := r.Credentials.Password.Digest(l.key[:]), r.Credentials.AccessToken.Digest(l.key[:])
	mac := hmac.New(sha256.New, l.key[:])
	for _, part := range []string{
		r.Host.Name, strconv.Itoa(int(r.Port)), string(r.Mode),
		r.Trust.ServerName, r.Trust.RootsPEM, strconv.FormatBool(r.Trust.Insecure), r.Trust.ClientCertPEM,
		string(mechanism), r.Credentials.Username, string(password[:]), string(token[:]),
	} {
		_, _ = fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return loginID(mac.Sum(nil))
}

// once makes the login, unless the server refused the same one before; it waits for one
// that another check is making. The function that logs in reports whether the server
// answered.
func (l *logins) once(ctx context.Context, id loginID, login func() (answered bool, err error)) error {
	for {
		made, ours := l.claim(id)
		if !ours {
			select {
			case <-made.over:
			case <-ctx.Done():
				return &awaitedError{wire.StepAuth, "another check of this run makes the same login, and had no answer yet", context.Cause(ctx)}
			}
		}
		switch {
		case made.refusal != nil:
			return &sharedError{made.refusal, "that was the answer to another check of this run; the same login was not made again"}
		case ours, made.passed:
			answered, err := login()
			l.settle(id, made, answered, err)
			return err
		}
	}
}

// claim returns the login of that name, and whether it is the caller's to make.
func (l *logins) claim(id loginID) (made *loginMade, ours bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if made, ok := l.made[id]; ok {
		return made, false
	}
	made = &loginMade{over: make(chan struct{})}
	l.made[id] = made
	return made, true
}

// settle records how a login ended, and wakes the checks that wait for it. After a
// success, checks log in in parallel; a later refusal is still recorded.
func (l *logins) settle(id loginID, made *loginMade, answered bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if made.passed { // over long ago, and read by others
		made = &loginMade{over: make(chan struct{})}
	}
	defer close(made.over)
	var refusal finding.Coded
	switch {
	case err == nil:
		made.passed = true
	case answered && errors.As(err, &refusal):
		made.refusal = refusal
	default:
		if l.made[id] == made { // else it tells how another one ended
			delete(l.made, id)
		}
		return
	}
	l.made[id] = made
}
