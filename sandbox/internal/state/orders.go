package state

import (
	"crypto/sha256"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Order is an order of translations that was placed.
type Order struct {
	TeamID         int64
	ID             int64  // its place among the orders of its world
	Number         string // what the API calls its id
	ProjectID      string
	Branch         string // empty: none was named
	PaymentMethod  string
	CardID         int64 // 0: none
	Status         string
	CreatedAt      time.Time
	CreatedBy      int64 // user
	SourceISO      string
	Targets        []OrderTarget
	KeyIDs         []int64
	ProviderSlug   string
	Style          string // empty: the provider has no styles
	TierID         int64
	Briefing       string
	SavedToMemory  bool
	SourceLanguage int64 // language id
	Total          float64
}

// OrderTarget is a language that an order is for.
type OrderTarget struct {
	LanguageID int64
	ISO        string
	Words      int // of the source texts
}

// Statuses of an order, as recorded.
const (
	OrderDraft      = "draft"
	OrderInProgress = "in progress"
	OrderCompleted  = "completed"
)

// OrderJob is the kind of the job that completes an order. Its argument is the
// team and the id, see [Tx.OrderOf].
const OrderJob = "order"

// PlaceOrder puts an order in under a new number and plans its completion. How
// long an order takes is assumed: the provider's time.
func (tx *Tx) PlaceOrder(o Order) *Order {
	o.ID, o.CreatedAt, o.Status = tx.NextID("orders"), tx.Now(), OrderInProgress
	o.Number = tx.orderNumber(o.TeamID, o.ID)
	tx.Orders.Put(tx, &o)
	tx.Schedule(OrderJob, TeamKey(o.TeamID)+"/"+strconv.FormatInt(o.ID, 10), ProviderBySlug(o.ProviderSlug).Takes)
	return &o
}

// OrderOf is the order that an [OrderJob] is about, or nil.
func (tx *Tx) OrderOf(j *Job) *Order {
	team, id, _ := strings.Cut(j.Arg, "/")
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return nil
	}
	return tx.Orders.Get(team, n)
}

// OrderNumbered returns a team's order by its number, or nil.
func (tx *Tx) OrderNumbered(teamID int64, number string) *Order {
	for _, o := range tx.Orders.Named(TeamKey(teamID), number) {
		return o
	}
	return nil
}

// orderNumber is a number of the recorded form, for example 20200620NFL: the
// day and three letters or digits.
func (tx *Tx) orderNumber(teamID, id int64) string {
	const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	day := tx.Now().Format("20060102")
	for try := uint64(0); ; try++ {
		seed := binary.BigEndian.AppendUint64([]byte("order"), uint64(id)) //nolint:gosec // counts up from 1
		sum := sha256.Sum256(binary.BigEndian.AppendUint64(seed, try))
		number := day
		for _, b := range sum[:orderLetters(try)] {
			number += string(digits[int(b)%len(digits)])
		}
		if tx.OrderNumbered(teamID, number) == nil {
			return number
		}
	}
}

// orderLetters grows with what was tried in vain, so that a day with very many
// orders does not run out of numbers.
func orderLetters(tries uint64) uint64 { return min(3+tries/64, 16) }

// CompleteOrder marks an order as completed and puts the translations in. What
// the sandbox's providers translate is the source text behind the code of the
// language, so that nobody takes it for a translation. Texts that somebody
// reviewed stay (assumed), and so does everything once the project is gone.
func (tx *Tx) CompleteOrder(old *Order) *Order {
	o := *old
	o.Status = OrderCompleted
	tx.Orders.Put(tx, &o)
	content := BranchContent(o.ProjectID, o.Branch)
	for _, id := range o.KeyIDs {
		if k := tx.Keys.Get(content, id); k != nil {
			tx.deliver(&o, k)
		}
	}
	return &o
}

func (tx *Tx) deliver(o *Order, k *Key) {
	source := tx.TranslationOf(k, o.SourceLanguage)
	if source == nil {
		return
	}
	for _, target := range o.Targets {
		l := tx.Languages.Get(k.Content, target.LanguageID)
		old := tx.TranslationOf(k, target.LanguageID)
		if l == nil || old == nil || old.IsReviewed {
			continue
		}
		t := *old
		t.Text, t.IsUnverified = ordered(source.Text, target.ISO, l.PluralForms), false
		t.Segments = nil
		tx.PutTranslation(t, o.CreatedBy)
	}
}

// ordered is what a provider delivers for a text.
func ordered(text, iso string, forms []string) string {
	texts, ok := Plurals(text)
	if !ok {
		return "[" + iso + "] " + text
	}
	translated := make(map[string]string, len(forms))
	for _, form := range forms {
		from := texts[form]
		if from == "" {
			from = texts["other"]
		}
		translated[form] = "[" + iso + "] " + from
	}
	return PluralText(forms, translated)
}

// Price fills in the words and the total of an order, in US dollars. Each pair
// of languages costs its words, and the provider's minimum at least. It is
// false when the provider does not translate into one of the languages.
func (tx *Tx) Price(o *Order) bool {
	p := ProviderBySlug(o.ProviderSlug)
	words := tx.orderWords(o)
	o.Targets = slices.Clone(o.Targets)
	cents := 0.0
	for i := range o.Targets {
		target := &o.Targets[i]
		perWord, there := p.PricePerWord(o.TierID, o.SourceLanguage, target.LanguageID)
		if !there {
			return false
		}
		target.Words = words
		cents += max(p.PairMinimum, perWord*float64(words)) * 100
	}
	o.Total = roundCents(cents)
	return true
}

// orderWords counts the words of an order's source texts.
func (tx *Tx) orderWords(o *Order) int {
	content := BranchContent(o.ProjectID, o.Branch)
	words := 0
	for _, id := range o.KeyIDs {
		if k := tx.Keys.Get(content, id); k != nil {
			if t := tx.TranslationOf(k, o.SourceLanguage); t != nil {
				words += Words(t.Text)
			}
		}
	}
	return words
}
