package state

// GrantOf returns the grant that a refresh token belongs to, an old one
// included, or nil. It is for telling whose it is only; Refresh uses it.
func (u *Universe) GrantOf(refreshToken string) *Grant {
	u.tokens.mu.RLock()
	defer u.tokens.mu.RUnlock()
	return u.tokens.grants[u.tokens.refresh[refreshToken]]
}
