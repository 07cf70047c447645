package lokalise

import (
	"context"
	"encoding/json"
	"net/http"
)

// BillingDetailsService calls the operations on the billing details that a user
// has in a team.
type BillingDetailsService struct{ service }

// TeamUserBillingDetails are where invoices go.
type TeamUserBillingDetails struct {
	BillingEmail string `json:"billing_email"`
	// CountryCode is an ISO 3166-1 alpha-2 code.
	CountryCode string `json:"country_code"`
	Zip         string `json:"zip"`
	// StateCode is empty outside the United States.
	StateCode string `json:"state_code"`
	Address1  string `json:"address1"`
	Address2  string `json:"address2"`
	City      string `json:"city"`
	Phone     string `json:"phone"`
	Company   string `json:"company"`
	// VATNumber is null where there is none.
	VATNumber Opt[string] `json:"vatnumber"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// BillingDetailsRequest is the body of [BillingDetailsService.Create] and
// [BillingDetailsService.Update].
type BillingDetailsRequest struct {
	// BillingEmail is required.
	BillingEmail string `json:"billing_email"`
	// CountryCode is an ISO 3166-1 alpha-2 code. It is required.
	CountryCode string `json:"country_code"`
	// Zip is required.
	Zip string `json:"zip"`
	// StateCode is needed for the United States.
	StateCode Opt[string] `json:"state_code,omitzero"`
	// Address1 is required by the documentation, as are City, Phone, Company
	// and VATNumber; the official Node SDK declares them optional.
	Address1  Opt[string] `json:"address1,omitzero"`
	Address2  Opt[string] `json:"address2,omitzero"`
	City      Opt[string] `json:"city,omitzero"`
	Phone     Opt[string] `json:"phone,omitzero"`
	Company   Opt[string] `json:"company,omitzero"`
	VATNumber Opt[string] `json:"vatnumber,omitzero"`
}

// Get returns the billing details of the user in a team.
//
// It needs the scope read_team_user_billing_details.
// https://developers.lokalise.com/reference/retrieve-team-user-billing-details
//
//lokalise:op GET /teams/{team_id}/billing_details
func (s *BillingDetailsService) Get(ctx context.Context, teamID int64, opts ...RequestOption) (*TeamUserBillingDetails, error) {
	return one(ctx, s.detailsCall(http.MethodGet, teamID, opts), decodeTeamUserBillingDetails)
}

// Create sets the billing details of the user in a team for the first time.
//
// It needs the scope write_team_user_billing_details.
// https://developers.lokalise.com/reference/create-team-user-billing-details
//
//lokalise:op POST /teams/{team_id}/billing_details
func (s *BillingDetailsService) Create(ctx context.Context, teamID int64, body *BillingDetailsRequest, opts ...RequestOption) (*TeamUserBillingDetails, error) {
	r := s.detailsCall(http.MethodPost, teamID, opts)
	withBody(r, body)
	return one(ctx, r, decodeTeamUserBillingDetails)
}

// Update changes the billing details of the user in a team.
//
// It needs the scope write_team_user_billing_details.
// https://developers.lokalise.com/reference/update-team-user-billing-details
//
//lokalise:op PUT /teams/{team_id}/billing_details
func (s *BillingDetailsService) Update(ctx context.Context, teamID int64, body *BillingDetailsRequest, opts ...RequestOption) (*TeamUserBillingDetails, error) {
	r := s.detailsCall(http.MethodPut, teamID, opts)
	withBody(r, body)
	return one(ctx, r, decodeTeamUserBillingDetails)
}

func (s *BillingDetailsService) detailsCall(method string, teamID int64, opts []RequestOption) *call {
	r := s.client.newCall(method, "/teams/{team_id}/billing_details", opts)
	r.path.id(teamID)
	return r
}
