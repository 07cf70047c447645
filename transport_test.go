package lokalise_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
)

func TestThirtyTwoInFlightOpenNoConnectionAfterWarmUp(t *testing.T) {
	t.Parallel()
	const inFlight = 32
	var opened, asked atomic.Int64
	var together sync.WaitGroup
	together.Add(inFlight)
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if asked.Add(1) <= inFlight { // the warm-up: all at once
			together.Done()
			together.Wait()
		}
		answer(http.StatusOK, bareProject)(w, r)
	}))
	srv.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened.Add(1)
		}
	}
	srv.Start()
	t.Cleanup(srv.Close)
	client := newClient(t, srv.URL)
	for range 20 {
		var done sync.WaitGroup
		for range inFlight {
			done.Go(func() {
				if err := get(t.Context(), client); err != nil {
					t.Error(err)
				}
			})
		}
		done.Wait()
	}
	// On a busy machine net/http gives up a connection now and then. With two
	// idle connections, its default, there would be hundreds.
	const given = 4
	if n := opened.Load(); n < inFlight || n > inFlight+given {
		t.Errorf("%d connections for %d requests in flight", n, inFlight)
	}
}
