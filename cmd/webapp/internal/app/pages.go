package app

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
)

//go:embed templates/*.html
var templateFiles embed.FS

//go:embed static
var staticFolder embed.FS

// pages are the templates by name. Each is the layout with its own content.
type pages map[string]*template.Template

// parsePages reads the templates.
func parsePages() (pages, error) {
	shared, err := template.ParseFS(templateFiles, "templates/layout.html", "templates/icons.html")
	if err != nil {
		return nil, err
	}
	all := pages{}
	for _, name := range []string{"signin", "dashboard", "outcome"} {
		own, err := shared.Clone()
		if err != nil {
			return nil, err
		}
		if all[name], err = own.ParseFS(templateFiles, "templates/"+name+".html"); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// page is what every page knows.
type page struct {
	Title      string
	Who        *Workspace // nil: nobody is signed in
	SandboxURL string     // empty: it is Lokalise
	Database   string
}

// page describes a page for whoever sent the request.
func (a *App) page(r *http.Request, title string) page {
	p := page{Title: title, SandboxURL: a.cfg.SandboxURL, Database: a.cfg.Database}
	if ws, err := a.workspaceOf(r); err == nil {
		p.Who = &ws
	}
	return p
}

// write answers with a page. It is made as a whole first, so that an error in it
// does not leave half a page behind.
func (a *App) write(w http.ResponseWriter, r *http.Request, status int, name string, data any) {
	var b bytes.Buffer
	if err := a.pages[name].ExecuteTemplate(&b, "layout", data); err != nil {
		a.cfg.Logger.ErrorContext(r.Context(), "the page cannot be made", "page", name, "error", err)
		http.Error(w, "This page cannot be made at the moment.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = b.WriteTo(w) // the browser has left: nobody to tell
}

// outcomePage is a page that says one thing.
type outcomePage struct {
	page
	Tone     string // good, warn, bad
	Text     string
	Points   []string // a list under Intro
	Intro    string
	Continue string // address
	Again    bool   // offer to try once more
}

// problem answers with a page that says what went wrong.
func (a *App) problem(w http.ResponseWriter, r *http.Request, status int, title, text string) {
	a.write(w, r, status, "outcome", outcomePage{page: a.page(r, title), Tone: "bad", Text: text, Continue: "/"})
}

// staticFiles serves styles, scripts and pictures. They are few and small, so a
// browser may ask for them each time.
func staticFiles() http.Handler {
	files := http.FileServerFS(staticFolder)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/static/" {
			http.NotFound(w, r) // no listing
			return
		}
		w.Header().Set("Cache-Control", "no-cache")
		files.ServeHTTP(w, r)
	})
}
