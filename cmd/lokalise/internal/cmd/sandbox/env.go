package sandbox

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
	"github.com/golokalise/lokalise/sandbox"
)

// envOptions are the settings of "sandbox env".
type envOptions struct {
	addr  string
	shell string
}

func newEnvCmd(f *factory.Factory) *cobra.Command {
	opts := &envOptions{}
	cmd := &cobra.Command{
		Use:   "env",
		Short: "Print variables that point at a sandbox",
		Long: `Print shell commands that set the variables for programs which are to use a
sandbox with its fixed credentials, one that was started without --random. The
sandbox need not run yet.

"lokalise help environment" says what each variable is.`,
		Example: `eval "$(lokalise sandbox env)"
lokalise sandbox env --shell fish | source
lokalise sandbox env --shell powershell | Out-String | Invoke-Expression`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return runEnv(f.IO.Out, opts, cmdutil.SeeHelp(cmd))
		},
	}
	cmd.Flags().StringVar(&opts.addr, "addr", DefaultAddr, "The `host:port` of the sandbox")
	cmd.Flags().StringVar(&opts.shell, "shell", defaultShell(), "Write for this `shell`: sh, fish or powershell")
	_ = cmd.RegisterFlagCompletionFunc("shell", cobra.FixedCompletions(shellNames(), cobra.ShellCompDirectiveNoFileComp)) // fails only for a flag that does not exist
	return cmd
}

// defaultShell is what the machine's own terminal speaks.
func defaultShell() string {
	if runtime.GOOS == "windows" {
		return "powershell"
	}
	return "sh"
}

// shell is how one kind of shell sets a variable that its programs see.
type shell struct {
	name   string
	format string
	quote  func(string) string
}

// shells are the known ones. A quoted value is a value whatever is in it.
func shells() []shell {
	return []shell{
		{"sh", "export %s=%s\n", func(s string) string {
			return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
		}},
		{"fish", "set -gx %s %s\n", func(s string) string {
			return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'"
		}},
		{"powershell", "$env:%s = %s\n", func(s string) string {
			return "'" + strings.ReplaceAll(s, "'", "''") + "'"
		}},
	}
}

func shellNames() []string {
	var names []string
	for _, s := range shells() {
		names = append(names, s.name)
	}
	return names
}

func runEnv(w io.Writer, opts *envOptions, hint string) error {
	var chosen shell
	for _, s := range shells() {
		if s.name == opts.shell {
			chosen = s
		}
	}
	if chosen.name == "" {
		return exit.Usagef(hint, "--shell must be one of %s, got %q", strings.Join(shellNames(), ", "), opts.shell)
	}
	at, err := splitAddr(opts.addr, hint)
	if err != nil {
		return err
	}
	if at.port == 0 {
		return exit.Usagef("use the port that the running sandbox has printed", "--addr needs the port of the sandbox, not 0")
	}
	vars, err := variables(at.url())
	if err != nil {
		return err
	}
	for _, v := range vars {
		if _, err := fmt.Fprintf(w, chosen.format, v[0], chosen.quote(v[1])); err != nil {
			return err
		}
	}
	return nil
}

// isFixed tells whether the client ID is the one that "sandbox env" prints. A
// file of --data may have random credentials from the day it was made.
func isFixed(clientID string) bool {
	vars, err := variables("")
	return err == nil && slices.Contains(vars, [2]string{"LOKALISE_CLIENT_ID", clientID})
}

// variables are the names and values. The credentials come from a sandbox that
// is never started.
func variables(url string) ([][2]string, error) {
	srv, err := sandbox.New()
	if err != nil {
		return nil, err
	}
	c := srv.Credentials()
	return [][2]string{
		{"LOKALISE_BASE_URL", url},
		{"LOKALISE_OAUTH_HOST", url},
		{"LOKALISE_CLIENT_ID", c.ClientID},
		{"LOKALISE_CLIENT_SECRET", c.ClientSecret},
		{"LOKALISE_REDIRECT_URI", c.RedirectURI},
		{"LOKALISE_API_TOKEN", c.APIToken},
		{"LOKALISE_READ_ONLY_API_TOKEN", c.ReadOnlyAPIToken},
	}, srv.Close()
}
