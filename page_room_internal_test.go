package lokalise

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// A page has as many items as it has, whatever its header says.
func TestPageHasAllItemsWhateverItsLimit(t *testing.T) {
	t.Parallel()
	for _, limit := range []string{"", "0", "-5", "1", "10", "100", "5000", "99999999999", "many"} {
		for _, n := range []int{0, 1, 31, 32, 33, 100, 1000} {
			client := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set(pageLimitHeader, limit)
				items := strings.TrimSuffix(strings.Repeat(`{"name": "x"},`, n), ",")
				_, _ = io.WriteString(w, `{"projects": [`+items+`]}`)
			})
			page, err := client.Projects.List(t.Context(), nil)
			if err != nil || len(page.Items) != n || n > 0 && page.Items[n-1].Name != "x" {
				t.Errorf("limit %q, %d items: got %d, %v", limit, n, len(page.Items), err)
			}
		}
	}
}

// Room is made for a whole page, but not before there is reason to believe that
// it is full.
func TestRoomForItemsOfAPage(t *testing.T) {
	t.Parallel()
	cases := []struct{ limit, n, most, moves int }{
		{limit: 5000, n: 5000, most: 5400, moves: 7},
		{limit: 5000, n: 10, most: 40, moves: 1},
		{limit: 5000, n: 600, most: 1300, moves: 6},
		{limit: 100, n: 100, most: 130, moves: 2},
		{limit: 1, n: 1, most: 2, moves: 1},
		{limit: 0, n: 1000, most: 2100, moves: 6},
		{limit: 10, n: 1000, most: 2100, moves: 7},
	}
	for _, c := range cases {
		t.Run(fmt.Sprintf("%d of %d", c.n, c.limit), func(t *testing.T) {
			t.Parallel()
			var items []int
			moves, room := 0, 0
			for i := range c.n {
				items = append(makeRoom(items, c.limit), i)
				if cap(items) != room {
					moves, room = moves+1, cap(items)
				}
			}
			if room > c.most || moves > c.moves {
				t.Errorf("room for %d after %d moves, want at most %d and %d", room, moves, c.most, c.moves)
			}
		})
	}
}
