package tokens

import "time"

const (
	// shortestLife is what a token is taken to live if its server says less.
	// Without it a token that is born expired would be refreshed by every
	// call.
	shortestLife = time.Second

	// A token is refreshed ahead of need at a random point between these
	// shares of its life, Maintain first and callers a little later.
	aheadShare  = 0.75
	aheadJitter = 0.05
	softJitter  = 0.05

	// marginShare bounds the safety margin before the expiry by the token's
	// life, so that a token shorter than the margin is usable at all.
	marginShare = 0.1
)

// life is how long the server said that the token lives; 0 when it did not
// say.
func (s *state) life() time.Duration {
	if s.Expiry.IsZero() {
		return 0
	}
	return max(s.Expiry.Sub(s.Obtained), shortestLife)
}

// refreshAt draws the time at which the token should be refreshed ahead of
// need; random is from [0, 1). Zero for a token whose life is not known: only
// a 401 ends that one.
func (s *state) refreshAt(random float64) time.Time {
	life := s.life()
	if life == 0 {
		return time.Time{}
	}
	share := aheadShare + aheadJitter*random
	return s.Obtained.Add(time.Duration(share * float64(life)))
}

// soft draws the time from which callers start a refresh in the background.
func (s *state) soft(random float64) time.Time {
	jitter := softJitter * random * float64(s.life())
	return s.RefreshAt.Add(time.Duration(jitter))
}

// hard is the time from which the token is no longer given out.
func (s *state) hard(margin time.Duration) time.Time {
	life := s.life()
	return s.Obtained.Add(life - min(margin, time.Duration(marginShare*float64(life))))
}

// valid tells whether the token may be given out.
func (s *state) valid(now time.Time, margin time.Duration) bool {
	return s.AccessToken != "" && (s.Expiry.IsZero() || now.Before(s.hard(margin)))
}
