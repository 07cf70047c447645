package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
)

// OrdersService calls the operations on orders of professional translations.
type OrdersService struct{ service }

// OrderPaymentMethod is how an order is paid.
type OrderPaymentMethod string

// The documented ways to pay.
const (
	OrderPaymentCreditCard OrderPaymentMethod = "credit_card"
	OrderPaymentTeamCredit OrderPaymentMethod = "team_credit"
)

// OrderTranslationStyle is the tone of an order that Gengo translates.
type OrderTranslationStyle string

// The documented styles.
const (
	OrderStyleFormal   OrderTranslationStyle = "formal"
	OrderStyleInformal OrderTranslationStyle = "informal"
	OrderStyleBusiness OrderTranslationStyle = "business"
	OrderStyleFriendly OrderTranslationStyle = "friendly"
)

// OrderStatus is how far an order has come.
type OrderStatus string

// The states that were recorded. The one with a space is written so.
const (
	OrderStatusDraft      OrderStatus = "draft"
	OrderStatusInProgress OrderStatus = "in progress"
	OrderStatusCompleted  OrderStatus = "completed"
)

// Order is an order of professional translations.
type Order struct {
	// OrderID is null for a dry run.
	OrderID   Opt[string] `json:"order_id"`
	ProjectID ProjectID   `json:"project_id"`
	// Branch is null when the order is for all branches.
	Branch        Opt[string]             `json:"branch,omitzero"`
	PaymentMethod Opt[OrderPaymentMethod] `json:"payment_method,omitzero"`
	// CardID was recorded as a number and as a text.
	CardID             Number      `json:"card_id"`
	Status             OrderStatus `json:"status"`
	CreatedAt          Time        `json:"created_at"`
	CreatedAtTimestamp Timestamp   `json:"created_at_timestamp,omitzero"`
	// CreatedBy is the identifier of a user. It was recorded as a number and,
	// in 2019, as a text.
	CreatedBy          Number   `json:"created_by"`
	CreatedByEmail     string   `json:"created_by_email"`
	SourceLanguageISO  string   `json:"source_language_iso"`
	TargetLanguageISOs []string `json:"target_language_isos"`
	// Keys are identifiers of keys: numbers, or texts where the order was made
	// with texts.
	Keys []Number `json:"keys"`
	// SourceWords is the number of words for each target language.
	SourceWords  map[string]int64 `json:"source_words"`
	ProviderSlug string           `json:"provider_slug"`
	// TranslationStyle matters to Gengo only.
	TranslationStyle Opt[OrderTranslationStyle] `json:"translation_style,omitzero"`
	// TranslationTier was recorded as a number and as a text.
	TranslationTier     Number      `json:"translation_tier"`
	TranslationTierName Opt[string] `json:"translation_tier_name"`
	Briefing            Opt[string] `json:"briefing"`
	// IsSavedToTranslationMemory is declared by the official Node SDK and was
	// never recorded.
	IsSavedToTranslationMemory Opt[bool] `json:"is_saved_to_translation_memory,omitzero"`
	// Total is the price, in the currency of the provider, as the API writes it.
	Total Number `json:"total"`
	// DryRun is in the answer to Create only.
	DryRun Opt[bool] `json:"dry_run,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// OrderCreateRequest is the body of [OrdersService.Create].
type OrderCreateRequest struct {
	// ProjectID is required. It may be that of a branch.
	ProjectID ProjectID `json:"project_id"`
	// Branch is the branch whose keys are translated. Defaults to the one of
	// ProjectID, and to all branches when that names none.
	Branch Opt[string] `json:"branch,omitzero"`
	// PaymentMethod defaults to [OrderPaymentCreditCard].
	PaymentMethod OrderPaymentMethod `json:"payment_method,omitzero"`
	// CardID is needed for [OrderPaymentCreditCard].
	CardID Opt[int64] `json:"card_id,omitzero"`
	// Briefing tells the translators what to mind. It is required.
	Briefing string `json:"briefing"`
	// SourceLanguageISO is required.
	SourceLanguageISO string `json:"source_language_iso"`
	// TargetLanguageISOs are required.
	TargetLanguageISOs []string `json:"target_language_isos"`
	// Keys are the identifiers of the keys to translate. They are required.
	Keys []int64 `json:"keys"`
	// ProviderSlug names one of [TranslationProvidersService.List]. It is
	// required.
	ProviderSlug string `json:"provider_slug"`
	// TranslationTier is one of the provider's tiers. It is required.
	TranslationTier int64 `json:"translation_tier"`
	// IsSavedToTranslationMemory matters to the providers google and deepl
	// only. Defaults to true.
	IsSavedToTranslationMemory Opt[bool] `json:"is_saved_to_translation_memory,omitzero"`
	// DryRun asks for the price and orders nothing. Defaults to false.
	DryRun Opt[bool] `json:"dry_run,omitzero"`
	// TranslationStyle matters to the provider gengo only. Defaults to
	// [OrderStyleFriendly].
	TranslationStyle OrderTranslationStyle `json:"translation_style,omitzero"`
}

// List returns one page of the orders of a team.
//
// It needs the scope read_team_orders.
// https://developers.lokalise.com/reference/list-all-orders
//
//lokalise:op GET /teams/{team_id}/orders
func (s *OrdersService) List(ctx context.Context, teamID int64, o *ListOptions, opts ...RequestOption) (*Page[Order], error) {
	return listPage(ctx, s.listCall(teamID, opts), o.paging(), decodeOrder)
}

// All goes through all orders of a team, page by page.
//
// It needs the scope read_team_orders.
// https://developers.lokalise.com/reference/list-all-orders
//
//lokalise:op GET /teams/{team_id}/orders
func (s *OrdersService) All(ctx context.Context, teamID int64, o *ListOptions, opts ...RequestOption) iter.Seq2[*Order, error] {
	return iterate(ctx, s.listCall(teamID, opts), o.paging(), decodeOrder)
}

func (s *OrdersService) listCall(teamID int64, opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/teams/{team_id}/orders", opts)
	r.path.id(teamID)
	r.result = "orders"
	return r
}

// Get returns an order.
//
// It needs the scope read_team_orders.
// https://developers.lokalise.com/reference/retrieve-an-order
//
//lokalise:op GET /teams/{team_id}/orders/{order_id}
func (s *OrdersService) Get(ctx context.Context, teamID int64, orderID string, opts ...RequestOption) (*Order, error) {
	r := s.client.newCall(http.MethodGet, "/teams/{team_id}/orders/{order_id}", opts)
	r.path.id(teamID)
	r.path.text(orderID)
	return one(ctx, r, decodeOrder)
}

// Create places an order, which costs money unless DryRun is set. It is never
// sent twice: where the answer was lost, look at [OrdersService.List] before
// trying again.
//
// It needs the scope write_team_orders.
// https://developers.lokalise.com/reference/create-an-order
//
//lokalise:op POST /teams/{team_id}/orders
func (s *OrdersService) Create(ctx context.Context, teamID int64, body *OrderCreateRequest, opts ...RequestOption) (*Order, error) {
	r := s.client.newCall(http.MethodPost, "/teams/{team_id}/orders", opts)
	r.path.id(teamID)
	withBody(r, body.branched())
	return one(ctx, r, decodeOrder)
}

// branched returns the body with project and branch apart, as this operation
// wants them.
func (o *OrderCreateRequest) branched() *OrderCreateRequest {
	if o == nil {
		return nil
	}
	id, branch := o.ProjectID.Split()
	if branch == "" {
		return o
	}
	apart := *o
	apart.ProjectID = ProjectID(id)
	if apart.Branch.IsZero() {
		apart.Branch = Some(branch)
	}
	return &apart
}
