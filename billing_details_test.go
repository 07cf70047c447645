package lokalise_test

import (
	"context"
	"testing"

	"github.com/golokalise/lokalise"
)

const oneBilling = `{"billing_email": "bills@example.com", "country_code": "LV", "zip": "LV-6543", "state_code": "", "address1": "Brivibas 1",
 "address2": "", "city": "Riga", "phone": "+371", "company": "Ada SIA", "vatnumber": null}`

func TestBillingDetailsOperations(t *testing.T) {
	t.Parallel()
	details := &lokalise.TeamUserBillingDetails{
		BillingEmail: "bills@example.com", CountryCode: "LV", Zip: "LV-6543", Address1: "Brivibas 1",
		City: "Riga", Phone: "+371", Company: "Ada SIA", VATNumber: lokalise.Null[string](),
	}
	const path = "/api2/teams/815/billing_details"
	for _, c := range []opCase{
		{
			op:     "GET /teams/{team_id}/billing_details",
			path:   path,
			answer: oneBilling,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.BillingDetails.Get(ctx, 815)
			},
			want: details,
		},
		{
			op:   "POST /teams/{team_id}/billing_details",
			path: path,
			body: `{"billing_email": "bills@example.com", "country_code": "US", "zip": "94107", "state_code": "CA", "address1": "Brivibas 1",
			 "address2": "", "city": "Riga", "phone": "+371", "company": "Ada SIA", "vatnumber": "LV123"}`,
			answer: oneBilling,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.BillingDetails.Create(ctx, 815, &lokalise.BillingDetailsRequest{
					BillingEmail: "bills@example.com", CountryCode: "US", Zip: "94107",
					StateCode: lokalise.Some("CA"), Address1: lokalise.Some("Brivibas 1"), Address2: lokalise.Some(""),
					City: lokalise.Some("Riga"), Phone: lokalise.Some("+371"), Company: lokalise.Some("Ada SIA"),
					VATNumber: lokalise.Some("LV123"),
				})
			},
			want: details,
		},
		{
			op:     "PUT /teams/{team_id}/billing_details",
			path:   path,
			body:   `{"billing_email": "bills@example.com", "country_code": "LV", "zip": "LV-6543"}`,
			answer: oneBilling,
			call: func(ctx context.Context, c *lokalise.Client) (any, error) {
				return c.BillingDetails.Update(ctx, 815, &lokalise.BillingDetailsRequest{
					BillingEmail: "bills@example.com", CountryCode: "LV", Zip: "LV-6543",
				})
			},
			want: details,
		},
	} {
		testOperation(t, c)
	}
	assertWrittenAsRead(t, oneBilling, new(lokalise.TeamUserBillingDetails))
}
