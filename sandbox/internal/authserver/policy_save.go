package authserver

import (
	"encoding/json" // writes a time.Duration as nanoseconds
	"fmt"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// LoadPolicies takes the policies over that the universe's storage has. It is
// called before the server is used.
func (s *Server) LoadPolicies() error {
	for _, w := range s.universe.Worlds() {
		data := s.universe.Policy(w.Name)
		if data == nil {
			continue
		}
		var p Policy
		err := json.Unmarshal(data, &p)
		if err == nil {
			err = s.checkPolicy(p)
		}
		if err != nil {
			return fmt.Errorf("the stored OAuth policy of world %s: %w", w.Name, err)
		}
		s.policies[w.Name] = p
	}
	return nil
}

func (s *Server) savePolicy(w *state.World, p Policy) error {
	data, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("the policy cannot be written: %w", err)
	}
	return s.universe.SavePolicy(w.Name, data)
}
