package lokalise_test

import (
	"context"
	"iter"
	"testing"

	"github.com/golokalise/lokalise"
)

// The price of a word was recorded as a text and as a number.
const (
	listedProvider = `{"provider_id": 4, "name": "Polyglot", "slug": "polyglot", "price_pair_min": "10.00",
	 "website_url": "https://polyglot.example", "description": "<b>Fast</b>"}`
	gottenProvider = `{"provider_id": 4, "name": "Polyglot", "slug": "polyglot", "price_pair_min": "10.00",
	 "website_url": "https://polyglot.example", "description": "", "tiers": [{"tier_id": 1, "title": "Native speaker"}],
	 "pairs": [{"tier_id": 1, "price_per_word": "0.0729927", "from_lang_iso": "en", "from_lang_name": "English", "to_lang_iso": "lv", "to_lang_name": "Latvian"},
	  {"tier_id": 1, "price_per_word": 0.10, "from_lang_iso": "en", "from_lang_name": "English", "to_lang_iso": "de", "to_lang_name": "German"}]}`
)

func TestTranslationProviderOperations(t *testing.T) {
	t.Parallel()
	provider := lokalise.TranslationProvider{
		ProviderID: 4, Name: "Polyglot", Slug: "polyglot", PricePairMin: number(t, `"10.00"`),
		WebsiteURL: "https://polyglot.example", Description: "<b>Fast</b>",
	}
	detailed := provider
	detailed.Description = ""
	detailed.Tiers = lokalise.Some([]lokalise.TranslationProviderTier{{TierID: 1, Title: "Native speaker"}})
	detailed.Pairs = lokalise.Some([]lokalise.TranslationProviderPair{
		{TierID: 1, PricePerWord: number(t, `"0.0729927"`), FromLangISO: "en", FromLangName: "English", ToLangISO: "lv", ToLangName: "Latvian"},
		{TierID: 1, PricePerWord: number(t, "0.10"), FromLangISO: "en", FromLangName: "English", ToLangISO: "de", ToLangName: "German"},
	})
	cases := asList(opCase{
		op:     "GET /teams/{team_id}/translation_providers",
		path:   "/api2/teams/815/translation_providers",
		answer: `{"translation_providers": [` + listedProvider + `]}`,
		want:   []lokalise.TranslationProvider{provider},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.TranslationProvider], error) {
		return c.TranslationProviders.List(ctx, 815, nil)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.TranslationProvider, error] {
		return c.TranslationProviders.All(ctx, 815, nil)
	})
	cases = append(cases, opCase{
		op:     "GET /teams/{team_id}/translation_providers/{provider_id}",
		path:   "/api2/teams/815/translation_providers/4",
		answer: gottenProvider,
		call: func(ctx context.Context, c *lokalise.Client) (any, error) {
			return c.TranslationProviders.Get(ctx, 815, 4)
		},
		want: &detailed,
	})
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestTranslationProviderIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{listedProvider, gottenProvider} {
		assertWrittenAsRead(t, text, new(lokalise.TranslationProvider))
	}
}
