package sandbox

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
)

func newHealthCmd(f *factory.Factory) *cobra.Command {
	address := DefaultAddr
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Ask a sandbox whether it answers",
		Long: `Ask a running sandbox whether it answers: exit code 0 when it does, 1 when it
does not. It is what a container without a shell or curl can be checked with.`,
		Example: `lokalise sandbox health
lokalise sandbox health --addr 127.0.0.1:9000`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runHealth(cmd.Context(), f.IO.Out, address, cmdutil.SeeHelp(cmd))
		},
	}
	cmd.Flags().StringVar(&address, "addr", DefaultAddr, "The `host:port` of the sandbox")
	return cmd
}

func runHealth(ctx context.Context, w io.Writer, address, hint string) error {
	c, err := reachControl(address, hint)
	if err != nil {
		return err
	}
	var health struct {
		Status string `json:"status"`
	}
	if err := c.get(ctx, "health", &health); err != nil {
		return err
	}
	if health.Status != "ok" {
		return exit.Failuref("look at its log", "the sandbox at %s says it is %q", c.url, health.Status)
	}
	_, err = fmt.Fprintf(w, "The sandbox at %s answers.\n", c.url)
	return err
}
