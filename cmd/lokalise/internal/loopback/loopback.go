// Package loopback receives an OAuth redirect on this machine: a server on a
// free loopback port that waits for the person's browser to come back
// (RFC 8252 section 7.3).
package loopback

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"sync/atomic"
	"time"

	"github.com/golokalise/lokalise/oauth"
)

//go:embed page.html
var pageSource string

// AnyPort is a redirect URI on whichever port is free, for authorization servers
// that accept every port of loopback.
const AnyPort = "http://127.0.0.1:0/callback"

// ErrRedirectURI is matched by the error for a redirect URI at which no program
// on this machine can wait.
var ErrRedirectURI = errors.New("the redirect URI must be http on this machine, such as http://127.0.0.1:3000/callback")

// Server waits for one redirect.
type Server struct {
	state     string
	uri       string  // as it is registered, character by character
	redirect  url.URL // where this server is
	listeners []net.Listener
	http      *http.Server
	page      *template.Template
	answered  atomic.Bool
	arrived   chan *url.URL // has room for the one answer
}

// Listen is ListenAt for AnyPort.
func Listen(ctx context.Context, state string) (*Server, error) { return ListenAt(ctx, state, AnyPort) }

// ListenAt starts a server at a redirect URI of this machine; port 0 stands for
// any free one. Only a redirect that carries the state counts: another page in
// the person's browser can reach this port too, and it must neither slip in a
// code of its own nor end the waiting. The error is ErrRedirectURI or that of
// listening.
func ListenAt(ctx context.Context, state, redirectURI string) (*Server, error) {
	page, err := template.New("page").Parse(pageSource)
	if err != nil {
		return nil, fmt.Errorf("parsing the page: %w", err)
	}
	redirect, err := parseRedirect(redirectURI)
	if err != nil {
		return nil, err
	}
	s := &Server{state: state, uri: redirectURI, redirect: *redirect, page: page, arrived: make(chan *url.URL, 1)}
	if err := s.listen(ctx); err != nil {
		return nil, err
	}
	s.http = &http.Server{Handler: http.HandlerFunc(s.serve), ReadHeaderTimeout: 5 * time.Second}
	for _, listener := range s.listeners {
		go func() { _ = s.http.Serve(listener) }() // ends with ErrServerClosed when Close is called
	}
	return s, nil
}

// RedirectURL is where the authorization server must send the browser.
func (s *Server) RedirectURL() string { return s.uri }

// Arrived yields the redirect, once, with code or error still to be read.
func (s *Server) Arrived() <-chan *url.URL { return s.arrived }

// Close ends the server when the last page has been sent.
func (s *Server) Close(ctx context.Context) error {
	err := s.http.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return s.http.Close()
	}
	return err
}

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path != s.redirect.Path:
		http.NotFound(w, r)
	case r.Method != http.MethodGet:
		http.Error(w, "the browser comes back with GET", http.StatusMethodNotAllowed)
	default:
		s.callback(w, r)
	}
}

func (s *Server) callback(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if !oauth.EqualState(query.Get("state"), s.state) {
		s.show(w, http.StatusBadRequest, view{
			Title: "This is not the answer that was asked for",
			Text:  "It does not carry the state of the authorization that the terminal started. Open the address in the terminal again.",
		})
		return
	}
	if !s.answered.CompareAndSwap(false, true) {
		s.show(w, http.StatusOK, view{Title: "Already answered", Text: "The terminal has its answer. You may close this page."})
		return
	}
	s.show(w, http.StatusOK, outcome(query))
	s.arrived <- s.absolute(r.URL)
}

// absolute makes the URL of a request the one that the browser was sent to.
func (s *Server) absolute(u *url.URL) *url.URL {
	out := *u
	out.Scheme, out.Host = s.redirect.Scheme, s.redirect.Host
	return &out
}

func outcome(query url.Values) view {
	if query.Get("error") != "" {
		return view{Title: "Access denied", Text: "The app got nothing. You may close this page and go back to the terminal."}
	}
	return view{Title: "Access allowed", Text: "You may close this page and go back to the terminal.", Good: true}
}

// view is what the page says.
type view struct {
	Title, Text, Nonce string
	Good               bool
}

// show sends the page. The address that it answers carries the code, so that
// neither a cache nor a Referer header may keep it.
func (s *Server) show(w http.ResponseWriter, status int, v view) {
	v.Nonce = rand.Text()
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+v.Nonce+"'; frame-ancestors 'none'; base-uri 'none'")
	w.WriteHeader(status)
	_ = s.page.Execute(w, v) // the browser has gone; there is nobody to tell
}
