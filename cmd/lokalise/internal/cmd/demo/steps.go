package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/trace"
	"github.com/golokalise/lokalise/internal/redact"
	"github.com/golokalise/lokalise/oauth"
)

// lifetime is how long an access token lives and how far the demo turns the
// clock: 3,600 seconds in every recorded answer of the token endpoint.
const lifetime = time.Hour

func (f *flow) authorization(_ context.Context, shown *trace.Exchange) (string, error) {
	needs, err := oauth.ScopesFor("projects.list")
	if err != nil {
		return "", err
	}
	f.authURL, err = f.oauth.AuthCodeURL(oauth.AuthCodeOptions{Scopes: needs.Scopes, State: f.state})
	if err != nil {
		return "", err
	}
	// The whole URL, state included: a person or a program is to open it.
	shown.Request = &trace.Request{Method: http.MethodGet, URL: f.authURL}
	return fmt.Sprintf("It asks for %s. The state ties the answer to this request.", join(needs.Scopes)), nil
}

func (f *flow) exchange(ctx context.Context, _ *trace.Exchange) (string, error) {
	token, err := f.oauth.Exchange(ctx, f.code)
	if err != nil {
		return "", err
	}
	if err := checkToken(token, f.sandbox.Clock().Now()); err != nil {
		return "", err
	}
	f.token = token
	return "The code is used up; the app has an access token and a refresh token.", nil
}

// checkToken holds a token against what Lokalise was recorded to answer.
func checkToken(token *oauth.Token, now time.Time) error {
	left := token.Expiry.Sub(now)
	switch {
	case token.AccessToken == "" || token.RefreshToken == "":
		return errors.New("the answer lacks the access token or the refresh token")
	case !strings.EqualFold(token.TokenType, "bearer"):
		return fmt.Errorf("the token type is %q, not Bearer", token.TokenType)
	case left <= lifetime-time.Minute || left > lifetime:
		return fmt.Errorf("the token expires in %s, not in an hour", left.Round(time.Second))
	default:
		return nil
	}
}

// showToken shows what the app keeps.
func (f *flow) showToken(_ context.Context, shown *trace.Exchange) (string, error) {
	body, err := json.Marshal(map[string]any{
		"access_token":  f.token.AccessToken,
		"refresh_token": f.token.RefreshToken,
		"token_type":    f.token.TokenType,
		"expiry":        f.token.Expiry.UTC().Format(time.RFC3339),
	})
	if err != nil {
		return "", err
	}
	shown.Response = &trace.Response{Body: redact.JSONWith(body, redact.Secret)}
	return "The app stores it for this user; the access token lives for an hour.", nil
}

func (f *flow) listProjects(ctx context.Context, _ *trace.Exchange) (string, error) {
	names, ids, err := f.list(ctx, f.token)
	if err != nil {
		return "", err
	}
	if len(ids) == 0 {
		return "", errors.New("the list of projects is empty")
	}
	f.projects = ids
	return fmt.Sprintf("%d %s: %s.", len(ids), plural("project", len(ids)), strings.Join(names, ", ")), nil
}

func (f *flow) list(ctx context.Context, token *oauth.Token) (names []string, ids []lokalise.ProjectID, err error) {
	client, err := lokalise.New(
		lokalise.WithBearerToken(token.AccessToken),
		lokalise.WithBaseURL(f.sandbox.URL()),
		lokalise.WithHTTPClient(f.http),
	)
	if err != nil {
		return nil, nil, err
	}
	page, err := client.Projects.List(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	for _, project := range page.Items {
		names = append(names, project.Name)
		ids = append(ids, project.ProjectID)
	}
	return names, ids, nil
}

func (f *flow) passAnHour(ctx context.Context, _ *trace.Exchange) (string, error) {
	before := f.sandbox.Clock().Now()
	var answer json.RawMessage
	if err := f.control(ctx, "/_sandbox/clock", map[string]any{"advance": "1h"}, &answer); err != nil {
		return "", err
	}
	after := f.sandbox.Clock().Now()
	if moved := after.Sub(before); moved < lifetime {
		return "", fmt.Errorf("the clock moved by %s only", moved)
	}
	return fmt.Sprintf("It was %s, now it is %s.", before.Format(time.TimeOnly), after.Format(time.TimeOnly)), nil
}

func (f *flow) expired(ctx context.Context, _ *trace.Exchange) (string, error) {
	_, _, err := f.list(ctx, f.token)
	apiErr, ok := errors.AsType[*lokalise.APIError](err)
	switch {
	case err == nil:
		return "", errors.New("the API still takes a token that has expired")
	case !ok || apiErr.Status != http.StatusUnauthorized || !errors.Is(err, lokalise.ErrUnauthorized):
		return "", fmt.Errorf("401 was to come, but this came: %w", err)
	default:
		return "401, as it should be: time for a new token.", nil
	}
}

func (f *flow) refresh(ctx context.Context, _ *trace.Exchange) (string, error) {
	token, err := f.oauth.Refresh(ctx, f.token.RefreshToken)
	if err != nil {
		return "", err
	}
	if err := checkToken(token, f.sandbox.Clock().Now()); err != nil {
		return "", err
	}
	if token.AccessToken == f.token.AccessToken {
		return "", errors.New("the refresh brought the old access token again")
	}
	f.renewed = token
	kept := "and the refresh token stays"
	if token.RefreshToken != f.token.RefreshToken {
		kept = "and a new refresh token replaces the old one"
	}
	return fmt.Sprintf("A new access token for %s, %s.", join(token.Scopes), kept), nil
}

func (f *flow) listAgain(ctx context.Context, _ *trace.Exchange) (string, error) {
	_, ids, err := f.list(ctx, f.renewed)
	if err != nil {
		return "", err
	}
	if !slices.Equal(ids, f.projects) {
		return "", fmt.Errorf("the projects were %v and are %v now", f.projects, ids)
	}
	return fmt.Sprintf("The same %d %s, and nobody was asked again.", len(ids), plural("project", len(ids))), nil
}

func (f *flow) denial(ctx context.Context, _ *trace.Exchange) (string, error) {
	redirect, err := f.authorize(ctx, false)
	if err != nil {
		return "", err
	}
	_, err = oauth.ParseCallback(redirect, f.state)
	switch {
	case err == nil:
		return "", errors.New("a denial was to come, but a code came")
	case !errors.Is(err, oauth.ErrDenied):
		return "", fmt.Errorf("a denial was to come, but this came: %w", err)
	default:
		return "The app sees an error of its own and no code; it can explain and ask again.", nil
	}
}

func join(scopes []oauth.Scope) string {
	names := make([]string, len(scopes))
	for i, scope := range scopes {
		names[i] = string(scope)
	}
	return strings.Join(names, ", ")
}

func plural(noun string, n int) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}
