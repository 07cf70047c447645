package connect

import (
	"net/http"
	"net/url"
	"strings"
)

// Handlers are what the app mounts.
type Handlers struct {
	// Start answers POST: it begins an attempt and redirects to Lokalise.
	Start http.Handler

	// Callback answers GET at [Config.CallbackURL]: Lokalise sends the browser
	// here, and the pages that end an attempt are here.
	Callback http.Handler

	// Disconnect answers POST: it forgets the grant.
	Disconnect http.Handler
}

// app is what the handlers share.
type app struct {
	cfg      Config
	callback *url.URL
	secure   bool // cookies are
	returns  returnList
	signer   signer
}

// New checks the configuration and returns the handlers. The error is a
// [*ConfigError].
func New(cfg Config) (*Handlers, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	cfg = cfg.withDefaults()
	returns, err := newReturnList(cfg.ReturnTo)
	if err != nil {
		return nil, err
	}
	callback, err := url.Parse(cfg.CallbackURL)
	if err != nil {
		return nil, err
	}
	a := &app{
		cfg: cfg, callback: callback, secure: callback.Scheme == "https", returns: returns,
		signer: signer{keys: cfg.Keys, callback: cfg.CallbackURL},
	}
	guard, err := a.crossOriginProtection()
	if err != nil {
		return nil, err
	}
	// Method values: fmt prints the address of a function and nothing it holds.
	return &Handlers{
		Start:      guarded(guard, http.MethodPost, a.start),
		Callback:   guarded(nil, http.MethodGet, a.back),
		Disconnect: guarded(guard, http.MethodPost, a.disconnect),
	}, nil
}

// Mount registers the handlers as POST {prefix}/start, GET {prefix}/callback
// and POST {prefix}/disconnect. The prefix is a path such as "/lokalise"; that
// of CallbackURL is the same unless a proxy changes paths.
func (h *Handlers) Mount(mux *http.ServeMux, prefix string) {
	prefix = strings.TrimRight(prefix, "/")
	// With their methods, since without them they would conflict with an app's
	// own "GET /".
	mux.Handle("POST "+prefix+"/start", h.Start)
	mux.Handle("GET "+prefix+"/callback", h.Callback)
	mux.Handle("POST "+prefix+"/disconnect", h.Disconnect)
}

// crossOriginProtection trusts the app's public origin by name, because a proxy
// may change the Host header that the origin is compared with otherwise.
func (a *app) crossOriginProtection() (*http.CrossOriginProtection, error) {
	guard := http.NewCrossOriginProtection()
	origins := append([]string{a.callback.Scheme + "://" + a.callback.Host}, a.cfg.TrustedOrigins...)
	for _, origin := range origins {
		if err := guard.AddTrustedOrigin(origin); err != nil {
			return nil, &ConfigError{"TrustedOrigins", "holds something else than scheme://host"}
		}
	}
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.refuse(w, r, &Error{Reason: ReasonCrossOrigin})
	}))
	return guard, nil
}

// guarded lets only one method through, and nothing of the answer into a cache
// or a Referer header. HEAD is not GET here: it would use up an attempt.
func guarded(guard *http.CrossOriginProtection, method string, serve http.HandlerFunc) http.Handler {
	var next http.Handler = serve
	if guard != nil {
		next = guard.Handler(serve)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Referrer-Policy", "no-referrer")
		if r.Method != method {
			w.Header().Set("Allow", method)
			http.Error(w, "use "+method, http.StatusMethodNotAllowed)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// redirect sends the browser on with a GET. http.Redirect would write the
// address into a page as well.
func redirect(w http.ResponseWriter, to string) {
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}
