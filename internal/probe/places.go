package probe

import (
	"context"
	"sync"
)

// places bounds how many checks of one host run at a time.
type places struct {
	each  int
	mu    sync.Mutex
	taken map[string]chan struct{}
}

// enter waits for a place at the host and returns how to leave it.
func (p *places) enter(ctx context.Context, host string) (leave func(), err error) {
	p.mu.Lock()
	if p.taken == nil {
		p.taken = map[string]chan struct{}{}
	}
	at, ok := p.taken[host]
	if !ok {
		at = make(chan struct{}, max(p.each, 1))
		p.taken[host] = at
	}
	p.mu.Unlock()
	select {
	case at <- struct{}{}:
		return func() { <-at }, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}
