package ota_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/ota"
)

const oneStatistics = `{"lokaliseProjectId": "20008339586cded200e0d8.29879849", "from": "2026-03-01", "to": "2026-03-31", "sdk": "",
 "daily": [{"date": "2026-03-02", "downloads": 2, "trafficMb": 0.5, "trafficBytes": "524288", "framework": "ios_sdk"}],
 "monthly": [{"date": "2026-03-31", "downloads": 2, "trafficMb": 0, "trafficBytes": "524288", "framework": "ios_sdk"}],
 "totals": {"trafficMb": 0, "trafficBytes": "524288", "downloads": 2}}`

func TestStatisticsOperations(t *testing.T) {
	t.Parallel()
	day := lokalise.ParseTime
	testOperation(t, opCase{
		op:     "GET /teams/{team_id}/projects/{project_id}/stats",
		path:   projectPath + "/stats",
		query:  "dateFrom=2026-03-01&dateTo=2026-03-31&framework=ios_sdk",
		answer: oneStatistics, // not under "data", unlike all other answers
		call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
			return c.Statistics.Get(ctx, 815, project, &ota.StatisticsOptions{
				From:      time.Date(2026, time.March, 2, 1, 0, 0, 0, time.FixedZone("", 2*60*60)), // the day before in UTC
				To:        time.Date(2026, time.March, 31, 23, 0, 0, 0, time.UTC),
				Framework: ota.FrameworkIOS,
			})
		},
		want: &ota.Statistics{
			LokaliseProjectID: project, From: day("2026-03-01"), To: day("2026-03-31"),
			Daily:   []ota.StatisticsPeriod{{Date: day("2026-03-02"), Downloads: 2, TrafficMB: 0.5, TrafficBytes: 524288, Framework: ota.FrameworkIOS}},
			Monthly: []ota.StatisticsPeriod{{Date: day("2026-03-31"), Downloads: 2, TrafficBytes: 524288, Framework: ota.FrameworkIOS}},
			Totals:  ota.StatisticsTotals{Downloads: 2, TrafficBytes: 524288},
		},
	})
	assertWrittenAsRead(t, oneStatistics, new(ota.Statistics))
}

func TestStatisticsNeedDays(t *testing.T) {
	t.Parallel()
	client, _ := clients(t, func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	for _, o := range []*ota.StatisticsOptions{nil, {}, {From: time.Now()}, {To: time.Now()}} {
		if _, err := client.Statistics.Get(t.Context(), 815, project, o); !errors.Is(err, lokalise.ErrInvalidRequest) {
			t.Errorf("%+v: got %v", o, err)
		}
	}
}

func TestBytesComeAsTextOrNumber(t *testing.T) {
	t.Parallel()
	for text, ok := range map[string]bool{`"3588"`: true, `3588`: true, `"many"`: false, `{"x": 1}`: false} {
		var b ota.Bytes
		if err := json.Unmarshal([]byte(text), &b); (err == nil) != ok || ok && b != 3588 {
			t.Errorf("%s: got %d, %v", text, b, err)
		}
	}
}
