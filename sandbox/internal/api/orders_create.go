package api

import (
	"cmp"
	"slices"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// orderCreated answers orders.create. It repeats keys, card and tier in the
// JSON types of the request (recorded), and has no style.
type orderCreated struct {
	OrderID             *string        `json:"order_id"` // null for a dry run
	ProjectID           string         `json:"project_id"`
	Branch              string         `json:"branch"`
	CardID              jsontext.Value `json:"card_id"`
	PaymentMethod       string         `json:"payment_method"`
	Status              string         `json:"status"`
	CreatedAt           string         `json:"created_at"`
	CreatedAtTimestamp  int64          `json:"created_at_timestamp"`
	CreatedBy           int64          `json:"created_by"`
	CreatedByEmail      string         `json:"created_by_email"`
	SourceLanguageISO   string         `json:"source_language_iso"`
	TargetLanguageISOs  []string       `json:"target_language_isos"`
	Keys                jsontext.Value `json:"keys"`
	SourceWords         map[string]int `json:"source_words"`
	ProviderSlug        string         `json:"provider_slug"`
	TranslationTier     jsontext.Value `json:"translation_tier"`
	TranslationTierName string         `json:"translation_tier_name"`
	Briefing            string         `json:"briefing"`
	Total               float64        `json:"total"` // US dollars
	DryRun              bool           `json:"dry_run"`
}

// orderCreate is the body of orders.create.
type orderCreate struct {
	order   state.Order
	targets []string
	dryRun  bool
	// As they were sent, for the answer.
	keys, card, tier jsontext.Value
}

const (
	payByCard   = "credit_card"
	payByCredit = "team_credit"
)

// orderStyles are the documented ones. Only one provider has styles.
var orderStyles = []string{"formal", "informal", "business", "friendly"}

// createOrder prices an order and places it, unless it is a dry run.
func createOrder(c *call) (any, error) {
	in, err := readOrder(c.bodyObject())
	if err != nil {
		return nil, err
	}
	return c.updateTeam(teamPayer, func(tx *state.Tx, t *state.Team) (any, error) {
		p, err := c.orderedProject(tx, t, &in)
		if err != nil {
			return nil, err
		}
		in.order.TeamID, in.order.CreatedBy, in.order.CreatedAt = t.ID, c.who.userID, tx.Now()
		if err := in.resolve(tx, p, c.who.userID); err != nil {
			return nil, err
		}
		if in.dryRun {
			in.order.Status = state.OrderDraft
			return in.answer(tx, &in.order), nil
		}
		placed := tx.PlaceOrder(in.order)
		c.emitOrder(tx, p, placed)
		return in.answer(tx, placed), nil
	})
}

// orderedProject finds the project of the order, which must be the team's, and
// its branch.
func (c *call) orderedProject(tx *state.Tx, t *state.Team, in *orderCreate) (*state.Project, error) {
	p := tx.Projects.Get("", in.order.ProjectID)
	if p == nil || p.TeamID != t.ID {
		return nil, invalidParameter("project_id")
	}
	if b := in.order.Branch; b != "" && b != state.MasterBranch && tx.BranchNamed(p.ID, b) == nil {
		return nil, invalidParameter("branch")
	}
	return p, nil
}

func (in *orderCreate) answer(tx *state.Tx, o *state.Order) orderCreated {
	return orderCreated{
		OrderID: textOrNull(o.Number), ProjectID: o.ProjectID, Branch: cmp.Or(o.Branch, state.MasterBranch), CardID: in.card,
		PaymentMethod: o.PaymentMethod, Status: o.Status, CreatedAt: apiTime(o.CreatedAt), CreatedAtTimestamp: o.CreatedAt.Unix(),
		CreatedBy: o.CreatedBy, CreatedByEmail: emailOf(tx, o.CreatedBy), SourceLanguageISO: o.SourceISO, TargetLanguageISOs: targetISOs(o),
		Keys: in.keys, SourceWords: sourceWords(o), ProviderSlug: o.ProviderSlug, TranslationTier: in.tier, TranslationTierName: tierTitle(o),
		Briefing: o.Briefing, Total: o.Total, DryRun: in.dryRun,
	}
}

// readOrder reads what the body alone can tell.
func readOrder(o object) (in orderCreate, err error) {
	in.order = state.Order{PaymentMethod: payByCard, SavedToMemory: true}
	for _, read := range []func(object) error{in.readTexts, in.readWork, in.readPayment, in.readProvider} {
		if err := read(o); err != nil {
			return in, err
		}
	}
	if err := o.optionalFlag("is_saved_to_translation_memory", &in.order.SavedToMemory); err != nil {
		return in, err
	}
	return in, o.optionalFlag("dry_run", &in.dryRun)
}

func (in *orderCreate) readTexts(o object) error {
	for _, field := range []struct {
		name string
		to   *string
		must bool
	}{
		{"project_id", &in.order.ProjectID, true},
		{"branch", &in.order.Branch, false},
		{"briefing", &in.order.Briefing, true},
		{"source_language_iso", &in.order.SourceISO, false},
	} {
		if err := o.optionalText(field.name, field.to); err != nil {
			return err
		}
		if field.must && *field.to == "" {
			return invalidParameter(field.name)
		}
	}
	return nil
}

// readWork reads what is to be translated. Each key counts once.
func (in *orderCreate) readWork(o object) error {
	var ok bool
	if in.targets, ok = o.texts("target_language_isos"); !ok || len(in.targets) == 0 {
		return invalidParameter("target_language_isos")
	}
	ids, ok := o.numbers("keys")
	if !ok || len(ids) == 0 {
		return invalidParameter("keys")
	}
	in.order.KeyIDs = union([]int64{}, ids)
	in.keys, _ = o.get("keys")
	return nil
}

// readPayment reads how the order is paid: a card is needed for one way only
// (documented).
func (in *orderCreate) readPayment(o object) error {
	if err := o.optionalText("payment_method", &in.order.PaymentMethod); err != nil {
		return err
	}
	switch in.order.PaymentMethod {
	case payByCard:
		var ok bool
		if in.order.CardID, ok = o.number("card_id"); !ok {
			return invalidParameter("card_id")
		}
		in.card, _ = o.get("card_id")
	case payByCredit:
		in.card = jsontext.Value("null")
	default:
		return invalidParameter("payment_method")
	}
	return nil
}

func (in *orderCreate) readProvider(o object) error {
	in.order.ProviderSlug, _ = o.text("provider_slug")
	p := state.ProviderBySlug(in.order.ProviderSlug)
	if p == nil {
		return invalidParameter("provider_slug")
	}
	in.order.TierID, _ = o.number("translation_tier")
	if p.Tier(in.order.TierID) == nil {
		return invalidParameter("translation_tier")
	}
	in.tier, _ = o.get("translation_tier")
	style := "friendly"
	if err := o.optionalText("translation_style", &style); err != nil {
		return err
	}
	if !slices.Contains(orderStyles, style) {
		return invalidParameter("translation_style")
	}
	if p.Styles {
		in.order.Style = style
	}
	return nil
}

// resolve finds languages, keys and card, and prices the order. The source is
// the base language when none is named (documented).
func (in *orderCreate) resolve(tx *state.Tx, p *state.Project, userID int64) error {
	content := state.BranchContent(p.ID, in.order.Branch)
	source := tx.Languages.Get(content, p.BaseID)
	if in.order.SourceISO != "" {
		source = projectLanguage(tx, content, in.order.SourceISO)
	}
	if source == nil {
		return invalidParameter("source_language_iso")
	}
	in.order.SourceLanguage, in.order.SourceISO = source.ID, source.ISO
	for _, iso := range union([]string{}, in.targets) {
		l := projectLanguage(tx, content, iso)
		if l == nil {
			return invalidParameter("target_language_isos")
		}
		in.order.Targets = append(in.order.Targets, state.OrderTarget{LanguageID: l.ID, ISO: l.ISO})
	}
	for _, id := range in.order.KeyIDs {
		if tx.Keys.Get(content, id) == nil {
			return invalidParameter("keys")
		}
	}
	if in.order.CardID != 0 && tx.Cards.Get(state.IDKey(userID), in.order.CardID) == nil || in.order.CardID == 0 && in.order.PaymentMethod == payByCard {
		return invalidParameter("card_id")
	}
	if !tx.Price(&in.order) {
		return invalidParameter("target_language_isos")
	}
	return nil
}
