package web

import (
	"fmt"
	"slices"
	"strings"
)

// UnknownClient is the page for a client_id nobody registered.
func UnknownClient(given string, registered []string) ProblemView {
	return ProblemView{
		Title:   "This app is not registered",
		Message: "The authorization URL names a client_id that the sandbox does not know.",
		Fixes: []string{
			"Use the client ID from the sandbox's home page. It is 40 characters long.",
			"If the sandbox runs with random credentials, copy them again: they change with every start.",
		},
		Details: []ProblemDetail{{Name: "client_id", Given: given, Expected: registered}},
	}
}

// UnregisteredRedirect is the page for a redirect_uri that is not registered
// for the client.
func UnregisteredRedirect(given string, registered []string) ProblemView {
	return ProblemView{
		Title:   "This redirect URI is not registered",
		Message: "The sandbox sends a code only to addresses that are registered for the app. Nothing was sent there.",
		Fixes: []string{
			"Use a redirect URI that is registered, character by character: scheme, host, port and path all count.",
			"Or register this one: start the sandbox with --redirect-uri and the address, or in Go with WithRedirectURI.",
		},
		Details: []ProblemDetail{{Name: "redirect_uri", Given: given, Expected: registered}},
	}
}

// UnknownScopes is the page for scope names that do not exist.
func UnknownScopes(unknown []string) ProblemView {
	v := ProblemView{
		Title:   "Some scopes do not exist",
		Message: "The authorization URL asks for permissions that the sandbox does not know.",
		Fixes:   []string{"Correct or remove the names below. Scopes are separated by one space, which is %20 or + in a URL."},
	}
	if len(unknown) == 1 {
		v.Title = "This scope does not exist"
		v.Message = "The authorization URL asks for a permission that the sandbox does not know."
	}
	for _, name := range unknown[:min(len(unknown), 10)] {
		if near := nearestScope(name); near != "" {
			v.Fixes = append(v.Fixes, fmt.Sprintf("Did you mean %s in place of %s?", near, shorten(name, 60)))
		}
	}
	v.Details = []ProblemDetail{{Name: "scope", Given: strings.Join(unknown, " "), Expected: Scopes()}}
	return v
}

// MissingParameter is the page for an authorization URL that lacks a required
// parameter.
func MissingParameter(name string) ProblemView {
	return ProblemView{
		Title:   "The authorization URL is incomplete",
		Message: fmt.Sprintf("The parameter %s is missing or empty.", name),
		Fixes: []string{
			fmt.Sprintf("Add %s to the authorization URL.", name),
			"client_id and scope are required; redirect_uri and state are optional.",
		},
		Details: []ProblemDetail{{Name: name, Given: ""}},
	}
}

// BadResponseType is the page for a response_type other than code.
func BadResponseType(given string) ProblemView {
	return ProblemView{
		Title:   "This response type is not supported",
		Message: "Lokalise offers the authorization code flow, and no other.",
		Fixes:   []string{"Leave response_type out, or set it to code."},
		Details: []ProblemDetail{{Name: "response_type", Given: given, Expected: []string{"code"}}},
	}
}

// ExpiredRequest is the page for a consent form that was answered already, is
// too old, or is not of this sandbox's making.
func ExpiredRequest() ProblemView {
	return ProblemView{
		Title:   "This request has expired",
		Message: "The consent page was answered already, waited too long, or the sandbox was restarted or reset since it was opened.",
		Fixes:   []string{"Go back to the app and start again from there. Each consent page can be answered once."},
	}
}

// CrossSite is the page for a form that was sent from another site.
func CrossSite(origin string) ProblemView {
	return ProblemView{
		Title:   "This answer came from another site",
		Message: "The form was not sent from the sandbox's own consent page, so it was ignored.",
		Fixes:   []string{"Open the authorization URL in this browser and answer on the page that appears."},
		Details: []ProblemDetail{{Name: "Origin", Given: origin}},
	}
}

// ForeignHost is the page for a Host header the sandbox does not answer to.
func ForeignHost(given string, allowed []string) ProblemView {
	return ProblemView{
		Title:   "The sandbox does not answer to this host name",
		Message: "Refusing unknown names keeps web pages from reaching the sandbox through a name of their own.",
		Fixes: []string{
			"Open the sandbox under one of the names below.",
			"Or allow this name: start the sandbox with --allow-host and the name, or in Go with WithAllowHost.",
		},
		Details: []ProblemDetail{{Name: "Host", Given: given, Expected: allowed}},
	}
}

// NotFound is the page for a path where nothing is.
func NotFound(path string) ProblemView {
	return ProblemView{
		Title:   "There is nothing here",
		Message: "The sandbox has no page at this address.",
		Fixes:   []string{"Authorization starts at /oauth2/auth, the API at /api2/, the sandbox's own pages at /."},
		Details: []ProblemDetail{{Name: "path", Given: path}},
	}
}

// nearestScope finds the known scope a misspelled name was probably meant to be,
// or returns the empty string.
func nearestScope(name string) string {
	const tolerance = 3
	if len(name) > 60 {
		return ""
	}
	known := Scopes()
	best := slices.MinFunc(known, func(a, b string) int { return distance(name, a) - distance(name, b) })
	if d := distance(name, best); d > tolerance {
		return ""
	}
	return best
}

// distance is the Levenshtein distance between two short ASCII names.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			next := min(row[j]+1, row[j+1]+1, diagonal+cost)
			diagonal, row[j+1] = row[j+1], next
		}
	}
	return row[len(b)]
}

// UnknownWorld is the page for a world that does not exist.
func UnknownWorld(given string, names []string) ProblemView {
	return ProblemView{
		Title:   "There is no such world",
		Message: "The address names a world that the sandbox does not have, or no longer.",
		Fixes:   []string{"Go to the home page and choose one of the worlds there are."},
		Details: []ProblemDetail{{Name: FieldWorld, Given: given, Expected: names}},
	}
}

// ForeignForm is the page for a form, or a script's request, that was sent to
// one of the console's pages from another site.
func ForeignForm(origin string) ProblemView {
	return ProblemView{
		Title:   "This request came from another site",
		Message: "It was not sent from the sandbox's own pages, so nothing was changed.",
		Fixes:   []string{"Open the sandbox in this browser, under one name, and make the change there."},
		Details: []ProblemDetail{{Name: "Origin", Given: origin}},
	}
}

// UnreadableForm is the page for a form that is too big or broken.
func UnreadableForm(limit int64) ProblemView {
	return ProblemView{
		Title:   "The form cannot be read",
		Message: "Nothing was changed.",
		Fixes:   []string{fmt.Sprintf("Go back, and send at most %d MiB at a time. The API takes more.", limit>>20)},
	}
}

// Gone is the page for something that is no longer there, or never was.
func Gone(what, path string) ProblemView {
	return ProblemView{
		Title:   "There is no such " + what,
		Message: "It was deleted, belongs to another world or branch, or never was.",
		Fixes:   []string{"Go back to the list and choose one that is there."},
		Details: []ProblemDetail{{Name: "path", Given: path}},
	}
}

// Failed is the page for a change that the sandbox could not keep.
func Failed() ProblemView {
	return ProblemView{
		Title:   "The sandbox could not make the change",
		Message: "Nothing was changed. Its storage failed, or it has a defect; its log has more.",
		Fixes:   []string{"Go back and try again."},
	}
}
