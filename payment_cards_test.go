package lokalise_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/testutil"
)

const oneCard = `{"card_id": 1774, "last4": "0391", "brand": "Visa", "created_at": "2026-03-02 08:15:00 (Etc/UTC)", "created_at_timestamp": 1772439300}`

// plantedCard is searched for wherever it must not be.
const plantedCard = "4929000000006714"

func cardRequest() *lokalise.PaymentCardCreateRequest {
	return &lokalise.PaymentCardCreateRequest{Number: plantedCard, CVC: "873", ExpMonth: 3, ExpYear: 2031}
}

func TestPaymentCardOperations(t *testing.T) {
	t.Parallel()
	card := lokalise.PaymentCard{CardID: 1774, Last4: "0391", Brand: "Visa", CreatedAt: march2(), CreatedAtTimestamp: march2Timestamp}
	cases := asList(opCase{
		op:     "GET /payment_cards",
		path:   "/api2/payment_cards",
		query:  "limit=1",
		answer: `{"user_id": 4711, "payment_cards": [` + oneCard + `]}`,
		want:   []lokalise.PaymentCard{card},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.PaymentCard], error) {
		return c.PaymentCards.List(ctx, &lokalise.ListOptions{Limit: 1})
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.PaymentCard, error] {
		return c.PaymentCards.All(ctx, &lokalise.ListOptions{Limit: 1})
	})
	cases = append(cases,
		opCase{
			op:     "GET /payment_cards/{card_id}",
			path:   "/api2/payment_cards/1774",
			answer: `{"user_id": 4711, "payment_card": ` + oneCard + `}`,
			call:   func(ctx context.Context, c *lokalise.Client) (any, error) { return c.PaymentCards.Get(ctx, 1774) },
			want:   &card,
		},
		opCase{
			op:     "POST /payment_cards",
			path:   "/api2/payment_cards",
			body:   `{"number": "` + plantedCard + `", "cvc": "873", "exp_month": 3, "exp_year": 2031}`,
			answer: oneCard, // not wrapped, unlike the answer to Get
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.PaymentCards.Create(ctx, cardRequest())
			},
			want: &card,
		},
		opCase{
			op:     "DELETE /payment_cards/{card_id}",
			path:   "/api2/payment_cards/1774",
			answer: `{"card_id": 1774, "card_deleted": true}`,
			call:   func(ctx context.Context, c *lokalise.Client) (any, error) { return c.PaymentCards.Delete(ctx, 1774) },
			want:   &lokalise.CardDeleted{CardID: 1774, CardDeleted: true},
		},
	)
	for _, c := range cases {
		testOperation(t, c)
	}
}

func TestNumberOfPaymentCardIsNeverPrinted(t *testing.T) {
	t.Parallel()
	request := cardRequest()
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		fmt.Fprintf(&out, verb+" "+verb+"\n", request, *request)
	}
	fmt.Fprintf(&out, "%+v\n", struct {
		Card lokalise.PaymentCardCreateRequest
	}{*request})
	timeless := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{} // may have any digits
		}
		return a
	}}
	slog.New(slog.NewTextHandler(&out, timeless)).Info("card", "card", request, "copy", *request)
	slog.New(slog.NewJSONHandler(&out, timeless)).Info("card", "card", request, "copy", *request)
	testutil.AssertNoSecret(t, "card", out.String(), plantedCard)
	if strings.Contains(out.String(), "873") {
		t.Errorf("the digits on the back are there: %s", out.String())
	}
}

// Whatever the API does to say no, the number does not come back in an error or
// in the log.
func TestErrorsDoNotRepeatTheNumberOfPaymentCard(t *testing.T) {
	t.Parallel()
	echo := func(status int, before, after string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, before+string(body)+after)
		}
	}
	for name, handler := range map[string]http.HandlerFunc{
		"details":        echo(http.StatusBadRequest, `{"error": {"message": "Invalid card", "code": 400, "details": `, `}}`),
		"message":        answer(http.StatusBadRequest, `{"message": "Invalid number `+plantedCard+`", "code": 400}`),
		"plain text":     echo(http.StatusInternalServerError, "Failed for ", ""),
		"success":        echo(http.StatusOK, `{"error": `, `}`),
		"no JSON at all": echo(http.StatusOK, "<p>", ""),
		"another type":   echo(http.StatusOK, `{"card_id": `, `}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log bytes.Buffer
			client := newServer(t, handler, lokalise.WithLogger(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))))
			_, err := client.PaymentCards.Create(t.Context(), cardRequest())
			if err == nil {
				t.Fatal("no error")
			}
			fmt.Fprintf(&log, "%v %+v %#v", err, err, err)
			var e *lokalise.APIError
			if errors.As(err, &e) {
				fmt.Fprintf(&log, "%+v %s %s", *e, e.Body, e.Details)
			}
			testutil.AssertNoSecret(t, "error", log.String(), plantedCard)
		})
	}
}
