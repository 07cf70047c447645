package state

import (
	"math"
	"slices"
	"time"
)

// Provider translates for money. Names, slugs and ids are recorded, since
// requests name them; texts and prices are the sandbox's own.
type Provider struct {
	ID          int64
	Name        string
	Slug        string
	Website     string
	Description string
	PairMinimum float64 // US dollars for each pair of languages
	Tiers       []ProviderTier
	Styles      bool          // offers styles of translation
	Machine     bool          // no people
	Takes       time.Duration // for an order, on the sandbox's clock
}

// ProviderTier is a quality that a provider offers.
type ProviderTier struct {
	ID    int64
	Title string
	Price float64 // US dollars for a word between languages of the first group
}

const (
	machineTakes = time.Minute
	peopleTake   = 24 * time.Hour
)

var providers = []Provider{
	{
		ID: 1, Name: "Gengo", Slug: "gengo", Website: "https://gengo.com",
		Description: "People who translate short texts. In the sandbox nobody does.", Styles: true, Takes: peopleTake,
		Tiers: []ProviderTier{{1, "Native speaker", 0.08}, {2, "Professional translator", 0.15}},
	},
	{
		ID: 3, Name: "Google", Slug: "google", Website: "https://translate.google.com",
		Description: "Machine translation. In the sandbox no machine translates.", Machine: true, Takes: machineTakes,
		Tiers: []ProviderTier{{1, "Machine translation", 0.0005}},
	},
	{
		ID: 4, Name: "Lokalise", Slug: "lokalise", Website: "https://lokalise.com", PairMinimum: 10,
		Description: "Professional linguists. In the sandbox there are none.", Takes: peopleTake,
		Tiers: []ProviderTier{{1, "Translation", 0.12}, {2, "Translation and revision", 0.18}, {3, "Proofreading", 0.06}},
	},
	{
		ID: 5, Name: "DeepL", Slug: "deepl", Website: "https://deepl.com",
		Description: "Machine translation. In the sandbox no machine translates.", Machine: true, Takes: machineTakes,
		Tiers: []ProviderTier{{1, "Machine translation", 0.0006}},
	},
}

// Providers lists the providers, which are the same for every team (assumed).
// Nobody changes the list.
func Providers() []Provider { return providers }

// ProviderBySlug returns a provider, or nil.
func ProviderBySlug(slug string) *Provider {
	return providerWhere(func(p *Provider) bool { return p.Slug == slug })
}

// ProviderByID returns a provider, or nil.
func ProviderByID(id int64) *Provider {
	return providerWhere(func(p *Provider) bool { return p.ID == id })
}

func providerWhere(is func(*Provider) bool) *Provider {
	for i := range providers {
		if is(&providers[i]) {
			return &providers[i]
		}
	}
	return nil
}

// Tier returns a tier of the provider, or nil.
func (p *Provider) Tier(id int64) *ProviderTier {
	for i := range p.Tiers {
		if p.Tiers[i].ID == id {
			return &p.Tiers[i]
		}
	}
	return nil
}

// ProviderPair is a direction in which a provider translates.
type ProviderPair struct {
	TierID       int64
	PricePerWord float64 // US dollars
	From, To     SystemLanguage
}

// orderedFrom are the codes of the languages that providers translate from.
var orderedFrom = []string{"en", "en_US", "en_GB", "de", "fr", "es", "it", "pt_BR", "ja", "zh_CN", "ru", "pl"}

// dear are the codes of the languages that cost more: there are fewer people
// who translate them.
var dear = []string{"ja", "ko", "zh_CN", "zh_TW", "da", "fi", "nb", "sv", "is", "he"}

// Pairs lists every direction and tier of the provider.
func (p *Provider) Pairs() []ProviderPair {
	var pairs []ProviderPair
	for _, tier := range p.Tiers {
		for _, iso := range orderedFrom {
			from, _ := LanguageByISO(iso)
			for _, to := range systemLanguages {
				if price, ok := p.PricePerWord(tier.ID, from.ID, to.ID); ok {
					pairs = append(pairs, ProviderPair{tier.ID, price, from, to})
				}
			}
		}
	}
	return pairs
}

// PricePerWord is what a word costs in US dollars, or false where the provider
// does not translate. People cost half as much again for some languages.
func (p *Provider) PricePerWord(tierID, from, to int64) (price float64, ok bool) {
	tier := p.Tier(tierID)
	source, target := SystemLanguageByID(from), SystemLanguageByID(to)
	if tier == nil || source == nil || target == nil || from == to || !slices.Contains(orderedFrom, source.ISO) {
		return 0, false
	}
	if !p.Machine && (slices.Contains(dear, source.ISO) || slices.Contains(dear, target.ISO)) {
		return roundCents(tier.Price * 150), true
	}
	return tier.Price, true
}

// roundCents turns cents into dollars, with whole cents.
func roundCents(cents float64) float64 { return math.Round(cents) / 100 }

// SystemLanguageByID returns a language that projects can have, or nil.
func SystemLanguageByID(id int64) *SystemLanguage {
	for i := range systemLanguages {
		if systemLanguages[i].ID == id {
			return &systemLanguages[i]
		}
	}
	return nil
}
