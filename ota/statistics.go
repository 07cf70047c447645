package ota

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/wire"
)

// StatisticsService calls the operation on usage statistics.
type StatisticsService struct{ service }

// Statistics count what apps fetched. Times are days, without a time of day.
type Statistics struct {
	LokaliseProjectID lokalise.ProjectID `json:"lokaliseProjectId"`
	From              lokalise.Time      `json:"from"`
	To                lokalise.Time      `json:"to"`
	// SDK was recorded empty.
	SDK   string             `json:"sdk"`
	Daily []StatisticsPeriod `json:"daily"`
	// Monthly has the last day of each month as its Date.
	Monthly []StatisticsPeriod `json:"monthly"`
	Totals  StatisticsTotals   `json:"totals"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// StatisticsPeriod counts what apps of one framework fetched in a day or a
// month.
type StatisticsPeriod struct {
	Date         lokalise.Time `json:"date"`
	Downloads    int64         `json:"downloads"`
	TrafficMB    float64       `json:"trafficMb"`
	TrafficBytes Bytes         `json:"trafficBytes"`
	Framework    Framework     `json:"framework"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// StatisticsTotals count what all apps fetched in the whole time.
type StatisticsTotals struct {
	Downloads    int64   `json:"downloads"`
	TrafficMB    float64 `json:"trafficMb"`
	TrafficBytes Bytes   `json:"trafficBytes"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// Bytes is a number of bytes, which the API writes as a string.
type Bytes int64

// MarshalJSON writes the number as a string.
func (b Bytes) MarshalJSON() ([]byte, error) {
	return []byte(`"` + strconv.FormatInt(int64(b), 10) + `"`), nil
}

// UnmarshalJSON reads a string that holds a number, or a number.
func (b *Bytes) UnmarshalJSON(data []byte) error { return wire.Unmarshal(data, b, decodeBytes) }

func decodeBytes(d *wire.Decoder, b *Bytes) { *b = Bytes(d.Int()) }

// StatisticsOptions say what [StatisticsService.Get] is to count.
type StatisticsOptions struct {
	// From is the first day: the one in UTC that holds this moment. It is
	// required.
	From time.Time
	// To is the last day: the one in UTC that holds this moment. It is required.
	To time.Time
	// Framework counts the apps of one framework only. Defaults to all.
	Framework Framework
}

// Get returns how often apps fetched the bundles of a project, and how much
// that was.
//
// It takes a service token, which has no scope.
// https://developers.lokalise.com/reference/project-stats
//
//lokalise:op GET /teams/{team_id}/projects/{project_id}/stats
func (s *StatisticsService) Get(ctx context.Context, teamID int64, project lokalise.ProjectID, o *StatisticsOptions, opts ...lokalise.RequestOption) (*Statistics, error) {
	if o == nil || o.From.IsZero() || o.To.IsZero() {
		return nil, fmt.Errorf("%w: statistics need a first and a last day", lokalise.ErrInvalidRequest)
	}
	query := url.Values{
		"dateFrom": {o.From.UTC().Format(time.DateOnly)},
		"dateTo":   {o.To.UTC().Format(time.DateOnly)},
	}
	if o.Framework != "" {
		query.Set("framework", string(o.Framework))
	}
	return one[Statistics](ctx, s.api, lokalise.Operation{
		Method: http.MethodGet,
		Route:  version + "/teams/{team_id}/projects/{project_id}/stats",
		Args:   []any{teamID, project},
		Query:  query,
	}, opts)
}
