package api

import (
	"net/http"
	"strings"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// billingBody are a team's billing details on the wire. What was not given is
// an empty text, except for the VAT number (recorded).
type billingBody struct {
	Company      string  `json:"company"`
	Address1     string  `json:"address1"`
	Address2     string  `json:"address2"`
	City         string  `json:"city"`
	Zip          string  `json:"zip"`
	Phone        string  `json:"phone"`
	VATNumber    *string `json:"vatnumber"`
	CountryCode  string  `json:"country_code"`
	BillingEmail string  `json:"billing_email"`
	StateCode    string  `json:"state_code"`
}

func billingView(d *state.BillingDetails) billingBody {
	body := billingBody{
		Company: d.Company, Address1: d.Address1, Address2: d.Address2, City: d.City, Zip: d.Zip, Phone: d.Phone,
		CountryCode: d.CountryCode, BillingEmail: d.Email, StateCode: d.StateCode,
	}
	if d.VATNumber != "" {
		body.VATNumber = &d.VATNumber
	}
	return body
}

// getBillingDetails is 404 before there are any (assumed).
func getBillingDetails(c *call) (any, error) {
	return c.viewTeam(teamPayer, func(_ *state.Tx, t *state.Team) (any, error) {
		if t.Billing == nil {
			return nil, errNotFound
		}
		return billingView(t.Billing), nil
	})
}

// createBillingDetails is 400 where there are some already (assumed).
func createBillingDetails(c *call) (any, error) {
	return c.putBillingDetails(func(old *state.BillingDetails) error {
		if old != nil {
			return failure(http.StatusBadRequest, "Billing details of the team are there already; update them")
		}
		return nil
	})
}

// updateBillingDetails replaces the details: what is left out becomes empty
// (assumed). It is 404 where there are none.
func updateBillingDetails(c *call) (any, error) {
	return c.putBillingDetails(func(old *state.BillingDetails) error {
		if old == nil {
			return errNotFound
		}
		return nil
	})
}

func (c *call) putBillingDetails(allow func(old *state.BillingDetails) error) (any, error) {
	details, err := readBilling(c.bodyObject())
	if err != nil {
		return nil, err
	}
	return c.updateTeam(teamPayer, func(tx *state.Tx, t *state.Team) (any, error) {
		if err := allow(t.Billing); err != nil {
			return nil, err
		}
		changed := *t
		changed.Billing = &details
		tx.Teams.Put(tx, &changed)
		return billingView(&details), nil
	})
}

// readBilling reads the details. Which are required is documented by the
// official Node SDK, the state for the United States in a comment.
func readBilling(o object) (d state.BillingDetails, err error) {
	for _, field := range []struct {
		name string
		to   *string
		must bool
	}{
		{"billing_email", &d.Email, true},
		{"country_code", &d.CountryCode, true},
		{"zip", &d.Zip, true},
		{"state_code", &d.StateCode, false},
		{"address1", &d.Address1, false},
		{"address2", &d.Address2, false},
		{"city", &d.City, false},
		{"phone", &d.Phone, false},
		{"company", &d.Company, false},
		{"vatnumber", &d.VATNumber, false},
	} {
		if err := o.optionalText(field.name, field.to); err != nil {
			return d, err
		}
		if field.must && *field.to == "" {
			return d, invalidParameter(field.name)
		}
	}
	switch {
	case !strings.Contains(d.Email, "@"):
		return d, invalidParameter("billing_email")
	case len(d.CountryCode) != len("US"):
		return d, invalidParameter("country_code")
	case d.CountryCode == "US" && d.StateCode == "":
		return d, invalidParameter("state_code")
	}
	return d, nil
}
