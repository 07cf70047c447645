package sandbox_test

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/golokalise/lokalise/sandbox"
)

const cardNumber, cardCode = "5555555555554444", "739"

// card stores a card and returns its id.
func (b *box) card() int64 {
	b.Helper()
	return want[struct {
		ID int64 `json:"card_id"`
	}](b, b.api("POST", "/payment_cards", fmt.Sprintf(`{"number":%q,"cvc":%q,"exp_month":12,"exp_year":2031}`, cardNumber, cardCode)), http.StatusOK).ID
}

func TestCardsKeepNoNumber(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	id := b.card()
	path := fmt.Sprintf("/payment_cards/%d", id)
	got := want[struct {
		UserID int64                         `json:"user_id"`
		Card   struct{ Last4, Brand string } `json:"payment_card"`
	}](t, b.api("GET", path, ""), http.StatusOK)
	if got.UserID != mara || got.Card.Last4 != "4444" || got.Card.Brand != "MasterCard" {
		t.Errorf("%+v", got)
	}
	b.api("POST", "/payment_cards", `{"number":5555555555554444,"cvc":739,"exp_month":"12","exp_year":"2031"}`)
	b.api("POST", "/payment_cards", `{"number":"5555555555554444","cvc":"739"}`)
	b.send("POST", "/api2/payment_cards", `{"number":"5555555555554444","cvc":"739"}`)
	// Three digits are in times and ids as well: the code is looked for where a
	// body would have it.
	for _, secret := range []string{cardNumber, `cvc\W*` + cardCode} {
		if regexp.MustCompile(secret).MatchString(b.journalJSON()) {
			t.Errorf("the journal has %s", secret)
		}
	}
	if a := b.api("DELETE", path, ""); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := b.api("GET", path, ""); a.status != http.StatusNotFound {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestCardsAreChecked(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	for body, name := range map[string]string{
		`{}`: "number",
		`{"number":"4242424242424241","cvc":"123","exp_month":1,"exp_year":2030}`:  "number",
		`{"number":"42","cvc":"123","exp_month":1,"exp_year":2030}`:                "number",
		`{"number":"4242424242424242","cvc":"12","exp_month":1,"exp_year":2030}`:   "cvc",
		`{"number":"4242424242424242","cvc":"123","exp_month":13,"exp_year":2030}`: "exp_month",
		`{"number":"4242424242424242","cvc":"123","exp_month":1}`:                  "exp_year",
	} {
		if a := b.api("POST", "/payment_cards", body); a.status != http.StatusBadRequest || a.message(t) != "Invalid `"+name+"` parameter" {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
}

type order struct {
	ID     *string `json:"order_id"`
	Status string
	Total  float64
	Words  map[string]int `json:"source_words"`
	Keys   []any
	CardID any  `json:"card_id"`
	Tier   any  `json:"translation_tier"`
	DryRun bool `json:"dry_run"`
}

// newKey makes a key with a text in English and returns its id.
func (b *box) newKey(project, name, text string) int64 {
	b.Helper()
	return want[struct {
		Keys []struct {
			ID int64 `json:"key_id"`
		}
	}](b, b.api("POST", "/projects/"+project+"/keys", fmt.Sprintf(
		`{"keys":[{"key_name":%q,"platforms":["web"],"translations":[{"language_iso":"en","translation":%q}]}]}`, name, text)), http.StatusOK).Keys[0].ID
}

func (b *box) orderBody(key, card int64, more string) string {
	return fmt.Sprintf(`{"project_id":%q,"card_id":"%d","briefing":"Short","source_language_iso":"en","target_language_isos":["de","ja"],`+
		`"keys":["%d"],"provider_slug":"gengo","translation_tier":"1"%s}`, mobileApp, card, key, more)
}

func TestOrderIsPricedAndDelivered(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	key, card := b.newKey(mobileApp, "order.me", "Five words in this text"), b.card()
	orders := fmt.Sprintf("/teams/%d/orders", teamApps)

	dry := want[order](t, b.api("POST", orders, b.orderBody(key, card, `,"dry_run":true`)), http.StatusOK)
	// Five words at 8 cents into German, at 12 cents into Japanese.
	if dry.ID != nil || dry.Status != "draft" || !dry.DryRun || dry.Total != 1 || dry.Words["de"] != 5 || dry.Words["ja"] != 5 {
		t.Errorf("%+v", dry)
	}
	placed := want[order](t, b.api("POST", orders, b.orderBody(key, card, "")), http.StatusOK)
	if placed.ID == nil || len(*placed.ID) != len("20200620NFL") || placed.Status != "in progress" || placed.Total != dry.Total {
		t.Fatalf("%+v", placed)
	}
	if placed.Keys[0] != fmt.Sprint(key) || placed.CardID != fmt.Sprint(card) || placed.Tier != "1" {
		t.Errorf("the types of the request are not kept: %+v", placed)
	}
	list := want[struct{ Orders []order }](t, b.api("GET", orders, ""), http.StatusOK).Orders
	if len(list) != 1 || *list[0].ID != *placed.ID || list[0].Keys[0] != float64(key) {
		t.Errorf("%+v", list)
	}
	b.Clock().Advance(25 * time.Hour)
	b.eventually(func() bool {
		return want[order](t, b.api("GET", orders+"/"+*placed.ID, ""), http.StatusOK).Status == "completed"
	})
	if a := b.api("GET", fmt.Sprintf("/projects/%s/keys/%d", mobileApp, key), ""); !strings.Contains(a.body, "[ja] Five words in this text") {
		t.Errorf("no translation: %s", a.body)
	}
}

// eventually waits until the condition holds: what the clock sets off happens
// beside the test.
func (b *box) eventually(holds func() bool) {
	b.Helper()
	for range 200 {
		if holds() {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	b.Fatal("it never happened")
}

func TestOrderIsChecked(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	key, card := b.newKey(mobileApp, "order.me", "Text"), b.card()
	good := b.orderBody(key, card, "")
	for _, change := range [][3]string{
		{mobileApp, backOffice, "project_id"},
		{`"Short"`, `""`, "briefing"},
		{`"source_language_iso":"en"`, `"source_language_iso":"pl"`, "source_language_iso"},
		{`["de","ja"]`, `["pl"]`, "target_language_isos"},
		{`["de","ja"]`, `["en"]`, "target_language_isos"},
		{fmt.Sprintf(`["%d"]`, key), `[1]`, "keys"},
		{`"gengo"`, `"nobody"`, "provider_slug"},
		{`"translation_tier":"1"`, `"translation_tier":9`, "translation_tier"},
		{fmt.Sprintf(`"card_id":"%d"`, card), `"card_id":1`, "card_id"},
		{`"briefing"`, `"payment_method":"cash","briefing"`, "payment_method"},
		{`"briefing"`, `"translation_style":"rude","briefing"`, "translation_style"},
		{`"briefing"`, `"branch":"none","briefing"`, "branch"},
	} {
		body := strings.Replace(good, change[0], change[1], 1)
		a := b.api("POST", fmt.Sprintf("/teams/%d/orders", teamApps), body)
		if a.status != http.StatusBadRequest || a.message(t) != "Invalid `"+change[2]+"` parameter" {
			t.Errorf("%s: %d %s", body, a.status, a.body)
		}
	}
}

func TestProvidersHaveAPriceForWhatTheyOffer(t *testing.T) {
	t.Parallel()
	b := start(t, sandbox.InMemory(), sandbox.WithoutRateLimit())
	path := fmt.Sprintf("/teams/%d/translation_providers", teamApps)
	list := want[struct {
		Providers []struct {
			ID  int64  `json:"provider_id"`
			Min string `json:"price_pair_min"`
		} `json:"translation_providers"`
	}](t, b.api("GET", path, ""), http.StatusOK).Providers
	for _, p := range list {
		one := want[struct {
			Tiers []struct {
				ID int64 `json:"tier_id"`
			}
			Pairs []struct {
				Tier     int64   `json:"tier_id"`
				Price    float64 `json:"price_per_word"`
				From, To string
			}
		}](t, b.api("GET", fmt.Sprintf("%s/%d", path, p.ID), ""), http.StatusOK)
		if !strings.Contains(p.Min, ".") || len(one.Tiers) == 0 || len(one.Pairs) == 0 {
			t.Errorf("%+v: %d tiers, %d pairs", p, len(one.Tiers), len(one.Pairs))
		}
		for _, pair := range one.Pairs {
			if pair.Price <= 0 || pair.Tier < 1 || pair.Tier > int64(len(one.Tiers)) {
				t.Fatalf("%+v", pair)
			}
		}
	}
	if a := b.api("GET", path+"/2", ""); a.status != http.StatusNotFound {
		t.Errorf("%d %s", a.status, a.body)
	}
}
