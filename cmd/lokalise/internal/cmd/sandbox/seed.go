package sandbox

import (
	"errors"
	"os"

	"github.com/spf13/cobra"

	"github.com/golokalise/lokalise/cmd/lokalise/internal/cmdutil"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/exit"
	"github.com/golokalise/lokalise/cmd/lokalise/internal/factory"
	"github.com/golokalise/lokalise/sandbox/seed"
)

// newSeedCmd is "sandbox seed".
func newSeedCmd(f *factory.Factory) *cobra.Command {
	var schema bool
	var check string
	cmd := &cobra.Command{
		Use:   "seed",
		Short: "Print the JSON Schema of seed files, or check one",
		Long: `Print the JSON Schema of the files that "lokalise sandbox --seed" takes, for an
editor, or check such a file.`,
		Example: `lokalise sandbox seed --schema > sandbox-seed.schema.json
lokalise sandbox seed --check shop.json`,
		Args: cmdutil.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if check != "" {
				_, err := readSeed(check)
				return err
			}
			if !schema {
				return exit.Usagef(cmdutil.SeeHelp(cmd), "--schema or --check is needed")
			}
			_, err := f.IO.Out.Write(seed.Schema())
			return err
		},
	}
	cmd.Flags().BoolVar(&schema, "schema", false, "Print the JSON Schema (draft 2020-12)")
	cmd.Flags().StringVar(&check, "check", "", "Read this `file` and say what is wrong in it")
	cmd.MarkFlagsMutuallyExclusive("schema", "check")
	return cmd
}

func readSeed(path string) (*seed.Seed, error) {
	file, err := os.Open(path) //nolint:gosec // the person names the file
	if err != nil {
		return nil, &exit.Error{Code: exit.Failure, Hint: "name a seed file", Err: err}
	}
	defer func() { _ = file.Close() }() // only read
	read, err := seed.Read(file)
	if err != nil {
		return nil, seedError(path, err)
	}
	return read, nil
}

// seedError says where in the file something is wrong.
func seedError(path string, err error) error {
	var bad *seed.Error
	if !errors.As(err, &bad) {
		return &exit.Error{Code: exit.Usage, Err: err}
	}
	where := path
	if bad.Path != "" {
		where += ": " + bad.Path
	}
	return exit.Failuref(`"lokalise sandbox seed --schema" prints what such a file can have`, "%s: %s", where, bad.Problem)
}
