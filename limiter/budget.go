package limiter

import (
	"context"
	"time"

	"github.com/golokalise/lokalise"
)

// Budget paces something that is no request of a [lokalise.Client] in all
// processes together, such as the refreshes of tokens.Manager.Maintain.
type Budget struct {
	limiter     *Limiter
	reservation lokalise.Reservation
}

// maxBudgetWait is shorter than Maintain keeps a grant claimed for itself.
const maxBudgetWait = time.Minute

// Budget returns the budget of that name: so many events a second in all
// processes that ask for it by that name. It takes nothing from the budgets of
// requests.
func (l *Limiter) Budget(name string, perSecond float64) *Budget {
	key := "budget:" + name
	return &Budget{l, lokalise.Reservation{Credential: key, Address: key, PerSecond: perSecond, MaxWait: maxBudgetWait}}
}

// Wait returns when the event may happen. It fails when that would take longer
// than a minute, or longer than ctx lasts.
func (b *Budget) Wait(ctx context.Context) error { return b.limiter.Wait(ctx, b.reservation) }
