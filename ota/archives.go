package ota

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/golokalise/lokalise"
)

// Archives fetches bundles as an app does. It is safe for use by many
// goroutines and has nothing to close.
type Archives struct{ service }

// NewArchives returns a client that authenticates with an SDK token, see
// [SDKTokensService.Create]. The options are those of [lokalise.New] except for
// credentials; WithBaseURL replaces [DefaultBaseURL].
func NewArchives(sdkToken string, opts ...lokalise.Option) (*Archives, error) {
	api, err := newAPI(lokalise.WithTokenHeader("X-Ota-Api-Token", sdkToken), opts)
	if err != nil {
		return nil, err
	}
	return &Archives{service{api}}, nil
}

// BundleArchive is where a bundle can be fetched.
type BundleArchive struct {
	// URL is that of a zip file. It needs no credential: whoever has the URL can
	// fetch it.
	URL string `json:"url"`
	// Version is what the app gives as TransVersion the next time.
	Version int64 `json:"version"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// ArchiveOptions say which bundle [Archives.Get] is to find.
type ArchiveOptions struct {
	// AppVersion is the version of the app, such as "1.2.3". It is required.
	AppVersion string
	// TransVersion is the Version of the bundle that the app has. Defaults to 0,
	// none.
	TransVersion int64
	// Prerelease asks for the bundle that was staged. Defaults to the one that
	// was published.
	Prerelease bool
	// TokenWait is how long the call goes on when the token is refused. A token
	// that was made a moment ago may be refused for 30 to 60 seconds, the
	// official Node SDK's manual says; [NewTokenWait] is long enough for that. A
	// refusal after that is returned as usual. Defaults to 0: a refusal is
	// returned at once.
	TokenWait time.Duration
}

// NewTokenWait is how long a token that was made a moment ago is worth waiting
// for, see [ArchiveOptions].
const NewTokenWait = 90 * time.Second

// betweenRefusals is the pause before a refused token is tried again.
const betweenRefusals = 5 * time.Second

func (o *ArchiveOptions) query() url.Values {
	query := url.Values{
		"appVersion":   {o.AppVersion},
		"transVersion": {strconv.FormatInt(o.TransVersion, 10)},
	}
	if o.Prerelease {
		query.Set("prerelease", "true")
	}
	return query
}

// Get returns where the bundle for an app can be fetched. What the API answers
// when the app has the newest bundle already is not known.
//
// It takes an SDK token, which has no scope.
// https://developers.lokalise.com/reference/get-ota-bundle
//
//lokalise:op GET /lokalise/projects/{project_id}/frameworks/{framework}
func (a *Archives) Get(ctx context.Context, project lokalise.ProjectID, framework Framework, o *ArchiveOptions, opts ...lokalise.RequestOption) (*BundleArchive, error) {
	if o == nil || o.AppVersion == "" {
		return nil, fmt.Errorf("%w: a bundle is one for a version of the app", lokalise.ErrInvalidRequest)
	}
	op := lokalise.Operation{
		Method: http.MethodGet,
		Route:  version + "/lokalise/projects/{project_id}/frameworks/{framework}",
		Args:   []any{project, framework},
		Query:  o.query(),
		Result: "data",
	}
	until := time.Now().Add(o.TokenWait)
	for {
		archive, err := one[BundleArchive](ctx, a.api, op, opts)
		refused := errors.Is(err, lokalise.ErrUnauthorized)
		if !refused || time.Now().Add(betweenRefusals).After(until) || !pause(ctx, betweenRefusals) {
			return archive, err
		}
	}
}

// pause waits, and reports false when the context ends before.
func pause(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}
