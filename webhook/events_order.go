package webhook

import "github.com/golokalise/lokalise"

// OrderCreated is the event team.order.created: translations were ordered.
type OrderCreated struct {
	Common
	Order Order `json:"order"`
	User  User  `json:"user"`
}

// Name returns the event's name.
func (OrderCreated) Name() lokalise.WebhookEvent { return lokalise.EventOrderCreated }

// OrderCompleted is the event team.order.completed: an order was completed. Nobody caused
// it, so there is no user.
type OrderCompleted struct {
	Common
	Order Order `json:"order"`
}

// Name returns the event's name.
func (OrderCompleted) Name() lokalise.WebhookEvent { return lokalise.EventOrderCompleted }

// OrderDeleted is the event team.order.deleted: an order was deleted. The event does not
// say which.
type OrderDeleted struct {
	Common
	User User `json:"user"`
}

// Name returns the event's name.
func (OrderDeleted) Name() lokalise.WebhookEvent { return lokalise.EventOrderDeleted }

// Order is an order of translations. Currency, Total and Languages are set by
// [OrderCreated] only.
type Order struct {
	ID       string `json:"id"`
	Provider string `json:"provider"`
	Currency string `json:"currency,omitempty"`
	// Total is declared as a number or a text.
	Total     lokalise.Number `json:"total,omitzero"`
	Languages []Language      `json:"languages,omitempty"`
}
