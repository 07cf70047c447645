package lokalise_test

import (
	"testing"
	"testing/synctest"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/limiter/limitertest"
)

func TestLimiterOfTheProcessKeepsTheContract(t *testing.T) {
	t.Parallel()
	limitertest.Run(t, func(*testing.T) lokalise.Limiter { return lokalise.NewLimiter() },
		limitertest.Options{Around: synctest.Test})
}
