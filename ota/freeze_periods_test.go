package ota_test

import (
	"context"
	"testing"

	"github.com/golokalise/lokalise/ota"
)

const onePeriod = `{"id": 81, "projectId": 188763, "bundleId": 71, "framework": "ios_sdk", "from": "5.0", "to": "6.0"}`

func TestFreezePeriodOperations(t *testing.T) {
	t.Parallel()
	period := ota.FreezePeriod{ID: 81, ProjectID: 188763, BundleID: 71, Framework: ota.FrameworkIOS, From: "5.0", To: "6.0"}
	request := &ota.FreezePeriodRequest{From: "5.0", To: "6.0", BundleID: 71}
	for _, c := range []opCase{
		{
			op:     "GET /teams/{team_id}/projects/{project_id}/bundle-freezes",
			path:   projectPath + "/bundle-freezes",
			query:  "framework=ios_sdk",
			answer: `{"data": [` + onePeriod + `]}`,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return c.FreezePeriods.List(ctx, 815, project, ota.FrameworkIOS)
			},
			want: []ota.FreezePeriod{period},
		},
		{
			op:     "POST /teams/{team_id}/projects/{project_id}/bundle-freezes",
			path:   projectPath + "/bundle-freezes",
			body:   `{"from": "5.0", "to": "6.0", "bundleId": 71}`,
			answer: `{"data": ` + onePeriod + `}`,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return c.FreezePeriods.Create(ctx, 815, project, request)
			},
			want: &period,
		},
		{
			op:     "PUT /teams/{team_id}/projects/{project_id}/bundle-freezes/{freeze_id}",
			path:   projectPath + "/bundle-freezes/81",
			body:   `{"from": "5.0", "to": "6.0", "bundleId": 71}`,
			answer: `{"data": ` + onePeriod + `}`,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return c.FreezePeriods.Update(ctx, 815, project, 81, request)
			},
			want: &period,
		},
		{
			op:     "DELETE /teams/{team_id}/projects/{project_id}/bundle-freezes/{freeze_id}",
			path:   projectPath + "/bundle-freezes/81",
			answer: `{"data": {"id": 81, "deleted": true}}`,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return c.FreezePeriods.Delete(ctx, 815, project, 81)
			},
			want: &ota.ResourceDeleted{ID: 81, Deleted: true},
		},
	} {
		testOperation(t, c)
	}
	assertWrittenAsRead(t, onePeriod, new(ota.FreezePeriod))
}
