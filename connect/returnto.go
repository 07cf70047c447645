package connect

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ReturnToField is the form field in which start and disconnect are told where
// to send the browser afterwards.
const ReturnToField = "return_to"

// maxReturnTo is the longest return address, in bytes: it goes into a cookie.
const maxReturnTo = 512

// returnPlace is an entry of [Config.ReturnTo].
type returnPlace struct {
	origin string // scheme and host as written, empty for the app's own
	path   string // decoded
}

// returnList says where a browser may be sent. The first place is the default.
type returnList struct {
	first  string
	places []returnPlace
}

func newReturnList(entries []string) (returnList, error) {
	if len(entries) == 0 {
		return returnList{}, &ConfigError{"ReturnTo", "needs at least one address"}
	}
	list := returnList{first: entries[0]}
	for _, entry := range entries {
		place, ok := parsePlace(entry)
		if !ok {
			return returnList{}, &ConfigError{"ReturnTo", "holds what is neither a path nor an https address with one, without a query"}
		}
		list.places = append(list.places, place)
	}
	return list, nil
}

func parsePlace(entry string) (returnPlace, bool) {
	if strings.ContainsAny(entry, "?#") {
		return returnPlace{}, false
	}
	origin, rest := "", entry
	if !strings.HasPrefix(entry, "/") {
		u, err := url.Parse(entry)
		if err != nil || u.Hostname() == "" || u.User != nil ||
			u.Scheme != "https" && (u.Scheme != "http" || !isLoopback(u.Hostname())) {
			return returnPlace{}, false
		}
		origin = u.Scheme + "://" + u.Host
		var ok bool
		if rest, ok = strings.CutPrefix(entry, origin); !ok {
			return returnPlace{}, false
		}
	}
	path, ok := localPath(rest)
	return returnPlace{origin, path}, ok
}

// allows compares the origin as text, before any parser sees the address:
// parsers and browsers do not agree on where a host begins and ends.
func (l returnList) allows(address string) bool {
	return len(address) <= maxReturnTo && slices.ContainsFunc(l.places, func(p returnPlace) bool {
		rest, ok := strings.CutPrefix(address, p.origin)
		if !ok {
			return false
		}
		path, ok := localPath(rest)
		return ok && (path == p.path || strings.HasSuffix(p.path, "/") && strings.HasPrefix(path, p.path))
	})
}

// localPath returns the decoded path of an address that starts with it. It
// refuses whatever a browser may read in another way than this server does: a
// second slash (//evil.example), backslashes, white space and line breaks,
// which browsers drop, and escapes and dot segments that make another path.
func localPath(address string) (path string, ok bool) {
	if !strings.HasPrefix(address, "/") || strings.ContainsFunc(address, unfitForAddress) {
		return "", false
	}
	if _, err := url.Parse(address); err != nil {
		return "", false
	}
	raw := address
	if end := strings.IndexAny(raw, "?#"); end >= 0 {
		raw = raw[:end]
	}
	if lower := strings.ToLower(raw); strings.Contains(lower, "%2f") || strings.Contains(lower, "%5c") {
		return "", false
	}
	path, err := url.PathUnescape(raw)
	if err != nil || !utf8.ValidString(path) || strings.ContainsFunc(path, unicode.IsControl) {
		return "", false
	}
	segments := strings.Split(path[1:], "/")
	for i, s := range segments {
		if s == "." || s == ".." || s == "" && i < len(segments)-1 {
			return "", false
		}
	}
	return path, true
}

// unfitForAddress tells of what no URI may hold unescaped (RFC 3986 section 2).
func unfitForAddress(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>\\^`{|}", r)
}

// formReturnTo reads the return address of a start or disconnect.
func (a *app) formReturnTo(w http.ResponseWriter, r *http.Request) (string, *Error) {
	const maxForm = 64 << 10
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return "", &Error{Reason: ReasonMalformed} // err may repeat a piece of the form
	}
	switch values := r.PostForm[ReturnToField]; {
	case len(values) == 0:
		return a.returns.first, nil
	case len(values) > 1:
		return "", &Error{Reason: ReasonMalformed}
	case !a.returns.allows(values[0]):
		return "", &Error{Reason: ReasonReturnTo}
	default:
		return values[0], nil
	}
}
