package ota_test

import (
	"context"
	"io"
	"iter"
	"net/http"
	"sync/atomic"
	"testing"

	"github.com/golokalise/lokalise/ota"
)

// collect reads an iterator to its end.
func collect[T any](seq iter.Seq2[*T, error]) ([]T, error) {
	var items []T
	for item, err := range seq {
		if err != nil {
			return items, err
		}
		items = append(items, *item)
	}
	return items, nil
}

func TestAllOfEachListBringsWhatTheListHas(t *testing.T) {
	t.Parallel()
	for _, c := range []opCase{
		{
			op: "GET /teams/{team_id}/projects/{project_id}/bundles", path: projectPath + "/bundles",
			answer: `{"data": [` + listedBundle + `]}`,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return collect(c.Bundles.All(ctx, 815, project))
			},
			want: []ota.Bundle{wantBundle()},
		},
		{
			op: "GET /teams/{team_id}/projects/{project_id}/bundle-freezes", path: projectPath + "/bundle-freezes",
			query: "framework=ios_sdk", answer: `{"data": [{"id": 81}, {"id": 82}]}`,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return collect(c.FreezePeriods.All(ctx, 815, project, ota.FrameworkIOS))
			},
			want: []ota.FreezePeriod{{ID: 81}, {ID: 82}},
		},
		{
			op: "GET /teams/{team_id}/projects/{project_id}/tokens", path: projectPath + "/tokens",
			answer: `{"data": [{"id": 91}]}`,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return collect(c.SDKTokens.All(ctx, 815, project))
			},
			want: []ota.SDKToken{{ID: 91}},
		},
	} {
		testOperation(t, c)
	}
}

func TestAllAsksWhenTheLoopBeginsAndEndsWithIt(t *testing.T) {
	t.Parallel()
	var count atomic.Int64
	client, _ := clients(t, func(w http.ResponseWriter, _ *http.Request) {
		count.Add(1)
		_, _ = io.WriteString(w, `{"data": [{"id": 1}, {"id": 2}]}`)
	})
	all := client.SDKTokens.All(t.Context(), 815, project)
	if n := count.Load(); n != 0 {
		t.Errorf("%d requests before the loop", n)
	}
	for loop := int64(1); loop <= 2; loop++ {
		items := 0
		for _, err := range all {
			if err != nil {
				t.Fatal(err)
			}
			items++
			break
		}
		if items != 1 || count.Load() != loop {
			t.Errorf("loop %d: %d items, %d requests", loop, items, count.Load())
		}
	}
}
