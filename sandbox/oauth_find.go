package sandbox

// GrantOf finds the grant that a token of the world belongs to: a refresh token,
// a rotated one included, or an access token, an expired one included. A grant
// that was revoked is found by its refresh tokens only.
func (o *OAuthControl) GrantOf(token string) (id int64, found bool) {
	_, grant := o.server.universe.Access(token)
	if grant == nil {
		grant = o.server.universe.GrantOf(token)
	}
	if grant == nil || grant.World != o.world.Name {
		return 0, false
	}
	return grant.ID, true
}
