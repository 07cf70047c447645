package lokalise_test

import (
	"context"
	"iter"
	"testing"

	"github.com/golokalise/lokalise"
)

const oneTemplate = `{"id": 2, "role": "Developer", "permissions": ["upload", "manage_keys", "fly"],
 "description": "Uploads files", "tag": "Advanced", "tagColor": "cyan", "tagInfo": null, "doesEnableAllReadOnlyLanguages": true}`

func TestPermissionTemplateOperations(t *testing.T) {
	t.Parallel()
	template := lokalise.PermissionTemplate{
		ID:                             2,
		Role:                           "Developer",
		Permissions:                    []lokalise.AdminRight{lokalise.RightUpload, lokalise.RightManageKeys, "fly"},
		Description:                    "Uploads files",
		Tag:                            "Advanced",
		TagColor:                       "cyan",
		TagInfo:                        lokalise.Null[string](),
		DoesEnableAllReadOnlyLanguages: true,
	}
	for _, c := range asList(opCase{
		op:     "GET /teams/{team_id}/roles",
		path:   "/api2/teams/815/roles",
		answer: `{"roles": [` + oneTemplate + `]}`,
		want:   []lokalise.PermissionTemplate{template},
	}, func(ctx context.Context, c *lokalise.Client) (*lokalise.Page[lokalise.PermissionTemplate], error) {
		return c.PermissionTemplates.List(ctx, 815, nil)
	}, func(ctx context.Context, c *lokalise.Client) iter.Seq2[*lokalise.PermissionTemplate, error] {
		return c.PermissionTemplates.All(ctx, 815, nil)
	}) {
		testOperation(t, c)
	}
}

func TestPermissionTemplateIsWrittenAsItWasRead(t *testing.T) {
	t.Parallel()
	assertWrittenAsRead(t, oneTemplate, new(lokalise.PermissionTemplate))
}
