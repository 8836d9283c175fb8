package probe

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/finding"
	"github.com/seed-77eeb0cc/terraform-provider-smtp/internal/probe/wire"
)

// messages makes checks with the same settings send one message in a run. How the sending
// ended counts for all of them: a message that the server may have is never sent again.
type messages struct {
	mu   sync.Mutex
	sent map[loginID]*messageSent
}

// result is how the sending of a message ended.
type result struct {
	reply wire.Reply
	err   error
}

// messageSent is a message that is being sent or was. Its result is there when it
// is over.
type messageSent struct {
	over   chan struct{} // closed
	result result
}

// messageID tells messages apart: by the login that they need, and by what is sent
// to whom.
func (e *Engine) messageID(r Request) loginID {
	login := e.logins.id(r, r.Mechanism)
	mac := hmac.New(sha256.New, e.logins.key[:])
	for _, part := range []string{string(login[:]), r.From, strings.Join(r.RcptTo, "\x00"), r.Subject, r.EHLOName} {
		_, _ = fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return loginID(mac.Sum(nil))
}

// once sends the message, unless another check sent an identical one; it waits for one
// that is sending. The function that sends reports whether the server may have the message.
func (m *messages) once(ctx context.Context, id loginID, send func() (result, bool)) result {
	for {
		sent, ours := m.claim(id)
		if ours {
			return m.settle(id, sent, send)
		}
		select {
		case <-sent.over:
		case <-ctx.Done():
			return result{err: &awaitedError{wire.StepMessage, "another check of this run sends the same message, and had no answer yet", context.Cause(ctx)}}
		}
		if m.kept(id) != sent {
			continue // nothing went out
		}
		var coded finding.Coded
		if errors.As(sent.result.err, &coded) {
			return result{sent.result.reply, &sharedError{coded, "that was the end of another check of this run with the same settings; the message was not sent again"}}
		}
		return sent.result
	}
}

func (m *messages) claim(id loginID) (sent *messageSent, ours bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if sent, ok := m.sent[id]; ok {
		return sent, false
	}
	sent = &messageSent{over: make(chan struct{})}
	m.sent[id] = sent
	return sent, true
}

func (m *messages) kept(id loginID) *messageSent {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sent[id]
}

// settle sends, and keeps how that ended where the server may have the message.
func (m *messages) settle(id loginID, sent *messageSent, send func() (result, bool)) result {
	defer close(sent.over)
	end, begun := send()
	m.mu.Lock()
	defer m.mu.Unlock()
	sent.result = end
	if !begun {
		delete(m.sent, id)
	}
	return end
}
