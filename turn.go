package lokalise

import (
	"context"
	"time"
)

// held notes which slots a call holds.
type held uint8

const (
	heldClient held = 1 << iota
	heldProject
)

// takeTurn waits until the request may be sent: for a slot of the client, for
// one of the project, and last for the rate limit, so that no budget is spent
// on a request that then waits for a slot.
func (r *call) takeTurn(ctx context.Context) error {
	if ctx.Err() != nil {
		return contextError(ctx)
	}
	l := &r.client.limits
	if l.perSecond == 0 && l.inFlight == 0 && l.perProject == 0 {
		return nil
	}
	start := time.Now()
	err := r.takeSlots(ctx, start)
	if err == nil && l.perSecond > 0 {
		err = l.limiter.Wait(ctx, r.client.reservation(r.patience(start)))
	}
	r.waited += time.Since(start)
	if err != nil {
		r.releaseTurn()
	}
	return err
}

func (r *call) takeSlots(ctx context.Context, start time.Time) error {
	l := &r.client.limits
	if l.inFlight > 0 && r.held&heldClient == 0 {
		if err := r.client.slots.acquire(ctx, struct{}{}, l.inFlight, r.patience(start)); err != nil {
			return err
		}
		r.held |= heldClient
	}
	if key, ok := r.projectKey(); ok && r.held&heldProject == 0 {
		if err := sharedSlots.acquire(ctx, key, l.perProject, r.patience(start)); err != nil {
			return err
		}
		r.held |= heldProject
	}
	return nil
}

// trySlots takes the slots that the call needs if they are free now. An
// iterator that fetches ahead must not stand in the way of others.
func (r *call) trySlots() bool {
	l := &r.client.limits
	if l.inFlight > 0 {
		if !r.client.slots.try(struct{}{}, l.inFlight) {
			return false
		}
		r.held |= heldClient
	}
	if key, ok := r.projectKey(); ok {
		if !sharedSlots.try(key, l.perProject) {
			r.releaseTurn()
			return false
		}
		r.held |= heldProject
	}
	return true
}

// releaseTurn gives back the slots that the call holds.
func (r *call) releaseTurn() {
	if r.held&heldClient != 0 {
		r.client.slots.release(struct{}{})
	}
	if r.held&heldProject != 0 {
		key, _ := r.projectKey()
		sharedSlots.release(key)
	}
	r.held = 0
}

// projectKey returns the key under which the project's requests are counted,
// and whether they are.
func (r *call) projectKey() (projectKey, bool) {
	key := projectKey{r.client.baseKey, r.path.project}
	return key, key.project != "" && r.client.limits.perProject > 0
}

// patience returns how long the call may still wait, at a time when it has
// been waiting since start.
func (r *call) patience(start time.Time) time.Duration {
	left := r.maxWait - r.waited - time.Since(start)
	if !r.deadline.IsZero() {
		left = min(left, time.Until(r.deadline))
	}
	return max(left, 0)
}

// reservation describes the client's requests to a limiter.
func (c *Client) reservation(maxWait time.Duration) Reservation {
	return Reservation{
		Credential: c.credentialKey,
		Address:    c.addressKey,
		PerSecond:  c.limits.perSecond,
		MaxWait:    maxWait,
	}
}
