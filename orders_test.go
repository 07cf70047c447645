package lokalise_test

import (
	"context"
	"encoding/json"
	"iter"
	"net/http"
	"reflect"
	"testing"

	"github.com/golokalise/lokalise"
)

const (
	oneOrder = `{"order_id": "20260302ABC", "project_id": "20008339586cded200e0d8.29879849", "branch": null,
	 "payment_method": "credit_card", "card_id": 1774, "status": "in progress", "created_at": "2026-03-02 08:15:00 (Etc/UTC)",
	 "created_at_timestamp": 1772439300, "created_by": 4711, "created_by_email": "ada@example.com", "source_language_iso": "en",
	 "target_language_isos": ["lv", "de_AT"], "keys": [11, 12], "source_words": {"lv": 7, "de_AT": 7}, "provider_slug": "gengo",
	 "translation_style": "friendly", "translation_tier": 1, "translation_tier_name": "Native speaker", "briefing": null,
	 "total": 0.140}`
	// echoedOrder is how an order came back that was made with texts where
	// others have numbers (quirk: the answer to Create echoes the request).
	echoedOrder = `{"order_id": null, "project_id": "p", "card_id": "1774", "status": "draft", "created_at": "2026-03-02 08:15:00 (Etc/UTC)",
	 "created_by": "4711", "created_by_email": "ada@example.com", "source_language_iso": "en", "target_language_isos": [], "keys": ["11", "12"],
	 "source_words": {}, "provider_slug": "google", "translation_tier": "1", "translation_tier_name": null, "briefing": "", "total": 0.21,
	 "dry_run": true}`
)

// number reads a number as the wire has it.
func number(t *testing.T, text string) lokalise.Number {
	t.Helper()
	var n lokalise.Number
	if err := json.Unmarshal([]byte(text), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

func wantOrder(t *testing.T) lokalise.Order {
	t.Helper()
	return lokalise.Order{
		OrderID:             lokalise.Some("20260302ABC"),
		ProjectID:           projectID,
		Branch:              lokalise.Null[string](),
		PaymentMethod:       lokalise.Some(lokalise.OrderPaymentCreditCard),
		CardID:              number(t, "1774"),
		Status:              lokalise.OrderStatusInProgress,
		CreatedAt:           march2(),
		CreatedAtTimestamp:  march2Timestamp,
		CreatedBy:           number(t, "4711"),
		CreatedByEmail:      "ada@example.com",
		SourceLanguageISO:   "en",
		TargetLanguageISOs:  []string{"lv", "de_AT"},
		Keys:                []lokalise.Number{number(t, "11"), number(t, "12")},
		SourceWords:         map[string]int64{"lv": 7, "de_AT": 7},
		ProviderSlug:        "gengo",
		TranslationStyle:    lokalise.Some(lokalise.OrderStyleFriendly),
		TranslationTier:     number(t, "1"),
		TranslationTierName: lokalise.Some("Native speaker"),
		Briefing:            lokalise.Null[string](),
		Total:               number(t, "0.140"),
	}
}

func TestOrderOperations(t *testing.T) {
	t.Parallel()
	order := wantOrder(t)
	cases := asList(opCase{
		op:     "GET /teams/{team_id}/orders",
		path:   "/api2/teams/815/orders",
		query:  "page=3",
		answer: `{"orders": [` + oneOrder + `]}`,
		want:   []lokalise.Order{order},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.Order], error) {
		return c.Orders.List(ctx, 815, &lokalise.ListOptions{Page: 3})
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.Order, error] {
		return c.Orders.All(ctx, 815, &lokalise.ListOptions{Page: 3})
	})
	cases = append(cases,
		opCase{
			op:     "GET /teams/{team_id}/orders/{order_id}",
			path:   "/api2/teams/815/orders/20260302%2FABC",
			answer: oneOrder,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Orders.Get(ctx, 815, "20260302/ABC")
			},
			want: &order,
		},
		opCase{
			op:   "POST /teams/{team_id}/orders",
			path: "/api2/teams/815/orders",
			body: `{"project_id": "20008339586cded200e0d8.29879849", "branch": "main", "payment_method": "team_credit", "card_id": 1774,
			 "briefing": "", "source_language_iso": "en", "target_language_isos": ["lv"], "keys": [11, 12], "provider_slug": "deepl",
			 "translation_tier": 1, "is_saved_to_translation_memory": false, "dry_run": true, "translation_style": "formal"}`,
			answer: oneOrder,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.Orders.Create(ctx, 815, &lokalise.OrderCreateRequest{
					ProjectID:                  projectID,
					Branch:                     lokalise.Some("main"),
					PaymentMethod:              lokalise.OrderPaymentTeamCredit,
					CardID:                     lokalise.Some[int64](1774),
					SourceLanguageISO:          "en",
					TargetLanguageISOs:         []string{"lv"},
					Keys:                       []int64{11, 12},
					ProviderSlug:               "deepl",
					TranslationTier:            1,
					IsSavedToTranslationMemory: lokalise.Some(false),
					DryRun:                     lokalise.Some(true),
					TranslationStyle:           lokalise.OrderStyleFormal,
				})
			},
			want: &order,
		},
	)
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestOrderIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{oneOrder, echoedOrder} {
		assertWrittenAsRead(t, text, new(lokalise.Order))
	}
}

func TestOrderOfDryRunHasNoIdentifierAndTextsForNumbers(t *testing.T) {
	t.Parallel()
	var order lokalise.Order
	if err := json.Unmarshal([]byte(echoedOrder), &order); err != nil {
		t.Fatal(err)
	}
	if !order.OrderID.IsNull() || !order.DryRun.Or(false) || !order.Branch.IsZero() || !order.TranslationStyle.IsZero() {
		t.Errorf("got %+v", order)
	}
	card, ok := order.CardID.Int64()
	price, priced := order.Total.Float64()
	if !ok || card != 1774 || !priced || price != 0.21 || len(order.Keys) != 2 || order.Keys[1].String() != "12" {
		t.Errorf("got %+v", order)
	}
}

// The project and its branch stand in two members of the body.
func TestOrderOfABranch(t *testing.T) {
	t.Parallel()
	for want, body := range map[string]*lokalise.OrderCreateRequest{
		"p dev":   {ProjectID: lokalise.ProjectID("p").Branch("dev")},
		"p other": {ProjectID: lokalise.ProjectID("p").Branch("dev"), Branch: lokalise.Some("other")},
		"p ":      {ProjectID: "p"},
	} {
		client := newServer(t, func(w http.ResponseWriter, r *http.Request) {
			var sent struct {
				Project string `json:"project_id"`
				Branch  string `json:"branch"`
			}
			if err := json.NewDecoder(r.Body).Decode(&sent); err != nil || sent.Project+" "+sent.Branch != want {
				t.Errorf("sent %+v, %v, want %s", sent, err, want)
			}
			answer(http.StatusOK, oneOrder)(w, r)
		})
		before := *body
		if _, err := client.Orders.Create(t.Context(), 815, body); err != nil || !reflect.DeepEqual(before, *body) {
			t.Errorf("%s: %v", want, err)
		}
	}
}
