package lokalise

import (
	"context"
	"encoding/json"
	"net/http"
)

// UsersService calls the operation on users by their identifier alone.
type UsersService struct{ service }

// User is a user, as far as others may know. Its members are known from an
// official SDK's stub and were never recorded.
type User struct {
	ID       int64       `json:"id"`
	UUID     Opt[string] `json:"uuid,omitzero"`
	Email    string      `json:"email"`
	Fullname string      `json:"fullname"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// Get returns a user. It takes an API token: with an OAuth token it is not
// available, a third party quotes from the vendor's specification. Of the
// official SDKs only the one for Ruby has it.
//
//lokalise:op GET /users/{user_id}
func (s *UsersService) Get(ctx context.Context, userID int64, opts ...RequestOption) (*User, error) {
	r := s.client.newCall(http.MethodGet, "/users/{user_id}", opts)
	r.path.id(userID)
	return one(ctx, r, decodeUser)
}
