package state

import "time"

// Card is a payment card of a user. The number is not kept, and neither is the
// code on the back: nothing here can pay for anything.
type Card struct {
	ID        int64
	UserID    int64
	Last4     string // the end of the number
	Brand     string
	CreatedAt time.Time
}

// BillingDetails are where a team's invoices go.
type BillingDetails struct {
	Email       string
	CountryCode string // ISO 3166, two letters
	Zip         string
	StateCode   string
	Address1    string
	Address2    string
	City        string
	Phone       string
	Company     string
	VATNumber   string // empty: none
}
