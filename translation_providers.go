package lokalise

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
)

// TranslationProvidersService calls the operations on the providers of
// professional and machine translation.
type TranslationProvidersService struct{ service }

// TranslationProvider is somebody who translates for money.
type TranslationProvider struct {
	ProviderID int64  `json:"provider_id"`
	Name       string `json:"name"`
	// Slug is what an order names.
	Slug string `json:"slug"`
	// PricePairMin is the least price for a pair of languages. It is a text
	// with two decimals on the wire.
	PricePairMin Number `json:"price_pair_min"`
	WebsiteURL   string `json:"website_url"`
	// Description is text with HTML in it.
	Description string `json:"description"`
	// Tiers are absent in lists.
	Tiers Opt[[]TranslationProviderTier] `json:"tiers,omitzero"`
	// Pairs are absent in lists.
	Pairs Opt[[]TranslationProviderPair] `json:"pairs,omitzero"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TranslationProviderTier is a quality that a provider offers.
type TranslationProviderTier struct {
	TierID int64  `json:"tier_id"`
	Title  string `json:"title"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// TranslationProviderPair is what a translation between two languages costs.
type TranslationProviderPair struct {
	TierID int64 `json:"tier_id"`
	// PricePerWord was recorded as a text and, from 2022, as a number.
	PricePerWord Number `json:"price_per_word"`
	FromLangISO  string `json:"from_lang_iso"`
	FromLangName string `json:"from_lang_name"`
	ToLangISO    string `json:"to_lang_iso"`
	ToLangName   string `json:"to_lang_name"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// List returns one page of the providers that a team can order from, without
// their prices.
//
// It needs the scope read_team_orders.
// https://developers.lokalise.com/reference/list-all-providers
//
//lokalise:op GET /teams/{team_id}/translation_providers
func (s *TranslationProvidersService) List(ctx context.Context, teamID int64, o *ListOptions, opts ...RequestOption) (*Page[TranslationProvider], error) {
	return listPage(ctx, s.listCall(teamID, opts), o.paging(), decodeTranslationProvider)
}

// All goes through all providers that a team can order from, page by page.
//
// It needs the scope read_team_orders.
// https://developers.lokalise.com/reference/list-all-providers
//
//lokalise:op GET /teams/{team_id}/translation_providers
func (s *TranslationProvidersService) All(ctx context.Context, teamID int64, o *ListOptions, opts ...RequestOption) iter.Seq2[*TranslationProvider, error] {
	return iterate(ctx, s.listCall(teamID, opts), o.paging(), decodeTranslationProvider)
}

func (s *TranslationProvidersService) listCall(teamID int64, opts []RequestOption) *call {
	r := s.client.newCall(http.MethodGet, "/teams/{team_id}/translation_providers", opts)
	r.path.id(teamID)
	r.result = "translation_providers"
	return r
}

// Get returns a provider with its tiers and prices.
//
// It needs the scope read_team_orders.
// https://developers.lokalise.com/reference/retrieve-a-provider
//
//lokalise:op GET /teams/{team_id}/translation_providers/{provider_id}
func (s *TranslationProvidersService) Get(ctx context.Context, teamID, providerID int64, opts ...RequestOption) (*TranslationProvider, error) {
	r := s.client.newCall(http.MethodGet, "/teams/{team_id}/translation_providers/{provider_id}", opts)
	r.path.id(teamID)
	r.path.id(providerID)
	return one(ctx, r, decodeTranslationProvider)
}
