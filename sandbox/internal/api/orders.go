package api

import (
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// orderBody is an order as lists and orders.get show it.
type orderBody struct {
	OrderID             string         `json:"order_id"`
	ProjectID           string         `json:"project_id"`
	Branch              *string        `json:"branch"`
	PaymentMethod       string         `json:"payment_method"`
	CardID              *int64         `json:"card_id"`
	Status              string         `json:"status"`
	CreatedAt           string         `json:"created_at"`
	CreatedAtTimestamp  int64          `json:"created_at_timestamp"`
	CreatedBy           int64          `json:"created_by"`
	CreatedByEmail      string         `json:"created_by_email"`
	SourceLanguageISO   string         `json:"source_language_iso"`
	TargetLanguageISOs  []string       `json:"target_language_isos"`
	Keys                []int64        `json:"keys"`
	SourceWords         map[string]int `json:"source_words"`
	ProviderSlug        string         `json:"provider_slug"`
	TranslationStyle    *string        `json:"translation_style"`
	TranslationTier     int64          `json:"translation_tier"`
	TranslationTierName *string        `json:"translation_tier_name"`
	Briefing            *string        `json:"briefing"`
	IsSavedToMemory     bool           `json:"is_saved_to_translation_memory"`
	Total               float64        `json:"total"` // US dollars
}

// textOrNull is null for an empty text.
func textOrNull(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func orderView(tx *state.Tx, o *state.Order) orderBody {
	body := orderBody{
		OrderID: o.Number, ProjectID: o.ProjectID, Branch: textOrNull(o.Branch), PaymentMethod: o.PaymentMethod, Status: o.Status,
		CreatedAt: apiTime(o.CreatedAt), CreatedAtTimestamp: o.CreatedAt.Unix(), CreatedBy: o.CreatedBy, CreatedByEmail: emailOf(tx, o.CreatedBy),
		SourceLanguageISO: o.SourceISO, TargetLanguageISOs: targetISOs(o), Keys: o.KeyIDs, SourceWords: sourceWords(o),
		ProviderSlug: o.ProviderSlug, TranslationStyle: textOrNull(o.Style), TranslationTier: o.TierID,
		TranslationTierName: textOrNull(tierTitle(o)), Briefing: textOrNull(o.Briefing), IsSavedToMemory: o.SavedToMemory, Total: o.Total,
	}
	if o.CardID != 0 {
		body.CardID = &o.CardID
	}
	return body
}

func targetISOs(o *state.Order) []string {
	isos := make([]string, len(o.Targets))
	for i, target := range o.Targets {
		isos[i] = target.ISO
	}
	return isos
}

func sourceWords(o *state.Order) map[string]int {
	words := make(map[string]int, len(o.Targets))
	for _, target := range o.Targets {
		words[target.ISO] = target.Words
	}
	return words
}

func tierTitle(o *state.Order) string {
	if p := state.ProviderBySlug(o.ProviderSlug); p != nil {
		if tier := p.Tier(o.TierID); tier != nil {
			return tier.Title
		}
	}
	return ""
}

// listOrders lists in the order in which orders were placed (assumed).
func listOrders(c *call) (any, error) {
	p, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	return c.viewTeam(teamPayer, func(tx *state.Tx, t *state.Team) (any, error) {
		return struct {
			Orders []orderBody `json:"orders"`
		}{tablePage(c, p, tx.Orders, state.TeamKey(t.ID), func(o *state.Order) orderBody { return orderView(tx, o) })}, nil
	})
}

func getOrder(c *call) (any, error) {
	return c.viewTeam(teamPayer, func(tx *state.Tx, t *state.Team) (any, error) {
		o := tx.OrderNumbered(t.ID, c.params["order_id"])
		if o == nil {
			return nil, errNotFound
		}
		return orderView(tx, o), nil
	})
}

// completeOrder is the job that ends an order. The order may be gone by then,
// and so may its project.
func completeOrder(w *state.World, j *state.Job) {
	_ = w.Update(func(tx *state.Tx) error { // fails with the storage, which says so itself
		if !tx.Done(j) {
			return nil
		}
		o := tx.OrderOf(j)
		if o == nil {
			return nil
		}
		o = tx.CompleteOrder(o)
		if p := tx.Projects.Get("", o.ProjectID); p != nil {
			emitOrderCompleted(tx, p, o)
		}
		return nil
	})
}
