package lokalise

import (
	"encoding/json"
	"strings"
)

// Platform is where a key is used.
type Platform string

// The platforms that there are.
const (
	PlatformIOS     Platform = "ios"
	PlatformAndroid Platform = "android"
	PlatformWeb     Platform = "web"
	PlatformOther   Platform = "other"
)

// KeyName is the name of a key on each platform. The API sends all four, and
// they are the same unless the project has names per platform
// ([ProjectSettings.PerPlatformKeyNames]).
type KeyName struct {
	IOS     string `json:"ios"`
	Android string `json:"android"`
	Web     string `json:"web"`
	Other   string `json:"other"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// For returns the name on a platform, empty for a platform that is not known.
func (n KeyName) For(p Platform) string {
	switch p {
	case PlatformIOS:
		return n.IOS
	case PlatformAndroid:
		return n.Android
	case PlatformWeb:
		return n.Web
	case PlatformOther:
		return n.Other
	}
	return ""
}

// String returns the name, or the different names of the platforms with a
// slash between them.
func (n KeyName) String() string {
	var names []string
	for _, name := range [...]string{n.IOS, n.Android, n.Web, n.Other} {
		if name != "" && (len(names) == 0 || names[len(names)-1] != name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, " / ")
}

// Request returns the name as a request takes it.
func (n KeyName) Request() KeyNameRequest {
	if n.IOS == n.Android && n.IOS == n.Web && n.IOS == n.Other {
		return KeyNameRequest{All: n.IOS}
	}
	return KeyNameRequest{IOS: Some(n.IOS), Android: Some(n.Android), Web: Some(n.Web), Other: Some(n.Other)}
}

// KeyNameRequest is the name of a key in a request: All, or, in a project with
// names per platform, one for each platform.
type KeyNameRequest struct {
	// All is the name on all platforms. Where it is set, the others are not
	// sent.
	All string
	// IOS, Android, Web and Other are the names on each platform. Lokalise
	// documents that all four are needed.
	IOS, Android, Web, Other Opt[string]
}

// IsZero reports whether no name is set. The tag option omitzero asks it.
func (r KeyNameRequest) IsZero() bool { return r == KeyNameRequest{} }

// MarshalJSON writes a string for a name on all platforms, else an object.
func (r KeyNameRequest) MarshalJSON() ([]byte, error) {
	if r.All != "" || r.IsZero() {
		return json.Marshal(r.All)
	}
	return json.Marshal(perPlatform{r.IOS, r.Android, r.Web, r.Other})
}

// matches reports whether an answer that names a key means the one that was
// asked for.
func (r KeyNameRequest) matches(n KeyName) bool {
	if r.All != "" {
		return n.IOS == r.All && n.Android == r.All && n.Web == r.All && n.Other == r.All
	}
	return !r.IsZero() && r.IOS.Or(n.IOS) == n.IOS && r.Android.Or(n.Android) == n.Android &&
		r.Web.Or(n.Web) == n.Web && r.Other.Or(n.Other) == n.Other
}

// perPlatform writes what is set.
type perPlatform struct {
	IOS     Opt[string] `json:"ios,omitzero"`
	Android Opt[string] `json:"android,omitzero"`
	Web     Opt[string] `json:"web,omitzero"`
	Other   Opt[string] `json:"other,omitzero"`
}

// KeyFilenames are the files that a key belongs to, on each platform. A key
// that belongs to none has empty ones.
type KeyFilenames struct {
	IOS     string `json:"ios"`
	Android string `json:"android"`
	Web     string `json:"web"`
	Other   string `json:"other"`
	// Extra holds the members that this type does not know.
	Extra map[string]json.RawMessage `json:",embed,inline"`
}

// For returns the file on a platform, empty for none.
func (f KeyFilenames) For(p Platform) string {
	return KeyName(f).For(p)
}

// KeyFilenamesRequest names the files that a key is to belong to.
type KeyFilenamesRequest struct {
	// All is the file on all platforms. Where it is set, the others are not
	// sent.
	All string
	// IOS, Android, Web and Other are the files on each platform; those that
	// are absent are not sent, and an empty text takes the key out of its file.
	IOS, Android, Web, Other Opt[string]
}

// IsZero reports whether no file is set. The tag option omitzero asks it.
func (r KeyFilenamesRequest) IsZero() bool { return r == KeyFilenamesRequest{} }

// MarshalJSON writes an object with the platforms that are set.
func (r KeyFilenamesRequest) MarshalJSON() ([]byte, error) {
	if r.All != "" {
		all := Some(r.All)
		return json.Marshal(perPlatform{all, all, all, all})
	}
	return json.Marshal(perPlatform{r.IOS, r.Android, r.Web, r.Other})
}
