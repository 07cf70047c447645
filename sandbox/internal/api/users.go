package api

import "github.com/golokalise/lokalise/sandbox/internal/state"

// userBody is a user as an official SDK's fixture shows one; there is no
// recording.
type userBody struct {
	ID       int64  `json:"id"`
	UUID     string `json:"uuid"`
	Email    string `json:"email"`
	FullName string `json:"fullname"`
}

// getUser shows people who share a team with the caller (assumed). It is not
// available with OAuth tokens (third party quoting the vendor), which is
// checked before.
func getUser(c *call) (any, error) {
	id, err := c.pathID("user_id")
	if err != nil {
		return nil, err
	}
	var answer userBody
	err = c.who.world.View(func(tx *state.Tx) error {
		u := tx.Users.Get("", id)
		if u == nil || !c.knows(tx, id) {
			return errNotFound
		}
		answer = userBody{u.ID, state.UUID("user", u.ID), u.Email, u.FullName}
		return nil
	})
	return answer, err
}

// knows tells whether a user is the caller or in a team with them.
func (c *call) knows(tx *state.Tx, userID int64) bool {
	if userID == c.who.userID {
		return true
	}
	for t := range tx.Teams.All("") {
		team := state.TeamKey(t.ID)
		if tx.Members.Get(team, userID) != nil && tx.Members.Get(team, c.who.userID) != nil {
			return true
		}
	}
	return false
}
