package api

import (
	"cmp"

	"github.com/golokalise/lokalise/sandbox/internal/state"
)

// platformOf is the platform whose keys a format has. The vendor's list of
// formats names iOS, Android and web formats; the rest is assumed.
func platformOf(format string) string {
	switch format {
	case "strings", "stringsdict", "xliff", "xcstrings", "plist", "ios_sdk", "apple_xliff":
		return "ios"
	case "xml", "android_sdk":
		return "android"
	case "json", "json_structured", "js", "php_array", "php_laravel", "php_ini", "ini", "yaml", "yml", "ruby_yaml", "symfony_yaml",
		"symfony_xliff", "react_native", "ts", "html", "xlf", "vue_sdk", "po", "properties":
		return "web"
	}
	return "other"
}

// branchOrMaster is the branch of a path with none.
func branchOrMaster(branch string) string { return cmp.Or(branch, state.MasterBranch) }
