package ota_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"testing"

	"github.com/golokalise/lokalise"
	"github.com/golokalise/lokalise/internal/testutil"
	"github.com/golokalise/lokalise/ota"
)

const oneToken = `{"id": 91, "token": "` + sdkToken + `", "projectId": 188763, "lokaliseId": null, "createdAt": "2026-03-02T08:15:00.250Z"}`

func wantToken() ota.SDKToken {
	return ota.SDKToken{
		ID: 91, Token: sdkToken, ProjectID: 188763, LokaliseID: lokalise.Null[int64](),
		CreatedAt: lokalise.ParseTime("2026-03-02T08:15:00.250Z"),
	}
}

func TestSDKTokenOperations(t *testing.T) {
	t.Parallel()
	token := wantToken()
	for _, c := range []opCase{
		{
			op:     "GET /teams/{team_id}/projects/{project_id}/tokens",
			path:   projectPath + "/tokens",
			answer: `{"data": [` + oneToken + `]}`,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return c.SDKTokens.List(ctx, 815, project)
			},
			want: []ota.SDKToken{token},
		},
		{
			op:     "POST /teams/{team_id}/projects/{project_id}/tokens",
			path:   projectPath + "/tokens", // without a body
			answer: `{"data": ` + oneToken + `}`,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return c.SDKTokens.Create(ctx, 815, project)
			},
			want: &token,
		},
		{
			op:     "DELETE /teams/{team_id}/projects/{project_id}/tokens/{token_id}",
			path:   projectPath + "/tokens/91",
			answer: `{"data": {"id": 91, "deleted": true}}`,
			call: func(ctx context.Context, c *ota.Client, _ *ota.Archives) (any, error) {
				return c.SDKTokens.Delete(ctx, 815, project, 91)
			},
			want: &ota.ResourceDeleted{ID: 91, Deleted: true},
		},
	} {
		testOperation(t, c)
	}
	assertWrittenAsRead(t, oneToken, new(ota.SDKToken))
}

func TestSDKTokenIsNeverPrinted(t *testing.T) {
	t.Parallel()
	token := wantToken()
	var out bytes.Buffer
	for _, v := range []any{token, &token, []ota.SDKToken{token}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		slog.New(slog.NewTextHandler(&out, nil)).Info("token", "token", v)
	}
	slog.New(slog.NewJSONHandler(&out, nil)).Info("token", "token", token, "pointer", &token)
	fmt.Fprintln(&out, token.String(), token.GoString())
	testutil.AssertNoSecret(t, "token", out.String(), sdkToken)
	if !bytes.Contains(out.Bytes(), []byte("188763")) {
		t.Errorf("the rest is not there: %s", out.String())
	}
}
