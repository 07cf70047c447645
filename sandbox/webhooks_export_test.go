package sandbox

import "github.com/golokalise/lokalise/sandbox/internal/state"

// Emit has something happen in the default world that no operation is needed
// for.
func Emit(s *Server, e state.Event) error {
	return s.universe.Default().Update(func(tx *state.Tx) error {
		tx.Emit(e)
		return nil
	})
}
