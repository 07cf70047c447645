package authserver

import (
	"crypto/subtle"

	"github.com/golokalise/lokalise/sandbox/internal/journal"
	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// authenticate checks the client's credentials and returns its world. No answer to wrong ones is
// recorded: invalid_client is RFC 6749, section 5.2, and the status 400 is
// that of every recorded error of this endpoint.
func (s *Server) authenticate(req tokenRequest, rec *journal.Record) (*state.World, *tokenError) {
	client, world, found := s.universe.Client(req.clientID)
	if !found {
		rec.Note("No client with this client_id is registered.")
		return nil, tokenFailure(invalidClient, "Client authentication failed")
	}
	rec.World = world.Name
	if subtle.ConstantTimeCompare([]byte(client.Secret), []byte(req.clientSecret)) != 1 {
		rec.Note("The client_secret is missing or wrong.")
		return nil, tokenFailure(invalidClient, "Client authentication failed")
	}
	rec.Credential = journal.CredentialClient
	return world, nil
}
