package api

import (
	"strconv"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// paymentCardBody is a card on the wire: the end of its number, never the whole.
type paymentCardBody struct {
	CardID             int64  `json:"card_id"`
	Last4              string `json:"last4"`
	Brand              string `json:"brand"`
	CreatedAt          string `json:"created_at"`
	CreatedAtTimestamp int64  `json:"created_at_timestamp"`
}

func paymentCardView(card *state.Card) paymentCardBody {
	return paymentCardBody{card.ID, card.Last4, card.Brand, apiTime(card.CreatedAt), card.CreatedAt.Unix()}
}

// userEnvelope stands around answers about the caller's own.
type userEnvelope struct {
	UserID int64 `json:"user_id"`
}

func listPaymentCards(c *call) (any, error) {
	p, err := c.offsetPage()
	if err != nil {
		return nil, err
	}
	answer := struct {
		userEnvelope
		Cards []paymentCardBody `json:"payment_cards"`
	}{userEnvelope: userEnvelope{c.who.userID}}
	err = c.who.world.View(func(tx *state.Tx) error {
		answer.Cards = tablePage(c, p, tx.Cards, state.IDKey(c.who.userID), paymentCardView)
		return nil
	})
	return answer, err
}

// paymentCard is the body of POST /payment_cards without what must not be kept.
type paymentCard struct {
	last4, brand string
	err          error
}

// checkPaymentCard reads the body before anything else can look at it, and
// forgets it. What is wrong with it is said in its turn, after the credential.
func checkPaymentCard(c *call) error {
	c.record.WithholdRequest()
	c.input = readPaymentCard(c.bodyObject())
	c.body = nil
	return nil
}

func readPaymentCard(o object) paymentCard {
	number, ok := digits(o, "number")
	if !ok || !cardNumber(number) {
		return paymentCard{err: invalidParameter("number")}
	}
	if cvc, ok := digits(o, "cvc"); !ok || len(cvc) < 3 || len(cvc) > 4 {
		return paymentCard{err: invalidParameter("cvc")}
	}
	if month, ok := o.number("exp_month"); !ok || month < 1 || month > 12 {
		return paymentCard{err: invalidParameter("exp_month")}
	}
	if year, ok := o.number("exp_year"); !ok || year < 0 {
		return paymentCard{err: invalidParameter("exp_year")}
	}
	return paymentCard{last4: number[len(number)-4:], brand: brand(number)}
}

// digits reads a member that is a number, or a text of digits and spaces.
func digits(o object, name string) (string, bool) {
	text, ok := o.text(name)
	if !ok {
		n, isNumber := o.number(name)
		if !isNumber {
			return "", false
		}
		text = strconv.FormatInt(n, 10)
	}
	text = strings.ReplaceAll(text, " ", "")
	return text, text != "" && !strings.ContainsFunc(text, func(r rune) bool { return r < '0' || r > '9' })
}

// cardNumber tells whether a number has the length and the check digit of a
// card's (ISO/IEC 7812).
func cardNumber(number string) bool {
	const shortest, longest = 12, 19
	if len(number) < shortest || len(number) > longest {
		return false
	}
	sum := 0
	for i := range len(number) {
		d := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			d *= 2
		}
		sum += d/10 + d%10
	}
	return sum%10 == 0
}

// brand is whose card it is, by how the number begins. Visa and MasterCard are
// written as recorded.
func brand(number string) string {
	begins := func(digits int) int { n, _ := strconv.Atoi(number[:digits]); return n }
	switch four, two := begins(4), begins(2); {
	case number[0] == '4':
		return "Visa"
	case two >= 51 && two <= 55, four >= 2221 && four <= 2720:
		return "MasterCard"
	case two == 34, two == 37:
		return "American Express"
	case two == 65, four == 6011:
		return "Discover"
	case two == 35:
		return "JCB"
	case two == 36, two == 38:
		return "Diners Club"
	}
	return "Unknown"
}

func createPaymentCard(c *call) (any, error) {
	input, _ := c.input.(paymentCard)
	if input.err != nil {
		return nil, input.err
	}
	var answer paymentCardBody
	err := c.who.world.Update(func(tx *state.Tx) error {
		card := &state.Card{ID: tx.NextID("cards"), UserID: c.who.userID, Last4: input.last4, Brand: input.brand, CreatedAt: tx.Now()}
		tx.Cards.Put(tx, card)
		answer = paymentCardView(card)
		return nil
	})
	return answer, err
}

func getPaymentCard(c *call) (any, error) {
	id, err := c.pathID("card_id")
	if err != nil {
		return nil, err
	}
	answer := struct {
		userEnvelope
		Card paymentCardBody `json:"payment_card"`
	}{userEnvelope: userEnvelope{c.who.userID}}
	err = c.who.world.View(func(tx *state.Tx) error {
		card := tx.Cards.Get(state.IDKey(c.who.userID), id)
		if card == nil {
			return errNotFound
		}
		answer.Card = paymentCardView(card)
		return nil
	})
	return answer, err
}

type paymentCardDeleted struct {
	CardID      int64 `json:"card_id"`
	CardDeleted bool  `json:"card_deleted"`
}

func deletePaymentCard(c *call) (any, error) {
	id, err := c.pathID("card_id")
	if err != nil {
		return nil, err
	}
	err = c.who.world.Update(func(tx *state.Tx) error {
		if !tx.Cards.Delete(tx, state.IDKey(c.who.userID), id) {
			return errNotFound
		}
		return nil
	})
	return paymentCardDeleted{id, true}, err
}
