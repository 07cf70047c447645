// Package version is "lokalise version".
package version

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
)

// Unreleased is the version of a build from a checkout.
const Unreleased = "(devel)"

// Info is what the program knows about its own build.
type Info struct {
	// Version is the module version, or Unreleased.
	Version string `json:"version"`
	// Commit is the revision it was built from, or "" when Go did not stamp it.
	Commit string `json:"commit,omitempty"`
	// Modified tells that the checkout had changes on top of Commit.
	Modified bool   `json:"modified,omitempty"`
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
}

// Of reads the build information that Go puts into every program.
func Of(read func() (*debug.BuildInfo, bool)) Info {
	info := Info{Version: Unreleased, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	build, ok := read()
	if !ok {
		return info
	}
	if build.Main.Version != "" {
		info.Version = build.Main.Version
	}
	for _, setting := range build.Settings {
		switch setting.Key {
		case "vcs.revision":
			info.Commit = setting.Value
		case "vcs.modified":
			info.Modified = setting.Value == "true"
		}
	}
	return info
}

// NewCmd returns the command.
func NewCmd(f *factory.Factory) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print what this program was built from",
		Long: `Print the version, the commit and the Go release that this program was
built from.`,
		Example: `lokalise version
lokalise version --json`,
		Args: cmdutil.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			info := Of(f.BuildInfo)
			if asJSON {
				return cmdutil.WriteJSON(f.IO.Out, info)
			}
			return print(f.IO.Out, info)
		},
	}
	cmdutil.AddJSONFlag(cmd, &asJSON, "Print one JSON line")
	return cmd
}

func print(w io.Writer, info Info) error {
	commit := ""
	if info.Commit != "" {
		commit = " commit " + info.Commit[:min(12, len(info.Commit))]
	}
	if info.Modified {
		commit += " with changes"
	}
	_, err := fmt.Fprintf(w, "lokalise %s%s (%s, %s/%s)\n", info.Version, commit, info.Go, info.OS, info.Arch)
	return err
}
