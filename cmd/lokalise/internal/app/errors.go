package app

import (
	"fmt"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/iostreams"
)

// errorLine is an error as --json reports it, on the error output.
type errorLine struct {
	Error    string `json:"error"`
	Hint     string `json:"hint,omitempty"`
	ExitCode int    `json:"exit_code"`
}

// printError writes one line that says what happened and, if there is one, a
// second that says what to do about it. Nothing of it goes to the standard
// output.
func printError(io *iostreams.Streams, cmd *cobra.Command, err error) {
	message, hint := cmdutil.OneLine(err.Error()), cmdutil.OneLine(exit.Hint(err))
	if cmdutil.WantsJSON(cmd) {
		_ = cmdutil.WriteJSON(io.Err, errorLine{message, hint, exit.Code(err)}) // nowhere left to report it
		return
	}
	w := io.StyledErr()
	_, _ = fmt.Fprintf(w, "%s %s\n", lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Red).Render("Error:"), message)
	if hint != "" {
		_, _ = fmt.Fprintf(w, "%s %s\n", lipgloss.NewStyle().Bold(true).Render("Hint:"), hint)
	}
}

func printInterrupted(io *iostreams.Streams, cmd *cobra.Command) {
	if cmdutil.WantsJSON(cmd) {
		_ = cmdutil.WriteJSON(io.Err, errorLine{Error: "interrupted", ExitCode: exit.Interrupted}) // nowhere left to report it
		return
	}
	_, _ = fmt.Fprintln(io.Err, "\nInterrupted.")
}
