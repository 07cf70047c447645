package version_test

import (
	"runtime/debug"
	"testing"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmd/version"
)

func TestVersionComesFromTheBuild(t *testing.T) {
	t.Parallel()
	got := version.Of(func() (*debug.BuildInfo, bool) {
		return &debug.BuildInfo{
			Main: debug.Module{Version: "v1.2.3"},
			Settings: []debug.BuildSetting{
				{Key: "vcs.revision", Value: "abc"}, {Key: "vcs.modified", Value: "true"},
			},
		}, true
	})
	if got.Version != "v1.2.3" || got.Commit != "abc" || !got.Modified {
		t.Errorf("got %+v", got)
	}
}

func TestBuildWithoutInformationIsADevelopmentBuild(t *testing.T) {
	t.Parallel()
	got := version.Of(func() (*debug.BuildInfo, bool) { return nil, false })
	if got.Version != "(devel)" || got.Commit != "" || got.Go == "" || got.OS == "" || got.Arch == "" {
		t.Errorf("got %+v", got)
	}
}
