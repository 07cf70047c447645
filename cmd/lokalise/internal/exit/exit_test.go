package exit_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/oauth"
)

func TestCodeFollowsTheMeaningOfTheError(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		err  error
		want int
	}{
		{"none", nil, exit.OK},
		{"any", errors.New("disk full"), exit.Failure},
		{"usage", exit.Usagef("", "no such flag"), exit.Usage},
		{"wrapped usage", fmt.Errorf("demo: %w", exit.Usagef("", "no such flag")), exit.Usage},
		{"API refuses the credential", &lokalise.APIError{Status: 401}, exit.Auth},
		{"API forbids", fmt.Errorf("list: %w", &lokalise.APIError{Status: 403}), exit.Auth},
		{"API has nothing", &lokalise.APIError{Status: 404}, exit.Failure},
		{"user denied", &oauth.DeniedError{}, exit.Auth},
		{"message around a denial", &exit.Error{Message: "stopped", Err: &oauth.DeniedError{}}, exit.Auth},
		{"code given beats the cause", &exit.Error{Code: exit.Failure, Err: &oauth.DeniedError{}}, exit.Failure},
		{"grant is gone", &oauth.Error{Status: 400, Code: "invalid_grant"}, exit.Auth},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := exit.Code(tt.err); got != tt.want {
				t.Errorf("Code(%v) = %d, want %d", tt.err, got, tt.want)
			}
		})
	}
}

func TestErrorTextHasMessageAndCause(t *testing.T) {
	t.Parallel()
	cause := errors.New("cause")
	for want, err := range map[string]*exit.Error{
		"message":        {Message: "message"},
		"cause":          {Err: cause},
		"message: cause": {Message: "message", Err: cause},
	} {
		if err.Error() != want {
			t.Errorf("got %q, want %q", err.Error(), want)
		}
	}
}

func TestHintIsFoundBehindOtherErrors(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("outer: %w", exit.Failuref("try this", "failed"))
	if got := exit.Hint(err); got != "try this" {
		t.Errorf("Hint = %q", got)
	}
	if got := exit.Hint(errors.New("plain")); got != "" {
		t.Errorf("Hint of a plain error = %q", got)
	}
}
