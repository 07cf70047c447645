package api

import (
	"fmt"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// providerBody is a provider on the wire.
type providerBody struct {
	ProviderID   int64  `json:"provider_id"`
	Name         string `json:"name"`
	Slug         string `json:"slug"`
	PricePairMin string `json:"price_pair_min"` // US dollars, always text
	WebsiteURL   string `json:"website_url"`
	Description  string `json:"description"`
}

type providerTier struct {
	TierID int64  `json:"tier_id"`
	Title  string `json:"title"`
}

// providerPair is a direction of translation. The price was a text in
// recordings up to 2021, and is a number since.
type providerPair struct {
	TierID       int64   `json:"tier_id"`
	PricePerWord float64 `json:"price_per_word"` // US dollars
	FromLangISO  string  `json:"from_lang_iso"`
	FromLangName string  `json:"from_lang_name"`
	ToLangISO    string  `json:"to_lang_iso"`
	ToLangName   string  `json:"to_lang_name"`
}

func providerView(p state.Provider) providerBody {
	return providerBody{p.ID, p.Name, p.Slug, fmt.Sprintf("%.2f", p.PairMinimum), p.Website, p.Description}
}

func listTranslationProviders(c *call) (any, error) {
	p, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.viewTeam(anyMember, func(*state.Tx, *state.Team) (any, error) {
		return struct {
			Providers []providerBody `json:"translation_providers"`
		}{slicePage(c, p, state.Providers(), providerView)}, nil
	})
}

func getTranslationProvider(c *call) (any, error) {
	id, err := c.pathID("provider_id")
	if err != nil {
		return nil, err
	}
	return c.viewTeam(anyMember, func(*state.Tx, *state.Team) (any, error) {
		p := state.ProviderByID(id)
		if p == nil {
			return nil, errNotFound
		}
		return providerDetails(p), nil
	})
}

func providerDetails(p *state.Provider) any {
	tiers := make([]providerTier, len(p.Tiers))
	for i, tier := range p.Tiers {
		tiers[i] = providerTier{tier.ID, tier.Title}
	}
	directions := p.Pairs()
	pairs := make([]providerPair, len(directions))
	for i, d := range directions {
		pairs[i] = providerPair{d.TierID, d.PricePerWord, d.From.ISO, d.From.Name, d.To.ISO, d.To.Name}
	}
	return struct {
		providerBody
		Tiers []providerTier `json:"tiers"`
		Pairs []providerPair `json:"pairs"`
	}{providerView(*p), tiers, pairs}
}
