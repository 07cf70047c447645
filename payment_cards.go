package lokalise

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"log/slog"
	"net/http"
)

// PaymentCardsService calls the operations on the payment cards of the user
// whose token it is.
type PaymentCardsService struct{ service }

// PaymentCard is a payment card, of which the API shows the last digits only.
type PaymentCard struct {
	CardID int64 `json:"card_id"`
	// Last4 are the last four digits of the number.
	Last4 string `json:"last4"`
	Brand string `json:"brand"`
	// CreatedAt is when the card was added.
	CreatedAt Time `json:"created_at"`
	// CreatedAtTimestamp is absent in answers recorded in 2019.
	CreatedAtTimestamp Timestamp `json:"created_at_timestamp,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// CardDeleted is the answer to [PaymentCardsService.Delete].
type CardDeleted struct {
	CardID      int64 `json:"card_id"`
	CardDeleted bool  `json:"card_deleted"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// PaymentCardCreateRequest is the body of [PaymentCardsService.Create]. It
// shows itself masked wherever it is printed or logged.
type PaymentCardCreateRequest struct {
	// Number is the number of the card. It is required.
	Number string `json:"number"`
	// CVC are the three digits on its back. They are required.
	CVC string `json:"cvc"`
	// ExpMonth is the month in which it expires, from 1 to 12. It is required.
	ExpMonth int `json:"exp_month"`
	// ExpYear is the year in which it expires. It is required.
	ExpYear int `json:"exp_year"`
}

// String says what it is and nothing of what it holds.
func (PaymentCardCreateRequest) String() string { return "payment card [redacted]" }

// GoString is String.
func (r PaymentCardCreateRequest) GoString() string { return r.String() }

// Format prints String, whatever the verb.
func (r PaymentCardCreateRequest) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(r.String())) }

// LogValue is String.
func (r PaymentCardCreateRequest) LogValue() slog.Value { return slog.StringValue(r.String()) }

// List returns one page of the user's payment cards.
//
// It needs the scope read_payment_cards.
// https://developers.lokalise.com/reference/list-all-cards
//
//lokalise:op GET /payment_cards
func (s *PaymentCardsService) List(ctx context.Context, o *ListOptions, opts ...RequestOption) (*Page[PaymentCard], error) {
	return listPage(ctx, s.listCall(opts), o.paging(), decodePaymentCard)
}

// All goes through all payment cards of the user, page by page.
//
// It needs the scope read_payment_cards.
// https://developers.lokalise.com/reference/list-all-cards
//
//lokalise:op GET /payment_cards
func (s *PaymentCardsService) All(ctx context.Context, o *ListOptions, opts ...RequestOption) iter.Seq2[*PaymentCard, error] {
	return iterate(ctx, s.listCall(opts), o.paging(), decodePaymentCard)
}

func (s *PaymentCardsService) listCall(opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/payment_cards", opts)
	r.result = "payment_cards"
	return r
}

// Get returns a payment card.
//
// It needs the scope read_payment_cards.
// https://developers.lokalise.com/reference/retrieve-a-card
//
//lokalise:op GET /payment_cards/{card_id}
func (s *PaymentCardsService) Get(ctx context.Context, cardID int64, opts ...RequestOption) (*PaymentCard, error) {
	r := s.client.newCall(http.MethodGet, "/payment_cards/{card_id}", opts)
	r.path.id(cardID)
	r.result = "payment_card"
	return one(ctx, r, decodePaymentCard)
}

// Create adds a payment card.
//
// It needs the scope write_payment_cards.
// https://developers.lokalise.com/reference/create-a-card
//
//lokalise:op POST /payment_cards
func (s *PaymentCardsService) Create(ctx context.Context, body *PaymentCardCreateRequest, opts ...RequestOption) (*PaymentCard, error) {
	r := s.client.newCall(http.MethodPost, "/payment_cards", opts)
	withBody(r, body)
	if body != nil {
		r.secrets = []string{body.Number, body.CVC}
	}
	return one(ctx, r, decodePaymentCard)
}

// Delete removes a payment card.
//
// It needs the scope write_payment_cards.
// https://developers.lokalise.com/reference/delete-a-card
//
//lokalise:op DELETE /payment_cards/{card_id}
func (s *PaymentCardsService) Delete(ctx context.Context, cardID int64, opts ...RequestOption) (*CardDeleted, error) {
	r := s.client.newCall(http.MethodDelete, "/payment_cards/{card_id}", opts)
	r.path.id(cardID)
	return one(ctx, r, decodeCardDeleted)
}
