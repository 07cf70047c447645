// Package web renders the pages a person sees in the sandbox: consent, the
// page that shows a code, errors, the journal and the home page. It turns a
// view struct into HTML and knows nothing about where the values come from.
//
// Everything here works without JavaScript; the script only saves steps. All
// values are escaped by html/template, and every page leaves with the headers
// of SetHeaders, so that a hostile app name, redirect URI or request body can
// neither run code nor restyle the page.
package web

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"sync"
)

// Paths of the pages and files that this package links to. The server mounts
// its handlers there.
const (
	HomePath    = "/"
	JournalPath = "/journal"
	StaticPath  = "/_sandbox/static/"
)

//go:embed templates/*.html
var templateFiles embed.FS

// pages holds one template set per page, parsed when the first one asks for it:
// most programs that start a sandbox never look at a page. A template that does
// not parse is a defect of this package, hence the panic; the tests render every
// page.
var pages = map[string]func() *template.Template{
	"consent": parse("consent.html"),
	"problem": parse("problem.html"),
	"code":    parse("code.html"),
	"denied":  parse("denied.html"),
	"home":    parse("home.html", "live.html"),
	"journal": parse("journal.html", "live.html"),
	"entry":   parse("entry.html"),

	"faults":   parse("faults.html", "field.html"),
	"clock":    parse("clock.html", "field.html"),
	"hooks":    parse("hooks.html"),
	"delivery": parse("delivery.html"),

	"projects":  parse("projects.html"),
	"keys":      parse("project.html", "keys.html"),
	"key":       parse("project.html", "key.html"),
	"languages": parse("project.html", "languages.html"),
	"work":      parse("project.html", "work.html"),
	"settings":  parse("project.html", "settings.html"),
	"confirm":   parse("confirm.html"),
	"tokens":    parse("tokens.html"),
	"scopes":    parse("scopes.html"),
	"fidelity":  parse("fidelity.html"),
}

func parse(page ...string) func() *template.Template {
	return sync.OnceValue(func() *template.Template {
		files := []string{"templates/layout.html", "templates/icons.html", "templates/parts.html"}
		for _, name := range page {
			files = append(files, "templates/"+name)
		}
		return template.Must(template.New(page[0]).Funcs(helpers).ParseFS(templateFiles, files...))
	})
}

// frame is what the layout needs around a page's own view.
type frame struct {
	Title string
	Nav   string // path of the current page in the navigation, empty: none
	Chrome
	Styles string
	Script string
	View   any
}

// render executes the page into a buffer first, so that a failure gives a
// clean 500 instead of half a page with status 200.
func render(w http.ResponseWriter, status int, page string, f frame, formActions ...string) {
	f.Styles, f.Script = assets.styles, assets.script
	var buf bytes.Buffer
	if err := pages[page]().ExecuteTemplate(&buf, "layout", f); err != nil {
		SetHeaders(w.Header())
		http.Error(w, fmt.Sprintf("The sandbox could not render the page %q.", page), http.StatusInternalServerError)
		return
	}
	SetHeaders(w.Header(), formActions...)
	h := w.Header()
	if f.Nav != "" { // pages of the console follow what happens
		h.Set("Content-Security-Policy", h.Get("Content-Security-Policy")+"; connect-src 'self'")
	}
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(buf.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(buf.Bytes()) // the reader went away: nobody is left to tell
}
