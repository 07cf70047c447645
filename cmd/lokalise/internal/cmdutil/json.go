package cmdutil

import (
	"encoding/json"
	"io"

	"github.com/spf13/cobra"
)

// jsonFlag is the name of the flag that every command with data has.
const jsonFlag = "json"

// AddJSONFlag gives a command its --json flag.
func AddJSONFlag(cmd *cobra.Command, target *bool, usage string) {
	cmd.Flags().BoolVar(target, jsonFlag, false, usage)
}

// WantsJSON tells whether the command was called with --json.
func WantsJSON(cmd *cobra.Command) bool {
	flag := cmd.Flags().Lookup(jsonFlag)
	return flag != nil && flag.Value.String() == "true"
}

// WriteJSON writes one value as one line. Addresses stay readable: the
// characters & < > are not escaped.
func WriteJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
