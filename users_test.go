package lokalise_test

import (
	"context"
	"testing"

	"github.com/golokalise/lokalise"
)

func TestUserOperations(t *testing.T) {
	t.Parallel()
	const text = `{"id": 4711, "uuid": "9b1d60bb-0000-4000-8000-0000000004711", "email": "ada@example.com", "fullname": "Ada L."}`
	testOperation(t, opCase{
		op:     "GET /users/{user_id}",
		path:   "/api2/users/4711",
		answer: text,
		call:   func(ctx context.Context, c *lokalise.Client) (any, error) { return c.Users.Get(ctx, 4711) },
		want: &lokalise.User{
			ID: 4711, UUID: lokalise.Some("9b1d60bb-0000-4000-8000-0000000004711"),
			Email: "ada@example.com", Fullname: "Ada L.",
		},
	})
	assertWrittenAsRead(t, text, new(lokalise.User))
}
