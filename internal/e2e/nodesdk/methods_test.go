package nodesdk_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/golokalise/lokalise/sandbox"
)

// What the seed has: a project with branching on, another without, and the team
// that both belong to.
const (
	mobileID  = "3150927465e5a1d12ac0b7.40718253"
	websiteID = "7746120366054f3a0b41e2.18890427"
	teamID    = 276692

	ownerID  = 320181 // whose token it is
	memberID = 320183
)

// anyNumber is the pattern of a number of which nothing more is known.
const anyNumber = `"#"`

// params are parameters of a method, or an object in its body.
type params map[string]any

// list is a list in a body.
type list []any

// in is the parameter of methods that work on a project.
func in(project any) params { return params{"project_id": project} }

// inTeam is the parameter of methods that work on a team.
func inTeam() params { return params{"team_id": teamID} }

// parts call all methods of some collections, on a sandbox of their own, once
// with an API token and once with an OAuth token.
var parts = map[string]func(s *sdk, api object){
	"projects": driveProjects, "languages": driveLanguages, "branches": driveBranches, "snapshots": driveSnapshots,
	"keys": driveKeys, "bulk": driveKeysInBulk, "translations": driveTranslations, "statuses": driveStatuses, "segments": driveSegments,
	"comments": driveComments, "screenshots": driveScreenshots, "glossary": driveGlossary, "tasks": driveTasks, "webhooks": driveWebhooks,
	"files": driveFiles, "contributors": driveContributors, "teams": driveTeams, "groups": driveGroups, "billing": driveBilling,
	"orders": driveOrders, "over the air": driveOverTheAir, "audit log": driveAuditLog, "OAuth": driveOAuth,
}

// TestEveryMethodOfTheSDKIsDriven fails when the SDK has a method that none of
// the parts calls with success, or refuses.
func TestEveryMethodOfTheSDKIsDriven(t *testing.T) {
	t.Parallel()
	called := &calls{names: map[string]bool{}}
	t.Run("parts", func(t *testing.T) {
		for name, drive := range parts {
			for _, token := range []string{"API token", "OAuth token"} {
				t.Run(name+" with "+token, func(t *testing.T) {
					t.Parallel()
					s := start(t, sandbox.WithoutRateLimit())
					s.calls = called
					api := s.api()
					if token == "OAuth token" {
						api = s.oauth(s.grant(allScopes(t)).Access)
					}
					drive(s, api)
				})
			}
		}
	})
	if t.Failed() {
		return
	}
	all := start(t).methods()
	for _, name := range all {
		if !called.names[name] && !slices.Contains(refused, name) {
			t.Errorf("the SDK has %s, which nobody calls", name)
		}
	}
	t.Logf("%d methods of the SDK called", len(all))
}

// refused are methods that the sandbox can only refuse: nobody can fill the
// file storage.
var refused = []string{"LokaliseApi.files.uploadFromFss", "LokaliseApiOAuth.files.uploadFromFss"}

// allScopes are all that any operation takes.
func allScopes(tb testing.TB) string {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "..", "operations.json"))
	if err != nil {
		tb.Fatal(err)
	}
	var file struct{ Operations []struct{ Scope string } }
	if err := json.Unmarshal(data, &file); err != nil {
		tb.Fatal(err)
	}
	var scopes []string
	for _, op := range file.Operations {
		if op.Scope != "" && !slices.Contains(scopes, op.Scope) {
			scopes = append(scopes, op.Scope)
		}
	}
	return strings.Join(scopes, " ")
}
